"""Recoveries: their requests as commands, and what they came to as messages."""

from __future__ import annotations

from workflow_control.domain.commands import RecoverExecutor
from workflow_control.domain.limits import EXECUTORS_MAX
from workflow_control.domain.outcomes import RecoverOutcome
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_changes_pb2 as messages


def read_recover_executor(checks: FieldChecks, request: messages.RecoverExecutorRequest, scope: str) -> RecoverExecutor:
    """Return the command of a `RecoverExecutor` call."""
    if not request.executor_ids:
        checks.add("executor_ids", "Is required.")
    return RecoverExecutor(
        checks.names("executor_ids", request.executor_ids, EXECUTORS_MAX),
        checks.optional_name("application_version", request.application_version),
    )


def write_recover(outcome: RecoverOutcome) -> messages.RecoverExecutorResponse:
    """Return the response of a `RecoverExecutor` call."""
    return messages.RecoverExecutorResponse(
        recovered_workflow_ids=outcome.first_ids, recovered_workflow_count=outcome.count
    )

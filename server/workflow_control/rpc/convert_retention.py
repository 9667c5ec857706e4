"""Collections and cancellations of overdue workflows: their requests as commands, and what they came to as messages."""

from __future__ import annotations

from typing import Final

from workflow_control.domain.commands import CancelOverdueWorkflows, CollectGarbage
from workflow_control.domain.limits import (
    APPLICATION_NAMES_MAX,
    GARBAGE_WORKFLOWS_DEFAULT,
    GARBAGE_WORKFLOWS_MAX,
    KEEP_NEWEST_MAX,
    OVERDUE_WORKFLOWS_DEFAULT,
    OVERDUE_WORKFLOWS_MAX,
)
from workflow_control.domain.outcomes import CancelOverdueOutcome, CollectGarbageOutcome
from workflow_control.domain.retention import Age
from workflow_control.rpc.convert_times import read_time_ms, read_timeout_ms, write_milliseconds
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.page_tokens import PageTokens
from workflowcontrol.v1 import server_control_pb2 as messages

_TOKENS: Final = PageTokens("CollectGarbage", field="continue_token")
"""Bound to nothing: a token has all that selects."""


def read_collect_garbage(checks: FieldChecks, request: messages.CollectGarbageRequest, scope: str) -> CollectGarbage:
    """Return the command of a `CollectGarbage` call."""
    keep = checks.not_negative("keep_newest", request.keep_newest)
    if keep > KEEP_NEWEST_MAX:
        checks.add("keep_newest", f"Is {keep}; at most {KEEP_NEWEST_MAX} are allowed.")
    age = _read_age(checks, request)
    place = _TOKENS.read_place(checks, request.continue_token)
    conditions = [name for name in (request.WhichOneof("age"), "keep_newest" if keep else None) if name]
    if not request.continue_token and not conditions:
        checks.add("age", "Is required without keep_newest.")
    elif place is not None:
        for name in conditions:
            checks.add(name, "Must not be set with continue_token, which has the time.")
    max_workflows = _read_max(
        checks, request.max_workflows, default=GARBAGE_WORKFLOWS_DEFAULT, maximum=GARBAGE_WORKFLOWS_MAX
    )
    return CollectGarbage(age, keep or None, place, max_workflows)


def read_cancel_overdue(
    checks: FieldChecks, request: messages.CancelOverdueWorkflowsRequest, scope: str
) -> CancelOverdueWorkflows:
    """Return the command of a `CancelOverdueWorkflows` call."""
    if request.WhichOneof("age") is None:
        checks.add("age", "Is required.")
    return CancelOverdueWorkflows(
        _read_age(checks, request),
        checks.names("application_names", request.application_names, APPLICATION_NAMES_MAX),
        _read_max(checks, request.max_workflows, default=OVERDUE_WORKFLOWS_DEFAULT, maximum=OVERDUE_WORKFLOWS_MAX),
    )


def write_collect_garbage(outcome: CollectGarbageOutcome) -> messages.CollectGarbageResponse:
    """Return the response of a `CollectGarbage` call."""
    response = messages.CollectGarbageResponse(
        deleted_workflow_count=outcome.count,
        deleted_workflow_ids=outcome.first_ids,
        locked_workflow_count=outcome.locked_count,
        deleted_orphan_count=outcome.orphan_count,
        continue_token="" if outcome.next_place is None else _TOKENS.write_place(outcome.next_place),
    )
    if outcome.cutoff_ms is not None:
        write_milliseconds(response.cutoff_time, outcome.cutoff_ms)
    return response


def write_cancel_overdue(outcome: CancelOverdueOutcome) -> messages.CancelOverdueWorkflowsResponse:
    """Return the response of a `CancelOverdueWorkflows` call."""
    response = messages.CancelOverdueWorkflowsResponse(
        cancelled_workflow_ids=outcome.first_ids,
        cancelled_workflow_count=outcome.count,
        locked_workflow_count=outcome.locked_count,
        more=outcome.more,
    )
    write_milliseconds(response.cutoff_time, outcome.cutoff_ms)
    return response


def _read_age(
    checks: FieldChecks, request: messages.CollectGarbageRequest | messages.CancelOverdueWorkflowsRequest
) -> Age:
    match request.WhichOneof("age"):
        case "cutoff_time":
            return Age(cutoff_ms=read_time_ms(checks, "cutoff_time", request.cutoff_time))
        case "older_than":
            return Age(older_than_ms=read_timeout_ms(checks, "older_than", request.older_than))
        case _:
            return Age()


def _read_max(checks: FieldChecks, value: int, *, default: int, maximum: int) -> int:
    return min(checks.not_negative("max_workflows", value) or default, maximum)

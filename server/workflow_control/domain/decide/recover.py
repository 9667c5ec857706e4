"""What becomes of the workflows of workers that are dead."""

from __future__ import annotations

from workflow_control.domain.changes import RecoverApplied, RecoverChange
from workflow_control.domain.commands import RecoverExecutor
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.outcomes import RecoverOutcome
from workflow_control.domain.records import INTERNAL_QUEUE


def decide_recover(command: RecoverExecutor) -> Decision:
    """Enqueue again whatever is PENDING with one of them; which workflows those are is known when it is done.

    That is what DBOS does from 2.29 on. Older releases run workflows that were in no queue in the process that recovers
    them, which a server that runs none cannot; put into the internal queue, every worker finds them.
    """
    return Decision(
        RecoverOutcome((), 0), RecoverChange(command.executor_ids, command.application_version, INTERNAL_QUEUE)
    )


def conclude_recover(decision: Decision, applied: RecoverApplied) -> Decision:
    """Return the decision after it was written."""
    return decision._replace(outcome=RecoverOutcome(applied.first_ids, applied.count))

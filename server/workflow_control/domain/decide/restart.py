"""What becomes of a workflow that is to run again from the beginning, as a new one."""

from __future__ import annotations

from workflow_control.domain.commands import ForkWorkflow, RestartWorkflow
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.decide.fork import decide_fork
from workflow_control.domain.facts import Facts
from workflow_control.domain.outcomes import ForkOutcome, RestartOutcome


def decide_restart(command: RestartWorkflow, facts: Facts) -> Decision:
    """As DBOS does it: a fork from the beginning."""
    fork = ForkWorkflow(
        command.workflow_id,
        command.new_workflow_id,
        application_version=command.application_version,
        queue_name=command.queue_name,
    )
    decision = decide_fork(fork, facts)
    if isinstance(decision.outcome, ForkOutcome):
        return Decision(RestartOutcome(decision.outcome.workflow, decision.outcome.forked_from), decision.change)
    return decision

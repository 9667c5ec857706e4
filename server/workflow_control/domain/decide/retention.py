"""What becomes of workflows that are kept, or take, too long."""

from __future__ import annotations

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import (
    CancelOverdueApplied,
    CancelOverdueChange,
    CollectGarbageApplied,
    CollectGarbageChange,
)
from workflow_control.domain.commands import CancelOverdueWorkflows, CollectGarbage
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.facts import Facts, NewestFindings
from workflow_control.domain.limits import (
    COLLECTED_ROWS_MAX,
    COLLECTION_LOOKS_AT_MAX,
    LISTED_GARBAGE_MAX,
    LISTED_OVERDUE_MAX,
)
from workflow_control.domain.outcomes import CancelOverdueOutcome, CollectGarbageOutcome
from workflow_control.domain.retention import Bounds, Place


def decide_collect_garbage(command: CollectGarbage, facts: Facts) -> Decision:
    """As DBOS does it (2.11.0 to 3.2.0 `_sys_db.py:garbage_collect`), but for ended workflows only, and for those whose
    completion was not noted, too. What is deleted is known when it is done.
    """
    place = command.place
    if place is None:
        newest = facts.findings.oldest_kept_ms if isinstance(facts.findings, NewestFindings) else None
        cutoffs = [ms for ms in (command.age.cutoff(facts.now_ms), newest) if ms is not None]
        if not cutoffs:
            return Decision(CollectGarbageOutcome(None, (), 0, 0, 0, None))
        # The later one deletes more.
        place = Place(max(cutoffs))
    bounds = Bounds(command.max_workflows, COLLECTED_ROWS_MAX, COLLECTION_LOOKS_AT_MAX)
    return Decision(
        CollectGarbageOutcome(place.cutoff_ms, (), 0, 0, 0, None),
        CollectGarbageChange(place, bounds),
    )


def conclude_collect_garbage(decision: Decision, applied: CollectGarbageApplied) -> Decision:
    """Return the decision after it was written."""
    change = decision.change
    assert isinstance(change, CollectGarbageChange)  # noqa: S101 - For the type checker: nothing else is applied so.
    outcome = CollectGarbageOutcome(
        change.place.cutoff_ms,
        tuple(applied.workflow_ids[:LISTED_GARBAGE_MAX]),
        len(applied.workflow_ids),
        applied.locked_count,
        applied.orphan_count,
        applied.next_place,
    )
    return decision._replace(outcome=outcome)


def decide_cancel_overdue(command: CancelOverdueWorkflows, facts: Facts) -> Decision:
    """As DBOS does it (3.2.0 `_workflow_commands.py:global_timeout`): children are cancelled by their own age. Raises
    SchemaCapabilityMissing.
    """
    if command.application_names:
        facts.require(Capability.APPLICATION_NAME)
    cutoff_ms = command.age.cutoff(facts.now_ms)
    assert cutoff_ms is not None  # noqa: S101 - For the type checker: the command has a time.
    return Decision(
        CancelOverdueOutcome(cutoff_ms, (), 0, 0, more=False),
        CancelOverdueChange(cutoff_ms, command.application_names, command.max_workflows),
    )


def conclude_cancel_overdue(decision: Decision, applied: CancelOverdueApplied) -> Decision:
    """Return the decision after it was written."""
    change = decision.change
    assert isinstance(change, CancelOverdueChange)  # noqa: S101 - As above.
    cancelled = len(applied.workflow_ids)
    outcome = CancelOverdueOutcome(
        change.cutoff_ms,
        tuple(applied.workflow_ids[:LISTED_OVERDUE_MAX]),
        cancelled,
        applied.found_count - cancelled,
        # Where all that was found is held by others, to repeat it at once would find the same.
        more=applied.found_count == change.max_workflows and cancelled > 0,
    )
    return decision._replace(outcome=outcome)

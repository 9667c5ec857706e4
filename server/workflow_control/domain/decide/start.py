"""What becomes of workflows that are to be started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from json import dumps
from typing import Final

from workflow_control.domain.arguments import write_pickled_arguments, write_portable_arguments
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import DebounceChange, StartChange, StartedRow, StoredArguments
from workflow_control.domain.commands import StartWorkflow, StartWorkflows
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import (
    Deduplicated,
    DefinitiveError,
    QueuePartitionKeyRequired,
    SchemaCapabilityMissing,
    WorkflowExists,
)
from workflow_control.domain.facts import DebouncedHolder, Facts, StartFindings
from workflow_control.domain.new_workflows import Debounce, NewWorkflow
from workflow_control.domain.outcomes import StartManyOutcome, StartOutcome, StartResult
from workflow_control.domain.payloads import PORTABLE_JSON
from workflow_control.domain.records import WorkflowRow
from workflow_control.domain.states import WorkflowState

_NOTHING_FOUND: Final = StartFindings()


def decide_start(command: StartWorkflow, facts: Facts) -> Decision:
    """Insert the workflow as DBOS's own clients do, unless something is in the way, or one that is debounced waits."""
    new = command.workflow
    findings = _findings(facts)
    arguments = _write_arguments(new, facts.capabilities)
    if new.debounce is not None and findings.debounced_holder is not None:
        return _bounce(new, new.debounce, findings.debounced_holder, arguments, facts.now_ms)
    holder = None if new.held_id is None else findings.holders.get((new.queue_name, new.held_id))
    refusal = _refusal(new, findings, is_taken=facts.row is not None, holder=holder)
    if refusal is not None:
        return Decision(refusal)
    if holder is not None:
        return Decision(StartOutcome(holder, StartResult.EXISTING))
    started = new_row(new, arguments, facts.capabilities, now_ms=facts.now_ms, created_at=facts.now_ms)
    return Decision(_started(started.row, new, findings), StartChange((started,)))


def decide_start_many(command: StartWorkflows, facts: Facts) -> Decision:
    """Start all, or none if one cannot be. Each sees those before it, as if they were started one by one."""
    findings = _findings(facts)
    holders = dict(findings.holders)
    counts: Counter[tuple[str, str | None]] = Counter()
    starts: list[StartOutcome] = []
    rows: list[StartedRow] = []
    for index, new in enumerate(command.workflows):
        arguments = _write_arguments(new, facts.capabilities)
        held = None if new.held_id is None else (new.queue_name, new.held_id)
        holder = None if held is None else holders.get(held)
        is_taken = new.workflow_id in findings.taken_ids
        refusal = _refusal(new, findings, is_taken=is_taken, holder=holder, index=str(index))
        if refusal is not None:
            return Decision(refusal)
        if holder is not None:
            starts.append(StartOutcome(holder, StartResult.EXISTING))
            continue
        # Workers order by creation within a queue and its partition, and nothing decides between equal times.
        place = (new.queue_name, new.queue_partition_key)
        created_at = facts.now_ms + counts[place]
        counts[place] += 1
        started = new_row(new, arguments, facts.capabilities, now_ms=facts.now_ms, created_at=created_at)
        rows.append(started)
        starts.append(_started(started.row, new, findings))
        if held is not None:
            holders[held] = started.row
    return Decision(StartManyOutcome(starts), StartChange(rows) if rows else None)


def _bounce(
    new: NewWorkflow, debounce: Debounce, holder: DebouncedHolder, arguments: StoredArguments, now_ms: int
) -> Decision:
    """Have the holder wait on, if it is what the call is for (dbos 3.4.0 `_sys_db.py:debounce_delayed_workflow`)."""
    row = holder.row
    same_application = None in (new.application_name, row.application_name) or (
        new.application_name == row.application_name
    )
    waits = holder.is_debounced and row.status == WorkflowState.DELAYED.value
    if not (waits and row.name == new.name and same_application):
        return Decision(Deduplicated(new.queue_name, row.deduplication_id or "", row.workflow_id))
    delay_until = now_ms + debounce.period_ms
    if holder.debounce_deadline is not None:
        delay_until = min(delay_until, holder.debounce_deadline)
    after = row._replace(
        delay_until=delay_until,
        updated_at=now_ms,
        application_name=row.application_name if row.application_name is not None else new.application_name,
    )
    return Decision(StartOutcome(after, StartResult.DEBOUNCED), DebounceChange(after, arguments))


def _refusal(
    new: NewWorkflow, findings: StartFindings, *, is_taken: bool, holder: WorkflowRow | None, **place: str
) -> DefinitiveError | None:
    if is_taken:
        return WorkflowExists(new.workflow_id, **place)
    if new.queue_partition_key is None and new.queue_name in findings.partitioned_queues:
        return QueuePartitionKeyRequired(new.queue_name, **place)
    if holder is not None and not new.return_existing:
        return Deduplicated(new.queue_name, holder.deduplication_id or "", holder.workflow_id, **place)
    return None


def _findings(facts: Facts) -> StartFindings:
    return facts.findings if isinstance(facts.findings, StartFindings) else _NOTHING_FOUND


def _started(row: WorkflowRow, new: NewWorkflow, findings: StartFindings) -> StartOutcome:
    unknown_names = findings.unknown_names
    # Nearly always nothing is unknown.
    unknown = [name for name in new.names if name in unknown_names] if unknown_names else ()
    return StartOutcome(row, StartResult.STARTED, unknown)


def _write_arguments(new: NewWorkflow, capabilities: Set[Capability]) -> StoredArguments:
    """Raises SchemaCapabilityMissing for anything that the workflow asks for and the schema lacks."""
    if new.application_name is not None:
        _require(Capability.APPLICATION_NAME, capabilities)
    if new.attributes is not None:
        _require(Capability.ATTRIBUTES, capabilities)
    if new.delay_ms is not None or new.delay_until_ms is not None:
        _require(Capability.DELAY, capabilities)
    if new.debounce is not None:
        _require(Capability.DEBOUNCE, capabilities)
    if Capability.SERIALIZATION in capabilities:
        return StoredArguments(write_portable_arguments(new.args, new.named_args), PORTABLE_JSON)
    if not new.python_native:
        _require(Capability.SERIALIZATION, capabilities)
    return StoredArguments(write_pickled_arguments(new.args, new.named_args), None)


def _require(capability: Capability, capabilities: Set[Capability]) -> None:
    if capability not in capabilities:
        raise SchemaCapabilityMissing(capability.label, capability.first_release)


def new_row(
    new: NewWorkflow, arguments: StoredArguments, capabilities: Set[Capability], *, now_ms: int, created_at: int
) -> StartedRow:
    """Return the row that DBOS's own clients insert (dbos 3.4.0 `_enqueue_options.py`, `_sys_db.py`)."""
    debounce_deadline = None
    delay_until = _delay_until(new, now_ms)
    if new.debounce is not None and new.debounce.timeout_ms is not None:
        debounce_deadline = now_ms + new.debounce.timeout_ms
        delay_until = min(delay_until or debounce_deadline, debounce_deadline)
    row = WorkflowRow(
        workflow_id=new.workflow_id,
        status=(WorkflowState.ENQUEUED if delay_until is None else WorkflowState.DELAYED).value,
        name=new.name,
        class_name=new.class_name,
        config_name=new.config_name,
        queue_name=new.queue_name,
        queue_partition_key=new.queue_partition_key,
        priority=new.priority,
        deduplication_id=new.held_id,
        authenticated_user=new.authenticated_user,
        assumed_role=new.assumed_role,
        authenticated_roles=dumps(list(new.authenticated_roles)) if new.authenticated_roles else None,
        application_id=None,
        application_version=new.application_version,
        application_name=new.application_name,
        executor_id=None,
        recovery_attempts=0,
        parent_workflow_id=None,
        forked_from=None,
        was_forked_from=False if Capability.WAS_FORKED_FROM in capabilities else None,
        schedule_name=None,
        attributes=new.attributes,
        created_at=created_at,
        updated_at=created_at,
        started_at=None,
        completed_at=None,
        delay_until=delay_until,
        timeout_ms=new.timeout_ms,
        deadline=new.deadline_ms,
    )
    return StartedRow(row, arguments, new.debounce is not None, debounce_deadline)


def _delay_until(new: NewWorkflow, now_ms: int) -> int | None:
    if new.debounce is not None:
        return now_ms + new.debounce.period_ms
    if new.delay_ms is not None:
        return now_ms + new.delay_ms
    if new.delay_until_ms is not None:
        return max(now_ms, new.delay_until_ms)
    return None

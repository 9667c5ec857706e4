"""What starts need to know: asked before anything is locked, since it depends on nothing but the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.commands import StartWorkflow, StartWorkflows
from workflow_control.domain.facts import DebouncedHolder, HeldId, StartFindings
from workflow_control.domain.limits import NEWEST_WORKFLOWS
from workflow_control.domain.new_workflows import Name, NameKind, NewWorkflow
from workflow_control.domain.records import INTERNAL_QUEUE, WorkflowRow
from workflow_control.postgres.pipeline import Reply

_COLUMNS = len(WorkflowRow._fields)


def ask_start(transaction: Transaction, commands: Sequence[StartWorkflow]) -> Callable[[], StartFindings]:
    """Queue what the starts of a batch need; one that is debounced is a batch of its own."""
    questions = _Questions(transaction, [command.workflow for command in commands])
    debounced = next((command.workflow for command in commands if command.workflow.debounce is not None), None)
    holder = None if debounced is None else questions.ask_debounced_holder(debounced)

    return lambda: questions.findings(debounced_holder=_debounced_holder(holder))


def ask_start_many(transaction: Transaction, commands: Sequence[StartWorkflows]) -> Callable[[], StartFindings]:
    """Queue what the starts of a request need, and which of their ids are taken."""
    workflows = [workflow for command in commands for workflow in command.workflows]
    questions = _Questions(transaction, workflows)
    taken = transaction.query("start_taken_ids", {"workflow_ids": [new.workflow_id for new in workflows]})

    return lambda: questions.findings(taken_ids=frozenset(row[0] for row in taken.rows))


class _Questions:
    """The statements of which most starts need none, and what they answer."""

    def __init__(self, transaction: Transaction, workflows: Sequence[NewWorkflow]) -> None:
        self._transaction = transaction
        self._names = set(chain.from_iterable(new.names for new in workflows))
        self._looked_up = transaction.known_names.to_look_up(self._names)
        self._known = self._ask_known_names() if self._looked_up else None
        held = {(new.queue_name, new.deduplication_id) for new in workflows if new.deduplication_id is not None}
        self._holders = self._ask_holders(held) if held else None
        unpartitioned = {new.queue_name for new in workflows if new.queue_partition_key is None} - {INTERNAL_QUEUE}
        self._partitioned = self._ask_partitioned(unpartitioned) if unpartitioned else None

    def findings(
        self, *, taken_ids: frozenset[str] = frozenset(), debounced_holder: DebouncedHolder | None = None
    ) -> StartFindings:
        """Return what was answered."""
        known_names = self._transaction.known_names
        if self._known is not None:
            known_names.learn(self._looked_up, [Name(NameKind(kind), value) for kind, value in self._known.rows])
        holders: dict[HeldId, WorkflowRow] = {}
        for row in map(WorkflowRow._make, self._holders.rows if self._holders is not None else ()):
            holders[row.queue_name or "", row.deduplication_id or ""] = row
        partitioned = self._partitioned.rows if self._partitioned is not None else ()
        return StartFindings(
            taken_ids=taken_ids,
            holders=holders,
            debounced_holder=debounced_holder,
            partitioned_queues=frozenset(row[0] for row in partitioned),
            unknown_names=known_names.unknown(self._names),
        )

    def ask_debounced_holder(self, new: NewWorkflow) -> Reply | None:
        """Queue the statement that locks the workflow which waits; None where the schema has no debouncing."""
        if not self._transaction.dialect.has("workflow_status.is_debounced"):
            return None
        return self._transaction.query(
            "start_debounced_holder", {"queue_name": new.queue_name, "deduplication_id": new.held_id}
        )

    def _ask_known_names(self) -> Reply:
        return self._transaction.query(
            "start_known_names",
            {
                "kinds": [name.kind.value for name in self._looked_up],
                "names": [name.value for name in self._looked_up],
                "newest": NEWEST_WORKFLOWS,
            },
        )

    def _ask_holders(self, held: set[HeldId]) -> Reply:
        queue_names, deduplication_ids = zip(*held, strict=True)
        return self._transaction.query(
            "start_holders",
            {"queue_names": list(queue_names), "deduplication_ids": list(deduplication_ids)},
        )

    def _ask_partitioned(self, queue_names: set[str]) -> Reply | None:
        if not self._transaction.dialect.has("queues"):
            return None
        return self._transaction.query("start_partitioned_queues", {"queue_names": list(queue_names)})


def _debounced_holder(reply: Reply | None) -> DebouncedHolder | None:
    for row in reply.rows if reply is not None else ():
        return DebouncedHolder(WorkflowRow._make(row[:_COLUMNS]), *row[_COLUMNS:])
    return None

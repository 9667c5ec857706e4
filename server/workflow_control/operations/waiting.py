"""What the RPCs mean that wait for workflows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from workflow_control.domain.errors import WorkflowNotFound
from workflow_control.domain.queries import WorkflowFilter, WorkflowQuery
from workflow_control.domain.records import StoredWorkflow, WorkflowRow
from workflow_control.domain.waiting import AwaitedWorkflows, AwaitMode, Until, UntilChanged, UntilComplete, has_ended
from workflow_control.domain.watches import SeenWorkflow
from workflow_control.operations.ports import WorkflowReader
from workflow_control.watching.keyed_source import KeyedSource
from workflow_control.watching.ticker import Ticker, Waiter

LAST_LOOK_S: Final = 0.3
"""How long to wait for the last poll of all; it takes a hurried tick and a statement."""
_READS_AT_ONCE: Final = 16


class WaitingOperations:
    """Waits for workflows by id. `give_up` is when to answer all the same, on the clock of `time.monotonic()`."""

    def __init__(self, reader: WorkflowReader, ticker: Ticker, states: KeyedSource[str, SeenWorkflow]) -> None:
        self._reader = reader
        self._ticker = ticker
        self._states = states
        self.reading = asyncio.Semaphore(_READS_AT_ONCE)
        """For the reads of calls that wait, which have the time: all that waited for one thing come at once, and would
        keep the connections from others, or be refused themselves."""

    def close(self) -> None:
        """End all waiting with ShuttingDown: whoever waits goes on with another server."""
        self._ticker.close()

    async def get(self, workflow_id: str, until: Until, give_up: float, *, payloads: bool) -> StoredWorkflow:
        """Return the workflow as it is when that has happened, or when it is time to give up.

        Raises WorkflowNotFound, also where it is deleted meanwhile, Overloaded, ShuttingDown.
        """
        found = await self._get(workflow_id, payloads=payloads)
        if _is_reached(until, found.row):
            return found
        # Nothing else of what was read is held while nothing happens: those who wait are many.
        before = found.row if isinstance(until, UntilChanged) else None
        del found

        def is_enough(row: WorkflowRow) -> bool:
            return _is_reached(until, row) or (before is not None and row != before)

        with self._ticker.waiter("get_workflow") as waiter:
            row = await self._await_row(waiter, workflow_id, give_up, is_enough)
            if row is None:
                # One more look, which is shared, too: many that began together give up together.
                look_until = time.monotonic() + LAST_LOOK_S
                row = await self._await_row(waiter, workflow_id, look_until, lambda _: True, is_urgent=True)
        if row is not None and not payloads:
            return StoredWorkflow(row, None)
        return await self._get(workflow_id, payloads=payloads)

    async def await_workflows(self, workflow_ids: Sequence[str], mode: AwaitMode, give_up: float) -> AwaitedWorkflows:
        """Return which have ended, when the first or all of them have, or when it is time to give up.

        Those that are not there count as ended. Raises Overloaded, ShuttingDown.
        """
        ids = tuple(dict.fromkeys(workflow_ids))
        async with self.reading:
            stored = await self._reader.list(WorkflowQuery(WorkflowFilter(workflow_ids=ids), len(ids)))
        complete = {workflow.row.workflow_id for workflow in stored if has_ended(workflow.row)}
        pending = {workflow.row.workflow_id for workflow in stored} - complete
        missing = set(ids) - complete - pending
        # What was read is not held while nothing happens: those who wait are many.
        del stored

        def is_done() -> bool:
            settled = len(complete) + len(missing)
            return settled == len(ids) or (mode is AwaitMode.FIRST and settled > 0)

        def hear(states: Mapping[str, SeenWorkflow | None]) -> None:
            missing.update(workflow_id for workflow_id, seen in states.items() if seen is None)
            complete.update(workflow_id for workflow_id, seen in states.items() if seen and has_ended(seen.row))

        if not is_done():
            with self._ticker.waiter("await_workflows") as waiter, self._states.subscribe(waiter, pending) as mailbox:
                while not is_done() and await waiter.wait(give_up - time.monotonic()):
                    hear(mailbox.take())
        return AwaitedWorkflows(
            complete=tuple(workflow_id for workflow_id in ids if workflow_id in complete),
            pending=tuple(workflow_id for workflow_id in ids if workflow_id not in complete | missing),
            missing=tuple(workflow_id for workflow_id in ids if workflow_id in missing and workflow_id not in complete),
            done=is_done(),
        )

    async def _await_row(
        self,
        waiter: Waiter,
        workflow_id: str,
        give_up: float,
        is_enough: Callable[[WorkflowRow], bool],
        *,
        is_urgent: bool = False,
    ) -> WorkflowRow | None:
        """Return the first row that is enough, of those that are found from now on; None: the time is up."""
        with self._states.subscribe(waiter, (workflow_id,)) as mailbox:
            if is_urgent:
                self._states.hint((workflow_id,))
            while await waiter.wait(give_up - time.monotonic()):
                seen = mailbox.take()[workflow_id]
                if seen is None:
                    raise WorkflowNotFound(workflow_id)
                if is_enough(seen.row):
                    return seen.row
                del seen
        return None

    async def _get(self, workflow_id: str, *, payloads: bool) -> StoredWorkflow:
        async with self.reading:
            found = await self._reader.get(workflow_id, payloads=payloads)
        if found is None:
            raise WorkflowNotFound(workflow_id)
        return found


def _is_reached(until: Until, row: WorkflowRow) -> bool:
    match until:
        case UntilComplete():
            return has_ended(row)
        case UntilChanged(after_update_time):
            return after_update_time is not None and row.updated_at != after_update_time

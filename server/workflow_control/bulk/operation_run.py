"""One operation at work: its workflows found, applied batch by batch, and settled."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain, repeat
from typing import Final, ParamSpec, TypeVar
from uuid import uuid4

from workflow_control.bulk.courtesy import Courtesy
from workflow_control.bulk.items import ItemRequests
from workflow_control.bulk.ports import BulkStore, ItemExecutor, LeaseLost, MemberReader, ReadItemResult
from workflow_control.bulk.rate import RateLimit
from workflow_control.domain.bulk import (
    BulkDefinition,
    BulkItem,
    HeldOperation,
    Settlement,
    failure_of,
    settlement_of,
)
from workflow_control.domain.errors import (
    DefinitiveError,
    InternalError,
    RejectedError,
    RequestInProgress,
    RequestPreviouslyFailed,
    SchemaCapabilityMissing,
    TransientError,
    WorkflowLocked,
)
from workflow_control.domain.queries import WorkflowCursor
from workflow_control.idempotency.key_hash import key_hash
from workflow_control.idempotency.requests import MutationReply

logger = logging.getLogger(__name__)

BATCH_MAX: Final = 32
"""The most items of one transaction. A single call waits for the processor and the event loop while one is prepared:
beside a hundred single calls per second, on two busy cores, their median was 17 ms with batches of 128, 12 with 64 and
10 with 32, at which an item cost the server a tenth more.
"""

_PAGE: Final = 256
"""How many workflows are found, or read, at once; two pages are in memory at most. What a page costs single calls wait
for, too."""
_WORKERS: Final = 2
"""While one batch is in the database, the next is prepared, where no single calls wait for both."""
_ITEM_DEADLINE_S: Final = 30.0
_BACKOFF_S: Final = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Between two attempts at what the database did not do; the last one again and again."""
_DEFERRED_MAX: Final = 1024
"""How many workflows may be locked by others before no more are taken up."""
_TRIES: Final = 3
"""How often an item is tried whose fault nobody knows."""

_ERROR_ID_DIGITS: Final = 12

_P = ParamSpec("_P")
ResultT = TypeVar("ResultT")


class OperationRun:
    """Works on an operation for as long as it is held."""

    def __init__(
        self,
        operation: HeldOperation,
        definition: BulkDefinition,
        store: BulkStore,
        members: MemberReader,
        executor: ItemExecutor,
        read_result: ReadItemResult,
        courtesy: Courtesy,
    ) -> None:
        self._operation = operation
        self._definition = definition
        self._requests = ItemRequests(operation, definition)
        self._store = store
        self._members = members
        self._executor = executor
        self._read_result = read_result
        self._courtesy = courtesy
        self._rate = RateLimit(operation.row.max_per_second, time.monotonic())
        self._batch = self._rate.batch(BATCH_MAX)
        self._queue: asyncio.Queue[Sequence[BulkItem]] = asyncio.Queue(max(1, _PAGE // self._batch))
        self._deferred: list[BulkItem] = []
        self._tries: Counter[int] = Counter()
        self._stopping = False
        row = operation.row
        self._names = {"operation_id": row.operation_id, "request_key_hash": key_hash(row.request_key)}

    async def run(self) -> None:
        """Work until each workflow has its outcome, and complete the operation. Cancelled, it finishes what is in hand.

        Raises LeaseLost, and whatever is a bug.
        """
        feeding = asyncio.create_task(self._feed())
        workers = [asyncio.create_task(self._work()) for _ in range(_WORKERS)]
        try:
            done, _ = await asyncio.wait((feeding, *workers), return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._stopping = True
            for task in (feeding, *workers):
                task.cancel()
            await asyncio.gather(feeding, *workers, return_exceptions=True)
        for task in done:
            task.result()
        await _until_answered(self._store.complete, self._operation.lease)

    async def _feed(self) -> None:
        """Hand out every item; return when each has its outcome."""
        operation = self._operation
        row = operation.row
        last = 0
        # What was named, or what an earlier holder has found and not settled.
        while items := await _until_answered(self._store.pending, row.operation_id, last, _PAGE):
            last = items[-1].number
            await self._hand_out(items)
        complete, found_count, cursor = row.selection_complete, row.found_count, operation.cursor
        while not complete:
            room = _PAGE if row.max_workflows is None else min(_PAGE, row.max_workflows - found_count)
            found = await _until_answered(self._page, cursor, room)
            complete = len(found) < _PAGE
            items = await _until_answered(self._find, cursor, found, complete)
            found_count += len(found)
            cursor = found[-1] if found else cursor
            await self._hand_out(items)
        await self._settle_all()

    async def _page(self, after: WorkflowCursor | None, room: int) -> Sequence[WorkflowCursor]:
        if not room or self._definition.filter is None:
            return ()
        return await self._members.page(self._definition.filter, self._operation.created_before, after, room)

    async def _find(
        self, after: WorkflowCursor | None, found: Sequence[WorkflowCursor], complete: bool
    ) -> Sequence[BulkItem]:
        return await self._store.find(self._operation.lease, after, found, complete=complete)

    async def _hand_out(self, items: Sequence[BulkItem]) -> None:
        for begin in range(0, len(items), self._batch):
            await self._queue.put(items[begin : begin + self._batch])
        if len(self._deferred) >= _DEFERRED_MAX:
            await self._settle_all()

    async def _settle_all(self) -> None:
        """Wait until what was handed out has its outcome; what others lock is tried again, however long they do."""
        await self._queue.join()
        backoff = _Backoff()
        while self._deferred:
            logger.info("workflows are locked by others", extra={**self._names, "workflows": len(self._deferred)})
            await backoff.wait()
            items, self._deferred = self._deferred, []
            for begin in range(0, len(items), self._batch):
                await self._queue.put(items[begin : begin + self._batch])
            await self._queue.join()

    async def _work(self) -> None:
        """Apply batches until cancelled; then finish the one in hand."""
        while True:
            batch = await self._queue.get()
            delay = self._rate.delay(len(batch), time.monotonic())
            if delay > 0:
                await asyncio.sleep(delay)
            applying = asyncio.create_task(self._apply(batch))
            try:
                await asyncio.shield(applying)
            except asyncio.CancelledError:
                await asyncio.gather(applying, return_exceptions=True)
                raise
            self._queue.task_done()

    async def _apply(self, items: Sequence[BulkItem]) -> None:
        """Return when each item has its outcome or is deferred. Raises LeaseLost."""
        backoff = _Backoff()
        while True:
            async with self._courtesy.turn():
                items = await self._attempt(items)
            if not items or self._stopping:
                return
            await backoff.wait()

    async def _attempt(self, items: Sequence[BulkItem]) -> Sequence[BulkItem]:
        """Execute the items, and return those that are to be tried again soon. Raises LeaseLost."""
        deadline = time.monotonic() + _ITEM_DEADLINE_S
        answers = await self._executor.execute_all([self._requests.request(item, deadline) for item in items])
        again: list[BulkItem] = []
        unsettled: list[Settlement] = []
        for item, answer in zip(items, answers, strict=True):
            match answer:
                case DefinitiveError():
                    pass  # The transaction that stored it has settled the item.
                case MutationReply(response, replayed):
                    if replayed:
                        result = self._read_result(self._operation.row.action, response)
                        unsettled.append(settlement_of(item.number, result))
                case LeaseLost():
                    raise answer
                case WorkflowLocked() | RequestInProgress():
                    self._deferred.append(item)
                case TransientError():
                    again.append(item)
                case RequestPreviouslyFailed(metadata=stored):
                    failure = failure_of(item.number, stored["original_reason"], stored["original_message"])
                    unsettled.append(failure)
                case RejectedError(reason=reason, message=message):
                    unsettled.append(failure_of(item.number, reason, message))
                case _:
                    self._note_fault(item, answer, again, unsettled)
        if unsettled:
            await self._store.settle(self._operation.lease, unsettled)
        return again

    def _note_fault(self, item: BulkItem, fault: Exception, again: list[BulkItem], unsettled: list[Settlement]) -> None:
        """Try an item again whose fault nobody knows, but not for ever: the others must not wait for it."""
        self._tries[item.number] += 1
        if self._tries[item.number] < _TRIES:
            again.append(item)
            return
        error = InternalError(uuid4().hex[:_ERROR_ID_DIGITS])
        extra = {**self._names, "workflow_id": item.workflow_id, "error_id": error.metadata["error_id"]}
        logger.error("a workflow of a bulk operation failed", extra=extra, exc_info=fault)
        unsettled.append(failure_of(item.number, error.reason, error.message))


class _Backoff:
    """Waits longer from time to time."""

    def __init__(self) -> None:
        self._waits = chain(_BACKOFF_S, repeat(_BACKOFF_S[-1]))

    async def wait(self) -> None:
        """Wait, with jitter that keeps replicas out of step."""
        await asyncio.sleep(next(self._waits) * random.uniform(0.8, 1.2))  # noqa: S311 - It is no secret.


async def _until_answered(ask: Callable[_P, Awaitable[ResultT]], *args: _P.args, **kwargs: _P.kwargs) -> ResultT:
    """Return what the database answers, however long it is away."""
    backoff = _Backoff()
    while True:
        try:
            return await ask(*args, **kwargs)
        except (TransientError, SchemaCapabilityMissing) as error:
            logger.warning("a bulk operation waits", extra={"reason": error.reason, "fault": error.message})
            await backoff.wait()

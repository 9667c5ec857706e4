"""Takes bulk operations up, keeps them, and gives them back."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflow_control.bulk.courtesy import Courtesy
from workflow_control.bulk.operation_run import OperationRun
from workflow_control.bulk.ports import (
    BulkStore,
    Foreground,
    ItemExecutor,
    LeaseLost,
    MemberReader,
    ReadDefinition,
    ReadItemResult,
    UnreadableDefinition,
)
from workflow_control.domain.bulk import HeldOperation
from workflow_control.domain.errors import ControlError
from workflow_control.domain.faults import DatabaseFault
from workflow_control.idempotency.key_hash import key_hash

logger = logging.getLogger(__name__)

LEASE: Final = timedelta(seconds=10)
"""How long an operation stays with a holder that says nothing."""

_LOOK_S: Final = 1.0
"""How often operations that nobody holds are looked for, and whether the held ones are still held. Who holds some looks
more rarely, so that a server with nothing to do is faster."""
_RENEW_S: Final = LEASE.total_seconds() / 4
_END_S: Final = 2.0
"""How long the end waits for the batches in hand, and for the database before that: one that is silent keeps a lease
for as long as it lasts, and nobody else."""
_PASS_OVER_S: Final = 30.0
"""How long an operation is left to others that this server cannot read, or has failed at."""


@dataclass(frozen=True, slots=True)
class _Held:
    operation: HeldOperation
    task: asyncio.Task[None]


class BulkRunner:
    """Works on at most `at_once` operations at a time, for as long as `running` lasts."""

    def __init__(
        self,
        store: BulkStore,
        members: MemberReader,
        executor: ItemExecutor,
        foreground: Foreground,
        read_definition: ReadDefinition,
        read_result: ReadItemResult,
        at_once: int,
    ) -> None:
        self._store = store
        self._members = members
        self._executor = executor
        self._courtesy = Courtesy(foreground)
        self._read_definition = read_definition
        self._read_result = read_result
        self._at_once = at_once
        self._held: dict[str, _Held] = {}
        self._passed_over: dict[str, float] = {}
        self._woken = asyncio.Event()
        self._stopping = False
        self._renewed_at = 0.0

    def wake(self) -> None:
        """Look for operations now: there is a new one."""
        self._woken.set()

    def wind_down(self) -> None:
        """Take up no more, finish the batches in hand, and leave the operations to others."""
        self._stopping = True
        self.wake()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work beside the block, and wind down at its end."""
        if not self._at_once:
            yield
            return
        working = asyncio.create_task(self._run(), name="bulk-runner")
        try:
            yield
        finally:
            self.wind_down()
            done, _ = await asyncio.wait((working,), timeout=_END_S)
            if not done:
                working.cancel()
                await asyncio.wait((working,))
            elif not working.cancelled():
                working.result()

    async def _run(self) -> None:
        try:
            while not self._stopping:
                self._woken.clear()
                try:
                    await self._renew()
                    if len(self._held) < self._at_once:
                        await self._take_up()
                except (ControlError, DatabaseFault) as error:
                    logger.debug("could not look for bulk operations", extra={"fault": str(error)})
                await self._pause()
        finally:
            tasks = [held.task for held in self._held.values()]
            for task in tasks:
                task.cancel()
            if tasks:
                await asyncio.wait(tasks, timeout=_END_S)

    async def _pause(self) -> None:
        look_s = min(_LOOK_S * (1 + len(self._held)), _RENEW_S)
        try:
            # Jitter keeps replicas from looking in step.
            async with asyncio.timeout(look_s * random.uniform(0.8, 1.2)):  # noqa: S311 - It is no secret.
                await self._woken.wait()
        except TimeoutError:
            pass

    async def _take_up(self) -> None:
        now = time.monotonic()
        self._passed_over = {each: until for each, until in self._passed_over.items() if until > now}
        operation = await self._store.claim(LEASE, self._passed_over.keys() | self._held.keys())
        if operation is None:
            return
        operation_id = operation.row.operation_id
        task = asyncio.create_task(self._work(operation), name=f"bulk-operation-{operation_id}")
        self._held[operation_id] = _Held(operation, task)
        task.add_done_callback(lambda _: self._let_go(operation_id))

    def _let_go(self, operation_id: str) -> None:
        del self._held[operation_id]
        self.wake()

    async def _renew(self) -> None:
        """Keep what is held; stop working on what is not any more."""
        now = time.monotonic()
        if not self._held or now - self._renewed_at < _RENEW_S:
            return
        kept = await self._store.renew([held.operation.lease for held in self._held.values()], LEASE)
        self._renewed_at = now
        for operation_id, held in self._held.items():
            if operation_id not in kept:
                held.task.cancel()

    async def _work(self, operation: HeldOperation) -> None:
        """Work on an operation until it is done, lost or to be left; raises nothing but a cancellation."""
        row = operation.row
        names = {
            "operation_id": row.operation_id,
            "request_key_hash": key_hash(row.request_key),
            "fencing_token": operation.lease.fencing_token,
        }
        logger.info("bulk operation taken up", extra={**names, "action": row.action, "settled": row.settled_count})
        try:
            run = OperationRun(
                operation,
                self._read_definition(row.definition),
                self._store,
                self._members,
                self._executor,
                self._read_result,
                self._courtesy,
            )
            await run.run()
        except LeaseLost:
            logger.info("bulk operation paused, stopped or taken over", extra=names)
        except asyncio.CancelledError:
            await self._release(operation)
            logger.info("bulk operation left", extra=names)
            raise
        except UnreadableDefinition as error:
            logger.warning("bulk operation left to another release", extra={**names, "fault": str(error)})
            await self._give_up(operation)
        except Exception:
            logger.exception("bulk operation failed; it is tried again", extra=names)
            await self._give_up(operation)
        else:
            logger.info("bulk operation completed", extra=names)

    async def _give_up(self, operation: HeldOperation) -> None:
        self._passed_over[operation.row.operation_id] = time.monotonic() + _PASS_OVER_S
        await self._release(operation)

    async def _release(self, operation: HeldOperation) -> None:
        try:
            await self._store.release(operation.lease)
        except (ControlError, DatabaseFault) as error:
            # The lease ends by itself.
            logger.debug("could not release a bulk operation", extra={"fault": str(error)})

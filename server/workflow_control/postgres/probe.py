"""Asks the database once a second, on a connection of its own, whether it can be served from.

Checks and watches of the health service read what this last found, so that they cost the database nothing and never
wait for it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Final

import psycopg
from psycopg import AsyncConnection

from workflow_control.domain.faults import FaultKind
from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.errors import classify
from workflow_control.postgres.pool import hung_up_after
from workflow_control.postgres.sql import quote_identifier

logger = logging.getLogger(__name__)

_FAILURES_UNTIL_DOWN: Final = 2
"""One lost answer is no outage but makes us ask again at once; a refused connection or a read-only database is one."""


class Probe:
    """Calls `on_change(serving)` whenever the answer changes; the first answer is a change.

    `verify` says what forbids to serve from a database that answers, or nothing: it is asked before every change to
    serving, since the database may have come back with another schema than it went with. `on_answer(seconds)` is told
    how long each answer took.
    """

    def __init__(
        self,
        conninfo: str,
        *,
        dbos_schema: str,
        control_schema: str,
        interval: timedelta,
        verify: Callable[[], Awaitable[str]],
        on_change: Callable[[bool], None],
        on_answer: Callable[[float], None] | None = None,
    ) -> None:
        self._conninfo = conninfo
        self._statement = control_query(control_schema, "probe")
        self._parameters = {
            "workflow_status": f"{quote_identifier(dbos_schema)}.workflow_status",
            "request": f"{quote_identifier(control_schema)}.request",
        }
        self._interval_s = interval.total_seconds()
        self._limit_s = max(1.0, self._interval_s)
        self._verify = verify
        self._on_change = on_change
        self._on_answer = on_answer
        self._connection: AsyncConnection[tuple[Any, ...]] | None = None
        self._serving: bool | None = None
        self._failures = 0

    async def run(self) -> None:
        """Probe until cancelled."""
        try:
            while True:
                await self._probe()
                if not (self._serving and self._failures):
                    await asyncio.sleep(self._interval_s)
        finally:
            await self._close()

    async def _probe(self) -> None:
        try:
            # The limit covers connecting as well: a database that does not answer counts as one that is not there.
            async with asyncio.timeout(self._limit_s):
                problem = await self._ask()
        except TimeoutError:
            await self._failed("no answer in time", definitive=False)
        except psycopg.Error as error:
            # Where a new connection is refused there is nothing to wait for; one that broke may be the only one.
            definitive = self._connection is None or classify(error).kind is not FaultKind.CONNECTION_LOST
            await self._failed(f"SQLSTATE {error.sqlstate}" if error.sqlstate else "no connection", definitive)
        else:
            if problem:
                await self._failed(problem, definitive=True)
            else:
                self._failures = 0
                self._change(True, "the database answers")

    async def _ask(self) -> str:
        """Return what is wrong, or the empty string."""
        if self._connection is None:
            self._connection = await AsyncConnection.connect(self._conninfo, autocommit=True, prepare_threshold=None)
        # Earlier than the limit on all: a statement that is cancelled first waits for the server's consent.
        with hung_up_after(self._connection, 0.9 * self._limit_s):
            asked = time.monotonic()
            cursor = await self._connection.execute(self._statement, self._parameters)
            row = await cursor.fetchone()
        if self._on_answer is not None:
            self._on_answer(time.monotonic() - asked)
        if row is None:
            return "no answer"
        _, writable, has_dbos, has_control = row
        if not writable:
            return "the database is read-only"
        if not has_dbos:
            return "DBOS's tables are missing"
        if not has_control:
            return "the server's own schema is missing"
        return "" if self._serving else await self._verify()

    async def _failed(self, problem: str, definitive: bool) -> None:
        await self._close()
        self._failures += 1
        if definitive or self._failures >= _FAILURES_UNTIL_DOWN:
            self._change(False, problem)

    def _change(self, serving: bool, why: str) -> None:
        if serving is self._serving:
            return
        self._serving = serving
        logger.log(
            logging.INFO if serving else logging.WARNING, "database probe", extra={"serving": serving, "why": why}
        )
        self._on_change(serving)

    async def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

"""Keeps the dialect up to date: read at start, every minute, and when a statement found the schema changed."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Final

from workflow_control.dbos.dialect import Dialect, read_dialect
from workflow_control.domain.faults import DatabaseFault
from workflow_control.postgres.errors import driver_errors_as_faults
from workflow_control.postgres.pool import Pool

logger = logging.getLogger(__name__)

REFRESH_INTERVAL_S: Final = 60.0
_AT_MOST_EVERY_S: Final = 1.0


class DialectSource:
    """Where the rest of this package asks for the dialect."""

    def __init__(self, pool: Pool, schema: str, control_schema: str) -> None:
        self._pool = pool
        self._schema = schema
        self._control_schema = control_schema
        self._lock = asyncio.Lock()
        self._read_at = float("-inf")
        # Misses everything until the catalog was read.
        self.current = Dialect(schema, control_schema, None, frozenset(), frozenset())

    async def refresh(self) -> None:
        """Read the catalog, unless that was done within the last second. Raises DatabaseFault."""
        async with self._lock:
            if time.monotonic() - self._read_at < _AT_MOST_EVERY_S:
                return
            with driver_errors_as_faults():
                async with self._pool.connection() as connection:
                    dialect = await read_dialect(connection, self._schema, self._control_schema)
            self._read_at = time.monotonic()
            if dialect != self.current:
                logger.info(
                    "read the catalog of DBOS's schema",
                    extra={"schema": self._schema, "migration": dialect.migration, "unknown": dialect.unknown_columns},
                )
                self.current = dialect

    async def refresh_forever(self) -> None:
        """Read the catalog every minute; a database that is away is asked again the next time."""
        while True:
            await asyncio.sleep(REFRESH_INTERVAL_S)
            try:
                await self.refresh()
            except DatabaseFault:
                logger.info("could not read the catalog of DBOS's schema", exc_info=True)

"""Keeps the dialect up to date: read at start, when DBOS has migrated, when a statement found the schema changed, and
every minute all the same.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from workflow_control.dbos.dialect import Dialect, read_dialect, read_migration
from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.postgres.errors import driver_errors_as_faults
from workflow_control.postgres.pool import Pool, borrow

logger = logging.getLogger(__name__)

_CHECK_INTERVAL_S: Final = 1.0
_CHECKS_PER_REFRESH: Final = 60


class DialectSource:
    """Where the rest of this package asks for the dialect."""

    def __init__(self, pool: Pool, schema: str, control_schema: str, hung_after_s: float) -> None:
        """A connection on which nothing comes back for `hung_after_s` is broken: everybody waits for the dialect."""
        self._pool = pool
        self._hung_after_s = hung_after_s
        self._schema = schema
        self._control_schema = control_schema
        self._lock = asyncio.Lock()
        self._reads = 0
        # Misses everything until the catalog was read.
        self.current = Dialect(schema, control_schema, None, frozenset(), frozenset())

    def require(self) -> Dialect:
        """Return the dialect of a schema that can be served from.

        Raises DatabaseFault when it cannot, or when the catalog was not read yet: what misses everything would be
        written as DBOS 2.11 has it.
        """
        if self.current.missing or self.current.unsupported:
            raise DatabaseFault(FaultKind.SCHEMA_CHANGED)
        return self.current

    async def refresh(self) -> None:
        """Read the catalog, unless somebody else's reading began after this call did. Raises DatabaseFault."""
        reads_before = self._reads
        async with self._lock:
            if self._reads > reads_before:
                return
            self._reads += 1
            with driver_errors_as_faults():
                async with borrow(self._pool, self._hung_after_s) as connection:
                    dialect = await read_dialect(connection, self._schema, self._control_schema)
            if dialect != self.current:
                logger.info(
                    "read the catalog of DBOS's schema",
                    extra={"schema": self._schema, "migration": dialect.migration, "unknown": dialect.unknown_columns},
                )
                self.current = dialect

    async def refresh_forever(self) -> None:
        """Read DBOS's migration number every second, and the catalog when it has changed and every minute.

        A mutation compares the number by itself; this is for the reads. A database that is away is asked again the
        next time.
        """
        checks = 0
        while True:
            await asyncio.sleep(_CHECK_INTERVAL_S)
            checks += 1
            try:
                if checks % _CHECKS_PER_REFRESH == 0 or await self._migration() != self.current.migration:
                    await self.refresh()
            except DatabaseFault:
                logger.debug("could not read the catalog of DBOS's schema", exc_info=True)

    async def _migration(self) -> int | None:
        with driver_errors_as_faults():
            async with borrow(self._pool, self._hung_after_s) as connection:
                return await read_migration(connection, self._schema)

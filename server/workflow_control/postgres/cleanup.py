"""Deletes expired requests, and bulk operations that ended long ago, in the background: in small batches that are
committed one by one.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Final

import psycopg
import psycopg_pool

from workflow_control.postgres.control_queries import control_query
from workflow_control.postgres.pool import Pool, borrow

logger = logging.getLogger(__name__)

_LOCK: Final = 0x776F726B666C0001
"""The advisory lock of the one process that cleans up; `workfl` in ASCII, and a number of our own."""
_BULK_LOCK: Final = 0x776F726B666C0003
"""Likewise, for bulk operations."""
_PAUSE_S: Final = 0.05
_HUNG_AFTER_S: Final = 121.0
"""Longer than the longest limit on a statement that can be set."""


async def delete_expired_requests(pool: Pool, control_schema: str, batch: int) -> int:
    """Delete one batch of expired requests and return how many; 0 also while another process is at it."""
    statement = control_query(control_schema, "request_cleanup")
    async with borrow(pool, _HUNG_AFTER_S) as connection:
        cursor = await connection.execute(statement, {"lock": _LOCK, "limit": batch})
        return cursor.rowcount


async def delete_ended_bulk_operations(pool: Pool, control_schema: str, retention: timedelta, batch: int) -> int:
    """Delete one batch of the items of operations that ended longer ago than that, and return how many; with the last
    of them the operations. 0 also while another process is at it.
    """
    parameters = {"lock": _BULK_LOCK, "retention": retention, "limit": batch}
    async with borrow(pool, _HUNG_AFTER_S) as connection:
        items = await connection.execute(control_query(control_schema, "bulk_item_cleanup"), parameters)
        if not items.rowcount:
            await connection.execute(control_query(control_schema, "bulk_operation_cleanup"), parameters)
        return items.rowcount


async def clean_up_forever(
    pool: Pool,
    control_schema: str,
    interval: timedelta,
    batch: int,
    bulk_retention: timedelta,
    on_deleted: Callable[[int], None] | None = None,
) -> None:
    """Delete what has expired once per interval, and tell `on_deleted` how much.

    An expired key is free whether or not this runs.
    """
    while True:
        # Jitter keeps replicas from asking for the lock in step.
        jitter = random.uniform(0.9, 1.1)  # noqa: S311 - It is no secret.
        await asyncio.sleep(interval.total_seconds() * jitter)
        deleted = deleted_items = 0
        try:
            while count := await delete_expired_requests(pool, control_schema, batch):
                deleted += count
                await asyncio.sleep(_PAUSE_S)
            while items := await delete_ended_bulk_operations(pool, control_schema, bulk_retention, batch):
                deleted_items += items
                await asyncio.sleep(_PAUSE_S)
        except (psycopg.Error, psycopg_pool.PoolTimeout) as error:
            logger.warning("could not clean up", extra={"sqlstate": getattr(error, "sqlstate", None)})
        if deleted and on_deleted is not None:
            on_deleted(deleted)
        if deleted:
            logger.info("deleted expired requests", extra={"requests": deleted})
        if deleted_items:
            logger.info("deleted ended bulk operations", extra={"workflows": deleted_items})

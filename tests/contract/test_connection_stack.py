"""The connections of mutations: which is lent, and what becomes of the others when one breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import psycopg
import pytest

from tests.fixtures.eventually import eventually_async
from tests.fixtures.postgres import CreateDatabase
from workflow_control.postgres.pool import ConnectionSettings, ConnectionStack, make_pool

HUNG_AFTER_S = 10


@pytest.fixture
async def stack(create_database: CreateDatabase) -> AsyncIterator[ConnectionStack]:
    settings = ConnectionSettings(create_database(), 3, 2000, True)
    async with AsyncExitStack() as pools:
        yield ConnectionStack([await pools.enter_async_context(make_pool(settings, "mutations", 1)) for _ in range(3)])


async def backends(stack: ConnectionStack) -> list[int]:
    """Returns the backends of all connections, in the order in which they are lent."""
    async with AsyncExitStack() as borrowed:
        connections = [await borrowed.enter_async_context(stack.borrow(HUNG_AFTER_S)) for _ in stack.pools]
        return [connection.info.backend_pid for connection in connections]


async def test_the_connection_that_came_back_last_is_lent_first(stack: ConnectionStack) -> None:
    first, second, third = await backends(stack)
    assert len({first, second, third}) == 3
    for _ in range(3):
        async with stack.borrow(HUNG_AFTER_S) as connection:
            assert connection.info.backend_pid == first
    async with stack.borrow(HUNG_AFTER_S), AsyncExitStack() as other:
        connection = await other.enter_async_context(stack.borrow(HUNG_AFTER_S))
        assert connection.info.backend_pid == second
    assert await backends(stack) == [first, second, third]


async def test_when_one_breaks_all_are_replaced(stack: ConnectionStack) -> None:
    before = await backends(stack)
    with pytest.raises(psycopg.OperationalError):
        async with stack.borrow(HUNG_AFTER_S) as connection:
            await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert not set(await backends(stack)) & set(before)


async def test_postgres_looks_whether_we_are_still_there(stack: ConnectionStack) -> None:
    async with stack.borrow(HUNG_AFTER_S) as connection:
        cursor = await connection.execute(
            "SELECT array_agg(setting ORDER BY name) FROM pg_settings WHERE name ~ '^tcp_(keepalives|user_timeout)'"
        )
        # How many may be lost, seconds before the first and between two; milliseconds until data is given up.
        assert await cursor.fetchone() == (["3", "5", "2", "10000"],)


async def test_the_statistics_are_of_all(stack: ConnectionStack) -> None:
    await backends(stack)
    await eventually_async(lambda: stack.get_stats()["pool_available"] == 3)
    assert stack.get_stats()["pool_size"] == 3
    assert stack.get_stats()["requests_num"] == 3

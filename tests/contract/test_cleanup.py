"""Cleanup deletes what has expired, and nothing else, a batch at a time, one process at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests.fixtures.control import CONTROL_SCHEMA, SCOPE, add_workflow, expire, fetch, mutation, open_control
from tests.fixtures.eventually import eventually_async
from tests.fixtures.failpoints import Failpoints
from tests.fixtures.sessions import at_gate, install_gate, open_gate
from workflow_control.domain.commands import CancelWorkflow
from workflow_control.domain.errors import RequestInProgress
from workflow_control.postgres.cleanup import clean_up_forever, delete_expired_requests
from workflow_control.postgres.pool import ConnectionSettings, Pool, make_pool

ADD = """
    INSERT INTO workflow_control.request
    SELECT 'test', %(prefix)s || n, 'CancelWorkflow', 'workflow', sha256('x'), 1, gen_random_uuid(), '', '', 0, '',
           NULL, NULL, NULL, now(), now() + %(left)s::interval
    FROM generate_series(1, %(count)s) AS n
"""
KEYS = "SELECT request_key FROM workflow_control.request ORDER BY 1"


@pytest.fixture
def url(control_url: str) -> str:
    """Twenty-five expired requests, and five that are not."""
    fetch(control_url, ADD, {"prefix": "expired-", "count": 25, "left": "-1 microsecond"})
    fetch(control_url, ADD, {"prefix": "kept-", "count": 5, "left": "1 hour"})
    return control_url


@asynccontextmanager
async def open_pool(url: str) -> AsyncIterator[Pool]:
    async with make_pool(ConnectionSettings(url, 3, 2000, True), "cleanup", 2) as pool:
        yield pool


async def test_it_deletes_a_batch_at_a_time_and_only_what_has_expired(url: str) -> None:
    async with open_pool(url) as pool:
        deleted = [await delete_expired_requests(pool, CONTROL_SCHEMA, 10) for _ in range(4)]
    assert deleted == [10, 10, 5, 0]
    assert fetch(url, KEYS) == [(f"kept-{n}",) for n in range(1, 6)]


async def test_each_batch_is_a_transaction_of_its_own(url: str) -> None:
    async with open_pool(url) as pool:
        await delete_expired_requests(pool, CONTROL_SCHEMA, 10)
        # Another session sees it at once.
        assert len(fetch(url, KEYS)) == 20


async def test_one_process_at_a_time(url: str) -> None:
    install_gate(url, "BEFORE DELETE ON workflow_control.request FOR EACH ROW")
    async with open_pool(url) as pool:
        first = asyncio.create_task(delete_expired_requests(pool, CONTROL_SCHEMA, 10))
        await eventually_async(lambda: at_gate(url))
        assert await delete_expired_requests(pool, CONTROL_SCHEMA, 10) == 0
        open_gate(url)
        assert await first == 10
        assert await delete_expired_requests(pool, CONTROL_SCHEMA, 10) == 10


async def test_a_key_that_is_being_taken_over_is_left_alone(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    failpoints = Failpoints()
    async with open_control(control_url, failpoint=failpoints) as control:
        await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
        expire(control_url, "key")
        with failpoints.hold("decided") as gate:
            again = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            assert await delete_expired_requests(control.read_pool, CONTROL_SCHEMA, 10) == 0
        assert not (await again).replayed
        assert await control.requests.get(SCOPE, "key")
        assert await delete_expired_requests(control.read_pool, CONTROL_SCHEMA, 10) == 0


async def test_a_key_that_vanishes_between_claim_and_recall_is_claimed_anew(control_url: str) -> None:
    """The claim found it taken, and it was deleted before it could be recalled."""
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
        install_gate(control_url, "AFTER INSERT ON workflow_control.request FOR EACH STATEMENT")
        again = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
        await eventually_async(lambda: at_gate(control_url))
        expire(control_url, "key")
        assert await delete_expired_requests(control.read_pool, CONTROL_SCHEMA, 10) == 1
        open_gate(control_url)
        reply = await again
    assert not reply.replayed
    assert fetch(control_url, KEYS) == [("key",)]


async def test_a_key_that_keeps_vanishing_is_reported(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
        # In the claim's own transaction, whose end brings it back.
        fetch(control_url, VANISHING)
        with pytest.raises(RequestInProgress):
            await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
    assert fetch(control_url, KEYS) == [("key",)]


VANISHING = """
    CREATE FUNCTION public.vanish() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM workflow_control.request;
        RETURN NULL;
    END $$;
    CREATE TRIGGER vanish AFTER INSERT ON workflow_control.request
    FOR EACH STATEMENT EXECUTE FUNCTION public.vanish()
"""


async def test_it_runs_until_all_is_deleted_and_outlives_a_database_that_fails(
    url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_pool(url) as pool:
        fetch(url, "ALTER TABLE workflow_control.request RENAME TO away")
        running = asyncio.create_task(
            clean_up_forever(pool, CONTROL_SCHEMA, timedelta(milliseconds=20), 10, timedelta(days=30))
        )
        try:
            await eventually_async(lambda: "could not clean up" in caplog.text)
            fetch(url, "ALTER TABLE workflow_control.away RENAME TO request")
            await eventually_async(lambda: len(fetch(url, KEYS)) == 5)
        finally:
            running.cancel()
            await asyncio.wait([running])

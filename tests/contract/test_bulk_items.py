"""A workflow's change, its key, its outcome and the progress are one transaction, for whoever holds the operation."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import cast

import pytest

from tests.fixtures.bulk import (
    counts,
    expire_lease,
    open_items,
    outcomes,
    start,
    start_command,
    store,
    take_up,
)
from tests.fixtures.control import SCOPE, add_workflow, fetch, mutation, open_control, status_of
from tests.fixtures.failpoints import Failpoints
from workflow_control.bulk.ports import LeaseLost
from workflow_control.domain.bulk import item_scope
from workflow_control.domain.commands import StopBulkOperation
from workflow_control.domain.errors import WorkflowNotFound
from workflow_control.domain.queries import RequestQuery
from workflow_control.postgres import control_queries


def requests_of(url: str, operation_id: str) -> list[str]:
    """Returns the keys that the operation has used."""
    return [
        key
        for (key,) in fetch(
            url,
            "SELECT request_key FROM workflow_control.request WHERE scope = %(scope)s ORDER BY 1",
            {"scope": item_scope(SCOPE, operation_id)},
        )
    ]


async def test_a_batch_settles_what_it_changes(control_url: str) -> None:
    for workflow_id, status in {"a": "PENDING", "b": "CANCELLED", "c": "SUCCESS"}.items():
        add_workflow(control_url, workflow_id, status)
    async with open_control(control_url) as control, open_items(control) as items:
        await start(control, start_command("operation-1", "a", "b", "c", "nobody"))
        operation = await take_up(control)
        pending = await store(control).pending("operation-1", 0, 10)
        answers = await asyncio.gather(*(items.execute(operation, i) for i in pending), return_exceptions=True)

        assert isinstance(answers[3], WorkflowNotFound)
        expected = {"a": "APPLIED", "b": "UNCHANGED", "c": "UNCHANGED", "nobody": "FAILED"}
        assert outcomes(control_url, "operation-1") == expected
        assert counts(control_url, "operation-1") == (4, 1, 2, 1)
        assert requests_of(control_url, "operation-1") == ["a", "b", "c", "nobody"]
        assert sorted(settlement.number for settlement in items.settled) == [1, 2, 3, 4]
        assert status_of(control_url, "a") == "CANCELLED"


async def test_the_journal_shows_them_only_of_a_workflow(control_url: str) -> None:
    add_workflow(control_url, "a")
    async with open_control(control_url) as control, open_items(control) as items:
        await start(control, start_command("operation-1", "a"))
        await items.execute(await take_up(control), (await store(control).pending("operation-1", 0, 1))[0])
        assert [each.action for each in await control.requests.list(RequestQuery(SCOPE, 10))] == ["StartBulkOperation"]
        [entry] = await control.requests.list(RequestQuery(SCOPE, 10, workflow_id="a"))
        assert (entry.action, entry.actor, entry.scope) == (
            "CancelWorkflow",
            "tester",
            item_scope(SCOPE, "operation-1"),
        )
        assert await control.requests.list(RequestQuery("another", 10, workflow_id="a")) == []
        # Nor does a key of the same name belong to the caller.
        assert await control.requests.get(SCOPE, "a") is None


async def test_a_holder_that_was_taken_over_changes_nothing(control_url: str) -> None:
    add_workflow(control_url, "a")
    async with open_control(control_url) as control, open_items(control) as items:
        await start(control, start_command("operation-1", "a"))
        stale = await take_up(control)
        [item] = await store(control).pending("operation-1", 0, 1)
        expire_lease(control_url, "operation-1")
        holder = await take_up(control)

        with pytest.raises(LeaseLost):
            await items.execute(stale, item)

        assert status_of(control_url, "a") == "PENDING"
        assert requests_of(control_url, "operation-1") == []
        assert outcomes(control_url, "operation-1") == {"a": None}
        await items.execute(holder, item)
        assert outcomes(control_url, "operation-1") == {"a": "APPLIED"}


@pytest.mark.parametrize("step", ["opened", "decided", "applied"])
async def test_a_stop_in_the_middle_of_a_batch_rolls_it_back(control_url: str, step: str) -> None:
    for workflow_id in ("a", "b"):
        add_workflow(control_url, workflow_id)
    failpoints = Failpoints()
    async with open_control(control_url) as control, open_items(control, failpoints) as items:
        await start(control, start_command("operation-1", "a", "b"))
        operation = await take_up(control)
        pending = await store(control).pending("operation-1", 0, 10)
        with failpoints.hold(step) as gate:
            executing = [asyncio.create_task(items.execute(operation, item)) for item in pending]
            await gate.reached.wait()
            # It waits for nobody.
            await control.executor.execute(mutation("stop", StopBulkOperation("operation-1", SCOPE)))
        answers = await asyncio.gather(*executing, return_exceptions=True)

        assert [type(answer) for answer in answers] == [LeaseLost, LeaseLost]
        assert outcomes(control_url, "operation-1") == {"a": None, "b": None}
        assert counts(control_url, "operation-1") == (2, 0, 0, 0)
        assert requests_of(control_url, "operation-1") == []
        assert {status_of(control_url, workflow_id) for workflow_id in ("a", "b")} == {"PENDING"}


async def test_a_stop_waits_for_a_batch_that_is_being_committed(control_url: str) -> None:
    add_workflow(control_url, "a")
    failpoints = Failpoints()
    async with open_control(control_url) as control, open_items(control, failpoints) as items:
        await start(control, start_command("operation-1", "a"))
        operation = await take_up(control)
        [item] = await store(control).pending("operation-1", 0, 10)
        with failpoints.hold("recorded") as gate:
            executing = asyncio.create_task(items.execute(operation, item))
            await gate.reached.wait()
            stopping = asyncio.create_task(
                control.executor.execute(mutation("stop", StopBulkOperation("operation-1", SCOPE)))
            )
            done, _ = await asyncio.wait((stopping,), timeout=0.3)
            assert not done
        await asyncio.gather(executing, stopping)
        assert outcomes(control_url, "operation-1") == {"a": "APPLIED"}


async def test_several_operations_may_share_a_batch(control_url: str) -> None:
    for workflow_id in ("a", "b"):
        add_workflow(control_url, workflow_id)
    async with open_control(control_url) as control, open_items(control) as items:
        await start(control, start_command("operation-1", "a"))
        await start(control, start_command("operation-2", "b"))
        first, second = await take_up(control), await take_up(control)
        [[a], [b]] = [await store(control).pending(f"operation-{n}", 0, 1) for n in (1, 2)]
        await asyncio.gather(items.execute(first, a), items.execute(second, b))
        assert counts(control_url, "operation-1") == counts(control_url, "operation-2") == (1, 1, 0, 0)


async def test_without_the_fence_a_stale_holder_would_change_workflows(
    control_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the tests above find, they would not find by themselves."""
    texts = cast("MutableMapping[str, str]", control_queries._texts())
    fenced = texts["bulk_item_settle"]
    monkeypatch.setitem(
        texts, "bulk_item_settle", fenced.replace("AND o.fencing_token = %(fencing_token)s::bigint", "")
    )
    control_queries.control_query.cache_clear()
    try:
        add_workflow(control_url, "a")
        async with open_control(control_url) as control, open_items(control) as items:
            await start(control, start_command("operation-1", "a"))
            stale = await take_up(control)
            [item] = await store(control).pending("operation-1", 0, 1)
            expire_lease(control_url, "operation-1")
            await take_up(control)
            await items.execute(stale, item)
            assert status_of(control_url, "a") == "CANCELLED"
    finally:
        control_queries.control_query.cache_clear()

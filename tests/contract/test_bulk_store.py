"""Who holds a bulk operation, and that nobody else writes anything for it."""

from __future__ import annotations

import asyncio

import pytest

from tests.fixtures.bulk import LEASE, counts, expire_lease, outcomes, start, start_command, store, take_up
from tests.fixtures.control import SCOPE, Control, fetch, mutation, open_control
from workflow_control.bulk.ports import LeaseLost
from workflow_control.domain.bulk import BulkItem, HeldOperation, ItemOutcome, Settlement, failure_of
from workflow_control.domain.commands import ContinueBulkOperation, PauseBulkOperation, StopBulkOperation
from workflow_control.domain.queries import WorkflowCursor, WorkflowFilter

APPLIED = Settlement(1, ItemOutcome.APPLIED, "CANCELLED")
ORDERS = WorkflowFilter(queue_names=("orders",))


def rows(url: str) -> list[tuple[object, ...]]:
    """Returns everything that is known of bulk operations."""
    operations = fetch(url, "SELECT * FROM workflow_control.bulk_operation ORDER BY operation_id")
    return operations + fetch(url, "SELECT * FROM workflow_control.bulk_operation_item ORDER BY operation_id, number")


async def assert_lost(control: Control, url: str, operation: HeldOperation) -> None:
    """Asserts that a lease is good for nothing, and that trying has written nothing."""
    before = rows(url)
    bulk = store(control)
    with pytest.raises(LeaseLost):
        await bulk.settle(operation.lease, [APPLIED])
    with pytest.raises(LeaseLost):
        await bulk.find(operation.lease, operation.cursor, [WorkflowCursor(1, "new")], complete=True)
    with pytest.raises(LeaseLost):
        await bulk.complete(operation.lease)
    assert await bulk.renew([operation.lease], LEASE) == set()
    await bulk.release(operation.lease)
    assert rows(url) == before


async def test_an_operation_has_one_holder_until_its_lease_is_over(control_url: str) -> None:
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", "a"))
        first = await take_up(control)
        assert await store(control).claim(LEASE, ()) is None
        assert await store(control).renew([first.lease], LEASE) == {"operation-1"}

        expire_lease(control_url, "operation-1")
        second = await take_up(control)

        assert second.lease.fencing_token > first.lease.fencing_token
        await assert_lost(control, control_url, first)
        await store(control).settle(second.lease, [APPLIED])
        await store(control).complete(second.lease)


async def test_of_many_who_look_one_gets_it(control_url: str) -> None:
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", "a"))
        found = await asyncio.gather(*(store(control).claim(LEASE, ()) for _ in range(20)))
        assert len([each for each in found if each is not None]) == 1


async def test_the_oldest_is_taken_first_and_what_is_passed_over_not_at_all(control_url: str) -> None:
    async with open_control(control_url) as control:
        for number in (1, 2, 3):
            await start(control, start_command(f"operation-{number}", "a"))
        taken = [await store(control).claim(LEASE, {"operation-1"}) for _ in range(3)]
        assert [each and each.row.operation_id for each in taken] == ["operation-2", "operation-3", None]


async def test_what_is_released_is_free_at_once(control_url: str) -> None:
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", "a"))
        first = await take_up(control)
        await store(control).release(first.lease)
        await take_up(control)
        await assert_lost(control, control_url, first)


@pytest.mark.parametrize("make", [PauseBulkOperation, StopBulkOperation])
async def test_a_change_of_state_takes_it_from_its_holder(
    control_url: str, make: type[PauseBulkOperation | StopBulkOperation]
) -> None:
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", "a"))
        holder = await take_up(control)
        await control.executor.execute(mutation("change", make("operation-1", SCOPE)))
        assert await store(control).claim(LEASE, ()) is None
        await assert_lost(control, control_url, holder)


async def test_a_holder_does_not_survive_a_pause_that_was_continued(control_url: str) -> None:
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", "a"))
        holder = await take_up(control)
        await control.executor.execute(mutation("pause", PauseBulkOperation("operation-1", SCOPE)))
        await control.executor.execute(mutation("continue", ContinueBulkOperation("operation-1", SCOPE)))
        await assert_lost(control, control_url, holder)
        await take_up(control)


async def test_what_was_found_is_numbered_and_remembered(control_url: str) -> None:
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", chosen=ORDERS))
        operation = await take_up(control)
        bulk, lease = store(control), operation.lease
        assert operation.cursor is None

        cursors = [WorkflowCursor(5, "b"), WorkflowCursor(5, "c")]
        assert await bulk.find(lease, None, cursors, complete=False) == [BulkItem(1, "b"), BulkItem(2, "c")]
        last = [WorkflowCursor(7, "a")]
        assert await bulk.find(lease, cursors[-1], last, complete=True) == [BulkItem(3, "a")]

        expire_lease(control_url, "operation-1")
        again = await take_up(control)
        assert again.cursor == last[0]
        assert (again.row.found_count, again.row.selection_complete) == (3, True)
        assert await bulk.pending("operation-1", 1, 1) == [BulkItem(2, "c")]


async def test_a_page_that_is_written_again_writes_nothing(control_url: str) -> None:
    """As after a connection that broke under the COMMIT."""
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", chosen=ORDERS))
        lease = (await take_up(control)).lease
        page = [WorkflowCursor(5, "b")]
        await store(control).find(lease, None, page, complete=False)
        with pytest.raises(LeaseLost):
            await store(control).find(lease, None, page, complete=False)
        assert outcomes(control_url, "operation-1") == {"b": None}
        assert counts(control_url, "operation-1") == (1, 0, 0, 0)


async def test_an_outcome_is_final_and_counted_once(control_url: str) -> None:
    async with open_control(control_url) as control:
        await start(control, start_command("operation-1", "a", "b", "c"))
        bulk, lease = store(control), (await take_up(control)).lease
        await bulk.settle(lease, [APPLIED, failure_of(2, "WORKFLOW_NOT_FOUND", "There is none.")])
        await bulk.settle(lease, [failure_of(1, "INTERNAL", "no"), Settlement(2, ItemOutcome.UNCHANGED, "X")])
        assert outcomes(control_url, "operation-1") == {"a": "APPLIED", "b": "FAILED", "c": None}
        assert counts(control_url, "operation-1") == (3, 1, 0, 1)
        assert await bulk.pending("operation-1", 0, 10) == [BulkItem(3, "c")]

        with pytest.raises(LeaseLost):
            await bulk.complete(lease)
        await bulk.settle(lease, [Settlement(3, ItemOutcome.UNCHANGED, "MISSING")])
        await bulk.complete(lease)
        [(state, ended)] = fetch(control_url, "SELECT state, ended_at IS NOT NULL FROM workflow_control.bulk_operation")
        assert (state, ended) == ("COMPLETED", True)

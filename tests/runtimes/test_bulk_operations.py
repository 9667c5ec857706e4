"""What a bulk operation changes of many workflows, a worker of each runtime obeys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fixtures.order_shop import STEPS
from tests.fixtures.rpc_server import fresh
from tests.runtimes.shop import RuntimeShop
from workflow_control_client import (
    BulkCancel,
    BulkItemOutcome,
    BulkOperation,
    BulkOperationState,
    BulkResume,
    WorkflowFilter,
)

NOBODYS_QUEUE = "closed"
"""A queue that no worker serves: what is in it waits."""


def follow(shop: RuntimeShop, started: BulkOperation) -> BulkOperation:
    """Returns the operation when it has ended."""
    operation_id = started.operation_id
    *_, ended = shop.client.follow_bulk_operation(operation_id, interval=timedelta(seconds=0.05))
    return ended


def outcomes(shop: RuntimeShop, operation: BulkOperation) -> dict[str, tuple[str, str]]:
    """Returns what became of each workflow: the outcome, and the result or why it failed."""
    return {
        item.workflow_id: (
            BulkItemOutcome.Name(item.outcome).removeprefix("BULK_ITEM_OUTCOME_"),
            item.result or item.error_reason,
        )
        for item in shop.client.list_bulk_operation_items(operation.operation_id)
    }


@pytest.mark.operation("`StartBulkOperation`")
def test_many_orders_are_cancelled_at_once_and_go_on_when_they_are_resumed(shop: RuntimeShop) -> None:
    late = fresh("late")
    queued = [shop.start_with(queue_name=NOBODYS_QUEUE, workflow_id=f"{late}-queued"), shop.new_id()]
    shop.start_with(queue_name=NOBODYS_QUEUE, workflow_id=queued[1])
    done = shop.complete()
    running = [shop.start_with(workflow_id=f"{late}-running"), shop.start()]
    for order in running:
        shop.wait_for_step(order, STEPS[1])

    cancel = BulkCancel()
    by_filter = shop.client.start_bulk_operation(
        cancel=cancel, filter=WorkflowFilter(workflow_id_prefixes=[late]), request_key=fresh("cancel")
    )
    by_id = shop.client.start_bulk_operation(
        cancel=cancel, workflow_ids=[running[1], queued[1], done, "nobody's"], request_key=fresh("cancel")
    )
    ended = [follow(shop, started.bulk_operation) for started in (by_filter, by_id)]
    begun = {order: shop.begun(order) for order in running}

    assert {each.state for each in ended} == {BulkOperationState.BULK_OPERATION_STATE_COMPLETED}
    assert outcomes(shop, ended[0]) == dict.fromkeys([queued[0], running[0]], ("APPLIED", "CANCELLED"))
    assert outcomes(shop, ended[1]) == {
        running[1]: ("APPLIED", "CANCELLED"),
        queued[1]: ("APPLIED", "CANCELLED"),
        done: ("UNCHANGED", "ALREADY_COMPLETED"),
        "nobody's": ("FAILED", "WORKFLOW_NOT_FOUND"),
    }
    shop.let_running_steps_end()
    for order, steps in begun.items():
        assert shop.begun(order) == steps == STEPS[: len(steps)] != STEPS
    assert [shop.begun(order) for order in queued] == [[], []]
    assert {shop.status(order) for order in running + queued} == {"CANCELLED"}

    resumed = follow(
        shop,
        shop.client.start_bulk_operation(
            resume=BulkResume(), workflow_ids=running + queued, request_key=fresh("resume")
        ).bulk_operation,
    )
    assert resumed.applied_count == resumed.found_count == len(running + queued)
    for order in running + queued:
        shop.wait_for_status(order, "SUCCESS")
        assert shop.recorded(order) == STEPS
    for order, steps in begun.items():
        # What was recorded is not run again; the step that was cancelled may be.
        assert shop.begun(order) in ([*steps, *STEPS[len(steps) :]], [*steps, *STEPS[len(steps) - 1 :]])
    assert [shop.begun(order) for order in queued] == [STEPS, STEPS]

"""A real worker's orders end when they are overdue, and are gone when they are kept no longer."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from tests.fixtures.order_shop import STEPS, OrderShop
from workflow_control_client import WorkflowNotFound


def test_an_overdue_order_ends_and_a_later_one_goes_on(order_shop: OrderShop) -> None:
    overdue = order_shop.start()
    order_shop.wait_for_step(overdue, STEPS[1])
    later = order_shop.start()

    created = order_shop.client.get_workflow(overdue).workflow.create_time.ToDatetime(UTC)
    responses = list(order_shop.client.cancel_all_overdue_workflows(cutoff_time=created))
    begun = order_shop.begun(overdue)

    assert [i for response in responses for i in response.cancelled_workflow_ids] == [overdue]
    order_shop.wait_for_status(later, "SUCCESS")
    assert order_shop.begun(later) == STEPS
    assert order_shop.status(overdue) == "CANCELLED"
    assert order_shop.begun(overdue) == begun
    assert len(begun) < len(STEPS)


def test_an_order_that_gets_the_id_of_a_collected_one_runs_all_its_steps(order_shop: OrderShop) -> None:
    order = order_shop.start(step_seconds=0)
    order_shop.wait_for_status(order, "SUCCESS")
    running = order_shop.start()
    order_shop.wait_for_step(running, STEPS[0])

    ended = order_shop.client.get_workflow(order).workflow.update_time.ToDatetime(UTC)
    responses = list(order_shop.client.collect_all_garbage(cutoff_time=ended + timedelta(milliseconds=1)))

    assert order in [i for response in responses for i in response.deleted_workflow_ids]
    with pytest.raises(WorkflowNotFound):
        order_shop.client.get_workflow(order)
    again = {"order_id": order, "step_seconds": 0}
    order_shop.ask("enqueue", order, workflow_name="process_order", queue_name="orders", argument=again)
    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.begun(order) == [*STEPS, *STEPS]
    order_shop.wait_for_status(running, "SUCCESS")

"""A real worker's orders are deleted, and their ids can be used again."""

from __future__ import annotations

import pytest

from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import WorkflowNotFound, WorkflowNotTerminal


def test_an_order_that_gets_the_id_of_a_deleted_one_runs_all_its_steps(order_shop: OrderShop) -> None:
    order, key = order_shop.start(step_seconds=0), fresh("delete")
    order_shop.wait_for_status(order, "SUCCESS")

    response = order_shop.client.delete_workflow(order, request_key=key)

    assert response.workflow.raw_status == "SUCCESS"
    with pytest.raises(WorkflowNotFound):
        order_shop.client.get_workflow(order)
    # Steps that had outlived the deletion would be replayed, and not run.
    again = {"order_id": order, "step_seconds": 0}
    order_shop.ask("enqueue", order, workflow_name="process_order", queue_name="orders", argument=again)
    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.begun(order) == [*STEPS, *STEPS]

    # The key stands for the deletion of the first one.
    assert order_shop.client.delete_workflow(order, request_key=key).idempotency.replayed
    assert order_shop.status(order) == "SUCCESS"


def test_orders_are_deleted_with_the_workflow_that_started_them(order_shop: OrderShop) -> None:
    orders = order_shop.start("process_orders", orders=3, step_seconds=0)
    order_shop.wait_for_status(orders, "SUCCESS")
    children = order_shop.wait_for_children(orders, 3)

    response = order_shop.client.delete_workflow(orders, cascade=True)

    assert response.deleted_descendant_ids == children
    for workflow_id in (orders, *children):
        with pytest.raises(WorkflowNotFound):
            order_shop.client.get_workflow(workflow_id)


def test_a_running_order_is_deleted_by_force_only(order_shop: OrderShop) -> None:
    order = order_shop.start()
    order_shop.wait_for_step(order, STEPS[1])
    with pytest.raises(WorkflowNotTerminal):
        order_shop.client.delete_workflow(order)

    order_shop.client.delete_workflow(order, force=True)
    begun = order_shop.begun(order)

    order_shop.let_running_steps_end()
    # Its run fails at the next step: there is no row any more for what it would record.
    assert len(order_shop.begun(order)) < len(STEPS)
    assert order_shop.begun(order)[: len(begun)] == begun
    with pytest.raises(WorkflowNotFound):
        order_shop.client.get_workflow(order)

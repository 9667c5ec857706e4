"""A real worker runs what we start: at once, later, once for many calls, and in order."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import Deduplicated, debounce, new_workflow
from workflowcontrol.v1.workflow_start_pb2 import NewWorkflow, StartWorkflowResponse

_numbers = count(1)


def order(step_seconds: float = 0, **fields: Any) -> NewWorkflow:  # noqa: ANN401 - Any field's type.
    """Returns an order with an id of its own; written so that every release's worker understands it."""
    workflow_id = fields.pop("workflow_id", f"started-{next(_numbers)}")
    argument = {"order_id": workflow_id, "step_seconds": step_seconds}
    return new_workflow(
        "process_order", argument, queue_name="orders", workflow_id=workflow_id, python_native=True, **fields
    )


def test_it_is_run_once(order_shop: OrderShop) -> None:
    new, key = order(), fresh("start")
    response = order_shop.client.start_workflow(new, request_key=key)
    assert response.outcome == StartWorkflowResponse.OUTCOME_STARTED
    replay = order_shop.client.start_workflow(new, request_key=key)
    assert replay.idempotency.replayed

    order_shop.wait_for_status(new.workflow_id, "SUCCESS")
    assert order_shop.begun(new.workflow_id) == STEPS
    assert order_shop.ask("get_event", new.workflow_id, key="progress") == {"done": 5, "of": 5}


def test_a_customers_orders_run_one_after_the_other(order_shop: OrderShop) -> None:
    customer = fresh("customer")
    first = order(step_seconds=0.2, deduplication_id=customer)
    order_shop.client.start_workflow(first, request_key=fresh("start"))
    with pytest.raises(Deduplicated) as caught:
        order_shop.client.start_workflow(order(deduplication_id=customer), request_key=fresh("start"))
    assert caught.value.metadata["holder_workflow_id"] == first.workflow_id
    existing = order_shop.client.start_workflow(
        order(deduplication_id=customer, return_existing=True), request_key=fresh("start")
    )
    assert existing.workflow.workflow_id == first.workflow_id

    # The worker gives the id back when the order is done.
    order_shop.wait_for_status(first.workflow_id, "SUCCESS")
    next_one = order(deduplication_id=customer)
    order_shop.client.start_workflow(next_one, request_key=fresh("start"))
    order_shop.wait_for_status(next_one.workflow_id, "SUCCESS")


def test_many_are_all_run(order_shop: OrderShop) -> None:
    orders = [order() for _ in range(8)]
    order_shop.client.start_workflows(orders, request_key=fresh("start"))
    for each in orders:
        order_shop.wait_for_status(each.workflow_id, "SUCCESS")
        assert order_shop.begun(each.workflow_id) == STEPS


def test_a_delayed_one_begins_when_its_time_has_come(newest_order_shop: OrderShop) -> None:
    shop = newest_order_shop
    new = order(delay=timedelta(seconds=2))
    shop.client.start_workflow(new, request_key=fresh("start"))
    assert shop.status(new.workflow_id) == "DELAYED"
    shop.wait_for_status(new.workflow_id, "SUCCESS")
    workflow = shop.client.get_workflow(new.workflow_id).workflow
    assert workflow.start_time.ToMilliseconds() >= workflow.delay_until.ToMilliseconds()


def test_debounced_calls_are_one_run_with_the_last_arguments(newest_order_shop: OrderShop) -> None:
    shop, key = newest_order_shop, fresh("customer")
    outcomes = []
    for number in range(3):
        new = order(workflow_id="", debounce=debounce(key, timedelta(seconds=2)))
        new.args[0].struct_value.update({"order_id": f"{key}-{number}"})
        response = shop.client.start_workflow(new, request_key=fresh("start"))
        outcomes.append((response.outcome, response.workflow.workflow_id))
    [workflow_id] = {workflow_id for _, workflow_id in outcomes}
    assert [outcome for outcome, _ in outcomes] == [
        StartWorkflowResponse.OUTCOME_STARTED,
        StartWorkflowResponse.OUTCOME_DEBOUNCED,
        StartWorkflowResponse.OUTCOME_DEBOUNCED,
    ]
    shop.wait_for_status(workflow_id, "SUCCESS")
    assert shop.begun(workflow_id) == STEPS
    payload = shop.client.get_workflow(workflow_id).workflow.input
    assert f"{key}-2" in payload.text


def test_a_timeout_ends_it(newest_order_shop: OrderShop) -> None:
    new = order(step_seconds=1, timeout=timedelta(seconds=1.5))
    newest_order_shop.client.start_workflow(new, request_key=fresh("start"))
    newest_order_shop.wait_for_status(new.workflow_id, "CANCELLED")

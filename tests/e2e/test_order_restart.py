"""A real worker runs orders that were restarted, and delayed ones as soon as they may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import WorkflowNotDelayed, new_workflow


def test_a_restarted_order_runs_all_its_steps_once_more(order_shop: OrderShop) -> None:
    order, key = order_shop.start(step_seconds=0), fresh("restart")
    order_shop.wait_for_status(order, "SUCCESS")

    again = order_shop.client.restart_workflow(order, request_key=key).workflow.workflow_id

    assert again != order
    order_shop.wait_for_status(again, "SUCCESS")
    assert order_shop.recorded(again) == order_shop.begun(again) == STEPS
    replay = order_shop.client.restart_workflow(order, request_key=key)
    assert (replay.idempotency.replayed, replay.workflow.workflow_id) == (True, again)
    assert order_shop.begun(again) == order_shop.begun(order) == STEPS


def test_an_order_that_need_not_wait_any_longer_begins(newest_order_shop: OrderShop) -> None:
    client, order, key = newest_order_shop.client, fresh("patient"), fresh("delay")
    argument = {"order_id": order, "step_seconds": 0}
    new = new_workflow("process_order", argument, queue_name="orders", workflow_id=order, delay=timedelta(days=1))
    client.start_workflow(new, request_key=fresh("start"))
    client.set_workflow_delay(order, delay=timedelta(hours=12), request_key=fresh("delay"))
    assert newest_order_shop.status(order) == "DELAYED"

    client.set_workflow_delay(order, delay=timedelta(0), request_key=key)

    newest_order_shop.wait_for_status(order, "SUCCESS")
    assert newest_order_shop.begun(order) == STEPS
    assert client.set_workflow_delay(order, delay=timedelta(0), request_key=key).idempotency.replayed
    with pytest.raises(WorkflowNotDelayed):
        client.set_workflow_delay(order, delay=timedelta(hours=1), request_key=fresh("delay"))

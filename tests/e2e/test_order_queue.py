"""A real worker serves a queue that we register while it runs."""

from __future__ import annotations

import pytest

from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import QueueNotFound, new_workflow

REGISTERED_SINCE = DbosRelease.parse("2.20.0")


def test_a_worker_serves_a_queue_that_we_register(order_shop: OrderShop) -> None:
    if order_shop.release < REGISTERED_SINCE:
        pytest.skip("its workers serve only queues that they declare")
    client, queue_name, order = order_shop.client, fresh("queue"), fresh("packed")
    with pytest.raises(QueueNotFound):
        client.get_queue(queue_name)
    argument = {"order_id": order, "step_seconds": 0.0}
    new = new_workflow("process_order", argument, queue_name=queue_name, workflow_id=order, python_native=True)
    client.start_workflow(new, request_key=fresh("start"))
    # Nobody serves it yet.
    queue = client.get_queue(queue_name).queue
    assert (queue.depth.enqueued, queue.HasField("registration")) == (1, False)

    client.register_queue(queue_name, concurrency=1, request_key=fresh("register"))

    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.recorded(order)[: len(STEPS)] == STEPS
    queue = client.get_queue(queue_name).queue
    assert queue.registration.concurrency == 1
    assert (queue.depth.enqueued, queue.depth.pending) == (0, 0)

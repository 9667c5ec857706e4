"""A watch sees what a worker of each runtime makes of an order."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.fixtures.order_shop import ORDER_TIMEOUT_S
from tests.fixtures.rpc_server import fresh
from tests.runtimes.shop import RuntimeShop
from workflow_control_client import WatchedWorkflows, WorkflowFilter


@pytest.mark.operation("`WatchWorkflows`")
def test_a_watch_sees_an_order_from_its_start_to_its_end(shop: RuntimeShop) -> None:
    order = shop.order(workflow_id=fresh("watched"))
    watched, states = WatchedWorkflows(), [""]
    for message in shop.client.watch_workflows(
        WorkflowFilter(names=["process_order"], workflow_id_prefixes=[order.workflow_id]),
        call_timeout=timedelta(seconds=ORDER_TIMEOUT_S),
    ):
        watched.apply(message)
        if message.snapshot.last:
            assert not watched.workflows
            unseen = shop.start(step_seconds=0)
            shop.client.start_workflow(order)
        state = watched.workflows[order.workflow_id].raw_status if watched.workflows else ""
        if state != states[-1]:
            states.append(state)
        if state == "SUCCESS":
            break
    # It may have waited so shortly that no watch saw it.
    assert [state for state in states if state not in ("", "ENQUEUED")] == ["PENDING", "SUCCESS"]
    assert states == [state for state in ("", "ENQUEUED", "PENDING", "SUCCESS") if state in states]
    shop.wait_for_status(unseen, "SUCCESS")
    assert watched.workflows.keys() == {order.workflow_id}

"""A real worker runs orders again from one of their steps, under their own ids."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import SchemaCapabilityMissing, WorkflowNotTerminal

START_STEP = 3


def test_the_steps_from_the_start_on_are_run_again(newest_order_shop: OrderShop) -> None:
    shop = newest_order_shop
    order, key = shop.start(step_seconds=0), fresh("rewind")
    shop.wait_for_status(order, "SUCCESS")
    before = shop.client.get_workflow(order).workflow

    response = shop.client.rewind_workflow(order, start_step=START_STEP, request_key=key)

    shop.wait_for_status(order, "SUCCESS")
    assert response.workflow.workflow_id == order
    # DBOS records steps of its own as well, for the event and the stream.
    assert response.deleted_step_count >= len(STEPS) - START_STEP + 1
    assert shop.begun(order) == [*STEPS, *STEPS[START_STEP - 1 :]]
    assert shop.recorded(order) == STEPS
    assert shop.ask("get_event", order, key="progress") == {"done": len(STEPS), "of": len(STEPS)}
    after = shop.client.get_workflow(order).workflow
    assert (after.create_time, after.input) == (before.create_time, before.input)
    assert after.complete_time.ToMilliseconds() > before.complete_time.ToMilliseconds()

    replay = shop.client.rewind_workflow(order, start_step=START_STEP, request_key=key)
    assert replay.idempotency.replayed
    assert shop.status(order) == "SUCCESS"
    assert len(shop.begun(order)) == 2 * len(STEPS) - START_STEP + 1


def test_its_stream_is_open_again_and_keeps_what_readers_may_have(newest_order_shop: OrderShop) -> None:
    shop = newest_order_shop
    order = shop.start(step_seconds=0)
    shop.wait_for_status(order, "SUCCESS")
    shop.client.rewind_workflow(order, start_step=len(STEPS))
    shop.wait_for_status(order, "SUCCESS")
    begun = [f"{step} begins" for step in shop.begun(order)]
    assert len(begun) > len(STEPS)
    assert shop.ask("read_stream", order, key="log", at_most=100) == begun


def test_an_order_that_was_cancelled_begins_anew(newest_order_shop: OrderShop) -> None:
    shop = newest_order_shop
    order = shop.start()
    shop.wait_for_step(order, STEPS[1])
    with pytest.raises(WorkflowNotTerminal):
        shop.client.rewind_workflow(order)
    shop.client.cancel_workflow(order)
    shop.let_running_steps_end()
    begun = shop.begun(order)

    shop.client.rewind_workflow(order)

    shop.wait_for_status(order, "SUCCESS")
    assert shop.begun(order) == [*begun, *STEPS]


def test_an_old_release_cannot(open_order_shop: Callable[[DbosRelease], OrderShop]) -> None:
    shop = open_order_shop(OLDEST)
    order = shop.start(step_seconds=0)
    shop.wait_for_status(order, "SUCCESS")
    with pytest.raises(SchemaCapabilityMissing) as refused:
        shop.client.rewind_workflow(order)
    assert refused.value.metadata == {"capability": "rewind", "first_release": "3.1.0"}
    assert shop.status(order) == "SUCCESS"

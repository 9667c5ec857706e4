"""A real worker runs forks of orders: from a step on, with what was recorded before it."""

from __future__ import annotations

import pytest

from tests.fixtures.dbos_releases import OLDEST
from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import WorkflowExists

START_STEP = 3
NOBODYS_QUEUE = "nobody serves this"


def complete_order(shop: OrderShop) -> str:
    """Returns an order that was shipped."""
    order = shop.start(step_seconds=0)
    shop.wait_for_status(order, "SUCCESS")
    return order


def test_the_steps_before_the_start_are_not_run_again_and_the_rest_are(order_shop: OrderShop) -> None:
    order, key = complete_order(order_shop), fresh("fork")
    source = order_shop.steps(order)

    response = order_shop.client.fork_workflow(order, start_step=START_STEP, request_key=key)

    fork = response.workflow.workflow_id
    assert (response.forked_from, response.start_step, response.copied_step_count) == (order, START_STEP, 2)
    order_shop.wait_for_status(fork, "SUCCESS")
    assert order_shop.begun(fork) == STEPS[START_STEP - 1 :]
    forked = order_shop.steps(fork)
    assert forked[: START_STEP - 1] == source[: START_STEP - 1]
    forked_at = response.workflow.create_time.ToMilliseconds()
    assert [step.start_time.ToMilliseconds() >= forked_at for step in forked] == [False, False, True, True, True]
    assert order_shop.client.get_workflow(fork).workflow.output.text
    # The source is as it was.
    assert order_shop.steps(order) == source
    assert order_shop.begun(order) == STEPS

    replay = order_shop.client.fork_workflow(order, start_step=START_STEP, request_key=key)
    assert replay.idempotency.replayed
    assert replay.workflow == response.workflow
    with pytest.raises(WorkflowExists):
        order_shop.client.fork_workflow(order, new_workflow_id=fork, request_key=fresh("fork"))


def test_events_and_streams_come_along_and_go_on(order_shop: OrderShop) -> None:
    order = complete_order(order_shop)
    # In a queue that no worker serves, so that what was copied can be read before the rest is run.
    response = order_shop.client.fork_workflow(
        order, start_step=START_STEP, queue_name=NOBODYS_QUEUE, request_key=fresh("fork")
    )
    fork = response.workflow.workflow_id
    copied = [f"{step} begins" for step in STEPS[: START_STEP - 1]]
    assert order_shop.ask("get_event", fork, key="progress") == {"done": START_STEP - 1, "of": len(STEPS)}
    assert order_shop.ask("read_stream", fork, key="log", at_most=len(copied)) == copied

    order_shop.client.resume_workflow(fork, request_key=fresh("resume"))
    order_shop.wait_for_status(fork, "SUCCESS")

    assert order_shop.ask("get_event", fork, key="progress") == {"done": len(STEPS), "of": len(STEPS)}
    everything = [f"{step} begins" for step in STEPS]
    assert order_shop.ask("read_stream", fork, key="log", at_most=100) == everything
    assert order_shop.ask("read_stream", order, key="log", at_most=100) == everything


def test_a_failed_order_fails_again_from_its_failed_step(order_shop: OrderShop) -> None:
    order = order_shop.start("fail_order", step_seconds=0)
    order_shop.wait_for_status(order, "ERROR")

    response = order_shop.client.fork_workflow(order, from_last_failure=True, request_key=fresh("fork"))

    assert response.start_step == 2
    fork = response.workflow.workflow_id
    order_shop.wait_for_status(fork, "ERROR")
    assert order_shop.begun(fork) == []
    assert [(step.name, step.failed) for step in order_shop.steps(fork)] == [
        ("reserve_stock", False),
        ("decline_card", True),
    ]


@pytest.mark.parametrize("start_step", [0, 1, len(STEPS), len(STEPS) + 9])
def test_a_fork_from_anywhere_completes(order_shop: OrderShop, start_step: int) -> None:
    order = complete_order(order_shop)
    fork = order_shop.client.fork_workflow(order, start_step=start_step, request_key=fresh("fork")).workflow
    order_shop.wait_for_status(fork.workflow_id, "SUCCESS")
    assert order_shop.begun(fork.workflow_id) == STEPS[max(0, start_step - 1) :]
    assert order_shop.recorded(fork.workflow_id) == STEPS


def test_a_fork_of_a_running_order_and_of_the_latest_version(order_shop: OrderShop) -> None:
    order = order_shop.start()
    order_shop.wait_for_step(order, STEPS[2])
    response = order_shop.client.fork_workflow(
        order, from_step_name=STEPS[0], use_latest_version=True, request_key=fresh("fork")
    )
    fork = response.workflow
    assert fork.application_version == ""
    order_shop.wait_for_status(fork.workflow_id, "SUCCESS")
    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.begun(fork.workflow_id) == order_shop.begun(order) == STEPS
    assert order_shop.client.get_workflow(fork.workflow_id).workflow.application_version == "1"
    assert order_shop.client.get_workflow(order).workflow.was_forked_from == (order_shop.release != OLDEST)

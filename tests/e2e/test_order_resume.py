"""A real worker continues orders that were cancelled."""

from __future__ import annotations

from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse, ResumeWorkflowResponse


def test_it_continues_after_the_last_recorded_step(order_shop: OrderShop) -> None:
    order, key = order_shop.start(), fresh("resume")
    order_shop.wait_for_step(order, STEPS[2])
    order_shop.client.cancel_workflow(order, request_key=fresh("cancel"))
    order_shop.let_running_steps_end()
    begun, recorded = order_shop.begun(order), order_shop.steps(order)

    response = order_shop.client.resume_workflow(order, request_key=key)

    assert response.outcome == ResumeWorkflowResponse.OUTCOME_RESUMED
    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.steps(order)[: len(recorded)] == recorded
    assert order_shop.recorded(order) == STEPS
    assert order_shop.begun(order) == begun + STEPS[len(recorded) :]

    # Neither key does anything again.
    replay = order_shop.client.resume_workflow(order, request_key=key)
    assert replay.idempotency.replayed
    assert replay.workflow == response.workflow
    again = order_shop.client.resume_workflow(order, request_key=fresh("resume"))
    assert again.outcome == ResumeWorkflowResponse.OUTCOME_ALREADY_COMPLETED
    assert order_shop.status(order) == "SUCCESS"
    assert order_shop.begun(order) == begun + STEPS[len(recorded) :]


def test_an_order_that_waits_for_a_message_is_cancelled_resumed_and_approved(order_shop: OrderShop) -> None:
    order = order_shop.start(step_seconds=0, approval_timeout_seconds=60)
    order_shop.wait_for_its_waiting(order)
    cancelled = order_shop.client.cancel_workflow(order, request_key=fresh("cancel"))
    assert cancelled.outcome == CancelWorkflowResponse.OUTCOME_CANCELLED

    order_shop.client.resume_workflow(order, request_key=fresh("resume"))
    order_shop.ask("send", order, message="yes", topic="approval")

    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.recorded(order) == STEPS
    assert order_shop.begun(order).count(STEPS[0]) == 1


def test_the_cancelled_run_and_the_resumed_one_do_not_both_go_on(newest_order_shop: OrderShop) -> None:
    # The first run is still in its step when the second begins. Since 3.0 it owns the row no more, and ends there.
    shop = newest_order_shop
    order = shop.start()
    shop.wait_for_step(order, STEPS[1])
    shop.client.cancel_workflow(order, request_key=fresh("cancel"))
    shop.client.resume_workflow(order, request_key=fresh("resume"))

    shop.wait_for_status(order, "SUCCESS")
    shop.let_running_steps_end()

    begun = shop.begun(order)
    assert [begun.count(step) for step in STEPS] == [1, 2, 1, 1, 1]
    assert shop.recorded(order) == STEPS

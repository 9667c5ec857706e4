"""A real worker's orders are cancelled while they run."""

from __future__ import annotations

import pytest

from tests.fixtures.dbos_releases import OLDEST
from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import RequestKeyReused
from workflowcontrol.v1.types_pb2 import WORKFLOW_VIEW_BASIC
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse


def replayed(response: CancelWorkflowResponse) -> CancelWorkflowResponse:
    """Returns what a replay of the response must be."""
    replay = CancelWorkflowResponse()
    replay.CopyFrom(response)
    replay.idempotency.replayed = True
    return replay


def test_the_step_after_the_cancelled_one_never_runs(order_shop: OrderShop) -> None:
    order, other, key = order_shop.start(), order_shop.start(), fresh("cancel")
    order_shop.wait_for_step(order, STEPS[1])

    response = order_shop.client.cancel_workflow(order, request_key=key)
    begun = order_shop.begun(order)

    assert response.outcome == CancelWorkflowResponse.OUTCOME_CANCELLED
    order_shop.let_running_steps_end()
    assert order_shop.begun(order) == begun == STEPS[: len(begun)]
    assert len(begun) < len(STEPS)
    assert order_shop.status(order) == "CANCELLED"
    # The oldest release lets a cancelled run record its step; newer ones do not, unless it had just ended.
    assert order_shop.recorded(order) in ([begun] if order_shop.release == OLDEST else [begun[:-1], begun])

    assert order_shop.client.cancel_workflow(order, request_key=key) == replayed(response)
    with pytest.raises(RequestKeyReused) as refused:
        order_shop.client.cancel_workflow(other, request_key=key)
    assert refused.value.metadata["stored_workflow_id"] == order
    order_shop.wait_for_status(other, "SUCCESS")
    assert order_shop.begun(other) == STEPS


def test_a_cancelled_run_that_returns_does_not_undo_the_cancellation(order_shop: OrderShop) -> None:
    # It waits for a message, and returns without another step when that is a refusal.
    order = order_shop.start(step_seconds=0, approval_timeout_seconds=60)
    order_shop.wait_for_its_waiting(order)

    response = order_shop.client.cancel_workflow(order, request_key=fresh("cancel"))
    order_shop.ask("send", order, message="no", topic="approval")

    assert response.outcome == CancelWorkflowResponse.OUTCOME_CANCELLED
    if order_shop.release == OLDEST:
        # Before 2.24 a run writes its outcome whatever has become of its row; nothing outside it can prevent that.
        order_shop.wait_for_status(order, "SUCCESS")
    else:
        # Since 3.0 it must own the row, which the cancellation has taken from it.
        order_shop.let_running_steps_end()
        assert order_shop.status(order) == "CANCELLED"
    assert order_shop.begun(order) == STEPS[:1]


def test_a_completed_order_is_left_alone(order_shop: OrderShop) -> None:
    order = order_shop.start(step_seconds=0)
    order_shop.wait_for_status(order, "SUCCESS")
    response = order_shop.client.cancel_workflow(order, request_key=fresh("cancel"))
    assert response.outcome == CancelWorkflowResponse.OUTCOME_ALREADY_COMPLETED
    assert response.workflow == order_shop.client.get_workflow(order, view=WORKFLOW_VIEW_BASIC).workflow


def test_a_cascade_stops_the_children_in_the_middle_of_their_steps(order_shop: OrderShop) -> None:
    parent, key = order_shop.start("process_orders", orders=3), fresh("cancel")
    children = order_shop.wait_for_children(parent, 3)
    for child in children:
        order_shop.wait_for_step(child, STEPS[1])

    response = order_shop.client.cancel_workflow(parent, cascade=True, request_key=key)
    begun = {child: order_shop.begun(child) for child in children}

    assert sorted(response.cancelled_descendant_ids) == sorted(children)
    order_shop.let_running_steps_end()
    assert {child: order_shop.begun(child) for child in children} == begun
    assert {order_shop.status(child) for child in children} == {"CANCELLED"}
    # In the oldest release the parent fails over its cancelled children, which overwrites its own cancellation.
    parent_fails = order_shop.release == OLDEST
    assert order_shop.status(parent) == ("ERROR" if parent_fails else "CANCELLED")
    assert order_shop.client.cancel_workflow(parent, cascade=True, request_key=key) == replayed(response)

    # The children first: the parent waits for what they return.
    for each in (*children, parent):
        order_shop.client.resume_workflow(each, request_key=fresh("resume"))
    for each in children if parent_fails else (*children, parent):
        order_shop.wait_for_status(each, "SUCCESS")
    for child in children:
        assert order_shop.recorded(child) == STEPS
        assert order_shop.begun(child).count(STEPS[0]) == 1

"""A real worker's orders wait for messages, and receive what is sent to them."""

from __future__ import annotations

import pytest

from tests.fixtures.dbos_releases import OLDEST
from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import SchemaCapabilityMissing, outgoing_message
from workflowcontrol.v1.workflow_messages_pb2 import SentMessage


def start_waiting(order_shop: OrderShop) -> str:
    """Starts an order, and waits until it waits for its approval."""
    order = order_shop.start(step_seconds=0, approval_timeout_seconds=60)
    order_shop.wait_for_its_waiting(order)
    return order


@pytest.mark.parametrize(("approval", "recorded"), [("yes", STEPS), ("no", STEPS[:1])])
def test_the_order_goes_on_with_what_it_is_told(order_shop: OrderShop, approval: str, recorded: list[str]) -> None:
    order, key = start_waiting(order_shop), fresh("approve")

    response = order_shop.client.send_message(order, approval, topic="approval", python_native=True, request_key=key)

    [sent] = response.messages
    assert (sent.message_id, sent.outcome) == (f"{key}::{order}", SentMessage.OUTCOME_SENT)
    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.recorded(order) == recorded
    # A repeat answers the same, and sends nothing that a later wait could receive.
    again = order_shop.client.send_message(order, approval, topic="approval", python_native=True, request_key=key)
    assert again.idempotency.replayed
    assert all(message.consumed for message in order_shop.client.list_messages(order))


def test_the_first_message_counts(order_shop: OrderShop) -> None:
    order = order_shop.start(step_seconds=0.5, approval_timeout_seconds=60)
    order_shop.wait_for_step(order, STEPS[0])
    # Both are there before the order waits.
    messages = [outgoing_message(order, answer, topic="approval") for answer in ("yes", "no")]
    order_shop.client.send_messages([outgoing_message(order, "no", topic="chat"), *messages], python_native=True)
    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.recorded(order) == STEPS


def test_a_fork_is_told_as_well(order_shop: OrderShop) -> None:
    order = start_waiting(order_shop)
    fork = order_shop.client.fork_workflow(order, start_step=2).workflow.workflow_id
    order_shop.wait_for_its_waiting(fork)

    response = order_shop.client.send_message(order, "yes", topic="approval", include_forks=True, python_native=True)

    assert [message.destination_id for message in response.messages] == [order, fork]
    for each in (order, fork):
        order_shop.wait_for_status(each, "SUCCESS")
        assert order_shop.recorded(each) == STEPS


def test_without_leave_nothing_is_pickled(order_shop: OrderShop) -> None:
    order = start_waiting(order_shop)
    if order_shop.release != OLDEST:
        order_shop.client.send_message(order, "yes", topic="approval")
    else:
        with pytest.raises(SchemaCapabilityMissing):
            order_shop.client.send_message(order, "yes", topic="approval")
        assert not list(order_shop.client.list_messages(order))
        order_shop.ask("send", order, message="yes", topic="approval")
    order_shop.wait_for_status(order, "SUCCESS")

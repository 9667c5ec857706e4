"""What workflows of each runtime say and are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from google.protobuf.json_format import MessageToDict

from tests.fixtures.order_shop import STEPS
from tests.fixtures.rpc_server import fresh
from tests.runtimes.shop import RuntimeShop
from workflow_control_client import outgoing_message


def waiting_order(shop: RuntimeShop) -> str:
    """Returns an order that waits for its approval."""
    order = shop.start(step_seconds=0, approval_timeout_seconds=60)
    shop.wait_for_its_waiting(order)
    return order


def state(shop: RuntimeShop, order: str) -> str:
    """Returns what has become of an order, when it is done."""
    shop.wait_for_status(order, "SUCCESS")
    return str(MessageToDict(shop.client.get_workflow(order).workflow.output.value)["state"])


@pytest.mark.operation("`SendMessage`")
def test_a_message_is_received_and_obeyed(shop: RuntimeShop) -> None:
    native = shop.runtime.python_native
    approved, refused = waiting_order(shop), waiting_order(shop)
    for order, message in ((approved, "yes"), (refused, "no")):
        shop.client.send_message(order, message, topic="approval", python_native=native, request_key=fresh("send"))
    assert state(shop, approved) == "shipped"
    assert state(shop, refused) == "rejected"
    assert shop.begun(refused) == STEPS[:1]


@pytest.mark.operation("`SendMessages`, `ListMessages`")
def test_a_message_is_in_the_inbox_until_it_is_received(shop: RuntimeShop) -> None:
    native = shop.runtime.python_native
    order = waiting_order(shop)
    messages = [
        outgoing_message(order, message, topic=topic)
        for message, topic in (("unasked for", "chat"), ("yes", "approval"))
    ]
    shop.client.send_messages(messages, python_native=native, request_key=fresh("send"))
    assert state(shop, order) == "shipped"
    inbox = list(shop.client.list_messages(order, include_message=True))
    waiting = [(each.topic, each.message.value.string_value) for each in inbox if not each.consumed]
    assert waiting == [("chat", "unasked for")]
    # Older releases delete what they receive.
    assert {each.topic for each in inbox if each.consumed} <= {"approval"}


@pytest.mark.operation("`GetEvent`, `ListEvents`")
def test_events_are_read(shop: RuntimeShop) -> None:
    order = shop.complete()
    event = shop.client.get_event(order, "progress").event
    assert MessageToDict(event.value.value) == {"done": 5, "of": 5}
    assert [each.key for each in shop.client.list_events(order)] == ["progress"]


@pytest.mark.operation("`GetEvent` with `timeout`")
def test_an_event_is_waited_for(shop: RuntimeShop) -> None:
    order = shop.start(step_seconds=1)
    event = shop.client.get_event(order, "progress", timeout=timedelta(seconds=20)).event
    assert MessageToDict(event.value.value) == {"done": 1, "of": 5}
    shop.wait_for_status(order, "SUCCESS")


@pytest.mark.operation("`ReadStream` with `follow`")
def test_a_stream_is_followed_to_its_end(shop: RuntimeShop) -> None:
    order = shop.start(step_seconds=0.2)
    *entries, end = shop.client.read_stream(order, "log", follow=True, call_timeout=timedelta(seconds=40))
    assert [entry.value.value.string_value for entry in entries] == [f"{step} begins" for step in STEPS]
    assert end.closed


@pytest.mark.operation("`ReadStream`")
def test_a_stream_is_read_while_it_is_written_and_to_its_end(shop: RuntimeShop) -> None:
    order = shop.start()
    shop.wait_until(lambda: list(shop.client.read_stream(order, "log")))
    seen = [entry.value.value.string_value for entry in shop.client.read_stream(order, "log")]
    assert seen == [f"{step} begins" for step in STEPS[: len(seen)]]
    shop.wait_for_status(order, "SUCCESS")
    rest = list(shop.client.read_stream(order, "log", from_offset=len(seen)))
    assert [entry.closed for entry in rest] == [False] * (len(rest) - 1) + [True]
    everything = seen + [entry.value.value.string_value for entry in rest[:-1]]
    assert everything == [f"{step} begins" for step in STEPS]
    written_by = [entry.step_id - shop.runtime.stream_step_shift for entry in shop.client.read_stream(order, "log")]
    assert written_by[:-1] == [shop.runtime.step_id(step) for step in STEPS]

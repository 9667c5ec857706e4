"""What a real worker's order tells while it runs, and when it is done."""

from __future__ import annotations

from datetime import timedelta

from google.protobuf.json_format import MessageToDict

from tests.fixtures.order_shop import STEPS, OrderShop
from workflow_control_client import EventNotFound, ReadStreamResponse


def read_log(order_shop: OrderShop, order: str, from_offset: int = 0) -> tuple[list[str], bool]:
    """Returns what the order has written to its log so far, and whether that was all."""
    entries: list[ReadStreamResponse] = list(order_shop.client.read_stream(order, "log", from_offset=from_offset))
    assert [entry.offset for entry in entries] == list(range(from_offset, from_offset + len(entries)))
    closed = bool(entries) and entries[-1].closed
    return [entry.value.value.string_value for entry in entries if not entry.closed], closed


def progress(order_shop: OrderShop, order: str) -> object:
    """Returns the order's event, or None."""
    try:
        value = order_shop.client.get_event(order, "progress").event.value
    except EventNotFound:
        return None
    assert value.decoded
    return MessageToDict(value.value)


def test_an_order_is_followed_while_it_runs(order_shop: OrderShop) -> None:
    order = order_shop.start()
    order_shop.wait_for_step(order, STEPS[0])
    order_shop.wait_until(lambda: read_log(order_shop, order)[0])
    seen, closed = read_log(order_shop, order)
    assert not closed
    assert seen == [f"{step} begins" for step in STEPS[: len(seen)]]
    order_shop.wait_until(lambda: progress(order_shop, order) is not None)

    order_shop.wait_for_status(order, "SUCCESS")

    # Who goes on where the reading ended misses nothing.
    rest, closed = read_log(order_shop, order, from_offset=len(seen))
    assert closed
    assert seen + rest == [f"{step} begins" for step in STEPS]
    assert progress(order_shop, order) == {"done": 5, "of": 5}
    assert order_shop.ask("get_event", order, key="progress") == {"done": 5, "of": 5}
    history = order_shop.client.export_workflow(order).exported_workflow.workflow_events_history
    assert [each.function_id for each in history] == [1, 2, 3, 4, 5]


def test_an_order_is_followed_to_its_end(order_shop: OrderShop) -> None:
    """While it waits in its queue, runs, and closes its log; and its event is waited for."""
    order = order_shop.start()
    order_shop.wait_until(lambda: order_shop.status(order) in ("ENQUEUED", "PENDING", "SUCCESS"))
    first = order_shop.client.get_event(order, "progress", timeout=timedelta(seconds=20)).event.value
    assert MessageToDict(first.value) == {"done": 1, "of": 5}

    entries = list(order_shop.client.read_stream(order, "log", follow=True))

    *written, end = entries
    assert [entry.offset for entry in entries] == list(range(len(STEPS) + 1))
    assert [entry.value.value.string_value for entry in written] == [f"{step} begins" for step in STEPS]
    assert end.closed
    assert order_shop.ask("read_stream", order, key="log", at_most=100) == [f"{step} begins" for step in STEPS]


def test_an_order_that_is_cancelled_is_followed_to_its_last_word(order_shop: OrderShop) -> None:
    order = order_shop.start()
    seen: list[str] = []
    for entry in order_shop.client.read_stream(order, "log", follow=True):
        assert not entry.closed
        seen.append(entry.value.value.string_value)
        if len(seen) == 2:
            order_shop.client.cancel_workflow(order, request_key=f"cancel {order}")
    assert order_shop.status(order) == "CANCELLED"
    assert 2 <= len(seen) < len(STEPS)
    assert seen == [f"{step} begins" for step in STEPS[: len(seen)]]
    # A step that had begun may say something even after that: no reader of DBOS's can know.
    order_shop.let_running_steps_end()
    theirs = order_shop.ask("read_stream", order, key="log", at_most=100)
    assert theirs in (seen, [f"{step} begins" for step in STEPS[: len(seen) + 1]])


def test_a_message_is_in_the_inbox_until_it_is_received(order_shop: OrderShop) -> None:
    order = order_shop.start(step_seconds=0, approval_timeout_seconds=60)
    order_shop.wait_for_its_waiting(order)
    order_shop.ask("send", order, message="unasked for", topic="chat")
    order_shop.ask("send", order, message="yes", topic="approval")
    order_shop.wait_for_status(order, "SUCCESS")

    inbox = list(order_shop.client.list_messages(order, include_message=True))
    waiting = [(message.topic, message.message.value.string_value) for message in inbox if not message.consumed]
    assert waiting == [("chat", "unasked for")]
    # DBOS before 2.14 deletes what it receives.
    assert {message.topic for message in inbox if message.consumed} <= {"approval"}
    assert [message.topic for message in order_shop.client.list_messages(order, topic="chat")] == ["chat"]

"""A real worker's order is watched to its end, across a cancel and a resume; a watch outlives its server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from tests.fixtures.control import add_workflow, fetch
from tests.fixtures.eventually import eventually
from tests.fixtures.load import connect
from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh
from tests.fixtures.server import StartServer, free_port
from workflow_control_client import (
    Unavailable,
    WatchedWorkflows,
    WorkflowControlClient,
    WorkflowControlError,
    WorkflowFilter,
    until_complete,
)

WITHIN_S = 60.0


class Seen:
    """The states of one workflow, as a watch tells them."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.error: WorkflowControlError | None = None
        """What ended the watch."""


@contextmanager
def watching(client: WorkflowControlClient, workflow_id: str) -> Iterator[Seen]:
    """Watches a workflow in another thread until the end of the block, by closing the client."""
    seen = Seen()

    def read() -> None:
        watched = WatchedWorkflows()
        try:
            for message in client.watch_workflows(WorkflowFilter(workflow_ids=[workflow_id])):
                watched.apply(message)
                if workflow := watched.workflows.get(workflow_id):
                    seen.states.append(workflow.raw_status)
        except WorkflowControlError as error:
            seen.error = error

    thread = threading.Thread(target=read, name="watch", daemon=True)
    thread.start()
    try:
        eventually(lambda: seen.states, WITHIN_S)
        yield seen
    finally:
        client.close()
        thread.join(WITHIN_S)
    assert not thread.is_alive()
    assert isinstance(seen.error, Unavailable)


def test_an_order_is_watched_until_it_is_done(order_shop: OrderShop) -> None:
    order = order_shop.start()
    order_shop.wait_for_step(order, STEPS[1])
    with watching(connect(order_shop.stack.server_address), order) as seen:
        order_shop.client.cancel_workflow(order, request_key=fresh("cancel"))
        eventually(lambda: seen.states[-1] == "CANCELLED", WITHIN_S)
        order_shop.client.resume_workflow(order, request_key=fresh("resume"))
        waited = order_shop.client.get_workflow(order, wait=until_complete(), call_timeout=timedelta(seconds=25))
        assert waited.workflow.raw_status == "SUCCESS"
        eventually(lambda: seen.states[-1] == "SUCCESS", WITHIN_S)
    assert seen.states.count("SUCCESS") == 1
    assert seen.states.index("CANCELLED") < seen.states.index("SUCCESS")


def test_a_watch_goes_on_at_another_server(start_server: StartServer, control_url: str) -> None:
    add_workflow(control_url, "order-1")
    first, port = start_server(control_url), free_port()
    with watching(connect(first.address, f"127.0.0.1:{port}"), "order-1") as seen:
        # Only now, so that the watch was at the first one.
        start_server(control_url, port=port)
        first.kill()
        fetch(control_url, "UPDATE dbos.workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = 'order-1'")
        eventually(lambda: seen.states[-1] == "SUCCESS", WITHIN_S)
        assert seen.error is None
    assert seen.states == ["PENDING", "SUCCESS"]

"""A real worker goes on with an order that was exported, deleted and imported."""

from __future__ import annotations

from tests.fixtures.order_shop import STEPS, OrderShop
from tests.fixtures.rpc_server import fresh


def test_it_goes_on_where_it_was_when_it_was_exported(order_shop: OrderShop) -> None:
    client, order, key = order_shop.client, order_shop.start(), fresh("import")
    order_shop.wait_for_step(order, STEPS[2])
    client.cancel_workflow(order)
    order_shop.let_running_steps_end()
    begun, recorded = order_shop.begun(order), order_shop.recorded(order)
    exported = client.export_workflow(order, include_children=True, include_messages=True).exported_workflow
    client.delete_workflow(order)

    response = client.import_workflow(exported, request_key=key)

    assert response.workflow.raw_status == "CANCELLED"
    client.resume_workflow(order)
    order_shop.wait_for_status(order, "SUCCESS")
    assert order_shop.recorded(order) == STEPS
    # The steps that it brought along were not run again, and all others were.
    assert order_shop.begun(order) == begun + STEPS[len(recorded) :]
    # The key stands for what was imported, and not for what became of it.
    replay = client.import_workflow(exported, request_key=key)
    assert replay.idempotency.replayed
    assert order_shop.status(order) == "SUCCESS"


def test_one_that_has_ended_tells_what_it_told(order_shop: OrderShop) -> None:
    client, order = order_shop.client, order_shop.start(step_seconds=0)
    order_shop.wait_for_status(order, "SUCCESS")
    before = client.get_workflow(order).workflow
    progress = order_shop.ask("get_event", order, key="progress")
    exported = client.export_workflow(order).exported_workflow
    client.delete_workflow(order)

    client.import_workflow(exported)

    assert client.get_workflow(order).workflow == before
    assert order_shop.ask("get_event", order, key="progress") == progress == {"done": 5, "of": 5}

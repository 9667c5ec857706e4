"""What we start, a worker of each runtime runs: at once, later, once for many calls, and in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from google.protobuf.json_format import MessageToDict

from tests.fixtures.order_shop import STEPS
from tests.fixtures.rpc_server import fresh
from tests.runtimes.limitations import Limitation, RuntimeCannot
from tests.runtimes.shop import RuntimeShop
from workflow_control_client import Deduplicated, debounce
from workflowcontrol.v1.workflow_changes_pb2 import UpdateWorkflowAttributesRequest
from workflowcontrol.v1.workflow_start_pb2 import StartWorkflowResponse


@pytest.mark.operation("`StartWorkflow`")
def test_it_is_run_once_and_its_result_is_read(shop: RuntimeShop) -> None:
    new, key = shop.order(step_seconds=0), fresh("start")
    response = shop.client.start_workflow(new, request_key=key)
    assert response.outcome == StartWorkflowResponse.OUTCOME_STARTED
    assert shop.client.start_workflow(new, request_key=key).idempotency.replayed

    shop.wait_for_status(new.workflow_id, "SUCCESS")

    assert shop.begun(new.workflow_id) == STEPS
    workflow = shop.client.get_workflow(new.workflow_id).workflow
    assert workflow.input.decoded
    assert MessageToDict(workflow.output.value) == {"order_id": new.workflow_id, "state": "shipped"}
    assert not workflow.error.text
    steps = [
        step
        for step in shop.client.list_workflow_steps(new.workflow_id, include_output=True)
        if not step.name.startswith("DBOS.")
    ]
    assert [(step.name, step.step_id) for step in steps] == [(step, shop.runtime.step_id(step)) for step in STEPS]
    assert not any(step.failed for step in steps)
    assert [step.output.value.string_value for step in steps] == ["reserved", "charged", "packed", "shipped", "sent"]


@pytest.mark.operation("`StartWorkflow` of one that fails")
def test_its_error_is_read(shop: RuntimeShop) -> None:
    order = shop.start("fail_order", step_seconds=0)
    shop.wait_for_status(order, "ERROR")
    error = shop.client.get_workflow(order).workflow.error
    assert error.decoded
    fields = error.value.struct_value.fields
    assert fields["name"].string_value
    assert f"order {order} was declined" in fields["message"].string_value
    assert [(step.name, step.failed) for step in shop.steps(order)] == [
        ("reserve_stock", False),
        ("decline_card", True),
    ]


@pytest.mark.operation("`StartWorkflow` of one with children, `GetWorkflowTree`")
def test_its_children_are_in_its_tree(shop: RuntimeShop) -> None:
    parent = shop.start("process_orders", orders=3, step_seconds=0)
    shop.wait_for_status(parent, "SUCCESS")
    receipts: object = MessageToDict(shop.client.get_workflow(parent).workflow.output.value)
    assert receipts == [{"order_id": f"{parent}/{number}", "state": "shipped"} for number in range(3)]
    children = [child.workflow_id for child in shop.client.get_workflow_tree(parent).root.children]
    assert sorted(children) == shop.wait_for_children(parent, 3)


@pytest.mark.operation("`StartWorkflows`, `AwaitWorkflows`")
def test_many_are_all_run(shop: RuntimeShop) -> None:
    orders = [shop.order(step_seconds=0) for _ in range(5)]
    ids = [each.workflow_id for each in orders]
    shop.client.start_workflows(orders, request_key=fresh("start"))
    assert shop.client.await_workflows(ids, timeout=timedelta(seconds=25)).done
    assert {shop.status(each) for each in ids} == {"SUCCESS"}
    for each in ids:
        assert shop.begun(each) == STEPS


@pytest.mark.operation("`StartWorkflow` with `deduplication_id`")
def test_a_customers_orders_run_one_after_the_other(shop: RuntimeShop) -> None:
    customer = fresh("customer")
    first = shop.start_with(step_seconds=0.3, deduplication_id=customer)
    with pytest.raises(Deduplicated) as caught:
        shop.start_with(step_seconds=0, deduplication_id=customer)
    assert caught.value.metadata["holder_workflow_id"] == first

    # The worker gives the id back when the order is done.
    shop.wait_for_status(first, "SUCCESS")
    shop.wait_for_status(shop.start_with(step_seconds=0, deduplication_id=customer), "SUCCESS")


@pytest.mark.operation("`StartWorkflow` with `delay`, `SetWorkflowDelay`")
def test_a_delayed_one_begins_when_its_time_has_come(shop: RuntimeShop) -> None:
    order = shop.start_with(step_seconds=0, delay=timedelta(hours=1))
    assert shop.status(order) == "DELAYED"
    shop.client.set_workflow_delay(order, delay=timedelta(seconds=1), request_key=fresh("delay"))
    shop.wait_for_status(order, "SUCCESS")
    workflow = shop.client.get_workflow(order).workflow
    assert workflow.start_time.ToMilliseconds() >= workflow.delay_until.ToMilliseconds()


@pytest.mark.operation("`StartWorkflow` with `debounce`")
def test_debounced_calls_are_one_run_with_the_last_arguments(shop: RuntimeShop) -> None:
    key = fresh("customer")
    started = set()
    for number in range(3):
        # The last of them says what is run.
        new = shop.order(step_seconds=0, workflow_id="", debounce=debounce(key, timedelta(seconds=2)))
        new.args[0].struct_value.update({"order_id": f"{key}-{number}"})
        started.add(shop.client.start_workflow(new, request_key=fresh("start")).workflow.workflow_id)
    [workflow_id] = started
    shop.wait_for_status(workflow_id, "SUCCESS")
    assert shop.begun(workflow_id) == STEPS
    output = MessageToDict(shop.client.get_workflow(workflow_id).workflow.output.value)
    assert output["order_id"] == f"{key}-2"


@pytest.mark.operation("`StartWorkflow` with `timeout`")
def test_a_timeout_ends_it(shop: RuntimeShop) -> None:
    order = shop.start_with(step_seconds=1, timeout=timedelta(seconds=1.5))
    shop.wait_for_status(order, "CANCELLED")
    shop.let_running_steps_end()
    assert shop.status(order) == "CANCELLED"
    begun = shop.begun(order)
    assert begun == STEPS[: len(begun)] != STEPS


@pytest.mark.operation("`RegisterQueue`")
def test_a_worker_serves_a_queue_that_we_register(shop: RuntimeShop) -> None:
    queue = fresh("queue")
    order = shop.start_with(step_seconds=0, queue_name=queue)
    shop.client.register_queue(queue, concurrency=1, request_key=fresh("register"))
    shop.wait_for_status(order, "SUCCESS")
    assert shop.client.get_queue(queue).queue.depth.enqueued == 0


@pytest.mark.operation("`StartWorkflow` with `priority`, `SetWorkflowPriority`")
def test_the_most_urgent_order_runs_first(shop: RuntimeShop) -> None:
    queue = fresh("queue")
    orders = [shop.start_with(step_seconds=0, queue_name=queue, priority=priority) for priority in (2, 3, 4)]
    shop.client.set_workflow_priority(orders[2], 1, request_key=fresh("priority"))
    # Nobody serves the queue until they are all there.
    shop.client.register_queue(queue, concurrency=1, request_key=fresh("register"))
    for order in orders:
        shop.wait_for_status(order, "SUCCESS")
    starts = {order: shop.client.get_workflow(order).workflow.start_time.ToMilliseconds() for order in orders}
    assert sorted(orders, key=lambda order: starts[order]) == [orders[2], orders[0], orders[1]]


@pytest.mark.operation("`StartWorkflow` with `attributes`, `UpdateWorkflowAttributes`")
def test_attributes_are_kept_while_it_runs(shop: RuntimeShop) -> None:
    order = shop.start_with(attributes={"customer": "Ada"})
    shop.wait_for_step(order, STEPS[0])
    mode = UpdateWorkflowAttributesRequest.MODE_MERGE
    shop.client.update_workflow_attributes(order, {"urgent": True}, mode=mode, request_key=fresh("attributes"))
    shop.wait_for_status(order, "SUCCESS")
    attributes = MessageToDict(shop.client.get_workflow(order).workflow.attributes)
    assert attributes == {"customer": "Ada", "urgent": True}


@pytest.mark.operation("`StartWorkflow` with `application_version`")
def test_the_worker_runs_its_own_version_only(shop: RuntimeShop) -> None:
    ours = shop.start_with(step_seconds=0, application_version="1")
    others = shop.start_with(step_seconds=0, application_version="another")
    shop.wait_for_status(ours, "SUCCESS")
    assert shop.status(others) == "ENQUEUED"


@pytest.mark.operation("`ListApplicationVersions`")
def test_the_worker_has_registered_its_version(shop: RuntimeShop) -> None:
    versions = [version.application_version for version in shop.client.list_application_versions()]
    if not versions:
        raise RuntimeCannot(Limitation.NO_VERSIONS)
    assert versions == ["1"]

"""What we change of a running workflow, a worker of each runtime obeys."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from google.protobuf.json_format import MessageToDict

from tests.fixtures.order_shop import STEPS
from tests.fixtures.rpc_server import fresh
from tests.runtimes.limitations import Limitation, RuntimeCannot
from tests.runtimes.shop import RuntimeShop
from workflow_control_client import WorkflowNotFound
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse

START = "pack"
"""The step from which orders are forked and rewound."""
BEFORE, AFTER = STEPS[: STEPS.index(START)], STEPS[STEPS.index(START) :]


def cancel_in_second_step(shop: RuntimeShop) -> tuple[str, list[str]]:
    """Returns an order that was cancelled in the middle of a step, and the steps that had begun then."""
    order, key = shop.start(), fresh("cancel")
    shop.wait_for_step(order, STEPS[1])
    response = shop.client.cancel_workflow(order, request_key=key)
    begun = shop.begun(order)
    assert response.outcome == CancelWorkflowResponse.OUTCOME_CANCELLED
    shop.let_running_steps_end()
    return order, begun


@pytest.mark.operation("`CancelWorkflow` in the middle of a step")
def test_the_step_after_the_cancelled_one_never_runs(shop: RuntimeShop) -> None:
    order, begun = cancel_in_second_step(shop)
    assert shop.begun(order) == begun == STEPS[: len(begun)]
    assert len(begun) < len(STEPS)
    assert shop.status(order) == "CANCELLED"


@pytest.mark.operation("`CancelWorkflow` of a run that then returns")
def test_a_cancelled_run_that_returns_does_not_undo_the_cancellation(shop: RuntimeShop) -> None:
    # It waits for a message, and returns without another step when that is a refusal.
    order = shop.start(step_seconds=0, approval_timeout_seconds=60)
    shop.wait_for_its_waiting(order)
    shop.client.cancel_workflow(order, request_key=fresh("cancel"))
    native = shop.runtime.python_native
    shop.client.send_message(order, "no", topic="approval", python_native=native, request_key=fresh("send"))
    shop.let_running_steps_end()
    assert shop.begun(order) == STEPS[:1]
    if shop.status(order) == "SUCCESS":
        raise RuntimeCannot(Limitation.NO_OUTCOME_GUARD)
    assert shop.status(order) == "CANCELLED"


@pytest.mark.operation("`CancelWorkflow` with `cascade`")
def test_a_cascade_stops_the_children_in_the_middle_of_their_steps(shop: RuntimeShop) -> None:
    parent = shop.start("process_orders", orders=2)
    children = shop.wait_for_children(parent, 2)
    for child in children:
        shop.wait_for_step(child, STEPS[1])

    response = shop.client.cancel_workflow(parent, cascade=True, request_key=fresh("cancel"))
    begun = {child: shop.begun(child) for child in children}

    assert sorted(response.cancelled_descendant_ids) == children
    shop.let_running_steps_end()
    assert {child: shop.begun(child) for child in children} == begun
    assert {shop.status(child) for child in children} == {"CANCELLED"}


@pytest.mark.operation("`ResumeWorkflow`")
def test_a_resumed_order_goes_on_where_it_was(shop: RuntimeShop) -> None:
    order, begun = cancel_in_second_step(shop)
    shop.client.resume_workflow(order, request_key=fresh("resume"))
    shop.wait_for_status(order, "SUCCESS")
    assert shop.recorded(order) == STEPS
    # What was recorded is not run again; the step that was cancelled may be.
    assert shop.begun(order) in ([*begun, *STEPS[len(begun) :]], [*begun, *STEPS[len(begun) - 1 :]])
    output = MessageToDict(shop.client.get_workflow(order).workflow.output.value)
    assert output == {"order_id": order, "state": "shipped"}


@pytest.mark.operation("`ForkWorkflow` with `start_step`")
def test_a_fork_runs_the_steps_from_its_start_on(shop: RuntimeShop) -> None:
    check_fork(shop, start_step=shop.runtime.step_id(START))


@pytest.mark.operation("`ForkWorkflow` with `from_step_name`")
def test_a_fork_from_a_step_by_its_name(shop: RuntimeShop) -> None:
    check_fork(shop, from_step_name=START)


def check_fork(shop: RuntimeShop, **start: object) -> None:
    order = shop.complete()
    source = shop.steps(order)
    response = shop.client.fork_workflow(order, request_key=fresh("fork"), **start)  # type: ignore[arg-type]
    fork = response.workflow.workflow_id
    assert response.start_step == shop.runtime.step_id(START)
    shop.wait_for_status(fork, "SUCCESS")
    assert shop.begun(fork) == AFTER
    assert shop.steps(fork)[: len(BEFORE)] == source[: len(BEFORE)]
    assert MessageToDict(shop.client.get_workflow(fork).workflow.output.value)["state"] == "shipped"
    # Its stream has what was written before, and what the fork has written.
    entries = list(shop.client.read_stream(fork, "log"))
    assert [entry.value.value.string_value for entry in entries if not entry.closed] == [f"{s} begins" for s in STEPS]
    # The source is as it was.
    assert shop.steps(order) == source
    assert shop.begun(order) == STEPS


@pytest.mark.operation("`ForkWorkflow` with `from_last_failure`")
def test_a_failed_order_fails_again_from_its_failed_step(shop: RuntimeShop) -> None:
    order = shop.start("fail_order", step_seconds=0)
    shop.wait_for_status(order, "ERROR")
    response = shop.client.fork_workflow(order, from_last_failure=True, request_key=fresh("fork"))
    assert response.start_step == shop.runtime.step_id(STEPS[1])
    fork = response.workflow.workflow_id
    shop.wait_for_status(fork, "ERROR")
    assert shop.begun(fork) == []
    assert [step.name for step in shop.steps(fork)] == ["reserve_stock", "decline_card"]


@pytest.mark.operation("`RestartWorkflow`")
def test_a_restarted_order_runs_anew(shop: RuntimeShop) -> None:
    order = shop.complete()
    response = shop.client.restart_workflow(order, request_key=fresh("restart"))
    again = response.workflow.workflow_id
    shop.wait_for_status(again, "SUCCESS")
    assert shop.begun(again) == shop.begun(order) == STEPS


@pytest.mark.operation("`RewindWorkflow`")
def test_a_rewound_order_runs_the_steps_from_its_start_on(shop: RuntimeShop) -> None:
    order = shop.complete()
    shop.client.rewind_workflow(order, start_step=shop.runtime.step_id(START), request_key=fresh("rewind"))
    shop.wait_for_status(order, "SUCCESS")
    assert shop.begun(order) == [*STEPS, *AFTER]
    assert shop.recorded(order) == STEPS


@pytest.mark.operation("`DeleteWorkflow`")
def test_nothing_is_left_of_a_deleted_order(shop: RuntimeShop) -> None:
    order = shop.complete()
    new = shop.order(step_seconds=0, workflow_id=order)
    shop.client.delete_workflow(order, request_key=fresh("delete"))
    with pytest.raises(WorkflowNotFound):
        shop.client.get_workflow(order)
    # Under the same id it is run from the beginning, as if the first had never been.
    shop.client.start_workflow(new, request_key=fresh("start"))
    shop.wait_for_status(order, "SUCCESS")
    assert shop.begun(order) == [*STEPS, *STEPS]


@pytest.mark.operation("`CancelOverdueWorkflows`")
def test_an_order_that_takes_too_long_is_stopped(shop: RuntimeShop) -> None:
    order = shop.start()
    shop.wait_for_step(order, STEPS[1])
    created = shop.client.get_workflow(order).workflow.create_time.ToDatetime(tzinfo=UTC)
    shop.client.cancel_overdue_workflows(cutoff_time=created, request_key=fresh("overdue"))
    begun = shop.begun(order)
    shop.let_running_steps_end()
    assert shop.status(order) == "CANCELLED"
    assert shop.begun(order) == begun != STEPS


@pytest.mark.operation("`CollectGarbage`")
def test_only_what_has_ended_is_collected(shop: RuntimeShop) -> None:
    order, running = shop.complete(), shop.start()
    shop.wait_for_step(running, STEPS[0])
    ended = shop.client.get_workflow(order).workflow
    at = ended.complete_time if ended.HasField("complete_time") else ended.create_time
    cutoff = at.ToDatetime(tzinfo=UTC) + timedelta(milliseconds=1)
    shop.client.collect_garbage(cutoff_time=cutoff, request_key=fresh("garbage"))
    with pytest.raises(WorkflowNotFound):
        shop.client.get_workflow(order)
    shop.wait_for_status(running, "SUCCESS")
    assert shop.begun(running) == STEPS


@pytest.mark.operation("`ExportWorkflow`, `ImportWorkflow`")
def test_an_exported_order_is_brought_back(shop: RuntimeShop) -> None:
    order = shop.complete()
    exported = shop.client.export_workflow(order, include_messages=True).exported_workflow
    shop.client.delete_workflow(order, request_key=fresh("delete"))
    shop.client.import_workflow(exported, request_key=fresh("import"))
    assert shop.client.export_workflow(order, include_messages=True).exported_workflow == exported
    # A worker finds its recorded steps, and runs only what a fork leaves out.
    fork = shop.client.fork_workflow(order, from_step_name=START, request_key=fresh("fork")).workflow.workflow_id
    shop.wait_for_status(fork, "SUCCESS")
    assert shop.begun(fork) == AFTER

"""A workflow to start is written from plain Python values, or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict
from google.protobuf.timestamp_pb2 import Timestamp

from workflow_control_client import debounce, new_workflow
from workflow_control_client.start_calls import start_workflow, start_workflows
from workflowcontrol.v1.workflow_start_pb2 import (
    DUPLICATE_POLICY_RETURN_EXISTING,
    Debounce,
    NewWorkflow,
    StartWorkflowRequest,
    StartWorkflowsRequest,
)

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def test_what_is_given_is_set() -> None:
    written = new_workflow(
        "process_order",
        {"items": [1, 0.5, None, True]},
        "second",
        named_args={"flag": False},
        class_name="Shop",
        config_name="main",
        queue_name="orders",
        workflow_id="order-7",
        application_version="v1",
        application_name="shop",
        deduplication_id="customer-3",
        return_existing=True,
        priority=7,
        queue_partition_key="a",
        timeout=timedelta(seconds=1.5),
        deadline=NOON,
        delay=timedelta(seconds=3),
        authenticated_user="alice",
        assumed_role="clerk",
        authenticated_roles=["clerk"],
        attributes={},
        debounce=debounce("key", timedelta(seconds=5), timeout=timedelta(minutes=1)),
        python_native=True,
    )
    left_out = {"start_after", "delay_until"}
    assert {field.name for field, _ in written.ListFields()} == set(NewWorkflow.DESCRIPTOR.fields_by_name) - left_out
    assert [MessageToDict(value) for value in written.args] == [{"items": [1.0, 0.5, None, True]}, "second"]
    assert MessageToDict(written.named_args) == {"flag": False}
    assert written.duplicate_policy == DUPLICATE_POLICY_RETURN_EXISTING
    assert written.timeout == Duration(seconds=1, nanos=500_000_000)
    assert written.deadline == Timestamp(seconds=1_769_860_800)
    assert written.debounce == Debounce(key="key", period=Duration(seconds=5), timeout=Duration(seconds=60))


def test_what_is_not_given_is_not_set() -> None:
    assert new_workflow("process_order") == NewWorkflow(workflow_name="process_order")
    assert new_workflow("a", delay_until=NOON).delay_until.seconds == 1_769_860_800


@pytest.mark.parametrize("argument", [object(), b"bytes", {1, 2}], ids=["object", "bytes", "set"])
def test_what_is_no_json_is_refused(argument: object) -> None:
    with pytest.raises(ValueError, match="Unexpected type"):
        new_workflow("process_order", argument)


def test_two_delays_are_refused() -> None:
    with pytest.raises(ValueError, match="at most one"):
        new_workflow("process_order", delay=timedelta(seconds=1), delay_until=NOON)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        new_workflow("process_order", deadline=NOON.replace(tzinfo=None))


def test_the_requests_are_filled() -> None:
    order = new_workflow("process_order")
    one = start_workflow(order, request_key="key", reason="why", request_ttl=timedelta(hours=2), validate_only=True)
    assert one.request == StartWorkflowRequest(
        request_key="key", reason="why", request_ttl=Duration(seconds=7200), validate_only=True, workflow=order
    )
    two = start_workflows((order for _ in range(2)), request_key="key")
    assert two.request == StartWorkflowsRequest(request_key="key", workflows=[order, order])
    assert start_workflows([order]).request_key not in (None, start_workflows([order]).request_key)

"""Python values become the contract's requests, or are refused."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from workflow_control_client import WorkflowFilter, time_range
from workflow_control_client.calls import Call
from workflow_control_client.server_calls import list_requests
from workflow_control_client.workflow_calls import cancel_workflow, fork_workflow, list_workflows
from workflowcontrol.v1.types_pb2 import WORKFLOW_ORDER_CREATED_ASC, WORKFLOW_VIEW_FULL
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, ForkWorkflowRequest, ForkWorkflowResponse

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def fields(call: Call[Any]) -> dict[str, object]:
    """Return the fields that are set in the call's request."""
    return {field.name: value for field, value in call.request.ListFields()}


def test_cancel_fills_the_request() -> None:
    call = cancel_workflow(
        "order-7",
        cascade=True,
        allow_missing=True,
        request_key="key",
        reason="why",
        request_ttl=timedelta(hours=2, milliseconds=1),
        validate_only=True,
        call_timeout=timedelta(seconds=3),
    )
    expected = CancelWorkflowRequest(
        workflow_id="order-7", cascade=True, allow_missing=True, request_key="key", reason="why", validate_only=True
    )
    expected.request_ttl.seconds, expected.request_ttl.nanos = 7200, 1_000_000
    assert call.request == expected
    assert call.request_key == "key"
    assert call.timeout == timedelta(seconds=3)


def test_fork_fills_the_request() -> None:
    call = fork_workflow(
        "order-7",
        start_step=0,
        new_workflow_id="order-8",
        application_version="v2",
        queue_name="queue",
        queue_partition_key="partition",
        timeout=timedelta(minutes=1),
        replacement_children={"child": "other"},
        request_key="key",
    )
    expected = ForkWorkflowRequest(
        workflow_id="order-7",
        start_step=0,
        new_workflow_id="order-8",
        application_version="v2",
        queue_name="queue",
        queue_partition_key="partition",
        replacement_children={"child": "other"},
        request_key="key",
    )
    expected.timeout.seconds = 60
    assert call.request == expected
    assert call.request.WhichOneof("from") == "start_step"


def test_what_is_not_given_is_not_set() -> None:
    assert fork_workflow("order-7", request_key="key").request == ForkWorkflowRequest(
        workflow_id="order-7", request_key="key"
    )


@pytest.mark.parametrize(
    ("call", "beginning"),
    [
        (fork_workflow("order-7"), None),
        (fork_workflow("order-7", start_step=3), "start_step"),
        (fork_workflow("order-7", from_step_name=""), "from_step_name"),  # Set, for the server to refuse.
        (fork_workflow("order-7", from_last_failure=True), "from_last_failure"),
        (fork_workflow("order-7", from_last_step=True), "from_last_step"),
    ],
)
def test_fork_begins_where_it_is_told(call: Call[ForkWorkflowResponse], beginning: str | None) -> None:
    assert call.request.WhichOneof("from") == beginning


def test_fork_refuses_two_beginnings() -> None:
    with pytest.raises(ValueError, match="at most one"):
        fork_workflow("order-7", start_step=0, from_last_step=True)


def test_each_call_gets_a_key_of_its_own() -> None:
    first, second = cancel_workflow("order-7"), cancel_workflow("order-7")
    assert first.request_key is not None
    assert uuid.UUID(first.request_key).version == 4
    assert first.request_key != second.request_key


def test_an_empty_key_is_not_replaced() -> None:
    """It is a mistake of the caller's: a new key would hide it, and make retries new requests."""
    assert cancel_workflow("order-7", request_key="").request == CancelWorkflowRequest(workflow_id="order-7")


def test_time_range_keeps_the_instant() -> None:
    eastward = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert time_range(eastward, NOON + timedelta(microseconds=1)) == time_range(NOON, NOON + timedelta(microseconds=1))
    assert time_range(start=NOON).start.ToDatetime(UTC) == NOON


def test_time_range_without_a_bound() -> None:
    assert not time_range(start=NOON).HasField("end")
    assert not time_range(end=NOON).HasField("start")


def test_time_range_refuses_a_time_without_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        time_range(NOON.replace(tzinfo=None))


def test_every_page_has_the_conditions_of_the_first() -> None:
    conditions = WorkflowFilter(names=["order"])
    listing = list_workflows(
        conditions, view=WORKFLOW_VIEW_FULL, order=WORKFLOW_ORDER_CREATED_ASC, page_size=7, page_token="from"
    )
    first = fields(listing.page(listing.first_page_token))
    conditions.names.append("refund")
    second = fields(listing.page("next"))
    assert first["filter"] == WorkflowFilter(names=["order"])
    assert first["page_token"] == "from"
    assert second == first | {"page_token": "next"}


def test_requests_are_listed_by_condition() -> None:
    executed = time_range(start=NOON)
    listing = list_requests(workflow_id="order-7", action="CancelWorkflow", actor="me", executed=executed, page_size=2)
    assert fields(listing.page("next")) == {
        "workflow_id": "order-7",
        "action": "CancelWorkflow",
        "actor": "me",
        "executed": executed,
        "page_size": 2,
        "page_token": "next",
    }

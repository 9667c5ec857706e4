"""Python values become the requests of restart, rewind, delete, delay, priority and attributes, or are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from google.protobuf.message import Message

from workflow_control_client import change_calls
from workflow_control_client.calls import Call
from workflowcontrol.v1 import workflow_changes_pb2 as messages

COMMON: dict[str, Any] = {"request_key": "key", "reason": "why", "validate_only": True}
MERGE = messages.UpdateWorkflowAttributesRequest.MODE_MERGE
REPLACE = messages.UpdateWorkflowAttributesRequest.MODE_REPLACE
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def expected(request_type: type[Message], **fields: Any) -> Message:  # noqa: ANN401 - Any field's type.
    request: Any = request_type(workflow_id="order-7", **COMMON, **fields)
    request.request_ttl.seconds = 7200
    return request  # type: ignore[no-any-return]  # Any message.


@pytest.mark.parametrize(
    ("build", "arguments", "request_type", "fields"),
    [
        (
            change_calls.restart_workflow,
            {"new_workflow_id": "order-8", "application_version": "v2", "queue_name": "queue"},
            messages.RestartWorkflowRequest,
            {"new_workflow_id": "order-8", "application_version": "v2", "queue_name": "queue"},
        ),
        (
            change_calls.rewind_workflow,
            {"start_step": 3, "application_version": "v2", "queue_name": "queue", "queue_partition_key": "part"},
            messages.RewindWorkflowRequest,
            {"start_step": 3, "application_version": "v2", "queue_name": "queue", "queue_partition_key": "part"},
        ),
        (
            change_calls.delete_workflow,
            {"cascade": True, "allow_missing": True, "force": True},
            messages.DeleteWorkflowRequest,
            {"cascade": True, "allow_missing": True, "force": True},
        ),
        (
            change_calls.set_workflow_delay,
            {"delay": timedelta(milliseconds=1500)},
            messages.SetWorkflowDelayRequest,
            {"delay": timedelta(milliseconds=1500)},
        ),
        (
            change_calls.set_workflow_delay,
            {"delay_until": NOON},
            messages.SetWorkflowDelayRequest,
            {"delay_until": NOON},
        ),
        (change_calls.set_workflow_priority, {"priority": 3}, messages.SetWorkflowPriorityRequest, {"priority": 3}),
        (
            change_calls.update_workflow_attributes,
            {"attributes": {"a": [1, None]}, "mode": MERGE},
            messages.UpdateWorkflowAttributesRequest,
            {"attributes": {"a": [1, None]}, "mode": MERGE},
        ),
        (
            change_calls.update_workflow_attributes,
            {"attributes": None, "mode": REPLACE},
            messages.UpdateWorkflowAttributesRequest,
            {"mode": REPLACE},
        ),
    ],
)
def test_the_request_is_filled(
    build: Any,  # noqa: ANN401 - Each has parameters of its own.
    arguments: dict[str, object],
    request_type: type[Message],
    fields: dict[str, object],
) -> None:
    times = {"request_ttl": timedelta(hours=2), "call_timeout": timedelta(seconds=3)}
    call: Call[Message] = build("order-7", **arguments, **COMMON, **times)
    assert call.request == expected(request_type, **fields)
    assert (call.request_key, call.timeout) == ("key", timedelta(seconds=3))


def test_empty_attributes_are_not_none() -> None:
    update = change_calls.update_workflow_attributes
    assert update("order-7", {}, mode=REPLACE).request.HasField("attributes")
    assert not update("order-7", None, mode=REPLACE).request.HasField("attributes")


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        change_calls.set_workflow_delay("order-7", delay_until=datetime(2026, 1, 31))  # noqa: DTZ001 - That is the case.


@pytest.mark.parametrize("times", [{}, {"delay": timedelta(), "delay_until": NOON}])
def test_there_must_be_one_delay(times: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one of"):
        change_calls.set_workflow_delay("order-7", **times)

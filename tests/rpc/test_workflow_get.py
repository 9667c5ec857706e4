"""GetWorkflow: each field from its column, the views, and payloads as they are stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import SEED_TIME_MS, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.types_pb2 import Payload, Workflow
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowRequest, GetWorkflowResponse

PICKLE = "gASVDgAAAAAAAAB9lIwFb3JkZXKUSwdzLg=="
"""What DBOS for Python stores of {"order": 7}."""

COLUMNS: dict[str, tuple[str, object, object]] = {
    "workflow_id": ("workflow_uuid", "get-1", "get-1"),
    "state": ("status", "ENQUEUED", types.WORKFLOW_STATE_ENQUEUED),
    "raw_status": ("status", "ENQUEUED", "ENQUEUED"),
    "name": ("name", "a name", "a name"),
    "class_name": ("class_name", "a class", "a class"),
    "config_name": ("config_name", "an instance", "an instance"),
    "queue_name": ("queue_name", "a queue", "a queue"),
    "queue_partition_key": ("queue_partition_key", "a partition", "a partition"),
    "priority": ("priority", 3, 3),
    "deduplication_id": ("deduplication_id", "a deduplication", "a deduplication"),
    "authenticated_user": ("authenticated_user", "a user", "a user"),
    "assumed_role": ("assumed_role", "a role", "a role"),
    "authenticated_roles": ("authenticated_roles", '["one","two"]', ["one", "two"]),
    "application_id": ("application_id", "an application id", "an application id"),
    "application_version": ("application_version", "a version", "a version"),
    "application_name": ("application_name", "an application", "an application"),
    "executor_id": ("executor_id", "an executor", "an executor"),
    "recovery_attempts": ("recovery_attempts", 5, 5),
    "parent_workflow_id": ("parent_workflow_id", "a parent", "a parent"),
    "forked_from": ("forked_from", "a source", "a source"),
    "was_forked_from": ("was_forked_from", True, True),
    "schedule_name": ("schedule_name", "a schedule", "a schedule"),
    "attributes": ("attributes", {"a": [1, None, {"b": "c"}]}, {"a": [1, None, {"b": "c"}]}),
    "create_time": ("created_at", SEED_TIME_MS + 1, SEED_TIME_MS + 1),
    "update_time": ("updated_at", SEED_TIME_MS + 2, SEED_TIME_MS + 2),
    "start_time": ("started_at_epoch_ms", SEED_TIME_MS + 3, SEED_TIME_MS + 3),
    "complete_time": ("completed_at", SEED_TIME_MS + 4, SEED_TIME_MS + 4),
    "delay_until": ("delay_until_epoch_ms", SEED_TIME_MS + 5, SEED_TIME_MS + 5),
    "timeout": ("workflow_timeout_ms", 90_006, 90_006),
    "deadline": ("workflow_deadline_epoch_ms", SEED_TIME_MS + 7, SEED_TIME_MS + 7),
}
"""For each field of a Workflow but the payloads: its column, a value of that, and what the field reads then."""

NEWER_COLUMNS = {
    "application_name",
    "was_forked_from",
    "schedule_name",
    "attributes",
    "complete_time",
    "delay_until",
}
"""Fields whose column the oldest release lacks."""


def get(
    server: RunningServer, workflow_id: str, view: types.WorkflowView.ValueType = types.WORKFLOW_VIEW_UNSPECIFIED
) -> Workflow:
    request = GetWorkflowRequest(workflow_id=workflow_id, view=view)
    return server.call(request).read(GetWorkflowResponse).workflow


def plain(value: Any) -> object:  # noqa: ANN401 - A value of any field.
    """Returns a field's value in the form that COLUMNS has."""
    match value:
        case str() | bool() | int():
            return value
        case Timestamp() | Duration():
            return value.ToMilliseconds()
        case Struct():
            return MessageToDict(value)
        case _:
            return list(value)


def test_each_field_is_read_from_its_column(rpc_server: RunningServer, dbos_release: DbosRelease) -> None:
    described = {field.name for field in Workflow.DESCRIPTOR.fields}
    assert COLUMNS.keys() | {"input", "output", "error"} == described
    workflow_id = fresh("get")
    columns: dict[str, Any] = {column: value for column, value, _ in COLUMNS.values() if column != "workflow_uuid"}
    rpc_server.seed(workflow(workflow_id, WorkflowState.ENQUEUED, **columns))

    read = get(rpc_server, workflow_id, types.WORKFLOW_VIEW_BASIC)

    lacking = NEWER_COLUMNS if dbos_release == OLDEST else set()
    expected = {name: value for name, (_, _, value) in COLUMNS.items() if name not in lacking}
    assert {field.name: plain(value) for field, value in read.ListFields()} == {**expected, "workflow_id": workflow_id}


@pytest.mark.parametrize("state", tuple(WorkflowState), ids=str)
def test_every_state_has_its_value(rpc_server: RunningServer, state: WorkflowState) -> None:
    workflow_id = fresh("get")
    rpc_server.seed(workflow(workflow_id, state))
    read = get(rpc_server, workflow_id)
    assert types.WorkflowState.Name(read.state) == f"WORKFLOW_STATE_{state.name}"
    assert read.raw_status == state.value


def test_an_unknown_state_keeps_its_word(rpc_server: RunningServer) -> None:
    workflow_id = fresh("get")
    rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING, status="PAUSED"))
    read = get(rpc_server, workflow_id)
    assert read.state == types.WORKFLOW_STATE_UNSPECIFIED
    assert read.raw_status == "PAUSED"


@pytest.mark.parametrize("in_row", [True, False], ids=["in the row", "in their tables"])
def test_payloads_come_with_the_full_view_only(rpc_server: RunningServer, in_row: bool) -> None:
    succeeded, failed = fresh("get"), fresh("get")
    rpc_server.seed(workflow(succeeded, WorkflowState.SUCCESS, in_row=in_row))
    rpc_server.seed(workflow(failed, WorkflowState.ERROR, in_row=in_row))
    for view in (types.WORKFLOW_VIEW_UNSPECIFIED, types.WORKFLOW_VIEW_FULL):
        read = get(rpc_server, succeeded, view)
        assert json.loads(read.input.text) == {"positionalArgs": [succeeded], "namedArgs": {}}
        assert read.output.text == f"output of {succeeded}"
        assert not read.HasField("error")
        read = get(rpc_server, failed, view)
        assert read.error.text == f"error of {failed}"
        assert not read.HasField("output")
    read = get(rpc_server, succeeded, types.WORKFLOW_VIEW_BASIC)
    assert not any(read.HasField(payload) for payload in ("input", "output", "error"))


PAYLOADS: dict[str, tuple[str | None, str, object]] = {
    "object": ("portable_json", '{"a": [1, 2.5, "x", true, null, {}]}', {"a": [1, 2.5, "x", True, None, {}]}),
    "null": ("portable_json", "null", None),
    "string": ("portable_json", '"é \\ud83d\\ude00"', "é \N{GRINNING FACE}"),
    "number": ("portable_json", "9007199254740993", 9007199254740992.0),
    "error": ("portable_json", '{"name":"E","message":"m","code":null}', {"name": "E", "message": "m", "code": None}),
    "deep": ("portable_json", "[" * 20 + "]" * 20, json.loads("[" * 20 + "]" * 20)),
    "pickle": ("py_pickle", PICKLE, {"order": 7}),
    "typescript": (
        "js_superjson",
        '{"json":[[["a",1]]],"meta":{"values":{"0":["map"]}},"__dbos_serializer":"superjson"}',
        [{"a": 1}],
    ),
    "go": ("DBOS_JSON", "eyJhIjoxfQ==", {"a": 1}),
    "java": ("java_jackson", '{"@class":"java.util.HashMap","a":["java.lang.Long",1]}', {"a": 1}),
    "no format": (None, '{"a": 1}', {"a": 1}),
}
"""By name: the stored format, the stored text, and its reading."""

UNREADABLE: dict[str, tuple[str | None, str]] = {
    "pickle of a call": ("py_pickle", "gASVHQAAAAAAAACMBXBvc2l4lIwGc3lzdGVtlJOUjAJpZJSFlFKULg=="),
    "no format": (None, "a: 1"),
    "pickle in another format": ("js_superjson", PICKLE),
    "a format of the future": ("yaml", "a: 1"),
    "not JSON": ("portable_json", "{'a': 1}"),
    "empty": ("portable_json", ""),
    "NaN": ("portable_json", '{"a": NaN}'),
    "infinite": ("portable_json", "1e999"),
    "lone surrogate": ("portable_json", '"\\ud800"'),
    "too deep": ("portable_json", "[" * 500 + "]" * 500),
    "far too deep": ("portable_json", "[" * 100_000 + "]" * 100_000),
    "thousands of digits": ("portable_json", "9" * 5000),
}
"""By name: the stored format and the stored text, of which no reading is offered."""


def stored_output(server: RunningServer, serialization: str | None, text: str) -> Payload:
    """Returns the output of a new workflow that is stored so."""
    workflow_id = fresh("get")
    rows = workflow(workflow_id, WorkflowState.SUCCESS, in_row=True, serialization=serialization)
    rows.by_table["workflow_status"][0]["output"] = text
    server.seed(rows)
    return get(server, workflow_id).output


@pytest.mark.parametrize("name", PAYLOADS)
def test_values_are_read(newest_rpc_server: RunningServer, name: str) -> None:
    serialization, text, value = PAYLOADS[name]
    payload = stored_output(newest_rpc_server, serialization, text)
    assert (payload.serialization, payload.text, payload.decoded) == (serialization or "", text, True)
    assert MessageToDict(payload.value) == value


@pytest.mark.parametrize("name", UNREADABLE)
def test_other_text_stays_text(newest_rpc_server: RunningServer, name: str) -> None:
    serialization, text = UNREADABLE[name]
    payload = stored_output(newest_rpc_server, serialization, text)
    assert (payload.serialization, payload.text, payload.decoded) == (serialization or "", text, False)
    assert not payload.HasField("value")


def test_a_schema_without_formats_has_values_that_can_be_nothing_else(oldest_rpc_server: RunningServer) -> None:
    read = stored_output(oldest_rpc_server, "portable_json", PICKLE)
    assert (read.serialization, read.text, MessageToDict(read.value)) == ("", PICKLE, {"order": 7})
    assert stored_output(oldest_rpc_server, "portable_json", "12") == Payload(text="12")


def test_a_missing_workflow_and_an_unknown_view_are_errors(rpc_server: RunningServer) -> None:
    missing = fresh("missing")
    refusal = rpc_server.call(GetWorkflowRequest(workflow_id=missing)).refused("WORKFLOW_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": missing}
    view: Any = 99
    refusal = rpc_server.call(GetWorkflowRequest(workflow_id=missing, view=view)).refused("INVALID_REQUEST")
    assert refusal.fields == ["view"]


@pytest.mark.parametrize("other", [str.upper, lambda text: f"{text} ", lambda text: text[:-1]])
def test_ids_are_exact(rpc_server: RunningServer, other: Any) -> None:  # noqa: ANN401 - A function of a string.
    workflow_id = fresh("get-é")
    rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING))
    assert get(rpc_server, workflow_id).workflow_id == workflow_id
    rpc_server.call(GetWorkflowRequest(workflow_id=other(workflow_id))).refused("WORKFLOW_NOT_FOUND")

"""ExportWorkflow: a workflow with everything that belongs to it, exact, in one message."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from tests.differential.seeds import LAST_STEP, SEED_TIME_MS, family, workflow
from tests.fixtures.communication import message
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflow_control.domain.exports import (
    ExportedEvent,
    ExportedEventHistory,
    ExportedNotification,
    ExportedOperationOutput,
    ExportedStatus,
    ExportedStreamEntry,
)
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import workflow_export_pb2 as exports
from workflowcontrol.v1.workflow_export_pb2 import (
    ExportedWorkflow,
    ExportWorkflowRequest,
    ExportWorkflowResponse,
)

MEBIBYTE = 1024 * 1024


def export(server: RunningServer, workflow_id: str, **fields: bool) -> ExportedWorkflow:
    request = ExportWorkflowRequest(workflow_id=workflow_id, **fields)
    return server.call(request).read(ExportWorkflowResponse).exported_workflow


def columns(record: Any) -> dict[str, object]:  # noqa: ANN401 - Any record of an export.
    """Returns the fields that are set."""
    return {field.name: value for field, value in record.ListFields()}


@pytest.mark.parametrize(
    ("record", "contract"),
    [
        (ExportedStatus, exports.ExportedWorkflowStatus),
        (ExportedOperationOutput, exports.ExportedOperationOutput),
        (ExportedEvent, exports.ExportedEvent),
        (ExportedEventHistory, exports.ExportedEventHistory),
        (ExportedStreamEntry, exports.ExportedStreamEntry),
        (ExportedNotification, exports.ExportedNotification),
    ],
)
def test_the_contract_has_what_the_domain_has(record: Any, contract: Any) -> None:  # noqa: ANN401 - Classes of records and messages.
    assert set(record._fields) == set(contract.DESCRIPTOR.fields_by_name)


def test_everything_that_belongs_to_a_workflow_is_exported(
    rpc_server: RunningServer, dbos_release: DbosRelease
) -> None:
    workflow_id = fresh("export")
    rpc_server.seed(family(workflow_id, WorkflowState.SUCCESS))
    exported = export(rpc_server, workflow_id)
    is_newest = dbos_release != OLDEST

    status = columns(exported.workflow_status)
    assert status["workflow_uuid"] == workflow_id
    assert status["status"] == "SUCCESS"
    assert status["inputs"] == f'{{"positionalArgs":["{workflow_id}"],"namedArgs":{{}}}}'
    assert status["output"] == f"output of {workflow_id}"
    assert status["authenticated_roles"] == '["clerk","admin"]'
    assert status["created_at"] == SEED_TIME_MS
    # What is NULL, and what the schema lacks, is unset: false is neither.
    assert "error" not in status
    assert status.get("was_forked_from") == (False if is_newest else None)
    assert status.get("serialization") == ("portable_json" if is_newest else None)

    assert [step.function_id for step in exported.operation_outputs] == list(range(1, LAST_STEP + 1))
    assert columns(exported.operation_outputs[1])["child_workflow_id"] == f"{workflow_id}/child-1"
    assert [event.key for event in exported.workflow_events] == ["late", "progress", "status"]
    assert [(each.function_id, each.key) for each in exported.workflow_events_history][:3] == [
        (1, "progress"),
        (1, "status"),
        (2, "progress"),
    ]
    assert [(each.key, each.offset) for each in exported.streams] == [
        *(("log", offset) for offset in range(4)),
        ("trace", 0),
    ]
    # The closing entry is an entry, as it is stored.
    assert exported.streams[3].value == '"__DBOS_STREAM_CLOSED__"'
    assert not exported.notifications
    assert not exported.descendants


def test_descendants_and_messages_are_exported_when_asked_for(rpc_server: RunningServer) -> None:
    workflow_id = fresh("export")
    rpc_server.seed(family(workflow_id, WorkflowState.PENDING))
    rows = workflow(f"{workflow_id}/late", WorkflowState.PENDING, parent_workflow_id=f"{workflow_id}/child-1")
    rows.extend(message(f"{workflow_id}/late", f"{workflow_id}/message", 7))
    rpc_server.seed(rows)

    exported = export(rpc_server, workflow_id, include_children=True, include_messages=True)
    ids = [each.workflow_status.workflow_uuid for each in exported.descendants]
    assert ids == [f"{workflow_id}/{name}" for name in ("child-1", "child-2", "child-2/grandchild", "late")]
    assert [len(each.notifications) for each in (exported, *exported.descendants)] == [2, 0, 0, 0, 1]
    assert columns(exported.descendants[-1].notifications[0])["topic"] == "__null__topic__"
    assert not any(each.descendants for each in exported.descendants)

    exported = export(rpc_server, workflow_id, include_children=True)
    assert len(exported.descendants) == 4
    assert not any(each.notifications for each in (exported, *exported.descendants))


TEXTS = ["", " ", "\n\t\r", "null", '{"a": 1.0}', "é𝄞\u2028\ufeff", "\x01\x7f", "gASVGgA=", "x" * 100_000]


def test_texts_are_exact(rpc_server: RunningServer) -> None:
    workflow_id = fresh("export")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    for number, text in enumerate(TEXTS):
        step = {"workflow_uuid": workflow_id, "function_id": number}
        rows.add("operation_outputs", function_name=text, output=text, **step)
        rows.add("workflow_events_history", key=text, value=text, **step)
        rows.add("workflow_events", workflow_uuid=workflow_id, key=text[:1000], value=text)
        rows.add("streams", key="log", offset=number, value=text, **step)
    rpc_server.seed(rows)
    exported = export(rpc_server, workflow_id)
    assert [each.function_name for each in exported.operation_outputs] == TEXTS
    assert [each.output for each in exported.operation_outputs] == TEXTS
    assert [(each.key, each.value) for each in exported.workflow_events_history] == [(text, text) for text in TEXTS]
    assert [each.value for each in exported.streams] == TEXTS
    assert sorted(each.value for each in exported.workflow_events) == sorted(TEXTS)


def test_attributes_are_exact(newest_rpc_server: RunningServer) -> None:
    workflow_id = fresh("export")
    newest_rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING))
    newest_rpc_server.execute(
        "UPDATE dbos.workflow_status SET attributes = %s WHERE workflow_uuid = %s", Jsonb({"n": 2**63}), workflow_id
    )
    status = export(newest_rpc_server, workflow_id).workflow_status
    assert status.attributes == '{"n": 9223372036854775808}'


def test_a_missing_workflow_is_not_found(rpc_server: RunningServer) -> None:
    missing = fresh("missing")
    for fields in ({}, {"include_children": True, "include_messages": True}):
        request = ExportWorkflowRequest(workflow_id=missing, **fields)
        assert rpc_server.call(request).refused("WORKFLOW_NOT_FOUND").metadata == {"workflow_id": missing}


def test_what_fits_no_message_is_refused_and_the_advice_helps(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = fresh("export")
    server.seed(family(workflow_id, WorkflowState.PENDING))
    server.execute(
        "UPDATE dbos.workflow_input SET inputs = repeat('x', 2500000) WHERE workflow_uuid = %s",
        f"{workflow_id}/child-1",
    )
    server.execute("UPDATE dbos.notifications SET message = repeat('x', 1500000)")

    request = ExportWorkflowRequest(workflow_id=workflow_id, include_children=True, include_messages=True)
    refusal = server.call(request).refused("RESPONSE_TOO_LARGE")
    assert refusal.metadata["workflow_id"] == workflow_id
    assert int(refusal.metadata["bytes"]) > 2 * MEBIBYTE
    assert "without include_children and include_messages" in refusal.message
    request.include_messages = False
    assert "without include_children" in server.call(request).refused("RESPONSE_TOO_LARGE").message
    request.include_children = False
    assert server.call(request).read(ExportWorkflowResponse).ByteSize() < MEBIBYTE
    request.workflow_id = f"{workflow_id}/child-1"
    assert "WORKFLOW_CONTROL_MAX_RESPONSE_BYTES" in server.call(request).refused("RESPONSE_TOO_LARGE").message


def test_what_only_the_message_makes_too_large_is_refused_as_well(start_rpc_server: StartRpcServer) -> None:
    """Keys and ids are not counted before the rows are read."""
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    workflow_id = fresh("export")
    rows = workflow(workflow_id, WorkflowState.PENDING)
    for number in range(12):
        rows.add("operation_outputs", workflow_uuid=workflow_id, function_id=number, function_name="n" * 200_000)
    server.seed(rows)
    refusal = server.call(ExportWorkflowRequest(workflow_id=workflow_id)).refused("RESPONSE_TOO_LARGE")
    assert 2_400_000 < int(refusal.metadata["bytes"]) < 2_500_000

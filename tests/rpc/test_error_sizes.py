"""Errors about the longest ids still fit into what peers accept. `read_refusal` measures each of them."""

from __future__ import annotations

import pytest
from google.rpc.error_details_pb2 import BadRequest

from tests.differential.seeds import workflow
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.limits import FILTER_VALUES_MAX, NAME_BYTES, REPLACEMENT_CHILDREN_MAX, REQUEST_KEY_BYTES
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.server_control_pb2 import GetRequestRequest
from workflowcontrol.v1.types_pb2 import WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import (
    CancelWorkflowRequest,
    CancelWorkflowResponse,
    ForkWorkflowRequest,
    GetWorkflowRequest,
    ListWorkflowsRequest,
)

# Each grows differently: quoted in a message, percent-encoded as a header, encoded as UTF-8.
every_alphabet = pytest.mark.parametrize("letter", ["a", "%", "'", "é", "漢", "😀"])


def longest(letter: str, max_bytes: int) -> str:
    """Returns a name of exactly that many bytes that no other test has."""
    text = fresh("long") + "-"
    text += letter * ((max_bytes - len(text)) // len(letter.encode()))
    return text + "." * (max_bytes - len(text.encode()))


@every_alphabet
def test_the_longest_names_are_told_in_full(newest_rpc_server: RunningServer, letter: str) -> None:
    missing = longest(letter, NAME_BYTES)
    refusal = newest_rpc_server.call(GetWorkflowRequest(workflow_id=missing)).refused("WORKFLOW_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": missing}

    key = longest(letter, REQUEST_KEY_BYTES)
    refusal = newest_rpc_server.call(GetRequestRequest(request_key=key)).refused("REQUEST_NOT_FOUND")
    assert refusal.metadata == {"request_key": key}


@every_alphabet
def test_the_longest_keys_and_ids_are_told_in_full_when_a_key_is_reused(
    newest_rpc_server: RunningServer, letter: str
) -> None:
    workflow_id, key = longest(letter, NAME_BYTES), longest(letter, REQUEST_KEY_BYTES)
    newest_rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING))
    request = CancelWorkflowRequest(request_key=key, workflow_id=workflow_id)
    newest_rpc_server.call(request).read(CancelWorkflowResponse)
    expected = {"request_key": key, "stored_action": "CancelWorkflow", "stored_workflow_id": workflow_id}

    request.cascade = True
    refusal = newest_rpc_server.call(request).refused("REQUEST_KEY_PARAMETERS_DIFFER")
    assert refusal.metadata == expected

    request.workflow_id = longest(letter, NAME_BYTES)
    assert newest_rpc_server.call(request).refused("REQUEST_KEY_REUSED").metadata == expected


@every_alphabet
def test_the_longest_failure_is_replayed(newest_rpc_server: RunningServer, letter: str) -> None:
    # The message of the first error is part of the replayed one: two names and a key, quoted.
    workflow_id, step = longest(letter, NAME_BYTES), longest(letter, NAME_BYTES)
    newest_rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING))
    key = longest(letter, REQUEST_KEY_BYTES)
    request = ForkWorkflowRequest(request_key=key, workflow_id=workflow_id, from_step_name=step)
    first = newest_rpc_server.call(request).refused("STEP_NOT_FOUND")
    assert first.metadata == {"workflow_id": workflow_id, "step_name": step}

    replay = newest_rpc_server.call(request).refused("REQUEST_PREVIOUSLY_FAILED")
    assert replay.metadata["request_key"] == key
    assert replay.metadata["original_reason"] == "STEP_NOT_FOUND"


def test_control_characters_are_told_in_full(newest_rpc_server: RunningServer) -> None:
    missing = "\x01" * NAME_BYTES
    refusal = newest_rpc_server.call(GetWorkflowRequest(workflow_id=missing)).refused("WORKFLOW_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": missing}


def test_more_mistakes_than_can_be_told(newest_rpc_server: RunningServer) -> None:
    bad = "漢" * NAME_BYTES
    names = [bad] * FILTER_VALUES_MAX
    request = ListWorkflowsRequest(filter=WorkflowFilter(names=names, workflow_ids=names, queue_names=names))
    refusal = newest_rpc_server.call(request).refused("INVALID_REQUEST")
    assert 0 < len(refusal.detail(BadRequest).field_violations) < FILTER_VALUES_MAX
    assert refusal.fields[0] == "filter.workflow_ids[0]"

    fork = ForkWorkflowRequest(
        replacement_children={f"{number}{bad}": bad for number in range(REPLACEMENT_CHILDREN_MAX)}
    )
    refusal = newest_rpc_server.call(fork).refused("INVALID_REQUEST")
    assert refusal.detail(BadRequest).field_violations

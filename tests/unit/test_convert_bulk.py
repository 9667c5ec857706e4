"""What an operation is asked to do survives being stored, and is refused by whoever does not know all of it."""

from __future__ import annotations

import pytest
from google.protobuf.duration_pb2 import Duration

from workflow_control.bulk.ports import UnreadableDefinition
from workflow_control.domain.bulk import ItemOutcome, ItemResult, item_scope, item_scopes, operation_of
from workflow_control.domain.commands import (
    CancelWorkflow,
    Command,
    DeleteWorkflow,
    ForkWorkflow,
    FromStepName,
    RestartWorkflow,
    ResumeWorkflow,
)
from workflow_control.domain.queries import WorkflowFilter
from workflow_control.rpc.convert_bulk import read_definition, read_item_result, read_start_bulk_operation
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import bulk_control_pb2 as bulk
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1 import workflow_changes_pb2 as changes
from workflowcontrol.v1 import workflow_control_pb2 as workflows

NAMED = bulk.BulkWorkflowIds(workflow_ids=["b", "a", "b"])
Request = bulk.StartBulkOperationRequest


@pytest.mark.parametrize(
    ("request_", "action", "command"),
    [
        (Request(cancel=bulk.BulkCancel()), "CancelWorkflow", CancelWorkflow("order-7")),
        (
            Request(cancel=bulk.BulkCancel(cascade=True, allow_missing=True)),
            "CancelWorkflow",
            CancelWorkflow("order-7", cascade=True, allow_missing=True),
        ),
        (Request(resume=bulk.BulkResume(queue_name="q")), "ResumeWorkflow", ResumeWorkflow("order-7", "q")),
        (
            Request(
                fork=bulk.BulkFork(
                    use_latest_version=True,
                    queue_name="q",
                    queue_partition_key="p",
                    timeout=Duration(seconds=2),
                    from_step_name="pack",
                )
            ),
            "ForkWorkflow",
            ForkWorkflow("order-7", "copy", FromStepName("pack"), None, True, "q", "p", 2000),
        ),
        (
            Request(restart=bulk.BulkRestart(application_version="v2", queue_name="q")),
            "RestartWorkflow",
            RestartWorkflow("order-7", "copy", "v2", "q"),
        ),
        (
            Request(delete=bulk.BulkDelete(cascade=True, allow_missing=True, force=True)),
            "DeleteWorkflow",
            DeleteWorkflow("order-7", True, True, True),
        ),
    ],
)
def test_each_workflow_gets_the_command_that_was_asked_for(request_: Request, action: str, command: Command) -> None:
    request_.workflow_ids.CopyFrom(NAMED)
    checks = FieldChecks()
    read = read_start_bulk_operation(checks, request_, "default")
    checks.raise_any()
    definition = read_definition(read.definition)

    assert read.action == action
    assert definition.command("order-7", "copy") == command
    assert definition.filter is None


def test_a_workflow_that_is_named_twice_counts_once() -> None:
    read = read_start_bulk_operation(FieldChecks(), Request(cancel=bulk.BulkCancel(), workflow_ids=NAMED), "default")
    assert read.workflow_ids == ("b", "a")
    # They are rows of their own.
    assert not Request.FromString(read.definition).HasField("workflow_ids")


def test_the_filter_survives() -> None:
    chosen = types.WorkflowFilter(queue_names=["orders"], has_parent=False)
    chosen.attributes.update({"colour": "red"})
    read = read_start_bulk_operation(FieldChecks(), Request(delete=bulk.BulkDelete(), filter=chosen), "default")
    expected = WorkflowFilter(queue_names=("orders",), has_parent=False, attributes={"colour": "red"})
    assert read.filter == read_definition(read.definition).filter == expected


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(b"\xff\xff", id="no message"),
        pytest.param(b"", id="nothing to do"),
        pytest.param(Request(cancel=bulk.BulkCancel()).SerializeToString() + b"\xf8\x3f\x01", id="an unknown field"),
        pytest.param(b"\x2a\x03\xf8\x3f\x01", id="an unknown option of a known action"),
        pytest.param(Request(resume=bulk.BulkResume(queue_name=" ")).SerializeToString(), id="what no start accepts"),
    ],
)
def test_what_a_later_release_has_stored_is_left_to_it(stored: bytes) -> None:
    with pytest.raises(UnreadableDefinition):
        read_definition(stored)


@pytest.mark.parametrize(
    ("action", "response", "expected"),
    [
        (
            "CancelWorkflow",
            workflows.CancelWorkflowResponse(outcome=workflows.CancelWorkflowResponse.OUTCOME_CANCELLED),
            ItemResult(ItemOutcome.APPLIED, "CANCELLED"),
        ),
        (
            "CancelWorkflow",
            workflows.CancelWorkflowResponse(outcome=workflows.CancelWorkflowResponse.OUTCOME_ALREADY_COMPLETED),
            ItemResult(ItemOutcome.UNCHANGED, "ALREADY_COMPLETED"),
        ),
        (
            "CancelWorkflow",
            workflows.CancelWorkflowResponse(
                outcome=workflows.CancelWorkflowResponse.OUTCOME_ALREADY_CANCELLED, cancelled_descendant_count=1
            ),
            ItemResult(ItemOutcome.APPLIED, "ALREADY_CANCELLED"),
        ),
        (
            "ResumeWorkflow",
            workflows.ResumeWorkflowResponse(outcome=workflows.ResumeWorkflowResponse.OUTCOME_ALREADY_COMPLETED),
            ItemResult(ItemOutcome.UNCHANGED, "ALREADY_COMPLETED"),
        ),
        (
            "ForkWorkflow",
            workflows.ForkWorkflowResponse(workflow=types.Workflow(workflow_id="copy")),
            ItemResult(ItemOutcome.APPLIED, "", "copy"),
        ),
        (
            "RestartWorkflow",
            changes.RestartWorkflowResponse(workflow=types.Workflow(workflow_id="copy")),
            ItemResult(ItemOutcome.APPLIED, "", "copy"),
        ),
        (
            "DeleteWorkflow",
            changes.DeleteWorkflowResponse(outcome=changes.DeleteWorkflowResponse.OUTCOME_MISSING),
            ItemResult(ItemOutcome.UNCHANGED, "MISSING"),
        ),
    ],
)
def test_a_response_says_what_became_of_its_workflow(
    action: str,
    response: workflows.CancelWorkflowResponse,
    expected: ItemResult,
) -> None:
    assert read_item_result(action, response.SerializeToString()) == expected


def test_no_caller_reaches_the_scope_of_an_operation() -> None:
    scope = item_scope("default", "operation-1")
    assert not scope.isprintable()
    assert scope.startswith(item_scopes("default"))
    assert not scope.startswith(item_scopes("def"))
    assert operation_of(scope) == "operation-1"
    assert operation_of("default") is None

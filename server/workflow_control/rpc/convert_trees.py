"""The request for a tree of workflows, and the tree as messages."""

from __future__ import annotations

from typing import Final

from workflow_control.domain.limits import TREE_DEPTH_DEFAULT, TREE_DEPTH_MAX
from workflow_control.domain.trees import TreeNode, TreeRow, WorkflowRelation, WorkflowTree
from workflow_control.rpc.convert_queries import read_choices
from workflow_control.rpc.convert_responses import state_number
from workflow_control.rpc.convert_times import write_milliseconds
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_tree_pb2 as messages

_RELATIONS: Final[dict[int, WorkflowRelation]] = {
    messages.WorkflowRelation.Value(f"WORKFLOW_RELATION_{relation.name}"): relation for relation in WorkflowRelation
}


def read_relations(checks: FieldChecks, request: messages.GetWorkflowTreeRequest) -> frozenset[WorkflowRelation]:
    """Return what to follow; all where the request names nothing."""
    return frozenset(read_choices(checks, "relations", request.relations, _RELATIONS) or WorkflowRelation)


def read_max_depth(checks: FieldChecks, max_depth: int) -> int:
    """Return how many levels to go up, and down."""
    if max_depth < 0:
        checks.add("max_depth", f"Is {max_depth}; must not be negative.")
    return min(max_depth, TREE_DEPTH_MAX) if max_depth else TREE_DEPTH_DEFAULT


def workflow_tree(tree: WorkflowTree) -> messages.GetWorkflowTreeResponse:
    """Return a tree."""
    response = messages.GetWorkflowTreeResponse(ancestors_truncated=tree.ancestors_truncated, workflow_count=tree.count)
    _write_node(response.root, tree.root)
    for row in tree.ancestors:
        _write_row(response.ancestors.add(), row)
    return response


def _write_node(message: messages.WorkflowTreeNode, node: TreeNode) -> None:
    _write_row(message, node.row)
    message.truncated = node.truncated
    for child in node.children:
        _write_node(message.children.add(), child)
    for fork in node.forks:
        _write_node(message.forks.add(), fork)


def _write_row(message: messages.WorkflowTreeNode, row: TreeRow) -> None:
    message.workflow_id = row.workflow_id
    if row.status is not None:
        message.state = state_number(row.status)
        message.raw_status = row.status
    if row.name is not None:
        message.name = row.name
    if row.queue_name is not None:
        message.queue_name = row.queue_name
    if row.parent_workflow_id is not None:
        message.parent_workflow_id = row.parent_workflow_id
    if row.forked_from is not None:
        message.forked_from = row.forked_from
    write_milliseconds(message.create_time, row.created_at)
    if row.completed_at is not None:
        write_milliseconds(message.complete_time, row.completed_at)

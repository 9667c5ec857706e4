"""How a tree is gathered: level by level, the nearest workflows first, until its depth or its size is reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from workflow_control.domain.errors import WorkflowNotFound
from workflow_control.domain.limits import TREE_WORKFLOWS_MAX
from workflow_control.domain.trees import TreeNode, TreeRow, WorkflowRelation, WorkflowTree
from workflow_control.operations.ports import TreeSnapshot

_DOWN = frozenset({WorkflowRelation.CHILDREN, WorkflowRelation.FORKS})


async def read_tree(
    snapshot: TreeSnapshot, workflow_id: str, relations: Collection[WorkflowRelation], max_depth: int
) -> WorkflowTree:
    """Return the workflows around one. Raises WorkflowNotFound.

    Each is there once, at its first place, so that no cycle and no diamond in the data goes on for ever.
    """
    line = await _read_line(snapshot, workflow_id, max_depth + 1 if WorkflowRelation.PARENTS in relations else 0)
    root, ancestors = TreeNode(line[0]), line[1 : max_depth + 1]
    known = {workflow_id, *(row.workflow_id for row in ancestors)}
    nodes = {workflow_id: root}
    uncertain = await _grow(snapshot, nodes, known, ancestors, _DOWN & set(relations), max_depth)
    # The farthest ancestors give way to descendants that are nearer.
    ancestors = ancestors[: TREE_WORKFLOWS_MAX - len(nodes)]
    if uncertain:
        there = {*nodes, *(row.workflow_id for row in ancestors)}
        for truncated in await snapshot.truncated(uncertain, _DOWN & set(relations), there):
            nodes[truncated].truncated = True
    return WorkflowTree(root, tuple(ancestors), len(line) - 1 > len(ancestors), len(nodes) + len(ancestors))


async def _read_line(snapshot: TreeSnapshot, workflow_id: str, max_distance: int) -> Sequence[TreeRow]:
    """Return the workflow and its ancestors up to where a cycle closes."""
    line: dict[str, TreeRow] = {}
    for row in await snapshot.ancestors(workflow_id, max_distance):
        if row.workflow_id in line:
            break
        line[row.workflow_id] = row
    if not line:
        raise WorkflowNotFound(workflow_id)
    return list(line.values())


async def _grow(
    snapshot: TreeSnapshot,
    nodes: dict[str, TreeNode],
    known: set[str],
    ancestors: Sequence[TreeRow],
    relations: Collection[WorkflowRelation],
    max_depth: int,
) -> Collection[str]:
    """Add what is below the root to `nodes` and `known`; return those that may have more relatives than were added."""
    level = set(nodes) if relations else set()
    for depth in range(1, max_depth + 1):
        # Ancestors that are as near as this level count first.
        room = TREE_WORKFLOWS_MAX - len(nodes) - min(depth, len(ancestors))
        if not level or room <= 0:
            break
        rows = await snapshot.relatives(level, relations, known, room)
        for row in rows:
            _place(nodes, row, level, relations)
        added = {row.workflow_id for row in rows}
        known |= added
        if len(rows) == room:
            return level | added
        level = added
    return level


def _place(
    nodes: dict[str, TreeNode], row: TreeRow, level: Collection[str], relations: Collection[WorkflowRelation]
) -> None:
    """Put a workflow below the one that it was found by: its parent, before the one that it is a fork of."""
    node = nodes[row.workflow_id] = TreeNode(row)
    parent, source = row.parent_workflow_id, row.forked_from
    if WorkflowRelation.CHILDREN in relations and parent is not None and parent in level:
        nodes[parent].children.append(node)
    elif source is not None and source in level:
        nodes[source].forks.append(node)

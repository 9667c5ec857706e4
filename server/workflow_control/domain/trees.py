"""What a workflow comes from and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple


class WorkflowRelation(Enum):
    """How workflows of a tree belong together."""

    PARENTS = "parents"
    CHILDREN = "children"
    FORKS = "forks"


class TreeRow(NamedTuple):
    """A workflow of a tree, in the order of `dbos/queries/_tree_columns.sql`; times as in `records.WorkflowRow`."""

    workflow_id: str
    status: str | None
    name: str | None
    queue_name: str | None
    parent_workflow_id: str | None
    forked_from: str | None
    created_at: int
    completed_at: int | None


@dataclass(slots=True)
class TreeNode:
    """A workflow, and what is below it, oldest first."""

    row: TreeRow
    children: list[TreeNode] = field(default_factory=list)
    forks: list[TreeNode] = field(default_factory=list)
    truncated: bool = False
    """Whether it has more children or forks than the tree has, of the relations that were asked for."""


@dataclass(frozen=True, slots=True)
class WorkflowTree:
    """The workflows around one, nearest first, each once."""

    root: TreeNode
    ancestors: tuple[TreeRow, ...]
    """Its parent, its parent's parent, and so on."""
    ancestors_truncated: bool
    """Whether the last of `ancestors` has a parent that is not there, though the database has it."""
    count: int
    """How many workflows there are in all."""

"""What a watch tells, and where in the database's history it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from workflow_control.domain.queries import WorkflowFilter
from workflow_control.domain.records import WorkflowRow

_XIDS: Final = 2**32
_BOOKMARK_AGE_MAX: Final = 2**30
"""In transactions. A row names the one that wrote it by its last 32 bits, of which half tell before from after."""


class Bookmark(NamedTuple):
    """A place in a database's history: all transactions before `xid` had ended."""

    history: str
    """Names the database and its timeline: after a failover, or a restore, places from before mean nothing."""
    xid: int
    """64 bits: it never wraps."""

    def is_lost(self, now: Bookmark) -> bool:
        """Tell whether nothing can be said of what happened between here and now."""
        return self.history != now.history or not 0 <= now.xid - self.xid <= _BOOKMARK_AGE_MAX

    def is_before(self, written_by: int) -> bool:
        """Tell whether a row of this `xmin` may have been written since. Valid for a bookmark that is not lost."""
        return (written_by - self.xid) % _XIDS < _XIDS // 2


class SeenWorkflow(NamedTuple):
    """A workflow's row, and the transaction that wrote it."""

    row: WorkflowRow
    written_by: int
    """The row's `xmin`: the last 32 bits."""


class ChangeKind(Enum):
    """What has happened to a workflow that is watched."""

    CHANGED = auto()
    """It was written, or selected for the first time."""
    LEFT = auto()
    """The filter does not select it any more."""
    DELETED = auto()


class WorkflowChange(NamedTuple):
    """What has happened to a workflow, and the row that it has now, unless it is deleted."""

    kind: ChangeKind
    workflow_id: str
    row: WorkflowRow | None


class Snapshot(NamedTuple):
    """A part of what is selected when a watch begins."""

    rows: Sequence[WorkflowRow]
    unchanged: Sequence[str]
    """Ids of workflows that are selected as well, and not written since the bookmark."""
    is_first: bool
    is_last: bool
    is_bookmark_lost: bool


class Changes(NamedTuple):
    """What has happened since, the latest of each workflow."""

    changes: Sequence[WorkflowChange]


class Heartbeat(NamedTuple):
    """Nothing has happened."""


class WatchEvent(NamedTuple):
    """What a watch tells at once; who goes on from `bookmark` misses nothing. None: it would begin anew."""

    event: Snapshot | Changes | Heartbeat
    bookmark: Bookmark | None


@dataclass(frozen=True, slots=True)
class WatchQuery:
    """What to watch, from where, and how often to tell that nothing has happened, in seconds."""

    filter: WorkflowFilter
    bookmark: Bookmark | None
    heartbeat_s: float

    @property
    def is_by_id(self) -> bool:
        """Whether the filter has ids, and no other condition: then what becomes of each is told, whatever it is."""
        return bool(self.filter.workflow_ids) and self.filter == WorkflowFilter(workflow_ids=self.filter.workflow_ids)

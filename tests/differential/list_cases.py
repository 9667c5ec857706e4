"""The filters that are compared, and rows of which each finds some and not all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from google.protobuf.json_format import ParseDict
from google.protobuf.struct_pb2 import Struct
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.case import DELAYS
from tests.differential.seeds import SEED_TIME_MS, Rows, family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.types_pb2 import TimeRange, WorkflowFilter
from workflowcontrol.v1.types_pb2 import WorkflowState as State


@dataclass(frozen=True, slots=True)
class ListCase:
    """One filter, in DBOS's words and in ours; `since` is the first of our releases that has it.

    `only_theirs` are the workflows that DBOS finds and we do not mean to.
    """

    name: str
    theirs: Mapping[str, object]
    ours: WorkflowFilter
    since: DbosRelease = OLDEST
    only_theirs: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.name


def _time(offset_ms: int) -> str:
    return datetime.fromtimestamp((SEED_TIME_MS + offset_ms) / 1000, UTC).isoformat()


def _range(start_ms: int, end_ms: int) -> TimeRange:
    start, end = Timestamp(), Timestamp()
    start.FromMilliseconds(SEED_TIME_MS + start_ms)
    # DBOS's ranges include their end, ours do not.
    end.FromMilliseconds(SEED_TIME_MS + end_ms + 1)
    return TimeRange(start=start, end=end)


def _id(name: str) -> str:
    return f"list-{name}/order"


_ATTRIBUTES = {"nested": {"list": ["two"]}}
_UNCLAIMED = frozenset({_id("unclaimed")})

LIST_CASES = (
    ListCase("everything", {}, WorkflowFilter()),
    ListCase("state", {"status": "PENDING"}, WorkflowFilter(states=[State.WORKFLOW_STATE_PENDING])),
    ListCase(
        "states",
        {"status": ["ERROR", "CANCELLED"]},
        WorkflowFilter(states=[State.WORKFLOW_STATE_ERROR, State.WORKFLOW_STATE_CANCELLED]),
    ),
    ListCase("name", {"name": "refund"}, WorkflowFilter(names=["refund"])),
    ListCase("version", {"app_version": "version-3"}, WorkflowFilter(application_versions=["version-3"])),
    ListCase("forks", {"forked_from": _id("error")}, WorkflowFilter(forked_from=[_id("error")])),
    ListCase("children", {"parent_workflow_id": _id("error")}, WorkflowFilter(parent_workflow_ids=[_id("error")])),
    ListCase(
        "user",
        {"user": f"user of {_id('success')}"},
        WorkflowFilter(authenticated_users=[f"user of {_id('success')}"]),
    ),
    ListCase("queue", {"queue_name": "orders"}, WorkflowFilter(queue_names=["orders"])),
    ListCase("queued", {"queues_only": True}, WorkflowFilter(queued_only=True)),
    ListCase("ids", {"workflow_ids": [_id("error"), "none"]}, WorkflowFilter(workflow_ids=[_id("error"), "none"])),
    ListCase("prefix", {"workflow_id_prefix": "list-e"}, WorkflowFilter(workflow_id_prefixes=["list-e"])),
    ListCase("wildcards", {"workflow_id_prefix": "list-1%_"}, WorkflowFilter(workflow_id_prefixes=["list-1%_"])),
    ListCase(
        "executor",
        {"executor_id": f"executor of {_id('success')}"},
        WorkflowFilter(executor_ids=[f"executor of {_id('success')}"]),
    ),
    ListCase(
        "created", {"start_time": _time(1000), "end_time": _time(2000)}, WorkflowFilter(created=_range(1000, 2000))
    ),
    ListCase(
        "states-of-queue",
        {"status": ["PENDING", "ENQUEUED"], "queue_name": "orders", "workflow_id_prefix": ["list-p", "list-s"]},
        WorkflowFilter(
            states=[State.WORKFLOW_STATE_PENDING, State.WORKFLOW_STATE_ENQUEUED],
            queue_names=["orders"],
            workflow_id_prefixes=["list-p", "list-s"],
        ),
    ),
    ListCase(
        "forked",
        {"was_forked_from": True},
        WorkflowFilter(was_forked_from=True),
        since=DbosRelease.parse("2.16.0"),
    ),
    ListCase(
        "completed",
        {"completed_after": _time(3), "completed_before": _time(3)},
        WorkflowFilter(completed=_range(3, 3)),
        since=DbosRelease.parse("2.24.0"),
    ),
    ListCase(
        "started",
        {"dequeued_after": _time(2), "dequeued_before": _time(2)},
        WorkflowFilter(started=_range(2, 2)),
        since=DbosRelease.parse("2.24.0"),
    ),
    ListCase("orphans", {"has_parent": False}, WorkflowFilter(has_parent=False), since=DbosRelease.parse("2.24.0")),
    ListCase(
        "schedule",
        {"schedule_name": "weekly"},
        WorkflowFilter(schedule_names=["weekly"]),
        since=DbosRelease.parse("2.28.0"),
    ),
    ListCase(
        "attributes",
        {"attributes": _ATTRIBUTES},
        WorkflowFilter(attributes=ParseDict(_ATTRIBUTES, Struct())),
        since=DbosRelease.parse("2.28.0"),
    ),
    ListCase(
        "application",
        {"application_name": "shop"},
        WorkflowFilter(application_names=["shop"]),
        since=DbosRelease.parse("2.31.1"),
        # DBOS counts what nobody owns as everybody's; we find what the filter names.
        only_theirs=_UNCLAIMED,
    ),
)


def list_rows(release: DbosRelease) -> Rows:
    """Returns a family in every state, and some workflows that stand out each by one column."""
    rows = Rows()
    for number, state in enumerate(WorkflowState):
        if state is not WorkflowState.DELAYED or release >= DELAYS:
            rows.extend(family(_id(state.lower()), state, created_at=SEED_TIME_MS + 1000 * number))
    peculiarities: dict[str, dict[str, Any]] = {
        "refund": {"name": "refund"},
        "versioned": {"application_version": "version-3"},
        "weekly": {"schedule_name": "weekly"},
        "forked": {"was_forked_from": True},
        "plain": {"attributes": None},
        "unclaimed": {"application_name": None},
        "1%_": {},
        "1000": {},
    }
    for name, columns in peculiarities.items():
        rows.extend(workflow(_id(name), WorkflowState.SUCCESS, **columns))
    return rows

"""What we keep, and what we cancel for its age, is what each DBOS release keeps and cancels that does so itself.

From 3.3 on DBOS's open package does neither; our rules for these schemas are those of 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import Rows, past, workflow
from tests.differential.table_diff import Difference, describe
from tests.differential.twin_runs import twin_databases
from tests.fixtures.dbos_releases import OLDEST, DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from tests.fixtures.rpc_server import running_rpc_server
from workflow_control.domain.states import ACTIVE, TERMINAL, WorkflowState
from workflowcontrol.v1.server_control_pb2 import (
    CancelOverdueWorkflowsRequest,
    CancelOverdueWorkflowsResponse,
    CollectGarbageRequest,
    CollectGarbageResponse,
)

_CUTOFF_MS: Final = 1_600_000_000_000
_CLOSED: Final = DbosRelease.parse("3.3.0")
_BY_COMPLETION: Final = DbosRelease.parse("3.0.0")
_NOTES_COMPLETION: Final = DbosRelease.parse("2.23.0")
_CLEARS_OWNER: Final = DbosRelease.parse("3.2.0")

ALWAYS = (DbosRelease.parse("2.31.1"), DbosRelease.parse("3.2.0"))


@dataclass(frozen=True)
class Case:
    """The same wish, to us and to a release."""

    name: str
    request: Message
    command: str
    arguments: dict[str, int | None]
    since: DbosRelease = OLDEST
    until: DbosRelease = _CLOSED

    def __str__(self) -> str:
        return self.name


def _timestamp(milliseconds: int) -> Timestamp:
    time = Timestamp()
    time.FromMilliseconds(milliseconds)
    return time


def _collect(name: str, cutoff_ms: int | None = None, keep_newest: int | None = None) -> Case:
    request = CollectGarbageRequest(
        request_key="key",
        cutoff_time=None if cutoff_ms is None else _timestamp(cutoff_ms),
        keep_newest=keep_newest or 0,
    )
    return Case(name, request, "collect_garbage", {"cutoff_ms": cutoff_ms, "keep_newest": keep_newest})


CASES = (
    _collect("by age", _CUTOFF_MS),
    _collect("by age, all", 2_000_000_000_000),
    _collect("by number", keep_newest=5),
    _collect("by number, fewer than that", keep_newest=1000),
    _collect("by both, of which age decides", _CUTOFF_MS, 25),
    _collect("by both, of which number decides", _CUTOFF_MS - 100, 3),
    Case(
        "overdue",
        CancelOverdueWorkflowsRequest(request_key="key", cutoff_time=_timestamp(_CUTOFF_MS)),
        "cancel_overdue",
        {"cutoff_ms": _CUTOFF_MS},
    ),
)


def _rows(release: DbosRelease) -> Rows:
    """Workflows in each state, created and ended before and after the time, in all combinations that can be."""
    rows = Rows()
    states = [each for each in WorkflowState if each is not WorkflowState.DELAYED or release >= DbosRelease((2, 16, 0))]
    for state in states:
        for created, ended in ((-20, -10), (-10, -1), (-10, 0), (-5, 5), (0, 10), (5, 15)):
            workflow_id = f"{state.lower()}{created:+}{ended:+}/order"
            times: dict[str, Any] = {"created_at": _CUTOFF_MS + created, "updated_at": _CUTOFF_MS + ended}
            completed_at = _CUTOFF_MS + ended if state in TERMINAL else None
            rows.extend(workflow(workflow_id, state, completed_at=completed_at, **times))
            rows.extend(past(workflow_id))
    # A dead letter as the Go and the Java runtime leave it.
    dead: dict[str, Any] = {"created_at": _CUTOFF_MS - 9, "updated_at": _CUTOFF_MS - 8, "completed_at": None}
    rows.extend(workflow("undated/order", WorkflowState.MAX_RECOVERY_ATTEMPTS_EXCEEDED, **dead))
    for time, name in ((_CUTOFF_MS - 1, "old"), (_CUTOFF_MS, "young")):
        rows.add("workflow_input", workflow_uuid=f"{name}/orphan", inputs="in", retention_timestamp=time)
        rows.add("workflow_output", workflow_uuid=f"{name}/orphan", output="out", retention_timestamp=time)
    created_at = {row["workflow_uuid"]: row["created_at"] for row in rows.by_table["workflow_status"]}
    for table in ("workflow_input", "workflow_output", "operation_outputs"):
        for row in rows.by_table[table]:
            # From when the workflow was created to when it ended, as DBOS writes it.
            row["retention_timestamp"] = created_at.get(row["workflow_uuid"], row["retention_timestamp"])
    if release < _BY_COMPLETION:
        for table in ("workflow_input", "workflow_output"):
            rows.by_table[table] = [r for r in rows.by_table[table] if "/order" in str(r["workflow_uuid"])]
    return rows


def test_both_leave_the_same_rows(
    dbos_release: DbosRelease,
    case: Case,
    databases: Databases,
    dbos_template: DbosTemplate,
    release_process: ReleaseProcesses,
) -> None:
    process = release_process(dbos_release)

    def ours(url: str) -> None:
        with running_rpc_server(url) as server:
            reply = server.call(case.request)
            if isinstance(case.request, CollectGarbageRequest):
                assert not reply.read(CollectGarbageResponse).continue_token
            else:
                response = reply.read(CancelOverdueWorkflowsResponse)
                assert response.cancelled_workflow_count == 5 * len(ACTIVE - _missing_states(dbos_release))
                assert not response.more

    def theirs(url: str) -> None:
        process.call(case.command, database_url=url, **case.arguments)
        process.call("disconnect", database_url=url)

    with twin_databases(databases, dbos_template(dbos_release), _rows(dbos_release)) as twins:
        differences = twins.differences(ours, theirs)

    unexplained = [difference for difference in differences if not _is_known(difference, dbos_release)]
    assert not unexplained, describe(unexplained)


def _missing_states(release: DbosRelease) -> set[WorkflowState]:
    return {WorkflowState.DELAYED} if release < DbosRelease((2, 16, 0)) else set()


def _is_known(difference: Difference, release: DbosRelease) -> bool:
    """DBOS keeps for ever what has no time of completion, and to cancel clears the owner from 3.2 on only."""
    undated = difference.group == "undated" and difference.column is None and release >= _BY_COMPLETION
    clears_owner = difference.is_in("workflow_status", "owner_xid") and difference.ours is None
    return undated or (clears_owner and release < _CLEARS_OWNER)

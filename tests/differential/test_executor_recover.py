"""RecoverExecutor leaves the rows that a DBOS worker leaves which recovers another's workflows."""

from __future__ import annotations

from typing import Final

from tests.differential.ours import serve_ours
from tests.differential.seeds import Rows, family, workflow
from tests.differential.table_diff import Difference, describe
from tests.differential.twin_runs import twin_databases
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_changes_pb2 import RecoverExecutorRequest

_CALL_TIMEOUT_S: Final = 10.0
_REENQUEUES_ALL: Final = DbosRelease.parse("2.31.1")
"""From here on (2.29.0 in fact) a worker enqueues again what it recovers; before, only what was in a queue."""
_CLEARS_OWNER: Final = DbosRelease.parse("3.2.0")

DEAD: Final = ("dead", "dead too")


def _rows(release: DbosRelease) -> Rows:
    rows = Rows()
    for state in WorkflowState:
        if state is not WorkflowState.DELAYED or release >= DbosRelease.parse("2.16.0"):
            rows.extend(family(f"{state.lower()}/order", state, executor_id="dead"))
    rows.extend(workflow("another/order", WorkflowState.PENDING, executor_id="dead too"))
    rows.extend(workflow("alive/order", WorkflowState.PENDING, executor_id="alive"))
    rows.extend(workflow("other-version/order", WorkflowState.PENDING, executor_id="dead", application_version="2"))
    rows.extend(workflow("nobodys/order", WorkflowState.PENDING, executor_id=None))
    if release >= _REENQUEUES_ALL:
        rows.extend(workflow("in-no-queue/order", WorkflowState.PENDING, executor_id="dead", queue_name=None))
    return rows


def test_recover(
    dbos_release: DbosRelease,
    databases: Databases,
    dbos_template: DbosTemplate,
    release_process: ReleaseProcesses,
) -> None:
    process = release_process(dbos_release)
    recovered: list[str] = []

    def ours(url: str) -> None:
        request = RecoverExecutorRequest(request_key="key", executor_ids=DEAD, application_version="version-1")
        with serve_ours(url) as stub:
            recovered.extend(stub.RecoverExecutor(request, timeout=_CALL_TIMEOUT_S).recovered_workflow_ids)

    def theirs(url: str) -> None:
        process.call("recover", database_url=url, executor_ids=DEAD, application_version="version-1")
        process.call("disconnect", database_url=url)

    with twin_databases(databases, dbos_template(dbos_release), _rows(dbos_release)) as twins:
        differences = twins.differences(ours, theirs)

    unexplained = [difference for difference in differences if not _is_known(difference, dbos_release)]
    assert not unexplained, describe(unexplained)
    # The known differences must show, or they are out of date.
    assert bool(differences) == (dbos_release < _CLEARS_OWNER)
    in_no_queue = ["in-no-queue/order"] if dbos_release >= _REENQUEUES_ALL else []
    assert recovered == ["another/order", *in_no_queue, "pending/order"]


def _is_known(difference: Difference, release: DbosRelease) -> bool:
    """The owner is cleared wherever there is one, which fences off a run that goes on; DBOS does so from 3.2 on. And a
    row says when it was changed; DBOS does so from 2.29 on."""
    clears_owner = difference.is_in("workflow_status", "owner_xid") and difference.ours is None
    tells_time = difference.is_in("workflow_status", "updated_at") and difference.theirs == difference.before
    return (clears_owner and release < _CLEARS_OWNER) or (tells_time and release < _REENQUEUES_ALL)

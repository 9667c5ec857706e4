"""ListWorkflows finds the workflows that DBOS's own client finds, and says the same of each."""

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

import psycopg
import pytest
from google.protobuf.json_format import MessageToDict

from tests.differential.list_cases import LIST_CASES, ListCase, list_rows
from tests.differential.ours import serve_ours
from tests.differential.seeds import insert
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from workflowcontrol.v1.types_pb2 import Workflow, WorkflowFilter, WorkflowOrder
from workflowcontrol.v1.workflow_aggregates_pb2 import CountWorkflowsRequest
from workflowcontrol.v1.workflow_control_pb2 import ListWorkflowsRequest
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub

CASES = LIST_CASES

_PAGE_SIZE = 7
"""Small and odd, so that a listing has many pages."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Both sides, connected to the same database."""

    ours: WorkflowControlStub
    theirs: Callable[..., list[dict[str, object]]]


@pytest.fixture(scope="module")
def listing(
    databases: Databases, dbos_template: DbosTemplate, release_process: ReleaseProcesses
) -> Iterator[Callable[[DbosRelease], Listing]]:
    """Connects both sides to a database of a release; at most once for each."""
    with ExitStack() as stack:

        @functools.cache
        def connect(release: DbosRelease) -> Listing:
            url = databases.create(dbos_template(release))
            stack.callback(databases.drop, url)
            with psycopg.connect(url) as connection:
                insert(connection, list_rows(release))

            def theirs(**filters: object) -> list[dict[str, object]]:
                listed = release_process(release).call("list_workflows", database_url=url, **filters)
                assert isinstance(listed, list)
                return listed

            stack.callback(release_process(release).call, "disconnect", database_url=url)
            return Listing(stack.enter_context(serve_ours(url)), theirs)

        yield connect


def _list_ours(stub: WorkflowControlStub, workflow_filter: WorkflowFilter) -> Iterator[Workflow]:
    token = ""
    while True:
        request = ListWorkflowsRequest(
            filter=workflow_filter,
            order=WorkflowOrder.WORKFLOW_ORDER_CREATED_ASC,
            page_size=_PAGE_SIZE,
            page_token=token,
        )
        response = stub.ListWorkflows(request, timeout=10)
        yield from response.workflows
        token = response.next_page_token
        if not token:
            return


def test_list(dbos_release: DbosRelease, case: ListCase, listing: Callable[[DbosRelease], Listing]) -> None:
    sides = listing(dbos_release)

    ours = [found.workflow_id for found in _list_ours(sides.ours, case.ours)]
    theirs = {str(found["workflow_id"]) for found in sides.theirs(**case.theirs)}

    assert set(ours) == theirs - case.only_theirs
    assert len(ours) == len(set(ours))
    # A case that finds nothing, or where its exception does not show, proves nothing.
    assert ours
    assert case.only_theirs <= theirs

    counted = sides.ours.CountWorkflows(CountWorkflowsRequest(filter=case.ours), timeout=10)
    assert counted.count == len(ours)


def test_list_order(dbos_release: DbosRelease, listing: Callable[[DbosRelease], Listing]) -> None:
    sides = listing(dbos_release)

    ours = [found.create_time.ToMilliseconds() for found in _list_ours(sides.ours, WorkflowFilter())]
    theirs = [found["created_at"] for found in sides.theirs()]

    assert ours == theirs


def test_list_fields(dbos_release: DbosRelease, listing: Callable[[DbosRelease], Listing]) -> None:
    sides = listing(dbos_release)

    ours = {found.workflow_id: _our_fields(found) for found in _list_ours(sides.ours, WorkflowFilter())}

    theirs = {str(found["workflow_id"]): found for found in sides.theirs()}
    shared = {name for found in theirs.values() for name in found} & {name for found in ours.values() for name in found}
    assert _only(ours, shared) == _only(theirs, shared)


def _only(shown: dict[str, dict[str, object]], names: set[str]) -> dict[str, dict[str, object]]:
    return {key: {name: fields.get(name) for name in names} for key, fields in shown.items()}


def _our_fields(shown: Workflow) -> dict[str, object]:
    """Returns our reading of a workflow by the names that DBOS gives to its fields."""
    return {
        "status": shown.raw_status,
        "name": shown.name or None,
        "class_name": shown.class_name or None,
        "config_name": shown.config_name or None,
        "authenticated_user": shown.authenticated_user or None,
        "assumed_role": shown.assumed_role or None,
        "authenticated_roles": list(shown.authenticated_roles) or None,
        "created_at": shown.create_time.ToMilliseconds(),
        "updated_at": shown.update_time.ToMilliseconds(),
        "queue_name": shown.queue_name or None,
        "executor_id": shown.executor_id or None,
        "app_version": shown.application_version or None,
        "app_id": shown.application_id or None,
        "workflow_timeout_ms": shown.timeout.ToMilliseconds() if shown.HasField("timeout") else None,
        "workflow_deadline_epoch_ms": _milliseconds(shown, "deadline"),
        "deduplication_id": shown.deduplication_id or None,
        "priority": shown.priority,
        "queue_partition_key": shown.queue_partition_key or None,
        "forked_from": shown.forked_from or None,
        "was_forked_from": shown.was_forked_from,
        "parent_workflow_id": shown.parent_workflow_id or None,
        "dequeued_at": _milliseconds(shown, "start_time"),
        "delay_until_epoch_ms": _milliseconds(shown, "delay_until"),
        "completed_at": _milliseconds(shown, "complete_time"),
        "attributes": MessageToDict(shown.attributes) if shown.HasField("attributes") else None,
        "schedule_name": shown.schedule_name or None,
        "application_name": shown.application_name or None,
        "recovery_attempts": shown.recovery_attempts,
    }


def _milliseconds(
    shown: Workflow, field: Literal["start_time", "complete_time", "delay_until", "deadline"]
) -> int | None:
    return getattr(shown, field).ToMilliseconds() if shown.HasField(field) else None

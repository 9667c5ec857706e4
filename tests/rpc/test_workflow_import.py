"""ImportWorkflow: what is written, and what is refused of what others might send."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.differential.seeds import family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, fresh
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_export_pb2 import (
    ExportedEvent,
    ExportedEventHistory,
    ExportedNotification,
    ExportedOperationOutput,
    ExportedStreamEntry,
    ExportedWorkflow,
    ExportedWorkflowStatus,
    ExportWorkflowRequest,
    ExportWorkflowResponse,
    ImportWorkflowRequest,
    ImportWorkflowResponse,
)

Change = Callable[[ExportedWorkflow], object]


def exported(workflow_id: str, *descendant_ids: str, **columns: object) -> ExportedWorkflow:
    """Returns a workflow with one record of each kind, and its children."""
    return ExportedWorkflow(
        workflow_status=ExportedWorkflowStatus(
            workflow_uuid=workflow_id, status="SUCCESS", name="order", created_at=1, updated_at=2
        ),
        operation_outputs=[ExportedOperationOutput(function_id=1, function_name="step")],
        workflow_events=[ExportedEvent(key="progress", value="1")],
        workflow_events_history=[ExportedEventHistory(function_id=1, key="progress", value="1")],
        streams=[ExportedStreamEntry(key="log", value="1", function_id=1)],
        notifications=[
            ExportedNotification(message_uuid=f"message to {workflow_id}", message="1", created_at_epoch_ms=1)
        ],
        descendants=[
            ExportedWorkflow(
                workflow_status=ExportedWorkflowStatus(
                    workflow_uuid=each, parent_workflow_id=workflow_id, status="PENDING", name="child"
                )
            )
            for each in descendant_ids
        ],
    )


def request(exported_workflow: ExportedWorkflow) -> ImportWorkflowRequest:
    return ImportWorkflowRequest(request_key=fresh("key"), exported_workflow=exported_workflow)


def import_(server: RunningServer, exported_workflow: ExportedWorkflow) -> ImportWorkflowResponse:
    return server.call(request(exported_workflow)).read(ImportWorkflowResponse)


def count(server: RunningServer, workflow_id: str) -> int:
    rows = server.execute(
        "SELECT count(*) AS n FROM dbos.workflow_status WHERE starts_with(workflow_uuid, %s)", workflow_id
    )
    return int(rows[0]["n"])


def test_what_was_exported_and_deleted_is_back(rpc_server: RunningServer) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(family(workflow_id, WorkflowState.SUCCESS))
    export = ExportWorkflowRequest(workflow_id=workflow_id, include_children=True, include_messages=True)
    before = rpc_server.call(export).read(ExportWorkflowResponse)
    rpc_server.execute("DELETE FROM dbos.workflow_status WHERE starts_with(workflow_uuid, %s)", workflow_id)

    # Where steps and payloads have no foreign key, those of the deleted are still there, and must not be in the way.
    response = import_(rpc_server, before.exported_workflow)

    descendants = before.exported_workflow.descendants
    assert list(response.imported_descendant_ids) == sorted(d.workflow_status.workflow_uuid for d in descendants)
    assert response.imported_descendant_count == len(descendants) == 3
    assert response.imported_step_count == sum(
        len(each.operation_outputs) for each in (before.exported_workflow, *descendants)
    )
    assert rpc_server.call(export).read(ExportWorkflowResponse) == before


@pytest.mark.parametrize("taken", ["", "/child-1", "/child-2"])
def test_a_taken_id_is_named_and_nothing_is_written(rpc_server: RunningServer, taken: str) -> None:
    workflow_id = fresh("order")
    rpc_server.seed(workflow(f"{workflow_id}{taken}", WorkflowState.PENDING))
    whole = exported(workflow_id, f"{workflow_id}/child-1", f"{workflow_id}/child-2")
    refusal = rpc_server.call(request(whole)).refused("WORKFLOW_EXISTS")
    assert refusal.metadata == {"workflow_id": f"{workflow_id}{taken}"}
    assert count(rpc_server, workflow_id) == 1


def test_a_held_deduplication_id_is_named_and_nothing_is_written(rpc_server: RunningServer) -> None:
    holder, workflow_id = fresh("holder"), fresh("order")
    rpc_server.seed(workflow(holder, WorkflowState.ENQUEUED, deduplication_id=workflow_id))
    whole = exported(workflow_id)
    whole.workflow_status.MergeFrom(
        ExportedWorkflowStatus(status="ENQUEUED", queue_name="orders", deduplication_id=workflow_id)
    )
    refusal = rpc_server.call(request(whole)).refused("DEDUPLICATED")
    assert refusal.metadata["holder_workflow_id"] == holder
    assert count(rpc_server, workflow_id) == 0
    whole.workflow_status.queue_name = "another queue"
    assert import_(rpc_server, whole).workflow.deduplication_id == workflow_id


def test_the_id_of_another_workflows_message_is_refused_where_it_must_be_unique(
    rpc_server: RunningServer, dbos_release: DbosRelease
) -> None:
    one, other = fresh("order"), fresh("order")
    import_(rpc_server, exported(one))
    whole = exported(other)
    whole.notifications[0].message_uuid = f"message to {one}"
    if dbos_release == OLDEST:
        import_(rpc_server, whole)
    else:
        refusal = rpc_server.call(request(whole)).refused("INVALID_REQUEST")
        assert refusal.fields == ["exported_workflow.notifications"]
        assert count(rpc_server, other) == 0


LOST_ON_THE_OLDEST: dict[str, tuple[str, Change]] = {
    "a format": ("serialization", lambda e: e.workflow_status.MergeFrom(_status(serialization="portable_json"))),
    "a step's format": ("serialization", lambda e: _set(e.operation_outputs[0], serialization="js_superjson")),
    "an event's format": ("serialization", lambda e: _set(e.workflow_events[0], serialization="")),
    "a former event's format": ("serialization", lambda e: _set(e.workflow_events_history[0], serialization="x")),
    "a stream's format": ("serialization", lambda e: _set(e.streams[0], serialization="x")),
    "a message's format": ("serialization", lambda e: _set(e.notifications[0], serialization="x")),
    "the state": ("delay", lambda e: e.workflow_status.MergeFrom(_status(status="DELAYED"))),
    "a delay": ("delay", lambda e: e.workflow_status.MergeFrom(_status(delay_until_epoch_ms=1))),
    "forks": ("was_forked_from", lambda e: e.workflow_status.MergeFrom(_status(was_forked_from=True))),
    "a rate": ("registered_queues", lambda e: e.workflow_status.MergeFrom(_status(rate_limited=True))),
    "its end": ("completed_at", lambda e: e.workflow_status.MergeFrom(_status(completed_at=0))),
    "attributes": ("attributes", lambda e: e.workflow_status.MergeFrom(_status(attributes="{}"))),
    "a schedule": ("schedule_name", lambda e: e.workflow_status.MergeFrom(_status(schedule_name="nightly"))),
    "debouncing": ("debounce", lambda e: e.workflow_status.MergeFrom(_status(is_debounced=True))),
    "a debouncing's end": ("debounce", lambda e: e.workflow_status.MergeFrom(_status(debounce_deadline_epoch_ms=1))),
    "an application": ("application_name", lambda e: e.workflow_status.MergeFrom(_status(application_name="shop"))),
    "a step's application": ("application_name", lambda e: _set(e.operation_outputs[0], application_name="shop")),
    "receipt": ("notification_consumed", lambda e: _set(e.notifications[0], consumed=True)),
    "a receiver": ("rewind", lambda e: _set(e.notifications[0], consumed_by_function_id=1)),
}


def _status(**columns: object) -> ExportedWorkflowStatus:
    return ExportedWorkflowStatus(**columns)  # type: ignore[arg-type]  # Named by the tests.


def _set(record: object, **columns: object) -> None:
    for name, value in columns.items():
        setattr(record, name, value)


@pytest.mark.parametrize("what", LOST_ON_THE_OLDEST)
def test_the_oldest_schema_refuses_what_it_cannot_keep(
    oldest_rpc_server: RunningServer, newest_rpc_server: RunningServer, what: str
) -> None:
    capability, change = LOST_ON_THE_OLDEST[what]
    workflow_id = fresh("order")
    whole = exported(workflow_id)
    change(whole)
    refusal = oldest_rpc_server.call(request(whole)).refused("SCHEMA_CAPABILITY_MISSING")
    assert refusal.metadata["capability"] == capability
    assert count(oldest_rpc_server, workflow_id) == 0
    import_(newest_rpc_server, whole)
    assert count(newest_rpc_server, workflow_id) == 1


def test_the_oldest_schema_takes_what_it_says_by_saying_nothing(oldest_rpc_server: RunningServer) -> None:
    workflow_id = fresh("order")
    whole = exported(workflow_id)
    nothing = {"was_forked_from": False, "rate_limited": False, "is_debounced": False, "attributes": "null"}
    whole.workflow_status.MergeFrom(_status(serialization="py_pickle", **nothing))
    _set(whole.notifications[0], consumed=False, serialization="py_pickle")
    import_(oldest_rpc_server, whole)
    assert count(oldest_rpc_server, workflow_id) == 1


WRONG: dict[str, tuple[str, Change]] = {
    "an unknown state": ("workflow_status.status", lambda e: _set(e.workflow_status, status="success")),
    "no JSON": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes="{")),
    "NaN": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes='{"a": NaN}')),
    "an escaped NUL": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes='{"a": "\\u0000"}')),
    "half a character": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes='["\\ud800"]')),
    "a number beyond all": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes="1e200000")),
    "many digits": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes="9" * 200_000)),
    "too deep": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes="[" * 500 + "]" * 500)),
    "much too deep": ("workflow_status.attributes", lambda e: _set(e.workflow_status, attributes="[" * 10**5)),
    "no roles": ("workflow_status.authenticated_roles", lambda e: _set(e.workflow_status, authenticated_roles="x")),
    "a role that is no name": (
        "workflow_status.authenticated_roles",
        lambda e: _set(e.workflow_status, authenticated_roles="[1]"),
    ),
    "a long class": ("workflow_status.class_name", lambda e: _set(e.workflow_status, class_name="x" * 256)),
    "a long queue": ("workflow_status.queue_name", lambda e: _set(e.workflow_status, queue_name="x" * 1025)),
    "a negative time": ("workflow_status.created_at", lambda e: _set(e.workflow_status, created_at=-1)),
    "a negative priority": ("workflow_status.priority", lambda e: _set(e.workflow_status, priority=-1)),
    "a negative step": ("operation_outputs[0].function_id", lambda e: _set(e.operation_outputs[0], function_id=-1)),
    "a negative offset": ("streams[0].offset", lambda e: _set(e.streams[0], offset=-1)),
    "a step twice": ("operation_outputs[1].function_id", lambda e: e.operation_outputs.append(e.operation_outputs[0])),
    "an event twice": ("workflow_events[1].key", lambda e: e.workflow_events.append(e.workflow_events[0])),
    "a former event twice": (
        "workflow_events_history[1].key",
        lambda e: e.workflow_events_history.append(e.workflow_events_history[0]),
    ),
    "an entry twice": ("streams[1].offset", lambda e: e.streams.append(e.streams[0])),
    "a message twice": ("notifications[1].message_uuid", lambda e: e.notifications.append(e.notifications[0])),
    "a long key": ("workflow_events[0].key", lambda e: _set(e.workflow_events[0], key="x" * 1025)),
    "a descendant without an id": (
        "descendants[0].workflow_status.workflow_uuid",
        lambda e: e.descendants[0].workflow_status.ClearField("workflow_uuid"),
    ),
    "a descendant twice": (
        "descendants[1].workflow_status.workflow_uuid",
        lambda e: e.descendants.append(e.descendants[0]),
    ),
    "a descendant of nobody here": (
        "descendants[0].workflow_status.parent_workflow_id",
        lambda e: _set(e.descendants[0].workflow_status, parent_workflow_id="elsewhere"),
    ),
    "a descendant's descendant within": (
        "descendants[0].descendants",
        lambda e: e.descendants[0].descendants.add(workflow_status=_status(workflow_uuid="deep")),
    ),
    "a descendant's message twice": (
        "descendants[0].notifications[0].message_uuid",
        lambda e: e.descendants[0].notifications.append(e.notifications[0]),
    ),
    "a deduplication id twice": ("descendants[0].workflow_status.deduplication_id", lambda e: _hold_the_same(e)),
}


def _hold_the_same(whole: ExportedWorkflow) -> None:
    for each in (whole, whole.descendants[0]):
        each.workflow_status.MergeFrom(_status(queue_name="orders", deduplication_id="same"))


@pytest.mark.parametrize("what", WRONG)
def test_what_dbos_or_postgres_would_choke_on_is_named(newest_rpc_server: RunningServer, what: str) -> None:
    field, change = WRONG[what]
    workflow_id = fresh("order")
    whole = exported(workflow_id, f"{workflow_id}/child")
    change(whole)
    refusal = newest_rpc_server.call(request(whole)).refused("INVALID_REQUEST")
    assert refusal.fields == [f"exported_workflow.{field}"]
    assert count(newest_rpc_server, workflow_id) == 0


def test_what_is_large_and_odd_but_can_be_is_kept(rpc_server: RunningServer) -> None:
    workflow_id = fresh("order")
    child = f"{workflow_id}/{'x' * 1000}"
    whole = exported(workflow_id, child)
    whole.workflow_status.MergeFrom(
        _status(
            class_name="é" * 255,
            queue_name="q" * 1024,
            deduplication_id="d" * 1024,
            authenticated_roles="null",
            inputs="gASV\n" * 10_000,
            priority=2**31 - 1,
            recovery_attempts=2**63 - 1,
            workflow_timeout_ms=2**63 - 1,
        )
    )
    _set(whole.workflow_events[0], key="k" * 1024, value="")
    response = import_(rpc_server, whole)
    assert list(response.imported_descendant_ids) == [child]
    export = ExportWorkflowRequest(workflow_id=workflow_id, include_children=True, include_messages=True)
    back = rpc_server.call(export).read(ExportWorkflowResponse).exported_workflow
    for column in ("class_name", "queue_name", "deduplication_id", "inputs", "priority", "recovery_attempts"):
        assert getattr(back.workflow_status, column) == getattr(whole.workflow_status, column)
    assert back.workflow_events == whole.workflow_events

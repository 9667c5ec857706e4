"""What the tests of all mutations need to know of each: a new mutation needs one entry in CASES, and no test more.

The tests find the mutations in the descriptors; one that the server has and that is not here is a KeyError. Each test
works on a subject, an id of its own, and asks for:

- a request that succeeds: `parameters`, with the subject written into the field `subject`, on the rows that `rows`
  makes in the state `state`; the id of a workflow that the mutation `creates` has no rows;
- the states in which it succeeds, `states`, and the reason of the error in all others, `forbidden`;
- a request that fails, and whose key keeps the error: `failure`, for a workflow that is not there, or, where it
  `creates`, for what `rows` makes;
- another valid value of every parameter, down to the fields of nested messages: `others` has those, by path, that
  cannot be made from the type of the field;
- what a request can never have: `never`;
- whether the journal names a workflow (`names_workflow`), what the response's `workflow` says (`tells`), what only a
  preview answers (`foretells`), and since which release of DBOS its schema can (`since`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Final

from google.protobuf.duration_pb2 import Duration
from google.protobuf.struct_pb2 import Struct, Value
from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.seeds import SEED_TIME_MS, Rows, family, workflow
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from workflow_control.domain.retention import Place, Stage
from workflow_control.domain.states import ACTIVE, WorkflowState
from workflow_control.rpc.page_tokens import PageTokens
from workflowcontrol.v1.bulk_control_pb2 import BulkCancel, StartBulkOperationRequest
from workflowcontrol.v1.queue_control_pb2 import RateLimit
from workflowcontrol.v1.schedule_control_pb2 import RUNTIME_PYTHON, NewSchedule
from workflowcontrol.v1.types_pb2 import WORKFLOW_STATE_ENQUEUED
from workflowcontrol.v1.workflow_changes_pb2 import UpdateWorkflowAttributesRequest
from workflowcontrol.v1.workflow_export_pb2 import (
    ExportedEvent,
    ExportedEventHistory,
    ExportedNotification,
    ExportedOperationOutput,
    ExportedStreamEntry,
    ExportedWorkflow,
    ExportedWorkflowStatus,
)
from workflowcontrol.v1.workflow_messages_pb2 import OutgoingMessage
from workflowcontrol.v1.workflow_start_pb2 import DUPLICATE_POLICY_RETURN_EXISTING, Debounce, NewWorkflow

_NEW_YEAR_S: Final = 1_735_689_600
"""That of 2025: before the tests' time of now."""
_DAY_S: Final = 86_400

ALL_STATES: Final = frozenset(WorkflowState)
TERMINAL: Final = ALL_STATES - ACTIVE


class Tells(Enum):
    """What `workflow` in a mutation's response says."""

    AFTER = auto()
    """The workflow as a read right after finds it."""
    BEFORE = auto()
    """The workflow as it was: afterwards it is gone."""
    NOTHING = auto()
    """The response has no such field."""


@dataclass(frozen=True, slots=True, eq=False)
class MutationCase:
    """What is to be known of one mutation; the module's docstring says what for."""

    parameters: Mapping[str, object] = field(default_factory=dict)
    subject: str = "workflow_id"
    """The path of the field that has the subject, such as `workflows.workflow_id` of a repeated message's first."""
    also_subject: str = ""
    """The path of a further field that has the subject, since it must be another for each."""
    rows: Callable[[str, WorkflowState], Rows] = family
    state: WorkflowState = WorkflowState.PENDING
    states: frozenset[WorkflowState] = ALL_STATES
    """If all: of the future, too."""
    forbidden: str = ""
    creates: bool = False
    failure: str | None = "WORKFLOW_NOT_FOUND"
    """None: nothing about the database's state makes it fail."""
    failure_names: str = "workflow_id"
    """Under which name the failure's metadata has the subject."""
    others: Mapping[str, Callable[[Any], None]] = field(default_factory=dict)
    """By path: changes that field in the message that has it."""
    never: frozenset[str] = frozenset()
    """Paths of messages that a request of this mutation must not have."""
    names_workflow: bool = True
    foretells: frozenset[str] = frozenset()
    """Fields of the response that only a preview has."""
    tells: Tells = Tells.AFTER
    since: DbosRelease = OLDEST


def _release(version: str) -> DbosRelease:
    return DbosRelease.parse(version)


def _struct(**members: str) -> Struct:
    struct = Struct()
    struct.update(members)
    return struct


def _new_workflow() -> NewWorkflow:
    return NewWorkflow(
        workflow_name="order",
        queue_name="orders",
        args=[Value(string_value="book")],
        # On the oldest schema nothing else can be written.
        python_native=True,
    )


def _exported_workflow() -> ExportedWorkflow:
    return ExportedWorkflow(
        workflow_status=ExportedWorkflowStatus(status="SUCCESS", name="order", created_at=1, updated_at=2),
        operation_outputs=[ExportedOperationOutput(function_id=1, function_name="step-1")],
        workflow_events=[ExportedEvent(key="progress", value="1")],
        workflow_events_history=[ExportedEventHistory(function_id=1, key="progress", value="1")],
        streams=[ExportedStreamEntry(key="log", value="1", function_id=1)],
        notifications=[ExportedNotification(message="1", created_at_epoch_ms=1)],
    )


def _debounce(target: Debounce, **fields: object) -> None:
    """Makes a `Debounce` that is valid with these fields."""
    target.CopyFrom(Debounce(**{"key": "key", "period": Duration(seconds=1), **fields}))  # type: ignore[arg-type]  # Typed by name only.


def _new_workflows_others(path: str) -> Mapping[str, Callable[[Any], None]]:
    return {
        f"{path}.duplicate_policy": lambda new: new.MergeFrom(
            NewWorkflow(deduplication_id="another", duplicate_policy=DUPLICATE_POLICY_RETURN_EXISTING)
        ),
        f"{path}.debounce.key": _debounce,
        f"{path}.debounce.period": lambda debounce: _debounce(debounce, period=Duration(seconds=2)),
        f"{path}.debounce.timeout": lambda debounce: _debounce(debounce, timeout=Duration(seconds=9)),
    }


def _executors_family(executor_id: str, state: WorkflowState) -> Rows:
    return family(executor_id, state, executor_id=executor_id)


def _registered_queue(name: str, state: WorkflowState) -> Rows:
    rows = family(name, state)
    rows.add("queues", name=name, concurrency=3, created_at=SEED_TIME_MS, updated_at=SEED_TIME_MS + 1)
    return rows


def _registered_version(name: str, state: WorkflowState) -> Rows:
    rows = family(name, state)
    times = {"version_timestamp": SEED_TIME_MS, "created_at": SEED_TIME_MS}
    rows.add("application_versions", version_id=f"id of {name}", version_name=name, **times)
    return rows


def _rate_limit(target: RateLimit, **fields: object) -> None:
    """Makes a `RateLimit` that is valid with these fields."""
    target.CopyFrom(RateLimit(**{"max_starts": 5, "period": Duration(seconds=1), **fields}))  # type: ignore[arg-type]  # Typed by name only.


def _rate_limit_others(path: str) -> Mapping[str, Callable[[Any], None]]:
    return {
        f"{path}.max_starts": lambda limit: _rate_limit(limit, max_starts=6),
        f"{path}.period": lambda limit: _rate_limit(limit, period=Duration(seconds=2)),
    }


def _owned_family(application_name: str, state: WorkflowState) -> Rows:
    return family(application_name, state, application_name=application_name)


def _ancient_workflow(subject: str, state: WorkflowState) -> Rows:
    """From long before the rows of all other tests, which are not to be touched."""
    return workflow(f"ancient-{subject}", state, created_at=1000, updated_at=2000)


def _go_on(request: Any) -> None:  # noqa: ANN401 - Any message of the contract.
    request.ClearField("age")
    tokens = PageTokens("CollectGarbage", field="continue_token")
    request.continue_token = tokens.write_place(Place(3_600_000, Stage.COMPLETED, 5, "order-1"))


_EPOCHS_FIRST_HOUR: Final = Timestamp(seconds=3600)
_FIFTY_YEARS: Final = Duration(seconds=50 * 365 * 86_400)
_AGES: Final[Mapping[str, Callable[[Any], None]]] = {
    "cutoff_time": lambda request: request.cutoff_time.FromSeconds(7200),
    "older_than": lambda request: request.older_than.CopyFrom(_FIFTY_YEARS),
}


def _registered_schedule(name: str, state: WorkflowState) -> Rows:
    rows = _registered_version(name, state)
    definition = {"workflow_name": "order", "schedule": "0 0 12 * * *", "cron_timezone": "UTC", "context": "gAROLg=="}
    rows.add("workflow_schedules", schedule_id=f"id of {name}", schedule_name=name, **definition)
    return rows


def _new_schedule() -> NewSchedule:
    return NewSchedule(workflow_name="order", cron="0 0 12 * * *", runtime=RUNTIME_PYTHON)


def _schedule_others(path: str) -> Mapping[str, Callable[[Any], None]]:
    return {
        f"{path}cron": lambda schedule: setattr(schedule, "cron", "0 0 13 * * *"),
        f"{path}time_zone": lambda schedule: setattr(schedule, "time_zone", "Europe/Paris"),
    }


def _schedule_case(**parts: Any) -> MutationCase:  # noqa: ANN401 - The fields of MutationCase.
    """Returns the case of a mutation of a schedule that is there."""
    return MutationCase(
        **{
            "subject": "schedule_name",
            "rows": _registered_schedule,
            "failure": "SCHEDULE_NOT_FOUND",
            "failure_names": "schedule_name",
            "names_workflow": False,
            "tells": Tells.NOTHING,
            "since": _release("2.13.0"),
            **parts,
        }
    )


def _bulk_operation(operation_id: str, state: WorkflowState, bulk_state: str = "RUNNING") -> Rows:
    """An operation that has found a workflow, and not changed it; `state` is that of workflows beside."""
    rows = family(operation_id, state)
    rows.control = {
        "bulk_operation": [
            {
                "operation_id": operation_id,
                "scope": "default",
                "request_key": f"key of {operation_id}",
                "action": "CancelWorkflow",
                "definition": f"\\x{StartBulkOperationRequest(cancel=BulkCancel()).SerializeToString().hex()}",
                "by_filter": False,
                "actor": "somebody",
                "reason": "some reason",
                "item_ttl": "7 days",
                "state": bulk_state,
                "created_before": SEED_TIME_MS,
                "selection_complete": True,
                "found_count": 1,
                "applied_count": 0,
                "unchanged_count": 0,
                "failed_count": 0,
                "fencing_token": 1,
                "created_at": "2023-11-14T00:00:00Z",
                "updated_at": "2023-11-14T00:00:01Z",
            }
        ],
        "bulk_operation_item": [{"operation_id": operation_id, "number": 1, "workflow_id": operation_id}],
    }
    return rows


def _paused_bulk_operation(operation_id: str, state: WorkflowState) -> Rows:
    return _bulk_operation(operation_id, state, "PAUSED")


def _bulk_case(rows: Callable[[str, WorkflowState], Rows] = _bulk_operation) -> MutationCase:
    return MutationCase(
        subject="operation_id",
        rows=rows,
        failure="BULK_OPERATION_NOT_FOUND",
        failure_names="operation_id",
        names_workflow=False,
        tells=Tells.NOTHING,
    )


CASES: Final[Mapping[str, MutationCase]] = {
    "CancelWorkflow": MutationCase({"cascade": True}),
    "ResumeWorkflow": MutationCase(),
    "ForkWorkflow": MutationCase({"start_step": 3}),
    "RestartWorkflow": MutationCase(),
    "RewindWorkflow": MutationCase(
        {"start_step": 3},
        state=WorkflowState.ERROR,
        states=TERMINAL,
        forbidden="WORKFLOW_NOT_TERMINAL",
        since=_release("3.1.0"),
    ),
    "DeleteWorkflow": MutationCase({"cascade": True, "force": True}, tells=Tells.BEFORE),
    "SetWorkflowDelay": MutationCase(
        {"delay": Duration(seconds=60)},
        state=WorkflowState.DELAYED,
        states=frozenset({WorkflowState.DELAYED}),
        forbidden="WORKFLOW_NOT_DELAYED",
        since=_release("2.16.0"),
    ),
    "SetWorkflowPriority": MutationCase(
        {"priority": 5},
        state=WorkflowState.ENQUEUED,
        states=frozenset({WorkflowState.ENQUEUED, WorkflowState.DELAYED}),
        forbidden="WORKFLOW_NOT_QUEUED",
    ),
    "UpdateWorkflowAttributes": MutationCase(
        {"attributes": _struct(colour="red"), "mode": UpdateWorkflowAttributesRequest.MODE_MERGE},
        since=_release("2.25.0"),
    ),
    "StartWorkflow": MutationCase(
        {"workflow": _new_workflow()},
        subject="workflow.workflow_id",
        creates=True,
        failure="WORKFLOW_EXISTS",
        others=_new_workflows_others("workflow"),
    ),
    "StartWorkflows": MutationCase(
        {"workflows": [_new_workflow()]},
        subject="workflows.workflow_id",
        creates=True,
        failure="WORKFLOW_EXISTS",
        others=_new_workflows_others("workflows"),
        never=frozenset({"workflows.debounce"}),
        names_workflow=False,
        tells=Tells.NOTHING,
    ),
    "SendMessage": MutationCase(
        {"message": Value(string_value="paid"), "python_native": True}, subject="destination_id", tells=Tells.NOTHING
    ),
    "SendMessages": MutationCase(
        {"messages": [OutgoingMessage(message=Value(string_value="paid"))], "python_native": True},
        subject="messages.destination_id",
        names_workflow=False,
        tells=Tells.NOTHING,
    ),
    "ImportWorkflow": MutationCase(
        {"exported_workflow": _exported_workflow()},
        subject="exported_workflow.workflow_status.workflow_uuid",
        also_subject="exported_workflow.notifications.message_uuid",
        creates=True,
        failure="WORKFLOW_EXISTS",
        others={
            "exported_workflow.workflow_status.status": lambda row: setattr(row, "status", "ERROR"),
            "exported_workflow.workflow_status.attributes": lambda row: setattr(row, "attributes", '{"colour": "red"}'),
            "exported_workflow.workflow_status.authenticated_roles": lambda row: setattr(
                row, "authenticated_roles", '["clerk"]'
            ),
            "exported_workflow.descendants": lambda exported: exported.descendants.add(
                workflow_status=ExportedWorkflowStatus(
                    workflow_uuid=f"{exported.workflow_status.workflow_uuid}/child",
                    parent_workflow_id=exported.workflow_status.workflow_uuid,
                )
            ),
        },
    ),
    "RecoverExecutor": MutationCase(
        subject="executor_ids",
        rows=_executors_family,
        failure=None,
        names_workflow=False,
        tells=Tells.NOTHING,
    ),
    "RegisterQueue": MutationCase(
        {"concurrency": 10},
        subject="queue_name",
        failure=None,
        others={
            **_rate_limit_others("rate_limit"),
            **_rate_limit_others("partition_rate_limit"),
        },
        names_workflow=False,
        tells=Tells.NOTHING,
        since=_release("2.20.0"),
    ),
    "DeleteQueue": MutationCase(
        subject="queue_name",
        rows=_registered_queue,
        failure="QUEUE_NOT_FOUND",
        failure_names="queue_name",
        names_workflow=False,
        tells=Tells.NOTHING,
        since=_release("2.20.0"),
    ),
    "SetLatestApplicationVersion": MutationCase(
        subject="application_version",
        rows=_registered_version,
        failure="APPLICATION_VERSION_NOT_FOUND",
        failure_names="application_version",
        names_workflow=False,
        tells=Tells.NOTHING,
        since=_release("2.14.0"),
    ),
    "RenameApplication": MutationCase(
        {"new_application_name": "store"},
        subject="application_name",
        rows=_owned_family,
        failure=None,
        names_workflow=False,
        tells=Tells.NOTHING,
        since=_release("2.30.0"),
    ),
    "CollectGarbage": MutationCase(
        {"cutoff_time": _EPOCHS_FIRST_HOUR},
        subject="reason",
        rows=_ancient_workflow,
        failure=None,
        others={
            **_AGES,
            "keep_newest": lambda request: setattr(request, "keep_newest", 1_000_000),
            "continue_token": _go_on,
        },
        names_workflow=False,
        tells=Tells.NOTHING,
    ),
    "CancelOverdueWorkflows": MutationCase(
        {"cutoff_time": _EPOCHS_FIRST_HOUR},
        subject="reason",
        rows=_ancient_workflow,
        failure=None,
        others=_AGES,
        names_workflow=False,
        tells=Tells.NOTHING,
    ),
    "CreateSchedule": _schedule_case(
        parameters={"schedule": _new_schedule()},
        subject="schedule.schedule_name",
        creates=True,
        failure="SCHEDULE_EXISTS",
        others=_schedule_others("schedule."),
    ),
    "ApplySchedules": _schedule_case(
        parameters={"schedules": [_new_schedule()]},
        subject="schedules.schedule_name",
        failure=None,
        others=_schedule_others("schedules."),
    ),
    "UpdateSchedule": _schedule_case(parameters={"cron": "0 30 12 * * *"}, others=_schedule_others("")),
    "PauseSchedule": _schedule_case(),
    "ResumeSchedule": _schedule_case(),
    "DeleteSchedule": _schedule_case(),
    "TriggerSchedule": _schedule_case(),
    "BackfillSchedule": _schedule_case(
        parameters={
            "start_time": Timestamp(seconds=_NEW_YEAR_S),
            "end_time": Timestamp(seconds=_NEW_YEAR_S + 3 * _DAY_S),
        },
        others={
            "start_time": lambda request: request.start_time.FromSeconds(_NEW_YEAR_S + _DAY_S),
            "end_time": lambda request: request.end_time.FromSeconds(_NEW_YEAR_S + 4 * _DAY_S),
            "worker_time_zone": lambda request: setattr(request, "worker_time_zone", "Europe/Paris"),
        },
    ),
    "StartBulkOperation": MutationCase(
        {"cancel": BulkCancel()},
        subject="workflow_ids.workflow_ids",
        failure=None,
        others={"filter.states": lambda selection: selection.states.append(WORKFLOW_STATE_ENQUEUED)},
        names_workflow=False,
        tells=Tells.NOTHING,
        foretells=frozenset({"preview"}),
    ),
    "PauseBulkOperation": _bulk_case(),
    "ContinueBulkOperation": _bulk_case(_paused_bulk_operation),
    "StopBulkOperation": _bulk_case(),
}

"""Python client for workflow-control, the gRPC control plane for DBOS durable workflows.

    from workflow_control_client import WorkflowControlClient

    with WorkflowControlClient("localhost:50051") as client:
        response = client.cancel_workflow("order-7", request_key="cancel-order-7")

`WorkflowControlClient` is for code without asyncio, `AsyncWorkflowControlClient` for asyncio. Requests and responses
are the messages of `workflowcontrol.v1`; those that callers handle most are here as well.
"""

from workflow_control_client.async_client import AsyncPager, AsyncWorkflowControlClient
from workflow_control_client.calls import time_range
from workflow_control_client.channel import (
    DEFAULT_CALL_TIMEOUT,
    DEFAULT_MAX_MESSAGE_BYTES,
    SERVICE_CONFIG,
    channel_options,
)
from workflow_control_client.client import Pager, WorkflowControlClient
from workflow_control_client.errors import (
    AccessDenied,
    ApplicationVersionNotFound,
    BackfillTooLarge,
    DatabaseUnavailable,
    DeadlineExceeded,
    Deduplicated,
    EventNotFound,
    FieldViolation,
    InternalError,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    Overloaded,
    OwnedByAnotherApplication,
    QueueNotFound,
    QueuePartitionKeyRequired,
    RequestInProgress,
    RequestKeyError,
    RequestKeyParametersDiffer,
    RequestKeyReused,
    RequestNotFound,
    RequestPreviouslyFailed,
    ResponseTooLarge,
    ScheduleContextPrivate,
    ScheduleExists,
    ScheduleNotFound,
    ScheduleRuntimeUnknown,
    ScheduleTimesUncertain,
    SchemaCapabilityMissing,
    ShuttingDown,
    StepNotFound,
    TransientError,
    Unavailable,
    Unimplemented,
    WorkflowControlError,
    WorkflowExists,
    WorkflowLocked,
    WorkflowNotDelayed,
    WorkflowNotFound,
    WorkflowNotQueued,
    WorkflowNotTerminal,
    WrongState,
)
from workflow_control_client.message_calls import outgoing_message
from workflow_control_client.schedule_calls import json_value, new_schedule
from workflow_control_client.start_calls import debounce, new_workflow
from workflow_control_client.waiting_calls import until_changed, until_complete
from workflow_control_client.watched_workflows import WatchedWorkflows
from workflowcontrol.v1.queue_control_pb2 import RateLimit, RegisterQueueRequest
from workflowcontrol.v1.schedule_control_pb2 import NewSchedule, Runtime, Schedule, ScheduledRun, ScheduleState
from workflowcontrol.v1.types_pb2 import (
    Workflow,
    WorkflowFilter,
    WorkflowOrder,
    WorkflowState,
    WorkflowStep,
    WorkflowView,
)
from workflowcontrol.v1.workflow_aggregates_pb2 import StepGrouping, WorkflowGrouping
from workflowcontrol.v1.workflow_changes_pb2 import UpdateWorkflowAttributesRequest
from workflowcontrol.v1.workflow_events_pb2 import ReadStreamResponse, WorkflowEvent
from workflowcontrol.v1.workflow_export_pb2 import ExportedWorkflow
from workflowcontrol.v1.workflow_messages_pb2 import OutgoingMessage, WorkflowMessage
from workflowcontrol.v1.workflow_tree_pb2 import WorkflowRelation
from workflowcontrol.v1.workflow_waiting_pb2 import AwaitMode, WatchWorkflowsResponse, WorkflowChange, WorkflowWait

__all__ = [
    "DEFAULT_CALL_TIMEOUT",
    "DEFAULT_MAX_MESSAGE_BYTES",
    "SERVICE_CONFIG",
    "AccessDenied",
    "ApplicationVersionNotFound",
    "AsyncPager",
    "AsyncWorkflowControlClient",
    "AwaitMode",
    "BackfillTooLarge",
    "DatabaseUnavailable",
    "DeadlineExceeded",
    "Deduplicated",
    "EventNotFound",
    "ExportedWorkflow",
    "FieldViolation",
    "InternalError",
    "InvalidRequest",
    "NewSchedule",
    "NotFound",
    "OutcomeUnknown",
    "OutgoingMessage",
    "Overloaded",
    "OwnedByAnotherApplication",
    "Pager",
    "QueueNotFound",
    "QueuePartitionKeyRequired",
    "RateLimit",
    "ReadStreamResponse",
    "RegisterQueueRequest",
    "RequestInProgress",
    "RequestKeyError",
    "RequestKeyParametersDiffer",
    "RequestKeyReused",
    "RequestNotFound",
    "RequestPreviouslyFailed",
    "ResponseTooLarge",
    "Runtime",
    "Schedule",
    "ScheduleContextPrivate",
    "ScheduleExists",
    "ScheduleNotFound",
    "ScheduleRuntimeUnknown",
    "ScheduleState",
    "ScheduleTimesUncertain",
    "ScheduledRun",
    "SchemaCapabilityMissing",
    "ShuttingDown",
    "StepGrouping",
    "StepNotFound",
    "TransientError",
    "Unavailable",
    "Unimplemented",
    "UpdateWorkflowAttributesRequest",
    "WatchWorkflowsResponse",
    "WatchedWorkflows",
    "Workflow",
    "WorkflowChange",
    "WorkflowControlClient",
    "WorkflowControlError",
    "WorkflowEvent",
    "WorkflowExists",
    "WorkflowFilter",
    "WorkflowGrouping",
    "WorkflowLocked",
    "WorkflowMessage",
    "WorkflowNotDelayed",
    "WorkflowNotFound",
    "WorkflowNotQueued",
    "WorkflowNotTerminal",
    "WorkflowOrder",
    "WorkflowRelation",
    "WorkflowState",
    "WorkflowStep",
    "WorkflowView",
    "WorkflowWait",
    "WrongState",
    "channel_options",
    "debounce",
    "json_value",
    "new_schedule",
    "new_workflow",
    "outgoing_message",
    "time_range",
    "until_changed",
    "until_complete",
]

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
    DatabaseUnavailable,
    DeadlineExceeded,
    EventNotFound,
    FieldViolation,
    InternalError,
    InvalidRequest,
    NotFound,
    OutcomeUnknown,
    Overloaded,
    RequestInProgress,
    RequestKeyError,
    RequestKeyParametersDiffer,
    RequestKeyReused,
    RequestNotFound,
    RequestPreviouslyFailed,
    ResponseTooLarge,
    SchemaCapabilityMissing,
    ShuttingDown,
    StepNotFound,
    TransientError,
    Unavailable,
    Unimplemented,
    WorkflowControlError,
    WorkflowExists,
    WorkflowLocked,
    WorkflowNotFound,
)
from workflowcontrol.v1.types_pb2 import (
    Workflow,
    WorkflowFilter,
    WorkflowOrder,
    WorkflowState,
    WorkflowStep,
    WorkflowView,
)
from workflowcontrol.v1.workflow_aggregates_pb2 import StepGrouping, WorkflowGrouping
from workflowcontrol.v1.workflow_events_pb2 import ReadStreamResponse, WorkflowEvent
from workflowcontrol.v1.workflow_messages_pb2 import WorkflowMessage
from workflowcontrol.v1.workflow_tree_pb2 import WorkflowRelation

__all__ = [
    "DEFAULT_CALL_TIMEOUT",
    "DEFAULT_MAX_MESSAGE_BYTES",
    "SERVICE_CONFIG",
    "AccessDenied",
    "AsyncPager",
    "AsyncWorkflowControlClient",
    "DatabaseUnavailable",
    "DeadlineExceeded",
    "EventNotFound",
    "FieldViolation",
    "InternalError",
    "InvalidRequest",
    "NotFound",
    "OutcomeUnknown",
    "Overloaded",
    "Pager",
    "ReadStreamResponse",
    "RequestInProgress",
    "RequestKeyError",
    "RequestKeyParametersDiffer",
    "RequestKeyReused",
    "RequestNotFound",
    "RequestPreviouslyFailed",
    "ResponseTooLarge",
    "SchemaCapabilityMissing",
    "ShuttingDown",
    "StepGrouping",
    "StepNotFound",
    "TransientError",
    "Unavailable",
    "Unimplemented",
    "Workflow",
    "WorkflowControlClient",
    "WorkflowControlError",
    "WorkflowEvent",
    "WorkflowExists",
    "WorkflowFilter",
    "WorkflowGrouping",
    "WorkflowLocked",
    "WorkflowMessage",
    "WorkflowNotFound",
    "WorkflowOrder",
    "WorkflowRelation",
    "WorkflowState",
    "WorkflowStep",
    "WorkflowView",
    "channel_options",
    "time_range",
]

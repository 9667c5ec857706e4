"""Every way in which a call can fail, as one tree.

    ControlError
    ├── DefinitiveError                 the request itself is at fault: a mutation's key keeps the outcome
    │   ├── WorkflowNotFound
    │   ├── WorkflowExists
    │   ├── StepNotFound
    │   ├── Deduplicated
    │   ├── QueuePartitionKeyRequired
    │   ├── WorkflowNotTerminal
    │   ├── WorkflowNotDelayed
    │   ├── WorkflowNotQueued
    │   ├── QueueNotFound
    │   ├── ApplicationVersionNotFound
    │   ├── OwnedByAnotherApplication
    │   ├── BulkOperationNotFound
    │   ├── BulkOperationExists
    │   ├── BulkOperationEnded
    │   ├── ScheduleNotFound
    │   ├── ScheduleExists
    │   ├── ScheduleRuntimeUnknown
    │   ├── ScheduleContextPrivate
    │   ├── ScheduleTimesUncertain
    │   └── BackfillTooLarge
    ├── RejectedError                   refused before anything was looked at or taken
    │   ├── InvalidRequest
    │   ├── RequestNotFound
    │   ├── EventNotFound
    │   ├── SchemaCapabilityMissing
    │   └── ResponseTooLarge
    ├── RequestKeyError                 what the key's stored outcome answers
    │   ├── RequestKeyReused
    │   ├── RequestKeyParametersDiffer
    │   └── RequestPreviouslyFailed
    └── TransientError                  says nothing about the request: nothing is stored, retry with the same key
        ├── RequestInProgress
        ├── WorkflowLocked
        ├── DatabaseUnavailable
        ├── Overloaded
        ├── OutcomeUnknown
        ├── DeadlineExceeded
        ├── ShuttingDown
        └── InternalError

Each class names its canonical code and its reason; `rpc/status.py` turns them into a gRPC status with details. The
message and the metadata of an error go to the client as they are: whatever must not, such as a driver's text, belongs
into `__cause__`, which only the log shows.
"""

from __future__ import annotations

from workflow_control.domain.errors.base import Code, ControlError
from workflow_control.domain.errors.definitive import (
    ApplicationVersionNotFound,
    BulkOperationEnded,
    BulkOperationExists,
    BulkOperationNotFound,
    Deduplicated,
    DefinitiveError,
    OwnedByAnotherApplication,
    QueueNotFound,
    QueuePartitionKeyRequired,
    StepNotFound,
    WorkflowExists,
    WorkflowNotDelayed,
    WorkflowNotFound,
    WorkflowNotQueued,
    WorkflowNotTerminal,
    restore_definitive_error,
)
from workflow_control.domain.errors.rejected import (
    EventNotFound,
    FieldViolation,
    InvalidRequest,
    RejectedError,
    RequestNotFound,
    ResponseTooLarge,
    SchemaCapabilityMissing,
)
from workflow_control.domain.errors.request_keys import (
    RequestKeyError,
    RequestKeyParametersDiffer,
    RequestKeyReused,
    RequestPreviouslyFailed,
)
from workflow_control.domain.errors.schedules import (
    BackfillTooLarge,
    ScheduleContextPrivate,
    ScheduleExists,
    ScheduleNotFound,
    ScheduleRuntimeUnknown,
    ScheduleTimesUncertain,
)
from workflow_control.domain.errors.transient import (
    DatabaseUnavailable,
    DeadlineExceeded,
    InternalError,
    OutcomeUnknown,
    Overloaded,
    RequestInProgress,
    ShuttingDown,
    TransientError,
    WorkflowLocked,
)

__all__ = [
    "ApplicationVersionNotFound",
    "BackfillTooLarge",
    "BulkOperationEnded",
    "BulkOperationExists",
    "BulkOperationNotFound",
    "Code",
    "ControlError",
    "DatabaseUnavailable",
    "DeadlineExceeded",
    "Deduplicated",
    "DefinitiveError",
    "EventNotFound",
    "FieldViolation",
    "InternalError",
    "InvalidRequest",
    "OutcomeUnknown",
    "Overloaded",
    "OwnedByAnotherApplication",
    "QueueNotFound",
    "QueuePartitionKeyRequired",
    "RejectedError",
    "RequestInProgress",
    "RequestKeyError",
    "RequestKeyParametersDiffer",
    "RequestKeyReused",
    "RequestNotFound",
    "RequestPreviouslyFailed",
    "ResponseTooLarge",
    "ScheduleContextPrivate",
    "ScheduleExists",
    "ScheduleNotFound",
    "ScheduleRuntimeUnknown",
    "ScheduleTimesUncertain",
    "SchemaCapabilityMissing",
    "ShuttingDown",
    "StepNotFound",
    "TransientError",
    "WorkflowExists",
    "WorkflowLocked",
    "WorkflowNotDelayed",
    "WorkflowNotFound",
    "WorkflowNotQueued",
    "WorkflowNotTerminal",
    "restore_definitive_error",
]

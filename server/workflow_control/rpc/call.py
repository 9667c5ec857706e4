"""What is known of the call that the current task serves: set by the interceptors, filled in by the servicers, read by
the log.
"""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass, field

from workflow_control.domain.errors import ControlError


@dataclass(slots=True)
class Call:
    """One call of an RPC."""

    method: str
    """The full name, such as `workflowcontrol.v1.WorkflowControl/CancelWorkflow`."""
    request_id: str
    attempt: int = 1
    """From 1; more when gRPC's own retry repeats the call."""
    started: float = field(default_factory=time.monotonic)
    """On the clock of `time.monotonic()`, in seconds; likewise `deadline`."""
    deadline: float = 0.0
    """When the answer must be ready: a little before the caller stops waiting, or the server's own limit is reached."""
    request_key: str | None = None
    workflow_id: str | None = None
    replayed: bool | None = None
    trace_id: str | None = None
    """In hexadecimal, likewise `span_id`; None while nobody traces."""
    span_id: str | None = None
    error: ControlError | None = None
    """What the call was answered with, if not with OK."""


CURRENT_CALL: ContextVar[Call] = ContextVar("current_call")
"""gRPC serves each call in a task of its own, hence in a context of its own."""

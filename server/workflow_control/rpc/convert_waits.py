"""What calls wait for, as the domain has it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Final, NamedTuple

from google.protobuf.duration_pb2 import Duration

from workflow_control.domain.waiting import AwaitMode, Until, UntilChanged, UntilComplete
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.convert_times import read_delay_ms, read_time_ms, read_timeout_ms
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import workflow_waiting_pb2 as waits

_ANSWER_SHARE: Final = 0.1
_ANSWER_SECONDS_MAX: Final = 0.5
"""What is kept of a call's time for reading what it answers with when nothing has happened."""

_MODES: Final[Mapping[int, AwaitMode]] = {
    waits.AWAIT_MODE_UNSPECIFIED: AwaitMode.ALL,
    waits.AWAIT_MODE_ALL: AwaitMode.ALL,
    waits.AWAIT_MODE_FIRST: AwaitMode.FIRST,
}


_HEARTBEAT_MS_MIN: Final = 1000
_HEARTBEAT_MS_MAX: Final = 600_000


class Wait(NamedTuple):
    """What to wait for, and for how many seconds at most; None: as long as the call may take."""

    until: Until
    timeout_s: float | None


def read_wait(checks: FieldChecks, message: waits.WorkflowWait) -> Wait:
    """Return what `GetWorkflow` waits for."""
    knows_time = message.HasField("after_update_time")
    after = read_time_ms(checks, "wait.after_update_time", message.after_update_time) if knows_time else None
    until: Until = UntilComplete()
    match message.until:
        case waits.WorkflowWait.UNTIL_CHANGED:
            until = UntilChanged(after)
        case waits.WorkflowWait.UNTIL_COMPLETE:
            if knows_time:
                checks.add("wait.after_update_time", "Is for UNTIL_CHANGED only.")
        case waits.WorkflowWait.UNTIL_UNSPECIFIED:
            checks.add("wait.until", "Is required.")
        case number:
            checks.add("wait.until", f"Is {number}, which names nothing to wait for.")
    return Wait(until, read_timeout_s(checks, "wait.timeout", message.timeout if message.HasField("timeout") else None))


def read_mode(checks: FieldChecks, mode: int) -> AwaitMode:
    """Return how many of the workflows are waited for."""
    if mode not in _MODES:
        checks.add("mode", f"Is {mode}, which names no mode.")
    return _MODES.get(mode, AwaitMode.ALL)


def read_heartbeat_s(checks: FieldChecks, field: str, value: Duration) -> float:
    """Return how often a watch says that nothing has happened, in seconds."""
    heartbeat_ms = read_timeout_ms(checks, field, value)
    if heartbeat_ms is not None and not _HEARTBEAT_MS_MIN <= heartbeat_ms <= _HEARTBEAT_MS_MAX:
        checks.add(field, f"Is {heartbeat_ms / 1000:g} s; 1 second to 10 minutes are allowed.")
    return (heartbeat_ms or _HEARTBEAT_MS_MIN) / 1000


def read_timeout_s(checks: FieldChecks, field: str, value: Duration | None) -> float | None:
    """Return for how many seconds to wait at most; None: as long as the call may take."""
    return None if value is None else read_delay_ms(checks, field, value) / 1000


def give_up(timeout_s: float | None) -> float:
    """Return when to answer with what there is, on the clock of `time.monotonic()`."""
    now = time.monotonic()
    remaining = CURRENT_CALL.get().deadline - now
    latest = now + remaining - min(remaining * _ANSWER_SHARE, _ANSWER_SECONDS_MAX)
    return latest if timeout_s is None else min(latest, now + timeout_s)

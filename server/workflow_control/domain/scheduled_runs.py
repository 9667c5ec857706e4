"""The runs of schedules: their ids and their arguments, as the runtime that runs them makes both.

Ids are what keeps a run from being started twice, so they must be the owner's to the letter: those of dbos 3.4.0
`_scheduler.py`, dbos-transact-ts 5.3 `scheduler.ts`, dbos-transact-golang 1.8 `scheduler.go`, and dbos-transact-java
1.1 `SchedulerService.java`.
"""

from __future__ import annotations

import json
import pickle
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from workflow_control.domain.changes import StoredArguments
from workflow_control.domain.payloads import PORTABLE_JSON
from workflow_control.domain.payloads.pickle_program import follow_pickle
from workflow_control.domain.schedule_contexts import (
    GO_JSON,
    SUPERJSON,
    read_java_value,
    read_superjson_value,
    runtime_of_context,
    write_superjson,
)
from workflow_control.domain.schedules import Runtime
from workflow_control.domain.written_values import PICKLE_PROTOCOL, write_pickled, write_portable


class PrivateContext(ValueError):
    """A context that cannot be made part of arguments without the application's code."""


def run_ids(runtime: Runtime, schedule_name: str, time: datetime, worker_zone: ZoneInfo | None) -> Sequence[str]:
    """Return the ids that the runtime gives to the run at `time`, which is in the schedule's zone; first the one by
    which its workers start it.

    DBOS for Go writes times in the zone of the worker's process, `worker_zone`; its clients do so in the zone of
    whoever asks, so that nothing can be said about theirs. Those of Java name the zone beside the offset.
    """
    prefix = f"sched-{schedule_name}-"
    match runtime:
        case Runtime.PYTHON:
            return (prefix + time.isoformat(),)
        case Runtime.TYPESCRIPT:
            return (prefix + _instant(time, "milliseconds"),)
        case Runtime.GO:
            return (prefix + time.astimezone(worker_zone).isoformat().replace("+00:00", "Z"),)
        case Runtime.JAVA:
            live = prefix + _java_time(time)
            return (live, f"{live}[{time.tzinfo}]")


def trigger_id(runtime: Runtime, schedule_name: str, now: datetime) -> str:
    """Return the id of a run that is triggered now."""
    time = now.isoformat() if runtime is Runtime.PYTHON else _instant(now, "milliseconds")
    return f"sched-{schedule_name}-trigger-{time}"


def write_run_arguments(runtime: Runtime, time: datetime, context: str) -> StoredArguments:
    """Return a run's arguments, the time and the context, as the runtime's own client stores them, or in the portable
    format where its workers make the same of it. Raises PrivateContext."""
    owner = runtime_of_context(context)
    if owner not in (None, runtime):
        raise PrivateContext("another runtime's")
    try:
        return _ARGUMENTS[runtime](time, context)
    except (ValueError, TypeError, RecursionError) as error:
        raise PrivateContext("no plain value") from error


def _python_arguments(time: datetime, context: str) -> StoredArguments:
    value = follow_pickle(b64decode(context, validate=True))
    # What is no plain value raises TypeError here, so that the pickle below has nothing but that and the time.
    write_pickled(value)
    data = pickle.dumps({"args": (time, value), "kwargs": {}}, PICKLE_PROTOCOL)
    # DBOS names no format here (dbos 3.4.0 `_scheduler.py:_enqueue_scheduled_workflow`).
    return StoredArguments(b64encode(data).decode(), None)


def _typescript_arguments(time: datetime, context: str) -> StoredArguments:
    arguments = [_instant(time, "milliseconds"), read_superjson_value(context)]
    return StoredArguments(write_superjson(arguments, {"0": ["Date"]}), SUPERJSON)


def _go_arguments(time: datetime, context: str) -> StoredArguments:
    text = write_portable({"scheduled_time": _instant(time, "auto"), "context": json.loads(context)})
    return StoredArguments(b64encode(text.encode()).decode(), GO_JSON)


def _java_arguments(time: datetime, context: str) -> StoredArguments:
    # DBOS for Java reads a string as the Instant that the workflow takes, and makes the same classes of the context.
    arguments = [_instant(time, "auto"), read_java_value(json.loads(context))]
    text = write_portable({"namedArgs": {}, "positionalArgs": arguments})
    return StoredArguments(text, PORTABLE_JSON)


_ARGUMENTS: Final[Mapping[Runtime, Callable[[datetime, str], StoredArguments]]] = {
    Runtime.PYTHON: _python_arguments,
    Runtime.TYPESCRIPT: _typescript_arguments,
    Runtime.GO: _go_arguments,
    Runtime.JAVA: _java_arguments,
}


def _instant(time: datetime, timespec: str) -> str:
    """Return a time in UTC, as JavaScript, Go and Java print it."""
    return time.astimezone(UTC).isoformat(timespec=timespec).replace("+00:00", "Z")


def _java_time(time: datetime) -> str:
    """Return a time as Java's OffsetDateTime prints it: without seconds where they are zero."""
    text = time.replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return text[:16] + text[19:] if time.second == 0 else text

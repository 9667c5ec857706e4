"""Queues, application versions and owners: requests as commands, rows and outcomes as messages."""

from __future__ import annotations

import re
from typing import Final

from workflow_control.domain.commands import (
    DeleteQueue,
    RegisterQueue,
    RenameApplication,
    SetLatestApplicationVersion,
)
from workflow_control.domain.outcomes import (
    DeleteQueueOutcome,
    DeleteResult,
    LatestVersionOutcome,
    RegisterQueueOutcome,
    RegisterResult,
    RenameApplicationOutcome,
)
from workflow_control.domain.queues import (
    POLLING_INTERVAL_MS,
    RESERVED_QUEUE_PREFIX,
    Queue,
    QueueLimits,
    QueueRow,
    RateLimit,
    VersionRow,
)
from workflow_control.rpc.convert_times import read_timeout_ms, write_duration, write_milliseconds
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import queue_control_pb2 as messages

_APPLICATION_NAME: Final = re.compile(r"[a-z0-9_-]{3,255}")
"""DBOS 3.4.0 `_dbos_config.py:_is_valid_app_name`, within our limit on names."""

_REGISTER_RESULTS: Final = {
    result: messages.RegisterQueueResponse.Outcome.Value(f"OUTCOME_{result.name}") for result in RegisterResult
}
_DELETE_RESULTS: Final = {
    result: messages.DeleteQueueResponse.Outcome.Value(f"OUTCOME_{result.name}") for result in DeleteResult
}
_POLICIES: Final = {
    messages.RegisterQueueRequest.CONFLICT_POLICY_UNSPECIFIED: True,
    messages.RegisterQueueRequest.CONFLICT_POLICY_ALWAYS_UPDATE: True,
    messages.RegisterQueueRequest.CONFLICT_POLICY_NEVER_UPDATE: False,
}
"""Whether a queue that exists is updated."""


def read_register_queue(checks: FieldChecks, request: messages.RegisterQueueRequest, scope: str) -> RegisterQueue:
    """Return the command of a `RegisterQueue` call."""
    checks.name("queue_name", request.queue_name)
    if request.queue_name.startswith(RESERVED_QUEUE_PREFIX):
        checks.add("queue_name", f"Must not begin with {RESERVED_QUEUE_PREFIX!r}: such queues are DBOS's own.")
    if request.conflict_policy not in _POLICIES:
        checks.add("conflict_policy", f"{request.conflict_policy} is no ConflictPolicy.")
    limits = QueueLimits(
        concurrency=_read_limit(checks, "concurrency", request.concurrency),
        worker_concurrency=_read_limit(checks, "worker_concurrency", request.worker_concurrency),
        rate_limit=_read_rate_limit(checks, "rate_limit", request.rate_limit)
        if request.HasField("rate_limit")
        else None,
        partitioned=request.partitioned,
        partition_concurrency=_read_limit(checks, "partition_concurrency", request.partition_concurrency),
        partition_worker_concurrency=_read_limit(
            checks, "partition_worker_concurrency", request.partition_worker_concurrency
        ),
        partition_rate_limit=_read_rate_limit(checks, "partition_rate_limit", request.partition_rate_limit)
        if request.HasField("partition_rate_limit")
        else None,
        polling_interval_ms=(
            read_timeout_ms(checks, "polling_interval", request.polling_interval)
            if request.HasField("polling_interval")
            else None
        )
        or POLLING_INTERVAL_MS,
    )
    _check_order(checks, limits)
    return RegisterQueue(
        request.queue_name,
        limits,
        checks.optional_name("application_name", request.application_name),
        _POLICIES.get(request.conflict_policy, True),
    )


def read_delete_queue(checks: FieldChecks, request: messages.DeleteQueueRequest, scope: str) -> DeleteQueue:
    """Return the command of a `DeleteQueue` call."""
    checks.name("queue_name", request.queue_name)
    return DeleteQueue(request.queue_name, request.allow_missing)


def read_set_latest_application_version(
    checks: FieldChecks, request: messages.SetLatestApplicationVersionRequest, scope: str
) -> SetLatestApplicationVersion:
    """Return the command of a `SetLatestApplicationVersion` call."""
    checks.name("application_version", request.application_version)
    return SetLatestApplicationVersion(
        request.application_version, checks.optional_name("application_name", request.application_name)
    )


def read_rename_application(
    checks: FieldChecks, request: messages.RenameApplicationRequest, scope: str
) -> RenameApplication:
    """Return the command of a `RenameApplication` call."""
    application_name = checks.optional_name("application_name", request.application_name)
    new_name = request.new_application_name
    if new_name and _APPLICATION_NAME.fullmatch(new_name) is None:
        checks.add(
            "new_application_name", "Must be 3 to 255 lower-case letters, digits, dashes and underscores of ASCII."
        )
    else:
        checks.name("new_application_name", new_name)
    if application_name is None and not request.adopt_unclaimed:
        checks.add("application_name", "Is required without adopt_unclaimed.")
    elif application_name is not None and application_name == new_name:
        checks.add("new_application_name", "Is the name that the application has.")
    return RenameApplication(application_name, new_name, request.adopt_unclaimed)


def write_register_queue(outcome: RegisterQueueOutcome) -> messages.RegisterQueueResponse:
    """Return the response of a `RegisterQueue` call."""
    response = messages.RegisterQueueResponse(outcome=_REGISTER_RESULTS[outcome.result])
    _write_registration(response.registration, outcome.queue)
    return response


def write_delete_queue(outcome: DeleteQueueOutcome) -> messages.DeleteQueueResponse:
    """Return the response of a `DeleteQueue` call."""
    response = messages.DeleteQueueResponse(outcome=_DELETE_RESULTS[outcome.result])
    if outcome.queue is not None:
        _write_registration(response.registration, outcome.queue)
    return response


def write_latest_version(outcome: LatestVersionOutcome) -> messages.SetLatestApplicationVersionResponse:
    """Return the response of a `SetLatestApplicationVersion` call."""
    response = messages.SetLatestApplicationVersionResponse(application_version=application_version(outcome.version))
    write_milliseconds(response.previous_latest_time, outcome.previous_timestamp)
    return response


def write_rename_application(outcome: RenameApplicationOutcome) -> messages.RenameApplicationResponse:
    """Return the response of a `RenameApplication` call."""
    rows = outcome.rows
    return messages.RenameApplicationResponse(
        queue_count=rows.queues,
        schedule_count=rows.schedules,
        version_count=rows.versions,
        workflow_count=rows.workflows,
        step_count=rows.steps,
        complete=outcome.complete,
    )


def queue(found: Queue) -> messages.Queue:
    """Return a queue."""
    message = messages.Queue(queue_name=found.name)
    if found.registration is not None:
        _write_registration(message.registration, found.registration)
    depth = found.depth
    message.depth.enqueued = depth.enqueued
    message.depth.pending = depth.pending
    message.depth.delayed = depth.delayed
    if depth.oldest_wait_ms is not None:
        write_duration(message.depth.oldest_wait, depth.oldest_wait_ms)
    return message


def application_version(row: VersionRow) -> messages.ApplicationVersion:
    """Return an application version."""
    message = messages.ApplicationVersion(
        application_version=row.name, application_name="" if row.application_name is None else row.application_name
    )
    write_milliseconds(message.latest_time, row.timestamp)
    write_milliseconds(message.create_time, row.created_at)
    return message


def _read_limit(checks: FieldChecks, field: str, value: int) -> int | None:
    return checks.not_negative(field, value) or None


def _read_rate_limit(checks: FieldChecks, field: str, value: messages.RateLimit) -> RateLimit | None:
    if value.max_starts <= 0:
        checks.add(f"{field}.max_starts", f"Is {value.max_starts}; must be at least 1.")
    if not value.HasField("period"):
        checks.add(f"{field}.period", "Is required.")
        return None
    period_ms = read_timeout_ms(checks, f"{field}.period", value.period)
    return None if period_ms is None else RateLimit(value.max_starts, period_ms)


def _check_order(checks: FieldChecks, limits: QueueLimits) -> None:
    """Check what of the limits cannot be more than another (dbos 3.4.0 `_queue.py:_validate_queue`)."""
    for field, smaller, bounds in (
        ("worker_concurrency", limits.worker_concurrency, {"concurrency": limits.concurrency}),
        ("partition_concurrency", limits.partition_concurrency, {"concurrency": limits.concurrency}),
        (
            "partition_worker_concurrency",
            limits.partition_worker_concurrency,
            {
                "concurrency": limits.concurrency,
                "worker_concurrency": limits.worker_concurrency,
                "partition_concurrency": limits.partition_concurrency,
            },
        ),
    ):
        for bound_field, bound in bounds.items():
            # What is negative is noted already.
            if smaller is not None and bound is not None and smaller > bound > 0:
                checks.add(field, f"Is {smaller}; must be at most {bound_field}, which is {bound}.")
                break


def _write_registration(message: messages.QueueRegistration, row: QueueRow) -> None:
    # Present even if all of it is empty.
    message.SetInParent()
    message.concurrency = row.concurrency or 0
    message.worker_concurrency = row.worker_concurrency or 0
    _write_rate_limit(message.rate_limit, row.rate_limit_max, row.rate_limit_period_s)
    message.partitioned = row.partitioned
    message.partition_concurrency = row.partition_concurrency or 0
    message.partition_worker_concurrency = row.partition_worker_concurrency or 0
    _write_rate_limit(message.partition_rate_limit, row.partition_rate_limit_max, row.partition_rate_limit_period_s)
    write_duration(message.polling_interval, round(row.polling_interval_s * 1000))
    message.priority_enabled = row.priority_enabled
    message.application_name = row.application_name or ""
    write_milliseconds(message.create_time, row.created_at)
    write_milliseconds(message.update_time, row.updated_at)


def _write_rate_limit(message: messages.RateLimit, max_starts: int | None, period_s: float | None) -> None:
    if max_starts is not None and period_s is not None:
        message.max_starts = max_starts
        write_duration(message.period, round(period_s * 1000))

"""The calls that end what has lasted long enough: methods of both clients, declared once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from workflow_control_client.calls import Call, Rounds, duration, request_key_or_new, timestamp
from workflowcontrol.v1.server_control_pb2 import (
    CancelOverdueWorkflowsRequest,
    CancelOverdueWorkflowsResponse,
    CollectGarbageRequest,
    CollectGarbageResponse,
)

_SERVICE: Final = "/workflowcontrol.v1.ServerControl"


def collect_garbage(
    *,
    cutoff_time: datetime | None = None,
    older_than: timedelta | None = None,
    keep_newest: int = 0,
    max_workflows: int = 0,
    continue_token: str = "",
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[CollectGarbageResponse]:
    """Delete workflows that ended long ago, with all that belongs to them, as many as one transaction holds.

        response = client.collect_garbage(older_than=timedelta(days=30), validate_only=True)
        print(response.deleted_workflow_count, "would go first")

    `collect_all_garbage` repeats it until nothing is left.

    Args:
        cutoff_time: What ended before this instant. Not with `older_than`.
        older_than: What ended longer ago than this.
        keep_newest: What ended before this many that ended last; 0: no matter how many there are.
        max_workflows: How many to delete at most; 0: the server's default.
        continue_token: Where to go on: the last response's; then neither a time nor a number.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ValueError: Both times are given, or one without a time zone.
        WorkflowControlError: Any of its subclasses.
    """
    if cutoff_time is not None and older_than is not None:
        raise ValueError("cutoff_time and older_than exclude each other")
    request_key = request_key_or_new(request_key)
    request = CollectGarbageRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        cutoff_time=timestamp(cutoff_time),
        older_than=duration(older_than),
        keep_newest=keep_newest,
        max_workflows=max_workflows,
        continue_token=continue_token,
    )
    return Call(f"{_SERVICE}/CollectGarbage", request, CollectGarbageResponse.FromString, call_timeout, request_key)


def collect_all_garbage(
    *,
    cutoff_time: datetime | None = None,
    older_than: timedelta | None = None,
    keep_newest: int = 0,
    max_workflows: int = 0,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    call_timeout: timedelta | None = None,
) -> Rounds[CollectGarbageResponse]:
    """Delete all workflows that ended long ago, transaction by transaction, as the responses are iterated.

        for response in client.collect_all_garbage(older_than=timedelta(days=30), request_key="nightly-2026-01-31"):
            print(response.deleted_workflow_count)

    The first call has the request key, and each later one that key with its number: who stops in the middle, or dies,
    and repeats it with the same key, goes on where it was.

    Args:
        cutoff_time, older_than, keep_newest, max_workflows: As for `collect_garbage`; the last for each call.
        request_key, reason, request_ttl, call_timeout: As for every mutation; see the client. The key must leave room
            for a number: 190 bytes.

    Raises, while iterating:
        ValueError: Both times are given, or one without a time zone; before iterating.
        WorkflowControlError: Any of its subclasses.
    """
    first = collect_garbage(
        cutoff_time=cutoff_time,
        older_than=older_than,
        keep_newest=keep_newest,
        max_workflows=max_workflows,
        request_key=request_key,
        reason=reason,
        request_ttl=request_ttl,
        call_timeout=call_timeout,
    )

    def after(response: CollectGarbageResponse, number: int) -> Call[CollectGarbageResponse] | None:
        if not response.continue_token:
            return None
        return collect_garbage(
            max_workflows=max_workflows,
            continue_token=response.continue_token,
            request_key=f"{first.request_key}/{number}",
            reason=reason,
            request_ttl=request_ttl,
            call_timeout=call_timeout,
        )

    return Rounds(first, after)


def cancel_overdue_workflows(
    *,
    cutoff_time: datetime | None = None,
    older_than: timedelta | None = None,
    application_names: Iterable[str] = (),
    max_workflows: int = 0,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[CancelOverdueWorkflowsResponse]:
    """Cancel workflows that were created long ago and have not ended, as many as one transaction holds.

        client.cancel_overdue_workflows(older_than=timedelta(days=2), reason="Nobody waits that long.")

    `cancel_all_overdue_workflows` repeats it until nothing is left.

    Args:
        cutoff_time: What was created at this instant or before. Not with `older_than`.
        older_than: What was created longer ago than this.
        application_names: Only workflows that any of these applications owns, or nobody; empty: all.
        max_workflows: How many to cancel at most; 0: the server's default.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ValueError: Not exactly one of the times is given, or one without a time zone.
        SchemaCapabilityMissing: Applications are named, and the installed DBOS has none.
        WorkflowControlError: Any of its other subclasses.
    """
    if (cutoff_time is None) is (older_than is None):
        raise ValueError("give either cutoff_time or older_than")
    request_key = request_key_or_new(request_key)
    request = CancelOverdueWorkflowsRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        cutoff_time=timestamp(cutoff_time),
        older_than=duration(older_than),
        application_names=application_names,
        max_workflows=max_workflows,
    )
    return Call(
        f"{_SERVICE}/CancelOverdueWorkflows",
        request,
        CancelOverdueWorkflowsResponse.FromString,
        call_timeout,
        request_key,
    )


def cancel_all_overdue_workflows(
    *,
    cutoff_time: datetime | None = None,
    older_than: timedelta | None = None,
    application_names: Iterable[str] = (),
    max_workflows: int = 0,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    call_timeout: timedelta | None = None,
) -> Rounds[CancelOverdueWorkflowsResponse]:
    """Cancel all workflows that were created long ago and have not ended, as the responses are iterated.

        for response in client.cancel_all_overdue_workflows(older_than=timedelta(days=2)):
            print(response.cancelled_workflow_count)

    Keys are as those of `collect_all_garbage`.

    Args:
        cutoff_time, older_than, application_names, max_workflows: As for `cancel_overdue_workflows`; the last for each
            call.
        request_key, reason, request_ttl, call_timeout: As for every mutation; see the client. The key must leave room
            for a number: 190 bytes.

    Raises, while iterating:
        ValueError: As `cancel_overdue_workflows`; before iterating.
        SchemaCapabilityMissing: Applications are named, and the installed DBOS has none.
        WorkflowControlError: Any of its other subclasses.
    """
    # Read once: whoever hands over an iterator must have all calls be about the same.
    names = tuple(application_names)
    first = cancel_overdue_workflows(
        cutoff_time=cutoff_time,
        older_than=older_than,
        application_names=names,
        max_workflows=max_workflows,
        request_key=request_key,
        reason=reason,
        request_ttl=request_ttl,
        call_timeout=call_timeout,
    )

    def after(response: CancelOverdueWorkflowsResponse, number: int) -> Call[CancelOverdueWorkflowsResponse] | None:
        if not response.more:
            return None
        return cancel_overdue_workflows(
            # Not later than that of the first, however long it takes.
            cutoff_time=response.cutoff_time.ToDatetime(UTC),
            application_names=names,
            max_workflows=max_workflows,
            request_key=f"{first.request_key}/{number}",
            reason=reason,
            request_ttl=request_ttl,
            call_timeout=call_timeout,
        )

    return Rounds(first, after)

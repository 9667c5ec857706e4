"""The calls of the service `BulkControl`: operations on many workflows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, Listing, Polling, duration, request_key_or_new
from workflowcontrol.v1.bulk_control_pb2 import (
    BULK_OPERATION_STATE_COMPLETED,
    BULK_OPERATION_STATE_STOPPED,
    BulkCancel,
    BulkDelete,
    BulkFork,
    BulkItemOutcome,
    BulkOperation,
    BulkOperationItem,
    BulkOperationState,
    BulkRestart,
    BulkResume,
    BulkWorkflowIds,
    ContinueBulkOperationRequest,
    ContinueBulkOperationResponse,
    GetBulkOperationRequest,
    GetBulkOperationResponse,
    ListBulkOperationItemsRequest,
    ListBulkOperationItemsResponse,
    ListBulkOperationsRequest,
    ListBulkOperationsResponse,
    PauseBulkOperationRequest,
    PauseBulkOperationResponse,
    StartBulkOperationRequest,
    StartBulkOperationResponse,
    StopBulkOperationRequest,
    StopBulkOperationResponse,
)
from workflowcontrol.v1.types_pb2 import WorkflowFilter

_SERVICE: Final = "/workflowcontrol.v1.BulkControl"
_ENDED: Final = frozenset({BULK_OPERATION_STATE_STOPPED, BULK_OPERATION_STATE_COMPLETED})


def start_bulk_operation(
    *,
    cancel: BulkCancel | None = None,
    resume: BulkResume | None = None,
    fork: BulkFork | None = None,
    restart: BulkRestart | None = None,
    delete: BulkDelete | None = None,
    workflow_ids: Iterable[str] = (),
    filter: WorkflowFilter | None = None,
    max_workflows: int = 0,
    max_per_second: int = 0,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[StartBulkOperationResponse]:
    """Start changing many workflows in the background, each exactly once. Say what, and which.

        late = WorkflowFilter(queue_names=["orders"], states=[WorkflowState.WORKFLOW_STATE_ENQUEUED])
        started = client.start_bulk_operation(cancel=BulkCancel(), filter=late, reason="The shop is closed.")
        for operation in client.follow_bulk_operation(started.bulk_operation.operation_id):
            print(operation.applied_count, "of", operation.found_count)

    Args:
        cancel, resume, fork, restart, delete: What to do; one of them.
        workflow_ids: The workflows, up to 10,000.
        filter: Which workflows, in place of `workflow_ids`; it must have a condition.
        max_workflows: To how many at most; 0: to all.
        max_per_second: How many per second at most; 0: no limit.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client. With
            `validate_only` the response's `preview` tells which workflows.

    Raises:
        ValueError: Several things to do, or both ids and a filter.
        SchemaCapabilityMissing: The installed DBOS cannot do this filter.
        BulkOperationExists: The key started an operation before, and has expired since.
        WorkflowControlError: Any of its other subclasses.
    """
    if sum(action is not None for action in (cancel, resume, fork, restart, delete)) > 1:
        raise ValueError("at most one of cancel, resume, fork, restart and delete may be given")
    named = list(workflow_ids)
    if named and filter is not None:
        raise ValueError("at most one of workflow_ids and filter may be given")
    request_key = request_key_or_new(request_key)
    request = StartBulkOperationRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        cancel=cancel,
        resume=resume,
        fork=fork,
        restart=restart,
        delete=delete,
        workflow_ids=BulkWorkflowIds(workflow_ids=named) if named else None,
        filter=filter,
        max_workflows=max_workflows,
        max_per_second=max_per_second,
    )
    return Call(
        f"{_SERVICE}/StartBulkOperation", request, StartBulkOperationResponse.FromString, call_timeout, request_key
    )


def pause_bulk_operation(
    operation_id: str,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[PauseBulkOperationResponse]:
    """Have an operation wait until it is continued. When this has returned, it changes nothing more.

        client.pause_bulk_operation(operation_id, reason="The database is busy.")

    Args:
        operation_id: The operation.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        BulkOperationNotFound: There is no such operation.
        BulkOperationEnded: It is completed or stopped.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = PauseBulkOperationRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        operation_id=operation_id,
    )
    return Call(
        f"{_SERVICE}/PauseBulkOperation", request, PauseBulkOperationResponse.FromString, call_timeout, request_key
    )


def continue_bulk_operation(
    operation_id: str,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[ContinueBulkOperationResponse]:
    """Have a paused operation go on where it was.

        client.continue_bulk_operation(operation_id)

    Args:
        operation_id: The operation.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        BulkOperationNotFound: There is no such operation.
        BulkOperationEnded: It is completed or stopped.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = ContinueBulkOperationRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        operation_id=operation_id,
    )
    return Call(
        f"{_SERVICE}/ContinueBulkOperation",
        request,
        ContinueBulkOperationResponse.FromString,
        call_timeout,
        request_key,
    )


def stop_bulk_operation(
    operation_id: str,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[StopBulkOperationResponse]:
    """End an operation before it is done. What it has done stays done; when this has returned, it does nothing more.

        client.stop_bulk_operation(operation_id, reason="Wrong filter.")

    Args:
        operation_id: The operation.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        BulkOperationNotFound: There is no such operation.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = StopBulkOperationRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        operation_id=operation_id,
    )
    return Call(
        f"{_SERVICE}/StopBulkOperation", request, StopBulkOperationResponse.FromString, call_timeout, request_key
    )


def get_bulk_operation(operation_id: str, *, call_timeout: timedelta | None = None) -> Call[GetBulkOperationResponse]:
    """Read an operation and its progress.

        print(client.get_bulk_operation(operation_id).bulk_operation.failed_count, "failed")

    Args:
        operation_id: The operation.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        BulkOperationNotFound: There is no such operation, or not any more.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetBulkOperationRequest(operation_id=operation_id)
    return Call(f"{_SERVICE}/GetBulkOperation", request, GetBulkOperationResponse.FromString, call_timeout)


def follow_bulk_operation(
    operation_id: str,
    *,
    interval: timedelta = timedelta(seconds=1),
    call_timeout: timedelta | None = None,
) -> Polling[GetBulkOperationResponse, BulkOperation]:
    """Read an operation again and again, until it is completed or stopped: the last one says how it ended.

        for operation in client.follow_bulk_operation(operation_id):
            print(operation.applied_count, "of", operation.found_count)

    Args:
        operation_id: The operation. One that is paused is followed until it goes on, and ends.
        interval: How long to wait between two reads.
        call_timeout: The time for each read; None: as the client says.

    Raises, while iterating:
        BulkOperationNotFound: There is no such operation.
        WorkflowControlError: Any of its other subclasses.
    """
    return Polling(
        get_bulk_operation(operation_id, call_timeout=call_timeout),
        lambda response: response.bulk_operation,
        lambda operation: operation.state in _ENDED,
        interval,
    )


def list_bulk_operations(
    *,
    states: Iterable[BulkOperationState.ValueType] = (),
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListBulkOperationsResponse, BulkOperation]:
    """List operations, the newest first.

        for operation in client.list_bulk_operations(states=[BulkOperationState.BULK_OPERATION_STATE_RUNNING]):
            print(operation.operation_id, operation.reason)

    Args:
        states: Only operations in any of these; empty: all.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same conditions.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        WorkflowControlError: Any of its subclasses.
    """
    conditions = ListBulkOperationsRequest(states=states, page_size=page_size)

    def page(token: str) -> Call[ListBulkOperationsResponse]:
        request = ListBulkOperationsRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(f"{_SERVICE}/ListBulkOperations", request, ListBulkOperationsResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.bulk_operations, page_token)


def list_bulk_operation_items(
    operation_id: str,
    *,
    outcomes: Iterable[BulkItemOutcome.ValueType] = (),
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListBulkOperationItemsResponse, BulkOperationItem]:
    """List the workflows of an operation and what became of each, in the order in which they were found.

        failed = [BulkItemOutcome.BULK_ITEM_OUTCOME_FAILED]
        for item in client.list_bulk_operation_items(operation_id, outcomes=failed):
            print(item.workflow_id, item.error_message)

    Args:
        operation_id: The operation.
        outcomes: Only workflows with any of these; empty: all.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same conditions.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        BulkOperationNotFound: There is no such operation, or not any more.
        WorkflowControlError: Any of its other subclasses.
    """
    conditions = ListBulkOperationItemsRequest(operation_id=operation_id, outcomes=outcomes, page_size=page_size)

    def page(token: str) -> Call[ListBulkOperationItemsResponse]:
        request = ListBulkOperationItemsRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(
            f"{_SERVICE}/ListBulkOperationItems", request, ListBulkOperationItemsResponse.FromString, call_timeout
        )

    return Listing(page, lambda response: response.items, page_token)

"""The calls of the service `WorkflowControl` that wait, and what `get_workflow` can wait for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from google.protobuf.timestamp_pb2 import Timestamp

from workflow_control_client.calls import Call, StreamCall, duration
from workflowcontrol.v1.types_pb2 import WORKFLOW_VIEW_UNSPECIFIED, WorkflowFilter, WorkflowView
from workflowcontrol.v1.workflow_waiting_pb2 import (
    AWAIT_MODE_UNSPECIFIED,
    AwaitMode,
    AwaitWorkflowsRequest,
    AwaitWorkflowsResponse,
    WatchWorkflowsRequest,
    WatchWorkflowsResponse,
    WorkflowWait,
)

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"
_ANSWER_TIME: Final = timedelta(seconds=10)
"""What a call that waits has beside its waiting, for retries and the answer."""


def until_complete(timeout: timedelta | None = None) -> WorkflowWait:
    """Return what lets `get_workflow` wait until the workflow has ended, or the time is up.

    Args:
        timeout: How long to wait; None: as long as the call may take. The server waits no longer than its own limit for
            a call, 30 seconds by default: look at the workflow's state, and ask again.
    """
    return WorkflowWait(until=WorkflowWait.UNTIL_COMPLETE, timeout=duration(timeout))


def until_changed(after: Timestamp | None = None, timeout: timedelta | None = None) -> WorkflowWait:
    """Return what lets `get_workflow` wait until anything of the workflow has changed, or the time is up.

    Args:
        after: The `update_time` of the workflow as it is known: a change since then, before the call, counts as well.
        timeout: As for `until_complete`.
    """
    return WorkflowWait(until=WorkflowWait.UNTIL_CHANGED, after_update_time=after, timeout=duration(timeout))


def call_timeout_for(wait: timedelta | None, call_timeout: timedelta | None) -> timedelta | None:
    """Return the time for a call that waits so long: what the caller says, else enough to be answered."""
    return wait + _ANSWER_TIME if call_timeout is None and wait is not None else call_timeout


def await_workflows(
    workflow_ids: Sequence[str],
    *,
    mode: AwaitMode.ValueType = AWAIT_MODE_UNSPECIFIED,
    timeout: timedelta | None = None,
    view: WorkflowView.ValueType = WORKFLOW_VIEW_UNSPECIFIED,
    call_timeout: timedelta | None = None,
) -> Call[AwaitWorkflowsResponse]:
    """Wait until all of several workflows have ended, or the first one has, or the time is up.

        response = client.await_workflows(["order-7", "order-8"], timeout=timedelta(seconds=20))
        if not response.done:
            print("not yet:", response.pending_workflow_ids)

    Args:
        workflow_ids: The workflows, at most 1,000. One that is not there counts as ended, and is named in the response.
        mode: `AWAIT_MODE_ALL` or `AWAIT_MODE_FIRST`; unset: ALL.
        timeout: How long to wait; None: as long as the call may take. The server waits no longer than its own limit for
            a call, 30 seconds by default: look at `done`, and ask again.
        view: How much of each workflow; unset: no input, output and error.
        call_timeout: The time for the call; None: a little more than `timeout`, or as the client says.

    Raises:
        Overloaded: Too many calls wait at this server.
        ResponseTooLarge: The workflows do not fit into a message: ask for `WORKFLOW_VIEW_BASIC`, or wait for fewer.
        WorkflowControlError: Any of its other subclasses.
    """
    request = AwaitWorkflowsRequest(workflow_ids=workflow_ids, mode=mode, timeout=duration(timeout), view=view)
    return Call(
        f"{_SERVICE}/AwaitWorkflows",
        request,
        AwaitWorkflowsResponse.FromString,
        call_timeout_for(timeout, call_timeout),
    )


def watch_workflows(
    filter: WorkflowFilter | None = None,
    *,
    resume_token: str = "",
    heartbeat_interval: timedelta | None = None,
    call_timeout: timedelta | None = None,
) -> StreamCall[WatchWorkflowsResponse]:
    """Watch the workflows that a filter selects: what they are, and from then on what becomes of them.

        orders = WatchedWorkflows()
        for message in client.watch_workflows(WorkflowFilter(names=["process_order"])):
            orders.apply(message)
            print(len(orders.workflows), "orders")

    A message is a part of a snapshot, changes, or a heartbeat; `WatchedWorkflows` makes of them what is there now. The
    iteration has no end. When the server ends the watch because it is old, when it goes away, or its database does, it
    goes on by itself behind the last message, with a new snapshot in which unchanged workflows are ids only; after a
    minute in vain the failure is raised.

    Args:
        filter: Which workflows; None: all. With `workflow_ids` and nothing else, what becomes of these.
        resume_token: Where to go on: the `resume_token` of a message for the same filter.
        heartbeat_interval: After how long without a message the server sends one; None: as the server says.
        call_timeout: How long to watch; None: without limit. When it is over, `DeadlineExceeded` is raised.

    Raises, while iterating:
        InvalidRequest: The filter selects more than may be watched, or the token is of another filter.
        SchemaCapabilityMissing: The filter asks for what the installed DBOS schema does not have.
        Overloaded: Too much is watched at this server, or this reader was too slow: go on with the last token.
        WorkflowControlError: Any of its other subclasses.
    """
    # Copied: a filter that the caller changes meanwhile must not change when the watch goes on.
    conditions = WatchWorkflowsRequest(filter=filter, heartbeat_interval=duration(heartbeat_interval))

    def request_from(token: str) -> WatchWorkflowsRequest:
        request = WatchWorkflowsRequest(resume_token=token)
        request.MergeFrom(conditions)
        return request

    return StreamCall(
        f"{_SERVICE}/WatchWorkflows",
        request_from(resume_token),
        WatchWorkflowsResponse.FromString,
        call_timeout,
        next_request=lambda message: request_from(message.resume_token),
        is_endless=True,
    )

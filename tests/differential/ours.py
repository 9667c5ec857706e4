"""Our side of a comparison: a server of its own on the database, called over a real channel."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import cast

import grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import ErrorInfo
from grpc_status import rpc_status

from tests.differential.actions import (
    NO_SUCH_WORKFLOW,
    NOT_DELAYED,
    NOT_TERMINAL,
    WORKFLOW_EXISTS,
    Action,
    Answer,
    Cancel,
    Delete,
    Fork,
    Restart,
    Resume,
    Rewind,
    SetDelay,
    Side,
    UpdateAttributes,
)
from tests.fixtures.rpc_server import running_rpc_server
from workflowcontrol.v1 import workflow_changes_pb2 as changes
from workflowcontrol.v1 import workflow_control_pb2 as messages
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub

_CALL_TIMEOUT_S = 10.0

_REFUSALS = {
    "WORKFLOW_NOT_FOUND": NO_SUCH_WORKFLOW,
    "WORKFLOW_EXISTS": WORKFLOW_EXISTS,
    "WORKFLOW_NOT_TERMINAL": NOT_TERMINAL,
    "WORKFLOW_NOT_DELAYED": NOT_DELAYED,
}


class OurServer:
    """Calls our server; every action with a request key of its own."""

    def __init__(self, stub: WorkflowControlStub) -> None:
        self._stub = stub
        self._keys = (f"differential-{number}" for number in count(1))

    def act(self, action: Action) -> Answer:
        try:
            return self._act(action)
        except grpc.RpcError as error:
            return Answer(refusal=_refusal(error))

    def _act(self, action: Action) -> Answer:
        key = next(self._keys)
        match action:
            case Cancel(workflow_id, cascade):
                cancel = messages.CancelWorkflowRequest(request_key=key, workflow_id=workflow_id, cascade=cascade)
                self._stub.CancelWorkflow(cancel, timeout=_CALL_TIMEOUT_S)
                return Answer()
            case Resume(workflow_id, queue_name):
                resume = messages.ResumeWorkflowRequest(
                    request_key=key, workflow_id=workflow_id, queue_name=queue_name or ""
                )
                self._stub.ResumeWorkflow(resume, timeout=_CALL_TIMEOUT_S)
                return Answer()
            case Fork():
                response = self._stub.ForkWorkflow(_fork_request(key, action), timeout=_CALL_TIMEOUT_S)
                return Answer(new_workflow_id=response.workflow.workflow_id)
            case _:
                return self._change(action, key)

    def _change(self, action: Restart | Rewind | Delete | SetDelay | UpdateAttributes, key: str) -> Answer:
        match action:
            case Restart(workflow_id, new_workflow_id, application_version, queue_name):
                restart = changes.RestartWorkflowRequest(
                    request_key=key,
                    workflow_id=workflow_id,
                    new_workflow_id=new_workflow_id,
                    application_version=application_version,
                    queue_name=queue_name or "",
                )
                response = self._stub.RestartWorkflow(restart, timeout=_CALL_TIMEOUT_S)
                return Answer(new_workflow_id=response.workflow.workflow_id)
            case Rewind():
                rewind = changes.RewindWorkflowRequest(
                    request_key=key,
                    workflow_id=action.workflow_id,
                    start_step=action.start_step,
                    application_version=action.application_version or "",
                    queue_name=action.queue_name or "",
                    queue_partition_key=action.queue_partition_key or "",
                )
                self._stub.RewindWorkflow(rewind, timeout=_CALL_TIMEOUT_S)
            case Delete(workflow_id, cascade):
                delete = changes.DeleteWorkflowRequest(
                    request_key=key, workflow_id=workflow_id, cascade=cascade, force=True, allow_missing=True
                )
                self._stub.DeleteWorkflow(delete, timeout=_CALL_TIMEOUT_S)
            case SetDelay(workflow_id, delay_until_ms):
                delay = changes.SetWorkflowDelayRequest(request_key=key, workflow_id=workflow_id)
                delay.delay_until.FromMilliseconds(delay_until_ms)
                self._stub.SetWorkflowDelay(delay, timeout=_CALL_TIMEOUT_S)
            case UpdateAttributes(workflow_id, attributes, merge):
                update = changes.UpdateWorkflowAttributesRequest(request_key=key, workflow_id=workflow_id)
                update.mode = update.MODE_MERGE if merge else update.MODE_REPLACE
                if attributes is not None:
                    update.attributes.SetInParent()
                    update.attributes.update(dict(attributes))  # type: ignore[arg-type]  # Any JSON.
                self._stub.UpdateWorkflowAttributes(update, timeout=_CALL_TIMEOUT_S)
        return Answer()


def _fork_request(key: str, action: Fork) -> messages.ForkWorkflowRequest:
    return messages.ForkWorkflowRequest(
        request_key=key,
        workflow_id=action.workflow_id,
        new_workflow_id=action.new_workflow_id or "",
        application_version=action.application_version or "",
        use_latest_version=action.use_latest_version,
        queue_name=action.queue_name or "",
        queue_partition_key=action.queue_partition_key or "",
        timeout=_duration(action.timeout_seconds),
        start_step=action.start_step,
        replacement_children=action.replacement_children,
    )


def _duration(seconds: float | None) -> Duration | None:
    if seconds is None:
        return None
    duration = Duration()
    duration.FromMilliseconds(round(seconds * 1000))
    return duration


def _refusal(error: grpc.RpcError) -> str:
    """Returns what the error's reason means to a comparison, or all of the error."""
    # The error that a call raises is the call itself.
    status = rpc_status.from_call(cast("grpc.Call", error))
    for detail in status.details if status is not None else ():
        info = ErrorInfo()
        if detail.Unpack(info) and info.reason in _REFUSALS:
            return _REFUSALS[info.reason]
    return str(error)


@contextmanager
def open_ours(database_url: str) -> Iterator[Side]:
    """Connects our side to a database."""
    with serve_ours(database_url) as stub:
        yield OurServer(stub)


@contextmanager
def serve_ours(database_url: str) -> Iterator[WorkflowControlStub]:
    """Serves the database as `serve_our_channel`, and connects to the service of workflows."""
    with serve_our_channel(database_url) as channel:
        yield WorkflowControlStub(channel)


@contextmanager
def serve_our_channel(database_url: str) -> Iterator[grpc.Channel]:
    """Migrates the database, serves it from a thread, and connects to that: a process would take seconds to begin."""
    with running_rpc_server(database_url) as server:
        yield server.channel

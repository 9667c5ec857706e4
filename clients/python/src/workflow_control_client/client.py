"""The client for code without asyncio."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import GenericAlias, TracebackType
from typing import Concatenate, Generic, ParamSpec, Self

import grpc

from workflow_control_client import (
    analysis_calls,
    bulk_calls,
    change_calls,
    communication_calls,
    message_calls,
    queue_calls,
    recovery_calls,
    retention_calls,
    schedule_calls,
    server_calls,
    start_calls,
    waiting_calls,
    workflow_calls,
)
from workflow_control_client.calls import (
    Call,
    ItemT,
    Listing,
    PageT,
    Polling,
    ResponseT,
    Rounds,
    StreamCall,
    present_as,
)
from workflow_control_client.channel import DEFAULT_CALL_TIMEOUT, DEFAULT_MAX_MESSAGE_BYTES, channel_options
from workflow_control_client.progress import Progress
from workflow_control_client.status import error_from_rpc

_P = ParamSpec("_P")


class Pager(Generic[PageT, ItemT]):
    """A list that the server returns in pages: iterate over its items, or over `pages()`. Each iteration reads anew."""

    def __init__(self, client: WorkflowControlClient, listing: Listing[PageT, ItemT]) -> None:
        self._client = client
        self._listing = listing

    def __iter__(self) -> Iterator[ItemT]:
        """Iterate over the items of all pages."""
        for page in self.pages():
            yield from self._listing.items(page)

    def pages(self) -> Iterator[PageT]:
        """Iterate over the responses. A page may be empty and still have a successor."""
        page_token = self._listing.first_page_token
        while True:
            page = self._client._send(self._listing.page(page_token))
            yield page
            page_token = page.next_page_token
            if not page_token:
                return


def _unary(build: Callable[_P, Call[ResponseT]]) -> Callable[Concatenate[WorkflowControlClient, _P], ResponseT]:
    """Return the method that makes the call that `build` describes."""

    def method(self: WorkflowControlClient, /, *args: _P.args, **kwargs: _P.kwargs) -> ResponseT:
        return self._send(build(*args, **kwargs))

    present_as(build, method, returns=lambda arguments: arguments[0])
    return method


def _paged(
    build: Callable[_P, Listing[PageT, ItemT]],
) -> Callable[Concatenate[WorkflowControlClient, _P], Pager[PageT, ItemT]]:
    """Return the method that reads the list that `build` describes."""

    def method(self: WorkflowControlClient, /, *args: _P.args, **kwargs: _P.kwargs) -> Pager[PageT, ItemT]:
        return Pager(self, build(*args, **kwargs))

    present_as(build, method, returns=lambda arguments: GenericAlias(Pager, arguments))
    return method


def _streamed(
    build: Callable[_P, StreamCall[ResponseT]],
) -> Callable[Concatenate[WorkflowControlClient, _P], Iterator[ResponseT]]:
    """Return the method that reads the stream that `build` describes."""

    def method(self: WorkflowControlClient, /, *args: _P.args, **kwargs: _P.kwargs) -> Iterator[ResponseT]:
        return self._read(build(*args, **kwargs))

    present_as(build, method, returns=lambda arguments: GenericAlias(Iterator, arguments))
    return method


def _repeated(
    build: Callable[_P, Rounds[ResponseT]],
) -> Callable[Concatenate[WorkflowControlClient, _P], Iterator[ResponseT]]:
    """Return the method that makes the calls that `build` describes, each when its response is asked for."""

    def method(self: WorkflowControlClient, /, *args: _P.args, **kwargs: _P.kwargs) -> Iterator[ResponseT]:
        return self._repeat(build(*args, **kwargs))

    present_as(build, method, returns=lambda arguments: GenericAlias(Iterator, arguments))
    return method


def _polled(
    build: Callable[_P, Polling[ResponseT, ItemT]],
) -> Callable[Concatenate[WorkflowControlClient, _P], Iterator[ItemT]]:
    """Return the method that repeats the read that `build` describes."""

    def method(self: WorkflowControlClient, /, *args: _P.args, **kwargs: _P.kwargs) -> Iterator[ItemT]:
        return self._poll(build(*args, **kwargs))

    present_as(build, method, returns=lambda arguments: GenericAlias(Iterator, arguments[1:]))
    return method


class WorkflowControlClient:
    """Controls DBOS workflows through a workflow-control server. Safe to share between threads; keep one per process.

        with WorkflowControlClient("localhost:50051") as client:
            client.cancel_workflow("order-7", reason="The customer called.")

    Methods take the fields of the contract's requests, and return its responses. What every mutation takes:

        request_key: Names this mutation among all of the caller's. Repeated with the same key, it is not executed
            again: the first response is replayed. Without one, a new UUID is made for the call, shared by all its
            retries and to be found in `response.idempotency.request_key`, or in `error.request_key`.
        reason: Why; kept in the server's journal.
        request_ttl: How long the key is honoured; None: the server's default.
        validate_only: Answer what would happen, and do nothing.
        call_timeout: The time for the call, its retries included; None: the client's.

    Temporary failures are retried as the contract's service config says, up to five attempts within the call's time.
    What is left is raised as a `WorkflowControlError`, which has a subclass for each decision that a caller makes.
    """

    def __init__(
        self,
        address: str,
        *,
        credentials: grpc.ChannelCredentials | None = None,
        call_timeout: timedelta = DEFAULT_CALL_TIMEOUT,
        max_message_bytes: int = DEFAULT_MAX_MESSAGE_BYTES,
    ) -> None:
        """Make a client of its own connection, which is opened with the first call.

        Args:
            address: The server, such as `localhost:50051` or `dns:///workflows.example.com:443`.
            credentials: Of TLS, say `grpc.ssl_channel_credentials()`; None: unencrypted.
            call_timeout: The time for a call, its retries included.
            max_message_bytes: The largest message in either direction. Raise it together with the server's.
        """
        options = channel_options(max_message_bytes)
        self._channel = (
            grpc.insecure_channel(address, options)
            if credentials is None
            else grpc.secure_channel(address, credentials, options)
        )
        self._owns_channel = True
        self._call_timeout = call_timeout
        self._closed = threading.Event()

    @classmethod
    def from_channel(cls, channel: grpc.Channel, *, call_timeout: timedelta = DEFAULT_CALL_TIMEOUT) -> Self:
        """Return a client of an existing channel, which stays the caller's to close.

        The channel decides on retries and limits: make it with `channel_options()` to have those of this package.
        """
        client = cls.__new__(cls)
        client._channel = channel
        client._owns_channel = False
        client._call_timeout = call_timeout
        client._closed = threading.Event()
        return client

    def close(self) -> None:
        """Close the connection, unless it was given. What other threads call or read then fails with `Unavailable`."""
        self._closed.set()
        if self._owns_channel:
            self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    cancel_workflow = _unary(workflow_calls.cancel_workflow)
    resume_workflow = _unary(workflow_calls.resume_workflow)
    fork_workflow = _unary(workflow_calls.fork_workflow)
    restart_workflow = _unary(change_calls.restart_workflow)
    rewind_workflow = _unary(change_calls.rewind_workflow)
    delete_workflow = _unary(change_calls.delete_workflow)
    set_workflow_delay = _unary(change_calls.set_workflow_delay)
    set_workflow_priority = _unary(change_calls.set_workflow_priority)
    update_workflow_attributes = _unary(change_calls.update_workflow_attributes)
    start_workflow = _unary(start_calls.start_workflow)
    start_workflows = _unary(start_calls.start_workflows)
    get_workflow = _unary(workflow_calls.get_workflow)
    await_workflows = _unary(waiting_calls.await_workflows)
    watch_workflows = _streamed(waiting_calls.watch_workflows)
    list_workflows = _paged(workflow_calls.list_workflows)
    list_workflow_steps = _paged(workflow_calls.list_workflow_steps)
    count_workflows = _unary(analysis_calls.count_workflows)
    aggregate_workflows = _paged(analysis_calls.aggregate_workflows)
    aggregate_steps = _paged(analysis_calls.aggregate_steps)
    get_workflow_tree = _unary(analysis_calls.get_workflow_tree)
    get_event = _unary(communication_calls.get_event)
    list_events = _paged(communication_calls.list_events)
    list_messages = _paged(communication_calls.list_messages)
    read_stream = _streamed(communication_calls.read_stream)
    export_workflow = _unary(communication_calls.export_workflow)
    import_workflow = _unary(recovery_calls.import_workflow)
    recover_executor = _unary(recovery_calls.recover_executor)
    send_message = _unary(message_calls.send_message)
    send_messages = _unary(message_calls.send_messages)

    start_bulk_operation = _unary(bulk_calls.start_bulk_operation)
    pause_bulk_operation = _unary(bulk_calls.pause_bulk_operation)
    continue_bulk_operation = _unary(bulk_calls.continue_bulk_operation)
    stop_bulk_operation = _unary(bulk_calls.stop_bulk_operation)
    get_bulk_operation = _unary(bulk_calls.get_bulk_operation)
    follow_bulk_operation = _polled(bulk_calls.follow_bulk_operation)
    list_bulk_operations = _paged(bulk_calls.list_bulk_operations)
    list_bulk_operation_items = _paged(bulk_calls.list_bulk_operation_items)

    register_queue = _unary(queue_calls.register_queue)
    delete_queue = _unary(queue_calls.delete_queue)
    get_queue = _unary(queue_calls.get_queue)
    list_queues = _paged(queue_calls.list_queues)
    list_application_versions = _paged(queue_calls.list_application_versions)
    get_latest_application_version = _unary(queue_calls.get_latest_application_version)
    set_latest_application_version = _unary(queue_calls.set_latest_application_version)
    rename_application = _unary(queue_calls.rename_application)
    create_schedule = _unary(schedule_calls.create_schedule)
    apply_schedules = _unary(schedule_calls.apply_schedules)
    update_schedule = _unary(schedule_calls.update_schedule)
    pause_schedule = _unary(schedule_calls.pause_schedule)
    resume_schedule = _unary(schedule_calls.resume_schedule)
    delete_schedule = _unary(schedule_calls.delete_schedule)
    trigger_schedule = _unary(schedule_calls.trigger_schedule)
    backfill_schedule = _unary(schedule_calls.backfill_schedule)
    get_schedule = _unary(schedule_calls.get_schedule)
    list_schedules = _paged(schedule_calls.list_schedules)
    preview_schedule = _unary(schedule_calls.preview_schedule)

    get_request = _unary(server_calls.get_request)
    list_requests = _paged(server_calls.list_requests)
    get_server_info = _unary(server_calls.get_server_info)
    check_readiness = _unary(server_calls.check_readiness)
    collect_garbage = _unary(retention_calls.collect_garbage)
    collect_all_garbage = _repeated(retention_calls.collect_all_garbage)
    cancel_overdue_workflows = _unary(retention_calls.cancel_overdue_workflows)
    cancel_all_overdue_workflows = _repeated(retention_calls.cancel_all_overdue_workflows)

    def _send(self, call: Call[ResponseT]) -> ResponseT:
        """Make the call, and raise what its failure means."""
        rpc = self._channel.unary_unary(call.path, type(call.request).SerializeToString, call.decode)
        timeout = self._call_timeout if call.timeout is None else call.timeout
        try:
            return rpc(call.request, timeout=timeout.total_seconds())
        except grpc.RpcError as error:
            raise error_from_rpc(error, call.request_key) from error

    def _repeat(self, rounds: Rounds[ResponseT]) -> Iterator[ResponseT]:
        """Make the calls one by one, and raise what a failure means."""
        call: Call[ResponseT] | None = rounds.first
        for number in itertools.count(2):
            if call is None:
                return
            response = self._send(call)
            yield response
            call = rounds.after(response, number)

    def _poll(self, polling: Polling[ResponseT, ItemT]) -> Iterator[ItemT]:
        """Make the call again and again, until it answers what is waited for."""
        while True:
            item = polling.item(self._send(polling.call))
            yield item
            if polling.ended(item):
                return
            time.sleep(polling.interval.total_seconds())

    def _read(self, call: StreamCall[ResponseT]) -> Iterator[ResponseT]:
        """Make the call when the first response is asked for; after a failure go on, or raise what it means."""
        rpc = self._channel.unary_stream(call.path, type(call.request).SerializeToString, call.decode)
        progress = Progress(call, self._call_timeout)
        while True:
            responses = rpc(progress.request, timeout=progress.begin())
            try:
                for response in responses:
                    progress.received(response)
                    yield response
                pause_s = progress.ended()
                if pause_s is None or self._closed.wait(pause_s):
                    return
            except grpc.RpcError as error:
                if progress.is_complete:
                    return
                failure = error_from_rpc(error, None)
                pause_s = progress.failed(failure)
                # On a connection that was closed nothing goes on.
                if pause_s is None or self._closed.wait(pause_s):
                    raise failure from error
            finally:
                # Whoever stops in the middle has the server stop as well.
                responses.cancel()

"""The gRPC server: which services, within which interceptors, under which limits, and how it ends."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime, timedelta
from typing import Final

import grpc.aio
import structlog
from grpc_health.v1 import health_pb2_grpc

from workflow_control import __version__
from workflow_control.logs import call_log
from workflow_control.operations.surface import Operations
from workflow_control.rpc import health
from workflow_control.rpc.bulk_control_service import BulkControlServicer
from workflow_control.rpc.interceptors.admission import AdmissionInterceptor
from workflow_control.rpc.interceptors.chain import Interceptor, register
from workflow_control.rpc.interceptors.deadline import DeadlineInterceptor
from workflow_control.rpc.interceptors.decoding import DecodingInterceptor
from workflow_control.rpc.interceptors.error_status import ErrorStatusInterceptor, FaultLog
from workflow_control.rpc.interceptors.identity import IdentityInterceptor
from workflow_control.rpc.interceptors.request_log import CallMeter, RequestLogInterceptor
from workflow_control.rpc.interceptors.tracing import CallTracer, TracingInterceptor
from workflow_control.rpc.mutations import MutationPath
from workflow_control.rpc.queue_control_service import QueueControlServicer
from workflow_control.rpc.reflection import V1, V1ALPHA, register_reflection
from workflow_control.rpc.schedule_control_service import ScheduleControlServicer
from workflow_control.rpc.server_control_service import ServerControlServicer
from workflow_control.rpc.server_facts import ServerFacts, features, limits
from workflow_control.rpc.workflow_control_service import WorkflowControlServicer
from workflow_control.settings import Settings
from workflowcontrol.v1.bulk_control_pb2_grpc import add_BulkControlServicer_to_server
from workflowcontrol.v1.queue_control_pb2_grpc import add_QueueControlServicer_to_server
from workflowcontrol.v1.schedule_control_pb2_grpc import add_ScheduleControlServicer_to_server
from workflowcontrol.v1.server_control_pb2_grpc import add_ServerControlServicer_to_server
from workflowcontrol.v1.workflow_control_pb2_grpc import add_WorkflowControlServicer_to_server

WORKFLOW_CONTROL: Final = "workflowcontrol.v1.WorkflowControl"
BULK_CONTROL: Final = "workflowcontrol.v1.BulkControl"
QUEUE_CONTROL: Final = "workflowcontrol.v1.QueueControl"
SCHEDULE_CONTROL: Final = "workflowcontrol.v1.ScheduleControl"
SERVER_CONTROL: Final = "workflowcontrol.v1.ServerControl"
SERVICES: Final = (WORKFLOW_CONTROL, BULK_CONTROL, QUEUE_CONTROL, SCHEDULE_CONTROL, SERVER_CONTROL)

_MILLISECOND: Final = timedelta(milliseconds=1)


class ListenError(Exception):
    """The server cannot listen where it was told to; the message says where and why."""


class RpcServer:
    """A gRPC server in the running loop. Health is NOT_SERVING until the database probe tells otherwise."""

    def __init__(
        self,
        settings: Settings,
        operations: Operations,
        meter: CallMeter | None = None,
        tracer: CallTracer | None = None,
    ) -> None:
        self.health = health.HealthState(SERVICES)
        self._settings = settings
        self._operations = operations
        self._log = structlog.get_logger("workflow_control.rpc").bind()
        self._request_log = RequestLogInterceptor(call_log(), meter)
        self._tracer = tracer
        self._has_metrics = meter is not None
        self._admission = AdmissionInterceptor()
        self._server = grpc.aio.server(options=server_options(settings))
        self._register()

    async def start(self) -> int:
        """Listen, and return the port. Raises ListenError."""
        host, port = self._settings.host, self._settings.port
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        try:
            bound_port = self._server.add_insecure_port(address)
        except RuntimeError as error:
            raise ListenError(f"Cannot listen on {address}: {_listen_problem(host, port)}.") from error
        await self._server.start()
        return bound_port

    async def drain(self, hurry: asyncio.Event) -> None:
        """End well: tell the balancers, serve on until they know, refuse new calls, let the running ones finish.

        `hurry` ends the waiting for balancers early. Mutations that outlive their calls are the executor's to finish.
        """
        self.health.drain()
        try:
            async with asyncio.timeout(self._settings.drain_delay.total_seconds()):
                await hurry.wait()
        except TimeoutError:
            pass
        self.refuse_calls()
        self.health.close()
        await self._server.stop(self._settings.grace.total_seconds())
        self._request_log.flush()

    def refuse_calls(self) -> None:
        """Answer every new call with ShuttingDown, and those that wait; health and reflection go on."""
        self._admission.close()
        self._operations.waiting.close()

    def _register(self) -> None:
        settings = self._settings
        around_services = service_interceptors(settings, self._log, self._request_log, self._admission, self._tracer)
        around_infrastructure = infrastructure_interceptors(self._log)
        mutations = MutationPath(self._operations.workflows.mutate, settings.scope, settings.request_ttl)
        workflow_control = WorkflowControlServicer(
            self._operations,
            mutations,
            settings.max_response_bytes,
            settings.max_watched_workflows,
            settings.watch_heartbeat.total_seconds(),
        )
        bulk_mutations = MutationPath(self._operations.bulk.mutate, settings.scope, settings.request_ttl)
        bulk_control = BulkControlServicer(
            self._operations.bulk, bulk_mutations, settings.scope, settings.max_response_bytes
        )
        queue_control = QueueControlServicer(self._operations.queues, mutations, settings.max_response_bytes)
        server_control = ServerControlServicer(
            self._operations.server, mutations, settings.scope, self._facts(), settings.max_response_bytes
        )
        schedule_control = ScheduleControlServicer(self._operations.schedules, mutations, settings.max_response_bytes)
        register(self._server, add_WorkflowControlServicer_to_server, workflow_control, around_services)
        register(self._server, add_BulkControlServicer_to_server, bulk_control, around_services)
        register(self._server, add_QueueControlServicer_to_server, queue_control, around_services)
        register(self._server, add_ScheduleControlServicer_to_server, schedule_control, around_services)
        register(self._server, add_ServerControlServicer_to_server, server_control, around_services)
        health_servicer = health.HealthServicer(self.health)
        register(self._server, health_pb2_grpc.add_HealthServicer_to_server, health_servicer, around_infrastructure)
        if settings.reflection:
            register_reflection(self._server, (*SERVICES, health.SERVICE), around_infrastructure)

    def _facts(self) -> ServerFacts:
        settings = self._settings
        services = [*SERVICES, health.SERVICE, *((V1, V1ALPHA) if settings.reflection else ())]
        return ServerFacts(
            __version__,
            datetime.now(UTC),
            limits(settings),
            sorted(services),
            features(settings, metrics=self._has_metrics, tracing=self._tracer is not None),
        )


def service_interceptors(
    settings: Settings,
    log: FaultLog,
    request_log: RequestLogInterceptor,
    admission: AdmissionInterceptor,
    tracer: CallTracer | None = None,
) -> tuple[Interceptor, ...]:
    """Return what surrounds our services, outermost first.

    1. Identity: all that follows can name the call, and every answer carries its id.
    2. Tracing, if it is on: the span lasts as long as the call, and the log can name it.
    3. Request log: sees the final code, whatever happened within.
    4. Error status: everything within may raise; nothing without sees more than a status.
    5. Admission: a draining server does no work for a call that it refuses.
    6. Deadline: a call that has no time left is not looked at either; its cap covers all work.
    7. Decoding: the last, so that its refusal is logged, and translated, like every other bad request.
    """
    return (
        IdentityInterceptor(),
        *(() if tracer is None else (TracingInterceptor(tracer),)),
        request_log,
        ErrorStatusInterceptor(log),
        admission,
        DeadlineInterceptor(settings.max_deadline),
        DecodingInterceptor(),
    )


def infrastructure_interceptors(log: FaultLog) -> tuple[Interceptor, ...]:
    """Return what surrounds health and reflection, outermost first.

    They answer from memory, to probes that come every second: not logged, never refused, without a deadline.
    """
    return (IdentityInterceptor(), ErrorStatusInterceptor(log), DecodingInterceptor())


def server_options(settings: Settings) -> list[tuple[str, int]]:
    """Return the limits of connections and messages, as arguments of gRPC's core."""
    return [
        # gRPC shares a port by default, so that a second server would start, and silently take half of the calls.
        ("grpc.so_reuseport", int(settings.processes > 1)),
        ("grpc.max_receive_message_length", settings.max_request_bytes),
        ("grpc.max_send_message_length", settings.max_response_bytes),
        ("grpc.max_metadata_size", 8 * 1024),
        ("grpc.absolute_max_metadata_size", 16 * 1024),
        ("grpc.max_concurrent_streams", settings.max_concurrent_streams),
        ("grpc.max_allowed_incoming_connections", settings.max_connections),
        # A peer that connects and says nothing; the default is two minutes.
        ("grpc.server_handshake_timeout_ms", 10_000),
        ("grpc.max_connection_idle_ms", settings.max_connection_idle // _MILLISECOND),
        ("grpc.max_connection_age_ms", settings.max_connection_age // _MILLISECOND),
        ("grpc.max_connection_age_grace_ms", settings.max_deadline // _MILLISECOND),
        # Find peers that are gone without a word, and allow clients to do so every 30 seconds, with or without calls.
        ("grpc.keepalive_time_ms", 60_000),
        ("grpc.keepalive_timeout_ms", 20_000),
        ("grpc.keepalive_permit_without_calls", 1),
        ("grpc.http2.min_ping_interval_without_data_ms", 30_000),
        ("grpc.http2.max_ping_strikes", 2),
    ]


def _listen_problem(host: str, port: int) -> str:
    """Say why the address cannot be listened on: gRPC's own error does not."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return "the address is in use by another server"

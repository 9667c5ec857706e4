"""The standard health service, answered from memory.

The library's servicer is not used: with grpcio 1.85 it starts as SERVING, has no List, and holds its lock while it
writes to a watcher, so that one client that does not read delays every change for all.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from typing import Any, Final

import grpc
from grpc_health.v1 import health_pb2_grpc
from grpc_health.v1.health_pb2 import (  # type: ignore[attr-defined]  # The stubs are older than List.
    HealthCheckRequest,
    HealthCheckResponse,
    HealthListRequest,
    HealthListResponse,
)

from workflow_control.rpc.interceptors.chain import Context

SERVICE: Final = "grpc.health.v1.Health"
READINESS: Final = "readiness"
LIVENESS: Final = "liveness"

_SERVING: Final = HealthCheckResponse.SERVING
_NOT_SERVING: Final = HealthCheckResponse.NOT_SERVING
_SERVICE_UNKNOWN: Final = HealthCheckResponse.SERVICE_UNKNOWN


class HealthState:
    """Whether the server serves: not before the first probe of the database, and not while it drains.

    `""`, `readiness` and every service share that answer; `liveness` is SERVING for as long as the process answers at
    all, since a restart would not bring back a database.
    """

    def __init__(self, services: Iterable[str]) -> None:
        self._names = ("", READINESS, *services)
        self._serving = False
        self._draining = False
        self._closed = False
        self._watchers: set[asyncio.Event] = set()

    @property
    def closed(self) -> bool:
        """Whether open Watches are to end."""
        return self._closed

    @property
    def serving(self) -> bool:
        """Whether readiness is SERVING."""
        return self._serving

    @property
    def watcher_count(self) -> int:
        """How many Watches are open."""
        return len(self._watchers)

    def set_serving(self, serving: bool) -> None:
        """Tell what the database probe has found. Without effect once draining."""
        if self._draining or serving == self._serving:
            return
        self._serving = serving
        self._wake()

    def drain(self) -> None:
        """Be NOT_SERVING from now on, so that balancers send their calls elsewhere. Watches stay open to tell them."""
        self._draining = True
        self._serving = False
        self._wake()

    def close(self) -> None:
        """End all Watches once they have sent what they have to, so that they do not delay the shutdown."""
        self._closed = True
        self._wake()

    def status(self, name: str) -> int | None:
        """Return the `ServingStatus` of a name; None for an unknown one."""
        if name == LIVENESS:
            return _SERVING
        if name in self._names:
            return _SERVING if self._serving else _NOT_SERVING
        return None

    def names(self) -> Iterable[str]:
        """Return every name that has a status."""
        return (*self._names, LIVENESS)

    def add_watcher(self) -> asyncio.Event:
        """Return an event that is set at every change."""
        changed = asyncio.Event()
        self._watchers.add(changed)
        return changed

    def remove_watcher(self, changed: asyncio.Event) -> None:
        """Forget an event of `add_watcher`."""
        self._watchers.discard(changed)

    def _wake(self) -> None:
        for changed in self._watchers:
            changed.set()


class HealthServicer(health_pb2_grpc.HealthServicer):
    """Check, List and Watch."""

    def __init__(self, state: HealthState) -> None:
        self._state = state

    async def Check(self, request: HealthCheckRequest, context: Context) -> HealthCheckResponse:
        """Return the status of a name; NOT_FOUND for an unknown one."""
        status = self._state.status(request.service)
        if status is None:
            # Not one of our errors: the protocol asks for a bare NOT_FOUND.
            await context.abort(grpc.StatusCode.NOT_FOUND, "There is no such service.")
        return HealthCheckResponse(status=status)

    async def List(self, request: HealthListRequest, context: Context) -> HealthListResponse:
        """Return the status of every name."""
        return HealthListResponse(
            statuses={name: HealthCheckResponse(status=self._state.status(name)) for name in self._state.names()}
        )

    async def Watch(self, request: HealthCheckRequest, context: Context) -> AsyncGenerator[HealthCheckResponse, Any]:
        """Yield the status of a name now and whenever it changes; SERVICE_UNKNOWN for an unknown one.

        Each watcher waits for itself and looks at the present state when it can write again: intermediate changes may
        be skipped, none is queued, and who does not read holds up only itself.
        """
        changed = self._state.add_watcher()
        try:
            last = None
            while True:
                changed.clear()
                status = self._state.status(request.service)
                if status is None:
                    status = _SERVICE_UNKNOWN
                if status != last:
                    last = status
                    yield HealthCheckResponse(status=status)
                elif self._state.closed:
                    return
                else:
                    await changed.wait()
        finally:
            self._state.remove_watcher(changed)

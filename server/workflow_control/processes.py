"""Several server processes on one port: `serve --processes N`.

One asyncio loop uses one core. The parent serves nothing: it reserves the port, starts N fresh interpreters which share
it by SO_REUSEPORT, so that the kernel spreads connections over them, starts a crashed one again, and ends them
together. They are not forked, since neither gRPC nor a pool of connections survives a fork.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from workflow_control.settings import PREFIX, Settings
from workflow_control.shutdown import ShutdownSignals

_SERVE_COMMAND: Final = (sys.executable, "-m", "workflow_control", "serve", "--worker")
_MISCONFIGURED: Final = 2
"""A child that ends with this code would only do so again."""
_BACKOFF_S: Final = 0.5
_BACKOFF_MAX_S: Final = 30.0
_HEALTHY_AFTER_S: Final = 30.0
"""A child that ran for so long has not failed at start: the next backoff begins anew."""
_KILL_AFTER_S: Final = 10.0
"""How much longer than drain delay and grace a child may take to end."""


class ReservationError(Exception):
    """The port is not to be had; the message says why."""


async def supervise(settings: Settings, environment: Mapping[str, str], command: Sequence[str] = _SERVE_COMMAND) -> int:
    """Run `settings.processes` servers until SIGTERM or SIGINT; return the exit code. Raises ReservationError."""
    signals = ShutdownSignals()
    signals.install()
    end_limit_s = (settings.drain_delay + settings.grace).total_seconds() + _KILL_AFTER_S
    with reserve_port(settings.host, settings.port) as reservation:
        port = reservation.getsockname()[1]
        child_environment = {**environment, f"{PREFIX}PROCESSES": str(settings.processes), f"{PREFIX}PORT": str(port)}

        def environment_of(number: int) -> Mapping[str, str]:
            # Each is a target of its own: only so can a scrape tell which of them is stuck, and none waits for another.
            metrics_port = settings.metrics_port + number - 1 if settings.metrics_port else 0
            return {**child_environment, f"{PREFIX}METRICS_PORT": str(metrics_port)}

        log().info("starting", processes=settings.processes, host=settings.host, port=port)
        codes = await asyncio.gather(
            *(
                Child(number, command, environment_of(number), signals, end_limit_s).run()
                for number in range(1, settings.processes + 1)
            )
        )
    # Any child's failure is worth a look; that the configuration is wrong says more than that a child was killed for
    # it.
    return _MISCONFIGURED if _MISCONFIGURED in codes else int(any(codes))


def reserve_port(host: str, port: int) -> socket.socket:
    """Return a socket that holds the port for the children, and takes no connections. Raises ReservationError.

    Sharing is asked for only after the port was found free: otherwise another server of the same user could be sharing
    it already.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
        reservation = socket.socket(family, kind, protocol)
        reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reservation.bind(address)
    except OSError as error:
        raise ReservationError(f"Cannot listen on {host}:{port}: {(error.strerror or str(error)).lower()}.") from error
    return reservation


class Child:
    """One server process, started again whenever it crashes."""

    def __init__(
        self,
        number: int,
        command: Sequence[str],
        environment: Mapping[str, str],
        signals: ShutdownSignals,
        end_limit_s: float,
    ) -> None:
        self._number = number
        self._command = command
        self._environment = environment
        self._signals = signals
        self._end_limit_s = end_limit_s

    async def run(self) -> int:
        """Keep a process running until the shutdown is requested; return the last one's exit code.

        A process that finds its configuration wrong requests the shutdown itself: the others would find the same.
        """
        backoff_s = _BACKOFF_S
        requested = self._signals.requested
        while True:
            started = time.monotonic()
            process = await self._start()
            if await _happens_before_end(requested, process):
                return await self._end(process)
            code = await process.wait()
            if code == _MISCONFIGURED:
                requested.set()
                return code
            if time.monotonic() - started >= _HEALTHY_AFTER_S:
                backoff_s = _BACKOFF_S
            log().error("process ended", process=self._number, code=code, restart_in_s=backoff_s)
            if await _happens_within(requested, backoff_s):
                return 0
            backoff_s = min(2 * backoff_s, _BACKOFF_MAX_S)

    async def _start(self) -> asyncio.subprocess.Process:
        # The child reads its standard input and ends when that closes, so it never outlives the parent. In a session of
        # its own it hears of Ctrl-C through the parent only.
        return await asyncio.create_subprocess_exec(
            *self._command,
            env=dict(self._environment),
            stdin=asyncio.subprocess.PIPE,
            start_new_session=True,
        )

    async def _end(self, process: asyncio.subprocess.Process) -> int:
        _send(process, signal.SIGTERM)
        if await _happens_before_end(self._signals.hurry, process, self._end_limit_s):
            _send(process, signal.SIGINT)
        if not await _ends_within(process, self._end_limit_s):
            log().error("process killed", process=self._number, after_s=self._end_limit_s)
            _send(process, signal.SIGKILL)
        code = await process.wait()
        # Asked to end before it could handle that: it had nothing to finish yet.
        return 0 if code == -signal.SIGTERM else code


def _send(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):  # It has ended just now.
        process.send_signal(number)


async def _happens_before_end(
    event: asyncio.Event, process: asyncio.subprocess.Process, limit_s: float | None = None
) -> bool:
    """Wait for the event, the end of the process, or the limit; tell whether it was the event."""
    happening = asyncio.create_task(event.wait())
    ending = asyncio.create_task(process.wait())
    await asyncio.wait((happening, ending), timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
    happening.cancel()
    ending.cancel()
    return event.is_set() and process.returncode is None


async def _happens_within(event: asyncio.Event, limit_s: float) -> bool:
    try:
        async with asyncio.timeout(limit_s):
            return await event.wait()
    except TimeoutError:
        return False


async def _ends_within(process: asyncio.subprocess.Process, limit_s: float) -> bool:
    try:
        async with asyncio.timeout(limit_s):
            await process.wait()
    except TimeoutError:
        return False
    return True


def log() -> structlog.typing.FilteringBoundLogger:
    """Return the logger; made late, since logging is configured after the import."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger("workflow_control.processes")
    return logger

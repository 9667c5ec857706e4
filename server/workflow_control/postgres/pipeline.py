"""Statements in few round trips, and with little of our own time.

The driver's pipeline gives every statement a cursor, a flush and a turn of the event loop. This one speaks to libpq
itself: nothing is sent before `sync`, which sends all statements at once, waits once, and reads all their results.
"""

from __future__ import annotations

import asyncio
import re
import select
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from types import TracebackType
from typing import Any, Final, Self
from weakref import WeakKeyDictionary

import psycopg
from psycopg import AsyncConnection, abc
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGresult

from workflow_control.postgres.parameters import dump

_PLACEHOLDER: Final = re.compile(rb"%(?:\((\w+)\)s|%)")
_CANCEL_TIMEOUT_S: Final = 1.0
_STATEMENTS_MAX: Final = 1024
_OPEN: Final = frozenset({TransactionStatus.INTRANS, TransactionStatus.INERROR})
_SUCCESSES: Final = frozenset({ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK})

_prepared: WeakKeyDictionary[AsyncConnection[Any], set[bytes]] = WeakKeyDictionary()
"""The names of the statements that each connection's session knows."""


@dataclass(frozen=True, slots=True)
class _Statement:
    text: bytes
    """With Postgres's own placeholders: $1, $2."""
    parameters: Sequence[str]
    """The names of the parameters, in the order of the placeholders."""
    name: bytes
    """Of the prepared statement."""


class Reply:
    """What a statement was answered; nothing before the `sync` that follows it."""

    __slots__ = ("_arguments", "_pipeline", "_result", "_statement")

    def __init__(self, pipeline: Pipeline, statement: _Statement, arguments: Sequence[bytes | None]) -> None:
        self._pipeline = pipeline
        self._statement = statement
        self._arguments = arguments
        self._result: PGresult | None = None

    @property
    def answered(self) -> bool:
        """Whether the statement was executed, and did not fail."""
        return self._result is not None

    @property
    def status(self) -> str:
        """The command's tag, such as `UPDATE 3`."""
        return (self._answer.command_status or b"").decode()

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """The rows; none if the statement has no rows."""
        return self._pipeline._load(self._answer)

    @property
    def _answer(self) -> PGresult:
        if self._result is None:
            raise psycopg.ProgrammingError("the statement has no answer")
        return self._result


class Pipeline:
    """A connection in pipeline mode, for the length of a `with` block that has the connection to itself.

    Statements are written as for the driver: `%(name)s`, and `%%` for a percent sign, if there are parameters. They are
    prepared at their first use unless the connection's `prepare_threshold` is None. Their parameters are sent without
    types: a statement says itself what it takes, by a cast or by the place.
    """

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection
        self._pgconn = connection.pgconn
        self._prepared = None if connection.prepare_threshold is None else _prepared.setdefault(connection, set())
        self._queue: list[Reply] = []
        self._transformer: abc.Transformer | None = None
        self._watched: int | None = None
        """The socket that the event loop watches: from the first wait on, since each beginning and end of it is a
        system call, and a batch waits twice."""
        self._poll = select.poll()
        """Asks the watched socket without waiting."""
        self._ready: asyncio.Future[None] | None = None
        """What is waited for at the moment."""

    def __enter__(self) -> Self:
        self._pgconn.enter_pipeline_mode()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Leave the pipeline mode; what was not synced is forgotten, and was never sent."""
        self._stop_watching()
        if self._pgconn.status == ConnStatus.OK:
            self._pgconn.exit_pipeline_mode()

    @property
    def server_version(self) -> int:
        """Of Postgres, such as 180006."""
        return self._pgconn.server_version

    def send(self, statement: bytes, parameters: Mapping[str, object] | None = None) -> Reply:
        """Queue a statement. Raises DataError for a text with a NUL."""
        compiled = _compile(statement, parameters is not None)
        arguments = [dump(parameters[name]) for name in compiled.parameters] if parameters is not None else []
        reply = Reply(self, compiled, arguments)
        self._queue.append(reply)
        return reply

    async def sync(self) -> None:
        """Have the queued statements executed, and wait for all answers.

        Raises the error of the first that failed, because of which those behind it were not executed; OperationalError
        when the connection breaks. A cancellation cancels what runs and closes the connection.
        """
        queue, self._queue = self._queue, []
        try:
            expected = self._write(queue)
            await self._flush()
            error = await self._read(expected)
        except OSError as failure:
            await self._abandon()
            raise psycopg.OperationalError("the connection's socket is closed") from failure
        except BaseException:
            await self._abandon()
            raise
        if error is not None:
            raise error

    async def roll_back(self) -> None:
        """End the transaction, if there is one, as if it had never been; what is queued is dropped."""
        self._queue.clear()
        if self._pgconn.transaction_status in _OPEN:
            self.send(b"ROLLBACK")
            await self.sync()

    def _write(self, queue: Sequence[Reply]) -> Sequence[tuple[Reply, bool]]:
        """Hand the statements to libpq; return whose answers will come, and whether to being prepared."""
        pgconn, prepared = self._pgconn, self._prepared
        expected: list[tuple[Reply, bool]] = []
        preparing: set[bytes] = set()
        for reply in queue:
            statement = reply._statement
            if prepared is None:
                pgconn.send_query_params(statement.text, reply._arguments, result_format=Format.BINARY)
            else:
                if statement.name not in prepared and statement.name not in preparing:
                    pgconn.send_prepare(statement.name, statement.text)
                    preparing.add(statement.name)
                    expected.append((reply, True))
                pgconn.send_query_prepared(statement.name, reply._arguments, result_format=Format.BINARY)
            expected.append((reply, False))
        pgconn.pipeline_sync()
        return expected

    async def _flush(self) -> None:
        """Send everything. A server that cannot get rid of its answers stops reading, so they are read meanwhile."""
        while self._pgconn.flush():
            loop, descriptor = asyncio.get_running_loop(), self._pgconn.socket
            loop.add_writer(descriptor, self._wake)
            try:
                await self._wait()
            finally:
                loop.remove_writer(descriptor)

    async def _read(self, expected: Sequence[tuple[Reply, bool]]) -> psycopg.Error | None:
        """Read all answers, that to the Sync included; return the first error. Raises OperationalError."""
        error: psycopg.Error | None = None
        try:
            for reply, is_preparation in expected:
                result = await self._next_result()
                if result.status not in _SUCCESSES:
                    error = error or self._error(result)
                elif not is_preparation:
                    reply._result = result
                elif self._prepared is not None:
                    self._prepared.add(reply._statement.name)
                self._pgconn.get_result()  # None: the end of the statement's results, of which it has one.
            await self._next_result()
        except psycopg.OperationalError as lost:
            # What the server has said before it hung up tells more.
            raise error or lost from None
        return error

    async def _next_result(self) -> PGresult:
        while self._pgconn.is_busy():
            await self._wait()
        result = self._pgconn.get_result()
        if result is None:
            raise psycopg.OperationalError("the connection is lost")
        return result

    async def _wait(self) -> None:
        """Wait until something has come, and is read. Raises OperationalError when the connection breaks."""
        loop = asyncio.get_running_loop()
        if self._watched is None:
            self._watched = self._pgconn.socket
            self._poll.register(self._watched, select.POLLIN)
            loop.add_reader(self._watched, self._take_in)
        elif self._read_what_is_there():
            return
        self._ready = loop.create_future()
        await self._ready

    def _take_in(self) -> None:
        """Read what has come, and wake the waiter when it can do something with it: not for every part of an answer."""
        if self._ready is None or self._ready.done():
            # What comes while nothing is asked is why the server hangs up. libpq would drop it now; the next `sync`
            # finds it, and raises it.
            self._stop_watching()
            return
        try:
            if self._read_what_is_there():
                self._ready.set_result(None)
        except psycopg.OperationalError as lost:
            self._stop_watching()  # libpq has closed the socket.
            self._ready.set_exception(lost)

    def _read_what_is_there(self) -> bool:
        """Tell whether a whole answer is read. Raises OperationalError when the connection breaks.

        To be asked before every wait, and to the end: libuv, which uvloop stands on, tells only once of a socket that
        has failed. Who waits after reading the server's last words never hears that it has hung up.
        """
        while self._pgconn.is_busy():
            if not self._poll.poll(0):
                return False
            self._pgconn.consume_input()
        return True

    def _wake(self) -> None:
        if self._ready is not None and not self._ready.done():
            self._ready.set_result(None)

    def _stop_watching(self) -> None:
        if self._watched is not None:
            asyncio.get_running_loop().remove_reader(self._watched)
            self._poll.unregister(self._watched)
            self._watched = None

    async def _abandon(self) -> None:
        """Close the connection, since nobody knows what it is at; have the server stop it, if that is quick."""
        self._stop_watching()
        try:
            with suppress(psycopg.Error):
                await self._connection.cancel_safe(timeout=_CANCEL_TIMEOUT_S)
        finally:
            await self._connection.close()

    def _error(self, result: PGresult) -> psycopg.Error:
        error = error_from_result(result)
        # Without an SQLSTATE it was not the server that spoke, but libpq, of a broken connection.
        return error if error.sqlstate is not None else psycopg.OperationalError(str(error))

    def _load(self, result: PGresult) -> list[tuple[Any, ...]]:
        if self._transformer is None:
            self._transformer = Transformer(self._connection)
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)


@lru_cache(_STATEMENTS_MAX)
def _compile(statement: bytes, has_parameters: bool) -> _Statement:
    """Number the placeholders; a name that occurs again keeps its number."""
    numbers: dict[str, int] = {}

    def number(match: re.Match[bytes]) -> bytes:
        return b"$%d" % numbers.setdefault(match[1].decode(), len(numbers) + 1) if match[1] else b"%"

    text = _PLACEHOLDER.sub(number, statement) if has_parameters else statement
    return _Statement(text, tuple(numbers), f"workflow_control_{sha256(text).hexdigest()[:32]}".encode())

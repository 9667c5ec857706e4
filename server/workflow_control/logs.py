"""Log lines: structured, on stderr, the libraries' in the same form as ours."""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import re
import sys
from typing import Final, Literal, Protocol, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["auto", "json", "console"]
LogLevel = Literal["debug", "info", "warning", "error"]

_WRITE_DELAY_S: Final = 0.02
# Only lines of libraries and tracebacks could have a URL or a connection string with a password in them.
_CREDENTIALS: Final = re.compile(
    r"(?P<before>://[^:/@\s]*:|\bpassword\s*=\s*)(?:(?<==)'[^']*'|[^@/\s]+(?=@)|(?<==)\S+)", re.IGNORECASE
)

# One encoder for all lines: making it costs as much as a line.
_encode: Final = json.JSONEncoder(default=repr, separators=(",", ":")).encode


class Log(Protocol):
    """The methods of a structlog logger that the lines of calls need."""

    def info(self, event: str, **fields: object) -> object:
        """All is well, or the caller's mistake."""
        ...

    def warning(self, event: str, **fields: object) -> object:
        """The server or the database could not, this time."""
        ...

    def error(self, event: str, **fields: object) -> object:
        """A fault of the server."""
        ...


_per_call: Final[list[Log]] = []
"""What `call_log` returns once logging is configured for JSON."""


def call_log() -> Log:
    """Return what logs calls: a line each, with its own timestamp, and without exceptions or texts of libraries."""
    return _per_call[-1] if _per_call else structlog.get_logger("workflow_control.rpc").bind()


def configure_logging(log_format: LogFormat, log_level: LogLevel) -> None:
    """Send everything that is logged to stderr. To be called once, before the first line."""
    console = log_format == "console" or (log_format == "auto" and sys.stderr.isatty())
    level = logging.getLevelNamesMapping()[log_level.upper()]
    lines = LogLines(sys.stderr)
    atexit.register(lines.flush)
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.MaybeTimeStamper(fmt="iso", utc=True),
    ]
    tail: list[Processor] = [structlog.processors.format_exc_info, _hide_credentials]
    if console:
        plain = structlog.dev.plain_traceback
        tail.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain))
    else:
        tail.append(structlog.processors.JSONRenderer(serializer=lambda event, **_: _encode(event)))
        _per_call.append(JsonLines(lines, level))
    structlog.configure(
        processors=[*shared, *tail],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(lines)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Each of its connections that fails is a line, several times a second; the probe says the same once.
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)


class JsonLines:
    """Makes the lines that structlog makes of the same fields, in two thirds of the time: every call has one."""

    def __init__(self, lines: LogLines, level: int) -> None:
        self._lines = lines
        self._level = level

    def info(self, event: str, **fields: object) -> None:
        """Write a line soon."""
        if self._level <= logging.INFO:
            self._lines.info(_encode({**fields, "event": event, "level": "info"}))

    def warning(self, event: str, **fields: object) -> None:
        """Write a line now."""
        if self._level <= logging.WARNING:
            self._lines.warning(_encode({**fields, "event": event, "level": "warning"}))

    def error(self, event: str, **fields: object) -> None:
        """Write a line now."""
        self._lines.error(_encode({**fields, "event": event, "level": "error"}))


class LogLines:
    """Gathers lines for a moment and writes them at once: under load, a system call for each would cost a call a fifth
    of its time.

    Warnings and worse are written at once, with all lines before them. A killed process loses what is not written yet.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._pending: list[str] = []
        self._scheduled = False

    def debug(self, line: str) -> None:
        """Write a line soon."""
        self._pending.append(f"{line}\n")
        if self._scheduled:
            return
        try:
            asyncio.get_running_loop().call_later(_WRITE_DELAY_S, self.flush)
        except RuntimeError:  # No loop: a command that is not a server.
            self.flush()
        else:
            self._scheduled = True

    info = msg = debug

    def warning(self, line: str) -> None:
        """Write a line now."""
        self._pending.append(f"{line}\n")
        self.flush()

    error = critical = fatal = exception = warn = warning

    def write(self, text: str) -> None:
        """Write text at the next `flush`: what the handler of the standard library calls."""
        self._pending.append(text)

    def flush(self) -> None:
        """Write everything."""
        self._scheduled = False
        text = "".join(self._pending)
        self._pending.clear()
        self._stream.write(text)
        self._stream.flush()


def _hide_credentials(logger: WrappedLogger, method_name: str, event: EventDict) -> EventDict:
    for key in ("event", "exception"):
        text = event.get(key)
        if isinstance(text, str) and ("://" in text or "password" in text):
            event[key] = _CREDENTIALS.sub(r"\g<before>***", text)
    return event

"""Log lines: structured, on stderr, the libraries' in the same form as ours."""

from __future__ import annotations

import asyncio
import atexit
import json
import logging
import re
import sys
from typing import Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["auto", "json", "console"]
LogLevel = Literal["debug", "info", "warning", "error"]

_WRITE_DELAY_S: Final = 0.02
# Only lines of libraries and tracebacks could have a URL or a connection string with a password in them.
_CREDENTIALS: Final = re.compile(
    r"(?P<before>://[^:/@\s]*:|\bpassword\s*=\s*)(?:(?<==)'[^']*'|[^@/\s]+(?=@)|(?<==)\S+)", re.IGNORECASE
)


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
        # One encoder for all lines: making it costs as much as a line.
        encode = json.JSONEncoder(default=repr, separators=(",", ":")).encode
        tail.append(structlog.processors.JSONRenderer(serializer=lambda event, **_: encode(event)))
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

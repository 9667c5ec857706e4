"""Log lines: structured, on stderr, the libraries' in the same form as ours."""

from __future__ import annotations

import logging
import re
import sys
from typing import Final, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

LogFormat = Literal["auto", "json", "console"]
LogLevel = Literal["debug", "info", "warning", "error"]

# Only in lines from libraries and in tracebacks could a URL with a password turn up; there it must not.
_CREDENTIALS: Final = re.compile(
    r"(?P<before>://[^:/@\s]*:)[^@/\s]+(?=@)|(?P<key>\bpassword\s*=\s*)(?:'[^']*'|\S+)", re.IGNORECASE
)


def configure_logging(log_format: LogFormat, log_level: LogLevel) -> None:
    """Send everything that is logged to stderr. To be called once, before the first line."""
    console = log_format == "console" or (log_format == "auto" and sys.stderr.isatty())
    level = logging.getLevelNamesMapping()[log_level.upper()]
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    tail: list[Processor] = [structlog.processors.format_exc_info, _hide_credentials]
    if console:
        tail += [
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
        ]
    else:
        tail += [structlog.processors.JSONRenderer()]
    structlog.configure(
        processors=[*shared, *tail],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _hide_credentials(logger: WrappedLogger, method_name: str, event: EventDict) -> EventDict:
    for key in ("event", "exception"):
        text = event.get(key)
        if isinstance(text, str) and ("://" in text or "password" in text):
            event[key] = _CREDENTIALS.sub(lambda match: f"{match['before'] or match['key']}***", text)
    return event

"""Log lines are JSON, one each, without passwords, whoever writes them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from tests.fixtures.eventually import eventually_async
from workflow_control.logs import LogLines

SCRIPT = """
import asyncio, logging, sys
import structlog
from workflow_control.logs import configure_logging

class Unprintable(Exception):
    def __str__(self):
        raise RuntimeError("again")

configure_logging(sys.argv[1], "info")
log = structlog.get_logger("ours")
library = logging.getLogger("library")

async def main():
    log.info("first", workflow_id="a\\nb")
    log.debug("not wanted")
    library.warning("with %s", "arguments", extra={"more": 1})
    logging.getLogger("psycopg.pool").warning("noise")
    log.info("soon", unknown=object)
    try:
        url = "postgresql://orders:hunter2@db:5432/orders"
        raise ValueError(f"cannot connect to {url} password='hunter2 too' password=hunter2")
    except ValueError:
        log.exception("failed", error_id="1")
        library.exception("failed at postgresql://orders:hunter2@db:5432/orders")
    try:
        raise Unprintable
    except Unprintable:
        log.exception("unprintable")
    log.info("last")

asyncio.run(main())
"""


def run(log_format: str) -> str:
    """Return what the script logs."""
    command = [sys.executable, "-c", SCRIPT, log_format]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout == ""
    assert "hunter2" not in result.stderr
    return result.stderr


def test_every_line_is_an_object() -> None:
    lines: list[dict[str, Any]] = [json.loads(line) for line in run("json").splitlines()]
    assert [line["event"] for line in lines] == [
        "first",
        "with arguments",
        "soon",
        "failed",
        "failed at postgresql://orders:***@db:5432/orders",
        "unprintable",
        "last",
    ]
    assert [line["level"] for line in lines] == ["info", "warning", "info", "error", "error", "error", "info"]
    assert all(line["timestamp"].endswith("Z") for line in lines)
    assert lines[0]["workflow_id"] == "a\nb"
    assert (lines[1]["logger"], lines[1]["more"]) == ("library", 1)
    assert "ValueError: cannot connect to postgresql://orders:***@db" in lines[3]["exception"]
    assert "Unprintable" in lines[5]["exception"]


def test_the_console_is_for_people() -> None:
    text = run("console")
    assert "first" in text
    assert "ValueError" in text
    with pytest.raises(json.JSONDecodeError):
        json.loads(text.splitlines()[0])


def test_a_file_gets_json_by_default() -> None:
    assert json.loads(run("auto").splitlines()[0])["event"] == "first"


class TestLogLines:
    """Lines are gathered, and warnings wait for nobody."""

    async def test_lines_are_written_together_soon(self) -> None:
        stream = CountingStream()
        lines = LogLines(stream)
        for number in range(100):
            lines.info(str(number))
        assert stream.writes == 0
        await eventually_async(lambda: stream.writes)
        assert stream.getvalue().splitlines() == [str(number) for number in range(100)]
        assert stream.writes == 1

    async def test_a_warning_is_written_at_once_after_what_was_before(self) -> None:
        stream = CountingStream()
        lines = LogLines(stream)
        lines.info("one")
        lines.warning("two")
        assert stream.getvalue() == "one\ntwo\n"

    def test_without_a_loop_nothing_waits(self) -> None:
        stream = CountingStream()
        LogLines(stream).info("one")
        assert stream.getvalue() == "one\n"

    async def test_later_lines_are_written_too(self) -> None:
        stream = CountingStream()
        lines = LogLines(stream)
        lines.info("one")
        await eventually_async(lambda: stream.writes)
        lines.info("two")
        await eventually_async(lambda: stream.getvalue() == "one\ntwo\n")


class CountingStream(io.StringIO):
    """Counts its writes."""

    writes = 0

    def write(self, text: str) -> int:
        """Count, and write."""
        self.writes += bool(text)
        return super().write(text)


CALLS = """
import sys
import structlog
from workflow_control.logs import call_log, configure_logging

configure_logging("json", sys.argv[1])
fields = {"timestamp": "2026-01-02T03:04:05+00:00", "workflow_id": 'a"\\n\\u00e9', "duration_ms": 1.25, "sure": False}
for log in (structlog.get_logger("ours").bind(), call_log()):
    log.info("rpc", **fields)
    log.warning("rpc", **fields)
    log.error("rpc", error_id=None, **fields)
"""


@pytest.mark.parametrize(("log_level", "lines"), [("info", 3), ("warning", 2), ("error", 1)])
def test_the_line_of_a_call_is_as_any_other(log_level: str, lines: int) -> None:
    command = [sys.executable, "-c", CALLS, log_level]
    logged = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    assert logged[:lines] == logged[lines:]
    assert len(logged) == 2 * lines

"""When traces are made, and that nothing of OpenTelemetry is loaded when they are not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from workflow_control.telemetry.trace_setup import is_wanted

ENDPOINT = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://localhost:4318"}


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_SERVICE_NAME": "orders"}, False),
        (ENDPOINT, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://localhost:4318/v1/traces"}, True),
        ({**ENDPOINT, "OTEL_SDK_DISABLED": "True"}, False),
        ({**ENDPOINT, "OTEL_TRACES_EXPORTER": "none"}, False),
        ({**ENDPOINT, "OTEL_TRACES_EXPORTER": "otlp"}, True),
        ({**ENDPOINT, "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, True),
    ],
)
def test_the_environment_decides(environment: dict[str, str], wanted: bool) -> None:
    assert is_wanted(environment) is wanted


@pytest.mark.parametrize("variable", ["OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL"])
def test_another_protocol_is_a_warning(variable: str, caplog: pytest.LogCaptureFixture) -> None:
    assert not is_wanted({**ENDPOINT, variable: "grpc"})

    [record] = caplog.records
    assert (record.levelname, record.getMessage()) == (
        "WARNING",
        "not tracing: only the protocol http/protobuf is spoken",
    )


SCRIPT = """
import asyncio, sys
from workflow_control import wiring
from workflow_control.telemetry.trace_setup import tracing_from_environment

if "hide" in sys.argv:
    sys.modules["opentelemetry"] = None

async def main():
    async with tracing_from_environment("1") as tracing:
        print(tracing is not None, any(name.startswith("opentelemetry.") for name in sys.modules))

asyncio.run(main())
"""


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("OTEL_")}
    command = [sys.executable, "-c", SCRIPT, *arguments]
    return subprocess.run(command, env={**inherited, **environment}, capture_output=True, text=True, check=True)


def test_without_an_exporter_nothing_is_loaded() -> None:
    assert run({}).stdout == "False False\n"


def test_with_an_exporter_it_traces() -> None:
    assert run(ENDPOINT).stdout == "True True\n"


def test_missing_libraries_are_a_warning() -> None:
    result = run(ENDPOINT, "hide")

    assert result.stdout == "False False\n"
    assert "install workflow-control[tracing]" in result.stderr

"""Whether to trace: as OpenTelemetry's own environment variables say."""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workflow_control.telemetry.tracing import Tracing  # Needs libraries that need not be installed.

logger = logging.getLogger(__name__)

_ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS: Final = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_PROTOCOL: Final = "http/protobuf"


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Tell whether an exporter is configured. One that could not be used is a warning: telemetry stops no server."""
    if not any(environment.get(name) for name in _ENDPOINTS):
        return False
    if environment.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return False
    if environment.get("OTEL_TRACES_EXPORTER", "otlp") != "otlp":
        return False
    protocol = next((value for name in _PROTOCOLS if (value := environment.get(name))), _PROTOCOL)
    if protocol != _PROTOCOL:
        logger.warning("not tracing: only the protocol %s is spoken", _PROTOCOL, extra={"protocol": protocol})
        return False
    return True


@asynccontextmanager
async def tracing_from_environment(version: str) -> AsyncIterator[Tracing | None]:
    """Trace for the time of the block, if an exporter is configured."""
    if not is_wanted(os.environ):
        yield None
        return
    try:
        from workflow_control.telemetry.tracing import open_tracing
    except ModuleNotFoundError as error:
        logger.warning("not tracing: install workflow-control[tracing]", extra={"missing": error.name})
        yield None
        return
    async with open_tracing(version) as tracing:
        yield tracing

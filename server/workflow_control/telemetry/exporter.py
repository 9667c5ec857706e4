"""Serves the metrics over HTTP, in threads of the library, so that no scrape waits for the event loop or delays it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry, start_http_server


class MetricsListenError(Exception):
    """The metrics cannot be served where they should be; the message says where and why."""


@asynccontextmanager
async def exporting(registry: CollectorRegistry, host: str, port: int) -> AsyncIterator[None]:
    """Serve `/metrics` for the time of the block. Raises MetricsListenError."""
    # In a thread: the library asks for the host's name.
    try:
        server, thread = await asyncio.to_thread(start_http_server, port, host, registry)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise MetricsListenError(f"Cannot serve metrics on {host}:{port}: {reason}.") from error
    try:
        yield
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()
        await asyncio.to_thread(thread.join)

"""How this client talks to the server: retries, limits and keepalive, as gRPC channel options."""

from __future__ import annotations

import importlib.resources
from datetime import timedelta
from typing import Final

DEFAULT_CALL_TIMEOUT: Final = timedelta(seconds=15)
"""How long a call may take, its retries included, unless the client or the call says otherwise."""

DEFAULT_MAX_MESSAGE_BYTES: Final = 4 * 1024 * 1024
"""The server's own default limit; see `GetServerInfo`."""

SERVICE_CONFIG: Final = (
    importlib.resources.files("workflowcontrol.v1").joinpath("service_config.json").read_text(encoding="utf-8")
)
"""The contract's retry policy: gRPC itself repeats a failed call, with the same request and so the same request key."""

_KEEPALIVE_TIME_MS: Final = 60_000  # A server closes the connection of a client that pings more often than it permits.
_KEEPALIVE_TIMEOUT_MS: Final = 20_000
_MAX_RECONNECT_BACKOFF_MS: Final = 5_000


def channel_options(max_message_bytes: int = DEFAULT_MAX_MESSAGE_BYTES) -> list[tuple[str, str | int]]:
    """Return the options of the clients' own channels, for a channel that is given to `from_channel`.

    `max_message_bytes` limits a message in either direction.
    """
    return [
        ("grpc.service_config", SERVICE_CONFIG),
        ("grpc.max_send_message_length", max_message_bytes),
        ("grpc.max_receive_message_length", max_message_bytes),
        # gRPC retries only what it has kept; its default of 256 KiB is less than a large fork needs.
        ("grpc.per_rpc_retry_buffer_size", max_message_bytes),
        ("grpc.keepalive_time_ms", _KEEPALIVE_TIME_MS),
        ("grpc.keepalive_timeout_ms", _KEEPALIVE_TIMEOUT_MS),
        # Finds out that an idle connection is dead before the next call does.
        ("grpc.keepalive_permit_without_calls", 1),
        # The default of two minutes would keep a client away long after the server is back.
        ("grpc.max_reconnect_backoff_ms", _MAX_RECONNECT_BACKOFF_MS),
    ]

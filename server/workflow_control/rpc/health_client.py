"""Asks a server for its health: what a container's health check runs."""

from __future__ import annotations

from typing import cast

import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse


def ask_health(address: str, service: str, timeout_s: float) -> str:
    """Return the name of the status that the server at `address` answers; that of the error when it answers none."""
    with grpc.insecure_channel(address) as channel:
        check = channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=HealthCheckRequest.SerializeToString,
            response_deserializer=HealthCheckResponse.FromString,
        )
        try:
            response = check(HealthCheckRequest(service=service), timeout=timeout_s)
        except grpc.RpcError as error:
            return cast("grpc.Call", error).code().name  # Every error that a channel raises is a call as well.
    return HealthCheckResponse.ServingStatus.Name(response.status)

"""How the clients connect: by an address or by a channel, with credentials, limits and an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import grpc
import grpc.aio
import pytest

from tests.fixtures.scripted_server import AnyClient, ScriptedServer, answer, fail, result_of
from workflow_control_client import (
    AsyncWorkflowControlClient,
    Overloaded,
    Unavailable,
    WorkflowControlClient,
    channel_options,
)
from workflowcontrol.v1.workflow_control_pb2 import GetWorkflowResponse

LARGE = GetWorkflowResponse()
LARGE.workflow.input.text = "x" * 5 * 1024 * 1024


@pytest.fixture
def secured_address() -> Iterator[str]:
    """The address of a server that takes calls with local credentials only."""
    server = ScriptedServer()
    address = server.add_port(grpc.local_server_credentials())
    server.start()
    yield address
    server.stop()


async def test_clients_are_context_managers(scripted_server: ScriptedServer) -> None:
    with WorkflowControlClient(scripted_server.address) as client:
        client.get_server_info()
    with pytest.raises(ValueError, match="closed"):
        client.get_server_info()
    async with AsyncWorkflowControlClient(scripted_server.address) as async_client:
        await async_client.get_server_info()
    with pytest.raises(grpc.aio.UsageError, match="closed"):
        await async_client.get_server_info()


async def test_a_given_channel_stays_open_and_decides_on_retries(scripted_server: ScriptedServer) -> None:
    scripted_server.script("GetServerInfo", fail(grpc.StatusCode.UNAVAILABLE, pushback_ms=1))
    with grpc.insecure_channel(scripted_server.address) as channel:
        with (
            WorkflowControlClient.from_channel(channel, call_timeout=timedelta(seconds=60)) as client,
            pytest.raises(Unavailable),
        ):
            client.get_server_info()
        client.get_server_info(call_timeout=timedelta(seconds=50))
    with pytest.raises(ValueError, match="closed"):
        client.get_server_info()
    first, second = scripted_server.received("GetServerInfo")
    assert first.time_remaining_s == pytest.approx(60, abs=3)
    assert second.time_remaining_s == pytest.approx(50, abs=3)


async def test_a_given_asyncio_channel_stays_open(scripted_server: ScriptedServer) -> None:
    async with grpc.aio.insecure_channel(scripted_server.address) as channel:
        async with AsyncWorkflowControlClient.from_channel(channel, call_timeout=timedelta(seconds=60)) as client:
            await client.get_server_info()
        await client.get_server_info()
    for attempt in scripted_server.received("GetServerInfo"):
        assert attempt.time_remaining_s == pytest.approx(60, abs=3)
    assert len(scripted_server.received("GetServerInfo")) == 2


async def test_a_given_channel_can_have_the_options_of_this_package(scripted_server: ScriptedServer) -> None:
    unavailable = fail(grpc.StatusCode.UNAVAILABLE, pushback_ms=1)
    scripted_server.script("GetServerInfo", unavailable, unavailable)
    with grpc.insecure_channel(scripted_server.address, options=channel_options()) as channel:
        WorkflowControlClient.from_channel(channel).get_server_info()
    assert len(scripted_server.received("GetServerInfo")) == 3


async def test_credentials_are_used(client_class: type[AnyClient], secured_address: str) -> None:
    client = client_class(secured_address, credentials=grpc.local_channel_credentials())
    await result_of(client.get_server_info())
    await result_of(client.close())


async def test_a_message_has_a_limit(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("GetWorkflow", answer(LARGE))
    with pytest.raises(Overloaded, match="larger than max"):
        await result_of(client.get_workflow("order-7"))


async def test_the_limit_of_a_message_can_be_raised(
    scripted_server: ScriptedServer, client_class: type[AnyClient]
) -> None:
    scripted_server.script("GetWorkflow", answer(LARGE))
    client = client_class(scripted_server.address, max_message_bytes=8 * 1024 * 1024)
    assert await result_of(client.get_workflow("order-7")) == LARGE
    await result_of(client.close())


def test_pings_are_no_more_frequent_than_servers_permit() -> None:
    assert dict(channel_options())["grpc.keepalive_time_ms"] == 60_000


async def test_a_server_that_is_not_there_is_unavailable(
    scripted_server: ScriptedServer, client_class: type[AnyClient]
) -> None:
    scripted_server.stop()
    client = client_class(scripted_server.address)
    with pytest.raises(Unavailable) as raised:
        await result_of(client.cancel_workflow("order-7", request_key="key"))
    assert raised.value.request_key == "key"
    await result_of(client.close())

"""The health service: what it answers, to whom, and that nobody can hold it up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast

import grpc
import grpc.aio
import pytest
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

from tests.fixtures.eventually import eventually_async
from tests.fixtures.scripted_data import ServedData
from workflow_control.rpc.health import HealthServicer, HealthState
from workflow_control.rpc.server import SERVICES

SERVING = HealthCheckResponse.SERVING
NOT_SERVING = HealthCheckResponse.NOT_SERVING
SERVICE_UNKNOWN = HealthCheckResponse.SERVICE_UNKNOWN

DEPENDENT = ("", "readiness", *SERVICES)
"""The names that are SERVING only while the database can be served from."""


def stub(channel: grpc.aio.Channel) -> Any:  # noqa: ANN401 - The types of the library's stub lack its methods.
    """Return a stub of the health service."""
    return HealthStub(channel)


async def check(served: ServedData, name: str) -> int:
    """Return the status of a name."""
    response = await stub(served.channel).Check(HealthCheckRequest(service=name), timeout=5)
    status: int = response.status
    return status


async def next_status(watch: AsyncIterator[HealthCheckResponse]) -> int:
    """Return the next status that a Watch tells, which must be soon."""
    response = await asyncio.wait_for(anext(watch), timeout=5)
    return response.status


@pytest.mark.parametrize("name", DEPENDENT)
async def test_check_tells_what_the_probe_has_found(served: ServedData, name: str) -> None:
    assert await check(served, name) == SERVING
    served.server.health.set_serving(False)
    assert await check(served, name) == NOT_SERVING
    served.server.health.set_serving(True)
    assert await check(served, name) == SERVING


async def test_liveness_does_not_depend_on_the_database(served: ServedData) -> None:
    served.server.health.set_serving(False)
    assert await check(served, "liveness") == SERVING
    served.server.health.drain()
    assert await check(served, "liveness") == SERVING


@pytest.mark.parametrize("name", DEPENDENT)
def test_nothing_is_served_before_the_first_probe(name: str) -> None:
    assert HealthState(SERVICES).status(name) == NOT_SERVING


async def test_check_of_an_unknown_name_is_not_found(served: ServedData) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await check(served, "workflowcontrol.v1.Nothing")
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_list_tells_every_name(served: ServedData) -> None:
    from grpc_health.v1.health_pb2 import HealthListRequest  # type: ignore[attr-defined]  # The stubs are older.

    served.server.health.set_serving(False)
    response = await stub(served.channel).List(HealthListRequest(), timeout=5)
    statuses = {name: each.status for name, each in response.statuses.items()}
    assert statuses == dict.fromkeys(DEPENDENT, NOT_SERVING) | {"liveness": SERVING}


@pytest.mark.parametrize("name", DEPENDENT)
async def test_watch_tells_the_present_and_every_change(served: ServedData, name: str) -> None:
    watch = stub(served.channel).Watch(HealthCheckRequest(service=name))
    responses = watch.__aiter__()
    for serving, status in [(True, SERVING), (False, NOT_SERVING), (True, SERVING)]:
        served.server.health.set_serving(serving)
        assert await next_status(responses) == status
    watch.cancel()


async def test_watch_of_an_unknown_name_stays_open(served: ServedData) -> None:
    watch = stub(served.channel).Watch(HealthCheckRequest(service="workflowcontrol.v1.Nothing"))
    responses = watch.__aiter__()
    assert await next_status(responses) == SERVICE_UNKNOWN
    served.server.health.set_serving(False)
    # An answer to a later call proves that the change has been handled, and the Watch is still waiting.
    assert await check(served, "") == NOT_SERVING
    assert not watch.done()
    watch.cancel()


async def test_watchers_that_do_not_read_delay_nobody(served: ServedData) -> None:
    async with grpc.aio.insecure_channel(f"127.0.0.1:{served.port}") as other:
        idle = [stub(other).Watch(HealthCheckRequest(service="readiness")) for _ in range(50)]
        await eventually_async(lambda: served.server.health.watcher_count == len(idle))
        responses = stub(served.channel).Watch(HealthCheckRequest(service="readiness")).__aiter__()
        assert await next_status(responses) == SERVING
        for serving in [False, True] * 50:
            served.server.health.set_serving(serving)
            assert await next_status(responses) == (SERVING if serving else NOT_SERVING)


async def test_a_watcher_whose_write_hangs_finds_the_present_afterwards() -> None:
    """The generator stands still at its yield for as long as gRPC cannot write to the client."""
    state = HealthState(SERVICES)
    servicer = HealthServicer(state)
    context = cast("grpc.aio.ServicerContext[Any, Any]", None)  # It is not used.
    hanging = servicer.Watch(HealthCheckRequest(service=""), context)
    reading = servicer.Watch(HealthCheckRequest(service=""), context)
    assert (await anext(hanging)).status == NOT_SERVING
    assert (await anext(reading)).status == NOT_SERVING
    for serving in [True, False] * 50 + [True]:
        state.set_serving(serving)
        assert (await anext(reading)).status == (SERVING if serving else NOT_SERVING)
    assert (await anext(hanging)).status == SERVING
    state.close()
    with pytest.raises(StopAsyncIteration):
        await anext(hanging)


async def test_drain_is_for_good_and_ends_watches_after_telling_them(served: ServedData) -> None:
    responses = stub(served.channel).Watch(HealthCheckRequest(service="")).__aiter__()
    assert await next_status(responses) == SERVING
    served.server.health.drain()
    assert await next_status(responses) == NOT_SERVING
    served.server.health.set_serving(True)
    assert await check(served, "") == NOT_SERVING
    served.server.health.close()
    with pytest.raises(StopAsyncIteration):
        await next_status(responses)


async def test_watchers_leave_nothing_behind(served: ServedData) -> None:
    health = served.server.health
    watch = stub(served.channel).Watch(HealthCheckRequest(service=""))
    assert await next_status(watch.__aiter__()) == SERVING
    assert health.watcher_count == 1
    watch.cancel()
    await eventually_async(lambda: not health.watcher_count)

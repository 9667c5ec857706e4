"""Application versions: which there are, which is the latest, and how another becomes it."""

from __future__ import annotations

import pytest

from tests.differential.seeds import SEED_TIME_MS, bare_workflow
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from workflowcontrol.v1.queue_control_pb2 import (
    ApplicationVersion,
    GetLatestApplicationVersionRequest,
    GetLatestApplicationVersionResponse,
    ListApplicationVersionsRequest,
    ListApplicationVersionsResponse,
    SetLatestApplicationVersionRequest,
    SetLatestApplicationVersionResponse,
)

Owned = tuple[str, str | None]
"""A version's name, and its owner."""

VERSIONS: tuple[Owned, ...] = (("v1", "shop"), ("v2", None), ("v3", "bank"), ("v4", "shop"))
"""From the oldest to the latest, the last two at the same time."""


@pytest.fixture
def server(start_rpc_server: StartRpcServer) -> RunningServer:
    server = start_rpc_server()
    rows = bare_workflow("some")
    for place, (name, owner) in enumerate(VERSIONS):
        rows.add(
            "application_versions",
            version_id=f"id-{place}",
            version_name=name,
            version_timestamp=SEED_TIME_MS + min(place, 2),
            created_at=SEED_TIME_MS - 1,
            application_name=owner,
        )
    server.seed(rows)
    return server


def list_names(server: RunningServer, page_size: int, *application_names: str) -> list[str]:
    names: list[str] = []
    request = ListApplicationVersionsRequest(page_size=page_size, application_names=application_names)
    while True:
        response = server.call(request).read(ListApplicationVersionsResponse)
        names.extend(version.application_version for version in response.application_versions)
        if not response.next_page_token:
            return names
        request.page_token = response.next_page_token


def latest(server: RunningServer, application_name: str = "") -> ApplicationVersion:
    request = GetLatestApplicationVersionRequest(application_name=application_name)
    return server.call(request).read(GetLatestApplicationVersionResponse).application_version


def set_latest(server: RunningServer, version: str, application_name: str = "") -> SetLatestApplicationVersionResponse:
    request = SetLatestApplicationVersionRequest(
        request_key=fresh("key"), application_version=version, application_name=application_name
    )
    return server.call(request).read(SetLatestApplicationVersionResponse)


def test_versions_are_listed_the_latest_first_in_pages(server: RunningServer) -> None:
    for page_size in (1, 2, 3, 100):
        assert list_names(server, page_size) == ["v4", "v3", "v2", "v1"]
        assert list_names(server, page_size, "shop") == ["v4", "v2", "v1"]
        assert list_names(server, page_size, "bank", "nobody") == ["v3", "v2"]


def test_the_latest_of_all_of_one_and_of_nobody(server: RunningServer) -> None:
    assert latest(server).application_version == "v4"
    assert latest(server, "bank").application_version == "v3"
    assert latest(server, "nobody").application_version == "v2"
    assert latest(server).latest_time.ToMilliseconds() == SEED_TIME_MS + 2
    assert latest(server).create_time.ToMilliseconds() == SEED_TIME_MS - 1
    assert latest(server).application_name == "shop"


def test_another_becomes_the_latest(server: RunningServer) -> None:
    [before] = server.execute("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms")
    response = set_latest(server, "v1")
    assert response.previous_latest_time.ToMilliseconds() == SEED_TIME_MS
    assert response.application_version == latest(server)
    assert response.application_version.latest_time.ToMilliseconds() >= before["ms"]
    assert list_names(server, 100) == ["v1", "v4", "v3", "v2"]
    assert response.application_version.application_name == "shop"


def test_a_version_that_nobody_owns_is_claimed(server: RunningServer) -> None:
    assert set_latest(server, "v2").application_version.application_name == ""
    assert set_latest(server, "v2", "bank").application_version.application_name == "bank"
    assert latest(server, "bank").application_version == "v2"


def test_another_applications_version_stays(server: RunningServer) -> None:
    request = SetLatestApplicationVersionRequest(request_key="key", application_version="v1", application_name="bank")
    refusal = server.call(request).refused("OWNED_BY_ANOTHER_APPLICATION")
    assert refusal.metadata == {"kind": "application version", "name": "v1", "application_name": "shop"}
    assert latest(server).application_version == "v4"


def test_a_schema_without_versions_says_so(oldest_rpc_server: RunningServer) -> None:
    for request in (ListApplicationVersionsRequest(), GetLatestApplicationVersionRequest()):
        refusal = oldest_rpc_server.call(request).refused("SCHEMA_CAPABILITY_MISSING")
        assert refusal.metadata["capability"] == "application_versions"

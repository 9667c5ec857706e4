"""Whoever waits or follows outlasts the database's failures, and Python's clients the server's as well."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import grpc
import pytest

from tests.differential.seeds import Rows, workflow
from tests.fixtures.communication import STREAM_CLOSED_TEXTS, seed, seed_more, stream
from tests.fixtures.control import CONTROL_SCHEMA
from tests.fixtures.dbos_releases import NEWEST, ReleaseProcesses
from tests.fixtures.eventually import eventually
from tests.fixtures.following import Follower
from tests.fixtures.postgres import Databases
from tests.fixtures.server import StartServer
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
from workflow_control.domain.states import WorkflowState
from workflow_control.postgres.migrate import migrate
from workflow_control_client import WorkflowControlClient

ID = "order-7"
SOON_S = 30.0


def write(url: str, offset: int, value: str) -> None:
    seed_more(url, stream(ID, "log", value, first_offset=offset))


def set_event(url: str, value: str) -> None:
    rows = Rows()
    rows.add("workflow_events", workflow_uuid=ID, key="progress", value=value)
    seed_more(url, rows)


@pytest.fixture
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """A Postgres that the test may kill."""
    with EmbeddedPostgres(tmp_path_factory.mktemp("own-postgres"), temporary=True) as server:
        yield server


def test_an_outage_of_the_database_ends_no_waiting(
    start_server: StartServer,
    own_postgres: EmbeddedPostgres,
    release_process: ReleaseProcesses,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = Databases(own_postgres, tmp_path_factory.mktemp("locks")).create()
    release_process(NEWEST).call("migrate", database_url=url)
    migrate(url, CONTROL_SCHEMA)
    seed(url, workflow(ID, WorkflowState.PENDING))
    server = start_server(url, max_deadline="2m")
    with (
        grpc.insecure_channel(server.address) as channel,
        WorkflowControlClient(server.address) as client,
        Follower(channel, ID) as follower,
        ThreadPoolExecutor(1) as background,
    ):
        event = background.submit(client.get_event, ID, "progress", timeout=timedelta(seconds=90))
        write(url, 0, "before")
        follower.wait_for("before")

        own_postgres.kill()
        eventually(lambda: server.health() == "NOT_SERVING", SOON_S)
        own_postgres.start()
        write(url, 1, "after")
        set_event(url, "set")

        eventually(lambda: len(follower.messages) == 2, SOON_S)
        assert follower.texts == ["before", "after"]
        assert event.result(SOON_S).event.value.text == "set"


@pytest.mark.parametrize("end", ["terminated", "killed"])
def test_a_client_follows_from_server_to_server(start_server: StartServer, control_url: str, end: str) -> None:
    server = start_server(control_url)
    seed(control_url, workflow(ID, WorkflowState.PENDING))
    texts: list[str] = []

    def follow() -> None:
        with WorkflowControlClient(server.address) as client:
            texts.extend(entry.value.text for entry in client.read_stream(ID, "log", follow=True))

    follower = threading.Thread(target=follow)
    follower.start()
    for number in range(3):
        write(control_url, number, str(number))
        eventually(lambda: len(texts) == number + 1, SOON_S)  # noqa: B023 - Called before the next turn.
        port = server.port
        if end == "killed":
            server.kill()
        else:
            server.terminate()
            assert server.wait() == 0
        server = start_server(control_url, port=port)
    write(control_url, 3, STREAM_CLOSED_TEXTS[2])
    follower.join(SOON_S)
    assert not follower.is_alive()
    assert texts == ["0", "1", "2", ""]

"""From any token a watcher ends in the same state, whatever has happened since; who reconnects misses none."""

from __future__ import annotations

import random
import time
from contextlib import ExitStack
from functools import partial
from operator import eq
from typing import Any

import psycopg
import pytest
from google.protobuf.duration_pb2 import Duration

from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.rpc_server import RunningServer, StartRpcServer
from tests.fixtures.watching import Watch
from workflowcontrol.v1.types_pb2 import WORKFLOW_STATE_CANCELLED, WORKFLOW_STATE_PENDING, WorkflowFilter

IDS = [f"random-{n}" for n in range(30)]
ROUNDS = 8
SELECTIONS = {
    "ids": (WorkflowFilter(workflow_ids=IDS), "TRUE"),
    "name": (WorkflowFilter(names=["watched"]), "name = 'watched'"),
    "state": (
        WorkflowFilter(names=["watched"], states=[WORKFLOW_STATE_PENDING, WORKFLOW_STATE_CANCELLED]),
        "name = 'watched' AND status IN ('PENDING', 'CANCELLED')",
    ),
}


class Workers:
    """Change workflows at random, some of them in transactions that are committed much later."""

    def __init__(self, server: RunningServer, dice: random.Random) -> None:
        self._server = server
        self._dice = dice
        self._has_completed_at = bool(
            server.execute("SELECT 1 FROM information_schema.columns WHERE column_name = 'completed_at'")
        )
        self._late: psycopg.Connection[Any] | None = None
        self._late_id = ""

    def act(self) -> None:
        """Do one thing."""
        dice = self._dice
        if self._late is None and dice.random() < 0.1:
            self._late, self._late_id = psycopg.connect(self._server.database_url), dice.choice(IDS)
            self._change(self._late, self._late_id)
        elif self._late is not None and dice.random() < 0.2:
            self.commit()
        else:
            workflow_id = dice.choice(IDS)
            if workflow_id != self._late_id:  # It would wait for that.
                self._change(self._server.connection, workflow_id)

    def commit(self) -> None:
        """Commit what is to be committed late."""
        if self._late is not None:
            self._late.commit()
            self._late.close()
            self._late, self._late_id = None, ""

    def _change(self, connection: psycopg.Connection[Any], workflow_id: str) -> None:
        now = int(time.time() * 1000)
        completed, running = (
            (f", completed_at = {now}", ", completed_at = NULL") if self._has_completed_at else ("", "")
        )
        statement = self._dice.choice(
            [
                "INSERT INTO dbos.workflow_status (workflow_uuid, status, name)"
                " VALUES (%(id)s, 'PENDING', %(name)s) ON CONFLICT DO NOTHING",
                f"UPDATE dbos.workflow_status SET status = 'PENDING', started_at_epoch_ms = {now}"
                " WHERE workflow_uuid = %(id)s",
                f"UPDATE dbos.workflow_status SET status = 'SUCCESS'{completed} WHERE workflow_uuid = %(id)s",
                f"UPDATE dbos.workflow_status SET status = 'CANCELLED'{completed} WHERE workflow_uuid = %(id)s",
                "UPDATE dbos.workflow_status SET status = 'ENQUEUED', started_at_epoch_ms = NULL"
                f"{running} WHERE workflow_uuid = %(id)s",
                "UPDATE dbos.workflow_status SET priority = priority + 1 WHERE workflow_uuid = %(id)s",
                "DELETE FROM dbos.workflow_status WHERE workflow_uuid = %(id)s",
            ]
        )
        name = self._dice.choice(["watched", "watched", "not watched"])
        connection.execute(statement.encode(), {"id": workflow_id, "name": name})


@pytest.fixture
def server(start_rpc_server: StartRpcServer, dbos_release: DbosRelease) -> RunningServer:
    return start_rpc_server(dbos_release, watch_check_interval="1s", watch_interval_ms=50)


@pytest.fixture(params=range(2))
def dice(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.mark.timeout(240)
def test_any_token_leads_to_the_same_end(server: RunningServer, dice: random.Random) -> None:
    workers = Workers(server, dice)
    bookmarks: list[tuple[str, str, dict[str, str]]] = []
    watches: dict[str, Watch] = {}
    with ExitStack() as stack:
        for kind, (selection, _) in SELECTIONS.items():
            watches[kind] = stack.enter_context(_Recording(server, kind, selection, bookmarks))
        for _ in range(ROUNDS):
            for _ in range(12):
                workers.act()
                time.sleep(0.02)
            # Some reconnect, with the token and the states that they have by then.
            kind = dice.choice(list(SELECTIONS))
            watch = watches[kind]
            token, states = watch.token, watch.states
            watch.__exit__()
            watches[kind] = stack.enter_context(_Recording(server, kind, SELECTIONS[kind][0], bookmarks, token, states))
        workers.commit()
        for kind, watch in watches.items():
            watch.until(partial(eq, _truth(server, kind)))
    assert len(bookmarks) > ROUNDS
    for kind, token, states in dice.sample(bookmarks, min(len(bookmarks), 40)):
        with Watch(server, SELECTIONS[kind][0], token, states) as watch:
            assert watch.states == _truth(server, kind)


class _Recording(Watch):
    """Keeps each token with what is known by then."""

    def __init__(
        self,
        server: RunningServer,
        kind: str,
        selection: WorkflowFilter,
        bookmarks: list[tuple[str, str, dict[str, str]]],
        *known: Any,  # noqa: ANN401 - Of a Watch.
    ) -> None:
        super().__init__(server, selection, *known, heartbeat_interval=Duration(seconds=1))
        self._kind = kind
        self._bookmarks = bookmarks

    def received(self) -> None:
        self._bookmarks.append((self._kind, self.token, self.states))


def _truth(server: RunningServer, kind: str) -> dict[str, str]:
    rows = server.execute(f"SELECT workflow_uuid, status FROM dbos.workflow_status WHERE {SELECTIONS[kind][1]}")
    return {row["workflow_uuid"]: row["status"] for row in rows}

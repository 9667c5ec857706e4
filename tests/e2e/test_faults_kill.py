"""kill -9 of a server at each step of the executor, and what its clients and its locks come to."""

import signal
import threading
import time

import psycopg
import pytest

from tests.differential.seeds import family, insert
from tests.fixtures.control import fetch, status_of
from tests.fixtures.effects import install_audit
from tests.fixtures.eventually import eventually
from tests.fixtures.invariant_checks import lingering, violations
from tests.fixtures.load import Operation, call, connect, settle
from tests.fixtures.server import StartServer
from workflow_control.domain.states import WorkflowState
from workflow_control_client import Unavailable

STEPS = ["opened", "decided", "applied", "recorded", "committed"]
LOCK_RELEASE_S = 5.0
"""No lock may outlive its client for longer (I7)."""

OPERATIONS = {
    "cancel": Operation("CancelWorkflow", "cancel"),
    "cascade": Operation("CancelWorkflow", "cascade", {"cascade": True}),
    "resume": Operation("ResumeWorkflow", "resume"),
    "fork": Operation("ForkWorkflow", "fork", {"start_step": 4}),
}
"""One of each kind, with the id of the workflow that it is for."""

RESULTS = {
    "SELECT status FROM dbos.workflow_status WHERE workflow_uuid = 'cancel'": "CANCELLED",
    "SELECT status FROM dbos.workflow_status WHERE workflow_uuid = 'cascade'": "CANCELLED",
    "SELECT status FROM dbos.workflow_status WHERE workflow_uuid = 'cascade/child-2/grandchild'": "CANCELLED",
    "SELECT status FROM dbos.workflow_status WHERE workflow_uuid = 'resume'": "ENQUEUED",
    "SELECT count(*) FROM dbos.workflow_status WHERE forked_from = 'fork' AND status = 'ENQUEUED'": 1,
    "SELECT count(*) FROM dbos.operation_outputs AS o JOIN dbos.workflow_status AS w USING (workflow_uuid)"
    " WHERE w.forked_from = 'fork' AND w.status = 'ENQUEUED'": 3,
}
"""What there is in the database when each operation has been executed once."""


@pytest.fixture
def url(control_url: str) -> str:
    """A database with a workflow for each of the operations, in a state that the operation changes."""
    with psycopg.connect(control_url) as connection:
        for workflow_id in OPERATIONS:
            state = WorkflowState.CANCELLED if workflow_id == "resume" else WorkflowState.PENDING
            insert(connection, family(workflow_id, state))
    install_audit(control_url)
    return control_url


@pytest.mark.parametrize("step", STEPS)
def test_a_retry_finds_out_what_a_killed_server_has_done(start_server: StartServer, url: str, step: str) -> None:
    survivor = start_server(url)
    answers = []
    for key, operation in OPERATIONS.items():
        victim = start_server(url, failpoint=f"{step}:kill")
        with connect(victim.address, retries=False) as client:
            answers.append(call(client, key, operation))
        assert isinstance(answers[-1].error, Unavailable)
        assert victim.wait() == -signal.SIGKILL

        with connect(survivor.address) as client:
            answers += settle(client, key, operation)
            assert answers[-1].is_replay == (step == "committed")
            answers += settle(client, key, operation)
            assert answers[-1].is_replay

    assert violations(url, answers) == []
    assert {statement: fetch(url, statement) for statement in RESULTS} == {s: [(r,)] for s, r in RESULTS.items()}


def test_the_same_client_goes_on_when_the_server_is_started_again(start_server: StartServer, url: str) -> None:
    victim = start_server(url, failpoint="recorded:kill")
    with connect(victim.address, retries=False) as client:
        answers = [call(client, "key", OPERATIONS["fork"])]
        victim.wait()
        start_server(url, port=victim.port)

        answers += settle(client, "key", OPERATIONS["fork"])

    assert not answers[-1].is_replay
    assert violations(url, answers) == []


@pytest.mark.parametrize("step", ["opened", "recorded", "committed"])
def test_connections_that_break_are_the_servers_own_business(start_server: StartServer, url: str, step: str) -> None:
    server = start_server(url, failpoint=f"{step}:close")
    with connect(server.address, retries=False) as client:
        answers = [call(client, "key", OPERATIONS["fork"])]
        assert server.events("failpoint")
        answers.append(call(client, "key", OPERATIONS["fork"]))

    assert [answer.error for answer in answers] == [None, None]
    assert [answer.is_replay for answer in answers] == [False, True]
    assert violations(url, answers) == []


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "frozen"])
def test_no_lock_outlives_its_server(start_server: StartServer, url: str, end: signal.Signals) -> None:
    server = start_server(url, failpoint="applied:sleep")
    with connect(server.address, retries=False, call_timeout_s=20) as client:
        calling = threading.Thread(target=call, args=(client, "key", OPERATIONS["fork"]))
        calling.start()
        eventually(lambda: server.events("failpoint"))
        assert lingering(url, older_than_s=0)

        ended = time.monotonic()
        server.process.send_signal(end)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(
                "SELECT FROM dbos.workflow_status WHERE workflow_uuid = 'fork' FOR UPDATE"  # Waits for the lock.
            )
        freed_s = time.monotonic() - ended

        print(f"the lock was free {freed_s:.2f} s after {end.name}")
        assert freed_s < LOCK_RELEASE_S + 1
        assert lingering(url, older_than_s=0) == []
        server.kill()
        calling.join()
    assert status_of(url, "fork") == "PENDING"
    assert violations(url) == []

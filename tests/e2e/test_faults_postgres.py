"""Postgres stops, crashes, loses its connections or becomes read-only, under load."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.differential.seeds import insert, workflow
from tests.fixtures.control import CONTROL_SCHEMA, fetch
from tests.fixtures.dbos_releases import NEWEST, ReleaseProcesses
from tests.fixtures.effects import install_audit
from tests.fixtures.eventually import eventually
from tests.fixtures.invariant_checks import lingering, violations
from tests.fixtures.load import Answer, Load, Operation, call, connect, mixed_operations
from tests.fixtures.postgres import Databases
from tests.fixtures.server import HealthWatch, ServerProcess, StartServer
from workflow_control.dev.embedded_postgres import EmbeddedPostgres
from workflow_control.domain.states import WorkflowState
from workflow_control.postgres.migrate import migrate
from workflow_control_client import DatabaseUnavailable, InternalError, TransientError

HEALTH_S = 3.0
"""How soon health must tell of an outage, and of its end."""
MUTATION_S = 5.0
"""How soon after Postgres accepts connections a mutation must succeed."""
FLAPS_MAX = 2
CALL_TIMEOUT_S = 3.0
ANSWER_S = CALL_TIMEOUT_S + 0.5
"""By when each call must be answered."""

WORKFLOWS = [f"workflow-{number}" for number in range(10)]


@dataclass(frozen=True)
class OwnPostgres:
    """A Postgres that tests may stop, with a template of both schemas."""

    server: EmbeddedPostgres
    databases: Databases
    template: str

    def prepare(self) -> str:
        """Returns the URL of a new database with some workflows, whose changes are noted."""
        self.server.start()
        url = self.databases.create(self.template)
        with psycopg.connect(url) as connection:
            for workflow_id in WORKFLOWS:
                insert(connection, workflow(workflow_id, WorkflowState.PENDING))
        install_audit(url)
        return url


@pytest.fixture(scope="module")
def own_postgres(tmp_path_factory: pytest.TempPathFactory, release_process: ReleaseProcesses) -> Iterator[OwnPostgres]:
    folder = tmp_path_factory.mktemp("own-postgres")

    def build(url: str) -> None:
        release_process(NEWEST).call("migrate", database_url=url)
        migrate(url, CONTROL_SCHEMA)

    with EmbeddedPostgres(folder, temporary=True) as server:
        databases = Databases(server, folder)
        yield OwnPostgres(server, databases, databases.template("control", build))


STOPS: dict[str, Callable[[EmbeddedPostgres], None]] = {
    "fast": lambda postgres: postgres.stop("fast"),
    "immediate": lambda postgres: postgres.stop("immediate"),
    "kill": lambda postgres: postgres.kill(),
}


@pytest.mark.parametrize(
    ("stop", "outage_s"),
    [
        ("fast", 0.0),
        ("fast", 4.0),
        ("immediate", 2.0),
        ("kill", 2.0),
        # Longer than the pools' own attempts to reconnect go on.
        pytest.param("fast", 20.0, marks=pytest.mark.slow),
    ],
)
def test_an_outage_is_told_at_once_and_over_at_once(
    start_server: StartServer, own_postgres: OwnPostgres, stop: str, outage_s: float
) -> None:
    url, postgres = own_postgres.prepare(), own_postgres.server
    server = start_server(url)
    operations = mixed_operations(WORKFLOWS)
    with (
        HealthWatch(server.address) as watch,
        HealthWatch(server.address, "liveness") as liveness,
        Load([server.address], operations, clients=4, call_timeout_s=CALL_TIMEOUT_S) as load,
    ):
        eventually(lambda: len(load.acknowledged) > 100)

        stopped = time.monotonic()
        STOPS[stop](postgres)
        is_noticed = outage_s > 0
        not_serving = watch.wait_for("NOT_SERVING", stopped) if is_noticed else stopped
        if is_noticed:
            assert server.health() == "NOT_SERVING"
            # The outage lasts as long as it is meant to, however soon it was noticed.
            threading.Event().wait(stopped + outage_s - time.monotonic())
        postgres.start()
        accepting = time.monotonic()
        mutated = first_success(server, accepting)
        serving = watch.wait_for("SERVING", accepting) if is_noticed else accepting
        eventually(lambda: [a for a in load.acknowledged if a.invoked > serving])

    print(
        f"{stop}, {accepting - stopped:.1f} s: NOT_SERVING after {not_serving - stopped:.2f} s, SERVING"
        f" {serving - accepting:.2f} s and the first mutation {mutated - accepting:.2f} s after it took connections,"
        f" {len(load.acknowledged)} acknowledged, {len(load.failures)} failed attempts"
    )
    assert not_serving - stopped < HEALTH_S
    assert serving - accepting < HEALTH_S
    assert mutated - accepting < MUTATION_S
    assert [status for _, status in liveness.changes if status != "ENDED"] == ["SERVING"]
    # Shorter outages are over before the clients' own retries are.
    assert outage_s < 4 or load.failures
    assert_in_time(load.answers)
    assert load.unsettled == []
    assert violations(url, load.answers) == []
    assert lingering(url, older_than_s=1) == []


def test_terminated_connections_are_replaced_unnoticed(start_server: StartServer, own_postgres: OwnPostgres) -> None:
    url = own_postgres.prepare()
    server = start_server(url)
    terminated = 0
    with (
        HealthWatch(server.address) as watch,
        Load([server.address], mixed_operations(WORKFLOWS), clients=6) as load,
    ):
        watch.wait_for("SERVING")
        for _ in range(20):
            acknowledged = len(load.acknowledged)
            terminated += terminate_backends(url)
            eventually(lambda: len(load.acknowledged) > acknowledged)  # noqa: B023 - Called before the next turn.
            threading.Event().wait(0.4)
        flaps = [status for _, status in watch.changes].count("NOT_SERVING")
        server.wait_until_serving(HEALTH_S)

    print(f"{terminated} terminated, {len(load.acknowledged)} acknowledged, {len(load.failures)} failed, {flaps} flaps")
    assert terminated > 50
    assert len(load.acknowledged) > 200
    # The probe's own connection is among them, and its next one may be as well.
    assert flaps <= FLAPS_MAX
    assert_in_time(load.answers, CALL_TIMEOUT_S + 2.5)
    assert load.unsettled == []
    assert violations(url, load.answers) == []


def test_a_read_only_database_is_not_served_from(start_server: StartServer, own_postgres: OwnPostgres) -> None:
    url = own_postgres.prepare()
    server = start_server(url)
    with HealthWatch(server.address) as watch, connect(server.address, retries=False) as client:
        watch.wait_for("SERVING")

        set_read_only(url, "on")
        changed = time.monotonic()
        not_serving = watch.wait_for("NOT_SERVING", changed)
        answers = [call(client, f"key-{n}", Operation("CancelWorkflow", "workflow-0")) for n in range(3)]
        assert client.get_workflow("workflow-0").workflow.raw_status == "PENDING"

        set_read_only(url, "off")
        writable = time.monotonic()
        serving = watch.wait_for("SERVING", writable)
        answers.append(call(client, "key-0", Operation("CancelWorkflow", "workflow-0")))

    print(f"NOT_SERVING after {not_serving - changed:.2f} s, SERVING after {serving - writable:.2f} s")
    assert not_serving - changed < HEALTH_S
    assert serving - writable < HEALTH_S
    assert [type(answer.error) for answer in answers] == [DatabaseUnavailable] * 3 + [type(None)]
    assert violations(url, answers) == []


def test_it_starts_without_a_database_and_serves_once_there_is_one(
    start_server: StartServer, own_postgres: OwnPostgres
) -> None:
    url = own_postgres.prepare()
    own_postgres.server.stop()
    server = start_server(url, wait=False)
    eventually(lambda: server.health("liveness") == "SERVING")
    assert server.health() == "NOT_SERVING"
    with connect(server.address, retries=False, call_timeout_s=CALL_TIMEOUT_S) as client:
        answer = call(client, "key", Operation("CancelWorkflow", "workflow-0"))
        assert isinstance(answer.error, TransientError)
        assert_in_time([answer])

    own_postgres.server.start()
    accepting = time.monotonic()
    assert first_success(server, accepting) - accepting < MUTATION_S
    server.wait_until_serving(HEALTH_S)


def first_success(server: ServerProcess, since: float) -> float:
    """Tries a new mutation again and again without patience; returns the monotonic time of the first that succeeds."""
    with connect(server.address, retries=False, call_timeout_s=1) as client:
        for number in itertools.count():
            answer = call(
                client, f"probe-{since}-{number}", Operation("CancelWorkflow", "nobody", {"allow_missing": True})
            )
            if answer.error is None:
                return answer.returned
            assert isinstance(answer.error, TransientError)
            assert time.monotonic() < since + 30, answer.error
            time.sleep(0.02)
    raise AssertionError


def assert_in_time(answers: list[Answer], limit_s: float = ANSWER_S) -> None:
    late = [answer for answer in answers if answer.returned - answer.invoked > limit_s]
    assert late == []
    assert [answer for answer in answers if isinstance(answer.error, InternalError)] == []


def terminate_backends(url: str) -> int:
    """Ends all connections of the servers, and returns how many there were."""
    statement = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name LIKE 'workflow-control%'"
    )
    return len(fetch(url, statement))


def set_read_only(url: str, value: str) -> None:
    """Lets the whole server refuse writes, also in the sessions that are open, as one that was demoted does."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(SQL("ALTER SYSTEM SET default_transaction_read_only = {}").format(Identifier(value)))
        connection.execute("SELECT pg_reload_conf()")

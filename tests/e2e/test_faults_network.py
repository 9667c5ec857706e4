"""Nothing comes through between server and Postgres any more, and nothing tells them so."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from tests.differential.seeds import insert, workflow
from tests.fixtures.control import fetch, status_of
from tests.fixtures.effects import install_audit
from tests.fixtures.eventually import eventually
from tests.fixtures.invariant_checks import violations
from tests.fixtures.load import Load, Operation, call, connect, mixed_operations, settle
from tests.fixtures.server import HealthWatch, ServerProcess, StartServer
from tests.fixtures.stalling_proxy import StallingProxy
from workflow_control.domain.states import WorkflowState
from workflow_control_client import DeadlineExceeded, InternalError, TransientError

WORKFLOWS = [f"workflow-{number}" for number in range(10)]
CALL_TIMEOUT_S = 3.0
NOTICED_S = 10.0
RECOVERED_S = 15.0

CANCEL = Operation("CancelWorkflow", "workflow-0")
WRITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"


@pytest.fixture
def proxy(control_url: str) -> Iterator[StallingProxy]:
    with psycopg.connect(control_url) as connection:
        for workflow_id in WORKFLOWS:
            insert(connection, workflow(workflow_id, WorkflowState.PENDING))
    install_audit(control_url)
    with StallingProxy(control_url) as proxy:
        yield proxy


@pytest.fixture
def brisk_server(start_server: StartServer, proxy: StallingProxy) -> ServerProcess:
    """Gives up a connection on which nothing has come back for three seconds."""
    return start_server(proxy.url, statement_timeout_ms=1000, lock_timeout_ms=500)


def test_silence_is_noticed_and_survived(start_server: StartServer, control_url: str, proxy: StallingProxy) -> None:
    server = start_server(proxy.url)
    with (
        HealthWatch(server.address) as watch,
        connect(server.address, retries=False, call_timeout_s=CALL_TIMEOUT_S) as client,
        Load([server.address], mixed_operations(WORKFLOWS), clients=4, call_timeout_s=CALL_TIMEOUT_S) as load,
    ):
        eventually(lambda: len(load.acknowledged) > 50)

        proxy.stall()
        stalled = time.monotonic()
        with pytest.raises(TransientError):
            client.get_workflow("workflow-0")
        read_s = time.monotonic() - stalled
        not_serving = watch.wait_for("NOT_SERVING", stalled)
        eventually(lambda: len(load.failures) > 3)

        proxy.heal()
        healed = time.monotonic()
        serving = watch.wait_for("SERVING", healed)
        mutated = eventually(lambda: [a.returned for a in load.acknowledged if a.invoked > healed], RECOVERED_S)[0]
        eventually(lambda: client.get_workflow("workflow-0", call_timeout=timedelta(seconds=1)))

    print(
        f"NOT_SERVING after {not_serving - stalled:.2f} s, SERVING {serving - healed:.2f} s and the first mutation"
        f" {mutated - healed:.2f} s after it was over; {len(load.failures)} failed attempts"
    )
    assert read_s < CALL_TIMEOUT_S + 0.5
    assert not_serving - stalled < NOTICED_S
    assert serving - healed < RECOVERED_S
    assert mutated - healed < RECOVERED_S
    assert not any(isinstance(error, InternalError) for error in load.failures)
    assert [a for a in load.answers if a.returned - a.invoked > CALL_TIMEOUT_S + 0.5] == []
    assert load.unsettled == []
    assert violations(control_url, load.answers) == []


def test_a_commit_that_is_never_answered_is_not_repeated(
    start_server: StartServer, control_url: str, proxy: StallingProxy
) -> None:
    server = start_server(proxy.url)
    with connect(server.address, retries=False, call_timeout_s=CALL_TIMEOUT_S) as client:
        proxy.stall_at_commit()
        answers = [call(client, "key", CANCEL)]
        assert isinstance(answers[0].error, TransientError)
        assert answers[0].returned - answers[0].invoked < CALL_TIMEOUT_S + 0.5
        assert proxy.stalled_commits == 1
        assert status_of(control_url, "workflow-0") == "CANCELLED"

        proxy.heal()
        healed = time.monotonic()
        answers += settle(client, "key", CANCEL)

    assert time.monotonic() - healed < RECOVERED_S
    assert answers[-1].is_replay
    assert violations(control_url, answers) == []


def test_what_was_cut_off_inside_a_batch_lets_go_of_its_locks(
    brisk_server: ServerProcess, control_url: str, proxy: StallingProxy
) -> None:
    with (
        connect(brisk_server.address, retries=False, call_timeout_s=CALL_TIMEOUT_S) as client,
        ThreadPoolExecutor() as threads,
    ):
        proxy.stall_inside_batch()
        calling = threads.submit(call, client, "key", CANCEL)
        # Postgres has written the claim of the key, and waits for the end of the batch.
        eventually(lambda: fetch(control_url, WRITING))
        answers = [calling.result()]
        assert isinstance(answers[0].error, TransientError)

        proxy.heal()
        healed = time.monotonic()
        answers += settle(client, "key", CANCEL)

    assert time.monotonic() - healed < RECOVERED_S
    assert answers[-1].error is None
    assert violations(control_url, answers) == []


def test_nothing_waits_for_ever_on_a_connection_that_stays_silent(
    brisk_server: ServerProcess, control_url: str, proxy: StallingProxy
) -> None:
    """Not even what has no deadline: what asks for all who wait, and what looks for DBOS's migrations."""
    with (
        connect(brisk_server.address, retries=False, call_timeout_s=CALL_TIMEOUT_S) as client,
        ThreadPoolExecutor() as threads,
    ):
        waiting = threads.submit(client.await_workflows, ["workflow-1"], timeout=timedelta(seconds=25))
        settle(client, "key", CANCEL)
        proxy.stall()
        time.sleep(2)
        proxy.heal()
        with psycopg.connect(control_url) as connection:
            connection.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = 'workflow-1'")
        assert waiting.result(RECOVERED_S).done
        settle(client, "key-2", CANCEL)
        eventually(lambda: not proxy.kept, RECOVERED_S)


def test_whoever_waits_long_enough_hears_what_came_of_it(
    brisk_server: ServerProcess, control_url: str, proxy: StallingProxy
) -> None:
    with connect(brisk_server.address, retries=False, call_timeout_s=20) as client, ThreadPoolExecutor() as threads:
        proxy.stall_at_commit()
        calling = threads.submit(call, client, "key", CANCEL)
        eventually(lambda: proxy.stalled_commits == 1)
        proxy.heal()
        answer = calling.result()

    print(f"answered after {answer.returned - answer.invoked:.2f} s")
    assert answer.error is None
    assert not answer.is_replay
    assert answer.returned - answer.invoked < NOTICED_S
    assert violations(control_url, [answer]) == []


@pytest.mark.slow
def test_a_server_ends_although_its_database_is_silent(
    start_server: StartServer, control_url: str, proxy: StallingProxy
) -> None:
    server = start_server(proxy.url, grace="1s")
    with connect(server.address, retries=False, call_timeout_s=CALL_TIMEOUT_S) as client:
        proxy.stall()
        answer = call(client, "key", CANCEL)
        assert isinstance(answer.error, DeadlineExceeded)

        server.terminate()
        terminated = time.monotonic()
        assert server.wait() == 0

    print(f"ended after {time.monotonic() - terminated:.2f} s")
    assert time.monotonic() - terminated < RECOVERED_S
    assert fetch(control_url, "SELECT request_key FROM workflow_control.request") == []

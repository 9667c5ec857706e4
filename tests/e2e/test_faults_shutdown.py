"""How a server ends: its calls finish, its clients go elsewhere, its processes go together."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import grpc
import psutil
import psycopg
import pytest

from tests.differential.seeds import insert, workflow
from tests.fixtures.control import fetch
from tests.fixtures.effects import install_audit
from tests.fixtures.eventually import eventually
from tests.fixtures.invariant_checks import violations
from tests.fixtures.load import Load, Operation, call, connect, mixed_operations
from tests.fixtures.server import HealthWatch, ServerProcess, StartServer, free_port
from tests.fixtures.sessions import locked_workflow, waiting
from workflow_control.domain.states import WorkflowState
from workflow_control_client import DeadlineExceeded, Unavailable

WORKFLOWS = [f"workflow-{number}" for number in range(10)]
MISCONFIGURED = 2
PROMPTLY_S = 5.0
ROLLING_RESTARTS = 4


@pytest.fixture
def url(control_url: str) -> str:
    with psycopg.connect(control_url) as connection:
        for workflow_id in WORKFLOWS:
            insert(connection, workflow(workflow_id, WorkflowState.PENDING))
    install_audit(control_url)
    return control_url


def test_sigterm_finishes_what_runs_and_refuses_what_comes(start_server: StartServer, url: str) -> None:
    server = start_server(url, drain_delay="1s", lock_timeout_ms=20_000, statement_timeout_ms=30_000)
    with (
        connect(server.address, retries=False, call_timeout_s=20) as client,
        HealthWatch(server.address) as watch,
        HealthWatch(server.address, "liveness"),
        ThreadPoolExecutor() as threads,
        locked_workflow(url, "workflow-0") as holder,
    ):
        watch.wait_for("SERVING")
        running = threads.submit(call, client, "running", Operation("CancelWorkflow", "workflow-0"))
        eventually(lambda: waiting(url) == 1)

        server.terminate()
        not_serving = watch.wait_for("NOT_SERVING")
        # Until the balancers have noticed it still serves.
        late = call(client, "late", Operation("CancelWorkflow", "workflow-1"))
        ended = watch.wait_for("ENDED")
        refused = call(client, "refused", Operation("CancelWorkflow", "workflow-2"))
        assert server.process.poll() is None
        holder.rollback()
        answer = running.result(20)
        released = time.monotonic()
        code = server.wait()
        ended_s = time.monotonic() - released

    assert code == 0
    assert late.error is None
    assert ended - not_serving >= 0.9
    assert isinstance(refused.error, Unavailable)
    assert answer.error is None
    assert ended_s < PROMPTLY_S
    assert violations(url, [late, refused, answer]) == []


def test_what_cannot_finish_in_time_is_rolled_back(start_server: StartServer, url: str) -> None:
    server = start_server(url, grace="1s", lock_timeout_ms=20_000, statement_timeout_ms=30_000)
    with (
        connect(server.address, retries=False, call_timeout_s=20) as client,
        ThreadPoolExecutor() as threads,
        locked_workflow(url, "workflow-0"),
    ):
        running = threads.submit(call, client, "running", Operation("CancelWorkflow", "workflow-0"))
        eventually(lambda: waiting(url) == 1)
        server.terminate()
        terminated = time.monotonic()

        assert server.wait() == 0
        assert time.monotonic() - terminated < 8
        answer = running.result(20)

    assert isinstance(answer.error, Unavailable)
    assert fetch(url, "SELECT request_key FROM workflow_control.request") == []
    assert violations(url, [answer]) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_at_once_when_nothing_runs(start_server: StartServer, url: str, number: signal.Signals) -> None:
    server = start_server(url)
    with HealthWatch(server.address) as watch:
        watch.wait_for("SERVING")
        server.process.send_signal(number)
        asked = time.monotonic()
        assert server.wait() == 0
        ended_s = time.monotonic() - asked

    assert ended_s < PROMPTLY_S
    assert [status for _, status in watch.changes] == ["SERVING", "NOT_SERVING", "ENDED"]


@pytest.mark.slow
def test_no_call_fails_while_servers_are_replaced_one_by_one(start_server: StartServer, url: str) -> None:
    servers = [start_server(url), start_server(url)]
    with Load([s.address for s in servers], mixed_operations(WORKFLOWS), insist=False, call_timeout_s=15) as load:
        for number in range(ROLLING_RESTARTS):
            old = servers[number % 2]
            acknowledged = len(load.acknowledged)
            old.terminate()
            assert old.wait() == 0
            servers[number % 2] = start_server(url, port=old.port)
            eventually(lambda: len(load.acknowledged) > acknowledged + 20)  # noqa: B023 - Called before the next turn.

    # gRPC leaves a call unanswered now and then that comes in the very moment of a stop: its own clock ends it.
    unanswered = [error for error in load.failures if isinstance(error, DeadlineExceeded) and not error.reason]
    assert [error for error in load.failures if error not in unanswered] == []
    assert len(unanswered) <= ROLLING_RESTARTS
    assert len(load.acknowledged) > 200
    assert load.replays
    assert violations(url, load.answers) == []


def test_processes_share_a_port_and_end_together(start_server: StartServer, url: str) -> None:
    server = start_server(url, processes=2, port=free_port())
    workers = {worker.pid for worker in server.workers()}
    assert len(workers) == 2
    eventually(lambda: _serving_pids(server) == workers)

    victim = workers.pop()
    psutil.Process(victim).kill()
    eventually(lambda: len(_serving_pids(server) - {victim}) == 2, timeout_s=20)
    workers = {worker.pid for worker in server.workers()}

    with Load([server.address], mixed_operations(WORKFLOWS), clients=3) as load:
        eventually(lambda: len(load.acknowledged) > 50)
    assert load.failures == []
    assert violations(url, load.answers) == []
    server.terminate()
    assert server.wait() == 0
    assert not any(psutil.pid_exists(pid) for pid in workers)


def test_processes_that_are_still_starting_end_well_too(start_server: StartServer, url: str) -> None:
    server = start_server(url, processes=2, port=free_port(), wait=False)
    eventually(lambda: len(server.workers()) == 2)

    server.terminate()

    assert server.wait() == 0


def test_processes_do_not_outlive_their_supervisor(start_server: StartServer, url: str) -> None:
    server = start_server(url, processes=2, port=free_port())
    workers = server.workers()

    server.kill()

    eventually(lambda: not any(worker.is_running() for worker in workers), timeout_s=20)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_port_is_not_shared_by_accident(start_server: StartServer, url: str, processes: int) -> None:
    first = start_server(url, processes=processes, port=free_port())

    second = start_server(url, port=first.port, wait=False)

    assert second.wait() == MISCONFIGURED
    assert f"Cannot listen on 127.0.0.1:{first.port}: address already in use." in second.log.read_text()
    assert "Traceback" not in second.log.read_text()
    assert first.health() == "SERVING"


def _serving_pids(server: ServerProcess) -> set[int]:
    """Returns the workers that have an established connection, after several new ones were made."""
    channels = [grpc.insecure_channel(server.address, [("grpc.use_local_subchannel_pool", 1)]) for _ in range(16)]
    try:
        for channel in channels:
            grpc.channel_ready_future(channel).result(10)
        return {
            worker.pid
            for worker in server.workers()
            if any(
                c.laddr.port == server.port and c.status == psutil.CONN_ESTABLISHED
                for c in worker.net_connections("tcp")
            )
        }
    finally:
        for channel in channels:
            channel.close()

"""`make run`, and the stack that the demo and other tests stand on, with a real worker of each DBOS release."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.eventually import eventually
from tests.fixtures.postgres import CreateDatabase
from workflow_control.dev.child import ChildError
from workflow_control.dev.stack import Stack, StackError, running_stack
from workflow_control_client import WorkflowControlClient
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse

QUICK_START_S = 5.0
WORKER_TIMEOUT_S = 60.0
STEPS = ["reserve_stock", "charge_card", "pack", "ship", "send_receipt"]


class DevCommand:
    """`python -m workflow_control dev` in a folder of its own, as `make run` starts it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.settings = {"WORKFLOW_CONTROL_PORT": str(free_port()), **settings}
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "workflow_control", "dev"],
            cwd=folder,
            env={**os.environ, **self.settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.output = ""

    def read_until(self, text: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output += line
            if text in line:
                return
        raise AssertionError(f"It ended without {text!r}:\n{self.output}")

    def wait(self) -> int:
        output, _ = self.process.communicate(timeout=30)
        self.output += output
        return self.process.returncode

    def programs(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)


@contextlib.contextmanager
def dev(folder: Path, **settings: str) -> Iterator[DevCommand]:
    command = DevCommand(folder, **settings)
    try:
        yield command
    finally:
        command.process.kill()
        command.process.communicate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def has_ended(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE  # Ended, and its new parent is slow to notice.
    except psutil.NoSuchProcess:
        return True


def find_worker(programs: list[psutil.Process]) -> psutil.Process:
    [worker] = [p for p in programs if p.cmdline()[-1].endswith("worker.py") and "guard.py" not in str(p.cmdline())]
    return worker


def test_ctrl_c_ends_everything_and_the_next_start_is_quick(tmp_path: Path) -> None:
    for _ in range(2):
        with dev(tmp_path) as command:
            command.read_until("Ready:")
            seconds = time.monotonic() - command.started
            programs = command.programs()
            with WorkflowControlClient(f"localhost:{command.settings['WORKFLOW_CONTROL_PORT']}") as client:
                assert list(client.list_workflows()) == []

            command.process.send_signal(signal.SIGINT)

            assert command.wait() == 0, command.output
            assert all(map(has_ended, programs))

    # On a machine that is busy with other tests, everything takes longer by about the same factor.
    imports = time.monotonic()
    subprocess.run([sys.executable, "-c", "import dbos, grpc"], check=True)
    assert seconds < max(QUICK_START_S, 8 * (time.monotonic() - imports))


def test_what_it_tells_to_try_works_until_sigterm(tmp_path: Path) -> None:
    with dev(tmp_path) as command:
        command.read_until("CancelWorkflow")
        programs = command.programs()
        commands = [line for line in command.output.splitlines() if "DBOS_SYSTEM" in line or "start_order" in line]

        subprocess.run("\n".join(commands), shell=True, check=True, cwd=tmp_path)  # noqa: S602 - They are shell commands.

        order_log = tmp_path / ".workflow-control" / "orders.log"
        eventually(lambda: order_log.exists() and "order-1 reserve_stock\n" in order_log.read_text(), WORKER_TIMEOUT_S)

        command.process.send_signal(signal.SIGTERM)

        assert command.wait() == 0, command.output
        assert all(map(has_ended, programs))


def test_nothing_outlives_kill_9(tmp_path: Path) -> None:
    with dev(tmp_path) as command:
        command.read_until("Ready:")
        programs = command.programs()

        command.process.kill()

        eventually(lambda: all(map(has_ended, programs)), timeout_s=WORKER_TIMEOUT_S)

    with dev(tmp_path, **command.settings) as again:
        again.read_until("Ready:")


def test_a_program_that_dies_ends_all_and_is_named(tmp_path: Path) -> None:
    with dev(tmp_path) as command:
        command.read_until("Ready:")
        programs = command.programs()

        find_worker(programs).kill()

        assert command.wait() == 1
        assert "The worker ended with exit code 9; the end of " in command.output
        assert "    worker ready" in command.output
        assert all(map(has_ended, programs))


def test_a_taken_port_is_named_with_the_remedy(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as thief:
        port = str(thief.getsockname()[1])
        with dev(tmp_path, WORKFLOW_CONTROL_PORT=port) as command:
            assert command.wait() == 1

    assert f"Port {port} of 127.0.0.1 cannot be used (Address already in use)" in command.output
    assert "WORKFLOW_CONTROL_PORT" in command.output
    assert "Traceback" not in command.output


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    with dev(tmp_path, WORKFLOW_CONTROL_PROT="1") as command:
        assert command.wait() == 2

    assert "WORKFLOW_CONTROL_PROT" in command.output
    assert "Traceback" not in command.output


def test_a_given_database_is_used_instead_of_its_own(tmp_path: Path, create_database: CreateDatabase) -> None:
    url = create_database()
    (tmp_path / "url").write_text(f"{url}\n")

    with dev(tmp_path, WORKFLOW_CONTROL_DATABASE_URL_FILE=str(tmp_path / "url")) as command:
        command.read_until("CancelWorkflow")
        assert url not in command.output  # It may hold a secret.
        with psycopg.connect(url) as connection:
            tables = "SELECT FROM dbos.workflow_status, workflow_control.request"
            assert connection.execute(tables.encode()).fetchall() == []

    assert not (tmp_path / ".workflow-control" / "postgres").exists()


def test_a_folder_has_one_stack_at_a_time(tmp_path: Path) -> None:
    with running_stack(tmp_path), pytest.raises(StackError, match="Another stack is running"), running_stack(tmp_path):
        pass


def test_a_database_that_is_not_there_is_reported(tmp_path: Path) -> None:
    url = f"postgresql://postgres@127.0.0.1:{free_port()}/orders"

    with pytest.raises(ChildError, match="ended with exit code"), running_stack(tmp_path, database_url=url):
        pass


@pytest.fixture
def stack(tmp_path: Path, create_database: CreateDatabase, dbos_release: DbosRelease) -> Iterator[Stack]:
    """A stack whose worker runs the DBOS release."""
    with running_stack(
        tmp_path,
        database_url=create_database(),
        worker_python=dbos_release.python(),
        settings={"ORDER_STEP_SECONDS": "1"},
    ) as stack:
        yield stack


@pytest.mark.slow
def test_an_order_is_cancelled_mid_step_resumed_and_forked(stack: Stack) -> None:
    def steps_begun(workflow_id: str) -> list[str]:
        lines = stack.order_log.read_text().splitlines() if stack.order_log.exists() else []
        return [line.split()[1] for line in lines if line.split()[0] == workflow_id]

    with WorkflowControlClient(stack.server_address) as client:

        def status(workflow_id: str) -> str:
            return client.get_workflow(workflow_id).workflow.raw_status

        stack.start_order("order")
        eventually(lambda: steps_begun("order"), WORKER_TIMEOUT_S)
        cancelled = client.cancel_workflow("order", request_key="cancel")
        assert cancelled.outcome == CancelWorkflowResponse.OUTCOME_CANCELLED
        assert client.cancel_workflow("order", request_key="cancel").idempotency.replayed
        begun = steps_begun("order")

        # An order that begins later is the clock: when it is in its second step, the first one's step has ended.
        stack.start_order("witness")
        eventually(lambda: "charge_card" in steps_begun("witness"), WORKER_TIMEOUT_S)
        assert steps_begun("order") == begun == STEPS[: len(begun)]
        assert status("order") == "CANCELLED"

        client.resume_workflow("order")
        eventually(lambda: status("order") == "SUCCESS", WORKER_TIMEOUT_S)
        # Newer releases do not let a cancelled run record its last step, so that one runs again.
        again = steps_begun("order")[len(begun) :]
        assert again in (STEPS[len(begun) :], STEPS[len(begun) - 1 :])

        fork = client.fork_workflow("order", start_step=3).workflow.workflow_id
        eventually(lambda: status(fork) == "SUCCESS", WORKER_TIMEOUT_S)
        assert steps_begun(fork) == ["pack", "ship", "send_receipt"]


def test_the_worker_shows_all_that_dbos_has(stack: Stack) -> None:
    with WorkflowControlClient(stack.server_address) as client:

        def status(workflow_id: str) -> str:
            return client.get_workflow(workflow_id).workflow.raw_status

        stack.start_order("unapproved", "--step-seconds", "0", "--approval-timeout-seconds", "0.1")
        stack.start_order("failing", "--step-seconds", "0", "--workflow", "fail_order")
        stack.start_order("shipped", "--step-seconds", "0")

        eventually(lambda: status("unapproved") == "SUCCESS", WORKER_TIMEOUT_S)
        eventually(lambda: status("failing") == "ERROR", WORKER_TIMEOUT_S)
        eventually(lambda: status("shipped") == "SUCCESS", WORKER_TIMEOUT_S)
        names = [step.name for step in client.list_workflow_steps("shipped")]
        assert names == [*STEPS, "DBOS.closeStream"]
    with psycopg.connect(stack.database_url) as connection:
        assert connection.execute(
            "SELECT key FROM dbos.workflow_events WHERE workflow_uuid = 'shipped'"
        ).fetchall() == [("progress",)]
        written = connection.execute(
            "SELECT count(*) FROM dbos.streams WHERE workflow_uuid = 'shipped' AND key = 'log'"
        )
        assert written.fetchone() == (6,)  # A line for each step, and the end.

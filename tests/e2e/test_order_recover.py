"""Orders of a worker that was killed are continued by another."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fixtures.dbos_releases import DbosRelease, ReleaseProcesses
from tests.fixtures.eventually import eventually
from tests.fixtures.order_shop import ORDER_TIMEOUT_S, STEPS
from tests.fixtures.rpc_server import StartRpcServer, fresh
from workflow_control_client import WorkflowControlClient

WORKER = Path(__file__).parents[2] / "examples" / "workers" / "python" / "worker.py"


@dataclass(frozen=True, slots=True)
class Workers:
    """Starts workers on one database, each with an executor id of its own."""

    release: DbosRelease
    database_url: str
    folder: Path

    @property
    def begun(self) -> list[str]:
        """The steps that any of them has begun."""
        log = self.folder / "orders.log"
        return [line.split()[1] for line in log.read_text().splitlines()] if log.exists() else []

    @contextmanager
    def start(self, executor_id: str) -> Iterator[subprocess.Popen[bytes]]:
        """Starts a worker; on leaving it is killed, if it is not dead yet."""
        environment = os.environ | {
            "DBOS_SYSTEM_DATABASE_URL": self.database_url,
            "DBOS__VMID": executor_id,
            "ORDER_LOG": str(self.folder / "orders.log"),
        }
        output = self.folder / f"{executor_id}.log"
        with output.open("wb") as log:
            worker = subprocess.Popen([self.release.python(), WORKER], env=environment, stdout=log, stderr=log)
        try:
            self.wait_until(lambda: "worker ready\n" in output.read_text(errors="replace"))
            yield worker
        finally:
            worker.kill()
            worker.wait()

    @staticmethod
    def wait_until(condition: Callable[[], object]) -> None:
        eventually(condition, ORDER_TIMEOUT_S)


@pytest.mark.parametrize("queue_name", ["orders", "_dbos_internal_queue"])
def test_another_worker_finishes_the_order(
    dbos_release: DbosRelease,
    start_rpc_server: StartRpcServer,
    release_process: ReleaseProcesses,
    tmp_path: Path,
    queue_name: str,
) -> None:
    server = start_rpc_server(dbos_release)
    workers = Workers(dbos_release, server.database_url, tmp_path)
    driver = release_process(dbos_release)
    order = fresh("order")
    with WorkflowControlClient(server.address) as client:
        driver.call(
            "enqueue",
            database_url=server.database_url,
            workflow_id=order,
            workflow_name="process_order",
            queue_name=queue_name,
            argument={"order_id": order, "step_seconds": 0.6},
        )
        driver.call("disconnect", database_url=server.database_url)
        with workers.start("doomed") as doomed:
            workers.wait_until(lambda: STEPS[2] in workers.begun)
            doomed.kill()
            doomed.wait()
        assert client.get_workflow(order).workflow.raw_status == "PENDING"
        recorded = [step.name for step in client.list_workflow_steps(order)]
        assert recorded == STEPS[:2]

        with workers.start("heir"):
            # Nobody but who asks for it recovers another worker's orders.
            assert client.recover_executor(["heir"]).recovered_workflow_count == 0
            response = client.recover_executor(["doomed"], request_key="recover")
            assert list(response.recovered_workflow_ids) == [order]
            workers.wait_until(lambda: client.get_workflow(order).workflow.raw_status == "SUCCESS")

        workflow = client.get_workflow(order).workflow
        assert workflow.executor_id == "heir"
        assert [step.name for step in client.list_workflow_steps(order)][: len(STEPS)] == STEPS
        # The step in which the worker died ran again, and none of those before it.
        assert workers.begun == [*STEPS[:3], *STEPS[2:]]
        # The key keeps its answer; and asked anew, there is nothing left to recover.
        assert client.recover_executor(["doomed"], request_key="recover").idempotency.replayed
        assert client.recover_executor(["doomed"]).recovered_workflow_count == 0

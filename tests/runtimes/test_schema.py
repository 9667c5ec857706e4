"""What the server says of a schema that a runtime has made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.fixtures.eventually import eventually
from tests.fixtures.order_shop import ORDER_TIMEOUT_S
from tests.fixtures.postgres import CreateDatabase
from tests.runtimes.runtimes import TOO_OLD
from tests.runtimes.shop import RuntimeShop


def test_it_is_ready_and_knows_every_table(shop: RuntimeShop) -> None:
    assert shop.client.check_readiness().ready
    assert list(shop.client.get_server_info().dialect.unknown_columns) == []


def test_a_schema_that_is_too_old_is_refused_for_what_it_lacks(create_database: CreateDatabase, tmp_path: Path) -> None:
    environment = os.environ | {
        "DBOS_SYSTEM_DATABASE_URL": (url := create_database()),
        "WORKFLOW_CONTROL_DATABASE_URL": url,
    }
    output = tmp_path / "worker.log"
    with output.open("wb") as log:
        worker = subprocess.Popen(TOO_OLD.worker_command(), env=environment, stdout=log, stderr=log)
    try:
        eventually(lambda: "worker ready\n" in output.read_text(errors="replace"), ORDER_TIMEOUT_S)
    finally:
        worker.kill()
        worker.wait()

    command = [sys.executable, "-m", "workflow_control"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    check = subprocess.run([*command, "check"], env=environment, check=False, capture_output=True, text=True)
    assert check.returncode
    assert "lacks workflow_status.parent_workflow_id" in check.stdout + check.stderr
    assert "TypeScript 4.8" in check.stdout + check.stderr

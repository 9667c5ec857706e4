"""What the server says of a schema that a runtime has made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.fixtures.postgres import CreateDatabase
from tests.runtimes.runtimes import TOO_OLD
from tests.runtimes.shop import RuntimeShop
from tests.runtimes.worker import running_worker


def test_it_is_ready_and_knows_every_table(shop: RuntimeShop) -> None:
    assert shop.client.check_readiness().ready
    assert list(shop.client.get_server_info().dialect.unknown_columns) == []


def test_a_schema_that_is_too_old_is_refused_for_what_it_lacks(create_database: CreateDatabase, tmp_path: Path) -> None:
    url = create_database()
    with running_worker(TOO_OLD, tmp_path / "worker.log", {"DBOS_SYSTEM_DATABASE_URL": url}):
        pass

    environment = os.environ | {"WORKFLOW_CONTROL_DATABASE_URL": url}
    command = [sys.executable, "-m", "workflow_control"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    check = subprocess.run([*command, "check"], env=environment, check=False, capture_output=True, text=True)
    assert check.returncode
    assert "lacks workflow_status.parent_workflow_id" in check.stdout + check.stderr
    assert "TypeScript 4.8" in check.stdout + check.stderr

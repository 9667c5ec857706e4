"""`make demo`: the story holds, on a stack of its own and on one that runs; and it fails where it should."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import grpc
import pytest

from tests.fixtures.dbos_releases import NEWEST, DbosTemplate
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.scripted_server import ScriptedServer, answer, fail
from workflow_control.dev.stack import running_stack
from workflowcontrol.v1.types_pb2 import Workflow, WorkflowStep
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse, ListWorkflowStepsResponse

CHAPTERS = (
    "An order is cancelled in the middle of a step",
    "The step after it never runs",
    "The same key again is a replay",
    "The same key for another workflow is refused",
    "The order is resumed",
    "The order is forked from step 3",
    "A failed request stays failed",
    "The journal has it all, once",
)


def run_demo(folder: Path, settings: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the demo as `make demo` does, in a folder that has no stack."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("WORKFLOW_CONTROL_")}
    return subprocess.run(
        [sys.executable, "-m", "workflow_control.dev.demo"],
        cwd=folder,
        env={**known, **(settings or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=150,
        check=False,
    )


def assert_told(demo: subprocess.CompletedProcess[str]) -> None:
    assert demo.returncode == 0, demo.stdout
    for number, chapter in enumerate(CHAPTERS, start=1):
        assert f"{number}. {chapter}" in demo.stdout
    assert "✗" not in demo.stdout
    assert "Every assertion held" in demo.stdout


@pytest.mark.slow
def test_the_story_holds_on_a_stack_of_its_own(tmp_path: Path) -> None:
    demo = run_demo(tmp_path)
    assert_told(demo)
    assert "the worker's own log says so: pack, ship, send_receipt" in demo.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_story_holds_on_a_stack_that_runs_whose_log_is_elsewhere(
    tmp_path: Path, create_database: CreateDatabase
) -> None:
    url_file = tmp_path / "url"
    with running_stack(tmp_path / "stack", database_url=create_database()) as stack:
        url_file.write_text(stack.database_url)
        demo = run_demo(
            tmp_path,
            {
                "WORKFLOW_CONTROL_ADDRESS": stack.server_address,
                "WORKFLOW_CONTROL_DATABASE_URL_FILE": str(url_file),
                "ORDER_LOG": str(tmp_path / "elsewhere.log"),
            },
        )
    assert_told(demo)
    assert "the worker's own log" not in demo.stdout
    assert stack.database_url not in demo.stdout


@pytest.fixture
def scripted_stack(
    scripted_server: ScriptedServer, create_database: CreateDatabase, dbos_template: DbosTemplate
) -> dict[str, str]:
    """The settings of a stack whose server answers as scripted: of any order the first step is recorded."""
    step = ListWorkflowStepsResponse(steps=[WorkflowStep(step_id=1, name="reserve_stock")])
    scripted_server.script("ListWorkflowSteps", answer(step))
    return {
        "WORKFLOW_CONTROL_ADDRESS": scripted_server.address,
        "WORKFLOW_CONTROL_DATABASE_URL": create_database(dbos_template(NEWEST)),
    }


def test_a_claim_that_does_not_hold_is_named(
    tmp_path: Path, scripted_server: ScriptedServer, scripted_stack: Mapping[str, str]
) -> None:
    response = CancelWorkflowResponse(workflow=Workflow(raw_status="CANCELLED"))
    response.outcome = CancelWorkflowResponse.OUTCOME_ALREADY_CANCELLED
    scripted_server.script("CancelWorkflow", answer(response))
    demo = run_demo(tmp_path, scripted_stack)
    assert demo.returncode == 1, demo.stdout
    assert demo.stdout.splitlines()[-1] == "FAILED: the order is cancelled, and this call did it"
    assert "✗ the order is cancelled, and this call did it" in demo.stdout


def test_a_call_that_fails_is_named(
    tmp_path: Path, scripted_server: ScriptedServer, scripted_stack: Mapping[str, str]
) -> None:
    scripted_server.script("CancelWorkflow", fail(grpc.StatusCode.INTERNAL, "INTERNAL", message="Internal error 42."))
    demo = run_demo(tmp_path, scripted_stack)
    assert demo.returncode == 1, demo.stdout
    assert demo.stdout.splitlines()[-1].startswith("FAILED: INTERNAL: Internal error 42.")
    assert "Traceback" not in demo.stdout


def test_a_stack_without_its_database_cannot_be_used(tmp_path: Path) -> None:
    demo = run_demo(tmp_path, {"WORKFLOW_CONTROL_ADDRESS": "127.0.0.1:1"})
    assert demo.returncode == 2
    assert "WORKFLOW_CONTROL_DATABASE_URL is not set" in demo.stdout
    assert "Traceback" not in demo.stdout


def test_an_order_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    settings = {
        "WORKFLOW_CONTROL_ADDRESS": "127.0.0.1:1",
        "WORKFLOW_CONTROL_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere",
    }
    demo = run_demo(tmp_path, settings)
    assert demo.returncode == 1
    assert "FAILED: an order can be started" in demo.stdout
    assert "Traceback" not in demo.stdout

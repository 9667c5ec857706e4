"""The client installs alone, without the server, and the program of its README runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.scripted_server import ScriptedServer, answer
from workflowcontrol.v1.types_pb2 import (
    WORKFLOW_STATE_CANCELLED,
    WORKFLOW_STATE_PENDING,
    Idempotency,
    Workflow,
    WorkflowStep,
)
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse, ListWorkflowStepsResponse

PACKAGE = Path(__file__).resolve().parents[2] / "clients" / "python"
UV = Path(sys.executable).parent / "uv"


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in a folder, and return what it prints; anything but success fails the test."""
    # Without the variables that would lead it to this interpreter's own packages.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client's wheel, just built."""
    folder = tmp_path_factory.mktemp("wheel")
    run(UV, "build", "--wheel", "--out-dir", folder, PACKAGE, folder=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


def readme_programs() -> list[str]:
    """Return the Python programs of the README."""
    return re.findall(r"^```python\n(.*?)^```$", (PACKAGE / "README.md").read_text(), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("resolution", ["highest", "lowest"])  # The declared lower bounds are true.
def test_the_readme_runs_with_nothing_but_the_wheel_installed(
    tmp_path: Path, wheel: Path, scripted_server: ScriptedServer, resolution: str
) -> None:
    python = tmp_path / "environment" / "bin" / "python"
    run(UV, "venv", "--python", sys.executable, tmp_path / "environment", folder=tmp_path)
    run(UV, "pip", "install", "--resolution", resolution, "--python", python, wheel, folder=tmp_path)
    (tmp_path / "cancel.py").write_text(readme_programs()[0])
    scripted_server.script(
        "CancelWorkflow",
        answer(
            CancelWorkflowResponse(
                idempotency=Idempotency(request_key="cancel-order-7", replayed=True),
                workflow=Workflow(workflow_id="order-7", state=WORKFLOW_STATE_CANCELLED),
                previous_state=WORKFLOW_STATE_PENDING,
            )
        ),
    )
    steps = [WorkflowStep(step_id=1, name="pack"), WorkflowStep(step_id=2, name="ship", failed=True)]
    scripted_server.script("ListWorkflowSteps", answer(ListWorkflowStepsResponse(steps=steps)))

    printed = run(python, "-W", "error", "cancel.py", scripted_server.address, "order-7", folder=tmp_path)

    assert printed.splitlines() == [
        "WORKFLOW_STATE_PENDING -> WORKFLOW_STATE_CANCELLED",
        "An earlier run of this program did it.",
        "1 pack done",
        "2 ship failed",
    ]


def test_the_command_line_comes_with_its_extra(tmp_path: Path, wheel: Path, scripted_server: ScriptedServer) -> None:
    programs = tmp_path / "environment" / "bin"
    install = (UV, "pip", "install", "--resolution", "lowest", "--python", programs / "python")
    run(UV, "venv", "--python", sys.executable, tmp_path / "environment", folder=tmp_path)
    run(*install, wheel, folder=tmp_path)
    bare = subprocess.run([programs / "workflow-control"], capture_output=True, text=True, check=False)
    assert bare.returncode == 1
    assert bare.stderr == "workflow-control needs click: pip install 'workflow-control-client[cli]'\n"

    run(*install, f"{wheel}[cli]", folder=tmp_path)
    steps = [WorkflowStep(step_id=1, name="pack"), WorkflowStep(step_id=2, name="ship", failed=True)]
    scripted_server.script("ListWorkflowSteps", answer(ListWorkflowStepsResponse(steps=steps)))
    printed = run(programs / "workflow-control", "-s", scripted_server.address, "steps", "order-7", folder=tmp_path)
    assert [line.split() for line in printed.splitlines()[1:]] == [["1", "pack", "done"], ["2", "ship", "failed"]]


def test_the_readme_is_correctly_typed(tmp_path: Path) -> None:
    """Its programs as their readers' type checkers see them."""
    programs = readme_programs()
    assert len(programs) == 2
    for number, program in enumerate(programs):
        (tmp_path / f"program_{number}.py").write_text(program)
    run(sys.executable, "-m", "mypy", "--strict", "program_0.py", "program_1.py", folder=tmp_path)

"""The README's examples do what it says, on the stack that `make run` starts."""

import itertools
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures import markdown
from tests.fixtures.eventually import eventually
from tests.fixtures.grpcurl import Answer, Grpcurl, real_grpcurl, run_real_grpcurl, run_stand_in
from tests.fixtures.markdown import Block
from workflow_control.dev.stack import Stack, running_stack
from workflow_control_client import BulkOperationState, WorkflowControlClient, WorkflowState

README = markdown.read("README.md")
ADDRESS = "localhost:50051"
STEP_SECONDS = "0.8"
"""Shorter than the README's, where somebody types meanwhile."""

ORDER_TIMEOUT_S = 30.0
BUILD_TIMEOUT_S = 420
"""The first run may have to build grpcurl, or to wait for another that does."""

_TIME_IS_UP = 68
"""How grpcurl exits with DEADLINE_EXCEEDED."""

_VERSIONS = {"version", "postgres_version", "migration"}
"""Fields that a new release of something changes without a word; all the README's claim is that they are there."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture(scope="module")
def grpcurl() -> Grpcurl:
    return run_real_grpcurl if real_grpcurl() else run_stand_in


@pytest.mark.slow
@pytest.mark.timeout(BUILD_TIMEOUT_S)
def test_the_examples_answer_what_the_readme_shows(stack: Stack, grpcurl: Grpcurl, tmp_path: Path) -> None:
    """All in one test: they are one story, told in order."""
    examples = list(itertools.pairwise(markdown.blocks(README)))
    with WorkflowControlClient(stack.server_address) as client:
        for command, shown in examples:
            line = command.text.strip()
            if "start_order.py" in line:
                _start_order(stack, line)
            elif line.startswith("grpcurl"):
                _wait_until_the_story_is_there(client, line)
                _compare(line, grpcurl(line.replace(ADDRESS, stack.server_address)), shown)
            elif command.language == "python":
                assert _run_python(line.replace(ADDRESS, stack.server_address)) == shown.text
            elif "/workflow-control " in line:
                _run_command_line(line, stack.server_address, tmp_path)
    assert sum(command.text.startswith("grpcurl") for command, _ in examples) >= 14


@pytest.mark.timeout(BUILD_TIMEOUT_S)
@pytest.mark.parametrize(
    "call",
    [
        """-d '{"page_size": 3}' ADDRESS workflowcontrol.v1.WorkflowControl/ListWorkflows""",
        """-d '{"workflow_id": "no-such"}' ADDRESS workflowcontrol.v1.WorkflowControl/GetWorkflow""",
        """ADDRESS workflowcontrol.v1.ServerControl/GetServerInfo""",
    ],
)
def test_the_stand_in_answers_as_grpcurl_does(stack: Stack, call: str) -> None:
    if real_grpcurl() is None:
        pytest.skip("needs grpcurl, or Go to install it")
    line = f"grpcurl -plaintext {call}".replace("ADDRESS", stack.server_address)

    real, ours = run_real_grpcurl(line), run_stand_in(line)

    assert ours.exit_code == real.exit_code
    assert real.error.startswith(ours.error)  # grpcurl goes on with the details.
    assert (real.output and json.loads(real.output)) == (ours.output and json.loads(ours.output))


@pytest.mark.parametrize(
    ("shown", "answered"),
    [
        ({"outcome": "A"}, {"outcome": "B"}),
        ({"outcome": "A"}, {}),
        ({"executed_at": "2026-01-31T12:00:00Z"}, {"executed_at": "today"}),
        ([{"step_id": 1}, {"step_id": 2}], [{"step_id": 2}, {"step_id": 1}]),
        ({"version": "1"}, {}),
    ],
)
def test_a_difference_is_noticed(shown: object, answered: object) -> None:
    assert _differences(shown, answered)


def _start_order(stack: Stack, line: str) -> None:
    program, script, *arguments = shlex.split(line)
    assert (program, script) == (".venv/bin/python", "examples/workers/python/start_order.py")
    options = dict(zip(arguments[::2], arguments[1::2], strict=True))
    assert options.keys() == {"--workflow-id", "--step-seconds"}
    stack.start_order(options["--workflow-id"], "--step-seconds", STEP_SECONDS)


def _run_command_line(lines: str, address: str, folder: Path) -> None:
    """Each line prints something about the order, or writes it to a file."""
    environment = {**os.environ, "WORKFLOW_CONTROL_SERVER": address}
    for line in lines.splitlines():
        command = line.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
        done = subprocess.run(
            ["sh", "-ec", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), line
        written = [file.read_text() for file in folder.iterdir()]
        said = "".join([done.stdout, *written])
        assert any(expected in said for expected in ("order-1", "process_order", "STEP", "1 applied")), line


def _wait_until_the_story_is_there(client: WorkflowControlClient, line: str) -> None:
    """Waits for what the worker does between two calls, as a reader does."""
    if "/CancelWorkflow" in line and '"reason"' in line:
        eventually(lambda: len(list(client.list_workflow_steps("order-1"))) >= 2, ORDER_TIMEOUT_S)
    elif "/GetBulkOperation" in line:
        eventually(lambda: _is_completed(client), ORDER_TIMEOUT_S)
    elif "/ForkWorkflow" in line:
        eventually(lambda: _is_done(client), ORDER_TIMEOUT_S)


def _is_completed(client: WorkflowControlClient) -> bool:
    [operation] = client.list_bulk_operations()
    return operation.state == BulkOperationState.BULK_OPERATION_STATE_COMPLETED


def _is_done(client: WorkflowControlClient) -> bool:
    return client.get_workflow("order-1").workflow.state == WorkflowState.WORKFLOW_STATE_SUCCESS


def _compare(line: str, answer: Answer, shown: Block) -> None:
    if shown.language == "json":
        # What has no end is ended by the example itself.
        assert answer.exit_code == (_TIME_IS_UP if "-max-time" in line else 0), answer.error
        assert not _differences(_documents(shown.text), _documents(answer.output)), answer.output
    else:
        assert answer.exit_code > 0
        assert answer.error.startswith(shown.text)


def _documents(text: str) -> Any:  # noqa: ANN401 - Whatever JSON has.
    """Returns what a text says in JSON: of a stream, which is one document after the other, a list."""
    decoder = json.JSONDecoder()
    documents = []
    while text := text.lstrip():
        document, end = decoder.raw_decode(text)
        documents.append(document)
        text = text[end:]
    return documents[0] if len(documents) == 1 else documents


def _differences(shown: Any, answered: Any, where: str = "") -> list[str]:  # noqa: ANN401 - Whatever JSON has.
    """Says where the answer lacks what is shown: the README's answers are shortened, so it may have more."""
    if isinstance(shown, dict):
        if not isinstance(answered, dict):
            return [f"{where} is {answered!r}"]
        missing = [f"{where}.{key} is missing" for key in shown.keys() - answered.keys()]
        both = [_differences(shown[key], answered[key], f"{where}.{key}") for key in shown.keys() & answered.keys()]
        return missing + [each for differences in both for each in differences]
    if isinstance(shown, list):
        # In this order, with others in between.
        rest = iter(answered)
        missing = [item for item in shown if not any(not _differences(item, each) for each in rest)]
        return [f"{where} lacks {item!r}" for item in missing]
    if where.rpartition(".")[2] in _VERSIONS and isinstance(answered, str):
        return []
    if isinstance(shown, str) and _is_time(shown):
        return [] if _is_time(answered) else [f"{where} is no time: {answered!r}"]
    return [] if shown == answered else [f"{where} is {answered!r}, not {shown!r}"]


def _is_time(text: object) -> bool:
    if not isinstance(text, str) or not re.match(r"\d{4}-\d\d-\d\dT", text):
        return False
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _run_python(program: str) -> str:
    process = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONWARNINGS": "error"},
        cwd=Path(sys.prefix),
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout

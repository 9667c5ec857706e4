"""Each client is a whole package: its own tests pass, and its README leads from an empty folder to a working call."""

from __future__ import annotations

import re
from pathlib import Path

from tests.clients.languages import Client, run
from tests.fixtures import markdown
from tests.fixtures.eventually import eventually
from workflow_control.dev.stack import Stack
from workflow_control_client import WorkflowControlClient, WorkflowState

_FILE = re.compile(r"`(?P<name>[\w./]+)`:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
"""A file of the README's program: its name, and then its text."""

ORDER_TIMEOUT_S = 60.0


def test_its_own_tests_pass(client: Client) -> None:
    for command in client.unit_tests:
        run(command, client.folder)


def test_the_readme_leads_from_an_empty_folder_to_a_working_call(client: Client, stack: Stack, tmp_path: Path) -> None:
    readme = (client.folder / "README.md").read_text()
    for file in _FILE.finditer(readme):
        path = tmp_path / file["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file["text"])
    lines = next(block.text for block in markdown.blocks(readme) if block.language == "sh")
    workflow_id = f"readme-{client.name}"
    stack.start_order(workflow_id, "--step-seconds", "1")
    with WorkflowControlClient(stack.server_address) as control:
        eventually(lambda: len(list(control.list_workflow_steps(workflow_id))) >= 1, ORDER_TIMEOUT_S)
        # Building may take longer than the order; cancelled now, it stays for the program to find.
        control.cancel_workflow(workflow_id, request_key=f"cancel-{workflow_id}", reason="The customer called.")

        lines = lines.replace("localhost:50051", stack.server_address).replace("order-7", workflow_id)
        printed = run(["bash", "-euc", lines], tmp_path)

        assert control.get_workflow(workflow_id).workflow.state == WorkflowState.WORKFLOW_STATE_CANCELLED
    assert re.search(r"PENDING -> (WORKFLOW_STATE_)?CANCELLED\b", printed, re.IGNORECASE), printed
    assert "An earlier run of this program did it." in printed
    assert "reserve_stock" in printed

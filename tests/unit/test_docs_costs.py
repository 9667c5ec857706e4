"""What docs/operations.md says that filters cost is complete."""

from __future__ import annotations

import re

from tests.fixtures import markdown
from workflowcontrol.v1.types_pb2 import WorkflowFilter

OPERATIONS = markdown.read("docs/operations.md")


def test_the_cost_of_every_filter_is_told() -> None:
    [section] = re.findall(r"^## What lists and counts cost$(.*?)^## ", OPERATIONS, re.MULTILINE | re.DOTALL)
    rows = [line for line in section.splitlines() if line.startswith("|")]
    named = set(re.findall(r"`(\w+)`", " ".join(row.split("|")[1] for row in rows)))
    assert named == {field.name for field in WorkflowFilter.DESCRIPTOR.fields}

"""Cascades over trees that are large: wide, deep, and both. All of it in one transaction, in a time that calls have."""

from __future__ import annotations

import time

import pytest

from tests.fixtures.control import ControlTemplate, fetch, mutation, open_control
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.postgres import CreateDatabase
from workflow_control.domain.commands import CancelWorkflow, Command, DeleteWorkflow
from workflowcontrol.v1.workflow_changes_pb2 import DeleteWorkflowResponse
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse

BYSTANDERS = 20_000
"""Other workflows, so that looking at all of them for each child would take far too long."""

DESCENDANTS_BY_SHAPE = {"wide": 10_000, "deep": 1_000, "bushy": 10_000}
PARENTS = {"wide": "0", "deep": "n - 1", "bushy": "(n - 1) / 10"}
"""The parent of the n-th descendant; the root is the 0th."""

LIMIT_S = 10.0
"""Half of what callers wait at most by default, on a busy machine; a fresh one takes about a second."""

TABLES_OF_A_WORKFLOW = (
    "INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, function_name)",
    "INSERT INTO dbos.workflow_events (workflow_uuid, key, value)",
    "INSERT INTO dbos.notifications (destination_uuid, topic, message)",
)


def make_tree(url: str, shape: str) -> None:
    """Makes a tree below `root-0`, and bystanders with children; each with a step, an event and a message."""
    fetch(
        url,
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, name, parent_workflow_id)"
        " SELECT 'root-' || n, CASE n %% 4 WHEN 0 THEN 'SUCCESS' ELSE 'PENDING' END, 'order',"
        f" CASE WHEN n > 0 THEN 'root-' || {PARENTS[shape]} END FROM generate_series(0, %(last)s) AS n",
        {"last": DESCENDANTS_BY_SHAPE[shape]},
    )
    fetch(
        url,
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, name, parent_workflow_id)"
        " SELECT 'bystander-' || n, 'PENDING', 'order', 'bystander-' || n / 2 FROM generate_series(1, %(last)s) AS n",
        {"last": BYSTANDERS},
    )
    for insert in TABLES_OF_A_WORKFLOW:
        values = "1, 'step'" if "function_id" in insert else "'key', 'value'"
        fetch(url, f"{insert} SELECT workflow_uuid, {values} FROM dbos.workflow_status")
    fetch(url, "ANALYZE")


async def execute_in_time(url: str, command: Command) -> bytes:
    """Returns the stored response."""
    async with open_control(url) as control:
        start = time.monotonic()
        reply = await control.executor.execute(mutation("key", command))
        assert time.monotonic() - start < LIMIT_S
    return reply.response


@pytest.mark.parametrize("shape", DESCENDANTS_BY_SHAPE)
async def test_a_large_tree_is_cancelled(
    create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease, shape: str
) -> None:
    url = create_database(control_template(dbos_release))
    make_tree(url, shape)

    response = CancelWorkflowResponse.FromString(await execute_in_time(url, CancelWorkflow("root-0", cascade=True)))

    # Every fourth is complete, the root among them.
    count = DESCENDANTS_BY_SHAPE[shape]
    assert response.cancelled_descendant_count == count - count // 4
    assert len(response.cancelled_descendant_ids) == min(1000, count - count // 4)
    assert fetch(
        url,
        "SELECT split_part(workflow_uuid, '-', 1), status, count(*) FROM dbos.workflow_status"
        " GROUP BY 1, 2 ORDER BY 1, 2",
    ) == [
        ("bystander", "PENDING", BYSTANDERS),
        ("root", "CANCELLED", count - count // 4),
        ("root", "SUCCESS", count // 4 + 1),
    ]


@pytest.mark.parametrize("shape", DESCENDANTS_BY_SHAPE)
async def test_a_large_tree_is_deleted(
    create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease, shape: str
) -> None:
    url = create_database(control_template(dbos_release))
    make_tree(url, shape)

    command = DeleteWorkflow("root-0", cascade=True, force=True)
    response = DeleteWorkflowResponse.FromString(await execute_in_time(url, command))

    assert response.deleted_descendant_count == DESCENDANTS_BY_SHAPE[shape]
    assert len(response.deleted_descendant_ids) == 1000
    for table in ("workflow_status", "operation_outputs", "workflow_events", "notifications"):
        assert fetch(url, f"SELECT count(*) FROM dbos.{table}") == [(BYSTANDERS,)]

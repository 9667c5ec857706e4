"""A schema that changes under a running server: another DBOS release migrates it, or takes it away."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from tests.fixtures.control import SCOPE, Control, add_workflow, fetch, mutation, open_control, status_of
from tests.fixtures.state_digest import state_digest
from workflow_control.domain.commands import CancelWorkflow, ForkWorkflow
from workflow_control.domain.errors import DatabaseUnavailable, TransientError
from workflow_control.domain.queries import WorkflowFilter, WorkflowQuery
from workflow_control.idempotency.requests import MutationReply

Result = TypeVar("Result")

COLUMN_GONE = "ALTER TABLE dbos.workflow_status RENAME COLUMN completed_at TO finished_at"
TYPE_CHANGED = "ALTER TABLE dbos.workflow_status ALTER COLUMN priority TYPE bigint"
TABLE_GONE = "ALTER TABLE dbos.workflow_status RENAME TO workflows"
TABLE_BACK = "ALTER TABLE dbos.workflows RENAME TO workflow_status"


async def retried(call: Callable[[], Awaitable[Result]], timeout_s: float = 10.0) -> Result:
    """Does what the contract tells clients to do: repeats a transient error's call, with the same key."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            return await call()
        except TransientError as error:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep((error.retry_after_ms or 100) / 1000)


async def _use_all_connections(control: Control) -> None:
    """Lets each connection prepare its statements; the pools hand them out in turn."""
    for _ in range(3):
        await control.workflows.list(WorkflowQuery(WorkflowFilter(), 10))
    for _ in range(3):
        await control.workflows.get("workflow-0", payloads=True)
        await control.executor.execute(mutation("warm", CancelWorkflow("workflow-0")))


@pytest.mark.parametrize("change", [COLUMN_GONE, TYPE_CHANGED], ids=["column gone", "type changed"])
async def test_mutations_go_on_after_a_change(control_url: str, change: str) -> None:
    for number in range(11):
        add_workflow(control_url, f"workflow-{number}")
    async with open_control(control_url) as control:
        await _use_all_connections(control)
        fetch(control_url, change)

        async def cancel(number: int) -> MutationReply:
            return await control.executor.execute(mutation(f"key-{number}", CancelWorkflow(f"workflow-{number}")))

        replies = await asyncio.gather(*(retried(lambda n=n: cancel(n)) for n in range(1, 11)))  # type: ignore[misc]  # mypy cannot infer a lambda's default.

    assert not any(reply.replayed for reply in replies)
    statuses = {status for (status,) in fetch(control_url, "SELECT status FROM dbos.workflow_status")}
    assert statuses == {"CANCELLED"}


@pytest.mark.parametrize("change", [COLUMN_GONE, TYPE_CHANGED], ids=["column gone", "type changed"])
async def test_reads_go_on_after_a_change(control_url: str, change: str) -> None:
    add_workflow(control_url, "workflow-0", status="SUCCESS", completed_at=7)
    async with open_control(control_url) as control:
        await _use_all_connections(control)
        fetch(control_url, change)
        for _ in range(10):
            stored = await retried(lambda: control.workflows.get("workflow-0", payloads=True))
            listed = await retried(lambda: control.workflows.list(WorkflowQuery(WorkflowFilter(), 10)))
            assert stored is not None
            assert stored.row.workflow_id == listed[0].row.workflow_id == "workflow-0"
            assert stored.row.completed_at == (None if change is COLUMN_GONE else 7)


async def test_the_dialect_follows_the_catalog(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        before = control.dialects.current
        fetch(control_url, COLUMN_GONE)
        await retried(lambda: control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
        after = control.dialects.current

    assert before.has("workflow_status.completed_at")
    assert not after.has("workflow_status.completed_at")
    assert after.unknown_columns == ("workflow_status.finished_at",)


async def test_nothing_is_written_without_the_tables_and_all_is_well_when_they_are_back(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        fetch(control_url, TABLE_GONE)
        before = state_digest(control_url)
        for _ in range(3):
            with pytest.raises(DatabaseUnavailable):
                await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
            with pytest.raises(DatabaseUnavailable):
                await control.workflows.get("workflow-1", payloads=False)
        assert state_digest(control_url) == before

        fetch(control_url, TABLE_BACK)
        reply = await retried(lambda: control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
    assert not reply.replayed
    [row] = fetch(control_url, "SELECT status, completed_at IS NOT NULL FROM dbos.workflow_status")
    assert row == ("CANCELLED", True)


async def test_the_journal_is_unavailable_without_our_schema(control_url: str) -> None:
    async with open_control(control_url) as control:
        fetch(control_url, "ALTER SCHEMA workflow_control RENAME TO elsewhere")
        with pytest.raises(DatabaseUnavailable):
            await control.requests.get(SCOPE, "key")


async def test_a_server_that_has_not_read_the_catalog_reads_it_before_it_writes(control_url: str) -> None:
    """It may have started before its database. Statements for DBOS 2.11 would leave `owner_xid` as it is."""
    add_workflow(control_url, "workflow-1", owner_xid="worker")
    async with open_control(control_url, reads_catalog=False) as control:
        assert control.dialects.current.missing
        await control.executor.execute(mutation("cancel", CancelWorkflow("workflow-1")))
    [row] = fetch(control_url, "SELECT status, owner_xid, completed_at IS NOT NULL FROM dbos.workflow_status")
    assert row == ("CANCELLED", None, True)


async def test_a_server_that_has_not_read_the_catalog_reads_it_before_it_reads(control_url: str) -> None:
    add_workflow(control_url, "workflow-1", completed_at=7, attributes='{"a": 1}')
    async with open_control(control_url, reads_catalog=False) as control:
        [listed] = await control.workflows.list(WorkflowQuery(WorkflowFilter(attributes={"a": 1}), 10))
        stored = await control.workflows.get("workflow-1", payloads=False)
    assert stored is not None
    assert stored.row == listed.row
    assert stored.row.completed_at == 7


async def test_a_sharded_schema_is_not_written_to(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    fetch(control_url, "ALTER TABLE dbos.workflow_status ADD COLUMN shard_key text")
    async with open_control(control_url) as control:
        with pytest.raises(DatabaseUnavailable):
            await control.executor.execute(mutation("key", ForkWorkflow("workflow-1", "fork-1")))
    assert status_of(control_url, "workflow-1") == "PENDING"
    assert len(fetch(control_url, "SELECT 1 FROM dbos.workflow_status")) == 1

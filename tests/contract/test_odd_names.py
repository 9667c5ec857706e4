"""Schemas may be called anything: their names are quoted wherever they are used."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.fixtures.control import (
    DBOS_SCHEMA,
    SCOPE,
    ControlTemplate,
    add_row,
    add_workflow,
    expire,
    fetch,
    mutation,
    open_control,
)
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.eventually import eventually_async
from tests.fixtures.postgres import CreateDatabase
from workflow_control.domain.commands import CancelWorkflow, Command, ForkWorkflow, FromLastStep, ResumeWorkflow
from workflow_control.domain.queries import RequestQuery, WorkflowFilter, WorkflowQuery
from workflow_control.postgres.cleanup import delete_expired_requests
from workflow_control.postgres.migrate import migrate
from workflow_control.postgres.probe import Probe
from workflow_control.postgres.sql import quote_identifier

ODD_DBOS = 'odd "dbos"; 100% {request_columns} --? x'
ODD_CONTROL = "odd name; \"x\" 100%s {control} $1 'y'"


@pytest.fixture
def url(create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease) -> str:
    url = create_database(control_template(dbos_release))
    add_workflow(url, "workflow-1")
    add_workflow(url, "child-1", parent_workflow_id="workflow-1")
    add_row(url, "operation_outputs", workflow_uuid="workflow-1", function_id=1, function_name="step")
    fetch(url, "DROP SCHEMA workflow_control CASCADE")
    fetch(url, f"ALTER SCHEMA {DBOS_SCHEMA} RENAME TO {quote_identifier(ODD_DBOS)}")
    return url


async def test_everything_works_on_schemas_with_odd_names(url: str) -> None:
    migrate(url, ODD_CONTROL)
    assert list(migrate(url, ODD_CONTROL)) == []
    async with open_control(url, dbos_schema=ODD_DBOS, control_schema=ODD_CONTROL) as control:
        assert [check for check in await control.database.readiness() if not check.ok] == []
        assert (await control.database.info()).dialect.schema == ODD_DBOS
        commands: list[Command] = [
            ForkWorkflow("workflow-1", "fork-1", FromLastStep(), replacement_children={"a": "b"}),
            CancelWorkflow("workflow-1", cascade=True),
            ResumeWorkflow("workflow-1"),
        ]
        for number, command in enumerate(commands):
            await control.executor.preview(mutation(f"key-{number}", command))
            await control.executor.execute(mutation(f"key-{number}", command))
            assert (await control.executor.execute(mutation(f"key-{number}", command))).replayed
        expire(url, "key-0", "key-1", control_schema=ODD_CONTROL)
        await control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1")))

        assert await control.workflows.get("fork-1", payloads=True)
        assert await control.workflows.list_steps("workflow-1", after=None, limit=10, payloads=True)
        everything = WorkflowFilter(workflow_id_prefixes=("w", "f", "c"), statuses=("CANCELLED", "ENQUEUED"))
        assert len(await control.workflows.list(WorkflowQuery(everything, 10, payloads=True))) == 3
        assert await control.requests.get(SCOPE, "key-1")
        assert len(await control.requests.list(RequestQuery(SCOPE, 10))) == 2
        assert await delete_expired_requests(control.read_pool, ODD_CONTROL, 10) == 1


async def test_the_probe_finds_schemas_with_odd_names(url: str) -> None:
    migrate(url, ODD_CONTROL)
    found: list[bool] = []

    async def verify() -> str:
        return ""

    probe = Probe(
        url,
        dbos_schema=ODD_DBOS,
        control_schema=ODD_CONTROL,
        interval=timedelta(milliseconds=20),
        verify=verify,
        on_change=found.append,
    )
    probing = asyncio.create_task(probe.run())
    try:
        await eventually_async(lambda: found == [True])
        fetch(url, f"DROP SCHEMA {quote_identifier(ODD_CONTROL)} CASCADE")
        await eventually_async(lambda: found == [True, False])
    finally:
        probing.cancel()
        await asyncio.wait([probing])

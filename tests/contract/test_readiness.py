"""What the readiness report and the dialect say of databases that are not as they should be, or are more than known."""

from __future__ import annotations

import psycopg
import pytest

from tests.fixtures.control import (
    CONTROL_SCHEMA,
    DBOS_SCHEMA,
    ControlTemplate,
    add_row,
    add_workflow,
    fetch,
    mutation,
    open_control,
    read_dialect_of,
)
from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease, DbosTemplate
from tests.fixtures.postgres import CreateDatabase
from workflow_control.dbos.inspector import check_readiness
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.commands import ForkWorkflow, FromStep
from workflow_control.domain.server_info import ReadinessCheck
from workflow_control.postgres.migrate import migrations

ALL_CHECKS = ["connection", "dbos_tables", "control_schema", "privileges"]


async def report(
    url: str, dbos_schema: str = DBOS_SCHEMA, control_schema: str = CONTROL_SCHEMA
) -> list[ReadinessCheck]:
    return list(await check_readiness(url, dbos_schema, control_schema))


async def failed(url: str) -> ReadinessCheck:
    """Returns the one check that fails."""
    [check] = [check for check in await report(url) if not check.ok]
    return check


async def test_a_good_database(
    create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease
) -> None:
    url = create_database(control_template(dbos_release))
    assert [(check.name, check.ok, check.fix) for check in await report(url)] == [(n, True, "") for n in ALL_CHECKS]
    dialect = await read_dialect_of(url)
    assert (dialect.missing, dialect.unsupported, dialect.unknown_columns) == ((), (), ())
    # What a release has is what we tell that it brings.
    assert dialect.capabilities == {c for c in Capability if DbosRelease.parse(c.first_release) <= dbos_release}


@pytest.mark.parametrize(("release", "migration"), [(OLDEST, 8), (NEWEST, 125)], ids=str)
async def test_the_number_of_dbos_last_migration(
    create_database: CreateDatabase, dbos_template: DbosTemplate, release: DbosRelease, migration: int
) -> None:
    assert (await read_dialect_of(create_database(dbos_template(release)))).migration == migration


async def test_no_database() -> None:
    [check] = await report("postgresql://nobody:secret@127.0.0.1:1/nothing")
    assert (check.name, check.ok) == ("connection", False)
    assert "secret" not in check.detail + check.fix


async def test_a_database_without_dbos(create_database: CreateDatabase) -> None:
    url = create_database()
    dialect = await read_dialect_of(url)
    assert dialect.capabilities == frozenset()
    assert dialect.migration is None
    assert "workflow_status.parent_workflow_id" in dialect.missing
    assert len(dialect.missing) == 7
    checks = await report(url)
    assert [(check.name, check.ok) for check in checks] == [
        ("connection", True),
        ("dbos_tables", False),
        ("control_schema", False),
    ]
    assert checks[1].detail.startswith("The DBOS schema 'dbos' lacks workflow_status.parent_workflow_id, ")
    assert "Start a DBOS worker of Python 2.11.0, TypeScript 4.8, Go 0.12, Java 0.8 or later" in checks[1].fix


async def test_a_database_without_our_schema(create_database: CreateDatabase, dbos_template: DbosTemplate) -> None:
    check = await failed(create_database(dbos_template(NEWEST)))
    assert check.name == "control_schema"
    needed = len(migrations())
    assert check.detail == f"The schema 'workflow_control' is at migration 0, this server needs {needed}."
    assert check.fix == "run `python -m workflow_control migrate`."


async def test_a_dbos_that_is_too_old(control_url: str) -> None:
    fetch(control_url, "ALTER TABLE dbos.workflow_status DROP COLUMN parent_workflow_id CASCADE")
    check = await failed(control_url)
    assert check.name == "dbos_tables"
    assert check.detail == "The DBOS schema 'dbos' lacks workflow_status.parent_workflow_id."


async def test_a_sharded_dbos(control_url: str) -> None:
    fetch(control_url, "ALTER TABLE dbos.operation_outputs ADD COLUMN shard_key text")
    check = await failed(control_url)
    assert check.name == "dbos_tables"
    assert check.detail == "The DBOS schema 'dbos' is sharded (operation_outputs.shard_key)."
    assert "not supported" in check.fix


async def test_a_read_only_database(control_url: str) -> None:
    database = psycopg.conninfo.conninfo_to_dict(control_url)["dbname"]
    fetch(control_url, f"ALTER DATABASE {database} SET default_transaction_read_only = on")
    async with open_control(control_url, reads_catalog=False) as control:
        [check] = await control.database.readiness()
    assert (check.name, check.ok) == ("connection", False)


@pytest.mark.parametrize("release", [OLDEST, NEWEST], ids=str)
async def test_what_a_later_dbos_adds_is_told_and_harms_nothing(
    create_database: CreateDatabase, control_template: ControlTemplate, release: DbosRelease
) -> None:
    url = create_database(control_template(release))
    fetch(
        url,
        "ALTER TABLE dbos.workflow_status ADD COLUMN of_tomorrow text DEFAULT 'new' NOT NULL;"
        " ALTER TABLE dbos.streams ADD COLUMN of_tomorrow int;"
        " CREATE TABLE dbos.tomorrow (a int, b int)",
    )
    add_workflow(url, "workflow-1", of_tomorrow="kept")
    add_row(url, "operation_outputs", workflow_uuid="workflow-1", function_id=1, function_name="step")
    add_row(url, "streams", workflow_uuid="workflow-1", key="k", value="v", offset=0, function_id=1, of_tomorrow=1)
    async with open_control(url) as control:
        assert (await control.database.info()).dialect.unknown_columns == (
            "streams.of_tomorrow",
            "tomorrow",
            "workflow_status.of_tomorrow",
        )
        assert all(check.ok for check in await control.database.readiness())
        await control.executor.execute(mutation("key", ForkWorkflow("workflow-1", "fork-1", FromStep(2))))
        assert await control.workflows.get("fork-1", payloads=True)
        assert await control.workflows.list_steps("fork-1", after=None, limit=10, payloads=True)
    # Copied as far as it is known.
    forked = fetch(url, "SELECT of_tomorrow FROM dbos.workflow_status WHERE workflow_uuid = 'fork-1'")
    assert forked == [("new",)]
    assert fetch(url, "SELECT of_tomorrow FROM dbos.streams WHERE workflow_uuid = 'fork-1'") == [(None,)]

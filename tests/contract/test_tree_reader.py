"""A tree is read as of one instant, however many statements that takes."""

from __future__ import annotations

from tests.fixtures.control import CONTROL_SCHEMA, DBOS_SCHEMA, HUNG_AFTER_S, add_workflow
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate
from tests.fixtures.postgres import CreateDatabase
from workflow_control.dbos.dialect_source import DialectSource
from workflow_control.dbos.tree_reader import PostgresTreeReader
from workflow_control.domain.trees import WorkflowRelation
from workflow_control.operations.ports import TreeSnapshot
from workflow_control.postgres.pool import ConnectionSettings, make_pool
from workflow_control.postgres.reads import Reads


async def test_what_is_started_between_two_levels_is_in_neither(
    create_database: CreateDatabase, dbos_template: DbosTemplate, dbos_release: DbosRelease
) -> None:
    url = create_database(dbos_template(dbos_release))
    add_workflow(url, "root")
    add_workflow(url, "child", parent_workflow_id="root")

    async def children(snapshot: TreeSnapshot) -> list[str]:
        rows = await snapshot.relatives({"root"}, {WorkflowRelation.CHILDREN}, {"root"}, 10)
        return [row.workflow_id for row in rows]

    async def gather(snapshot: TreeSnapshot) -> tuple[list[str], list[str]]:
        before = await children(snapshot)
        add_workflow(url, "late", parent_workflow_id="root")
        return before, await children(snapshot)

    async with make_pool(ConnectionSettings(url, 3, 2000, True), "reads", 1) as pool:
        dialects = DialectSource(pool, DBOS_SCHEMA, CONTROL_SCHEMA, HUNG_AFTER_S)
        await dialects.refresh()
        reader = PostgresTreeReader(Reads(pool, dialects.refresh, HUNG_AFTER_S), dialects)

        assert await reader.in_snapshot(gather) == (["child"], ["child"])
        assert sorted(await reader.in_snapshot(children)) == ["child", "late"]

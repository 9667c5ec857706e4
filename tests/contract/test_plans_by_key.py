"""Plans that are made while our tables are new, and are kept while they grow."""

import re

import psycopg
import pytest

from tests.fixtures.control import ControlTemplate, read_dialect_of
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.statements import files, numbered, render
from workflow_control.postgres.plans import plan_by_key

KEYED = {
    "request_recall": {"request_pkey"},
    "request_take_over": {"request_pkey"},
    "request_record": {"request_pkey"},
    "workflow_lock": {"request_pkey", "workflow_status_pkey"},
    "workflow_cancel": {"workflow_status_pkey"},
    "workflow_resume": {"workflow_status_pkey"},
    "bulk_item_settle": {"bulk_operation_item_pkey", "bulk_operation_pkey"},
}


@pytest.mark.parametrize("stem", KEYED)
async def test_a_new_database_is_searched_by_key(
    create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease, stem: str
) -> None:
    url = create_database(control_template(dbos_release))
    [path] = [path for path in files() if path.stem == stem]
    statement, _ = numbered(render(path, await read_dialect_of(url)))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await plan_by_key(connection)
        cursor = await connection.execute(b"EXPLAIN (GENERIC_PLAN) " + statement.encode())
        plan = "\n".join(str(line) for (line,) in await cursor.fetchall())

    used = set(re.findall(r"(?:Index(?: Only)? Scan using|Bitmap Index Scan on) (\w+)", plan))
    # Of the few operations that run, one is found as well by the index that has nothing else.
    assert used - {"bulk_operation_running"} == KEYED[stem], plan
    assert len(re.findall(r"Index Cond: .*operation_id = .* AND .*number = ", plan)) == stem.startswith("bulk"), plan
    assert not re.search(r"Seq Scan on (request|workflow_status)", plan), plan

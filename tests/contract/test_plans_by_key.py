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
    assert used == KEYED[stem], plan
    assert not re.search(r"Seq Scan on (request|workflow_status)", plan), plan

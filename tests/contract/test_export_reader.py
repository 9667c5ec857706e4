"""An export has everything that belongs to a workflow, exact, as of one instant, and never more than may be sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import psycopg
import pytest
from psycopg.rows import dict_row
from psycopg.sql import SQL, Identifier

from tests.differential.seeds import family, workflow
from tests.fixtures.communication import Communication, message, open_communication, seed, seed_more, stream
from tests.fixtures.control import add_workflow, fetch
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate
from tests.fixtures.postgres import CreateDatabase
from workflow_control.domain.errors import ResponseTooLarge, WorkflowNotFound
from workflow_control.domain.exports import ExportedWorkflow, ExportQuery
from workflow_control.domain.states import WorkflowState
from workflow_control.postgres.reads import Snapshot

ID = "order-1"
QUERY = ExportQuery(ID, children=False, messages=False, max_bytes=10**6)
TABLES = {
    "operation_outputs": ("workflow_uuid", ("function_id",)),
    "workflow_events": ("workflow_uuid", ("key",)),
    "workflow_events_history": ("workflow_uuid", ("function_id", "key")),
    "streams": ("workflow_uuid", ("key", "offset")),
    "notifications": ("destination_uuid", ("created_at_epoch_ms", "message_uuid")),
}


@pytest.fixture
def url(create_database: CreateDatabase, dbos_template: DbosTemplate, dbos_release: DbosRelease) -> str:
    """A database with the release's schema and two families of workflows."""
    url = create_database(dbos_template(dbos_release))
    seed(url, family(ID, WorkflowState.SUCCESS), family("order-2", WorkflowState.ERROR, in_row=True))
    return url


@pytest.fixture
async def communication(url: str) -> AsyncIterator[Communication]:
    async with open_communication(url) as opened:
        yield opened


def rows_of(url: str, table: str, workflow_column: str, workflow_id: str, order: tuple[str, ...]) -> list[object]:
    """Returns a workflow's rows of a table, by the names of their columns."""
    statement = SQL("SELECT * FROM {} WHERE {} = %s ORDER BY {}").format(
        Identifier("dbos", table), Identifier(workflow_column), SQL(", ").join(map(Identifier, order))
    )
    with psycopg.connect(url, row_factory=dict_row) as connection:
        return list(connection.execute(statement, [workflow_id]))


@pytest.mark.parametrize("workflow_id", [ID, "order-2"])
async def test_every_row_is_exported_as_it_is_stored(url: str, communication: Communication, workflow_id: str) -> None:
    query = replace(QUERY, workflow_id=workflow_id, messages=True)
    [exported] = await communication.operations.export(query)

    for table, (workflow_column, order) in TABLES.items():
        records = getattr(exported, table)
        stored = rows_of(url, table, workflow_column, workflow_id, order)
        assert len(records) == len(stored) > 0
        for record, row in zip(records, stored, strict=True):
            assert isinstance(row, dict)
            left_out = set(row) - set(record._fields) - {workflow_column}
            assert left_out <= {"retention_timestamp"}
            assert record._asdict() == {name: row.get(name) for name in record._fields}


@pytest.mark.parametrize("workflow_id", [ID, "order-2"])
async def test_the_workflows_row_is_exported_with_its_payloads(
    url: str, communication: Communication, workflow_id: str
) -> None:
    [exported] = await communication.operations.export(replace(QUERY, workflow_id=workflow_id))

    [stored] = rows_of(url, "workflow_status", "workflow_uuid", workflow_id, ("workflow_uuid",))
    assert isinstance(stored, dict)
    status = exported.workflow_status._asdict()
    assert set(stored) - set(status) <= {"owner_xid", "creator_xid"}
    payloads = {name: status.pop(name) for name in ("inputs", "output", "error")}
    assert payloads == {
        "inputs": f'{{"positionalArgs":["{workflow_id}"],"namedArgs":{{}}}}',
        "output": f"output of {workflow_id}" if workflow_id == ID else None,
        "error": f"error of {workflow_id}" if workflow_id != ID else None,
    }
    attributes = status.pop("attributes")
    expected = {name: stored.get(name) for name in status}
    assert status == expected
    assert attributes == (stored_text(url, workflow_id) if "workflow_status.attributes" in communication.has else None)


def stored_text(url: str, workflow_id: str) -> str:
    statement = "SELECT attributes::text FROM dbos.workflow_status WHERE workflow_uuid = %(id)s"
    [(text,)] = fetch(url, statement, {"id": workflow_id})
    assert isinstance(text, str)
    return text


async def test_large_numbers_in_attributes_stay_exact(url: str, communication: Communication) -> None:
    if "workflow_status.attributes" not in communication.has:
        pytest.skip("this release has no attributes")
    fetch(url, "UPDATE dbos.workflow_status SET attributes = '{\"n\": 12345678901234567890.123456789}'")
    [exported] = await communication.operations.export(QUERY)
    assert exported.workflow_status.attributes == '{"n": 12345678901234567890.123456789}'


async def test_descendants_come_behind_their_parents_and_forks_do_not(communication: Communication) -> None:
    exported = await communication.operations.export(replace(QUERY, children=True))
    ids = [each.workflow_status.workflow_uuid for each in exported]
    assert ids == [ID, f"{ID}/child-1", f"{ID}/child-2", f"{ID}/child-2/grandchild"]
    assert [len(each.operation_outputs) for each in exported] == [5, 0, 0, 0]


async def test_a_circle_of_parents_ends(url: str, communication: Communication) -> None:
    """Nobody but a foreign client writes one."""
    fetch(url, f"UPDATE dbos.workflow_status SET parent_workflow_id = '{ID}/child-1' WHERE workflow_uuid = '{ID}'")
    exported = await communication.operations.export(replace(QUERY, children=True))
    assert len(exported) == 4


async def test_messages_are_exported_when_asked_for(communication: Communication) -> None:
    [without] = await communication.operations.export(QUERY)
    assert without.notifications == ()
    [with_messages] = await communication.operations.export(replace(QUERY, messages=True))
    assert len(with_messages.notifications) == 2


async def test_a_workflow_that_has_nothing_and_one_that_is_not(url: str, communication: Communication) -> None:
    seed(url, workflow("bare", WorkflowState.PENDING))
    [bare] = await communication.operations.export(replace(QUERY, workflow_id="bare", children=True, messages=True))
    assert bare == ExportedWorkflow(bare.workflow_status)
    with pytest.raises(WorkflowNotFound):
        await communication.operations.export(replace(QUERY, workflow_id="nobody", children=True))


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        (QUERY, "WORKFLOW_CONTROL_MAX_RESPONSE_BYTES"),
        (replace(QUERY, children=True), "without include_children."),
        (replace(QUERY, children=True, messages=True), "without include_children and include_messages."),
    ],
)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dbos.operation_outputs SET output = repeat('x', 1000000)",
        "UPDATE dbos.workflow_events SET value = repeat('x', 1000000)",
        "UPDATE dbos.workflow_events_history SET value = repeat('x', 1000000)",
        "UPDATE dbos.streams SET value = repeat('x', 1000000)",
        "UPDATE dbos.workflow_status SET inputs = repeat('x', 1000000)",
    ],
)
async def test_what_is_too_large_is_refused_unread(
    url: str, communication: Communication, query: ExportQuery, advice: str, statement: str
) -> None:
    fetch(url, statement)
    with pytest.raises(ResponseTooLarge) as caught:
        await communication.operations.export(query)
    assert int(caught.value.metadata["bytes"]) >= 1_000_000
    assert caught.value.metadata["limit"] == "1000000"
    assert caught.value.message.endswith(advice) or advice in caught.value.message


async def test_messages_count_only_where_they_are_exported(url: str, communication: Communication) -> None:
    fetch(url, "UPDATE dbos.notifications SET message = repeat('x', 1000000)")
    await communication.operations.export(QUERY)
    with pytest.raises(ResponseTooLarge):
        await communication.operations.export(replace(QUERY, messages=True))


async def test_more_descendants_than_could_fit_are_refused_unread(url: str, communication: Communication) -> None:
    for number in range(20):
        add_workflow(url, f"child {number}", parent_workflow_id=ID)
    with pytest.raises(ResponseTooLarge):
        await communication.operations.export(replace(QUERY, children=True, max_bytes=100))


async def test_a_limit_that_is_kept_is_enough(url: str, communication: Communication) -> None:
    """What is told as too large is never more than there is: texts of workflows, and eight bytes a row."""
    seed(url, workflow("small", WorkflowState.PENDING))
    seed_more(url, stream("small", "log", "x" * 1000), message("small", "m", 1, message="y" * 500))
    query = ExportQuery("small", children=True, messages=True, max_bytes=10**6)
    with pytest.raises(ResponseTooLarge) as caught:
        await communication.operations.export(replace(query, max_bytes=1000))
    size = int(caught.value.metadata["bytes"])
    assert 1500 < size < 1700
    assert await communication.operations.export(replace(query, max_bytes=size))


async def test_a_snapshot_is_one_state_of_the_database_and_writes_nothing(
    url: str, communication: Communication
) -> None:
    count = b"SELECT count(*) FROM dbos.workflow_status"

    async def read(snapshot: Snapshot) -> tuple[object, object]:
        [(before,)] = await snapshot.fetch(count, {})
        add_workflow(url, "meanwhile")
        [(after,)] = await snapshot.fetch(count, {})
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            await snapshot.fetch(b"DELETE FROM dbos.workflow_status", {})
        return before, after

    before, after = await communication.reads.in_snapshot(read)
    assert before == after
    [(now,)] = fetch(url, count.decode())
    assert now == int(str(before)) + 1
    # The connection is as good as before.
    [exported] = await communication.operations.export(QUERY)
    assert exported.workflow_status.workflow_uuid == ID

"""Every file of SQL says why, is used, and is a statement that Postgres takes, on the oldest and the newest schema."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import psycopg
import pytest

from tests.fixtures.control import CONTROL_SCHEMA, DBOS_SCHEMA, ControlTemplate, read_dialect_of
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.statements import SERVER, conditions, files, fragments, markers, numbered, variants
from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.known_columns import KNOWN_COLUMNS
from workflow_control.dbos.workflow_conditions import conditions_of, conditions_of_filter
from workflow_control.domain.queries import MillisecondRange, WorkflowCursor, WorkflowFilter, WorkflowQuery
from workflow_control.domain.states import WorkflowState
from workflow_control.postgres.limits import SINCE

FILES = pytest.mark.parametrize("path", files(), ids=lambda path: f"{path.parents[1].name}/{path.stem}")
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SERVER.rglob("*.py"))
NOTHING = frozenset[str]()


@FILES
def test_it_says_why(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = [line for line in lines[:4] if line.startswith("-- ")]
    assert lines[: len(header)] == header
    assert 1 <= len(header) <= 3
    assert header[-1].endswith(".")


@FILES
def test_it_is_used(path: Path) -> None:
    if path.stem.startswith("_"):
        users = [other for other in files() if path.stem.removeprefix("_") in fragments(other)]
        assert users
    else:
        assert f'"{path.stem}"' in CODE


@FILES
def test_its_lines_depend_on_what_can_be(path: Path) -> None:
    """A misspelt column would drop its line for ever."""
    unknown = {name for name in markers(path) if name not in KNOWN_COLUMNS and not name.startswith("condition.")}
    assert unknown <= SINCE.keys()


@FILES
def test_it_renders_to_one_statement(path: Path, dialects: list[Dialect]) -> None:
    if path.stem.startswith("_"):
        return
    for dialect in dialects:
        for statement in variants(path, dialect):
            assert not re.search(r"[{}\n;]|--", statement), statement
            assert not re.search(r'(?<!["\w])offset(?!["\w])', statement, re.IGNORECASE), statement


@pytest.fixture(scope="session")
def dialects() -> list[Dialect]:
    """The dialects of a schema that has nothing, and of one that has everything."""
    return [Dialect(DBOS_SCHEMA, CONTROL_SCHEMA, None, columns, NOTHING) for columns in (NOTHING, KNOWN_COLUMNS)]


async def test_postgres_takes_every_statement(
    create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease
) -> None:
    url = create_database(control_template(dbos_release))
    dialect = await read_dialect_of(url)
    with psycopg.connect(url, autocommit=True) as connection:
        for path in files():
            if path.stem.startswith("_") or _needs_more_than(dialect, path):
                continue
            for statement in variants(path, dialect):
                # Planned, but not executed.
                connection.execute(b"EXPLAIN (GENERIC_PLAN) " + numbered(statement)[0].encode())


def _needs_more_than(dialect: Dialect, path: Path) -> bool:
    """Tells whether the server never sends this statement to this schema."""
    needed = {
        "workflow_fork_source": "workflow_status.was_forked_from",
        "workflow_fork_input": "workflow_input",
        "workflow_fork_orphan_output": "workflow_output",
        "workflow_start_input": "workflow_input",
        "workflow_import_input": "workflow_input",
        "workflow_import_output": "workflow_output",
        "workflow_debounce": "workflow_status.is_debounced",
        "workflow_debounce_input": "workflow_input",
        "start_debounced_holder": "workflow_status.is_debounced",
        "start_partitioned_queues": "queues",
        "queue_lock": "queues",
        "queue_get": "queues",
        "queue_list": "queues",
        "queue_insert": "queues",
        "queue_update": "queues",
        "queue_delete": "queues",
        "application_version_lock": "application_versions",
        "application_version_list": "application_versions",
        "application_version_set_latest": "application_versions",
        "application_rename": "queues.application_name",
        "application_rename_workflows": "workflow_status.application_name",
        "application_rename_steps": "operation_outputs.application_name",
        "garbage_inputs": "workflow_input",
        "garbage_outputs": "workflow_output",
        "garbage_steps": "operation_outputs.retention_timestamp",
        "garbage_transactions": "transaction_outputs",
        "schedule_lock": "workflow_schedules",
        "schedule_list": "workflow_schedules",
        "schedule_insert": "workflow_schedules",
        "schedule_update": "workflow_schedules",
        "schedule_delete": "workflow_schedules",
        "schedule_evidence": "workflow_schedules",
        "schedule_latest_version": "application_versions",
        "workflow_rewind_messages": "notifications.consumed_by_function_id",
        "workflow_rewind_output": "workflow_output",
        "workflow_set_delay": "workflow_status.delay_until_epoch_ms",
        "workflow_update_attributes": "workflow_status.attributes",
    }
    return path.stem in needed and not dialect.has(needed[path.stem])


def test_every_condition_of_a_list_can_be_asked_for() -> None:
    """And every filter has its condition."""
    dialect = Dialect(DBOS_SCHEMA, CONTROL_SCHEMA, None, KNOWN_COLUMNS, NOTHING)
    values: dict[str, object] = {field.name: ("a",) for field in fields(WorkflowFilter)}
    flags = ("has_parent", "is_fork", "was_forked_from")
    ranges = ("created", "started", "completed")
    values |= dict.fromkeys(ranges, MillisecondRange(1, 2)) | {"attributes": {}, "queued_only": True}
    asked: set[str] = set()
    for flag in (True, False):
        chosen = WorkflowFilter(**{**values, **dict.fromkeys(flags, flag)})  # type: ignore[arg-type]  # Built by name.
        for descending in (True, False):
            query = WorkflowQuery(chosen, 10, descending, WorkflowCursor(1, "a"))
            asked |= conditions_of(query, dialect)[0]
    for state in WorkflowState:
        asked |= conditions_of_filter(WorkflowFilter(statuses=(state.value,)), dialect)[0]
    [path] = [path for path in files() if path.stem == "workflow_list"]
    assert asked == conditions(path)

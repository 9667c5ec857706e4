"""A filter that is held against a row selects what Postgres selects by it: by every condition, and of any JSON."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from tests.fixtures.control import ControlTemplate, open_control
from tests.fixtures.dbos_releases import NEWEST
from tests.fixtures.postgres import CreateDatabase, Databases
from workflow_control.domain.matching import contains, matches
from workflow_control.domain.queries import MillisecondRange, WorkflowFilter, WorkflowQuery

TEXTS = ("a", "b", "ab", None)
COLUMNS: dict[str, tuple[object, ...]] = {
    "status": ("PENDING", "ENQUEUED", "DELAYED", "SUCCESS", "a state of the future"),
    "name": ("a", "b"),
    "class_name": TEXTS,
    "config_name": TEXTS,
    "queue_name": TEXTS,
    "application_version": TEXTS,
    "application_name": TEXTS,
    "executor_id": TEXTS,
    "authenticated_user": TEXTS,
    "schedule_name": TEXTS,
    "parent_workflow_id": TEXTS,
    "forked_from": TEXTS,
    "was_forked_from": (True, False),
    "attributes": (Jsonb({"a": 1, "b": [1, {"c": None}]}), Jsonb({"a": True}), Jsonb({}), None),
    "created_at": (10, 20, 30),
    "started_at_epoch_ms": (10, 20, None),
    "completed_at": (10, 20, None),
}
VALUES: dict[str, list[Any]] = {
    "workflow_ids": [("row-1", "row-7"), ("no-such",)],
    "workflow_id_prefixes": [("row-1",), ("row-1", "row-2"), ("ROW",), ("row-%",)],
    "statuses": [("PENDING",), ("SUCCESS", "DELAYED"), ("CANCELLED",)],
    "has_parent": [True, False],
    "is_fork": [True, False],
    "was_forked_from": [True, False],
    "queued_only": [True],
    "attributes": [{"a": 1}, {"a": True}, {"b": [{"c": None}]}, {"b": [1, 2]}, {"b": {}}, {"c": 1}],
    "created": [MillisecondRange(20), MillisecondRange(None, 20), MillisecondRange(10, 11), MillisecondRange(20, 20)],
    "started": [MillisecondRange(20), MillisecondRange(None, 20)],
    "completed": [MillisecondRange(20), MillisecondRange(None, 20)],
}
FILTERS = [
    WorkflowFilter(**{field.name: value})
    for field in fields(WorkflowFilter)
    for value in VALUES.get(field.name, [("a",), ("a", "ab"), ("c",)])
]


@pytest.fixture
def url(create_database: CreateDatabase, control_template: ControlTemplate) -> str:
    """Workflows of which every pair of neighbouring columns has every pair of values."""
    url = create_database(control_template(NEWEST))
    numbers = [itertools.cycle(range(len(values) * (n + 1))) for n, values in enumerate(COLUMNS.values())]
    with psycopg.connect(url) as connection:
        for row in range(120):
            columns = {name: values[next(numbers[n]) // (n + 1)] for n, (name, values) in enumerate(COLUMNS.items())}
            names = ", ".join(("workflow_uuid", *columns))
            marks = ", ".join(["%s"] * (len(columns) + 1))
            insert = f"INSERT INTO dbos.workflow_status ({names}) VALUES ({marks})"
            connection.execute(insert.encode(), (f"row-{row}", *columns.values()))
    return url


async def test_every_condition(url: str) -> None:
    selected_some = 0
    async with open_control(url) as control:
        everything = await control.workflows.list(WorkflowQuery(WorkflowFilter(), 1000))
        for one, other in itertools.product(FILTERS, [WorkflowFilter(), *FILTERS[::7]]):
            both = replace(other, **{name: value for name, value in _conditions(one) if value is not None})
            by_postgres = await control.workflows.list(WorkflowQuery(both, 1000))
            expected = {stored.row.workflow_id for stored in by_postgres}
            assert {stored.row.workflow_id for stored in everything if matches(both, stored.row)} == expected, both
            selected_some += 0 < len(expected) < len(everything)
    assert selected_some > 100


def _conditions(selection: WorkflowFilter) -> Iterator[tuple[str, Any]]:
    for field in fields(WorkflowFilter):
        value = getattr(selection, field.name)
        yield field.name, None if value == field.default else value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["a", "b", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=6,
)
OBJECT = st.dictionaries(st.sampled_from("ab"), JSON, max_size=2)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole=OBJECT, part=OBJECT)
def test_json_contains_what_postgres_says(any_connection: psycopg.Connection[Any], whole: object, part: object) -> None:
    [(expected,)] = any_connection.execute(
        "SELECT %s::jsonb @> %s::jsonb", (json.dumps(whole), json.dumps(part))
    ).fetchall()
    assert contains(whole, part) is expected


@pytest.fixture(scope="module")
def any_connection(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    url = databases.create()
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection
    databases.drop(url)

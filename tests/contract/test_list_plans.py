"""Pages of ListWorkflows are found by an index of DBOS's where there is one for the filter, however many workflows
there are and however deep the page is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from tests.contract.test_query_plans import nodes
from tests.fixtures.control import fetch, open_control, read_dialect_of
from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease, ReleaseProcesses
from tests.fixtures.postgres import Databases
from workflow_control.dbos.dialect import Dialect
from workflow_control.dbos.workflow_conditions import conditions_of
from workflow_control.domain.queries import MillisecondRange, WorkflowCursor, WorkflowFilter, WorkflowQuery

WORKFLOWS = 200_000
RARE = 200
"""How many workflows are in each state that is rare."""
PAGE = 101
NOW_MS = 1_800_000_000_000
FIRST_MS = NOW_MS - 10 * WORKFLOWS

FILL = f"""
    INSERT INTO dbos.workflow_status
    (workflow_uuid, status, name, queue_name, created_at, updated_at, started_at_epoch_ms, executor_id)
    SELECT md5(n::text), s.status, 'name-' || n %% 5,
           CASE WHEN s.status IN ('PENDING', 'ENQUEUED', 'DELAYED') THEN 'queue-' || n / {WORKFLOWS // RARE} %% 4 END,
           {FIRST_MS} + 10 * n, {NOW_MS}, {FIRST_MS} + 10 * n + 3, 'executor-' || n %% 10
    FROM generate_series(1, {WORKFLOWS}) AS n
    CROSS JOIN LATERAL (SELECT coalesce((
        ARRAY['ERROR', 'PENDING', 'ENQUEUED', 'CANCELLED', 'DELAYED']
    )[1 + n %% {WORKFLOWS // RARE}], CASE WHEN n %% 10 = 9 THEN 'MAX_RECOVERY_ATTEMPTS_EXCEEDED' ELSE 'SUCCESS' END)
    AS status) AS s
"""
CREATED = {"workflow_status_created_at_index"}


@dataclass(frozen=True, slots=True)
class Case:
    """A filter, and which indexes may serve it; `oldest` is for DBOS 2.11's schema, which may have none."""

    name: str
    filter: WorkflowFilter
    newest: set[str]
    oldest: set[str]
    blocks: int
    """How many blocks a page may touch."""

    def __str__(self) -> str:
        return self.name


BY_STATE = {"workflow_status_status_index"}
BY_QUEUE = {"idx_workflow_status_queue_status_started", "uq_workflow_status_queue_name_dedup_id"}
IN_FLIGHT = {"idx_workflow_status_in_flight_v2"}
FAILED = {"idx_workflow_status_failed"}

CASES = [
    Case("all", WorkflowFilter(), CREATED, CREATED, 20),
    Case("most", WorkflowFilter(statuses=("SUCCESS",)), CREATED, CREATED, 30),
    Case("pending", WorkflowFilter(statuses=("PENDING",)), {"idx_workflow_status_pending"}, BY_STATE, 2 * RARE),
    Case("failed", WorkflowFilter(statuses=("ERROR",)), FAILED, BY_STATE, 2 * RARE),
    Case("cancelled", WorkflowFilter(statuses=("CANCELLED",)), FAILED, BY_STATE, 2 * RARE),
    # A tenth of all: the index that has them in order, or the one that has all in order.
    Case("stuck", WorkflowFilter(statuses=("MAX_RECOVERY_ATTEMPTS_EXCEEDED",)), FAILED | CREATED, CREATED, 200),
    Case("enqueued", WorkflowFilter(statuses=("ENQUEUED",)), IN_FLIGHT, BY_STATE, 2 * RARE),
    Case("delayed", WorkflowFilter(statuses=("DELAYED",)), {"idx_workflow_status_delayed"}, BY_STATE, 2 * RARE),
    Case("failed or cancelled", WorkflowFilter(statuses=("ERROR", "CANCELLED")), FAILED, BY_STATE, 4 * RARE),
    Case("waiting or running", WorkflowFilter(statuses=("ENQUEUED", "PENDING")), IN_FLIGHT, BY_STATE, 4 * RARE),
    Case(
        "queued",
        WorkflowFilter(queued_only=True),
        IN_FLIGHT | {"idx_workflow_status_delayed"},
        BY_STATE | BY_QUEUE,
        6 * RARE,
    ),
    Case(
        "queue, queued",
        WorkflowFilter(queue_names=("queue-1",), queued_only=True),
        IN_FLIGHT | {"idx_workflow_status_delayed"},
        BY_STATE | BY_QUEUE,
        6 * RARE,
    ),
    Case(
        "queue, enqueued",
        WorkflowFilter(queue_names=("queue-1",), statuses=("ENQUEUED",)),
        IN_FLIGHT,
        BY_QUEUE | BY_STATE,
        2 * RARE,
    ),
    Case("created", WorkflowFilter(created=MillisecondRange(FIRST_MS + 10_000, NOW_MS - 10_000)), CREATED, CREATED, 20),
    Case(
        "started",
        WorkflowFilter(started=MillisecondRange(FIRST_MS + 500_000, FIRST_MS + 504_000)),
        {"idx_workflow_status_started_at"},
        set(),
        2 * RARE,
    ),
    # DBOS has no index on names: those that are common are found soon, by when they were created.
    Case("name", WorkflowFilter(names=("name-3",)), CREATED, CREATED, 100),
    Case(
        "name in an hour",
        WorkflowFilter(names=("none",), created=MillisecondRange(NOW_MS - 100_000, NOW_MS)),
        CREATED,
        CREATED,
        1000,
    ),
]

LargeDatabase = Callable[[DbosRelease], str]


@pytest.fixture(scope="module")
def large_database(databases: Databases, release_process: ReleaseProcesses) -> Iterator[LargeDatabase]:
    """Gives a database of many complete workflows and a few others; no test changes it."""
    urls: dict[DbosRelease, str] = {}

    def get(release: DbosRelease) -> str:
        def build(url: str) -> None:
            release_process(release).call("migrate", database_url=url)
            fetch(url, FILL, {})
            fetch(url, "VACUUM ANALYZE")

        if release not in urls:
            urls[release] = databases.create(databases.template(f"lists_{release.identifier}", build))
        return urls[release]

    yield get
    for url in urls.values():
        databases.drop(url)


@pytest.mark.parametrize("descending", [True, False], ids=["newest first", "oldest first"])
@pytest.mark.parametrize("each", CASES, ids=str)
async def test_a_page_is_found_by_index(
    large_database: LargeDatabase, dbos_release: DbosRelease, each: Case, descending: bool
) -> None:
    if dbos_release not in (OLDEST, NEWEST):
        pytest.skip("between the two, the schemas have the indexes of the one or of the other")
    allowed = each.newest if dbos_release == NEWEST else each.oldest
    if not allowed:
        pytest.skip("the schema has no index for it")
    url = large_database(dbos_release)
    dialect = await read_dialect_of(url)
    first = WorkflowQuery(each.filter, PAGE, descending)
    beginning = FIRST_MS + 10 * WORKFLOWS // 2
    deep = WorkflowQuery(each.filter, PAGE, descending, WorkflowCursor(beginning, "5"))

    plans = [explain_as_served(url, dialect, query) for query in (first, deep)]

    for plan in plans:
        used = {node["Index Name"] for node in nodes(plan) if "Index Name" in node}
        # Narrower orders than what the filter selects are as good.
        assert used
        assert used <= allowed | CREATED, used
        assert not [node["Node Type"] for node in nodes(plan) if node["Node Type"] == "Seq Scan"]
        assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] <= each.blocks, used


async def test_a_list_is_planned_for_its_values(control_url: str) -> None:
    """Of a prepared statement Postgres may make one plan for any values, and so for any limit."""
    async with open_control(control_url) as control:
        await control.workflows.list(WorkflowQuery(WorkflowFilter(statuses=("DELAYED",)), PAGE))
        await control.workflows.get("none", payloads=False)
        prepared: list[str] = []
        for _ in range(control.read_pool.max_size):
            async with control.read_pool.connection() as connection:
                rows = await connection.execute("SELECT statement FROM pg_prepared_statements")
                prepared += [statement for (statement,) in await rows.fetchall()]
    assert any("workflow_status" in statement for statement in prepared)
    assert not any("LIMIT" in statement for statement in prepared)


async def test_a_filter_without_an_index_is_noticed(large_database: LargeDatabase, dbos_release: DbosRelease) -> None:
    url = large_database(dbos_release)
    plan = explain_as_served(url, await read_dialect_of(url), WorkflowQuery(WorkflowFilter(names=("none",)), PAGE))
    assert plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] > 1000


def explain_as_served(url: str, dialect: Dialect, query: WorkflowQuery) -> dict[str, Any]:
    """Returns the plan that the server's statement gets, which is not prepared."""
    conditions, parameters = conditions_of(query, dialect)
    explain = b"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + dialect.query("workflow_list", conditions)
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(explain, parameters, prepare=False).fetchone()
    assert row is not None
    plan: dict[str, Any] = row[0][0]["Plan"]
    return plan

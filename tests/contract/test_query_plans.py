"""Hot statements cost what their answer costs, however many workflows there are: with the generic plan, which a
prepared statement may get at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Literal

from tests.fixtures.control import CONTROL_SCHEMA, fetch, read_dialect_of
from tests.fixtures.dbos_releases import NEWEST, DbosRelease, ReleaseProcesses
from tests.fixtures.postgres import Databases
from tests.fixtures.statements import files, numbered, render
from workflow_control.domain.bulk import item_scopes
from workflow_control.domain.new_workflows import NameKind
from workflow_control.domain.queues import QueueRow
from workflow_control.domain.records import WorkflowRow
from workflow_control.postgres.migrate import migrate
from workflow_control.postgres.plans import keyed_plans_statement

WORKFLOWS = 200_000
BATCH = 64
NOW_MS = 1_800_000_000_000

FILL = f"""
    INSERT INTO dbos.workflow_status
    (workflow_uuid, status, name, queue_name, created_at, updated_at, parent_workflow_id, forked_from, executor_id
     {{completed_column}})
    SELECT md5(n::text),
           (ARRAY['SUCCESS', 'SUCCESS', 'SUCCESS', 'ERROR', 'CANCELLED', 'PENDING', 'ENQUEUED'])[1 + n %% 7],
           'name-' || n %% 20, CASE WHEN n %% 3 = 0 THEN 'queue-' || n %% 5 END,
           {NOW_MS} - {WORKFLOWS} + n / 3, {NOW_MS},
           CASE WHEN n %% 10 = 0 THEN md5((n / 10)::text) END, CASE WHEN n %% 50 = 0 THEN md5((n / 50)::text) END,
           'executor-' || n %% 10 {{completed_value}}
    FROM generate_series(1, %(workflows)s) AS n;
"""
COMPLETED = f"CASE WHEN n %% 7 < 5 THEN {NOW_MS} - {WORKFLOWS} + n / 3 + 10 END"
FILL_STEPS = """
    INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, function_name, output)
    SELECT md5(n::text), step, 'step', 'output'
    FROM generate_series(1, %(workflows)s, 8) AS n, generate_series(1, 4) AS step
"""
FILL_COMMUNICATION = f"""
    CREATE TEMPORARY TABLE speaker AS SELECT md5(n::text) AS id FROM generate_series(1, {WORKFLOWS}, 64) AS n;
    INSERT INTO dbos.workflow_events (workflow_uuid, key, value)
    SELECT id, 'key-' || n, 'value' FROM speaker, generate_series(1, 4) AS n;
    INSERT INTO dbos.workflow_events_history (workflow_uuid, function_id, key, value)
    SELECT id, n, 'key-' || n % 4, 'value' FROM speaker, generate_series(1, 8) AS n;
    INSERT INTO dbos.streams (workflow_uuid, key, value, "offset", function_id)
    SELECT id, 'log', repeat('value', 20), n, n FROM speaker, generate_series(0, 19) AS n;
    INSERT INTO dbos.notifications (destination_uuid, topic, message, message_uuid, created_at_epoch_ms)
    SELECT id, 'topic-' || n, 'message', id || n, n FROM speaker, generate_series(1, 4) AS n
"""
FILL_PAYLOADS = """
    INSERT INTO dbos.workflow_input (workflow_uuid, inputs, retention_timestamp)
    SELECT workflow_uuid, 'in', created_at FROM dbos.workflow_status;
    INSERT INTO dbos.workflow_output (workflow_uuid, output, retention_timestamp)
    SELECT workflow_uuid, 'out', created_at FROM dbos.workflow_status;
    UPDATE dbos.operation_outputs AS o
    SET retention_timestamp = w.created_at
    FROM dbos.workflow_status AS w
    WHERE w.workflow_uuid = o.workflow_uuid
"""
FILL_REQUESTS = """
    INSERT INTO workflow_control.request
    SELECT 'scope-' || n %% 2, 'key-' || n, 'CancelWorkflow', md5(n::text), sha256('x'), 1, gen_random_uuid(), 'a', '',
           0, 'response', NULL, NULL, NULL, now() - n * interval '1 second', now() + n * interval '1 second'
    FROM generate_series(1, %(workflows)s) AS n
"""
ANALYZE = "VACUUM ANALYZE"

SOME_IDS = "SELECT array_agg(md5(n::text)) FROM generate_series(1, 505, 8) AS n"
NOBODY = [f"nobody-{n}" for n in range(BATCH)]

STARTED = (*WorkflowRow._fields, "inputs", "serializations")
DEBOUNCED = ("serialization", "inputs", "application_name")

QUEUE: Mapping[str, object] = {
    **dict.fromkeys(set(QueueRow._fields) - {"name", "application_name"}),
    **dict.fromkeys(("priority_enabled", "partitioned"), True),
    **dict.fromkeys(("polling_interval_s", "created_at", "updated_at"), 1),
    "application_name": "shop",
}
PAGE = {"limit": 100}
DEEP = {"after_created_at": NOW_MS - WORKFLOWS + WORKFLOWS // 6, "after_workflow_id": "5"}


def _hot(ids: list[str]) -> dict[str, tuple[str, frozenset[str], Mapping[str, object], int]]:
    """Returns the statements by what they are: stem, conditions, parameters, and how many blocks they may touch."""
    keys = {"scopes": ["scope-0"] * BATCH, "request_keys": [f"key-{2 * n}" for n in range(1, BATCH + 1)]}
    claims = {
        "fingerprint_version": 1,
        "actions": ["CancelWorkflow"] * BATCH,
        "workflow_ids": ids,
        "fingerprints": [b"x" * 32] * BATCH,
        "execution_ids": ["00000000-0000-0000-0000-000000000000"] * BATCH,
        "actors": [""] * BATCH,
        "reasons": [""] * BATCH,
        "ttls": ["1 day"] * BATCH,
    }
    new_keys = {"scopes": ["scope-0"] * BATCH, "request_keys": [f"new-{n}" for n in range(BATCH)]}
    outcomes = {
        "outcome_codes": [0] * BATCH,
        "responses": [b"response"] * BATCH,
        **dict.fromkeys(("error_reasons", "error_messages", "error_metadatas"), [None] * BATCH),
    }
    collected = {"cutoff": NOW_MS - WORKFLOWS // 2, "after": 0, "after_id": "", "looked_at": 200, "rows": 10_000}
    one = {"workflow_id": ids[0]}
    none = frozenset[str]()
    forks = {"workflow_ids": NOBODY, "source_ids": ids, "start_steps": [3] * BATCH}
    look = {"max_bytes": 2**20, "max_value_bytes": 2**22}
    stream = {"key": "log", "limit": 500, **look}
    exported = {"workflow_ids": ids[:3]}
    cuts = {"workflow_ids": ids, "start_steps": [3] * BATCH}
    one_each = {"workflow_ids": ids, "now_ms": NOW_MS}
    options: dict[str, object] = dict.fromkeys(
        ("queue_names", "queue_partition_keys", "application_versions"), ["x"] * BATCH
    )
    starts: dict[str, object] = {
        **dict.fromkeys(STARTED, ["x"] * BATCH),
        **dict.fromkeys(("deduplication_id", "attributes"), [None] * BATCH),
        **dict.fromkeys(("priority", "created_at", "timeout_ms", "deadline"), [1] * BATCH),
        **dict.fromkeys(("delay_until", "debounce_deadlines"), [1] * BATCH),
        "is_debounced": [False] * BATCH,
    }
    return {
        "claim new keys": ("request_claim", none, {**claims, **new_keys}, 40 * BATCH),
        "claim taken keys": ("request_claim", none, {**claims, **keys}, 20 * BATCH),
        "take over": ("request_take_over", none, {**claims, **keys}, 20 * BATCH),
        "recall": ("request_recall", none, keys, 20 * BATCH),
        "record": ("request_record", none, {**keys, **outcomes}, 40 * BATCH),
        "lock": ("workflow_lock", none, keys, 40 * BATCH),
        "cancel": ("workflow_cancel", none, {"workflow_ids": ids, "now_ms": NOW_MS}, 80 * BATCH),
        "resume": (
            "workflow_resume",
            none,
            {"workflow_ids": ids, "queue_names": ["q"] * BATCH, "now_ms": NOW_MS},
            80 * BATCH,
        ),
        "fork": ("workflow_fork", none, {**forks, **options, "timeouts_ms": [1] * BATCH, "now_ms": NOW_MS}, 80 * BATCH),
        "rewind": ("workflow_rewind", none, {"workflow_ids": ids, **options, "now_ms": NOW_MS}, 80 * BATCH),
        "rewind: unset events": ("workflow_rewind_events", none, cuts, 20 * BATCH),
        # From beyond the last step: what is restored must have been unset before.
        "rewind: restore events": (
            "workflow_rewind_events_restore",
            none,
            {"workflow_ids": ids, "start_steps": [99] * BATCH},
            20 * BATCH,
        ),
        "rewind: history": ("workflow_rewind_event_history", none, cuts, 20 * BATCH),
        "rewind: streams": ("workflow_rewind_streams", none, {**cuts, "closing_texts": ["closed"]}, 20 * BATCH),
        "rewind: steps": ("workflow_rewind_steps", none, cuts, 20 * BATCH),
        "rewind: messages": ("workflow_rewind_messages", none, cuts, 20 * BATCH),
        "rewind: output": ("workflow_rewind_output", none, {"workflow_ids": ids}, 20 * BATCH),
        "delete": ("workflow_delete", none, {"workflow_ids": ids}, 80 * BATCH),
        "set delay": ("workflow_set_delay", none, {**one_each, "delays_until": [NOW_MS] * BATCH}, 80 * BATCH),
        "set priority": ("workflow_set_priority", none, {**one_each, "priorities": [1] * BATCH}, 80 * BATCH),
        "update attributes": (
            "workflow_update_attributes",
            none,
            {**one_each, "attributes": ["{}"] * BATCH, "merges": [True] * BATCH},
            80 * BATCH,
        ),
        "send": (
            "message_send",
            none,
            {
                "numbers": list(range(1, BATCH + 1)),
                "recipient_ids": ids,
                "message_ids": NOBODY,
                "created_at": [NOW_MS] * BATCH,
                **dict.fromkeys(("topics", "messages", "serializations"), ["x"] * BATCH),
            },
            80 * BATCH,
        ),
        "send: recipients": (
            "message_recipients",
            none,
            {"destination_ids": ids, "with_forks": [True] * BATCH, "limit": 10_001},
            80 * BATCH,
        ),
        "import: taken messages": ("import_taken_messages", none, {"message_ids": NOBODY}, 20 * BATCH),
        # Newer releases have no index of workers: what costs is all that is PENDING.
        "recover": (
            "executor_recover",
            none,
            {
                "executor_ids": ["nobody"],
                "application_version": None,
                "queue_name": "q",
                "now_ms": NOW_MS,
                "listed": 1000,
            },
            5000,
        ),
        "register: lock": ("queue_lock", none, {"queue_name": "queue-1"}, 20),
        "register: insert": ("queue_insert", none, {**QUEUE, "name": "new"}, 100),
        "register: update": ("queue_update", none, {**QUEUE, "name": "queue-1"}, 40),
        "register: delete": ("queue_delete", none, {"queue_names": ["queue-1"]}, 40),
        "version: lock": ("application_version_lock", none, {"application_version": "v1"}, 20),
        "version: set latest": (
            "application_version_set_latest",
            none,
            {"version_id": "v1", "timestamp": 1, "application_name": "shop"},
            40,
        ),
        # The oldest two hundred of a hundred thousand, and what belongs to them.
        "collect: by creation": ("garbage_lock", none, {**collected, "workflows": BATCH}, 60 * 200),
        "collect: by completion": (
            "garbage_lock",
            frozenset({"by_completion"}),
            {**collected, "workflows": BATCH},
            60 * 200,
        ),
        "collect: undated": ("garbage_lock", frozenset({"undated"}), {**collected, "workflows": BATCH}, 10 * 200),
        "collect: the newest": ("garbage_newest", none, {"keep": 1000}, 100),
        "collect: the newest by completion": ("garbage_newest", frozenset({"by_completion"}), {"keep": 1000}, 1100),
        "collect: inputs": ("garbage_inputs", none, collected, 10 * 200),
        "collect: outputs": ("garbage_outputs", none, collected, 10 * 200),
        "collect: steps": ("garbage_steps", none, collected, 10 * 200),
        # Nothing that has ended is read. Before 2.20 an index leads to all that is ENQUEUED, and no further.
        "overdue": (
            "overdue_lock",
            none,
            {"cutoff": NOW_MS - WORKFLOWS + 10, "application_names": [], "workflows": BATCH},
            12_000,
        ),
        "start": ("workflow_start", none, {**starts, "workflow_id": NOBODY}, 160 * BATCH),
        "start: inputs": ("workflow_start_input", none, {"workflow_ids": NOBODY, "inputs": ["x"] * BATCH}, 40 * BATCH),
        "start: taken ids": ("start_taken_ids", none, {"workflow_ids": ids}, 20 * BATCH),
        "start: holders": (
            "start_holders",
            none,
            {"queue_names": ["queue-1"] * BATCH, "deduplication_ids": NOBODY},
            20 * BATCH,
        ),
        "start: debounced": (
            "start_debounced_holder",
            none,
            {"queue_name": "queue-1", "deduplication_id": "nobody"},
            20,
        ),
        "debounce": (
            "workflow_debounce",
            none,
            {**dict.fromkeys(DEBOUNCED, "x"), **one, "delay_until": 1, "now_ms": 1},
            20,
        ),
        "debounce: inputs": ("workflow_debounce_input", none, {**one, "inputs": "x"}, 40),
        "fork: mark sources": ("workflow_fork_source", none, forks, 80 * BATCH),
        "fork: copy inputs": ("workflow_fork_input", none, forks, 80 * BATCH),
        "fork: summarize": (
            "workflow_steps_summary",
            none,
            {"workflow_ids": ids, "step_names": ["x"] * BATCH},
            20 * BATCH,
        ),
        "lock descendants": ("workflow_lock_descendants", none, one, 200),
        "poll: nothing known": ("workflow_poll", none, {"workflow_ids": ids, "versions": ["?"] * BATCH}, 20 * BATCH),
        # From a time on, which is the same for all rows here but two: those from there on, and no other.
        "feed": ("workflow_feed", none, {"since_ms": NOW_MS - 3, "since_xid": "3", "limit": 10_000}, 200),
        "what a filter selects": (
            "workflow_selected",
            frozenset({"workflow_ids"}),
            {"workflow_ids": ids, "limit": 10_001},
            20 * BATCH,
        ),
        "get": ("workflow_get", none, one, 10),
        "get with payloads": ("workflow_get_full", none, one, 20),
        "steps": ("workflow_steps", none, {**one, "after": -1, **PAGE}, 20),
        "request": ("request_get", none, {"scope": "scope-0", "request_key": "key-2"}, 10),
        "first page": ("workflow_list", frozenset({"descending"}), PAGE, 200),
        "first page, oldest first": ("workflow_list", none, PAGE, 200),
        "deep page": ("workflow_list", frozenset({"descending", "after_descending"}), {**PAGE, **DEEP}, 200),
        "deep page, oldest first": ("workflow_list", frozenset({"after_ascending"}), {**PAGE, **DEEP}, 200),
        # A generic plan does not know the limit, and may read ahead in parallel; how far does not depend on the table.
        "first page with payloads": ("workflow_list_full", frozenset({"descending"}), PAGE, 5000),
        "page of some ids": (
            "workflow_list",
            frozenset({"descending", "workflow_ids"}),
            {**PAGE, "workflow_ids": ids},
            20 * BATCH,
        ),
        "children": (
            "workflow_list",
            frozenset({"descending", "parent_workflow_ids"}),
            {**PAGE, "parent_workflow_ids": ids[:1]},
            200,
        ),
        "tree: ancestors": ("tree_ancestors", none, {**one, "max_distance": 31}, 400),
        "tree: children and forks": (
            "tree_relatives",
            frozenset({"children", "forks"}),
            {"workflow_ids": ids, "known_ids": ids, "limit": 1000},
            40 * BATCH,
        ),
        "tree: what is missing": (
            "tree_truncated",
            frozenset({"children", "forks"}),
            {"workflow_ids": ids, "known_ids": ids},
            20 * BATCH,
        ),
        "event": ("event_get", none, {**one, "key": "key-2"}, 10),
        "events": ("event_list", frozenset({"values"}), {**one, **PAGE}, 20),
        "events behind a key": ("event_list", frozenset({"after"}), {**one, "after": "key-2", **PAGE}, 20),
        "messages": ("message_list", frozenset({"texts"}), {**one, **PAGE}, 20),
        "messages to a topic": ("message_list", frozenset({"topic"}), {**one, "topic": "topic-2", **PAGE}, 20),
        "messages behind one": (
            "message_list",
            frozenset({"after"}),
            {**one, "after_created_at": 2, "after_message_id": "", **PAGE},
            20,
        ),
        "stream": ("stream_read", none, {**one, **stream, "from_offset": 0}, 30),
        "stream from an offset": ("stream_read", none, {**one, **stream, "from_offset": 15}, 20),
        "events that are awaited": (
            "event_await",
            none,
            {"workflow_ids": ids, "keys": ["key-2"] * BATCH, "is_new": [True] * BATCH, "complete": ["SUCCESS"], **look},
            20 * BATCH,
        ),
        "streams that are followed": (
            "stream_follow",
            none,
            {
                "workflow_ids": ids,
                "keys": ["log"] * BATCH,
                "from_offsets": [15] * BATCH,
                "is_new": [True] * BATCH,
                "terminal": ["SUCCESS"],
                "limit": 2000,
                "max_bytes_each": 2**17,
                **look,
            },
            30 * BATCH,
        ),
        "export: the workflow": ("workflow_export_ids", none, {**one, "limit": 1000}, 20),
        "export: descendants": ("workflow_export_ids", frozenset({"children"}), {**one, "limit": 1000}, 200),
        "export: size": ("workflow_export_size", frozenset({"messages"}), exported, 400),
        "export: rows": ("workflow_export_status", none, exported, 100),
        "export: steps": ("workflow_export_steps", none, exported, 100),
        "export: events": ("workflow_export_events", none, exported, 100),
        "export: event history": ("workflow_export_event_history", none, exported, 100),
        "export: streams": ("workflow_export_streams", none, exported, 100),
        "export: messages": ("workflow_export_messages", none, exported, 100),
        "journal of a time": (
            "request_list",
            frozenset({"start", "end"}),
            {"scope": "scope-0", "start": "2000-01-01", "end": "2100-01-01", **PAGE},
            200,
        ),
        "journal": ("request_list", none, {"scope": "scope-0", **PAGE}, 200),
        "journal of a workflow": (
            "request_list",
            frozenset({"workflow_id"}),
            {"scope": "scope-0", "item_scopes": item_scopes("scope-0"), **one, **PAGE},
            20,
        ),
        "cleanup": ("request_cleanup", none, {"lock": 1, "limit": 100}, 1000),
    }


HOT = list(_hot([""] * BATCH))
"""Their names."""


LargeDatabase = Callable[[DbosRelease], str]


@pytest.fixture(scope="module")
def large_database(databases: Databases, release_process: ReleaseProcesses) -> Iterator[LargeDatabase]:
    """Gives a database of many workflows, with a release's schema; each test leaves it as it was."""
    urls: dict[DbosRelease, str] = {}

    def get(release: DbosRelease) -> str:
        def build(url: str) -> None:
            release_process(release).call("migrate", database_url=url)
            migrate(url, CONTROL_SCHEMA)
            completed = fetch(url, "SELECT 1 FROM pg_attribute WHERE attname = 'completed_at'") != []
            fill = FILL.format(
                completed_column=", completed_at" if completed else "",
                completed_value=f", {COMPLETED}" if completed else "",
            )
            for statement in (fill, FILL_STEPS, FILL_REQUESTS):
                fetch(url, statement, {"workflows": WORKFLOWS})
            fetch(url, FILL_COMMUNICATION)
            if fetch(url, "SELECT to_regclass('dbos.workflow_input') IS NOT NULL") == [(True,)]:
                fetch(url, FILL_PAYLOADS)
            fetch(url, ANALYZE)

        if release not in urls:
            urls[release] = databases.create(databases.template(f"large_{release.identifier}", build))
        return urls[release]

    yield get
    for url in urls.values():
        databases.drop(url)


@pytest.mark.parametrize("name", HOT)
async def test_it_costs_what_its_answer_costs(
    large_database: LargeDatabase, dbos_release: DbosRelease, name: str
) -> None:
    url = large_database(dbos_release)
    [(ids,)] = fetch(url, SOME_IDS)
    stem, conditions, parameters, blocks = _hot(ids)[name]
    dialect = await read_dialect_of(url)
    if any(name in NEEDS and not dialect.has(NEEDS[name]) for name in {stem, *conditions}):
        pytest.skip("the server never sends it to this schema")
    [path] = [path for path in files() if path.stem == stem]
    # Those that have limits and joins are planned as mutations are, which find rows by key.
    plan = explain(url, render(path, dialect, conditions), parameters, by_key=stem.startswith(BY_KEY))

    assert problems(plan, blocks) == []


async def test_names_are_looked_up_in_no_more_than_the_newest_workflows(
    large_database: LargeDatabase, dbos_release: DbosRelease
) -> None:
    url = large_database(dbos_release)
    [path] = [path for path in files() if path.stem == "start_known_names"]
    statement = render(path, await read_dialect_of(url), frozenset())
    kinds = [kind.value for kind in NameKind] * BATCH
    plan = explain(url, statement, {"kinds": kinds, "names": ["nobody's"] * len(kinds), "newest": 1000})
    # What is registered is little.
    assert set(problems(plan, 2000)) <= {"Seq Scan on queues", "Seq Scan on application_versions"}


async def test_queues_are_counted_by_the_index_that_workers_dequeue_by(large_database: LargeDatabase) -> None:
    url = large_database(NEWEST)
    [path] = [path for path in files() if path.stem == "fleet_queues"]
    statement = render(path, await read_dialect_of(url), frozenset())
    plan = explain(url, statement, {"limit": 100, "others": "others", "no_queue": "none"})

    scans = {node["Index Name"] for node in nodes(plan) if node["Node Type"] == "Index Only Scan"}
    assert "idx_workflow_status_in_flight_v2" in scans, list(nodes(plan))
    assert problems(plan, WORKFLOWS // 100) == []


async def test_a_renaming_looks_for_active_workflows_only_where_these_are(large_database: LargeDatabase) -> None:
    """What has ended no index tells by its application: of that a call looks for no more than it may move."""
    url = large_database(NEWEST)
    dialect = await read_dialect_of(url)
    owners = {"application_name": "shop", "new_application_name": "store", "adopt_unclaimed": False}
    [path] = [path for path in files() if path.stem == "application_rename"]
    plan = explain(url, render(path, dialect), owners, by_key=True)

    scans = {node["Index Name"] for node in nodes(plan) if node.get("Alias") == "w" and "Index Name" in node}
    assert scans <= {"idx_workflow_status_in_flight_v2", "idx_workflow_status_delayed", "idx_workflow_status_pending"}
    # The other tables have a row for each queue, schedule and version.
    assert [problem for problem in problems(plan, WORKFLOWS // 10) if "workflow_status" in problem] == []


def test_a_bad_plan_is_noticed(large_database: LargeDatabase) -> None:
    url = large_database(NEWEST)
    by_name = "SELECT 1 FROM dbos.workflow_status WHERE upper(workflow_uuid) = %(id)s"
    assert "Seq Scan" in " ".join(problems(explain(url, by_name, {"id": "x"}), 10**9))
    all_of_it = "SELECT count(workflow_uuid) FROM dbos.workflow_status WHERE workflow_uuid > %(id)s"
    assert problems(explain(url, all_of_it, {"id": ""}), 200)


NEEDS = {
    # That ids of messages are unique, which is a release older.
    "import_taken_messages": "notifications.serialization",
    "workflow_start_input": "workflow_input",
    "workflow_debounce": "workflow_status.is_debounced",
    "workflow_debounce_input": "workflow_input",
    "start_debounced_holder": "workflow_status.is_debounced",
    "workflow_fork_input": "workflow_input",
    "workflow_fork_source": "workflow_status.was_forked_from",
    "workflow_rewind_messages": "notifications.consumed_by_function_id",
    "workflow_rewind_output": "workflow_output",
    "workflow_set_delay": "workflow_status.delay_until_epoch_ms",
    "workflow_update_attributes": "workflow_status.attributes",
    "queue_lock": "queues",
    "queue_insert": "queues",
    "queue_update": "queues",
    "queue_delete": "queues",
    "application_version_lock": "application_versions",
    "application_version_set_latest": "application_versions",
    "garbage_inputs": "workflow_input",
    "garbage_outputs": "workflow_output",
    "garbage_steps": "operation_outputs.retention_timestamp",
    "by_completion": "workflow_status.completed_at",
    "undated": "workflow_status.completed_at",
}
"""What a statement needs of the schema, or a condition."""


BY_KEY = ("garbage_", "overdue_", "queue_", "application_")


def explain(url: str, statement: str, parameters: Mapping[str, object], *, by_key: bool = False) -> dict[str, Any]:
    """Executes a statement with its generic plan, undoes it, and returns the plan with what it cost."""
    text, order = numbered(statement)
    with psycopg.connect(url) as connection:
        if by_key:
            connection.execute(*keyed_plans_statement(local=True))
        connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        connection.execute(b"PREPARE hot AS " + text.encode())
        execute = SQL("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE hot({})").format(
            SQL(", ").join(Literal(parameters[name]) for name in order)
        )
        row = connection.execute(execute).fetchone()
        connection.rollback()
    assert row is not None
    plan: dict[str, Any] = row[0][0]["Plan"]
    return plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


def problems(plan: dict[str, Any], blocks: int) -> list[str]:
    """Returns what is wrong with a plan, and with what it cost."""
    found = [f"Seq Scan on {n['Relation Name']}" for n in nodes(plan) if n["Node Type"] == "Seq Scan"]
    touched = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    if touched > blocks:
        steps = [f"{n['Node Type']} {n.get('Index Name') or n.get('Relation Name') or ''}" for n in nodes(plan)]
        found.append(f"{touched} blocks instead of {blocks}: {steps}")
    return [problem for problem in found if not problem.endswith("dbos_migrations")]

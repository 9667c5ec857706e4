"""The executor's pipeline: values there and back, errors, broken connections, cancellations, on a real Postgres."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.pq import PipelineStatus, TransactionStatus

from tests.fixtures.control import fetch
from tests.fixtures.eventually import eventually_async
from tests.fixtures.postgres import CreateDatabase
from workflow_control.postgres.pipeline import Pipeline
from workflow_control.postgres.pool import hung_up_after

Connection = psycopg.AsyncConnection[tuple[Any, ...]]
Rows = list[tuple[Any, ...]]

ODD_TEXTS = [
    "",
    "NULL",
    "null",
    " spaces ",
    'a "quoted" word',
    "it's",
    "back\\slash",
    "\\",
    "\\n is no line break",
    '\\"',
    "a,b",
    "{a}",
    "$1 %s %(name)s %%",
    "line\nbreak",
    "tab\tand\rreturn\b\f",
    "\x01\x1f\x7f\x80",
    "grüße, 世界 🎉 \u2028",
    json.dumps({"a": 'b"c', "d": "e\\f", "g": "h\ni"}),
]


@pytest.fixture
def url(create_database: CreateDatabase) -> str:
    return create_database()


@asynccontextmanager
async def open_connection(url: str, *, prepares: bool = True) -> AsyncIterator[Connection]:
    connection = await psycopg.AsyncConnection.connect(
        url, autocommit=True, prepare_threshold=0 if prepares else None, application_name="pipeline"
    )
    async with connection:
        yield connection


async def run(connection: Connection, statement: bytes, **parameters: object) -> Rows:
    """Returns the rows of one statement."""
    with Pipeline(connection) as pipeline:
        reply = pipeline.send(statement, parameters)
        await pipeline.sync()
        return reply.rows


class Colour(StrEnum):
    RED = "red"


class Level(IntEnum):
    HIGH = 5


@pytest.mark.parametrize("prepares", [True, False])
async def test_values_come_back_as_they_went(url: str, prepares: bool) -> None:
    cases: Sequence[tuple[str, object]] = [
        ("text", None),
        *(("text", text) for text in ODD_TEXTS),
        ("text[]", ODD_TEXTS),
        ("text[]", [None, "a", None]),
        ("text[]", [None, "line\nbreak", None]),
        ("text[]", [None]),
        ("text[]", []),
        ("text[]", [""]),
        ("text[]", ["", ""]),
        *(("text[]", [text]) for text in ODD_TEXTS),
        ("bigint", -(2**63)),
        ("smallint[]", [0, None, -32768]),
        ("bigint[]", [2**63 - 1]),
        ("boolean", True),
        ("boolean", False),
        ("boolean[]", [True, None, False]),
        ("bytea", b""),
        ("bytea", bytes(range(256))),
        ("bytea[]", [bytes(range(256)), None, b"", b"NULL", b"\\x00"]),
        ("interval", timedelta(days=-1, seconds=3, microseconds=999_999)),
        ("interval[]", [timedelta(days=3), None, timedelta(microseconds=-1), timedelta(0)]),
    ]
    async with open_connection(url, prepares=prepares) as connection:
        with Pipeline(connection) as pipeline:
            replies = [pipeline.send(f"SELECT %(value)s::{kind}".encode(), {"value": v}) for kind, v in cases]
            await pipeline.sync()
            assert [reply.rows for reply in replies] == [[(value,)] for _, value in cases]


async def test_enums_are_their_values(url: str) -> None:
    async with open_connection(url) as connection:
        statement = b"SELECT %(colours)s::text[], %(colour)s::text, %(levels)s::smallint[], %(level)s::int"
        rows = await run(
            connection, statement, colours=[Colour.RED], colour=Colour.RED, levels=[Level.HIGH], level=Level.HIGH
        )
    assert rows == [(["red"], "red", [5], 5)]


async def test_intervals_mean_the_same_in_every_style(url: str) -> None:
    value = timedelta(days=-1, seconds=3)
    async with open_connection(url) as connection:
        for style in (b"postgres", b"sql_standard", b"iso_8601", b"postgres_verbose"):
            await run(connection, b"SELECT set_config('intervalstyle', %(style)s, false)", style=style.decode())
            assert await run(connection, b"SELECT %(value)s::interval", value=value) == [(value,)]


async def test_types_that_the_tables_have_are_loaded(url: str) -> None:
    statement = (
        b"SELECT timestamptz '2026-01-02 03:04:05.678901+00', jsonb '{\"a\": [1, null]}', 1::smallint, 2::int,"
        b" 'x'::varchar, uuid '00000000-0000-0000-0000-000000000001', 1.5::float8"
    )
    async with open_connection(url) as connection:
        [row] = await run(connection, statement)
    moment = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    assert row == (moment, {"a": [1, None]}, 1, 2, "x", UUID(int=1), 1.5)


async def test_placeholders_are_the_drivers(url: str) -> None:
    async with open_connection(url) as connection:
        rows = await run(connection, b"SELECT %(b)s::int, %(a)s::int, %(b)s::int, '100 %%'", a=1, b=2)
        assert rows == [(2, 1, 2, "100 %")]
        with Pipeline(connection) as pipeline:
            bare = pipeline.send(b"SELECT '100 %'")
            await pipeline.sync()
            assert bare.rows == [("100 %",)]


@pytest.mark.parametrize("value", ["nul\0", ["fine", "nul\0"], [None, "nul\0"], ["\0"]])
async def test_a_nul_is_refused_before_anything_is_sent(url: str, value: object) -> None:
    async with open_connection(url) as connection:
        with Pipeline(connection) as pipeline:
            pipeline.send(b"CREATE TABLE sent (x int)")
            with pytest.raises(psycopg.DataError, match="NUL"):
                pipeline.send(b"SELECT %(value)s", {"value": value})
        assert await run(connection, b"SELECT to_regclass('sent') IS NULL") == [(True,)]


@pytest.mark.parametrize("value", [1.5, [["nested"]], [1.5], {"a": 1}])
async def test_values_of_other_types_are_refused(url: str, value: object) -> None:
    async with open_connection(url) as connection:
        with Pipeline(connection) as pipeline, pytest.raises(TypeError):
            pipeline.send(b"SELECT %(value)s", {"value": value})


async def test_a_statement_is_prepared_once(url: str) -> None:
    count = b"SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement LIKE '%%$1::int'"
    async with open_connection(url) as connection:
        with Pipeline(connection) as pipeline:
            for number in (1, 2):
                pipeline.send(b"SELECT %(number)s::int", {"number": number})
            await pipeline.sync()
        assert await run(connection, b"SELECT %(number)s::int", number=3) == [(3,)]
        assert await run(connection, count) == [(3,)]


async def test_without_prepared_statements_there_are_none(url: str) -> None:
    async with open_connection(url, prepares=False) as connection:
        assert await run(connection, b"SELECT %(number)s::int", number=3) == [(3,)]
        assert await run(connection, b"SELECT count(*) FROM pg_prepared_statements") == [(0,)]


@pytest.mark.parametrize("prepares", [True, False])
@pytest.mark.parametrize("faulty", [b"SELECT 1 / (%(number)s::int - 2)", b"SELECT no_such_column"])
async def test_an_error_in_the_middle_is_the_one_raised(url: str, prepares: bool, faulty: bytes) -> None:
    """And the connection is as good as before, what was prepared in the same breath included."""
    async with open_connection(url, prepares=prepares) as connection:
        with Pipeline(connection) as pipeline:
            for _ in range(2):
                pipeline.send(b"BEGIN")
                first = pipeline.send(b"SELECT 'first'")
                failing = pipeline.send(faulty, {"number": 2})
                behind = pipeline.send(b"SELECT 'behind'")
                commit = pipeline.send(b"COMMIT")
                with pytest.raises((psycopg.errors.DivisionByZero, psycopg.errors.UndefinedColumn)):
                    await pipeline.sync()
                assert [r.answered for r in (first, failing, behind, commit)] == [True, False, False, False]
                assert first.rows == [("first",)]
                with pytest.raises(psycopg.ProgrammingError):
                    _ = behind.rows
                assert connection.info.transaction_status is TransactionStatus.INERROR

                pipeline.send(b"SELECT 'dropped, or it would fail'")
                await pipeline.roll_back()
                behind = pipeline.send(b"SELECT 'behind'")
                await pipeline.sync()
                assert behind.rows == [("behind",)]
        assert connection.info.transaction_status is TransactionStatus.IDLE
        assert connection.pgconn.pipeline_status == PipelineStatus.OFF
        assert await (await connection.execute("SELECT 'the driver'")).fetchall() == [("the driver",)]


async def test_a_transaction_that_failed_answers_commit_with_rollback(url: str) -> None:
    async with open_connection(url) as connection:
        with Pipeline(connection) as pipeline:
            pipeline.send(b"BEGIN")
            pipeline.send(b"SELECT 1 / 0")
            with pytest.raises(psycopg.errors.DivisionByZero):
                await pipeline.sync()
            commit = pipeline.send(b"COMMIT")
            await pipeline.sync()
            assert commit.status == "ROLLBACK"


async def test_a_changed_table_outdates_a_prepared_plan(url: str) -> None:
    fetch(url, "CREATE TABLE shop (a int)")
    async with open_connection(url) as connection:
        assert await run(connection, b"SELECT * FROM shop") == []
        fetch(url, "ALTER TABLE shop ADD COLUMN b int")
        with pytest.raises(psycopg.errors.FeatureNotSupported):
            await run(connection, b"SELECT * FROM shop")
        assert await run(connection, b"SELECT * FROM shop WHERE a = 1") == []


@pytest.mark.parametrize("prepares", [True, False])
async def test_statements_and_answers_may_be_larger_than_the_sockets_buffers(url: str, prepares: bool) -> None:
    """Each answer is as large as its statement, so that both ends have more to send than fits between them."""
    texts = [f"{number} " + "x" * 2000 for number in range(5000)]
    async with open_connection(url, prepares=prepares) as connection:
        with Pipeline(connection) as pipeline:
            replies = [pipeline.send(b"SELECT unnest(%(texts)s::text[])", {"texts": texts}) for _ in range(3)]
            async with asyncio.timeout(60):
                await pipeline.sync()
            assert all(reply.rows == [(text,) for text in texts] for reply in replies)


async def test_a_backend_that_ends_says_why(url: str) -> None:
    async with open_connection(url) as connection:
        with Pipeline(connection) as pipeline:
            pipeline.send(b"SELECT pg_terminate_backend(pg_backend_pid())")
            behind = pipeline.send(b"SELECT 'behind'")
            with pytest.raises(psycopg.errors.AdminShutdown):
                await pipeline.sync()
        assert not behind.answered
        assert connection.broken
        with pytest.raises(psycopg.OperationalError):
            await run(connection, b"SELECT 1")


async def test_a_transaction_that_was_idle_too_long_says_so(url: str) -> None:
    """A round trip ends in a way that Postgres does not take for a sign of life."""
    async with open_connection(url) as connection:
        with Pipeline(connection) as pipeline:
            pipeline.send(b"SET idle_in_transaction_session_timeout = '200ms'")
            pipeline.send(b"BEGIN")
            await pipeline.sync()
            pid = connection.info.backend_pid
            gone = f"SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = {pid})"
            await eventually_async(lambda: fetch(url, gone))
            pipeline.send(b"SELECT 1")
            with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
                await pipeline.sync()
        assert connection.broken


async def test_a_connection_that_is_hung_up_breaks_at_once(url: str) -> None:
    async with open_connection(url) as connection:
        with Pipeline(connection) as pipeline:
            pipeline.send(b"SELECT pg_sleep(60)")
            with hung_up_after(connection, 0.1), pytest.raises(psycopg.OperationalError) as caught:
                await pipeline.sync()
        assert caught.value.sqlstate is None
        assert connection.broken


async def test_a_cancellation_rolls_back_and_closes(url: str) -> None:
    fetch(url, "CREATE TABLE shop (a int)")
    async with open_connection(url) as connection:

        async def insert() -> None:
            with Pipeline(connection) as pipeline:
                pipeline.send(b"BEGIN")
                pipeline.send(b"INSERT INTO shop VALUES (1)")
                pipeline.send(b"SELECT pg_sleep(60)")
                pipeline.send(b"COMMIT")
                await pipeline.sync()

        sessions = "SELECT 1 FROM pg_stat_activity WHERE application_name = 'pipeline'"
        inserting = asyncio.create_task(insert())
        await eventually_async(lambda: fetch(url, f"{sessions} AND wait_event = 'PgSleep'"))
        inserting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await inserting
        assert connection.closed
        await eventually_async(lambda: not fetch(url, sessions))
    assert fetch(url, "SELECT * FROM shop") == []


async def test_two_pipelines_do_not_get_in_each_others_way(url: str) -> None:
    async with open_connection(url) as one, open_connection(url) as other:

        async def count(connection: Connection, start: int) -> list[Rows]:
            return [await run(connection, b"SELECT %(number)s::int", number=start + n) for n in range(50)]

        ours, theirs = await asyncio.gather(count(one, 0), count(other, 1000))
    assert ours == [[(n,)] for n in range(50)]
    assert theirs == [[(1000 + n,)] for n in range(50)]

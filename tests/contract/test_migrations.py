"""Our own schema: from nothing to the end state, once, by us or by hand; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.fixtures.control import CONTROL_SCHEMA, fetch
from tests.fixtures.postgres import CreateDatabase
from workflow_control.postgres.migrate import MigrationError, check_schema, migrate, migrations, script
from workflow_control.postgres.sql import quote_identifier

MIGRATIONS = Path(__file__).parents[2] / "migrations"
ODD_SCHEMA = 'odd name; "x" 100% {schema}'

COLUMNS = """
    SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, o.collname,
           pg_get_expr(d.adbin, d.adrelid)
    FROM pg_class AS c
    JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_collation AS o ON o.oid = a.attcollation
    LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = %(schema)s::regnamespace AND c.relkind = 'r'
    ORDER BY c.relname, a.attnum
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, contype, pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE connamespace = %(schema)s::regnamespace
    ORDER BY 1, 2
"""
INDEXES = """
    SELECT c.relname, am.amname, i.indisunique, i.indisprimary, pg_get_expr(i.indpred, i.indrelid),
           (SELECT array_agg(pg_get_indexdef(c.oid, n, true) ORDER BY n) FROM generate_series(1, i.indnatts) AS n)
    FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_am AS am ON am.oid = c.relam
    WHERE c.relnamespace = %(schema)s::regnamespace
    ORDER BY c.relname
"""
OPTIONS = "SELECT relname, reloptions FROM pg_class WHERE relnamespace = %(schema)s::regnamespace ORDER BY relname"
OTHERS = """
    SELECT 'function', proname FROM pg_proc WHERE pronamespace = %(schema)s::regnamespace
    UNION ALL SELECT 'type', typname FROM pg_type WHERE typnamespace = %(schema)s::regnamespace
    ORDER BY 1, 2
"""

Catalog = dict[str, list[tuple[object, ...]]]


def catalog(url: str, schema: str = CONTROL_SCHEMA) -> Catalog:
    queries = {"columns": COLUMNS, "constraints": CONSTRAINTS, "indexes": INDEXES, "options": OPTIONS, "others": OTHERS}
    quoted = quote_identifier(schema)
    # Without its schema's name, so that the same schema under another name is equal.
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET search_path TO {quoted}".encode())
        return {
            name: connection.execute(query.encode(), {"schema": quoted}).fetchall() for name, query in queries.items()
        }


def applied(url: str, schema: str = CONTROL_SCHEMA) -> list[tuple[object, ...]]:
    table = f"{quote_identifier(schema)}.migration"
    return fetch(url, f"SELECT version, name, checksum FROM {table} ORDER BY version")


async def check(url: str, schema: str = CONTROL_SCHEMA) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await check_schema(connection, schema)


def test_the_migrations_lead_to_the_documented_end_state(create_database: CreateDatabase) -> None:
    migrated, documented = create_database(), create_database()
    migrate(migrated, CONTROL_SCHEMA)
    text = (MIGRATIONS / "schema.sql").read_text(encoding="utf-8")
    fetch(documented, f"CREATE SCHEMA {CONTROL_SCHEMA}; " + text.replace("{schema}", CONTROL_SCHEMA))

    assert catalog(migrated) == catalog(documented)
    assert [name for name, *_ in catalog(migrated)["columns"]].count("request") == 16


async def test_a_second_time_there_is_nothing_to_do(create_database: CreateDatabase) -> None:
    url = create_database()
    assert list(migrate(url, CONTROL_SCHEMA)) == list(migrations())
    before = catalog(url), applied(url)
    assert list(migrate(url, CONTROL_SCHEMA)) == []
    assert (catalog(url), applied(url)) == before
    await check(url)


async def test_a_role_that_owns_the_schema_needs_nothing_of_the_database(create_database: CreateDatabase) -> None:
    url = create_database()
    parts = urlsplit(url)
    role = f"owner_of_{parts.path.removeprefix('/')}"
    fetch(url, f"CREATE ROLE {role} LOGIN PASSWORD 'made-up'; CREATE SCHEMA {CONTROL_SCHEMA} AUTHORIZATION {role}")
    own_url = parts._replace(netloc=f"{role}:made-up@{parts.netloc.rpartition('@')[2]}").geturl()
    try:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            migrate(own_url, "another")
        assert list(migrate(own_url, CONTROL_SCHEMA)) == list(migrations())
    finally:
        fetch(url, f"DROP OWNED BY {role}; DROP ROLE {role}")


async def test_of_several_at_once_one_migrates(create_database: CreateDatabase) -> None:
    url = create_database()
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda _: list(migrate(url, CONTROL_SCHEMA)), range(4)))
    assert sorted(map(len, results)) == [0, 0, 0, len(migrations())]
    await check(url)


async def test_a_migration_that_fails_leaves_nothing(create_database: CreateDatabase) -> None:
    url = create_database()
    fetch(url, f"CREATE SCHEMA {CONTROL_SCHEMA}; CREATE VIEW {CONTROL_SCHEMA}.request AS SELECT 1")
    with pytest.raises(psycopg.errors.DuplicateTable):
        migrate(url, CONTROL_SCHEMA)
    assert fetch(url, "SELECT to_regclass('workflow_control.migration')") == [(None,)]
    fetch(url, f"DROP VIEW {CONTROL_SCHEMA}.request")
    migrate(url, CONTROL_SCHEMA)
    await check(url)


async def test_an_edited_migration_is_refused(create_database: CreateDatabase) -> None:
    url = create_database()
    migrate(url, CONTROL_SCHEMA)
    fetch(url, "UPDATE workflow_control.migration SET checksum = 'another' WHERE version = 1")
    message = "Migration 1 of the schema 'workflow_control' is not the one that this release has: restore the schema"
    with pytest.raises(MigrationError, match=message):
        migrate(url, CONTROL_SCHEMA)
    with pytest.raises(MigrationError, match=message):
        await check(url)


async def test_a_newer_schema_is_refused(create_database: CreateDatabase) -> None:
    url = create_database()
    migrate(url, CONTROL_SCHEMA)
    newer = len(migrations()) + 1
    fetch(url, f"INSERT INTO workflow_control.migration VALUES ({newer}, 'from the future', 'checksum')")
    message = f"is at migration {newer}, this release knows {newer - 1}: upgrade the server"
    with pytest.raises(MigrationError, match=message):
        migrate(url, CONTROL_SCHEMA)
    with pytest.raises(MigrationError, match=message):
        await check(url)


@pytest.mark.parametrize(
    "prepare",
    [lambda url: None, lambda url: migrate(url, "another"), lambda url: fetch(url, "CREATE SCHEMA workflow_control")],
    ids=["nothing", "another schema", "empty schema"],
)
async def test_an_older_schema_is_not_served_from(
    create_database: CreateDatabase, prepare: Callable[[str], object]
) -> None:
    url = create_database()
    prepare(url)
    needed = len(migrations())
    message = (
        f"'workflow_control' is at migration 0, this server needs {needed}: run `python -m workflow_control migrate`"
    )
    with pytest.raises(MigrationError, match=message):
        await check(url)


@pytest.mark.parametrize("schema", [CONTROL_SCHEMA, ODD_SCHEMA])
async def test_the_printed_script_does_the_same(create_database: CreateDatabase, schema: str) -> None:
    by_us, by_hand = create_database(), create_database()
    migrate(by_us, schema)
    fetch(by_hand, script(schema))

    assert catalog(by_hand, schema) == catalog(by_us, schema)
    assert applied(by_hand, schema) == applied(by_us, schema)
    assert list(migrate(by_hand, schema)) == []
    await check(by_hand, schema)


async def test_the_printed_script_is_one_transaction(create_database: CreateDatabase) -> None:
    url = create_database()
    fetch(url, f"CREATE SCHEMA {CONTROL_SCHEMA}; CREATE VIEW {CONTROL_SCHEMA}.request AS SELECT 1")
    with pytest.raises(psycopg.errors.DuplicateTable):
        fetch(url, script(CONTROL_SCHEMA))
    assert fetch(url, "SELECT to_regclass('workflow_control.migration')") == [(None,)]


def test_a_schema_is_the_same_under_any_name(create_database: CreateDatabase) -> None:
    url = create_database()
    migrate(url, CONTROL_SCHEMA)
    migrate(url, ODD_SCHEMA)
    assert catalog(url, ODD_SCHEMA) == catalog(url)
    assert fetch(url, "SELECT count(*) FROM pg_namespace WHERE nspname = %(name)s", {"name": ODD_SCHEMA}) == [(1,)]


def test_a_committed_request_has_exactly_one_outcome(create_database: CreateDatabase) -> None:
    """The table itself refuses what no code should write."""
    url = create_database()
    migrate(url, CONTROL_SCHEMA)
    insert = """
        INSERT INTO workflow_control.request
        SELECT 's', 'k', 'a', 'w', {fingerprint}, 1, gen_random_uuid(), '', '', {outcome}, now(), now()
    """
    good = "sha256('x')"
    for outcome in ("0, NULL, NULL, NULL, NULL", "0, 'x', 'r', 'm', '{}'", "5, 'x', 'r', 'm', '{}'",
                    "5, NULL, 'r', 'm', NULL", "NULL, 'x', NULL, NULL, NULL"):  # fmt: skip
        with pytest.raises(psycopg.errors.CheckViolation, match="request_outcome"):
            fetch(url, insert.replace("{fingerprint}", good).replace("{outcome}", outcome))
    with pytest.raises(psycopg.errors.CheckViolation, match="request_fingerprint_length"):
        fetch(url, insert.replace("{fingerprint}", "'short'").replace("{outcome}", "0, 'x', NULL, NULL, NULL"))
    fetch(url, insert.replace("{fingerprint}", good).replace("{outcome}", "0, '', NULL, NULL, NULL"))

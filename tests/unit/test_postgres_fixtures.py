"""The fixtures' own promises, on which every test with a database relies."""

from pathlib import Path

import psycopg
import pytest

from tests.fixtures.postgres import CreateDatabase, Databases


def build_counter(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE counter AS SELECT 0 AS value")


@pytest.mark.parametrize("run", range(3))
def test_databases_of_one_template_share_nothing(
    databases: Databases, create_database: CreateDatabase, run: int
) -> None:
    template = databases.template("counter", build_counter)

    for url in [create_database(template), create_database(template)]:
        with psycopg.connect(url) as connection:
            row = connection.execute("UPDATE counter SET value = value + 1 RETURNING value")
            assert row.fetchone() == (1,)


def test_a_template_is_built_once(databases: Databases, run_folder: Path) -> None:
    builds = run_folder / "builds"

    def build(url: str) -> None:
        with builds.open("a") as file:
            file.write(f"{url}\n")

    databases.template("built_once", build)
    databases.template("built_once", build)

    assert len(builds.read_text().splitlines()) == 1


def test_a_failed_build_leaves_no_template(databases: Databases, create_database: CreateDatabase) -> None:
    def fail(url: str) -> None:
        build_counter(url)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        databases.template("failing", fail)

    with psycopg.connect(create_database(databases.template("failing", build_counter))) as again:
        assert again.execute("SELECT value FROM counter").fetchone() == (0,)


def test_a_build_may_forget_to_close_its_connections(databases: Databases, create_database: CreateDatabase) -> None:
    forgotten: list[psycopg.Connection] = []

    template = databases.template("leaky", lambda url: forgotten.append(psycopg.connect(url)))

    psycopg.connect(create_database(template)).close()
    for connection in forgotten:
        connection.close()


def test_a_dropped_database_is_gone(databases: Databases) -> None:
    url = databases.create()
    with psycopg.connect(url):
        databases.drop(url)

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(url)

"""What the cases take for granted about the releases is so."""

from importlib.metadata import version

import psycopg
import pytest

from tests.differential import case, cases
from tests.fixtures.dbos_releases import NEWEST, DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import CreateDatabase
from workflow_control.dbos.dialect import read_dialect
from workflow_control.domain.capabilities import Capability


def test_the_newest_release_is_the_one_of_the_development_stack() -> None:
    assert version("dbos") == NEWEST.version


def test_process_is_of_the_release(dbos_release: DbosRelease, release_process: ReleaseProcesses) -> None:
    assert _describe(release_process, dbos_release)["version"] == dbos_release.version


@pytest.mark.parametrize(
    ("command", "option", "since"),
    [
        ("cancel", "cancel_children", case.CANCEL_CHILDREN),
        ("resume", "queue_name", cases.RESUME_QUEUE),
        ("fork", "queue_name", cases.FORK_OPTIONS),
        ("fork", "queue_partition_key", cases.FORK_OPTIONS),
        ("fork", "replacement_children", cases.FORK_OPTIONS),
        ("fork", "timeout_seconds", cases.FORK_TIMEOUT),
    ],
)
def test_client_has_option_since(
    dbos_release: DbosRelease,
    release_process: ReleaseProcesses,
    command: str,
    option: str,
    since: DbosRelease,
) -> None:
    options = _describe(release_process, dbos_release)["options"]

    assert isinstance(options, dict)
    assert (option in options[command]) == (dbos_release >= since)


async def test_capabilities_are_of_their_releases(
    dbos_release: DbosRelease, dbos_template: DbosTemplate, create_database: CreateDatabase
) -> None:
    url = create_database(dbos_template(dbos_release))

    async with await psycopg.AsyncConnection.connect(url) as connection:
        dialect = await read_dialect(connection, "dbos", "workflow_control")

    assert dialect.capabilities == {
        capability for capability in Capability if dbos_release >= DbosRelease.parse(capability.first_release)
    }
    assert not dialect.missing
    assert not dialect.unknown_columns


def _describe(release_process: ReleaseProcesses, release: DbosRelease) -> dict[str, object]:
    described = release_process(release).call("describe")
    assert isinstance(described, dict)
    return described

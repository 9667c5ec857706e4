"""The comparisons of the differential tests: made once for a release, then asserted case by case."""

import functools
from collections.abc import Sequence
from contextlib import AbstractContextManager

import pytest

from tests.differential.actions import OpenSide, Side
from tests.differential.cases import Case, cases_of
from tests.differential.comparison import CompareWithOurs, Comparison, Twins, compare_sides, seed
from tests.differential.ours import open_ours
from tests.differential.release_client import OpenReleaseClient, ReleaseClient
from tests.fixtures.dbos_releases import (
    DbosRelease,
    DbosTemplate,
    ReleaseProcesses,
    release_marks,
    selected_releases,
)
from tests.fixtures.postgres import Databases


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrizes a test over the releases and those of its module's CASES that each can do."""
    if "case" not in metafunc.fixturenames:
        return
    metafunc.parametrize(
        ("dbos_release", "case"),
        [
            pytest.param(release, case, id=f"{release}-{case}", marks=release_marks(release))
            for release in selected_releases(metafunc.config)
            for case in metafunc.module.CASES
            if release >= case.since
        ],
    )


@pytest.fixture(scope="session")
def open_release_client(release_process: ReleaseProcesses) -> OpenReleaseClient:
    """Connects a release's own client to a database."""

    def for_release(release: DbosRelease) -> OpenSide:
        def open_side(database_url: str) -> AbstractContextManager[Side]:
            return ReleaseClient(release_process(release), database_url)

        return open_side

    return for_release


@pytest.fixture(scope="session")
def twins(databases: Databases, dbos_template: DbosTemplate) -> Twins:
    """Creates two databases of a release's schema with the rows of the same cases."""

    def create(release: DbosRelease, cases: Sequence[Case]) -> tuple[str, str]:
        urls = []
        for _ in range(2):
            url = databases.create(dbos_template(release))
            seed(url, cases)
            urls.append(url)
        return urls[0], urls[1]

    return create


@pytest.fixture(scope="session")
def compare_with_ours(twins: Twins, open_release_client: OpenReleaseClient) -> CompareWithOurs:
    """Compares our server with a release's client in all cases; at most once for a release."""

    @functools.cache
    def compare(release: DbosRelease) -> Comparison:
        cases = cases_of(release)
        return compare_sides(
            twins(release, cases), release, cases, open_ours=open_ours, open_theirs=open_release_client(release)
        )

    return compare

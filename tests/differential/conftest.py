"""The comparisons of the differential tests: made once for a release, then asserted case by case."""

import functools
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests.differential.actions import OpenSide, Side
from tests.differential.case import Case
from tests.differential.cases import cases_of
from tests.differential.comparison import CompareWithOurs, Comparison, Twins, compare_sides, seed
from tests.differential.ours import open_ours
from tests.differential.real_cases import RealTemplate, run_workflows
from tests.differential.release_client import OpenReleaseClient, ReleaseClient
from tests.fixtures.dbos_releases import (
    DbosRelease,
    DbosTemplate,
    ReleaseProcesses,
    release_marks,
    selected_releases,
)
from tests.fixtures.postgres import Databases

_NEVER = DbosRelease((sys.maxsize, 0, 0))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrizes a test over the releases and those of its module's CASES that each can do.

    ALWAYS are releases that the module compares with in every run, since neither the oldest nor the newest would do.
    """
    if "case" not in metafunc.fixturenames:
        return
    always: tuple[DbosRelease, ...] = getattr(metafunc.module, "ALWAYS", ())
    metafunc.parametrize(
        ("dbos_release", "case"),
        [
            pytest.param(
                release, case, id=f"{release}-{case}", marks=[] if release in always else release_marks(release)
            )
            for release in sorted({*selected_releases(metafunc.config), *always})
            for case in metafunc.module.CASES
            if case.since <= release < (getattr(case, "until", None) or _NEVER)
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
    @contextmanager
    def create(release: DbosRelease, cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
        urls = databases.create(dbos_template(release)), databases.create(dbos_template(release))
        for url in urls:
            seed(url, cases)
        try:
            yield urls
        finally:
            for url in urls:
                databases.drop(url)

    return create


@pytest.fixture(scope="session")
def real_template(databases: Databases, release_process: ReleaseProcesses) -> RealTemplate:
    def template(release: DbosRelease) -> str:
        def build(database_url: str) -> None:
            release_process(release).call("migrate", database_url=database_url)
            run_workflows(release, database_url)

        return databases.template(f"real_workflows_{release.identifier}", build)

    return template


@pytest.fixture(scope="session")
def compare_with_ours(twins: Twins, open_release_client: OpenReleaseClient) -> CompareWithOurs:
    """Compares our server with a release's client in all cases; once for a release, even if it fails."""

    @functools.cache
    def compare(release: DbosRelease) -> Future[Comparison]:
        cases = cases_of(release)
        comparison: Future[Comparison] = Future()
        try:
            with twins(release, cases) as urls:
                comparison.set_result(
                    compare_sides(urls, release, cases, open_ours=open_ours, open_theirs=open_release_client(release))
                )
        except Exception as error:
            comparison.set_exception(error)
        return comparison

    return lambda release: compare(release).result()

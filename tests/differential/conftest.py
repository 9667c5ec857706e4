"""The comparisons of the differential tests: made once for a release, then asserted case by case."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import pytest

from tests.differential.actions import OpenSide, Side
from tests.differential.cases import CASES, Case
from tests.differential.comparison import (
    CompareSides,
    Comparison,
    compare_runs,
    run_cases,
    seed,
    take_snapshot,
)
from tests.differential.release_client import OpenReleaseClient, ReleaseClient
from tests.fixtures.dbos_releases import (
    DbosRelease,
    DbosTemplate,
    ReleaseProcesses,
    release_marks,
    selected_releases,
)
from tests.fixtures.postgres import Databases

Twins = Callable[[DbosRelease, Sequence[Case]], tuple[str, str]]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrizes a test over the releases and those of its operation's cases that each can do.

    The operation is the test's name: `test_cancel` is for the cases of `cancel`.
    """
    if "case" not in metafunc.fixturenames:
        return
    operation = metafunc.function.__name__.removeprefix("test_")
    metafunc.parametrize(
        ("dbos_release", "case"),
        [
            pytest.param(release, case, id=f"{release}-{case}", marks=release_marks(release))
            for release in selected_releases(metafunc.config)
            for case in CASES
            if case.operation == operation and release >= case.since
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
def compare_sides(twins: Twins) -> CompareSides:
    def compare(
        release: DbosRelease, cases: Sequence[Case], *, open_ours: OpenSide, open_theirs: OpenSide
    ) -> Comparison:
        our_url, their_url = twins(release, cases)
        before = take_snapshot(our_url)
        assert before == take_snapshot(their_url), "the twins must start equal"
        ours = run_cases(our_url, open_ours, {case.name: [case.action] for case in cases})
        theirs = run_cases(their_url, open_theirs, {case.name: case.their_actions(release) for case in cases})
        return compare_runs(before, ours, theirs)

    return compare

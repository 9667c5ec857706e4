"""ForkWorkflow leaves the rows that DBOS's own client leaves."""

from tests.differential.cases import FORK_CASES, Case
from tests.differential.comparison import CompareWithOurs
from tests.differential.known_differences import unexplained
from tests.fixtures.dbos_releases import DbosRelease

CASES = FORK_CASES


def test_fork(dbos_release: DbosRelease, case: Case, compare_with_ours: CompareWithOurs) -> None:
    differences = compare_with_ours(dbos_release).of(case.name)

    assert not unexplained(differences, case, dbos_release)

"""CancelWorkflow leaves the rows that DBOS's own client leaves."""

from tests.differential.case import Case
from tests.differential.cases import CANCEL_CASES
from tests.differential.comparison import CompareWithOurs
from tests.differential.known_differences import unexplained
from tests.differential.table_diff import describe
from tests.fixtures.dbos_releases import DbosRelease

CASES = CANCEL_CASES


def test_cancel(dbos_release: DbosRelease, case: Case, compare_with_ours: CompareWithOurs) -> None:
    comparison = compare_with_ours(dbos_release)

    differences = unexplained(comparison.of(case.name), case, dbos_release)
    assert not differences, describe(differences)

"""What differs from DBOS's clients is what was meant to, and nothing beside the cases changes."""

import pytest

from tests.differential.cases import cases_of
from tests.differential.comparison import CompareWithOurs
from tests.differential.known_differences import KNOWN_DIFFERENCES, KnownDifference
from tests.differential.table_diff import describe
from tests.fixtures.dbos_releases import DbosRelease


def test_nothing_differs_beside_the_cases(dbos_release: DbosRelease, compare_with_ours: CompareWithOurs) -> None:
    differences = compare_with_ours(dbos_release).of("")

    assert not differences, describe(differences)


@pytest.mark.parametrize("known", KNOWN_DIFFERENCES, ids=lambda known: known.name)
def test_known_difference_shows(
    dbos_release: DbosRelease, known: KnownDifference, compare_with_ours: CompareWithOurs
) -> None:
    comparison = compare_with_ours(dbos_release)

    explained = [
        difference
        for case in cases_of(dbos_release)
        for difference in comparison.of(case.name)
        if known.matches(difference, case)
    ]

    assert bool(explained) == known.concerns(dbos_release)

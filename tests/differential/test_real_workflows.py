"""As the other tests here, but on rows that real workflows of the release have made."""

from tests.differential.comparison import compare_sides
from tests.differential.known_differences import unexplained
from tests.differential.ours import open_ours
from tests.differential.real_cases import REAL_CASES, RealTemplate
from tests.differential.release_client import OpenReleaseClient
from tests.differential.table_diff import describe
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.postgres import CreateDatabase


def test_real_workflows(
    dbos_release: DbosRelease,
    create_database: CreateDatabase,
    real_template: RealTemplate,
    open_release_client: OpenReleaseClient,
) -> None:
    template = real_template(dbos_release)

    comparison = compare_sides(
        (create_database(template), create_database(template)),
        dbos_release,
        REAL_CASES,
        open_ours=open_ours,
        open_theirs=open_release_client(dbos_release),
    )

    differences = [each for case in REAL_CASES for each in unexplained(comparison.of(case.name), case, dbos_release)]
    differences += comparison.of("")
    assert not differences, describe(differences)

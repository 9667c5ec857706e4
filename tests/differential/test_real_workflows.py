"""As the other tests here, but on rows that real workflows of the release have made."""

import subprocess
from pathlib import Path

from tests.differential.actions import Action, Cancel, Fork, Resume
from tests.differential.cases import Case
from tests.differential.comparison import compare_sides
from tests.differential.known_differences import unexplained
from tests.differential.ours import open_ours
from tests.differential.release_client import OpenReleaseClient
from tests.differential.seeds import Rows
from tests.fixtures.dbos_releases import DbosRelease, ReleaseProcesses
from tests.fixtures.postgres import Databases

_PROGRAM = Path(__file__).with_name("real_workflows.py")
_ENDINGS = ("success", "error", "pending", "cancelled", "enqueued")
_START_STEP = 8
"""By then an event was set twice, a stream written to, a child awaited, and a step has failed."""

_TIMEOUT_S = 120.0


def _cases() -> list[Case]:
    cases = []
    for ending in _ENDINGS:
        actions: dict[str, Action] = {
            "cancel": Cancel(f"cancel-{ending}/order"),
            "resume": Resume(f"resume-{ending}/order"),
            "fork": Fork(f"fork-{ending}/order", _START_STEP, f"fork-{ending}/fork", application_version="version-2"),
        }
        cases += [Case(f"{operation}-{ending}", Rows(), action) for operation, action in actions.items()]
    return cases


def test_real_workflows(
    dbos_release: DbosRelease,
    databases: Databases,
    release_process: ReleaseProcesses,
    open_release_client: OpenReleaseClient,
) -> None:
    cases = _cases()

    def build(database_url: str) -> None:
        release_process(dbos_release).call("migrate", database_url=database_url)
        orders = [f"{case.name.partition('-')[2]}={case.action.workflow_id}" for case in cases]
        process = subprocess.run(
            [dbos_release.python(), _PROGRAM, database_url, *orders],
            capture_output=True,
            text=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
        assert process.stdout.endswith("ready\n"), process.stderr

    template = databases.template(f"real_workflows_{dbos_release.identifier}", build)

    comparison = compare_sides(
        (databases.create(template), databases.create(template)),
        dbos_release,
        cases,
        open_ours=open_ours,
        open_theirs=open_release_client(dbos_release),
    )

    differences = [each for case in cases for each in unexplained(comparison.of(case.name), case, dbos_release)]
    assert not differences
    assert not comparison.of("")

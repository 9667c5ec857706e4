"""The cases whose rows come from workflows that really ran (`real_workflows.py`)."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.differential.actions import Action, Cancel, Fork, Resume
from tests.differential.case import Case
from tests.differential.seeds import Rows
from tests.fixtures.dbos_releases import DbosRelease

RealTemplate = Callable[[DbosRelease], str]
"""Gives the name of a template database in which a release has run the workflows of all cases."""

_PROGRAM = Path(__file__).with_name("real_workflows.py")
_TIMEOUT_S = 120.0
_ENDINGS = ("success", "error", "pending", "cancelled", "enqueued")
_START_STEP = 8
"""By then an event was set twice, a stream written to, a child awaited, and a step has failed."""


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


REAL_CASES = tuple(_cases())


def run_workflows(release: DbosRelease, database_url: str) -> None:
    """Runs the workflows of all cases with the release, on its schema."""
    orders = [f"{case.name.partition('-')[2]}={case.action.workflow_id}" for case in REAL_CASES]
    process = subprocess.run(
        [release.python(), _PROGRAM, database_url, *orders],
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_S,
        check=False,
    )
    if not process.stdout.endswith("ready\n"):
        raise RuntimeError(f"The workflows of {release} did not run:\n{process.stderr[-4000:]}")

"""Prints at the end of a test run how each DBOS release fared, by operation."""

from collections import Counter
from collections.abc import Generator, Sequence

import pytest

from tests.fixtures.dbos_releases import DbosRelease

_RELEASE = "dbos_release"
_OPERATION = "dbos_operation"
_OUTCOMES = ("passed", "failed", "error")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Notes in the report, which travels from worker to controller, what the test was about."""
    report = yield
    parameters = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
    if "differential" in item.nodeid and _RELEASE in parameters:
        operation = item.path.stem.removeprefix("test_")
        report.user_properties += [(_RELEASE, str(parameters[_RELEASE])), (_OPERATION, operation)]
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    counts: Counter[tuple[str, str, bool]] = Counter()
    for outcome in _OUTCOMES:
        for report in terminalreporter.getreports(outcome):
            # Failures to collect a file are reported as well.
            if isinstance(report, pytest.TestReport) and _RELEASE in (noted := dict(report.user_properties)):
                counts[str(noted[_RELEASE]), str(noted[_OPERATION]), outcome == "passed"] += 1
    if counts:
        terminalreporter.section("DBOS releases")
        for line in _table(counts):
            terminalreporter.line(line)


def _table(counts: Counter[tuple[str, str, bool]]) -> Sequence[str]:
    """Returns the lines of the table: a row for each release, passed/all in each column."""
    releases = sorted({release for release, _, _ in counts}, key=DbosRelease.parse)
    operations = sorted({operation for _, operation, _ in counts})
    width = max(len(operation) for operation in operations) + 2

    def cell(release: str, operation: str) -> str:
        passed, failed = (counts[release, operation, outcome] for outcome in (True, False))
        return f"{passed}/{passed + failed}"

    header = "release".ljust(10) + "".join(operation.rjust(width) for operation in operations)
    rows = [
        release.ljust(10) + "".join(cell(release, operation).rjust(width) for operation in operations)
        for release in releases
    ]
    return [header, *rows]

"""docs/runtimes.md and the READMEs of the workers tell of what `make test-runtimes` runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fixtures import markdown
from tests.runtimes.limitations import KNOWN_LIMITATIONS
from tests.runtimes.runtimes import RUNTIMES, Runtime
from tests.runtimes.table import Result, make_table, write_table

TESTS = Path(__file__).parents[1] / "runtimes"
DOCUMENT = markdown.read("docs/runtimes.md")
RUNTIME_NAMES = [str(runtime) for runtime in RUNTIMES]
ROWS = markdown.table(DOCUMENT, "operation", *RUNTIME_NAMES, "where it does not")


def test_the_table_has_every_operation() -> None:
    markers = [
        operation
        for path in TESTS.glob("test_*.py")
        for operation in re.findall(r'@pytest\.mark\.operation\("(.+)"\)', path.read_text())
    ]
    assert [operation for operation, *_ in ROWS] == sorted(set(markers))
    assert len(markers) == len(set(markers))


def test_the_table_shows_every_known_limitation() -> None:
    for runtime, limitations in KNOWN_LIMITATIONS.items():
        column = 1 + RUNTIME_NAMES.index(runtime)
        obstacles = "; ".join(row[-1] for row in ROWS if row[column] == "-")
        for limitation in limitations:
            assert limitation.value in obstacles


@pytest.mark.parametrize("runtime", RUNTIMES, ids=str)
def test_the_readme_builds_it_as_the_tests_do(runtime: Runtime) -> None:
    readme = (runtime.folder / "README.md").read_text()
    for command in runtime.build:
        assert command in readme


def test_a_result_that_is_missing_is_noticed() -> None:
    results = [Result("start", "Go 1", ""), Result("start", "Java 1", "delay"), Result("cancel", "Go 1", "")]
    with pytest.raises(KeyError):
        make_table(["Go 1", "Java 1"], results)


def test_what_is_written_can_be_read() -> None:
    results = [
        Result("start", "Go 1", ""),
        Result("start", "Java 1", "delay"),
        Result("start", "Rust 1", "it is tired"),
    ]
    written = write_table(DOCUMENT, make_table(["Go 1", "Java 1", "Rust 1"], results))
    rows = markdown.table(written, "operation", "Go 1", "Java 1", "Rust 1", "where it does not")
    assert rows == [["start", "yes", "-", "-", "needs `delay` (Python 2.16.0); it is tired"]]
    assert markdown.section(DOCUMENT, "runtimes") not in written
    assert written.endswith(DOCUMENT.split("<!-- runtimes: end -->")[1])

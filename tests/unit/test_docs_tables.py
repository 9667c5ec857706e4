"""What the documents say of settings, errors, commands and RPCs is what the code has."""

import re
from collections.abc import Iterable, Sequence

import pytest

from tests.fixtures import markdown
from tests.fixtures.dbos_releases import NEWEST, OLDEST, RELEASES
from tests.fixtures.scripted_server import SERVICES
from workflow_control import __version__
from workflow_control.domain.errors import ControlError, DefinitiveError, TransientError
from workflow_control.rpc.status import STATUS_TABLE
from workflow_control.settings import describe_settings
from workflowcontrol.v1.error_reason_pb2 import ErrorReason

README = markdown.read("README.md")
STATUS_CODES = markdown.read("docs/status-codes.md")
CONTRIBUTING = markdown.read("CONTRIBUTING.md")

_ERROR_TABLES = [
    pytest.param(README, ("code", "reason", "what the caller does next"), id="README"),
    pytest.param(
        STATUS_CODES,
        ("code", "reason", "when", "what the caller does next", "what the operator does next", "key"),
        id="status-codes",
    ),
]


def test_settings() -> None:
    expected = _table(
        ("setting", "kind", "default", "allowed", "meaning"),
        ((f"`{s.name}`", s.kind, _code(s.default), s.bounds, s.description) for s in describe_settings()),
    )

    shown = markdown.section(README, "settings").strip()

    assert shown == expected, f"Between the settings' marks of the README belongs:\n\n{expected}"


@pytest.mark.parametrize(("text", "header"), _ERROR_TABLES)
def test_errors(text: str, header: Sequence[str]) -> None:
    rows = markdown.table(text, *header)

    assert all(all(cells) for cells in rows), "A cell is empty."
    shown = [(markdown.code(code), markdown.code(reason)) for code, reason, *_ in rows]
    assert sorted(shown) == sorted((error.code.name, error.reason) for error in STATUS_TABLE)


def test_every_reason_of_the_contract_is_an_error() -> None:
    reasons = {name.removeprefix("ERROR_REASON_") for name, _ in ErrorReason.items()} - {"UNSPECIFIED"}

    assert {error.reason for error in STATUS_TABLE} == reasons


def test_status_codes_tell_what_becomes_of_a_key() -> None:
    _, header = _ERROR_TABLES[1].values
    assert isinstance(header, tuple)
    told = {markdown.code(row[1]): row[5] for row in markdown.table(STATUS_CODES, *header)}

    assert told == {error.reason: _key(error) for error in STATUS_TABLE}


def test_callers_are_told_to_retry_exactly_what_is_transient() -> None:
    advice = {
        markdown.code(reason): advice
        for _, reason, advice in markdown.table(README, "code", "reason", "what the caller does next")
    }

    retried = {reason for reason, text in advice.items() if "retries with the same key" in text}

    assert retried == {error.reason for error in STATUS_TABLE if issubclass(error, TransientError)}


def test_every_rpc_has_an_example() -> None:
    methods = {f"{service.full_name}/{method.name}" for service in SERVICES for method in service.methods}
    examples = "\n".join(block.text for block in markdown.blocks(README) if block.language == "sh")

    missing = {method for method in methods if not re.search(rf"^grpcurl [^$]*\s{method}$", examples, re.MULTILINE)}

    assert not missing


def test_every_make_target_is_documented_and_exists() -> None:
    makefile = markdown.read("Makefile")
    targets = set(re.findall(r"^\.PHONY: (\S+)$", makefile, re.MULTILINE)) - {"help"}

    for name, text in (("README", README), ("CONTRIBUTING", CONTRIBUTING)):
        named = set(re.findall(r"\bmake ([a-z][a-z-]+)\b(?=`|\s+#)", text))
        assert named <= targets, f"{name} names what the Makefile does not have."
    documented = set(re.findall(r"`make ([a-z-]+)`", README))
    assert documented == targets


def test_what_ci_runs_is_in_the_readme() -> None:
    commands = [line.split() for line in markdown.read(".ci/run").splitlines() if line.startswith("make ")]

    assert commands
    for command in commands:
        for target in command[1:]:
            assert f"`make {target}`" in README


def test_compatibility_names_the_releases_that_tests_compare_with() -> None:
    rows = markdown.table(README, "DBOS for Python", "proven by", "when")

    shown = {when.strip("`"): releases.split(", ") for releases, _, when in rows if when}

    assert shown == {
        "make test": [str(OLDEST), str(NEWEST)],
        "make test-compat": [str(release) for release in RELEASES if release not in (OLDEST, NEWEST)],
    }


def test_the_changelog_has_this_version() -> None:
    assert f"## [{__version__}]" in markdown.read("CHANGELOG.md")


def _key(error: type[ControlError]) -> str:
    if issubclass(error, DefinitiveError):
        return "used up: it keeps this outcome"
    if error.reason in ("OUTCOME_UNKNOWN", "DEADLINE_EXCEEDED"):
        return "used up or not: a retry tells"
    if error.reason in ("REQUEST_KEY_REUSED", "REQUEST_KEY_PARAMETERS_DIFFER", "REQUEST_PREVIOUSLY_FAILED"):
        return "was used up before, and stays as it was"
    if error.reason == "REQUEST_IN_PROGRESS":
        return "another call has it"
    if error.reason in ("REQUEST_NOT_FOUND", "EVENT_NOT_FOUND", "RESPONSE_TOO_LARGE"):
        return "reads only: no key"
    return "unused"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("|" + "|".join(f" {cell} " if cell else " " for cell in line) + "|" for line in lines).replace(
        " --- ", "---"
    )

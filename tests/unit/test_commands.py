"""The commands' exit codes, and what they say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from workflow_control import __version__
from workflow_control.__main__ import main

URL = "postgresql://nobody:hunter2@127.0.0.1:1/nothing"
"""Nobody listens on port 1."""


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is not there, and no other setting; logging stays as the test run has it."""
    monkeypatch.setenv("WORKFLOW_CONTROL_DATABASE_URL", URL)
    monkeypatch.setenv("WORKFLOW_CONTROL_CONNECT_TIMEOUT_S", "1")
    monkeypatch.setattr("workflow_control.logs.configure_logging", lambda *_: None)


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["check"], ["serve", "--processes", "2"]])
def test_a_missing_database_url_is_told(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("WORKFLOW_CONTROL_DATABASE_URL")
    assert main(command) == 2
    assert "WORKFLOW_CONTROL_DATABASE_URL is not set" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "migrate", "check", "health", "dev"])
def test_a_wrong_setting_is_told(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WORKFLOW_CONTROL_PORT", "http")
    assert main([command]) == 2
    captured = capsys.readouterr()
    assert "WORKFLOW_CONTROL_PORT is 'http'" in captured.err
    assert "hunter2" not in captured.err
    assert "Traceback" not in captured.err


def test_the_option_is_the_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--processes", "0"]) == 2
    assert "WORKFLOW_CONTROL_PROCESSES is '0'" in capsys.readouterr().err


def test_check_reports_what_is_amiss(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    captured = capsys.readouterr()
    assert captured.out.startswith("FAIL  connection")
    assert "To mend it" in captured.out
    assert "hunter2" not in captured.out + captured.err


def test_migrate_without_a_database_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 1
    captured = capsys.readouterr()
    assert "Connection refused" in captured.err
    assert "hunter2" not in captured.out + captured.err


def test_migrate_prints_without_a_database(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--print"]) == 0
    assert "CREATE SCHEMA" in capsys.readouterr().out


def test_health_of_no_server(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["health", "--address", "127.0.0.1:1", "--timeout", "1"]) == 1
    assert capsys.readouterr().out.strip() in {"UNAVAILABLE", "DEADLINE_EXCEEDED"}


def test_health_needs_no_database_url(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("WORKFLOW_CONTROL_DATABASE_URL")
    monkeypatch.setenv("WORKFLOW_CONTROL_PORT", "1")
    monkeypatch.setenv("WORKFLOW_CONTROL_HOST", "::")
    assert main(["health", "--timeout", "1"]) == 1
    assert capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["sevre"], ["serve", "--what"]])
def test_an_unknown_command_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_version_is_told() -> None:
    command = [sys.executable, "-m", "workflow_control", "--version"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == __version__

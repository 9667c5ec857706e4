"""The programs of the development stack: how they end, and what is told about it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.fixtures.eventually import eventually
from workflow_control.dev import child as child_module
from workflow_control.dev.child import Child, ChildError
from workflow_control.dev.claim import Claim

IGNORES_SIGTERM = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(60)
"""


@pytest.fixture
def claim(tmp_path: Path) -> Iterator[Claim]:
    claim = Claim(tmp_path / "claims")
    claim.take()
    yield claim
    claim.drop()


def start(claim: Claim, program: str) -> Child:
    log = claim.file.with_name("log")
    return Child("The program", [sys.executable, "-c", program], environment={}, claim=claim, log=log)


def test_a_program_that_ends_is_reported_with_what_it_said_last(claim: Claim) -> None:
    child = start(claim, "print('first\\nlast'); raise SystemExit(3)")
    eventually(lambda: not child.is_running)

    with pytest.raises(ChildError, match=r"The program ended with exit code 3; the end of .*log:\n    first\n    last"):
        child.check()


def test_a_program_that_takes_too_long_is_reported(claim: Claim) -> None:
    child = start(claim, "import time; time.sleep(60)")

    with pytest.raises(ChildError, match="took more than 0 s"):
        child.wait(timeout_s=0.1)
    child.stop()


def test_a_program_that_does_not_listen_is_killed(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "STOP_TIMEOUT_S", 0.5)
    child = start(claim, IGNORES_SIGTERM)
    eventually(lambda: "deaf" in child.output())
    [guard] = [process for process in psutil.Process().children() if str(claim.file) in process.cmdline()]
    [program] = guard.children()

    child.stop()

    assert not child.is_running
    assert not program.is_running() or program.status() == psutil.STATUS_ZOMBIE

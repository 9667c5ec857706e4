"""All clients do the same: one scenario, run by each against the same servers, and a table of clients and steps."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import pytest

from tests.clients.deeds import Deeds
from tests.clients.languages import CLIENTS, Client, run
from tests.clients.scenario import Json, Step, differences, fill_in, read_scenario, shown, value_at
from tests.fixtures.control import ControlTemplate
from tests.fixtures.dbos_releases import NEWEST, OLDEST
from tests.fixtures.postgres import CreateDatabase, Databases
from tests.fixtures.server import StartServer, free_port
from tests.fixtures.tcp_proxy import open_proxy
from workflow_control.dev.stack import Stack
from workflow_control_client import WorkflowControlClient

PACKAGE: Final = "workflowcontrol.v1"
EVENTUALLY_S: Final = 60.0
CALL_S: Final = 60.0
"""How long a runner may take for a call before it is ended."""
RETRY_INTERVAL_S: Final = 0.2


@dataclass
class Run:
    """One client's way through the scenario."""

    client: Client
    addresses: Mapping[str, str]
    deeds: Deeds
    failures: dict[str, str] = field(default_factory=dict)
    """What was wrong, by the name of the step."""
    seconds: float = 0.0

    def through(self, steps: list[Step]) -> None:
        """Make each step, also after one that failed."""
        for command in self.client.build:
            run(command, self.client.folder)
        started = time.monotonic()
        self.captured = {"run": self.client.name}
        with subprocess.Popen(
            self.client.runner, cwd=self.client.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as self.process:
            for step in steps:
                if wrong := self._wrong(step):
                    self.failures[step.name] = wrong
            self.process.communicate(timeout=EVENTUALLY_S)
        assert self.process.returncode == 0, f"the runner of {self.client.name} ended with {self.process.returncode}"
        self.seconds = time.monotonic() - started

    def _wrong(self, step: Step) -> str:
        """Make a step, and return what is wrong with its outcome; empty: nothing."""
        if step.do is not None:
            self.deeds.do(fill_in(step.do, self.captured))
            return ""
        end = time.monotonic() + (EVENTUALLY_S if step.eventually else 0)
        while True:
            try:
                wrong = "; ".join(self._differences(step, self._call(step)))
            except KeyError as missing:  # An earlier step that should have captured it has failed.
                return f"nothing has captured {missing}"
            if not wrong or time.monotonic() > end:
                return wrong
            time.sleep(RETRY_INTERVAL_S)

    def _call(self, step: Step) -> Json:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        call = {
            "address": self.addresses[step.server],
            "rpc": f"{PACKAGE}.{step.rpc}",
            "request": fill_in(step.request, self.captured),
            "timeout_ms": step.timeout_ms,
            "list": step.list,
            "take": step.take,
        }
        print(json.dumps(call), file=self.process.stdin, flush=True)
        patience = threading.Timer(CALL_S, self.process.kill)
        patience.start()
        line = self.process.stdout.readline()
        patience.cancel()
        assert line, f"the runner of {self.client.name} ended at step {step.name!r}"
        return json.loads(line)

    def _differences(self, step: Step, answer: Json) -> list[str]:
        error = answer.get("error")
        if step.error is not None:
            if error is None:
                return [f"it answered {shown(answer['responses'])}"]
            return list(differences(fill_in(step.error, self.captured), error, "error"))
        if error is not None:
            return [f"it failed with {shown(error)}"]
        answered = answer["responses"]
        if not isinstance(step.expect, list):
            (answered,) = answered
        found = list(differences(fill_in(step.expect, self.captured), answered, "response"))
        if not found:
            self.captured |= {name: value_at(path, answered) for name, path in step.capture.items()}
        return found


def table(steps: list[Step], runs: list[Run]) -> str:
    """Return what came of each call, a row for each step and a column for each client."""
    width = max(len(step.name) for step in steps)
    lines = [f"{'':{width}}  " + "  ".join(each.client.name for each in runs)]
    for step in steps:
        if step.do is None:
            marks = (("FAIL" if step.name in each.failures else "ok").ljust(len(each.client.name)) for each in runs)
            lines.append(f"{step.name:{width}}  " + "  ".join(marks))
    seconds = ", ".join(f"{each.client.name} {each.seconds:.0f} s" for each in runs)
    return "\n".join([*lines, f"{len(lines) - 1} steps: {seconds}"])


@contextmanager
def one_watch(address: str) -> Iterator[None]:
    """Keeps a watch open, which leaves no place for another on a server that has only one."""
    with WorkflowControlClient(address) as client:
        messages = client.watch_workflows()
        next(messages)
        yield


@pytest.fixture
def surroundings(
    stack: Stack,
    start_server: StartServer,
    databases: Databases,
    create_database: CreateDatabase,
    control_template: ControlTemplate,
) -> Iterator[tuple[Mapping[str, str], Deeds]]:
    """The addresses of the servers, by the names that the scenario has for them, and what happens around them."""
    url = stack.database_url
    lost = create_database(control_template(NEWEST))
    mortal = start_server(url)
    full = start_server(url, max_watchers=1)
    patient = start_server(url, lock_timeout_ms=20_000, statement_timeout_ms=30_000)
    addresses = {
        "main": stack.server_address,
        "hasty": start_server(url, lock_timeout_ms=50).address,
        "impatient": start_server(url, lock_timeout_ms=4000, max_deadline="1s").address,
        "mortal": mortal.address,
        "full": full.address,
        "old": start_server(create_database(control_template(OLDEST))).address,
        "lost": start_server(lost).address,
        "nobody": f"127.0.0.1:{free_port()}",
    }
    databases.drop(lost)

    def restart() -> None:
        nonlocal mortal
        mortal.kill()
        mortal = start_server(url, port=mortal.port)

    with one_watch(full.address), open_proxy(f"tcp://{stack.server_address}") as proxy:
        addresses["wired"] = proxy.url.rpartition("@")[2]
        with Deeds(url, patient.address, restart=restart, cut=proxy.cut_now) as deeds:
            yield addresses, deeds


def test_all_clients_go_through_the_scenario_alike(
    surroundings: tuple[Mapping[str, str], Deeds], capsys: pytest.CaptureFixture[str]
) -> None:
    steps = read_scenario()
    runs = [Run(client, *surroundings) for client in CLIENTS if client.is_here]
    try:
        for each in runs:
            each.through(steps)
    finally:
        with capsys.disabled():
            print(f"\n{table(steps, runs)}")
            for client in CLIENTS:
                if not client.is_here:
                    print(f"SKIPPED {client.name}: {client.needs} is not on the PATH")
    failures = [f"{each.client.name}, {name}: {wrong}" for each in runs for name, wrong in each.failures.items()]
    assert not failures, "\n".join(failures)
    if os.environ.get("CI") == "true":
        assert len(runs) == len(CLIENTS), "a client's language is missing"

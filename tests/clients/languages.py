"""The clients in `clients/`: how each is built and tested, and how its part in the conformance scenario is started."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.fixtures.markdown import REPOSITORY

COMMAND_TIMEOUT_S: Final = 570
"""For one command. A first build downloads and compiles all that a client depends on."""

BUF: Final = Path(sys.executable).with_name("buf")

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Client:
    """A client, by the name of its folder."""

    name: str
    needs: str
    """The program without which it cannot be tested."""
    unit_tests: Sequence[Command] = ()
    """The client's own tests, run in its folder, after everything that they need."""
    build: Sequence[Command] = ()
    """What the runner needs before it starts."""
    runner: Command = ()
    """The conformance runner, started in the client's folder."""

    @property
    def folder(self) -> Path:
        return REPOSITORY / "clients" / self.name

    @property
    def is_here(self) -> bool:
        return shutil.which(self.needs) is not None


ALL_CLIENTS: Final = (
    Client("python", needs=sys.executable, runner=[sys.executable, REPOSITORY / "tests/clients/run_python.py"]),
    Client(
        "go",
        needs="go",
        unit_tests=[["go", "vet", "./..."], ["go", "test", "./..."]],
        build=[["go", "build", "-o", "build/conformance", "./internal/conformance"]],
        runner=["build/conformance"],
    ),
    Client(
        "java",
        needs="mvn",
        unit_tests=[["mvn", "--quiet", "--batch-mode", "test"]],
        build=[
            [
                *("mvn", "--quiet", "--batch-mode", "test-compile", "dependency:build-classpath"),
                *("-Dmdep.outputFile=target/classpath", "-Dmdep.includeScope=test"),
            ]
        ],
        runner=[
            *("sh", "-c"),
            "exec java -cp target/classes:target/test-classes:$(cat target/classpath) "
            "io.workflowcontrol.client.Conformance",
        ],
    ),
    Client(
        "rust",
        needs="cargo",
        unit_tests=[["cargo", "test", "--quiet"]],
        build=[
            ["cargo", "build", "--quiet", "--example", "conformance"],
            [BUF, "build", REPOSITORY / "proto", "--output", "target/contract.binpb"],
        ],
        runner=["target/debug/examples/conformance", "target/contract.binpb"],
    ),
    Client(
        "typescript",
        needs="npm",
        unit_tests=[["npm", "install", "--silent"], ["npm", "test", "--silent"]],
        build=[["npm", "install", "--silent"], ["npx", "tsc"]],
        runner=["node", "build/conformance/run.js"],
    ),
)

CLIENTS: Final = tuple(each for each in ALL_CLIENTS if each.name in os.environ.get("LANGUAGES", each.name).split())
"""Those of `make test-clients LANGUAGES="python go"`; without it all."""


def run(command: Command, folder: Path) -> str:
    """Run a command in a folder, and return what it prints; anything but success fails the test."""
    # The languages' own idea of a folder for Python or of the checkout's environment must not leak into them.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment["WORKFLOW_CONTROL"] = str(REPOSITORY)
    # What the client's tests have compiled, its README's program need not compile again.
    environment["CARGO_TARGET_DIR"] = str(REPOSITORY / "clients/rust/target")
    environment["CARGO_PROFILE_DEV_DEBUG"] = "0"  # Compiled once and run once, in less time without.
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=COMMAND_TIMEOUT_S,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout

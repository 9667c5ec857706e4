"""The releases of DBOS's SDKs whose workers the server is tried with, and what about them differs.

Of each SDK the newest release, and the oldest that is to be had and has what serving needs: what DBOS for Python 2.11.0
has. The examples are built as their READMEs say, once, below `.cache/runtimes`.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease
from tests.fixtures.order_shop import STEPS

REPOSITORY: Final = Path(__file__).parents[2]
EXAMPLES: Final = REPOSITORY / "examples" / "workers"
_CACHE: Final = REPOSITORY / ".cache" / "runtimes"
_BUILD_TIMEOUT_S: Final = 560


@dataclass(frozen=True, slots=True)
class Runtime:
    """A release of an SDK: how its worker is built and started, and how it differs from others."""

    language: str
    release: str
    build: tuple[str, ...]
    """The shell commands that build the worker, in a copy of the example's folder."""
    command: tuple[str, ...]
    """What starts the worker, in that folder."""
    first_step: int = 0
    step_stride: int = 2
    """What an order's steps are numbered by: where the workflow sets an event between two, that has a number too."""
    stream_step_shift: int = 0
    """By how much the number recorded with what a step writes to a stream is more than the step's."""
    class_name: str = ""
    """What a workflow must be started with, beside its name."""
    python_native: bool = False
    """Whether arguments can be written as a pickle only."""

    def __str__(self) -> str:
        return f"{self.language} {self.release}"

    @property
    def folder(self) -> Path:
        """The example's folder."""
        return EXAMPLES / self.language.lower()

    def step_id(self, step: str) -> int:
        """Returns the number of an order's step."""
        return self.first_step + self.step_stride * STEPS.index(step)

    def worker_command(self) -> tuple[str, ...]:
        """Returns what starts the worker from anywhere, after building it if need be; skips if a tool is missing."""
        if self.language == "Python":
            return (str(DbosRelease.parse(self.release).python()), str(self.folder / "worker.py"))
        for tool in {command.split()[0] for command in self.build} | {self.command[0]} - {"./worker"}:
            if shutil.which(tool) is None:
                pytest.skip(f"{tool} is not installed")
        built = self._built()
        return tuple(part.replace("./", f"{built}/") for part in self.command)

    def _built(self) -> Path:
        """Builds the worker unless it is there, and returns its folder."""
        sources = _sources(self.folder)
        name = f"{self.language.lower()}-{self.release}"
        digest = hashlib.sha256("\n".join((*self.build, *map(str, sources))).encode())
        for source in sources:
            digest.update(source.read_bytes())
        built = _CACHE / f"{name}-{digest.hexdigest()[:12]}"
        _CACHE.mkdir(parents=True, exist_ok=True)
        with (_CACHE / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not built.exists():
                # An unfinished build never has the final name, so that an interrupted run leaves none.
                unfinished = _CACHE / f"{name}.unfinished"
                shutil.rmtree(unfinished, ignore_errors=True)
                for source in sources:
                    copy = unfinished / source.relative_to(self.folder)
                    copy.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source, copy)
                for command in self.build:
                    _run(command, unfinished)
                unfinished.rename(built)
        return built


def _sources(folder: Path) -> list[Path]:
    """Returns the files that git knows or would add: not what a developer has built there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "."],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted(folder / line for line in listed.stdout.splitlines() if (folder / line).exists())


def _run(command: str, folder: Path) -> None:
    process = subprocess.run(
        command.split(),
        cwd=folder,
        env=os.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=_BUILD_TIMEOUT_S,
        check=False,
    )
    if process.returncode:
        raise RuntimeError(f"{command} failed:\n{process.stdout}")


def _python(release: DbosRelease) -> Runtime:
    return Runtime(
        "Python",
        str(release),
        (),
        (),
        first_step=1,
        step_stride=1,
        # Before 2.14 workers understand pickles only.
        python_native=release < DbosRelease.parse("2.14.0"),
    )


_NPM: Final = "npm install --no-audit --no-fund"

TOO_OLD: Final = Runtime(
    "TypeScript",
    "4.7.9",
    (_NPM, "npm run build", f"{_NPM} --no-save @dbos-inc/dbos-sdk@4.7.9"),
    ("node", "./dist/worker.js"),
)
"""Its schema lacks what serving needs."""

RUNTIMES: Final = (
    _python(OLDEST),
    _python(NEWEST),
    Runtime(
        "TypeScript",
        "4.9.11",
        (_NPM, "npm run build", f"{_NPM} --no-save @dbos-inc/dbos-sdk@4.9.11"),
        ("node", "./dist/worker.js"),
    ),
    Runtime("TypeScript", "5.3.0", (_NPM, "npm run build"), ("node", "./dist/worker.js")),
    Runtime("Go", "0.12.0", ("go build -modfile=go_0_12.mod -tags dbos_0_12 -o worker .",), ("./worker",)),
    Runtime("Go", "1.8.0", ("go build -o worker .",), ("./worker",)),
    Runtime(
        "Java",
        "1.1.0-m6",
        ("mvn -B -q compile dependency:copy-dependencies -DincludeScope=runtime",),
        ("java", "-cp", "./target/classes:./target/dependency/*", "orders.Worker"),
        # It records the number that the next step will have.
        stream_step_shift=1,
        class_name="OrderShop",
    ),
)

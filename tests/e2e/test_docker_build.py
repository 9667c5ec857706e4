"""The server's part of the Dockerfile, run without an engine: its commands, in a folder that stands for the image."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.fixtures.dbos_releases import NEWEST, DbosTemplate
from tests.fixtures.dockerfile import read_stages
from tests.fixtures.eventually import eventually
from tests.fixtures.markdown import REPOSITORY
from tests.fixtures.postgres import CreateDatabase
from workflow_control_client import WorkflowControlClient

STAGES = read_stages()
_BUILD_TIMEOUT_S = 240
_STOP_TIMEOUT_S = 30
_USER = 65532
_ROOTS = ("/src", "/wheels", "/opt")
"""The folders of the image that the build writes to."""


class Image:
    """A folder in which the commands of the Dockerfile have run, with the paths of the image below it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def here(self, text: str) -> str:
        """Returns a command or a path of the image as one of this machine."""
        for folder in _ROOTS:
            text = text.replace(f"{folder}/", f"{self.root}{folder}/").replace(f"{folder} ", f"{self.root}{folder} ")
        return text

    def build(self, stage: str) -> None:
        """Runs a stage's instructions; COPY takes from the repository."""
        base = self.root / "base"
        if not base.exists():
            subprocess.run([sys.executable, "-m", "venv", base], check=True)
        work = self.root
        for name, arguments in STAGES[stage].instructions:
            if name == "WORKDIR":
                work = Path(self.here(f"{arguments}/"))
                work.mkdir(parents=True, exist_ok=True)
            elif name == "COPY":
                *sources, target = arguments.split()
                for source in sources:
                    _copy(REPOSITORY / source, work / target / (Path(source).name if target.endswith("/") else ""))
            elif name == "RUN":
                environment = {**os.environ, "PATH": f"{base / 'bin'}:{os.environ['PATH']}"}
                # pip's cache on this machine saves the downloads.
                command = ["/bin/sh", "-e", "-c", self.here(arguments.replace("--no-cache-dir ", ""))]
                process = subprocess.run(
                    command,
                    cwd=work,
                    env=environment,
                    check=False,
                    capture_output=True,
                    text=True,
                    timeout=_BUILD_TIMEOUT_S,
                )
                assert process.returncode == 0, process.stdout + process.stderr

    def start(self, command: list[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
        """Starts a program as the server's container does: its variables only, and its user where we may."""
        variables = {name: self.here(value) for name, value in STAGES["server"].environment().items()}
        path = variables["PATH"].replace("$PATH", "/usr/bin:/bin")
        return subprocess.Popen(
            [shutil.which(command[0], path=path) or command[0], *command[1:]],
            cwd="/",
            env={**variables, **environment, "PATH": path},
            user=_USER if _may_switch_user() else None,
            group=_USER if _may_switch_user() else None,
            extra_groups=[] if _may_switch_user() else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, command: list[str], environment: Mapping[str, str]) -> tuple[int, str]:
        process = self.start(command, environment)
        output, _ = process.communicate(timeout=60)
        return process.returncode, output


@pytest.fixture
def image() -> Iterator[Image]:
    # Not below pytest's folder, which other users may not enter.
    with tempfile.TemporaryDirectory(prefix="workflow-control-image-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        image = Image(root)
        image.build("wheels")
        image.build("server-environment")
        yield image


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_image_migrates_serves_is_healthy_and_drains(
    image: Image, dbos_template: DbosTemplate, create_database: CreateDatabase
) -> None:
    server = STAGES["server"]
    entrypoint = server.command("ENTRYPOINT")
    url_file = image.root / "database_url"
    url_file.write_text(create_database(dbos_template(NEWEST)))
    port = _free_port()
    environment = {"WORKFLOW_CONTROL_DATABASE_URL_FILE": str(url_file), "WORKFLOW_CONTROL_PORT": str(port)}

    assert image.run([*entrypoint, "check"], environment)[0] == 1
    assert image.run([*entrypoint, "migrate"], environment)[0] == 0
    assert image.run([*entrypoint, "check"], environment)[0] == 0
    assert image.run(server.command("HEALTHCHECK"), environment) == (1, "UNAVAILABLE\n")

    serving = image.start([*entrypoint, *server.command("CMD")], environment)
    try:
        eventually(lambda: image.run(server.command("HEALTHCHECK"), environment) == (0, "SERVING\n"), 30)
        with WorkflowControlClient(f"localhost:{port}") as client:
            assert client.check_readiness().ready
    finally:
        serving.terminate()
        output, _ = serving.communicate(timeout=_STOP_TIMEOUT_S)
    assert serving.returncode == 0
    # No terminal: every line is JSON.
    assert [json.loads(line)["level"] for line in output.splitlines()]

    # What traces need is there; the embedded Postgres and DBOS stay outside.
    assert image.run(["python", "-c", "import workflow_control.telemetry.tracing"], environment) == (0, "")
    code, output = image.run([*entrypoint, "dev"], environment)
    assert (code, "install workflow-control[dev]" in output) == (2, True)


def _may_switch_user() -> bool:
    """Tells whether we are root, and the interpreter is where another user may reach it."""
    folders = Path(sys.executable).resolve().parents
    return os.geteuid() == 0 and all(folder.stat().st_mode & 0o001 for folder in folders)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

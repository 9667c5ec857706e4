"""Real proxies in front of two servers, as deploy/ configures them, one of which is killed under load."""

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.differential.seeds import family, insert
from tests.fixtures.effects import install_audit
from tests.fixtures.eventually import eventually
from tests.fixtures.invariant_checks import violations
from tests.fixtures.load import Load, mixed_operations
from tests.fixtures.markdown import REPOSITORY
from tests.fixtures.server import StartServer, free_port
from workflow_control.domain.states import WorkflowState

WORKFLOWS = [f"workflow-{number}" for number in range(10)]
ACKNOWLEDGED_BETWEEN = 100
_OWN_PORTS = ("50050", "50051", "50052")
"""Of the proxy and of the two servers, in the files of deploy/."""


def haproxy(configuration: Path, _folder: Path) -> list[str]:
    return ["haproxy", "-db", "-f", str(configuration)]


def nginx(configuration: Path, folder: Path) -> list[str]:
    # It writes below its prefix; errors to standard error.
    places = f"daemon off; pid {folder}/nginx.pid; error_log stderr;"
    return ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(configuration), "-g", places]


PROXIES = {"haproxy": ("deploy/haproxy/haproxy.cfg", haproxy), "nginx": ("deploy/nginx/nginx.conf", nginx)}


@contextmanager
def running(name: str, servers: tuple[int, int], folder: Path) -> Iterator[str]:
    """Runs a proxy with its file of deploy/, on other ports; yields its address."""
    file, command = PROXIES[name]
    port = free_port()
    text = (REPOSITORY / file).read_text()
    for own, given in zip(_OWN_PORTS, (port, *servers), strict=True):
        assert own in text
        text = text.replace(own, str(given))
    configuration = folder / Path(file).name
    configuration.write_text(text)
    (folder / "logs").mkdir()
    with (folder / "proxy.log").open("wb") as log:
        process = subprocess.Popen(command(configuration, folder), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            eventually(lambda: accepts(port), timeout_s=20)
            yield f"127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()


def accepts(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("name", PROXIES)
def test_behind_a_proxy_a_killed_server_costs_no_mutation_and_doubles_none(
    start_server: StartServer, control_url: str, tmp_path: Path, name: str
) -> None:
    if shutil.which(name) is None:
        pytest.skip(f"needs {name}, which Debian's package {name} brings")
    with psycopg.connect(control_url) as connection:
        for workflow_id in WORKFLOWS:
            insert(connection, family(workflow_id, WorkflowState.PENDING))
    install_audit(control_url)
    one, two = start_server(control_url), start_server(control_url)
    folder = tmp_path / name
    folder.mkdir()
    with (
        running(name, (one.port, two.port), folder) as address,
        Load([address], mixed_operations(WORKFLOWS), clients=8, calls_per_s=50) as load,
    ):

        def acknowledge_more() -> None:
            before = len(load.acknowledged)
            eventually(lambda: len(load.acknowledged) >= before + ACKNOWLEDGED_BETWEEN, timeout_s=60)

        acknowledge_more()
        one.kill()
        acknowledge_more()
        start_server(control_url, port=one.port)
        acknowledge_more()
        two.kill()
        acknowledge_more()

    assert load.unsettled == []
    assert violations(control_url, load.answers) == []

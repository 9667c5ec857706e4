"""The probes that Kubernetes and operators use, against real servers: grpc-health-probe, and grpcurl."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures.eventually import eventually
from tests.fixtures.go_tools import go_tool
from tests.fixtures.grpcurl import real_grpcurl
from tests.fixtures.server import StartServer, free_port
from tests.fixtures.tcp_proxy import open_proxy
from workflow_control.rpc.server import SERVICES

_PROBE = "github.com/grpc-ecosystem/grpc-health-probe@v0.4.63"
_BUILD_TIMEOUT_S = 420
NAMES = ("", "readiness", *SERVICES)
"""All that tell whether calls should come; `liveness` does not."""

# What grpc-health-probe documents of its exit codes.
SERVES, NOBODY_ANSWERS, CALL_FAILED, DOES_NOT_SERVE = 0, 2, 3, 4

Probe = Callable[[str, str], int]
"""`probe(address, service) -> exit code`."""


@pytest.fixture(scope="module")
def probe() -> Probe:
    program = go_tool("grpc-health-probe", _PROBE)
    if program is None:
        pytest.skip("needs grpc-health-probe, or Go to install it")

    def run(address: str, service: str) -> int:
        command: list[str | Path] = [
            program,
            f"-addr={address}",
            f"-service={service}",
            "-connect-timeout=2s",
            "-rpc-timeout=5s",
        ]
        return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode

    return run


@pytest.mark.timeout(_BUILD_TIMEOUT_S)
def test_a_server_without_a_database_lives_and_is_not_ready(start_server: StartServer, probe: Probe) -> None:
    nowhere = f"postgresql://postgres@127.0.0.1:{free_port()}/nothing"
    server = start_server(nowhere, wait=False)
    eventually(lambda: probe(server.address, "liveness") == SERVES, timeout_s=30)
    assert [probe(server.address, name) for name in NAMES] == [DOES_NOT_SERVE] * len(NAMES)


@pytest.mark.timeout(_BUILD_TIMEOUT_S)
def test_probes_follow_a_server_from_its_start_to_its_end(
    start_server: StartServer, control_url: str, probe: Probe
) -> None:
    with open_proxy(control_url) as proxy:
        server = start_server(proxy.url, drain_delay="3s")
        assert [probe(server.address, name) for name in ("liveness", *NAMES)] == [SERVES] * (1 + len(NAMES))
        assert probe(server.address, "no.such.Service") == CALL_FAILED

    # The database is gone: no calls, and no restart.
    eventually(lambda: probe(server.address, "readiness") == DOES_NOT_SERVE)
    assert [probe(server.address, name) for name in NAMES] == [DOES_NOT_SERVE] * len(NAMES)
    assert probe(server.address, "liveness") == SERVES
    server.end()
    assert probe(server.address, "liveness") == NOBODY_ANSWERS


@pytest.mark.timeout(_BUILD_TIMEOUT_S)
def test_a_draining_server_is_not_ready_until_it_is_gone(
    start_server: StartServer, control_url: str, probe: Probe
) -> None:
    server = start_server(control_url, drain_delay="5s")
    server.terminate()
    eventually(lambda: server.events("draining"))
    assert probe(server.address, "readiness") == DOES_NOT_SERVE
    assert server.wait() == 0
    assert probe(server.address, "readiness") == NOBODY_ANSWERS


@pytest.mark.timeout(_BUILD_TIMEOUT_S)
def test_grpcurl_shows_what_is_wrong_with_a_request(start_server: StartServer, control_url: str) -> None:
    """The details of an error are messages of google.rpc, which reflection must describe for anybody to read them."""
    program = real_grpcurl()
    if program is None:
        pytest.skip("needs grpcurl, or Go to install it")
    server = start_server(control_url)

    def details(request: object) -> list[dict[str, object]]:
        method = "workflowcontrol.v1.WorkflowControl/CancelWorkflow"
        command = [str(program), "-plaintext", "-format-error", "-d", json.dumps(request), server.address, method]
        printed = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30).stderr
        status: dict[str, list[dict[str, object]]] = json.loads(printed)
        return status["details"]

    missing = details({"request_key": "key-1", "workflow_id": "no-such"})
    assert {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": "WORKFLOW_NOT_FOUND",
        "domain": "workflowcontrol",
        "metadata": {"workflow_id": "no-such"},
    } in missing
    assert any(str(detail["@type"]).endswith("google.rpc.ResourceInfo") for detail in missing)
    invalid = details({"request_key": "key-2"})
    (bad,) = [detail for detail in invalid if str(detail["@type"]).endswith("google.rpc.BadRequest")]
    assert "workflow_id" in str(bad.get("field_violations") or bad["fieldViolations"])
    replayed = details({"request_key": "key-1", "workflow_id": "no-such"})
    assert any(str(detail["@type"]).endswith("google.rpc.PreconditionFailure") for detail in replayed)


@pytest.mark.timeout(_BUILD_TIMEOUT_S)
def test_grpcurl_needs_no_reflection_with_the_written_contract(
    start_server: StartServer, control_url: str, tmp_path: Path
) -> None:
    program = real_grpcurl()
    if program is None:
        pytest.skip("needs grpcurl, or Go to install it")
    server = start_server(control_url, reflection="false")
    written = tmp_path / "workflow-control.binpb"
    subprocess.run([Path(sys.executable).parent / "workflow-control", "contract", written], check=True, timeout=60)

    def grpcurl(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(program), "-plaintext", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)

    get = (server.address, "workflowcontrol.v1.WorkflowControl/GetWorkflow")
    assert "does not support the reflection API" in grpcurl(*get).stderr
    refusal = grpcurl("-protoset", str(written), "-d", '{"workflow_id": "no-such"}', *get).stderr
    assert "WORKFLOW_NOT_FOUND" in refusal
    assert "google.rpc.ErrorInfo" in refusal
    health = grpcurl("-protoset", str(written), server.address, "grpc.health.v1.Health/Check")
    assert "SERVING" in health.stdout

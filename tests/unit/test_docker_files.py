"""The Dockerfile and the compose file, as far as they can be checked without an engine."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.fixtures import markdown
from tests.fixtures.dockerfile import read_stages
from tests.fixtures.markdown import REPOSITORY
from workflow_control import __version__
from workflow_control.setting_types import parse_duration
from workflow_control.settings import Settings, describe_settings

STAGES = read_stages()
IMAGES = ("server", "worker", "check")
COMPOSE: dict[str, Any] = yaml.safe_load(markdown.read("docker-compose.yml"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if name != "postgres"}

_TOOLS = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ("hadolint", "Dockerfile"),
        ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"),
    ],
    ids=lambda command: str(command[0]),
)
def test_linters_find_nothing(command: tuple[str, ...]) -> None:
    program, *arguments = command
    process = subprocess.run(
        [_TOOLS / program, *arguments], cwd=REPOSITORY, check=False, capture_output=True, text=True
    )

    assert process.returncode == 0, process.stdout + process.stderr


@pytest.mark.parametrize("image", IMAGES)
def test_images_do_not_run_as_root(image: str) -> None:
    assert STAGES[image].of("USER") == ["65532:65532"]


@pytest.mark.parametrize("image", IMAGES)
def test_images_install_nothing_themselves(image: str) -> None:
    """Whatever needs pip, a compiler or a network was done in a stage that is left behind."""
    assert STAGES[image].base == "${PYTHON_IMAGE}"
    assert all(run.startswith("install --directory ") for run in STAGES[image].of("RUN"))


def test_dependencies_come_as_wheels_only() -> None:
    commands = [command for stage in STAGES.values() for run in stage.of("RUN") for command in run.split(" && ")]

    fetching = [command for command in commands if re.search(r"\bpip\b.*\b(install|download|wheel)\b", command)]

    assert fetching
    assert all(re.search("--only-binary :all:|--no-index|--no-deps", command) for command in fetching)


def test_the_server_is_what_is_built_by_default() -> None:
    assert list(STAGES)[-1] == "server"
    assert STAGES["server"].command("ENTRYPOINT") == ["python", "-m", "workflow_control"]
    assert STAGES["server"].command("CMD") == ["serve"]
    assert STAGES["server"].of("EXPOSE") == [str(Settings.model_fields["port"].default)]


def test_versions_are_the_projects() -> None:
    project = tomllib.loads(markdown.read("pyproject.toml"))["project"]

    assert STAGES["server"].of("ARG") == [f"VERSION={__version__}"]
    assert project["version"] == __version__
    (dbos,) = STAGES["worker-environment"].of("ARG")
    assert dbos.replace("DBOS_VERSION=", "dbos==") in project["optional-dependencies"]["dev"]


def test_the_build_context_has_what_is_copied_and_nothing_else() -> None:
    copied = {
        source
        for stage in STAGES.values()
        for arguments in stage.of("COPY")
        if not arguments.startswith("--from=")
        for source in arguments.split()[:-1]
    }
    rules = [line for line in markdown.read(".dockerignore").splitlines() if line and not line.startswith("#")]
    allowed = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}

    assert rules[0] == "*"
    assert all((REPOSITORY / source).exists() for source in copied)
    assert all(any(f"{source}/".startswith(f"{each}/") for each in allowed) for source in copied)
    assert all(any(f"{source}/".startswith(f"{each}/") for source in copied) for each in allowed)


@pytest.mark.parametrize("name", OURS)
def test_containers_are_confined(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_port_is_offered_to_this_machine_only() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]

    assert published == ["127.0.0.1:50051:50051"]


def test_services_build_stages_that_exist() -> None:
    targets = {name: service["build"]["target"] for name, service in SERVICES.items() if "build" in service}

    assert set(targets.values()) == set(IMAGES)


@pytest.mark.parametrize("name", ["migrate", "server"])
def test_the_servers_variables_are_settings(name: str) -> None:
    assert SERVICES[name]["environment"].keys() <= {setting.name for setting in describe_settings()}


def test_the_server_has_time_to_drain() -> None:
    grace = Settings.model_fields["grace"].default
    allowed = parse_duration(SERVICES["server"]["stop_grace_period"])

    assert allowed > 2 * grace


def test_the_order_of_the_start() -> None:
    waits = {name: service.get("depends_on", {}) for name, service in SERVICES.items()}
    done, healthy = "service_completed_successfully", "service_healthy"

    assert waits["postgres"] == {"credentials": {"condition": done}}
    assert waits["migrate"] == {"postgres": {"condition": healthy}}
    assert waits["server"] == {"migrate": {"condition": done}, "postgres": {"condition": healthy}}
    assert waits["check"]["server"] == {"condition": healthy}
    assert SERVICES["check"]["profiles"] == ["check"]


def test_the_credentials_are_made_once(tmp_path: Path) -> None:
    (script,) = SERVICES["credentials"]["command"]
    here = script.replace("/run/credentials", str(tmp_path)).replace("$$", "$")
    runs = []
    for _ in range(2):
        subprocess.run([*SERVICES["credentials"]["entrypoint"], here], check=True)
        runs.append([(tmp_path / name).read_text() for name in ("password", "database_url")])

    password, url = runs[0]
    assert re.fullmatch("[0-9a-f]{48}", password)
    assert url == f"postgresql://postgres:{password}@postgres:5432/orders"
    assert runs[1] == runs[0]

"""The files of deploy/ are what their programs take, as far as schemas and parsers tell, and agree with the server."""

import copy
import importlib
import re
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from tests.fixtures import markdown
from tests.fixtures.markdown import REPOSITORY
from workflow_control.settings import PREFIX, Settings

DEPLOY = REPOSITORY / "deploy"
MANIFESTS = sorted(set((DEPLOY / "kubernetes").glob("*.yaml")) - {DEPLOY / "kubernetes" / "kustomization.yaml"})
ENVOY = DEPLOY / "envoy" / "envoy.yaml"


def documents(file: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(file.read_text()))


def containers() -> list[dict[str, Any]]:
    pods = [d["spec"]["template"]["spec"] for file in MANIFESTS for d in documents(file) if "template" in d["spec"]]
    return [container for pod in pods for container in pod["containers"]]


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.name)
def test_a_manifest_is_valid(file: Path) -> None:
    for document in documents(file):
        kubernetes_validate.validate(document, "1.37", strict=True)


def test_a_mistake_in_a_manifest_is_found() -> None:
    (deployment, _) = documents(DEPLOY / "kubernetes" / "deployment.yaml")
    deployment["spec"]["template"]["spec"]["containers"][0]["livenessProbe"]["grpc"]["prot"] = 1
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(deployment, "1.37", strict=True)


def test_every_manifest_is_applied() -> None:
    (kustomization,) = documents(DEPLOY / "kubernetes" / "kustomization.yaml")
    assert sorted(kustomization["resources"]) == [file.name for file in MANIFESTS]


def test_manifests_name_settings_and_services_that_exist() -> None:
    fields = {field.alias or name for name, field in Settings.model_fields.items()}
    names = {variable["name"] for container in containers() for variable in container.get("env", ())}
    assert names
    assert {name.removeprefix(PREFIX).removesuffix("_FILE").lower() for name in names} <= {
        f.lower().rstrip("_") for f in fields
    }
    services = {
        container[probe]["grpc"]["service"]
        for container in containers()
        for probe in ("startupProbe", "livenessProbe", "readinessProbe")
        if probe in container
    }
    assert services == {"liveness", "readiness"}


def test_no_container_runs_as_root_or_writes() -> None:
    for container in containers():
        context = container["securityContext"]
        assert context["runAsNonRoot"], container["name"]
        assert context["readOnlyRootFilesystem"], container["name"]
        assert not context["allowPrivilegeEscalation"], container["name"]
        assert context["capabilities"] == {"drop": ["ALL"]}, container["name"]


def test_the_runbook_shows_the_probes_of_the_deployment() -> None:
    blocks = [block.text for block in markdown.blocks(markdown.read("docs/operations.md")) if block.language == "yaml"]
    (shown,) = [yaml.safe_load(text) for text in blocks if "livenessProbe" in text]
    (server,) = [container for container in containers() if container["args"] == ["serve"]]
    assert shown == {name: server[name] for name in shown}


def read_envoy(configuration: dict[str, Any]) -> Any:  # noqa: ANN401 - A class of a package without types.
    """Reads a configuration as Envoy's own messages; raises KeyError for a field that they do not have."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Of how the package uses pydantic.
        bootstrap = importlib.import_module("envoy_data_plane.envoy.config.bootstrap.v3")
        for package in set(re.findall(r"type\.googleapis\.com/([\w.]+)\.\w+", ENVOY.read_text())):
            importlib.import_module(f"envoy_data_plane.{package}")  # So that messages given by their type are known.
    return bootstrap.Bootstrap.from_dict(copy.deepcopy(configuration))


def test_envoy_is_configured_by_fields_that_it_has() -> None:
    (configuration,) = documents(ENVOY)
    (cluster,) = read_envoy(configuration).static_resources.clusters
    assert cluster.health_checks[0].grpc_health_check.service_name == "readiness"
    cluster_as_read = configuration["static_resources"]["clusters"][0]
    cluster_as_read["healthy_checks"] = cluster_as_read.pop("health_checks")
    with pytest.raises(KeyError, match="healthy_checks"):
        read_envoy(configuration)


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        ("haproxy", ["-c", "-f", str(DEPLOY / "haproxy" / "haproxy.cfg")]),
        ("nginx", ["-t", "-q", "-e", "stderr", "-g", "pid /dev/null;", "-c", str(DEPLOY / "nginx" / "nginx.conf")]),
    ],
)
def test_a_proxy_accepts_its_file(program: str, arguments: list[str]) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}, which Debian's package {program} brings")
    checked = subprocess.run([program, *arguments], capture_output=True, text=True, check=False, timeout=30)
    assert checked.returncode == 0, checked.stderr

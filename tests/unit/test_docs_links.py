"""What the documents point to is there, and no file tells of the machine that it was written on."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.fixtures import markdown
from tests.fixtures.markdown import REPOSITORY

_PUBLIC_REGISTRIES = {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org", "proxy.golang.org", "sum.golang.org"}
_HOMES = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/")


def _tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        text=True,
    )
    files = (REPOSITORY / name for name in listing.stdout.split("\0") if name)
    return [file for file in files if file.is_file()]


DOCUMENTS = [file for file in _tracked() if file.suffix == ".md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: str(file.relative_to(REPOSITORY)))
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")

    dangling = [target for target in markdown.links(text) if not _leads_somewhere(document, target)]

    assert not dangling


def _leads_somewhere(document: Path, target: str) -> bool:
    address = urlsplit(target)
    if address.scheme:
        return address.scheme in ("https", "mailto")
    file = (document.parent / unquote(address.path)).resolve() if address.path else document
    if not file.exists():
        return False
    return not address.fragment or address.fragment in markdown.anchors(file.read_text(encoding="utf-8"))


def test_a_missing_heading_is_noticed() -> None:
    readme = REPOSITORY / "README.md"

    assert _leads_somewhere(readme, "docs/operations.md#health")
    assert not _leads_somewhere(readme, "docs/operations.md#no-such-heading")
    assert not _leads_somewhere(readme, "docs/no-such-file.md")


def test_the_folder_map_is_the_tree() -> None:
    shown = {markdown.code(folder) for folder, _ in markdown.table(markdown.read("README.md"), "folder", "what")}
    tree = set()
    for file in _tracked():
        folders = file.relative_to(REPOSITORY).parts[:-1]
        if folders:
            tree.add(folders[0])
        if folders[:2] == ("server", "workflow_control"):
            tree.add("/".join(folders[:3]))

    unmapped = {folder for folder in tree if not any(f"{each}/".startswith(f"{folder}/") for each in shown)}
    assert not unmapped, "The README's map lacks these folders."
    assert not {folder for folder in shown if not (REPOSITORY / folder).is_dir()}, "The README's map has too many."


def test_decisions_are_numbered_and_have_their_parts() -> None:
    decisions = sorted((REPOSITORY / "docs" / "decisions").glob("*.md"))

    numbers = [file.name.split("-")[0] for file in decisions]
    assert len(numbers) == len(set(numbers)) > 0
    for file in decisions:
        assert re.match(r"\d{4}-[a-z]", file.name)
        headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings[1:] == ["Context", "Choice", "Consequence"]


def test_no_file_tells_of_this_machine() -> None:
    forbidden = set(_registry_hosts())
    if len(REPOSITORY.parts) > 2:  # A checkout in a folder like /app would be everywhere in the Dockerfile.
        forbidden.add(str(REPOSITORY))

    for file in _tracked():
        text = file.read_text(encoding="utf-8", errors="replace")
        name = file.relative_to(REPOSITORY)
        assert not [each for each in forbidden if each in text], f"{name} names this machine or its registry."
        # This test has to name what it looks for.
        assert file == Path(__file__) or not _HOMES.search(text), f"{name} names somebody's home."


def _registry_hosts() -> Iterator[str]:
    """Yields the hosts of the package registries that are configured here, but for the public ones."""
    settings = [value for name, value in os.environ.items() if re.search("INDEX|REGISTRY|PROXY|FIND_LINKS", name)]
    pip = [sys.executable, "-m", "pip", "config", "list"]
    settings.append(subprocess.run(pip, check=False, capture_output=True, text=True).stdout)
    if npm := shutil.which("npm"):
        configured = subprocess.run([npm, "config", "list", "--json"], check=False, capture_output=True, text=True)
        if configured.returncode == 0:
            settings.append(str(json.loads(configured.stdout).get("registry")))
    if go := shutil.which("go"):
        settings.append(subprocess.run([go, "env", "GOPROXY"], check=False, capture_output=True, text=True).stdout)
    for host in re.findall(r"https?://(?:[^/@\s]*@)?([^/:\s'\"]+)", "\n".join(settings)):
        if host not in _PUBLIC_REGISTRIES and host not in ("localhost", "127.0.0.1"):
            yield host

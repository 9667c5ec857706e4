"""Generate the code of `proto/` for each client, or check that what is committed is up to date.

The service config, by which clients retry, is copied beside it: part of the contract, and one for all languages.

Usage: python proto/generate.py [--check] [LANGUAGE ...]

A language is a folder of `clients/`. Without one all are generated whose tools are installed, and the others are named;
with CI=true in the environment, or when it is asked for, a language without its tools is an error.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.resources
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROTO: Final = Path(__file__).resolve().parent
ROOT: Final = PROTO.parent
PACKAGE: Final = "workflowcontrol"
SERVICE_CONFIG: Final = PROTO / PACKAGE / "v1" / "service_config.json"


def generate_python(client: Path) -> None:
    """Write stubs and type stubs with protoc. The proto paths are the import paths, so these need no repair."""
    target = client / "src"
    target.mkdir(parents=True)
    protos = sorted(str(p.relative_to(PROTO)) for p in (PROTO / PACKAGE).rglob("*.proto"))
    includes = [f"-I{PROTO}", f"-I{importlib.resources.files('grpc_tools') / '_proto'}"]
    outputs = [f"--{plugin}={target}" for plugin in ("python_out", "grpc_python_out")]
    outputs += [f"--{plugin}=quiet:{target}" for plugin in ("mypy_out", "mypy_grpc_out")]
    subprocess.run([sys.executable, "-m", "grpc_tools.protoc", *includes, *outputs, *protos], check=True)
    (target / PACKAGE / "py.typed").touch()
    for package in (PACKAGE, f"{PACKAGE}/v1"):
        (target / package / "__init__.py").write_text('"""The generated stubs of the workflowcontrol.v1 API."""\n')


def generate_by_buf(client: Path, protos: Path = PROTO) -> None:
    """Write what the client's `buf.gen.yaml` says; the plugins and their versions are there."""
    template = ROOT / "clients" / client.name / "buf.gen.yaml"
    subprocess.run(["buf", "generate", protos, "--template", template, "--output", client], cwd=ROOT, check=True)


def generate_typescript(client: Path) -> None:
    """As `generate_by_buf`, and the details of errors: of all the ecosystems, npm alone has no package of them."""
    generate_by_buf(client)
    with tempfile.TemporaryDirectory() as folder:
        details = Path(folder) / "google" / "rpc" / "error_details.proto"
        details.parent.mkdir(parents=True)
        shutil.copyfile(str(importlib.resources.files("google.rpc") / details.name), details)
        generate_by_buf(client, Path(folder))


def copy_json(service_config: Path) -> None:
    """Write the service config as it is, for languages that can embed a file."""
    shutil.copyfile(SERVICE_CONFIG, service_config)


def copy_as_typescript(service_config: Path) -> None:
    """Write the service config as a module, since not every Node.js and bundler imports JSON."""
    service_config.write_text(
        "// @generated from proto/workflowcontrol/v1/service_config.json\n\n"
        "/** How calls are retried, as gRPC's service config says it. */\n"
        f"export const serviceConfig = {SERVICE_CONFIG.read_text().strip()};\n"
    )


@dataclass(frozen=True)
class Language:
    """How one client's code is generated."""

    folder: str
    """Its generated code, below `clients/NAME`; nothing else is in there."""
    service_config: str
    """The copy of the service config, in `folder`."""
    needs: str | None = None
    """The program of its ecosystem that must be on the PATH."""
    generate: Callable[[Path], None] = generate_by_buf
    """Writes `folder` below a folder that has the client's name."""
    copy: Callable[[Path], None] = copy_json


LANGUAGES: Final = {
    "python": Language(f"src/{PACKAGE}", "v1/service_config.json", generate=generate_python),
    "go": Language(f"{PACKAGE}/v1", "service_config.json", needs="go"),
    "java": Language("src/main/java/io/workflowcontrol/v1", "service_config.json", needs="mvn"),
    "rust": Language("src/gen", "service_config.json", needs="cargo"),
    "typescript": Language(
        "src/gen",
        f"{PACKAGE}/v1/service_config.ts",
        needs="npm",
        generate=generate_typescript,
        copy=copy_as_typescript,
    ),
}


def generate(name: str, target: Path) -> None:
    """Write the generated folder of the client `name` below `target`/`name`."""
    language = LANGUAGES[name]
    language.generate(target / name)
    language.copy(target / name / language.folder / language.service_config)


def differences(name: str, target: Path) -> Iterator[str]:
    """Yield the lines of a diff from the committed code to what `generate` wrote; none when they are the same."""
    fresh, committed = (contents(base / name / LANGUAGES[name].folder) for base in (target, ROOT / "clients"))
    for path in sorted(fresh.keys() | committed.keys()):
        have, want = (side.get(path, "").splitlines(keepends=True) for side in (committed, fresh))
        yield from difflib.unified_diff(have, want, f"committed/{name}/{path}", f"generated/{name}/{path}")
        if (path in fresh) != (path in committed) and not have and not want:
            yield f"{name}/{path} is empty, and {'not committed' if path in fresh else 'not generated'}\n"


def contents(folder: Path) -> dict[str, str]:
    """Return every generated file's text by its path relative to `folder`."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {str(path.relative_to(folder)): path.read_text() for path in files}


def replace(name: str, target: Path) -> None:
    """Put what `generate` wrote in the place of the committed code, so that nothing stays of a proto that is gone."""
    folder = ROOT / "clients" / name / LANGUAGES[name].folder
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(target / name / LANGUAGES[name].folder, folder)


def without_tools(asked_for: list[str]) -> dict[str, str]:
    """Return what each language misses that can be left out. Exits where none may be."""
    missing = {name: each.needs for name, each in LANGUAGES.items() if each.needs and not shutil.which(each.needs)}
    needed = LANGUAGES if os.environ.get("CI") == "true" else asked_for
    if failed := [f"{name} needs {missing[name]} on the PATH" for name in needed if name in missing]:
        sys.exit("; ".join(failed))
    return missing


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="print what differs, and change nothing")
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help=", ".join(LANGUAGES))
    arguments = parser.parse_args()
    if unknown := set(arguments.languages) - LANGUAGES.keys():
        parser.error(f"there is no client in {', '.join(sorted(unknown))}")
    missing = without_tools(arguments.languages)
    names = [name for name in arguments.languages or LANGUAGES if name not in missing]
    # protoc and buf find each other and their plugins on the PATH; they are installed beside this interpreter.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        target = Path(folder)
        list(pool.map(lambda name: generate(name, target), names))
        if arguments.check:
            diff = [line for name in names for line in differences(name, target)]
        else:
            diff = []
            for name in names:
                replace(name, target)
    sys.stdout.writelines(diff)
    for name, tool in missing.items():
        print(f"SKIPPED clients/{name}: it needs {tool}, which is not on the PATH.")
    if diff:
        sys.exit("The generated code is not what proto/ generates: run `make proto` and commit.")


if __name__ == "__main__":
    main()

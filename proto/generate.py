"""Generate the Python stubs of `proto/` into a source folder, or check that they are up to date.

The service config, by which gRPC retries, is copied beside them: it is part of the contract, one for all languages.

Usage: python proto/generate.py [--check] SOURCE_FOLDER

The proto paths are the Python import paths, so the generated imports need no repair.
"""

from __future__ import annotations

import argparse
import difflib
import importlib.resources
import os
import shutil
import sys
import tempfile
from pathlib import Path

from grpc_tools import protoc

PROTO = Path(__file__).resolve().parent
PACKAGE = "workflowcontrol"
SERVICE_CONFIG = f"{PACKAGE}/v1/service_config.json"
HEADER = '"""The generated stubs of the workflowcontrol.v1 API."""\n'


def generate(target: Path) -> None:
    """Write the stubs, their type stubs and the service config below `target`."""
    protos = sorted(str(p.relative_to(PROTO)) for p in (PROTO / PACKAGE).rglob("*.proto"))
    includes = [f"-I{PROTO}", f"-I{importlib.resources.files('grpc_tools') / '_proto'}"]
    outputs = [f"--{plugin}={target}" for plugin in ("python_out", "grpc_python_out", "mypy_out", "mypy_grpc_out")]
    # protoc finds its plugins on the PATH; they are installed beside this interpreter.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    if protoc.main(["protoc", *includes, *outputs, *protos]) != 0:
        sys.exit("protoc failed")
    (target / PACKAGE / "py.typed").touch()
    for package in (PACKAGE, f"{PACKAGE}/v1"):
        (target / package / "__init__.py").write_text(HEADER)
    shutil.copyfile(PROTO / SERVICE_CONFIG, target / SERVICE_CONFIG)


def contents(folder: Path) -> dict[str, str]:
    """Return every generated file's text by its path relative to `folder`."""
    files = (folder / PACKAGE).rglob("*")
    return {str(f.relative_to(folder)): f.read_text() for f in files if f.is_file() and f.suffix != ".pyc"}


def check(committed: Path) -> bool:
    """Print what differs between the committed stubs and fresh ones; true when nothing does."""
    with tempfile.TemporaryDirectory() as fresh:
        generate(Path(fresh))
        want, have = contents(Path(fresh)), contents(committed)
    for name in sorted(want.keys() | have.keys()):
        sys.stdout.writelines(
            difflib.unified_diff(
                have.get(name, "").splitlines(keepends=True),
                want.get(name, "").splitlines(keepends=True),
                f"committed/{name}",
                f"generated/{name}",
            )
        )
    return want == have


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    if not arguments.check:
        generate(arguments.folder)
    elif not check(arguments.folder):
        sys.exit("The stubs are not what proto/ generates: run `make proto` and commit.")


if __name__ == "__main__":
    main()

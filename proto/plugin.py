"""Run protoc or a plugin of it from crates.io or Maven Central: installed once, then cached, as `go run` does.

Usage, in a `buf.gen.yaml`: [python, proto/plugin.py, cargo, CRATE, VERSION] or
[python, proto/plugin.py, maven, GROUP:ARTIFACT, VERSION]; further arguments are the program's.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

CACHE: Final = Path(__file__).resolve().parent.parent / ".cache" / "proto-plugins"


def install_crate(crate: str, version: str, folder: Path) -> Path:
    """Build a crate's program in `folder`, and return the program. A generator is built in less time than optimized."""
    command = ["cargo", "install", "--quiet", "--debug", "--locked", "--root", folder, f"{crate}@{version}"]
    subprocess.run(command, check=True, stdout=sys.stderr)
    return folder / "bin" / crate


def install_artifact(coordinates: str, version: str, folder: Path) -> Path:
    """Copy a program, which Maven Central has for each platform, into `folder`, and return it."""
    system = {"Darwin": "osx", "Windows": "windows"}.get(platform.system(), "linux")
    machine = {"arm64": "aarch_64", "aarch64": "aarch_64"}.get(platform.machine(), "x86_64")
    command = [
        *("mvn", "--quiet", "--batch-mode", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"),
        f"-Dartifact={coordinates}:{version}:exe:{system}-{machine}",
        f"-DoutputDirectory={folder}",
    ]
    subprocess.run(command, check=True, stdout=sys.stderr)
    (program,) = folder.iterdir()
    program.chmod(0o755)
    return program


def main() -> None:
    """Install the program unless it is, and become it."""
    registry, name, version, *arguments = sys.argv[1:]
    link = CACHE / f"{name.rpartition(':')[2]}-{version}"
    if not link.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=CACHE, prefix=f"{link.name}-"))
        install = {"cargo": install_crate, "maven": install_artifact}[registry]
        # Renamed into place, so that another run sees all of it or nothing.
        new_link = folder / "link"
        new_link.symlink_to(install(name, version, folder).relative_to(CACHE))
        new_link.replace(link)
    os.execv(link, [str(link), *arguments])


if __name__ == "__main__":
    main()

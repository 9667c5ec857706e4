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

    def kill(self) -> None:
        """Ends all processes of the server as `kill -9` does."""
        children = self.process.children()  # Each has a process group of its own.
        for process in [self.process, *children]:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs([self.process, *children], timeout=_END_TIMEOUT_S)


def find_postmaster(data: Path) -> Postmaster | None:
    """Returns the server that runs on the folder `data`.

    Its lock file alone proves nothing: a crash leaves it behind, and after a reboot the process id in it may be
    anybody's. The command line tells; the working folder would too, but in a container root may not see another
    account's.
    """
    try:
        lines = _lock_file(data).read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        if str(data) not in process.cmdline():
            return None
        # The last line is written, and changed, while the server starts.
        return Postmaster(process, int(lines[3]), lines[7:] != [] and lines[7].strip() == "ready")
    except (FileNotFoundError, psutil.Error, ValueError, IndexError):
        return None


def clear_crash(data: Path) -> bool:
    """Removes the lock file of a killed server, and tells whether there was one.

    After a reboot, Postgres would trust the process id in it. Processes that the killed server left end by themselves;
    until then Postgres refuses to start.
    """
    try:
        _lock_file(data).unlink()
    except FileNotFoundError:
        return False
    return True


def _lock_file(data: Path) -> Path:
    return data / "postmaster.pid"

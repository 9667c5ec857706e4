"""Runs one program for as long as somebody claims it, so that no crash leaves it behind.

A program of its own, started by `embedded_postgres` and `child`, on the standard library alone:

    guard.py CLAIMS_FILE SIGNAL UID GID REMOVE_FOLDER COMMAND...

Everybody who uses the program holds a shared lock on CLAIMS_FILE; the guard waits for the exclusive
one. The kernel drops a lock with its process, even after kill -9, so the guard's lock is granted
exactly when nobody is left. It then sends SIGNAL to the program, waits for it, and deletes
REMOVE_FOLDER. An empty UID, GID or REMOVE_FOLDER means this user, its group, and none.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path


def main() -> None:
    claims_file, signal_name, uid, gid, remove_folder, *command = sys.argv[1:]
    program = (
        subprocess.Popen(command, user=int(uid), group=int(gid), extra_groups=[]) if uid else subprocess.Popen(command)
    )

    def end_program(*_: object) -> None:
        program.send_signal(signal.Signals[signal_name])

    signal.signal(signal.SIGTERM, end_program)
    claims = os.open(claims_file, os.O_RDWR | os.O_CREAT, 0o600)
    unclaimed = threading.Event()

    def wait_until_unclaimed() -> None:
        fcntl.flock(claims, fcntl.LOCK_EX)
        unclaimed.set()
        end_program()

    threading.Thread(target=wait_until_unclaimed, daemon=True).start()
    exit_code = program.wait()
    if unclaimed.is_set() and remove_folder:
        shutil.rmtree(Path(remove_folder).resolve(), ignore_errors=True)
        Path(remove_folder).unlink(missing_ok=True)  # The name was a link to the folder.
    # The thread may be blocked in flock for good, so an orderly exit would wait for nothing.
    os._exit(abs(exit_code))


if __name__ == "__main__":
    main()

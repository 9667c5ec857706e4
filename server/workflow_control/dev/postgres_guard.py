"""Runs one Postgres for as long as somebody claims it, so that no crash leaves one behind.

A program of its own, started by `embedded_postgres`, with nothing but the standard library:

    postgres_guard.py CLAIMS_FILE UID GID REMOVE_FOLDER COMMAND...

Everybody who uses the server holds a shared lock on CLAIMS_FILE; the guard waits for the exclusive
one. The kernel drops a lock with its process, even after kill -9, so the guard's lock is granted
exactly when nobody is left. It then shuts Postgres down and, if REMOVE_FOLDER is not empty, deletes
that folder. UID and GID, if not empty, are whom COMMAND runs as.
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
    claims_file, uid, gid, remove_folder, *command = sys.argv[1:]
    postgres = (
        subprocess.Popen(command, user=int(uid), group=int(gid), extra_groups=[]) if uid else subprocess.Popen(command)
    )

    def shut_down(*_: object) -> None:
        postgres.send_signal(signal.SIGINT)  # Postgres's fast shutdown.

    signal.signal(signal.SIGTERM, shut_down)
    claims = os.open(claims_file, os.O_RDWR | os.O_CREAT, 0o600)
    unclaimed = threading.Event()

    def wait_until_unclaimed() -> None:
        fcntl.flock(claims, fcntl.LOCK_EX)
        unclaimed.set()
        shut_down()

    threading.Thread(target=wait_until_unclaimed, daemon=True).start()
    exit_code = postgres.wait()
    if unclaimed.is_set() and remove_folder:
        shutil.rmtree(Path(remove_folder).resolve(), ignore_errors=True)
        Path(remove_folder).unlink(missing_ok=True)  # The name was a link to the folder.
    # The thread may be blocked in flock for good, so an orderly exit would wait for nothing.
    os._exit(abs(exit_code))


if __name__ == "__main__":
    main()

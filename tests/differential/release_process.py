"""The driver of a DBOS release (`driver.py`), running in that release's environment."""

import json
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

_DRIVER = Path(__file__).with_name("driver.py")
_STOP_TIMEOUT_S = 10.0


class ReleaseError(Exception):
    """What the release's client raised."""

    def __init__(self, class_name: str, message: str) -> None:
        super().__init__(f"{class_name}: {message}")
        self.class_name = class_name


class ReleaseProcess:
    """The running driver of one release; a context manager. One process serves many databases."""

    def __init__(self, python: Path) -> None:
        # A file and not a pipe, which would fill up unread.
        self._log = tempfile.TemporaryFile("w+")  # noqa: SIM115 - Closed by __exit__.
        self._process = subprocess.Popen(
            [python, _DRIVER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # The driver ends with its input.
        try:
            self._process.communicate(timeout=_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
        self._log.close()

    def call(self, command: str, **arguments: object) -> object:
        """Returns the command's result; raises ReleaseError with what the client raised."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({"command": command, **arguments}), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            self._log.seek(0)
            raise RuntimeError(f"The driver ended:\n{self._log.read()[-4000:]}")
        answer = json.loads(line)
        if "error" in answer:
            raise ReleaseError(answer["error"], answer["message"])
        return answer["result"]

"""What happens around the clients while they go through the scenario: workers, other callers, time, dying servers."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Final, Self

from tests.fixtures.control import fetch
from tests.fixtures.eventually import eventually
from tests.fixtures.sessions import locked_workflow, waiting
from workflow_control_client import WorkflowControlClient

_EXPIRE: Final = "UPDATE workflow_control.request SET expires_at = now() WHERE request_key = %(key)s RETURNING 1"


class Deeds:
    """Does what the steps with `do` say, on the database of the server `main`; README.md describes each."""

    def __init__(
        self, database_url: str, patient_address: str, *, restart: Callable[[], None], cut: Callable[[], None]
    ) -> None:
        """`patient_address` is of a server that waits long for a lock; `restart` kills a server and starts it again;
        `cut` breaks the connections to one.
        """
        self._url = database_url
        self._patient = WorkflowControlClient(patient_address)
        self._restart = restart
        self._cut = cut
        self._locks = ExitStack()
        self._background = ThreadPoolExecutor()
        self._begun: list[Future[Any]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Raises what a deed in the background has failed with."""
        self._locks.close()
        self._background.shutdown()
        self._patient.close()
        for each in self._begun:
            each.result()

    def do(self, deed: object) -> None:
        match deed:
            case {"lock": str(workflow_id)}:
                self._locks.enter_context(locked_workflow(self._url, workflow_id))
            case {"unlock_after_ms": int(milliseconds)}:
                self._after(milliseconds, self._locks.close)
            case {"begin_cancel": str(workflow_id), "request_key": str(key)}:
                cancel = self._patient.cancel_workflow
                self._begun.append(self._background.submit(cancel, workflow_id, request_key=key))
                eventually(lambda: waiting(self._url))
            case {"expire_key": str(key)}:
                expired = fetch(self._url, _EXPIRE, {"key": key})
                assert expired, f"there is no {key}"
            case {"restart_after_ms": int(milliseconds)}:
                self._after(milliseconds, self._restart)
            case {"cut_after_ms": int(milliseconds)}:
                self._after(milliseconds, self._cut)
            case _:
                raise ValueError(f"{deed} is nothing to do")

    def _after(self, milliseconds: int, act: Callable[[], None]) -> None:
        def wait_and_act() -> None:
            time.sleep(milliseconds / 1000)
            act()

        self._begun.append(self._background.submit(wait_and_act))

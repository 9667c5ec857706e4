"""How far a stream has been read, and how it goes on when it breaks off: the same for the sync and the async client."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final, Generic

from google.protobuf.message import Message

from workflow_control_client.calls import ResponseT, StreamCall
from workflow_control_client.errors import Unavailable, WorkflowControlError

_FIRST_PAUSE_S: Final = 0.2
_LONGEST_PAUSE_S: Final = 5.0
_GIVE_UP_AFTER_S: Final = 60.0
"""How long a stream is begun again and again in vain before the failure is raised."""
_LASTING_S: Final = 5.0
"""An attempt that lasted so long was no failure, even if nothing was written meanwhile."""


class Progress(Generic[ResponseT]):
    """A stream that is being read, in one attempt after the other. Times are on a clock of seconds."""

    def __init__(
        self, call: StreamCall[ResponseT], default_timeout: timedelta, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """A stream that goes on after failures is meant to last, so that it has no `default_timeout`."""
        timeout = default_timeout if call.timeout is None and call.next_request is None else call.timeout
        self._call = call
        self._clock = clock
        self._deadline = None if timeout is None else clock() + timeout.total_seconds()
        self._began = clock()
        self._pause_s = _FIRST_PAUSE_S
        self._failing_since: float | None = None
        self._last: ResponseT | None = None

    @property
    def request(self) -> Message:
        """What to ask for in the next attempt: what comes behind the last response."""
        following = self._following()
        return self._call.request if following is None else following

    @property
    def is_complete(self) -> bool:
        """Whether the last response was the last one of all."""
        return self._last is not None and self._call.next_request is not None and self._following() is None

    def begin(self) -> float | None:
        """Begin an attempt, and return the seconds that it has; None: no limit."""
        self._began = self._clock()
        return None if self._deadline is None else max(0.0, self._deadline - self._began)

    def received(self, response: ResponseT) -> None:
        """Go on behind this response from now on."""
        self._last = response
        self._recover()

    def ended(self) -> float | None:
        """Return for how many seconds to pause before the next attempt after one that has ended well; None: that was
        all.
        """
        if not self._call.is_endless:
            return None
        return 0.0 if self._clock() - self._began >= _LASTING_S else _spread(_FIRST_PAUSE_S)

    def failed(self, error: WorkflowControlError) -> float | None:
        """Return for how many seconds to pause before the next attempt; None: there is none, raise the error."""
        if self._call.next_request is None or not isinstance(error, Unavailable):
            return None
        now = self._clock()
        if now - self._began >= _LASTING_S:
            self._recover()
        if self._failing_since is None:
            self._failing_since = now
        if now - self._failing_since >= _GIVE_UP_AFTER_S:
            return None
        pause_s = self._pause_s
        self._pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        return _spread(pause_s)

    def _following(self) -> Message | None:
        if self._last is None or self._call.next_request is None:
            return None
        return self._call.next_request(self._last)

    def _recover(self) -> None:
        self._failing_since = None
        self._pause_s = _FIRST_PAUSE_S


def _spread(pause_s: float) -> float:
    """Return a pause of about that length: all readers of a server that ends would come back at the same instant."""
    return pause_s * random.uniform(0.5, 1.0)  # noqa: S311 - No secret depends on it.

"""Gives every unary call a deadline, and ends those that have passed theirs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from datetime import timedelta
from typing import Final

from workflow_control.domain.errors import DeadlineExceeded
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.interceptors.chain import Context, StreamHandler, UnaryHandler

_USEFUL_SECONDS_MIN: Final = 0.005
"""With less than this left no answer would arrive in time."""
_ANSWER_SHARE: Final = 0.1
_ANSWER_SECONDS_MAX: Final = 0.1
"""What is kept of the time, so that whatever is known at `Call.deadline` reaches the caller with its reason."""


class DeadlineInterceptor:
    """Sets `Call.deadline` a little before the caller's deadline or the server's cap, whichever is earlier.

    gRPC itself cancels a call at the caller's deadline; a timer of our own runs only where the cap is earlier. Streams
    have no cap: they are meant to last.
    """

    def __init__(self, max_deadline: timedelta) -> None:
        self._max_seconds = max_deadline.total_seconds()

    def unary(self, method: str, handler: UnaryHandler) -> UnaryHandler:
        """Set the deadline, then serve until then."""
        max_seconds = self._max_seconds

        def serve(request: object, context: Context) -> Awaitable[object]:
            remaining: float | None = context.time_remaining()
            if remaining is not None and remaining < _USEFUL_SECONDS_MIN:
                raise DeadlineExceeded
            call = CURRENT_CALL.get()
            if remaining is not None and remaining <= max_seconds:
                call.deadline = time.monotonic() + _working_seconds(remaining)
                return handler(request, context)
            call.deadline = time.monotonic() + _working_seconds(max_seconds)
            return _end_by(max_seconds, handler(request, context))

        return serve

    def stream(self, method: str, handler: StreamHandler) -> StreamHandler:
        """Return the handler as it is."""
        return handler


async def _end_by(seconds: float, response: Awaitable[object]) -> object:
    try:
        async with asyncio.timeout(seconds) as cap:
            return await response
    except TimeoutError as error:
        # A TimeoutError from elsewhere is a fault, and not the caller's business.
        if cap.expired():
            raise DeadlineExceeded from error
        raise


def _working_seconds(seconds: float) -> float:
    return seconds - min(seconds * _ANSWER_SHARE, _ANSWER_SECONDS_MAX)

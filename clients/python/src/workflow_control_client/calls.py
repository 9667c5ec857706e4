"""What a method of the clients asks for, before any channel is involved: the same for the sync and the async client."""

from __future__ import annotations

import functools
import inspect
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar, get_args, get_type_hints

from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from workflowcontrol.v1.types_pb2 import TimeRange

ResponseT = TypeVar("ResponseT")
ItemT = TypeVar("ItemT")


class Page(Protocol):
    """A response that is one page of a list."""

    @property
    def next_page_token(self) -> str:
        """Where to go on; empty: this was the last page."""


PageT = TypeVar("PageT", bound=Page)


@dataclass(frozen=True, slots=True)
class Call(Generic[ResponseT]):
    """One logical call. gRPC may send it several times, always with the same request."""

    path: str
    """The RPC's full name, `/package.Service/Method`."""
    request: Message
    decode: Callable[[bytes], ResponseT]
    timeout: timedelta | None
    """How long the call may take, its retries included; None: as the client says."""
    request_key: str | None = None
    """A mutation's key, which is in the request too. None for reads."""


@dataclass(frozen=True, slots=True)
class StreamCall(Generic[ResponseT]):
    """One call that is answered by a stream of responses, until the last one is read."""

    path: str
    """As that of a Call, like the rest."""
    request: Message
    decode: Callable[[bytes], ResponseT]
    timeout: timedelta | None
    """How long the whole stream may take; None: as the client says, or without limit if it goes on after failures."""
    next_request: Callable[[ResponseT], Message | None] | None = None
    """Returns what to ask for behind a response, None behind the last one. With it the stream goes on by itself when
    the server is back.
    """
    is_endless: bool = False
    """The server ends the stream now and then so that it is begun anew, which `next_request` does."""


@dataclass(frozen=True, slots=True)
class Listing(Generic[PageT, ItemT]):
    """A list that is read page by page."""

    page: Callable[[str], Call[PageT]]
    """Returns the call for the page that a token names."""
    items: Callable[[PageT], Iterable[ItemT]]
    first_page_token: str


@dataclass(frozen=True, slots=True)
class Rounds(Generic[ResponseT]):
    """A mutation that takes several calls, each of which takes effect once by itself."""

    first: Call[ResponseT]
    after: Callable[[ResponseT, int], Call[ResponseT] | None]
    """Returns the call that goes on where a response has left off, by its number: 2 for the second. None: there is
    nothing left to do."""


@dataclass(frozen=True, slots=True)
class Polling(Generic[ResponseT, ItemT]):
    """A read that is repeated until it answers what is waited for."""

    call: Call[ResponseT]
    item: Callable[[ResponseT], ItemT]
    ended: Callable[[ItemT], bool]
    interval: timedelta
    """How long to wait between two reads."""


def request_key_or_new(request_key: str | None) -> str:
    """Return the caller's key, or a new one. An empty key is the caller's mistake, and for the server to refuse."""
    return str(uuid.uuid4()) if request_key is None else request_key


def duration(delta: timedelta | None) -> Duration | None:
    """Return `delta` as the contract has it; None stays unset."""
    if delta is None:
        return None
    message = Duration()
    message.FromTimedelta(delta)
    return message


def time_range(start: datetime | None = None, end: datetime | None = None) -> TimeRange:
    """Return the half-open range of time from `start` to before `end`, for filters. None is no bound.

    Raises:
        ValueError: A time has no time zone.
    """
    return TimeRange(start=timestamp(start), end=timestamp(end))


def timestamp(instant: datetime | None) -> Timestamp | None:
    """Return `instant` as the contract has it; None stays unset. Raises ValueError for one without a time zone."""
    if instant is None:
        return None
    if instant.utcoffset() is None:
        # Protobuf would take it for UTC, and most of Python for local time.
        raise ValueError(f"{instant!r} has no time zone")
    message = Timestamp()
    message.FromDatetime(instant)
    return message


def present_as(
    build: Callable[..., object],
    method: Callable[..., object],
    returns: Callable[[tuple[object, ...]], object],
) -> None:
    """Show `method` to help() and editors as `build`, but with `self`, and with what it really returns.

    `returns` makes the return annotation from the type arguments of `build`'s own, say from those of `Call[...]`.
    """
    functools.update_wrapper(method, build)
    signature = inspect.signature(build)
    method.__dict__["__signature__"] = signature.replace(
        parameters=[inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY), *signature.parameters.values()],
        return_annotation=returns(get_args(get_type_hints(build)["return"])),
    )

"""Fills a page up to a number of items and a number of bytes, without ever holding many more bytes than it may send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from google.protobuf.message import Message

_GROWTH: Final = 4
"""How many times as many large items are read at once as are known to be small enough: a page of 100 takes four reads.
"""
_PAGE_OVERHEAD_BYTES: Final = 4096
"""Kept free in a page for its token."""
_ITEM_OVERHEAD_BYTES: Final = 6
"""Tag and length of an item in its page, at most."""

StoredT = TypeVar("StoredT")
CursorT = TypeVar("CursorT")
MessageT = TypeVar("MessageT", bound=Message)


class Page(NamedTuple, Generic[MessageT, CursorT]):
    """The items of a page, and the cursor of the last one if there are more."""

    items: list[MessageT]
    next: CursorT | None


class ItemTooLarge(Exception):
    """The first item of a page fits no page; `stored` is it, `size` are its bytes."""

    def __init__(self, stored: object, size: int) -> None:
        super().__init__(size)
        self.stored = stored
        self.size = size


async def fill_page(
    read: Callable[[CursorT | None, int], Awaitable[Sequence[StoredT]]],
    convert: Callable[[StoredT], MessageT],
    cursor_of: Callable[[StoredT], CursorT],
    *,
    after: CursorT | None,
    page_size: int,
    max_response_bytes: int,
    large_items: bool,
    token_bytes: Callable[[CursorT], int] = lambda cursor: 0,
) -> Page[MessageT, CursorT]:
    """Return a page of at most `page_size` items that fits into a response. Raises ItemTooLarge.

    `read(after, limit)` returns the next items. With `large_items` it is asked for one at first, and then for as many
    as fit if they are like those before, but not for many more than those: a thousand workflows with a megabyte of
    output each must not be in memory when four of them fill a response. `token_bytes` is the size of the token for the
    page after an item, where that may be more than some kilobytes.
    """
    max_bytes = max_response_bytes - _PAGE_OVERHEAD_BYTES
    items: list[MessageT] = []
    size = 0
    piece = 1 if large_items else page_size
    while True:
        rows = await read(after, piece + 1)  # One more tells whether there are more.
        for row in rows[:piece]:
            item = convert(row)
            item_bytes = item.ByteSize() + _ITEM_OVERHEAD_BYTES
            if size + item_bytes + token_bytes(cursor_of(row)) > max_bytes:
                if not items:
                    raise ItemTooLarge(row, item_bytes)
                return Page(items, after)
            items.append(item)
            size += item_bytes
            after = cursor_of(row)
        if len(rows) <= piece:
            return Page(items, None)
        if len(items) == page_size:
            return Page(items, after)
        fitting = max(1, (max_bytes - size) * len(items) // size)
        piece = min(page_size - len(items), fitting, _GROWTH * len(items))

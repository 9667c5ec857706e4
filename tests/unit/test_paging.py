"""A page holds what fits, and no more is read for it than is known to be small enough."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from google.protobuf.wrappers_pb2 import BytesValue

from workflow_control.rpc.paging import ItemTooLarge, Page, fill_page

PAGE_BYTES = 1_000_000


class Table:
    """Items of these sizes, of which it notes how many were read at once."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.reads: list[int] = []

    async def page(self, page_size: int, *, large_items: bool = True) -> Page[BytesValue, int]:
        return await fill_page(
            self._read,
            lambda place: BytesValue(value=b"x" * self.sizes[place]),
            lambda place: place,
            after=None,
            page_size=page_size,
            max_response_bytes=PAGE_BYTES,
            large_items=large_items,
        )

    async def _read(self, after: int | None, limit: int) -> Sequence[int]:
        first = 0 if after is None else after + 1
        rows = range(first, min(first + limit, len(self.sizes)))
        self.reads.append(len(rows))
        return rows


async def test_small_items_are_read_at_once() -> None:
    table = Table([10] * 300)
    page = await table.page(100, large_items=False)
    assert (len(page.items), page.next) == (100, 99)
    assert table.reads == [101]


async def test_items_that_may_be_large_are_read_in_a_few_growing_pieces() -> None:
    table = Table([10] * 300)
    page = await table.page(100)
    assert (len(page.items), page.next) == (100, 99)
    assert table.reads == [2, 5, 21, 76]


async def test_what_fills_a_page_is_all_that_is_read() -> None:
    table = Table([240_000] * 300)
    page = await table.page(100)
    assert (len(page.items), page.next) == (4, 3)
    assert sum(table.reads) <= 8


@pytest.mark.parametrize("small", [1, 5, 25])
async def test_large_items_behind_small_ones_are_met_a_few_at_a_time(small: int) -> None:
    table = Table([10] * small + [900_000] * 300)
    page = await table.page(100)
    assert (len(page.items), page.next) == (small + 1, small)
    assert max(table.reads) <= 4 * small + 1


@pytest.mark.parametrize("count", [0, 1, 2, 5, 6, 99, 100])
async def test_the_last_page_has_no_successor(count: int) -> None:
    page = await Table([10] * count).page(100)
    assert (len(page.items), page.next) == (count, None)


async def test_an_item_that_fits_no_page_is_told() -> None:
    with pytest.raises(ItemTooLarge) as raised:
        await Table([PAGE_BYTES]).page(100)
    assert raised.value.size > PAGE_BYTES

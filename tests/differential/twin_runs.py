"""What two sides make of the same rows: each on a database of its own, with nothing but what it did in between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg

from tests.differential.seeds import Rows, insert
from tests.differential.table_diff import Difference, Snapshot, Window, compare, read_clock_ms, read_snapshot
from tests.fixtures.postgres import Databases


@dataclass(frozen=True, slots=True)
class TwinDatabases:
    """Two databases with the same rows."""

    ours: str
    theirs: str

    def differences(self, our_act: Callable[[str], None], their_act: Callable[[str], None]) -> list[Difference]:
        """Let each side act on its database, and return in what they differ then."""
        before, _ = _read(self.ours)
        ours, our_time = _run(self.ours, our_act)
        theirs, their_time = _run(self.theirs, their_act)
        return compare(before, ours, theirs, our_time=our_time, their_time=their_time)


@contextmanager
def twin_databases(databases: Databases, template: str, rows: Rows | None = None) -> Iterator[TwinDatabases]:
    """Creates two databases from a template, with these rows."""
    urls = [databases.create(template) for _ in range(2)]
    try:
        for url in urls:
            if rows is not None:
                with psycopg.connect(url) as connection:
                    insert(connection, rows)
        yield TwinDatabases(*urls)
    finally:
        for url in urls:
            databases.drop(url)


def _run(url: str, act: Callable[[str], None]) -> tuple[Snapshot, Window]:
    _, start_ms = _read(url)
    act(url)
    snapshot, end_ms = _read(url)
    return snapshot, Window(start_ms, end_ms)


def _read(url: str) -> tuple[Snapshot, int]:
    with psycopg.connect(url) as connection:
        return read_snapshot(connection), read_clock_ms(connection)

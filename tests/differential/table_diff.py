"""Reads every table of DBOS's schema, and says in which values two databases differ.

The databases began as equal rows and were then changed, each by somebody else and at another time.
So a point in time is compared by what it says: whether it is unset, a time from before, which must
be the same on both sides, or a time of the change itself, which reads `NOW` on both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import psycopg
from psycopg.sql import SQL, Identifier

NOW = "<now>"
ABSENT = "<absent>"

CLOCK_TOLERANCE_MS = 1_500
"""DBOS takes some times from its own clock, and rounds others of the database's up."""

TIME_COLUMNS = frozenset(
    {
        "created_at",
        "updated_at",
        "started_at_epoch_ms",
        "completed_at",
        "completed_at_epoch_ms",
        "created_at_epoch_ms",
        "retention_timestamp",
        "version_timestamp",
    }
)
"""The columns that an operation may set to the current time. All others must agree to the letter."""

Key = tuple[str, ...]
Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Window:
    """When the changes to one database were made, by its clock, in milliseconds of the epoch."""

    start_ms: int
    end_ms: int

    def contains(self, time_ms: int) -> bool:
        return self.start_ms - CLOCK_TOLERANCE_MS <= time_ms <= self.end_ms + CLOCK_TOLERANCE_MS


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All rows of DBOS's tables: by table, then by primary key, every value as Postgres prints it.

    Rows of a table without a primary key are told apart by their values, and equal ones by number.
    """

    tables: Mapping[str, Mapping[Key, Row]]

    def row(self, table: str, key: Key) -> Row | None:
        return self.tables.get(table, {}).get(key)

    def rename(self, names: Mapping[str, str]) -> "Snapshot":
        """Returns the snapshot with each value that is one of `names` replaced, keys included."""
        return Snapshot(
            {
                table: {
                    tuple(names.get(part, part) for part in key): {
                        column: value if value is None else names.get(value, value) for column, value in row.items()
                    }
                    for key, row in rows.items()
                }
                for table, rows in self.tables.items()
            }
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """One value in which the two databases differ; `column` is None if it is the whole row.

    `past` is the row as it was before the change, None for one that was not there.
    """

    table: str
    key: Key
    column: str | None
    past: Row | None
    ours: str | None
    theirs: str | None

    @property
    def before(self) -> str | None:
        """The value before the change."""
        if self.past is None or self.column is None:
            return _show_row(self.past)
        return self.past.get(self.column, ABSENT)

    def is_in(self, table: str, *columns: str) -> bool:
        return self.table == table and self.column in columns

    @property
    def group(self) -> str:
        """The part of the key before the first slash, by which the seeds tell cases apart."""
        return self.key[0].partition("/")[0]

    def __str__(self) -> str:
        place = f"{self.table}[{', '.join(self.key)}]"
        return (
            f"{place}{f'.{self.column}' if self.column else ''}\n"
            f"    before: {_show(self.before)}\n"
            f"    ours:   {_show(self.ours)}\n"
            f"    theirs: {_show(self.theirs)}"
        )


def describe(differences: Iterable[Difference]) -> str:
    """Returns the differences as a text for people, the empty one if there are none."""
    return "\n".join(map(str, differences))


def read_clock_ms(connection: psycopg.Connection[tuple[object, ...]]) -> int:
    """Returns the database's time in milliseconds of the epoch."""
    row = connection.execute("SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint").fetchone()
    assert row is not None
    return int(str(row[0]))


def read_snapshot(connection: psycopg.Connection[tuple[object, ...]], schema: str = "dbos") -> Snapshot:
    """Reads all tables of the schema."""
    tables: dict[str, dict[Key, Row]] = {}
    for table, columns, key_columns in connection.execute(_TABLES, [schema]):
        assert isinstance(columns, list)
        assert isinstance(key_columns, list)
        rows = _read_rows(connection, Identifier(schema, str(table)), columns)
        tables[str(table)] = dict(_keyed(rows, key_columns or columns))
    return Snapshot(tables)


def compare(
    before: Snapshot, ours: Snapshot, theirs: Snapshot, *, our_time: Window, their_time: Window
) -> list[Difference]:
    """Returns the values in which ours and theirs differ, in the order of tables and keys."""
    latest_ms = _latest_ms(before)
    our_tables = _settle(ours, latest_ms, our_time)
    their_tables = _settle(theirs, latest_ms, their_time)
    differences: list[Difference] = []
    for table in sorted(our_tables.keys() | their_tables.keys()):
        our_rows, their_rows = our_tables.get(table, {}), their_tables.get(table, {})
        for key in sorted(our_rows.keys() | their_rows.keys()):
            past = before.row(table, key)
            differences += [
                Difference(table, key, column, past, our_value, their_value)
                for column, our_value, their_value in _compare_rows(our_rows.get(key), their_rows.get(key))
            ]
    return differences


_TABLES = """
    SELECT tables.relname,
        array_agg(columns.attname::text ORDER BY columns.attnum),
        coalesce(
            array_agg(columns.attname::text ORDER BY columns.attnum)
                FILTER (WHERE columns.attnum = ANY (keys.indkey)),
            '{}'
        )
    FROM pg_class AS tables
    JOIN pg_attribute AS columns
        ON columns.attrelid = tables.oid AND columns.attnum > 0 AND NOT columns.attisdropped
    LEFT JOIN pg_index AS keys ON keys.indrelid = tables.oid AND keys.indisprimary
    WHERE tables.relnamespace = %s::regnamespace AND tables.relkind IN ('r', 'p')
    GROUP BY tables.relname
    ORDER BY tables.relname
"""


def _read_rows(
    connection: psycopg.Connection[tuple[object, ...]], table: Identifier, columns: list[str]
) -> Iterator[Row]:
    # As text: it tells the JSON null from SQL's NULL, which a driver's types do not.
    values = SQL(", ").join(SQL("{}::text").format(Identifier(column)) for column in columns)
    for row in connection.execute(SQL("SELECT {} FROM {}").format(values, table)):
        texts = [None if value is None else str(value) for value in row]
        yield dict(zip(columns, texts, strict=True))


def _keyed(rows: Iterator[Row], key_columns: list[str]) -> Iterator[tuple[Key, Row]]:
    seen: dict[Key, int] = {}
    for row in rows:
        key = tuple(_show(row[column]) for column in key_columns)
        seen[key] = seen.get(key, 0) + 1
        yield (key if seen[key] == 1 else (*key, f"#{seen[key]}")), row


def _settle(snapshot: Snapshot, latest_ms: int, time: Window) -> dict[str, dict[Key, Row]]:
    """Returns the tables with the times of the change itself replaced by NOW: those after `latest_ms`."""

    def settle(column: str, value: str | None) -> str | None:
        is_now = column in TIME_COLUMNS and value is not None and int(value) > latest_ms and time.contains(int(value))
        return NOW if is_now else value

    return {
        table: {key: {column: settle(column, value) for column, value in row.items()} for key, row in rows.items()}
        for table, rows in snapshot.tables.items()
    }


def _latest_ms(snapshot: Snapshot) -> int:
    """Returns the latest of all times in the snapshot, 0 if it has none."""
    rows = (row for table in snapshot.tables.values() for row in table.values())
    times = (value for row in rows for column, value in row.items() if column in TIME_COLUMNS)
    return max((int(value) for value in times if value is not None), default=0)


def _compare_rows(ours: Row | None, theirs: Row | None) -> Iterator[tuple[str | None, str | None, str | None]]:
    """Yields (column, our value, their value), with None for the column if a row is missing."""
    if ours is None or theirs is None:
        yield None, _show_row(ours), _show_row(theirs)
        return
    for column in sorted(ours.keys() | theirs.keys()):
        pair = ours.get(column, ABSENT), theirs.get(column, ABSENT)
        if pair[0] != pair[1]:
            yield column, *pair


def _show_row(row: Row | None) -> str:
    return ABSENT if row is None else str(dict(row))


def _show(value: str | None) -> str:
    return "NULL" if value is None else value

"""SQL files:

one statement each, loaded once, with names filled in and lines kept or dropped by what the database has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib.resources import files

_CONDITION = re.compile(r"^(?P<line>.*?)\s*--(?P<kind>[?!]) (?P<column>\w+(?:\.\w+)?)$")
_NAME = re.compile(r"\{(\w+)\}")


def load(package: str) -> dict[str, str]:
    """Return the text of each `queries/*.sql` of a package, by its stem."""
    folder = files(package) / "queries"
    return {
        entry.name.removesuffix(".sql"): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    }


def quote_identifier(name: str) -> str:
    """Return a Postgres identifier, quoted. Raises ValueError for what cannot be one."""
    if not name or "\0" in name or len(name.encode()) > 63:
        raise ValueError(f"not a Postgres identifier: {name!r}")
    return '"' + name.replace('"', '""') + '"'


def quote_for_template(name: str) -> str:
    """Return a quoted identifier for a statement that takes parameters, in which the driver halves percent signs."""
    return quote_identifier(name).replace("%", "%%")


def render(text: str, names: Mapping[str, str], has: Callable[[str], bool]) -> bytes:
    """Return a statement ready to execute with parameters, as bytes.

    A line that ends in `--? table.column` (or `--? table`) is kept if `has` finds it, one that ends in `--! ...` if
    not: with the
    comma at the head of each line, a statement reads as the newest DBOS would have it and shrinks to what an older
    one knows.
    `{name}` is replaced from `names`. Comments and line breaks go, so that the database's log and views show one line.
    """
    lines = []
    for line in text.splitlines():
        if condition := _CONDITION.match(line):
            if has(condition["column"]) is (condition["kind"] == "?"):
                lines.append(condition["line"])
        elif not line.lstrip().startswith("--"):
            lines.append(line)
    statement = " ".join(" ".join(lines).split())
    return _NAME.sub(lambda match: names[match[1]], statement).encode()

"""How a file of SQL becomes a statement."""

from __future__ import annotations

import pytest

from workflow_control.postgres import sql

TEXT = """\
-- Why it is so. {unknown}
SELECT
  a
, b --? t.b
, NULL::text AS b --! t.b
FROM {schema}.t --? t
{fragment}
"""
NAMES = {"schema": '"s"', "fragment": "WHERE  {kept}  TRUE"}


@pytest.mark.parametrize(
    ("has", "expected"),
    [
        ({"t", "t.b"}, 'SELECT a , b FROM "s".t WHERE  {kept}  TRUE'),
        ({"t"}, 'SELECT a , NULL::text AS b FROM "s".t WHERE  {kept}  TRUE'),
        (set(), "SELECT a , NULL::text AS b WHERE  {kept}  TRUE"),
    ],
)
def test_lines_are_kept_for_what_there_is(has: set[str], expected: str) -> None:
    assert sql.render(TEXT, NAMES, has.__contains__) == expected.encode()


def test_a_name_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="missing"):
        sql.render("SELECT {missing}", {}, lambda _: True)


@pytest.mark.parametrize(
    ("name", "quoted"),
    [
        ("dbos", '"dbos"'),
        ("Upper Case", '"Upper Case"'),
        ('odd name; "x"', '"odd name; ""x"""'),
        ("100%", '"100%"'),
        ("ü" * 31, '"' + "ü" * 31 + '"'),
    ],
)
def test_identifiers_are_quoted(name: str, quoted: str) -> None:
    assert sql.quote_identifier(name) == quoted
    assert sql.quote_for_template(name) == quoted.replace("%", "%%")


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 64, "ü" * 32])
def test_what_postgres_would_cut_or_refuse_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a Postgres identifier"):
        sql.quote_identifier(name)

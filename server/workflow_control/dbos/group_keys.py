"""Keys of groups as arrays of text, which is how Postgres compares and pages them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workflow_control.domain.aggregates import GroupKey, GroupValue, StepGrouping, WorkflowGrouping

Grouping = WorkflowGrouping | StepGrouping

_BUCKET_OFFSET: Final = 2**63
"""Added to a bucket's first millisecond, so that all of them are digits whose order is that of the numbers."""


def encode_key(key: GroupKey) -> list[str | None]:
    """Return the key as the statements have it."""
    return [_encode(value) for value in key]


def decode_key(group_by: Sequence[Grouping], key: Sequence[str | None]) -> GroupKey:
    """Return the key that a statement has found."""
    return tuple(_decode(grouping, value) for grouping, value in zip(group_by, key, strict=True))


def positions(group_by: Sequence[Grouping]) -> list[int]:
    """Return where in the statement's array of all values those of the key are, counted from 1."""
    return [list(type(grouping)).index(grouping) + 1 for grouping in group_by]


def group_conditions(group_by: Sequence[Grouping]) -> frozenset[str]:
    """Return the conditions that a statement has for its groupings."""
    return frozenset(f"by_{grouping.value}" for grouping in group_by)


def _encode(value: GroupValue) -> str | None:
    match value:
        case bool():
            return str(value).lower()
        case int():
            return f"{value + _BUCKET_OFFSET:020}"
        case _:
            return value


def _decode(grouping: Grouping, value: str | None) -> GroupValue:
    if value is None:
        return None
    match grouping:
        case WorkflowGrouping.TIME_BUCKET | StepGrouping.TIME_BUCKET:
            return int(value) - _BUCKET_OFFSET
        case StepGrouping.FAILED:
            return value == "true"
        case _:
            return value

"""Filters of workflows: rows to try them on, filters to try, and what each selects, worked out in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from google.protobuf.json_format import MessageToDict
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import strategies as st

from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from workflowcontrol.v1.types_pb2 import TimeRange, WorkflowFilter, WorkflowState

Row = Mapping[str, Any]
"""A row of `workflow_status`, by column."""

BASE_MS: Final = 1_700_000_000_000
"""The earliest time in a row."""

COLUMN_OF_NAMES: Final = {
    "workflow_ids": "workflow_uuid",
    "names": "name",
    "class_names": "class_name",
    "config_names": "config_name",
    "queue_names": "queue_name",
    "application_versions": "application_version",
    "application_names": "application_name",
    "executor_ids": "executor_id",
    "authenticated_users": "authenticated_user",
    "schedule_names": "schedule_name",
    "deduplication_ids": "deduplication_id",
    "parent_workflow_ids": "parent_workflow_id",
    "forked_from": "forked_from",
}
"""The filter's lists of names, and the column in which one of them must be."""

COLUMN_OF_RANGE: Final = {"created": "created_at", "started": "started_at_epoch_ms", "completed": "completed_at"}
STATES: Final = tuple(WorkflowState.keys()[1:])
NEWER_COLUMNS: Final = {"application_name", "schedule_name", "was_forked_from", "completed_at", "attributes"}
"""Columns that the oldest release lacks."""
NEWER_FIELDS: Final = {"application_names", "schedule_names", "was_forked_from", "completed", "attributes"}
"""The filter's fields that need them."""


def selects(selection: WorkflowFilter, row: Row) -> bool:
    """Tells whether the filter selects the row, by the words of the contract."""
    return all(_selects(field.name, selection, row) for field, _ in selection.ListFields())


def _selects(field: str, selection: WorkflowFilter, row: Row) -> bool:
    value: Any = getattr(selection, field)
    match field:
        case "workflow_id_prefixes":
            return any(row["workflow_uuid"].startswith(prefix) for prefix in value)
        case "states":
            return row["status"] in [WorkflowState.Name(state).removeprefix("WORKFLOW_STATE_") for state in value]
        case "has_parent":
            return value is (row["parent_workflow_id"] is not None)
        case "is_fork":
            return value is (row["forked_from"] is not None)
        case "was_forked_from":
            return value is row["was_forked_from"]
        case "queued_only":
            return row["queue_name"] is not None and row["status"] in ("PENDING", "ENQUEUED", "DELAYED")
        case "attributes":
            wanted = MessageToDict(value)
            # To contain nothing is no condition.
            return not wanted or (row["attributes"] is not None and contains(row["attributes"], wanted))
        case "created" | "started" | "completed":
            return _is_within(value, row[COLUMN_OF_RANGE[field]])
        case _:
            return row[COLUMN_OF_NAMES[field]] in value


def contains(whole: object, part: object) -> bool:
    """Tells whether one JSON value contains another, as Postgres's `@>` does."""
    match whole, part:
        case dict(), dict():
            return all(key in whole and contains(whole[key], member) for key, member in part.items())
        case list(), list():
            return all(any(contains(element, wanted) for element in whole) for wanted in part)
        case (bool(), _) | (_, bool()):
            return whole is part
        case (int() | float(), int() | float()) | (str(), str()) | (None, None):
            return whole == part
        case _:
            return False


def _is_within(time_range: TimeRange, milliseconds: int | None) -> bool:
    bounds = [time_range.HasField("start"), time_range.HasField("end")]
    if not any(bounds):
        return True
    if milliseconds is None:
        return False
    nanoseconds = milliseconds * 1_000_000
    return (not bounds[0] or time_range.start.ToNanoseconds() <= nanoseconds) and (
        not bounds[1] or nanoseconds < time_range.end.ToNanoseconds()
    )


# Few and similar values, so that filters hit, and so that letters of another case, wildcards and prefixes matter.
_IDS = st.text(alphabet="aA%_é", min_size=1, max_size=3)
_NAMES = st.sampled_from(["x", "X", "x%", "xx", "é", "x "])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from([0.5, "a", "b", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["k", "l"]), inner, max_size=2),
    max_leaves=4,
)
_OBJECTS = st.dictionaries(st.sampled_from(["k", "l"]), _JSON, max_size=2)
_TIMES = st.integers(BASE_MS, BASE_MS + 3)


def rows(release: DbosRelease) -> st.SearchStrategy[list[Row]]:
    """Returns what makes rows with ids of their own, many of them created in the same millisecond."""
    names = {column: st.none() | _NAMES for column in COLUMN_OF_NAMES.values()}
    row = st.fixed_dictionaries(
        {
            **names,
            "workflow_uuid": _IDS,
            "status": st.sampled_from([state.removeprefix("WORKFLOW_STATE_") for state in STATES]),
            # Unique together with the queue, which is none of the filter's business.
            "deduplication_id": st.none(),
            "created_at": _TIMES,
            "updated_at": _TIMES,
            "started_at_epoch_ms": st.none() | _TIMES,
            "completed_at": st.none() | _TIMES,
            "was_forked_from": st.booleans(),
            "attributes": st.none() | _OBJECTS,
        }
    )
    fitted = row.map(lambda each: {c: v for c, v in each.items() if release != OLDEST or c not in NEWER_COLUMNS})
    return st.lists(fitted, max_size=12, unique_by=lambda each: each["workflow_uuid"])


def _time_ranges() -> st.SearchStrategy[TimeRange]:
    # Bounds between two milliseconds as well.
    instants = st.none() | st.integers(BASE_MS * 1_000_000, (BASE_MS + 4) * 1_000_000) | _TIMES.map(lambda t: t * 10**6)
    return st.tuples(instants, instants).map(_time_range)


def _time_range(bounds: tuple[int | None, int | None]) -> TimeRange:
    start, end = bounds
    if start is not None and end is not None:
        start, end = sorted((start, end))
    return TimeRange(start=_timestamp(start), end=_timestamp(end))


def _timestamp(nanoseconds: int | None) -> Timestamp | None:
    if nanoseconds is None:
        return None
    timestamp = Timestamp()
    timestamp.FromNanoseconds(nanoseconds)
    return timestamp


def filters(release: DbosRelease) -> st.SearchStrategy[WorkflowFilter]:
    """Returns what makes filters that the release's schema can do, with few conditions each."""
    names = {field: st.lists(_NAMES, min_size=1, max_size=3) for field in COLUMN_OF_NAMES}
    fields: dict[str, st.SearchStrategy[Any]] = {
        **names,
        "workflow_ids": st.lists(_IDS, min_size=1, max_size=4),
        "workflow_id_prefixes": st.lists(_IDS, min_size=1, max_size=2),
        "states": st.lists(st.sampled_from(STATES), min_size=1, max_size=3),
        **dict.fromkeys(("has_parent", "is_fork", "was_forked_from", "queued_only"), st.booleans()),
        "attributes": _OBJECTS,
        **dict.fromkeys(COLUMN_OF_RANGE, _time_ranges()),
    }
    if release == OLDEST:
        fields = {name: values for name, values in fields.items() if name not in NEWER_FIELDS}
    # Lists of names differ in little but their column: what is one of a kind is chosen as often as all of them.
    alike, unlike = (sorted(fields.keys() & COLUMN_OF_NAMES), sorted(fields.keys() - COLUMN_OF_NAMES.keys()))
    chosen = st.lists(st.sampled_from(alike) | st.sampled_from(unlike), max_size=2, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: fields[name] for name in names})).map(
        lambda values: WorkflowFilter(**values)
    )

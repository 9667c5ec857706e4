"""The contexts of schedules, and the ids and arguments of their runs, as each runtime's own client writes them."""

from __future__ import annotations

import base64
import json
import pickle
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from workflow_control.domain.payloads import read_payload
from workflow_control.domain.schedule_contexts import (
    context_format,
    runtime_of_context,
    runtime_of_format,
    write_context,
)
from workflow_control.domain.scheduled_runs import PrivateContext, run_ids, trigger_id, write_run_arguments
from workflow_control.domain.schedules import Runtime

PARIS = ZoneInfo("Europe/Paris")
NOON = datetime(2026, 7, 14, 12, tzinfo=PARIS)
VALUE = {"kind": "full", "days": [1, 2.5, None, True], "more": {}}


def pickled(value: object) -> str:
    return base64.b64encode(pickle.dumps(value, 4)).decode()


# Each was written by that runtime's own code: dbos 3.4.0, dbos-transact-ts 5.3, dbos-transact-golang 1.8, and
# dbos-transact-java 1.1.
@pytest.mark.parametrize(
    ("runtime", "value", "text"),
    [
        (Runtime.PYTHON, None, "gAROLg=="),
        (Runtime.TYPESCRIPT, None, '{"json":null,"__dbos_serializer":"superjson"}'),
        (
            Runtime.TYPESCRIPT,
            {"a": [1, {"b": "x"}]},
            '{"json":{"a":[1,{"b":"x"}]},"__dbos_serializer":"superjson"}',
        ),
        (Runtime.GO, None, "null"),
        (Runtime.GO, {"a": [1]}, '{"a":[1]}'),
        (Runtime.JAVA, None, "null"),
        (Runtime.JAVA, "x", '"x"'),
        (Runtime.JAVA, {"a": 1}, '{"@class":"java.util.LinkedHashMap","a":1}'),
        (Runtime.JAVA, [1, "b"], '["java.util.ArrayList",[1,"b"]]'),
    ],
)
def test_contexts_are_written_as_the_owner_writes_them(runtime: Runtime, value: object, text: str) -> None:
    assert write_context(runtime, value) == text


@pytest.mark.parametrize("runtime", Runtime)
def test_what_is_written_is_read(runtime: Runtime) -> None:
    text = write_context(runtime, VALUE)
    reading = read_payload(context_format(text), text)
    assert reading is not None
    assert reading.value == VALUE
    assert runtime_of_context(text) is (None if runtime is Runtime.GO else runtime)


def test_pythons_context_is_a_pickle() -> None:
    assert pickle.loads(base64.b64decode(write_context(Runtime.PYTHON, VALUE))) == VALUE  # noqa: S301 - Just written.


@pytest.mark.parametrize("text", ["null", "7", '"text"', '{"a":1}', "[1]", "", "nonsense", "AAAA", "Tm90aGluZw=="])
def test_who_wrote_it_may_be_uncertain(text: str) -> None:
    assert runtime_of_context(text) is None


def test_a_workflow_shows_its_runtime() -> None:
    found = {name: runtime_of_format(name) for name in ("py_pickle", "js_superjson", "DBOS_JSON", "java_jackson")}
    assert list(found.values()) == list(Runtime)
    assert [runtime_of_format(name) for name in (None, "portable_json", "custom")] == [None, None, None]


@pytest.mark.parametrize(
    ("runtime", "time", "ids"),
    [
        (Runtime.PYTHON, NOON, ("sched-n-2026-07-14T12:00:00+02:00",)),
        (Runtime.PYTHON, NOON.astimezone(UTC), ("sched-n-2026-07-14T10:00:00+00:00",)),
        (Runtime.TYPESCRIPT, NOON, ("sched-n-2026-07-14T10:00:00.000Z",)),
        (Runtime.GO, NOON, ("sched-n-2026-07-14T06:00:00-04:00",)),
        (Runtime.JAVA, NOON, ("sched-n-2026-07-14T12:00+02:00", "sched-n-2026-07-14T12:00+02:00[Europe/Paris]")),
        (
            Runtime.JAVA,
            NOON.replace(second=5, tzinfo=ZoneInfo("UTC")),
            ("sched-n-2026-07-14T12:00:05Z", "sched-n-2026-07-14T12:00:05Z[UTC]"),
        ),
    ],
)
def test_ids_of_runs(runtime: Runtime, time: datetime, ids: tuple[str, ...]) -> None:
    assert run_ids(runtime, "n", time, ZoneInfo("America/New_York")) == ids


def test_gos_ids_are_in_the_zone_of_the_worker() -> None:
    assert run_ids(Runtime.GO, "n", NOON, ZoneInfo("UTC")) == ("sched-n-2026-07-14T10:00:00Z",)


def test_ids_of_triggered_runs() -> None:
    now = datetime(2026, 7, 14, 10, 0, 0, 7000, tzinfo=UTC)
    assert trigger_id(Runtime.PYTHON, "n", now) == "sched-n-trigger-2026-07-14T10:00:00.007000+00:00"
    assert trigger_id(Runtime.TYPESCRIPT, "n", now) == "sched-n-trigger-2026-07-14T10:00:00.007Z"


def test_pythons_arguments() -> None:
    arguments = write_run_arguments(Runtime.PYTHON, NOON, pickled({"kind": ("full", 7)}))
    assert arguments.serialization is None
    assert arguments.text == pickled({"args": (NOON, {"kind": ("full", 7)}), "kwargs": {}})


def test_typescripts_arguments() -> None:
    context = write_context(Runtime.TYPESCRIPT, {"a": 1})
    text = (
        '{"json":["2026-07-14T10:00:00.000Z",{"a":1}],"meta":{"values":{"0":["Date"]}},"__dbos_serializer":"superjson"}'
    )
    assert write_run_arguments(Runtime.TYPESCRIPT, NOON, context) == (text, "js_superjson")


def test_gos_arguments() -> None:
    text, serialization = write_run_arguments(Runtime.GO, NOON, '{"a": 1}')
    assert serialization == "DBOS_JSON"
    assert json.loads(base64.b64decode(text)) == {"scheduled_time": "2026-07-14T10:00:00Z", "context": {"a": 1}}


@pytest.mark.parametrize("value", ["full", None, {}, [], ["java.util.ArrayList", [1]], {"@": {"a": [[]]}}, VALUE])
def test_javas_arguments(value: object) -> None:
    text, serialization = write_run_arguments(Runtime.JAVA, NOON, write_context(Runtime.JAVA, value))
    assert serialization == "portable_json"
    assert json.loads(text) == {"namedArgs": {}, "positionalArgs": ["2026-07-14T10:00:00Z", value]}


class Own:
    """A class of an application's."""


@pytest.mark.parametrize(
    ("runtime", "context"),
    [
        (Runtime.PYTHON, pickled(Own())),
        (Runtime.PYTHON, pickled({"day": date(2026, 1, 1)})),
        (Runtime.PYTHON, pickled({1, 2})),
        (Runtime.PYTHON, "cos\nsystem\n"),
        (Runtime.PYTHON, "null"),
        (Runtime.PYTHON, write_context(Runtime.TYPESCRIPT, None)),
        (Runtime.TYPESCRIPT, '{"json":null,"meta":{"values":["undefined"]},"__dbos_serializer":"superjson"}'),
        (Runtime.TYPESCRIPT, "null"),
        (Runtime.TYPESCRIPT, pickled(None)),
        (Runtime.GO, "nonsense"),
        (Runtime.GO, pickled(None)),
        (Runtime.JAVA, '{"@class":"orders.Own","a":1}'),
        (Runtime.JAVA, '["java.util.ArrayList",[["java.util.ImmutableCollections$ListN",[1]]]]'),
        (Runtime.JAVA, '["java.util.ArrayList",[["java.lang.Long",1]]]'),
        (Runtime.JAVA, '["java.util.ArrayList"]'),
        (Runtime.JAVA, '{"a":1}'),
        (Runtime.JAVA, "nonsense"),
    ],
)
def test_a_private_context_is_not_guessed_at(runtime: Runtime, context: str) -> None:
    with pytest.raises(PrivateContext):
        write_run_arguments(runtime, NOON, context)

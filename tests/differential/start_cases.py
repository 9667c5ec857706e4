"""Workflows to start, as our contract and as DBOS's clients take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fixtures.dbos_releases import OLDEST, DbosRelease

PORTABLE = DbosRelease.parse("2.14.0")
"""The first of our releases whose client writes portable JSON; likewise below."""
DELAY = DbosRelease.parse("2.16.0")
ATTRIBUTES = DEBOUNCE = DbosRelease.parse("2.28.0")
DUPLICATION_POLICY = APPLICATION_NAME = DbosRelease.parse("2.31.1")

_THEIR_NAMES = {
    "application_version": "app_version",
    "config_name": "instance_name",
    "timeout": "workflow_timeout",
    "delay": "delay_seconds",
}
"""Where a client's option has another name than our field; it takes the same values, times in seconds."""

ARGS = (3, 0.5, 'é " \\ \n', None, True, {"order": {"items": [1, [], {}]}})
NAMED_ARGS = {"flag": False}
"""One, and no object of several members: those of a Struct have no order."""


@dataclass(frozen=True, slots=True)
class Start:
    """One start: `fields` are those of NewWorkflow, `debounce` as (key, period, timeout) in seconds."""

    workflow_id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    args: Sequence[object] = ()
    named_args: Mapping[str, object] = field(default_factory=dict)
    debounce: tuple[str, float, float | None] | None = None

    @property
    def our_fields(self) -> dict[str, Any]:
        """The fields of NewWorkflow, but for arguments, times and debouncing."""
        return {
            "workflow_name": "process_order",
            "queue_name": "orders",
            "workflow_id": self.workflow_id,
            **self.fields,
        }

    @property
    def their_options(self) -> dict[str, Any]:
        """The options of DBOS's clients."""
        return {_THEIR_NAMES.get(name, name): value for name, value in self.our_fields.items()}


@dataclass(frozen=True, slots=True)
class StartCase:
    """Starts one after the other; with `at_once`, ours is one request for all of them.

    `since` is the first of our releases whose client can do them.
    """

    name: str
    starts: Sequence[Start]
    since: DbosRelease = OLDEST
    at_once: bool = False

    def __str__(self) -> str:
        return self.name


def _case(name: str, since: DbosRelease = OLDEST, **fields: object) -> StartCase:
    return StartCase(name, [Start(f"{name}/order", fields)], since)


def _held(name: str, since: DbosRelease = OLDEST, **second: object) -> StartCase:
    held = {"deduplication_id": f"{name}/customer"}
    return StartCase(name, [Start(f"{name}/first", held), Start(f"{name}/second", {**held, **second})], since)


def _debounced(name: str, *calls: tuple[float, float | None], **fields: object) -> StartCase:
    """Calls of one key, each with a period and a timeout, and arguments of its own."""
    return StartCase(
        name,
        [
            Start(f"{name}/{number}", fields, args=[number], debounce=(f"{name}/key", *times))
            for number, times in enumerate(calls)
        ],
        DEBOUNCE,
    )


CASES = (
    _case("start-bare"),
    StartCase("start-with-arguments", [Start("start-with-arguments/order", {}, ARGS, NAMED_ARGS)]),
    _case("start-internal", queue_name="_dbos_internal_queue"),
    _case("start-version", application_version="version-1"),
    _case("start-timeout", timeout=90.5),
    _case("start-priority", priority=7),
    _case("start-partition", queue_partition_key="partition-1"),
    _case("start-user", authenticated_user="alice", authenticated_roles=["clerk", 'of "honour"', "é"]),
    _case("start-class", PORTABLE, class_name="Shop", config_name="main"),
    _case("start-delay", DELAY, delay=100.0),
    _case("start-attributes", ATTRIBUTES, attributes={"tier": "gold", "n": 1, "deep": {"list": [None, 1.5]}}),
    _case("start-no-attributes", ATTRIBUTES, attributes={}),
    _case("start-application", APPLICATION_NAME, application_name="shop"),
    _held("start-deduplicated"),
    _held("start-deduplicated-elsewhere", queue_name="express"),
    _held("start-existing", DUPLICATION_POLICY, duplication_policy="return-existing"),
    _debounced("debounce-first", (100.0, None)),
    _debounced("debounce-first-with-timeout", (100.0, 300.0)),
    _debounced("debounce-first-with-short-timeout", (300.0, 100.0)),
    _debounced("debounce-again", (100.0, None), (200.0, None), (300.0, None)),
    _debounced("debounce-to-the-deadline", (100.0, 200.0), (300.0, None)),
    StartCase(
        "debounce-what-is-held",
        [
            Start("debounce-what-is-held/holder", {"deduplication_id": "process_order-debounce-what-is-held/key"}),
            Start("debounce-what-is-held/other", {}, debounce=("debounce-what-is-held/key", 100.0, None)),
        ],
        DEBOUNCE,
    ),
    StartCase("start-many", [Start(f"start-many/{number}", {}, [number]) for number in range(5)], at_once=True),
)


def cases_of(release: DbosRelease) -> list[StartCase]:
    """Returns the cases that the release's client can do."""
    return [case for case in CASES if release >= case.since]

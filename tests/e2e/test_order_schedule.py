"""A real worker fires the schedules that we create, and starts nothing twice that we have started."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.order_shop import OrderShop
from tests.fixtures.rpc_server import fresh
from workflow_control_client import Runtime, ScheduledRun, WorkflowFilter, new_schedule

SCHEDULES_SINCE = DbosRelease.parse("2.14.0")
PYTHON: Final = Runtime.Value("RUNTIME_PYTHON")
STARTED, EXISTING = ScheduledRun.OUTCOME_STARTED, ScheduledRun.OUTCOME_EXISTING
QUIET: Final = timedelta(seconds=4)
"""Longer than a schedule of each second and the polling of the worker, of a second too, leave nothing to be seen."""


@pytest.fixture
def shop(order_shop: OrderShop) -> OrderShop:
    if order_shop.release < SCHEDULES_SINCE:
        pytest.skip("it has no schedules in the database")
    return order_shop


@contextmanager
def schedule(shop: OrderShop, cron: str, *, paused: bool = False) -> Iterator[str]:
    """Creates a schedule, and deletes it at the end."""
    name = fresh("report")
    new = new_schedule(name, "stock_report", cron, context={"kind": "full", "days": [1, 2]}, runtime=PYTHON)
    shop.client.create_schedule(new, request_key=fresh("create"))
    if paused:
        shop.client.pause_schedule(name, request_key=fresh("pause"))
    try:
        yield name
    finally:
        shop.client.delete_schedule(name, request_key=fresh("delete"))


def runs(shop: OrderShop, name: str) -> dict[str, str]:
    """Returns the states of a schedule's runs, by id."""
    listed = shop.client.list_workflows(WorkflowFilter(workflow_id_prefixes=[f"sched-{name}-"]))
    return {each.workflow_id: each.raw_status for each in listed}


def wait_until_all_have_ended(shop: OrderShop, name: str, at_least: int) -> list[str]:
    """Waits until so many runs are there, and all have succeeded; returns their ids."""

    def ended() -> bool:
        statuses = runs(shop, name).values()
        return len(statuses) >= at_least and set(statuses) == {"SUCCESS"}

    shop.wait_until(ended)
    return sorted(runs(shop, name))


def assert_output(shop: OrderShop, workflow_id: str) -> None:
    output = shop.client.get_workflow(workflow_id).workflow.output.value.struct_value
    assert dict(output.fields["context"].struct_value.items())["kind"] == "full"
    assert datetime.fromisoformat(output.fields["scheduled"].string_value).tzinfo is not None


def test_a_worker_fires_what_we_create_and_obeys(shop: OrderShop) -> None:
    client = shop.client
    with schedule(shop, "* * * * * *") as name:
        for workflow_id in wait_until_all_have_ended(shop, name, 2):
            assert_output(shop, workflow_id)
            assert shop.begun(workflow_id) == ["stock_report"]
        assert client.get_schedule(name).schedule.HasField("next_run_time")
        if shop.release >= DbosRelease.parse("2.16.0"):
            assert client.get_schedule(name).schedule.HasField("last_fired_time")

        client.pause_schedule(name, request_key=fresh("pause"))
        shop.wait_until(lambda: _is_quiet(shop, name))
        before = runs(shop, name).keys()

        client.resume_schedule(name, request_key=fresh("resume"))
        shop.wait_until(lambda: len(runs(shop, name)) > len(before))


def _is_quiet(shop: OrderShop, name: str) -> bool:
    newest = max(
        each.create_time.ToDatetime(UTC)
        for each in shop.client.list_workflows(WorkflowFilter(workflow_id_prefixes=[f"sched-{name}-"]))
    )
    return datetime.now(UTC) - newest > QUIET


def test_a_worker_runs_what_we_trigger(shop: OrderShop) -> None:
    with schedule(shop, "0 0 0 1 1 *", paused=True) as name:
        key = fresh("trigger")
        started = [shop.client.trigger_schedule(name, request_key=key).workflow.workflow_id for _ in range(2)]
        assert started[0] == started[1]
        assert wait_until_all_have_ended(shop, name, 1) == started[:1]
        assert_output(shop, started[0])
        assert shop.begun(started[0]) == ["stock_report"]


@pytest.mark.parametrize("first", ["we", "they"])
def test_no_run_is_backfilled_twice(shop: OrderShop, first: str) -> None:
    start, end = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 7, 23, tzinfo=UTC)
    with schedule(shop, "0 0 12 * * *", paused=True) as name:
        ids = [f"sched-{name}-2026-01-0{day}T12:00:00+00:00" for day in (5, 6, 7)]

        def theirs() -> object:
            url = shop.stack.database_url
            arguments = [name, f"@{start.isoformat()}", f"@{end.isoformat()}"]
            return shop.driver.call(
                "control_schedules", database_url=url, method="backfill_schedule", arguments=arguments
            )

        if first == "they":
            assert theirs() == ids
        done = shop.client.backfill_schedule(name, start, end, request_key=fresh("backfill"))
        assert [run.workflow_id for run in done.runs] == ids
        assert {run.outcome for run in done.runs} == {STARTED if first == "we" else EXISTING}
        if first == "we":
            assert theirs() == ids
        assert wait_until_all_have_ended(shop, name, 3) == ids
        for workflow_id in ids:
            assert shop.begun(workflow_id) == ["stock_report"]
            assert_output(shop, workflow_id)


def test_the_scheduler_does_not_start_what_we_have_started(shop: OrderShop) -> None:
    with schedule(shop, "* * * * * *") as name:
        wait_until_all_have_ended(shop, name, 1)
        # What has been is there already, as far as the worker kept pace, and what comes is now, too.
        now = datetime.now(UTC)
        done = shop.client.backfill_schedule(name, now, now + timedelta(seconds=6), request_key=fresh("backfill"))
        ours = [run.workflow_id for run in done.runs if run.outcome == STARTED]
        assert ours
        after = done.runs[-1].workflow_id
        shop.wait_until(lambda: max(runs(shop, name)) > after)
        wait_until_all_have_ended(shop, name, len(done.runs))
        for run in done.runs:
            assert shop.begun(run.workflow_id) == ["stock_report"]

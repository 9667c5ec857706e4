"""A worker of each runtime fires the schedules that we create, in its own way, and starts nothing twice."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from tests.fixtures.eventually import eventually
from tests.fixtures.report_schedule import EACH_SECOND, EACH_YEAR, UNNAMED, ReportSchedule, report_schedule
from tests.fixtures.rpc_server import fresh
from tests.runtimes.limitations import Limitation, RuntimeCannot
from tests.runtimes.shop import WORKER_TIME_ZONE, RuntimeShop
from workflow_control_client import ApplicationVersionNotFound, Runtime

FIRES_WITHIN_S: Final = 20.0
"""How long a schedule of each second may take to be noticed and fired: workers look for new ones each second."""
LAST_SECONDS_OF_A_MINUTE: Final = (
    datetime(2026, 1, 5, 12, 0, 58, tzinfo=UTC),
    datetime(2026, 1, 5, 12, 1, 1, tzinfo=UTC),
)


def runtime_of(shop: RuntimeShop) -> Runtime.ValueType:
    return Runtime.Value(f"RUNTIME_{shop.runtime.language.upper()}")


def must_be_named(shop: RuntimeShop) -> Runtime.ValueType:
    """Returns the runtime if it must be said whose a schedule is: the contexts of the others tell it."""
    return runtime_of(shop) if shop.runtime.language == "Go" else UNNAMED


def schedule_of(shop: RuntimeShop, cron: str, *, paused: bool = False) -> AbstractContextManager[ReportSchedule]:
    """Creates a schedule for the worker of the shop."""
    return report_schedule(shop, cron, runtime=runtime_of(shop), class_name=shop.runtime.class_name, paused=paused)


def wait_until_it_fires(schedule: ReportSchedule) -> None:
    try:
        eventually(schedule.runs, FIRES_WITHIN_S)
    except TimeoutError as error:
        raise RuntimeCannot(Limitation.NO_SCHEDULES) from error


@pytest.mark.operation("`CreateSchedule`")
def test_a_worker_fires_what_we_create(shop: RuntimeShop) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    with schedule_of(shop, EACH_SECOND) as schedule:
        wait_until_it_fires(schedule)
        times = [schedule.check_run(workflow_id) for workflow_id in schedule.wait_for_runs(2)]
        assert len(set(times)) == len(times)
        assert all(before <= time <= datetime.now(UTC) and time.microsecond == 0 for time in times)
        fired = shop.client.get_schedule(schedule.name).schedule
        # Without a time zone nobody but the worker knows; the column for the last time is of the same release.
        assert fired.HasField("next_run_time") is shop.has("schedule_time_zone")
        if shop.has("schedule_time_zone"):
            assert fired.next_run_time.ToDatetime(UTC) > before
            assert before <= fired.last_fired_time.ToDatetime(UTC) <= datetime.now(UTC)


@pytest.mark.operation("`PauseSchedule`, `ResumeSchedule`")
def test_a_worker_stops_firing_and_goes_on(shop: RuntimeShop) -> None:
    with schedule_of(shop, EACH_SECOND) as schedule:
        wait_until_it_fires(schedule)
        schedule.check_pause_and_resumption()


@pytest.mark.operation("`TriggerSchedule`")
def test_a_worker_runs_what_we_trigger(shop: RuntimeShop) -> None:
    with schedule_of(shop, EACH_YEAR, paused=True) as schedule:
        try:
            schedule.check_trigger(runtime=must_be_named(shop))
        except ApplicationVersionNotFound as error:
            raise RuntimeCannot(Limitation.NO_VERSIONS) from error


@pytest.mark.operation("`BackfillSchedule`")
def test_what_the_worker_has_fired_is_not_run_again_nor_does_it_fire_what_we_have_started(shop: RuntimeShop) -> None:
    runtime = must_be_named(shop)
    zone = WORKER_TIME_ZONE if shop.runtime.language == "Go" else ""
    since = datetime.now(UTC)
    with schedule_of(shop, EACH_SECOND) as schedule:
        wait_until_it_fires(schedule)
        schedule.check_backfill_beside_the_worker(since, runtime=runtime, worker_time_zone=zone)
    with schedule_of(shop, EACH_SECOND, paused=True) as schedule:
        start, end = LAST_SECONDS_OF_A_MINUTE
        done = shop.client.backfill_schedule(
            schedule.name, start, end, runtime=runtime, worker_time_zone=zone, request_key=fresh("backfill")
        )
        schedule.wait_for_runs(len(done.runs))
        times = [schedule.check_run(run.workflow_id) for run in done.runs]
        assert times == [run.run_time.ToDatetime(UTC) for run in done.runs]
        assert times == [start + timedelta(seconds=1), start + timedelta(seconds=2)]

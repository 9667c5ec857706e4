"""A real worker fires the schedules that we create, and starts nothing twice that we have started."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import pytest

from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.order_shop import OrderShop
from tests.fixtures.report_schedule import EACH_SECOND, EACH_YEAR, EXISTING, STARTED, report_schedule
from tests.fixtures.rpc_server import fresh
from workflow_control_client import Runtime

SCHEDULES_SINCE = DbosRelease.parse("2.14.0")
PYTHON: Final = Runtime.Value("RUNTIME_PYTHON")


@pytest.fixture
def shop(order_shop: OrderShop) -> OrderShop:
    if order_shop.release < SCHEDULES_SINCE:
        pytest.skip("it has no schedules in the database")
    return order_shop


def test_a_worker_fires_what_we_create_and_obeys(shop: OrderShop) -> None:
    with report_schedule(shop, EACH_SECOND, runtime=PYTHON) as schedule:
        for workflow_id in schedule.wait_for_runs(2):
            schedule.check_run(workflow_id)
        fired = shop.client.get_schedule(schedule.name).schedule
        assert fired.HasField("next_run_time")
        assert fired.HasField("last_fired_time") or shop.release < DbosRelease.parse("2.16.0")
        schedule.check_pause_and_resumption()


def test_a_worker_runs_what_we_trigger(shop: OrderShop) -> None:
    with report_schedule(shop, EACH_YEAR, runtime=PYTHON, paused=True) as schedule:
        schedule.check_trigger()


@pytest.mark.parametrize("first", ["we", "they"])
def test_no_run_is_backfilled_twice(shop: OrderShop, first: str) -> None:
    start, end = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 7, 23, tzinfo=UTC)
    with report_schedule(shop, "0 0 12 * * *", runtime=PYTHON, paused=True) as schedule:
        name = schedule.name
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
        assert schedule.wait_for_runs(3) == ids
        for workflow_id in ids:
            schedule.check_run(workflow_id)


def test_the_scheduler_does_not_start_what_we_have_started(shop: OrderShop) -> None:
    since = datetime.now(UTC)
    with report_schedule(shop, EACH_SECOND, runtime=PYTHON) as schedule:
        schedule.check_backfill_beside_the_worker(since)

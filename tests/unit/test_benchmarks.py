"""The arithmetic of `make bench`, and one short run of it."""

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import psycopg
import pytest

from benchmarks import bulk, watches
from benchmarks.database import EFFECTS, verify
from benchmarks.figures import KINDS, Goal, Kind, Result, Run, Sample, Scenario, goals, paired_ratio, percentile
from benchmarks.load import CANCEL, EMPTY, Choice, LoadGenerator, running_load_generator
from benchmarks.picture import draw
from benchmarks.plan import DEFAULT, QUICK, Plan
from benchmarks.servers import floor_server
from benchmarks.worker import BenchmarkError
from tests.fixtures.postgres import CreateDatabase
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest

ROOT = Path(__file__).parents[2]
GOAL_KEYS = [
    "p1_cpu_ratio",
    "p2_vs_dbos_client",
    "p2_vs_ex_dbos",
    "p2_two_processes_vs_dbos_client",
    "p2_two_processes_vs_ex_dbos",
    "p3_latency_ratio",
    "p9_start_cpu_ratio",
    "p10_start_many_ms",
]
SCENARIO_GOAL_KEYS = [
    "p5_watch_p99_ms",
    "p5_watch_idle_cpu_percent",
    "p5_watch_kib",
    "p5_watch_statements_ratio",
    "bulk_per_second",
    "bulk_foreground_p99_ratio",
    "bulk_rss_growth_mib",
]


def sample(calls_per_second: float = 100.0, p50_ms: float = 1.0, cpu_us_per_call: float | None = 100.0) -> Sample:
    return Sample(
        calls=100,
        seconds=100 / calls_per_second,
        calls_per_second=calls_per_second,
        p50_ms=p50_ms,
        p99_ms=2 * p50_ms,
        cpu_us_per_call=cpu_us_per_call,
    )


def result(name: str, kind: Kind, in_flight: int, samples: Sequence[Sample]) -> Result:
    return Result(name, name, kind, in_flight, samples)


def three_rounds() -> Sequence[Result]:
    """Rounds in which the machine gets slower by half each time, so that only ratios within a round are even."""
    speeds = (4.0, 2.0, 1.0)
    return [
        result("empty_1", "floor", 1, [sample(p50_ms=0.5 / s) for s in speeds]),
        result("empty_64", "floor", 64, [sample(cpu_us_per_call=100 / s) for s in speeds]),
        result("cancel_1", "ours", 1, [sample(calls_per_second=500 * s, p50_ms=1.0 / s) for s in speeds]),
        result("cancel_64", "ours", 64, [sample(calls_per_second=4000 * s, cpu_us_per_call=130 / s) for s in speeds]),
        result("cancel_128", "ours", 128, [sample(calls_per_second=5000 * s) for s in speeds]),
        result("processes_2", "ours", 128, [sample(calls_per_second=7000 * s) for s in speeds]),
        result("start_64", "ours", 64, [sample(calls_per_second=3000 * s, cpu_us_per_call=210 / s) for s in speeds]),
        result("start_many", "ours", 1, [sample(calls_per_second=90_000 * s, p50_ms=100.0 / s) for s in speeds]),
        result("dbos_client", "peer", 8, [sample(calls_per_second=1000 * s) for s in speeds]),
        result("ex_dbos", "peer", 8, [sample(calls_per_second=2000 * s) for s in speeds]),
        result("pgbench", "ceiling", 16, [sample(calls_per_second=9000 * s, cpu_us_per_call=None) for s in speeds]),
    ]


def two_scenarios() -> Sequence[Scenario]:
    """What may be measured: watches meet every goal but that of memory, the bulk operation none but that of memory."""
    return [
        watches.scenario(
            DEFAULT.watches,
            {
                "kib_per_empty_stream": 26.0,
                "kib_per_call": 31.0,
                "statements_per_s_of_few": 12.0,
                "statements_per_s": 18.0,
                "idle_cpu_percent_of_few": 0.8,
                "idle_cpu_percent": 3.0,
                "completion_p50_ms": 110.0,
                "completion_p99_ms": 220.0,
            },
        ),
        bulk.scenario(
            DEFAULT.bulk,
            {
                "per_second": 4999.0,
                "cpu_us_per_workflow": 80.0,
                "alone_p50_ms": 2.0,
                "alone_p99_ms": 4.0,
                "beside_p50_ms": 5.0,
                "beside_p99_ms": 10.0,
                "calls_beside": 3000.0,
                "start_mib": 80.0,
                "peak_mib": 84.0,
            },
        ),
    ]


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (99, 99), (99.5, 100), (100, 100), (1, 1), (0, 1)])
def test_a_percentile_is_the_nearest_rank(percent: float, expected: int) -> None:
    assert percentile([*range(100, 0, -1)], percent) == expected


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert percentile([7.0], 50) == percentile([7.0], 99) == 7.0


def test_there_is_no_percentile_of_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)


def test_a_sample_counts_each_workflow_of_a_batch() -> None:
    figures = Sample.of(Run([4.0, 2.0, 6.0], seconds=0.5, calls_per_request=64), cpu_seconds=0.0192)
    assert figures.calls == 192
    assert figures.calls_per_second == 384
    assert (figures.p50_ms, figures.p99_ms) == (4.0, 6.0)
    assert figures.cpu_us_per_call == pytest.approx(100)


def test_ratios_pair_the_rounds() -> None:
    # The medians alone would give 3.
    assert paired_ratio([10, 3, 8], [5, 1, 4]) == 2


def test_rounds_of_different_numbers_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="shorter"):
        paired_ratio([1, 2], [1])


def test_the_goals_compare_what_shared_a_round() -> None:
    reached = {goal.key: goal for goal in goals(three_rounds())}
    assert list(reached) == GOAL_KEYS
    assert reached["p1_cpu_ratio"].value == pytest.approx(1.3)
    # The fastest of ours, with 128 in flight, stands for the calls per second.
    assert reached["p2_vs_dbos_client"].value == pytest.approx(5)
    assert reached["p2_vs_ex_dbos"].value == pytest.approx(2.5)
    assert reached["p3_latency_ratio"].value == pytest.approx(2)
    assert reached["p9_start_cpu_ratio"].value == pytest.approx(2.1)
    assert reached["p10_start_many_ms"].value == pytest.approx(50)
    assert reached["p2_two_processes_vs_dbos_client"].value == pytest.approx(7)
    assert reached["p2_two_processes_vs_ex_dbos"].value == pytest.approx(3.5)
    assert [goal.is_met for goal in reached.values()] == [True, True, False, True, True, True, False, True]


def test_the_goals_of_watches_and_bulk_operations_are_of_their_figures() -> None:
    reached = {goal.key: goal for scenario in two_scenarios() for goal in scenario.goals}
    assert list(reached) == SCENARIO_GOAL_KEYS
    assert reached["p5_watch_statements_ratio"].value == pytest.approx(1.5)
    assert reached["bulk_foreground_p99_ratio"].value == pytest.approx(2.5)
    assert reached["bulk_rss_growth_mib"].value == pytest.approx(4)
    assert [goal.is_met for goal in reached.values()] == [True, True, False, True, False, False, True]


def test_the_spread_is_relative_to_the_median() -> None:
    rounds = [sample(calls_per_second=rate) for rate in (90, 100, 115)]
    assert result("empty_1", "floor", 1, rounds).spread == pytest.approx(0.25)


def test_the_picture_is_an_svg_with_a_bar_for_each_figure() -> None:
    results = three_rounds()
    scenarios = two_scenarios()
    charts = [chart for scenario in scenarios for chart in scenario.charts]
    reached: list[Goal] = [*goals(results), *(goal for scenario in scenarios for goal in scenario.goals)]
    svg = ElementTree.fromstring(draw(results, scenarios, reached, "a < b"))  # noqa: S314 - Our own text.
    bars = svg.findall("{*}rect[@rx]")
    # pgbench has no CPU time of its own.
    assert len(bars) == 3 * len(results) - 1 + sum(len(chart.bars) for chart in charts)
    assert len({bar.get("fill") for bar in bars}) == len(KINDS)
    widths = [float(bar.get("width") or "nan") for bar in bars]
    assert all(0 < width <= max(widths) for width in widths)
    texts = [element.text or "" for element in svg.findall("{*}text")]
    for shown in (*(chart.heading for chart in charts), *(scenario.title for scenario in scenarios)):
        assert shown in texts
    assert all(any(goal.text in text for text in texts) for goal in reached)


def test_the_picture_of_a_part_alone_has_nothing_of_the_others() -> None:
    [_, scenario] = two_scenarios()
    svg = ElementTree.fromstring(draw((), [scenario], scenario.goals, ""))  # noqa: S314 - Our own text.
    assert len(svg.findall("{*}rect[@rx]")) == sum(len(chart.bars) for chart in scenario.charts)
    heights = [float(text.get("y") or "nan") for text in svg.findall("{*}text")]
    assert all(0 < height < float(svg.get("height") or "nan") for height in heights)


@pytest.mark.parametrize("plan", [DEFAULT, QUICK], ids=["default", "quick"])
def test_a_plan_has_the_levels_that_the_goals_need(plan: Plan) -> None:
    assert list(plan.calls_by_in_flight) == [1, 16, 64, 128]
    assert all(plan.warm_up(calls) <= calls for calls in plan.calls_by_in_flight.values())


def test_calls_that_left_no_trace_are_noticed(create_database: CreateDatabase) -> None:
    url = create_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA dbos")
        connection.execute(
            "CREATE TABLE dbos.workflow_status (workflow_uuid text, status text, authenticated_user text)"
        )
        connection.execute(
            "INSERT INTO dbos.workflow_status"
            " VALUES ('a-1', 'CANCELLED', ''), ('a-2', 'PENDING', ''), ('x', 'ENQUEUED', 'a-3')"
        )
    for effect in EFFECTS:
        verify(url, effect, "a-", 1, None)
        with pytest.raises(BenchmarkError, match="2 calls were answered, but 1 workflows"):
            verify(url, effect, "a-", 2, None)


@pytest.fixture(params=[choice for choice in get_args(Choice) if choice != "auto"])
def generator(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LoadGenerator]:
    if request.param == "go" and shutil.which("go") is None:
        pytest.skip("there is no Go")
    with running_load_generator(request.param, tmp_path / "load.log") as generator:
        yield generator


@pytest.mark.slow
@pytest.mark.timeout(400)  # Go may have to fetch and compile gRPC first.
def test_a_load_generator_makes_the_calls_that_it_is_ordered_to_make(generator: LoadGenerator, tmp_path: Path) -> None:
    with ExitStack() as stack:
        target = floor_server(stack, tmp_path / "floor.log").target
        run = generator.call(target, EMPTY, "", calls=100, in_flight=8, connections=2)
        assert len(run.latencies_ms) == 100
        assert 0 < min(run.latencies_ms) <= max(run.latencies_ms) <= run.seconds * 1000
        evenly = generator.call(target, EMPTY, "", calls=11, in_flight=2, per_second=50)
        assert len(evenly.latencies_ms) == 11
        assert evenly.seconds >= 0.2
        with pytest.raises(BenchmarkError, match=r"CancelWorkflow|UNIMPLEMENTED"):
            generator.call(target, CANCEL, "key-", calls=10, in_flight=2)


def test_each_call_of_a_run_has_a_key_of_its_own() -> None:
    requests = [CancelWorkflowRequest.FromString(CANCEL.request(f"key-{number}")) for number in range(3)]
    assert [(r.request_key, r.workflow_id) for r in requests] == [(f"key-{n}", f"key-{n}") for n in range(3)]


@pytest.mark.slow
@pytest.mark.timeout(600)  # Nine processes are started one after the other, on a machine that may be busy.
def test_a_quick_run_measures_every_contender(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks", "--quick", "--load", "python", "--output", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads((tmp_path / "bench.json").read_text())
    for key in (*GOAL_KEYS, *SCENARIO_GOAL_KEYS):
        assert math.isfinite(figures[key])
    assert all(figures[key] > 0 for key in GOAL_KEYS)
    for scenario in two_scenarios():
        assert figures[scenario.name].keys() == scenario.figures.keys()
    rpcs = [f"{rpc}_{in_flight}" for rpc in ("empty", "cancel") for in_flight in (1, 16, 64, 128)]
    rpcs += ["start_64", "start_many", "processes_2"]
    assert set(figures["contenders"]) == {*rpcs, "dbos_client", "ex_dbos", "pgbench", "pgbench_batch"}
    for contender in figures["contenders"].values():
        assert contender["calls_per_second"] > 0
        assert 0 < contender["p50_ms"] <= contender["p99_ms"]
    assert str(ROOT) not in json.dumps(figures)  # It is meant to be shown to others.
    assert ElementTree.parse(tmp_path / "bench.svg").getroot().tag.endswith("svg")  # noqa: S314 - Our own file.
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("bench-")] == []
    for goal in (*GOAL_KEYS, *SCENARIO_GOAL_KEYS):
        assert figures["goals"][goal]["text"][:2] in done.stdout

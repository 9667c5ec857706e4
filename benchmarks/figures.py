"""The arithmetic: percentiles, medians over rounds, spreads, ratios."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

Kind = Literal["floor", "ours", "peer", "ceiling"]
KINDS: Final[Sequence[Kind]] = ("floor", "ours", "peer", "ceiling")
"""In the order of the report."""


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least `percent` of the values do not exceed (the nearest rank)."""
    if not values:
        raise ValueError("no percentile of nothing")
    ordered = sorted(values)
    rank = max(math.ceil(percent / 100 * len(ordered)), 1)
    return ordered[rank - 1]


@dataclass(frozen=True, slots=True)
class Run:
    """What was counted while a contender ran."""

    latencies_ms: Sequence[float]
    """One for each request that was answered."""
    seconds: float
    calls_per_request: int = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """One contender's figures in one round."""

    calls: int
    seconds: float
    calls_per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us_per_call: float | None
    """User and system time of the process under test; None where Postgres does all the work."""

    @classmethod
    def of(cls, run: Run, cpu_seconds: float | None) -> Sample:
        """Return the figures of a run."""
        calls = len(run.latencies_ms) * run.calls_per_request
        return cls(
            calls=calls,
            seconds=run.seconds,
            calls_per_second=calls / run.seconds,
            p50_ms=percentile(run.latencies_ms, 50),
            p99_ms=percentile(run.latencies_ms, 99),
            cpu_us_per_call=None if cpu_seconds is None else cpu_seconds * 1e6 / calls,
        )


@dataclass(frozen=True, slots=True)
class Result:
    """One contender's figures in all rounds."""

    name: str
    label: str
    kind: Kind
    in_flight: int
    samples: Sequence[Sample]

    @property
    def calls_per_second(self) -> float:
        """The median of the rounds; likewise below."""
        return median(sample.calls_per_second for sample in self.samples)

    @property
    def p50_ms(self) -> float:
        return median(sample.p50_ms for sample in self.samples)

    @property
    def p99_ms(self) -> float:
        return median(sample.p99_ms for sample in self.samples)

    @property
    def cpu_us_per_call(self) -> float | None:
        measured = [sample.cpu_us_per_call for sample in self.samples if sample.cpu_us_per_call is not None]
        return median(measured) if measured else None

    @property
    def spread(self) -> float:
        """How far the fastest and the slowest round lie apart, as a part of the median."""
        rates = [sample.calls_per_second for sample in self.samples]
        return (max(rates) - min(rates)) / median(rates)


def paired_ratio(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """Return the median of the rounds' ratios: the two that share a round shared the machine's mood as well."""
    return median(above / below for above, below in zip(numerators, denominators, strict=True))


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio, or a time, that we want, and where it stands."""

    key: str
    """Its name in bench.json."""
    text: str
    limit: float
    at_most: bool
    value: float

    @property
    def is_met(self) -> bool:
        return self.value <= self.limit if self.at_most else self.value >= self.limit


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure in the picture."""

    label: str
    kind: Kind
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures of one unit, to be seen side by side."""

    heading: str
    """With the unit."""
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Scenario:
    """What was measured of something that is no call: its figures, the goals among them, and how to show them."""

    name: str
    """Its name in bench.json."""
    title: str
    figures: Mapping[str, float]
    goals: Sequence[Goal]
    charts: Sequence[Chart]


COMPARED_IN_FLIGHT: Final = 64
"""How many calls are open where server CPU is compared."""


def goals(results: Sequence[Result]) -> Sequence[Goal]:
    """Return the goals P1 to P3, P9 and P10 of the results, which must have all RPCs and both peers."""
    by_name = {result.name: result for result in results}
    empty, cancel, start = (by_name[f"{rpc}_{COMPARED_IN_FLIGHT}"] for rpc in ("empty", "cancel", "start"))
    cancels = (result for result in results if result.name.startswith("cancel_"))
    fastest = max(cancels, key=lambda result: result.calls_per_second)
    return [
        Goal(
            "p1_cpu_ratio",
            f"P1  server CPU: CancelWorkflow to empty RPC, {COMPARED_IN_FLIGHT} in flight",
            1.5,
            True,
            paired_ratio(_cpu(cancel), _cpu(empty)),
        ),
        Goal(
            "p2_vs_dbos_client",
            f"P2  calls per second: CancelWorkflow, {fastest.in_flight} in flight, to DBOSClient",
            3.0,
            False,
            paired_ratio(_rates(fastest), _rates(by_name["dbos_client"])),
        ),
        Goal(
            "p2_vs_ex_dbos",
            f"P2  calls per second: CancelWorkflow, {fastest.in_flight} in flight, to ex_dbos's statements",
            3.0,
            False,
            paired_ratio(_rates(fastest), _rates(by_name["ex_dbos"])),
        ),
        Goal(
            "p2_two_processes_vs_dbos_client",
            "P2  calls per second: CancelWorkflow, 2 processes, to DBOSClient",
            3.0,
            False,
            paired_ratio(_rates(by_name["processes_2"]), _rates(by_name["dbos_client"])),
        ),
        Goal(
            "p2_two_processes_vs_ex_dbos",
            "P2  calls per second: CancelWorkflow, 2 processes, to ex_dbos's statements",
            3.0,
            False,
            paired_ratio(_rates(by_name["processes_2"]), _rates(by_name["ex_dbos"])),
        ),
        Goal(
            "p3_latency_ratio",
            "P3  p50 of one caller: CancelWorkflow to empty RPC",
            2.5,
            True,
            paired_ratio(_p50(by_name["cancel_1"]), _p50(by_name["empty_1"])),
        ),
        Goal(
            "p9_start_cpu_ratio",
            f"P9  server CPU: StartWorkflow to empty RPC, {COMPARED_IN_FLIGHT} in flight",
            2.0,
            True,
            paired_ratio(_cpu(start), _cpu(empty)),
        ),
        Goal("p10_start_many_ms", "P10 p50 of StartWorkflows of 1,000, ms", 300, True, by_name["start_many"].p50_ms),
    ]


def _rates(result: Result) -> Sequence[float]:
    return [sample.calls_per_second for sample in result.samples]


def _p50(result: Result) -> Sequence[float]:
    return [sample.p50_ms for sample in result.samples]


def _cpu(result: Result) -> Sequence[float]:
    return [sample.cpu_us_per_call for sample in result.samples if sample.cpu_us_per_call is not None]

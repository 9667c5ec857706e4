"""`python -m benchmarks`: measures, prints tables, and writes build/bench.json and build/bench.svg.

`python -m benchmarks watches` measures a part alone, and writes build/bench-watches.json and build/bench-watches.svg.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final, get_args

from rich.console import Console
from rich.progress import track

from benchmarks.bulk import measure_bulk
from benchmarks.contenders import Contender, start_contenders
from benchmarks.database import create_database, running_postgres, seed, server_version, verify
from benchmarks.figures import KINDS, Goal, Result, Sample, Scenario, goals
from benchmarks.load import Choice, LoadGenerator, running_load_generator
from benchmarks.picture import draw
from benchmarks.plan import DEFAULT, QUICK, Plan
from benchmarks.report import as_json, goal_table, machine_facts, result_table, scenario_table
from benchmarks.watches import measure_watches
from benchmarks.worker import BenchmarkError
from workflow_control.dev.embedded_postgres import EmbeddedPostgres

PARTS: Final = ("calls", "watches", "bulk")

console = Console(width=None if sys.stdout.isatty() else 140)


def main() -> int:
    """Return the exit code: a goal that is missed does not fail the run, a contender that fails does."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", choices=PARTS, nargs="?", help="what to measure, if not everything")
    parser.add_argument("--quick", action="store_true", help="a run of seconds, whose figures say little")
    parser.add_argument("--load", choices=get_args(Choice), default="auto", help="who calls the servers")
    parser.add_argument("--output", type=Path, default=Path("build"), help="folder of the figures and the picture")
    arguments = parser.parse_args()
    try:
        run(QUICK if arguments.quick else DEFAULT, arguments.load, arguments.output, arguments.part)
    except BenchmarkError as error:
        console.print(f"[red]{error}[/]", highlight=False)
        return 1
    return 0


def run(plan: Plan, load: Choice, output: Path, part: str | None) -> None:
    """Measure that part, or all of them one after the other, and report."""
    parts = PARTS if part is None else (part,)
    results: Sequence[Result] = ()
    scenarios: list[Scenario] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=_made(output), prefix="bench-")))
        console.print("Starting Postgres ...")
        generator = stack.enter_context(running_load_generator(load, folder / "load.log"))
        postgres = stack.enter_context(running_postgres(folder))
        if "calls" in parts:
            results = measure_calls(postgres, plan, generator, folder)
        if "watches" in parts:
            console.print(f"Opening {plan.watches.calls:,} calls that wait or watch ...")
            scenarios.append(measure_watches(postgres, plan.watches, folder))
        if "bulk" in parts:
            console.print(f"Cancelling {plan.bulk.workflows:,} workflows in bulk ...")
            scenarios.append(measure_bulk(postgres, plan.bulk, generator, folder))
        facts = machine_facts(server_version(postgres.url()), generator.description)
    reached: list[Goal] = [*(goals(results) if results else ()), *(goal for each in scenarios for goal in each.goals)]
    if results:
        console.print(result_table(results, facts, plan))
    console.print(*(scenario_table(each) for each in scenarios), goal_table(reached))
    stem = "bench" if part is None else f"bench-{part}"
    content = json.dumps(as_json(results, scenarios, reached, facts, plan), indent=2)
    (output / f"{stem}.json").write_text(content + "\n")
    subtitle = f"Medians of {plan.rounds} rounds, {plan.table_rows:,} workflows, {facts['cores']} cores for everything"
    (output / f"{stem}.svg").write_text(draw(results, scenarios, reached, subtitle))
    console.print(f"Written: {output / stem}.json and {output / stem}.svg")


def measure_calls(postgres: EmbeddedPostgres, plan: Plan, generator: LoadGenerator, folder: Path) -> Sequence[Result]:
    """Measure all contenders, round by round."""
    with ExitStack() as stack:
        url = create_database(postgres, "calls")
        console.print("Starting the servers and the peers ...")
        contenders = start_contenders(stack, plan, generator, url, folder)
        console.print(f"Filling the table with {plan.table_rows:,} workflows ...")
        seed(url, _workflows(contenders, plan), plan.table_rows)
        return measure(contenders, plan, url)


def measure(contenders: Sequence[Contender], plan: Plan, url: str) -> Sequence[Result]:
    """Let the contenders take turns, so that a slow minute of the machine falls on all of them."""
    samples: dict[str, list[Sample]] = {contender.name: [] for contender in contenders}
    turns = [(number, contender) for number in range(plan.rounds + 1) for contender in contenders]
    for number, contender in track(turns, description="Measuring", console=console):
        sample = contender.sample(number, plan)
        if contender.effect != "none":
            prefix, per_key = contender.prefix(number), contender.calls_per_key
            verify(url, contender.effect, prefix, sample.calls, contender.keys, per_key)
        if number:
            samples[contender.name].append(sample)
    results = [Result(c.name, c.label, c.kind, c.in_flight, samples[c.name]) for c in contenders]
    return sorted(results, key=lambda result: KINDS.index(result.kind))


def _workflows(contenders: Sequence[Contender], plan: Plan) -> dict[str, int]:
    """Return how many workflows each contender cancels in each round, by the prefix of their ids."""
    return {
        contender.prefix(number): contender.calls_in(number, plan)
        for number in range(plan.rounds + 1)
        for contender in contenders
        if contender.effect == "cancel"
    }


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())

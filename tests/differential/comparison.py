"""Runs the cases on both sides, each on its own copy of the same rows, and collects what differs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import psycopg

from tests.differential.actions import Action, Answer, Fork, OpenSide
from tests.differential.case import Case
from tests.differential.cases import BYSTANDERS
from tests.differential.seeds import Rows, insert
from tests.differential.table_diff import (
    Difference,
    Snapshot,
    Window,
    compare,
    read_clock_ms,
    read_snapshot,
)
from tests.fixtures.dbos_releases import DbosRelease


@dataclass(frozen=True, slots=True)
class Run:
    """What one side answered, by case, and what it left."""

    answers: Mapping[str, Answer]
    snapshot: Snapshot
    time: Window


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences by case; those that belong to none are under ""."""

    by_case: Mapping[str, Sequence[Difference]]

    def of(self, case: str) -> Sequence[Difference]:
        return self.by_case.get(case, ())


Twins = Callable[[DbosRelease, Sequence[Case]], AbstractContextManager[tuple[str, str]]]
"""Creates two databases of a release's schema, ours and theirs, with the rows of the same cases."""

CompareWithOurs = Callable[[DbosRelease], Comparison]


def seed(database_url: str, cases: Iterable[Case]) -> None:
    """Inserts the rows of all the cases, and some that belong to none."""
    rows = Rows()
    rows.extend(BYSTANDERS)
    for case in cases:
        rows.extend(case.rows)
    with psycopg.connect(database_url) as connection:
        insert(connection, rows)


def take_snapshot(database_url: str) -> Snapshot:
    with psycopg.connect(database_url) as connection:
        return read_snapshot(connection)


def compare_sides(
    urls: tuple[str, str], release: DbosRelease, cases: Sequence[Case], *, open_ours: OpenSide, open_theirs: OpenSide
) -> Comparison:
    """Takes the actions of the cases, by our side on the first database and by theirs on the second, its twin."""
    our_url, their_url = urls
    before = take_snapshot(our_url)
    assert before == take_snapshot(their_url), "twins must start equal"
    ours = run_cases(our_url, open_ours, {case.name: [case.action] for case in cases})
    theirs = run_cases(their_url, open_theirs, {case.name: case.their_actions(release) for case in cases})
    return compare_runs(before, ours, theirs)


def run_cases(
    database_url: str,
    open_side: OpenSide,
    actions: Mapping[str, Sequence[Action]],
) -> Run:
    """Takes each case's actions in turn; its answer is the last one's."""
    answers: dict[str, Answer] = {}
    with psycopg.connect(database_url, autocommit=True) as connection:
        with open_side(database_url) as side:
            start_ms = read_clock_ms(connection)
            for case, case_actions in actions.items():
                for action in case_actions:
                    answers[case] = side.act(action)
            end_ms = read_clock_ms(connection)
        snapshot = read_snapshot(connection).rename(_generated_ids(actions, answers))
    return Run(answers, snapshot, Window(start_ms, end_ms))


def compare_runs(before: Snapshot, ours: Run, theirs: Run) -> Comparison:
    """Returns the differences in answers and rows between two runs of the same cases."""
    differences = compare(before, ours.snapshot, theirs.snapshot, our_time=ours.time, their_time=theirs.time)
    differences.extend(_compare_answers(ours.answers, theirs.answers))
    by_case: dict[str, list[Difference]] = {}
    for difference in differences:
        group = difference.group if difference.group in ours.answers else ""
        by_case.setdefault(group, []).append(difference)
    return Comparison(by_case)


def _generated_ids(actions: Mapping[str, Sequence[Action]], answers: Mapping[str, Answer]) -> dict[str, str]:
    """Returns one name for the ids that each side made up for the same fork."""
    return {
        new_id: f"{case}/fork"
        for case, (*_, action) in actions.items()
        if isinstance(action, Fork) and action.new_workflow_id is None
        if (new_id := answers[case].new_workflow_id) is not None
    }


def _compare_answers(ours: Mapping[str, Answer], theirs: Mapping[str, Answer]) -> Iterable[Difference]:
    for case in ours:
        if ours[case].refusal != theirs[case].refusal:
            yield Difference(
                table="answer",
                key=(case,),
                column="refusal",
                past=None,
                ours=ours[case].refusal,
                theirs=theirs[case].refusal,
            )

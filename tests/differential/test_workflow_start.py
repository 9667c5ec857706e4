"""StartWorkflow and StartWorkflows leave the rows that DBOS's own client leaves."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import cast

import grpc
import psycopg
import pytest
from google.protobuf import json_format
from google.protobuf.duration_pb2 import Duration
from google.protobuf.struct_pb2 import Struct, Value

from tests.differential import start_cases
from tests.differential.ours import serve_ours
from tests.differential.release_process import ReleaseError, ReleaseProcess
from tests.differential.start_cases import ATTRIBUTES, PORTABLE, Start, StartCase, cases_of
from tests.differential.table_diff import Difference, Snapshot, Window, compare, describe, read_clock_ms, read_snapshot
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from tests.fixtures.rpc_errors import read_refusal
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub
from workflowcontrol.v1.workflow_start_pb2 import (
    DUPLICATE_POLICY_RETURN_EXISTING,
    Debounce,
    NewWorkflow,
    StartWorkflowRequest,
    StartWorkflowsRequest,
)

CASES = start_cases.CASES

DEDUPLICATED = "deduplicated"
Answers = Mapping[str, Sequence[str]]
"""By case, the id that each start answered, or DEDUPLICATED."""

_CALL_TIMEOUT_S = 10.0
_RELATIVE_TIMES = ("delay_until_epoch_ms", "debounce_deadline_epoch_ms")
_ROUNDING_MS = 5_000
"""Times that are reckoned from now are compared as roughly as the clocks of both sides may differ."""

CompareStarts = Callable[[DbosRelease], tuple[Sequence[Difference], Answers, Answers]]


@pytest.fixture(scope="module")
def compare_starts(
    databases: Databases, dbos_template: DbosTemplate, release_process: ReleaseProcesses
) -> CompareStarts:
    """Has our server and a release's client start the same workflows on twin databases; once for a release."""

    @functools.cache
    def compare_with(release: DbosRelease) -> tuple[Sequence[Difference], Answers, Answers]:
        cases = cases_of(release)
        our_url, their_url = (databases.create(dbos_template(release)) for _ in range(2))
        try:
            before, _ = _read(our_url)
            our_answers, ours, our_time = _run(our_url, lambda: _start_ours(our_url, cases))
            their_answers, theirs, their_time = _run(
                their_url, lambda: _start_theirs(their_url, cases, release, release_process(release))
            )
        finally:
            databases.drop(our_url)
            databases.drop(their_url)
        return compare(before, ours, theirs, our_time=our_time, their_time=their_time), our_answers, their_answers

    return compare_with


def test_start(dbos_release: DbosRelease, case: StartCase, compare_starts: CompareStarts) -> None:
    differences, ours, theirs = compare_starts(dbos_release)

    assert ours[case.name] == theirs[case.name]
    found = [difference for difference in differences if difference.group == case.name]
    unexplained = [difference for difference in found if not _is_json_null(difference)]
    assert not unexplained, describe(unexplained)
    # The one known difference must show, or it is out of date.
    given_attributes = any("attributes" in start.fields for start in case.starts)
    assert bool(found) == (dbos_release >= ATTRIBUTES and not given_attributes)


def test_nothing_else_differs(dbos_release: DbosRelease, compare_starts: CompareStarts) -> None:
    differences, _, _ = compare_starts(dbos_release)
    names = {case.name for case in cases_of(dbos_release)}
    beside = [difference for difference in differences if difference.group not in names]
    assert not beside, describe(beside)


def _is_json_null(difference: Difference) -> bool:
    """DBOS's Python client writes the JSON null where there are no attributes, by which the row enters their index."""
    return difference.is_in("workflow_status", "attributes") and difference.ours is None and difference.theirs == "null"


def _run(database_url: str, start: Callable[[], Answers]) -> tuple[Answers, Snapshot, Window]:
    _, start_ms = _read(database_url)
    answers = start()
    snapshot, end_ms = _read(database_url)
    return answers, snapshot, Window(start_ms, end_ms)


def _read(database_url: str) -> tuple[Snapshot, int]:
    with psycopg.connect(database_url) as connection:
        snapshot = read_snapshot(connection)
        masked = {
            table: {key: {column: _mask(row, column) for column in row} for key, row in rows.items()}
            for table, rows in snapshot.tables.items()
        }
        return Snapshot(masked), read_clock_ms(connection)


def _mask(row: Mapping[str, str | None], column: str) -> str | None:
    value = row[column]
    if value is None:
        return None
    if column == "creator_xid":
        return "<somebody>"
    if column in _RELATIVE_TIMES:
        after_ms = int(value) - int(row["updated_at"] or 0)
        if abs(after_ms) < 10 * 60 * 1000:
            return f"<{round(after_ms / _ROUNDING_MS) * _ROUNDING_MS} ms from now>"
    return value


def _start_ours(database_url: str, cases: Iterable[StartCase]) -> Answers:
    keys = (f"differential-{number}" for number in count(1))

    def start(stub: WorkflowControlStub, each: Start) -> str:
        request = StartWorkflowRequest(request_key=next(keys), workflow=_new_workflow(each))
        try:
            return stub.StartWorkflow(request, timeout=_CALL_TIMEOUT_S).workflow.workflow_id
        except grpc.RpcError as error:
            # The error that a call raises is the call itself.
            refusal = read_refusal(cast("grpc.Call", error))
            if refusal is None or refusal.reason != "DEDUPLICATED":
                raise
            return DEDUPLICATED

    def start_all(stub: WorkflowControlStub, case: StartCase) -> list[str]:
        if not case.at_once:
            return [start(stub, each) for each in case.starts]
        request = StartWorkflowsRequest(request_key=next(keys), workflows=map(_new_workflow, case.starts))
        response = stub.StartWorkflows(request, timeout=_CALL_TIMEOUT_S)
        return [started.workflow_id for started in response.workflows]

    with serve_ours(database_url) as stub:
        return {case.name: start_all(stub, case) for case in cases}


def _new_workflow(start: Start) -> NewWorkflow:
    fields = start.our_fields
    for name in ("timeout", "delay"):
        if name in fields:
            fields[name] = _duration(fields[name])
    if fields.pop("duplication_policy", None) is not None:
        fields["duplicate_policy"] = DUPLICATE_POLICY_RETURN_EXISTING
    if start.debounce is not None:
        key, period, timeout = start.debounce
        debounce = Debounce(key=key, period=_duration(period))
        if timeout is not None:
            debounce.timeout.CopyFrom(_duration(timeout))
        fields["debounce"] = debounce
    args = [Value() for _ in start.args]
    for value, argument in zip(args, start.args, strict=True):
        json_format.Parse(json.dumps(argument), value)
    named_args = json_format.ParseDict(dict(start.named_args), Struct())
    return NewWorkflow(args=args, named_args=named_args, python_native=True, **fields)


def _duration(seconds: float) -> Duration:
    duration = Duration()
    duration.FromMilliseconds(round(seconds * 1000))
    return duration


def _start_theirs(
    database_url: str, cases: Iterable[StartCase], release: DbosRelease, process: ReleaseProcess
) -> Answers:
    def start(each: Start) -> str:
        try:
            answer = process.call(
                "start",
                database_url=database_url,
                options=each.their_options,
                args=list(each.args),
                named_args=dict(each.named_args),
                debounce=each.debounce,
                portable=release >= PORTABLE,
            )
        except ReleaseError as error:
            if error.class_name != "DBOSQueueDeduplicatedError":
                raise
            return DEDUPLICATED
        return str(answer)

    try:
        return {case.name: [start(each) for each in case.starts] for case in cases}
    finally:
        process.call("disconnect", database_url=database_url)

"""Starts: what is in their way, in which order it is looked at, and what they come to."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.domain_rows import NOW_MS, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import DebounceChange, StartChange
from workflow_control.domain.commands import StartWorkflow, StartWorkflows, runs_alone, touched_ids
from workflow_control.domain.decide import Decision, decide
from workflow_control.domain.errors import (
    Deduplicated,
    DefinitiveError,
    QueuePartitionKeyRequired,
    SchemaCapabilityMissing,
    WorkflowExists,
)
from workflow_control.domain.facts import DebouncedHolder, Facts, StartFindings
from workflow_control.domain.new_workflows import Debounce, Name, NameKind, NewWorkflow
from workflow_control.domain.outcomes import StartManyOutcome, StartOutcome, StartResult
from workflow_control.domain.records import INTERNAL_QUEUE, WorkflowRow

ALL = frozenset(Capability)
NEW = NewWorkflow("order-1", "process_order", queue_name="orders")
HELD = NEW._replace(deduplication_id="customer-3")
HOLDER = workflow_row(workflow_id="order-0", queue_name="orders", deduplication_id="customer-3")
FOUND = StartFindings(holders={("orders", "customer-3"): HOLDER})
NOTHING = StartFindings()

TEXTS = st.none() | st.text(min_size=1, max_size=3)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
NEW_WORKFLOWS = st.builds(
    NewWorkflow,
    workflow_id=st.sampled_from(["order-1", "order-2", "order-3"]),
    name=st.text(min_size=1, max_size=3),
    args=st.lists(JSON, max_size=2),
    named_args=st.dictionaries(st.text(), JSON, max_size=2),
    class_name=TEXTS,
    config_name=TEXTS,
    queue_name=st.sampled_from([INTERNAL_QUEUE, "orders"]),
    application_version=TEXTS,
    application_name=TEXTS,
    deduplication_id=st.none() | st.sampled_from(["customer-3", "customer-4"]),
    return_existing=st.booleans(),
    priority=st.integers(0, 2**31 - 1),
    queue_partition_key=TEXTS,
    timeout_ms=st.none() | st.integers(1, 2**40),
    deadline_ms=st.none() | st.integers(0, 2**42),
    delay_ms=st.none() | st.integers(0, 2**40),
    delay_until_ms=st.none(),
    debounce=st.none(),
    authenticated_user=TEXTS,
    assumed_role=TEXTS,
    authenticated_roles=st.lists(st.text(min_size=1, max_size=3), max_size=2),
    attributes=st.none() | st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
    python_native=st.booleans(),
)
ROWS = st.none() | st.just(workflow_row(workflow_id="order-1"))
FINDINGS = st.builds(
    StartFindings,
    taken_ids=st.frozensets(st.sampled_from(["order-2", "order-9"])),
    holders=st.sampled_from([{}, FOUND.holders]),
    partitioned_queues=st.frozensets(st.just("orders")),
    unknown_names=st.frozensets(st.just(Name(NameKind.QUEUE, "orders"))),
)


def facts(findings: StartFindings = NOTHING, *, row: WorkflowRow | None = None) -> Facts:
    return Facts(row, NOW_MS, ALL, findings)


def start(new: NewWorkflow, findings: StartFindings = NOTHING, *, row: WorkflowRow | None = None) -> Decision:
    return decide(StartWorkflow(new), facts(findings, row=row))


def started(decision: Decision) -> StartOutcome:
    assert isinstance(decision.outcome, StartOutcome)
    return decision.outcome


@given(NEW_WORKFLOWS, ROWS, FINDINGS)
def test_what_is_answered_is_what_is_written(
    new: NewWorkflow, row: WorkflowRow | None, findings: StartFindings
) -> None:
    decision = start(new, findings, row=row)
    match decision.outcome, decision.change:
        case StartOutcome(workflow, StartResult.STARTED), StartChange((written,)):
            assert written.row == workflow
            assert row is None
            assert workflow.status == ("ENQUEUED" if new.delay_ms is None else "DELAYED")
            assert json.loads(written.arguments.text) == {"namedArgs": new.named_args, "positionalArgs": new.args}
        case StartOutcome(workflow, StartResult.EXISTING), None:
            assert workflow == HOLDER
            assert new.return_existing
        case DefinitiveError(), None:
            pass
        case _:
            raise AssertionError(decision)


@given(st.lists(NEW_WORKFLOWS, min_size=1, max_size=4, unique_by=lambda new: new.workflow_id), FINDINGS)
def test_many_are_all_or_none_and_as_if_one_by_one(news: list[NewWorkflow], findings: StartFindings) -> None:
    decision = decide(StartWorkflows(news), facts(findings))
    holders = dict(findings.holders)
    alone: list[StartOutcome] = []
    for index, new in enumerate(news):
        taken = workflow_row(workflow_id=new.workflow_id) if new.workflow_id in findings.taken_ids else None
        one = start(new, replace(findings, holders=holders), row=taken)
        if isinstance(one.outcome, DefinitiveError):
            assert type(decision.outcome) is type(one.outcome)
            assert isinstance(decision.outcome, DefinitiveError)
            assert decision.outcome.metadata == {**one.outcome.metadata, "index": str(index)}
            assert decision.change is None
            return
        alone.append(started(one))
        if new.deduplication_id is not None:
            holders[new.queue_name, new.deduplication_id] = alone[-1].workflow
    assert isinstance(decision.outcome, StartManyOutcome)
    assert [each.result for each in decision.outcome.starts] == [each.result for each in alone]
    assert [each.unknown_names for each in decision.outcome.starts] == [each.unknown_names for each in alone]
    rows = decision.change.rows if isinstance(decision.change, StartChange) else ()
    assert [each.row for each in rows] == [
        each.workflow for each in decision.outcome.starts if each.result is StartResult.STARTED
    ]
    for queue in {(each.row.queue_name, each.row.queue_partition_key) for each in rows}:
        times = [each.row.created_at for each in rows if (each.row.queue_name, each.row.queue_partition_key) == queue]
        assert times == list(range(NOW_MS, NOW_MS + len(times)))


def test_what_is_in_the_way_is_told_in_a_fixed_order() -> None:
    taken = workflow_row(workflow_id="order-1")
    everything = replace(FOUND, partitioned_queues=frozenset({"orders"}))
    assert isinstance(start(HELD, everything, row=taken).outcome, WorkflowExists)
    assert isinstance(start(HELD, everything).outcome, QueuePartitionKeyRequired)
    assert isinstance(start(HELD._replace(queue_partition_key="a"), everything).outcome, Deduplicated)


@pytest.mark.parametrize(
    ("new", "capability"),
    [
        (NEW, Capability.SERIALIZATION),
        (NEW._replace(application_name="shop"), Capability.APPLICATION_NAME),
        (NEW._replace(attributes={}), Capability.ATTRIBUTES),
        (NEW._replace(delay_ms=0), Capability.DELAY),
        (NEW._replace(delay_until_ms=0), Capability.DELAY),
        (NEW._replace(debounce=Debounce("a", 1)), Capability.DEBOUNCE),
    ],
)
def test_what_the_schema_lacks_is_refused_and_nothing_kept(new: NewWorkflow, capability: Capability) -> None:
    for command in (StartWorkflow(new), StartWorkflows([new])):
        with pytest.raises(SchemaCapabilityMissing) as caught:
            decide(command, Facts(None, NOW_MS, ALL - {capability}, NOTHING))
        assert caught.value.metadata["capability"] == capability.label


def test_a_pickle_is_written_only_where_nothing_else_can_be() -> None:
    native = StartWorkflow(NEW._replace(python_native=True))
    for capabilities, serialization in ((ALL, "portable_json"), (ALL - {Capability.SERIALIZATION}, None)):
        change = decide(native, Facts(None, NOW_MS, capabilities, NOTHING)).change
        assert isinstance(change, StartChange)
        assert change.rows[0].arguments.serialization == serialization


def test_a_delay_that_is_over_is_now() -> None:
    assert started(start(NEW._replace(delay_until_ms=NOW_MS - 1))).workflow.delay_until == NOW_MS
    assert started(start(NEW._replace(delay_until_ms=NOW_MS + 1))).workflow.delay_until == NOW_MS + 1


def test_a_name_is_warned_of_only_where_it_matters() -> None:
    names = frozenset(
        {Name(NameKind.QUEUE, "orders"), Name(NameKind.WORKFLOW, "else"), Name(NameKind.APPLICATION, "a")}
    )
    findings = replace(NOTHING, unknown_names=names)
    assert started(start(NEW, findings)).unknown_names == [Name(NameKind.QUEUE, "orders")]
    internal = NEW._replace(queue_name=INTERNAL_QUEUE)
    assert [name.kind for name in internal.names] == [NameKind.WORKFLOW]


DEBOUNCED = NEW._replace(debounce=Debounce("key", 100, 1000))
WAITING = HOLDER._replace(status="DELAYED", name="process_order", deduplication_id="process_order-key")


def bounce(holder: DebouncedHolder, new: NewWorkflow = DEBOUNCED) -> Decision:
    return start(new, replace(NOTHING, debounced_holder=holder))


def test_the_first_call_holds_the_key() -> None:
    decision = start(DEBOUNCED)
    row = started(decision).workflow
    assert (row.status, row.deduplication_id, row.delay_until) == ("DELAYED", "process_order-key", NOW_MS + 100)
    assert isinstance(decision.change, StartChange)
    assert decision.change.rows[0].is_debounced
    assert decision.change.rows[0].debounce_deadline == NOW_MS + 1000


@pytest.mark.parametrize(("deadline", "expected"), [(None, NOW_MS + 100), (NOW_MS + 50, NOW_MS + 50)])
def test_a_call_bounces_what_waits(deadline: int | None, expected: int) -> None:
    decision = bounce(DebouncedHolder(WAITING, True, deadline))
    assert started(decision).result is StartResult.DEBOUNCED
    assert started(decision).workflow == WAITING._replace(delay_until=expected, updated_at=NOW_MS)
    assert isinstance(decision.change, DebounceChange)
    assert decision.change.row == started(decision).workflow


@pytest.mark.parametrize(
    "holder",
    [
        DebouncedHolder(WAITING, False, None),
        DebouncedHolder(WAITING._replace(status="ENQUEUED"), True, None),
        DebouncedHolder(WAITING._replace(name="process"), True, None),
        DebouncedHolder(WAITING._replace(application_name="office"), True, None),
    ],
)
def test_what_is_not_the_calls_own_is_not_bounced(holder: DebouncedHolder) -> None:
    decision = bounce(holder, DEBOUNCED._replace(application_name="shop"))
    assert isinstance(decision.outcome, Deduplicated)
    assert decision.change is None


def test_an_application_claims_what_none_has() -> None:
    shop = DEBOUNCED._replace(application_name="shop")
    assert started(bounce(DebouncedHolder(WAITING, True, None), shop)).workflow.application_name == "shop"


def test_starts_that_might_meet_never_share_a_batch() -> None:
    first, second = (StartWorkflow(HELD._replace(workflow_id=each)) for each in ("order-1", "order-2"))
    assert set(touched_ids(first)) & set(touched_ids(second))
    elsewhere = StartWorkflow(HELD._replace(workflow_id="order-3", queue_name="other"))
    assert not set(touched_ids(first)) & set(touched_ids(elsewhere))
    many = StartWorkflows([HELD, NEW._replace(workflow_id="order-2")])
    assert {"order-1", "order-2"} < set(touched_ids(many))
    assert [runs_alone(command) for command in (first, StartWorkflow(DEBOUNCED), many)] == [False, True, True]

"""What is read from requests, and the ids that derive from their keys."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from workflow_control.domain.commands import (
    ForkStart,
    ForkWorkflow,
    FromLastFailure,
    FromLastStep,
    FromStep,
    FromStepName,
    ResumeWorkflow,
)
from workflow_control.domain.queries import MillisecondRange, WorkflowFilter
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflow_control.rpc.convert_queries import read_filter
from workflow_control.rpc.convert_requests import read_fork_workflow, read_mutation_fields, read_resume_workflow
from workflow_control.rpc.field_checks import FieldChecks
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1 import workflow_control_pb2 as messages

WEEK = timedelta(days=7)


def read_fork(**fields: object) -> ForkWorkflow:
    """Return the command of a fork."""
    checks = FieldChecks()
    request = messages.ForkWorkflowRequest(request_key="fork-7", workflow_id="order-7", **fields)  # type: ignore[arg-type]  # By name.
    command = read_fork_workflow(checks, request, "default")
    checks.raise_any()
    return command


class TestForks:
    """The requests with the most fields."""

    def test_defaults(self) -> None:
        assert read_fork() == ForkWorkflow("order-7", derive_workflow_id("default", "fork-7"), FromStep(0))

    def test_every_field(self) -> None:
        command = read_fork(
            new_workflow_id="order-7-again",
            application_version="v2",
            queue_name="slow",
            queue_partition_key="eu",
            timeout=Duration(seconds=1, nanos=5_000_000),
            from_step_name="pack",
            replacement_children={"a": "b"},
        )
        assert command == ForkWorkflow(
            workflow_id="order-7",
            new_workflow_id="order-7-again",
            start=FromStepName("pack"),
            application_version="v2",
            queue_name="slow",
            queue_partition_key="eu",
            timeout_ms=1005,
            replacement_children={"a": "b"},
        )

    @pytest.mark.parametrize(
        ("fields", "start"),
        [
            ({}, FromStep(0)),
            ({"start_step": 0}, FromStep(0)),
            ({"start_step": 2**31 - 1}, FromStep(2**31 - 1)),
            ({"from_last_failure": True}, FromLastFailure()),
            ({"from_last_step": True}, FromLastStep()),
            ({"from_step_name": "pack"}, FromStepName("pack")),
        ],
    )
    def test_starts(self, fields: dict[str, object], start: ForkStart) -> None:
        assert read_fork(**fields).start == start

    def test_the_latest_version(self) -> None:
        assert read_fork(use_latest_version=True).use_latest_version


def test_resume_reads_its_queue() -> None:
    checks = FieldChecks()
    request = messages.ResumeWorkflowRequest(workflow_id="order-7", queue_name="slow")
    assert read_resume_workflow(checks, request, "default") == ResumeWorkflow("order-7", "slow")
    request.queue_name = ""
    assert read_resume_workflow(checks, request, "default") == ResumeWorkflow("order-7", None)
    checks.raise_any()


@pytest.mark.parametrize("key", ["a", "k" * 200, "é" * 100, "order 7/cancel:1", "ключ"])
def test_printable_keys_are_fine(key: str) -> None:
    checks = FieldChecks()
    fields = read_mutation_fields(checks, messages.CancelWorkflowRequest(request_key=key), WEEK)
    checks.raise_any()
    assert (fields.request_key, fields.ttl) == (key, WEEK)


@pytest.mark.parametrize("name", ["a", "x" * 255, "é" * 127, "line\nfeed", " leading", "%_\\", "🎉"])
def test_names_may_be_odd(name: str) -> None:
    """DBOS takes any text for an id, so those that exist must be within reach."""
    checks = FieldChecks()
    checks.name("workflow_id", name)
    checks.raise_any()


class TestDerivedIds:
    """The ids of forks whose caller names none."""

    def test_they_are_uuids_and_stay_the_same(self) -> None:
        """Not to be changed: after an upgrade a repeat would create a second workflow."""
        derived = derive_workflow_id("default", "fork-7")
        assert uuid.UUID(derived).version == 5
        assert derived == "a182e1e8-0ed9-58fc-9ad8-6500aa3b9cfe"

    @given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
    def test_scope_and_key_make_them(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        assert (derive_workflow_id(*one) == derive_workflow_id(*other)) == (one == other)

    def test_scope_and_key_cannot_run_into_each_other(self) -> None:
        assert derive_workflow_id("a", "b/c") != derive_workflow_id("a/b", "c")
        assert derive_workflow_id('a","b', "c") != derive_workflow_id("a", 'b","c')


def test_filters_are_read_whole() -> None:
    message = types.WorkflowFilter(
        states=[types.WORKFLOW_STATE_PENDING, types.WORKFLOW_STATE_MAX_RECOVERY_ATTEMPTS_EXCEEDED],
        has_parent=False,
        is_fork=True,
        queued_only=True,
        created=types.TimeRange(start=Timestamp(seconds=1)),
        started=types.TimeRange(),
    )
    message.attributes.update({"tier": "gold", "size": 3, "ratio": 0.5, "tags": ["a", None, {"b": True}]})
    names = [field.name for field in message.DESCRIPTOR.fields if field.is_repeated and field.name != "states"]
    for name in names:
        getattr(message, name).extend([name, "other"])
    checks = FieldChecks()
    read = read_filter(checks, message)
    checks.raise_any()
    assert read == WorkflowFilter(
        **{name: (name, "other") for name in names},  # type: ignore[arg-type]  # By name.
        statuses=("PENDING", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"),
        has_parent=False,
        is_fork=True,
        was_forked_from=None,
        queued_only=True,
        attributes={"tier": "gold", "size": 3, "ratio": 0.5, "tags": ["a", None, {"b": True}]},
        created=MillisecondRange(1000, None),
    )
    assert isinstance(read.attributes, dict)
    assert isinstance(read.attributes["size"], int)


def test_an_empty_filter_has_no_conditions() -> None:
    message = types.WorkflowFilter(created=types.TimeRange(), started=types.TimeRange(), completed=types.TimeRange())
    message.attributes.SetInParent()
    assert read_filter(FieldChecks(), message) == WorkflowFilter()

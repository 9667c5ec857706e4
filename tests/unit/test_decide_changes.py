"""What becomes of restarts, rewinds, deletions and adjustments, state by state."""

from __future__ import annotations

import pytest

from tests.fixtures.domain_rows import NOW_MS, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import (
    AttributesChange,
    DelayChange,
    DeleteChange,
    ForkApplied,
    ForkChange,
    PriorityChange,
    RewindApplied,
    RewindChange,
)
from workflow_control.domain.commands import (
    Command,
    DeleteWorkflow,
    ForkWorkflow,
    RestartWorkflow,
    RewindWorkflow,
    SetWorkflowDelay,
    SetWorkflowPriority,
    UpdateWorkflowAttributes,
    runs_alone,
    touched_ids,
)
from workflow_control.domain.decide import Decision, conclude, decide
from workflow_control.domain.errors import (
    DefinitiveError,
    SchemaCapabilityMissing,
    WorkflowExists,
    WorkflowNotDelayed,
    WorkflowNotFound,
    WorkflowNotQueued,
    WorkflowNotTerminal,
    restore_definitive_error,
)
from workflow_control.domain.facts import CascadeFindings, Descendant, Facts, Findings
from workflow_control.domain.outcomes import (
    AttributesOutcome,
    DelayOutcome,
    DeleteOutcome,
    DeleteResult,
    ForkOutcome,
    PriorityOutcome,
    RestartOutcome,
    RewindOutcome,
)
from workflow_control.domain.records import WorkflowRow

NEWEST = frozenset(Capability)
TERMINAL = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
NOT_TERMINAL = ("PENDING", "ENQUEUED", "DELAYED", "A_STATE_OF_TOMORROW", "success", "", None)


def facts(row: WorkflowRow | None, findings: Findings = None) -> Facts:
    return Facts(row, NOW_MS, NEWEST, findings)


COMMANDS: tuple[Command, ...] = (
    RestartWorkflow("workflow-1", "fork-1"),
    RewindWorkflow("workflow-1"),
    DeleteWorkflow("workflow-1"),
    SetWorkflowDelay("workflow-1"),
    SetWorkflowPriority("workflow-1", 1),
    UpdateWorkflowAttributes("workflow-1", None),
)
every_command = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)


@every_command
def test_of_nobody(command: Command) -> None:
    decision = decide(command, facts(None))
    assert isinstance(decision.outcome, WorkflowNotFound)
    assert decision.outcome.metadata == {"workflow_id": "workflow-1"}
    assert decision.change is None


@pytest.mark.parametrize(
    ("command", "capability"),
    [
        (RewindWorkflow("workflow-1"), Capability.REWIND),
        (SetWorkflowDelay("workflow-1"), Capability.DELAY),
        (UpdateWorkflowAttributes("workflow-1", None), Capability.ATTRIBUTES),
    ],
)
@pytest.mark.parametrize("row", [None, workflow_row(status="SUCCESS")], ids=["missing", "there"])
def test_a_schema_that_cannot(command: Command, capability: Capability, row: WorkflowRow | None) -> None:
    with pytest.raises(SchemaCapabilityMissing) as caught:
        decide(command, Facts(row, NOW_MS, NEWEST - {capability}))
    assert caught.value.metadata == {"capability": capability.label, "first_release": capability.first_release}


@pytest.mark.parametrize("status", [*TERMINAL, *NOT_TERMINAL])
def test_restart_is_a_fork_from_the_beginning(status: str | None) -> None:
    source = workflow_row(status=status)
    restart = RestartWorkflow("workflow-1", "fork-1", application_version="version-2", queue_name="express")
    fork = ForkWorkflow("workflow-1", "fork-1", application_version="version-2", queue_name="express")
    decision, forked = decide(restart, facts(source)), decide(fork, facts(source))

    assert isinstance(forked.outcome, ForkOutcome)
    assert decision.outcome == RestartOutcome(forked.outcome.workflow, "workflow-1")
    assert decision.change == forked.change == ForkChange("workflow-1", forked.outcome.workflow, 0)


def test_restart_to_an_id_that_is_taken() -> None:
    decision = decide(RestartWorkflow("workflow-1", "taken"), facts(workflow_row()))
    assert conclude(decision, ForkApplied(inserted=True)) == decision
    refused = conclude(decision, ForkApplied(inserted=False))
    assert isinstance(refused.outcome, WorkflowExists)
    assert refused.outcome.metadata == {"workflow_id": "taken"}
    assert refused.change is None


@pytest.mark.parametrize("status", TERMINAL)
def test_rewind(status: str) -> None:
    decision = decide(RewindWorkflow("workflow-1", 3), facts(workflow_row(status=status)))
    # The timeout, priority, delay, executor and, unless asked for, the version stay; the partition does not.
    row = workflow_row(
        status="ENQUEUED",
        queue_name="_dbos_internal_queue",
        queue_partition_key=None,
        deduplication_id=None,
        recovery_attempts=0,
        started_at=None,
        updated_at=NOW_MS,
        completed_at=None,
        deadline=None,
    )
    assert decision == Decision(RewindOutcome(row, status, 3, 0, 0), RewindChange(row, 3))
    concluded = conclude(decision, RewindApplied(deleted_step_count=2, deleted_message_count=5))
    assert concluded == Decision(RewindOutcome(row, status, 3, 2, 5), RewindChange(row, 3))


def test_rewind_with_options() -> None:
    command = RewindWorkflow("workflow-1", 1, "version-2", "express", "partition-2")
    outcome = decide(command, facts(workflow_row(status="ERROR"))).outcome
    assert isinstance(outcome, RewindOutcome)
    row = outcome.workflow
    assert (row.application_version, row.queue_name, row.queue_partition_key) == ("version-2", "express", "partition-2")


@pytest.mark.parametrize(
    "command", [RewindWorkflow("workflow-1"), DeleteWorkflow("workflow-1")], ids=["rewind", "delete"]
)
@pytest.mark.parametrize("status", NOT_TERMINAL)
def test_only_what_is_terminal(command: Command, status: str | None) -> None:
    decision = decide(command, facts(workflow_row(status=status)))
    assert isinstance(decision.outcome, WorkflowNotTerminal)
    assert decision.outcome.metadata == {"workflow_id": "workflow-1", "state": status or ""}
    assert decision.change is None


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("status", [*TERMINAL, *NOT_TERMINAL])
def test_delete(status: str | None, force: bool) -> None:
    row = workflow_row(status=status)
    decision = decide(DeleteWorkflow("workflow-1", force=force), facts(row))
    if force or status in TERMINAL:
        assert decision == Decision(DeleteOutcome(row, DeleteResult.DELETED), DeleteChange(("workflow-1",)))
    else:
        assert isinstance(decision.outcome, WorkflowNotTerminal)


def test_delete_of_nobody_that_may_be_missing() -> None:
    decision = decide(DeleteWorkflow("nobody", allow_missing=True), facts(None))
    assert decision == Decision(DeleteOutcome(None, DeleteResult.MISSING))


DESCENDANTS = [Descendant("child-1", "SUCCESS"), Descendant("child-2", "PENDING"), Descendant("child-3", "ENQUEUED")]


def test_a_deletion_takes_all_or_nothing() -> None:
    row = workflow_row(status="SUCCESS")
    tree = facts(row, CascadeFindings(DESCENDANTS))
    refused = decide(DeleteWorkflow("workflow-1", cascade=True), tree)
    assert isinstance(refused.outcome, WorkflowNotTerminal)
    assert refused.outcome.metadata == {"workflow_id": "child-2", "state": "PENDING"}
    assert refused.change is None

    ids = ("child-1", "child-2", "child-3")
    assert decide(DeleteWorkflow("workflow-1", cascade=True, force=True), tree) == Decision(
        DeleteOutcome(row, DeleteResult.DELETED, ids), DeleteChange(("workflow-1", *ids))
    )


@pytest.mark.parametrize(
    ("command", "delay_until"),
    [
        (SetWorkflowDelay("workflow-1", 90_000), NOW_MS + 90_000),
        (SetWorkflowDelay("workflow-1", 0), NOW_MS),
        (SetWorkflowDelay("workflow-1", delay_until_ms=NOW_MS + 5), NOW_MS + 5),
        (SetWorkflowDelay("workflow-1", delay_until_ms=NOW_MS - 5), NOW_MS),
        (SetWorkflowDelay("workflow-1", delay_until_ms=-1), NOW_MS),
    ],
)
def test_delay(command: SetWorkflowDelay, delay_until: int) -> None:
    row = workflow_row(status="DELAYED")
    after = workflow_row(status="DELAYED", delay_until=delay_until, updated_at=NOW_MS)
    assert decide(command, facts(row)) == Decision(
        DelayOutcome(after, row.delay_until), DelayChange("workflow-1", delay_until)
    )


@pytest.mark.parametrize("status", ["ENQUEUED", "PENDING", *TERMINAL, "delayed", None])
def test_only_what_is_delayed(status: str | None) -> None:
    decision = decide(SetWorkflowDelay("workflow-1", 1), facts(workflow_row(status=status)))
    assert isinstance(decision.outcome, WorkflowNotDelayed)
    assert decision.outcome.metadata == {"workflow_id": "workflow-1", "state": status or ""}
    assert decision.change is None


@pytest.mark.parametrize("status", ["ENQUEUED", "DELAYED"])
def test_priority(status: str) -> None:
    after = workflow_row(status=status, priority=2, updated_at=NOW_MS)
    assert decide(SetWorkflowPriority("workflow-1", 2), facts(workflow_row(status=status))) == Decision(
        PriorityOutcome(after, 7), PriorityChange("workflow-1", 2)
    )


@pytest.mark.parametrize("status", ["PENDING", *TERMINAL, "enqueued", None])
def test_only_what_waits(status: str | None) -> None:
    decision = decide(SetWorkflowPriority("workflow-1", 2), facts(workflow_row(status=status)))
    assert isinstance(decision.outcome, WorkflowNotQueued)
    assert decision.outcome.metadata == {"workflow_id": "workflow-1", "state": status or ""}
    assert decision.change is None


@pytest.mark.parametrize(
    ("existing", "given", "merge", "expected"),
    [
        ({"a": 1}, {"b": 2}, False, {"b": 2}),
        ({"a": 1}, {}, False, {}),
        ({"a": 1}, None, False, None),
        (None, {"b": 2}, False, {"b": 2}),
        ({"a": 1, "b": {"c": 1}}, {"b": {"d": 2}}, True, {"a": 1, "b": {"d": 2}}),
        ({"a": 1}, {"a": None}, True, {"a": None}),
        ({"a": 1}, {}, True, {"a": 1}),
        (None, {"b": 2}, True, {"b": 2}),
        ([1, 2], {"b": 2}, True, {"b": 2}),
        ("text", {}, True, {}),
    ],
)
@pytest.mark.parametrize("status", [*TERMINAL, *NOT_TERMINAL])
def test_attributes(
    status: str | None, existing: object, given: dict[str, object] | None, merge: bool, expected: object
) -> None:
    command = UpdateWorkflowAttributes("workflow-1", given, merge)
    after = workflow_row(status=status, attributes=expected, updated_at=NOW_MS)
    assert decide(command, facts(workflow_row(status=status, attributes=existing))) == Decision(
        AttributesOutcome(after), AttributesChange("workflow-1", given, merge)
    )


def test_what_a_command_touches() -> None:
    assert touched_ids(RestartWorkflow("workflow-1", "fork-1")) == ("workflow-1", "fork-1")
    for command in COMMANDS[1:]:
        assert touched_ids(command) == ("workflow-1",)
    assert not any(runs_alone(command) for command in COMMANDS)
    assert runs_alone(DeleteWorkflow("workflow-1", cascade=True))


@pytest.mark.parametrize("error_class", [WorkflowNotTerminal, WorkflowNotDelayed, WorkflowNotQueued])
def test_an_error_comes_back_as_it_was_stored(error_class: type[WorkflowNotTerminal]) -> None:
    error: DefinitiveError = error_class("workflow-1", "PENDING")
    restored = restore_definitive_error(error.reason, error.metadata)
    assert type(restored) is error_class
    assert (restored.message, restored.metadata) == (error.message, error.metadata)

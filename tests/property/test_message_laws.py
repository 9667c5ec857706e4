"""Laws of messages, imports and recoveries over all findings and schemas."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.domain_rows import exported_workflow, workflow_row
from tests.property.test_decide_laws import CAPABILITIES, NOW
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import ImportChange, MessagesApplied, RecoverApplied, SendChange
from workflow_control.domain.commands import ImportWorkflow, RecoverExecutor, SendMessages
from workflow_control.domain.decide import conclude, decide
from workflow_control.domain.errors import (
    Deduplicated,
    DefinitiveError,
    InvalidRequest,
    SchemaCapabilityMissing,
    WorkflowExists,
    WorkflowNotFound,
)
from workflow_control.domain.exports import ExportedWorkflow
from workflow_control.domain.facts import Facts, ImportFindings, RecipientFindings
from workflow_control.domain.messages import NewMessage
from workflow_control.domain.outcomes import ImportOutcome, RecoverOutcome, SendOutcome
from workflow_control.domain.payloads import JsonReading, read_payload

IDS = st.sampled_from("abcd")
VALUES = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=2), st.lists, max_leaves=3)
MESSAGES = st.lists(
    st.builds(NewMessage, IDS, VALUES, st.sampled_from(["k", "l"]), st.none() | st.just("topic"), st.booleans()),
    min_size=1,
    max_size=5,
)
SENDS = st.builds(SendMessages, MESSAGES, python_native=st.booleans())
RECIPIENTS = st.dictionaries(IDS, st.sets(IDS)).map(
    lambda found: RecipientFindings({first: (first, *sorted(rest - {first})) for first, rest in found.items()}, 9)
)
SEND_FACTS = st.builds(Facts, st.none(), NOW, CAPABILITIES, RECIPIENTS)

COLUMNS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["SUCCESS", "PENDING", "DELAYED"]),
        "queue_name": st.just("orders"),
        "deduplication_id": st.sampled_from("de"),
        "serialization": st.sampled_from(["portable_json", "py_pickle"]),
        "was_forked_from": st.booleans(),
        "completed_at": st.integers(0, 9),
        "attributes": st.sampled_from(["null", "{}"]),
        "application_name": st.just("shop"),
        "is_debounced": st.booleans(),
    },
)
IMPORTS = st.dictionaries(IDS, COLUMNS, min_size=1).map(
    lambda family: ImportWorkflow([exported_workflow(each, **columns) for each, columns in family.items()])
)
IMPORT_FINDINGS = st.builds(
    ImportFindings,
    st.frozensets(IDS, max_size=1),
    st.dictionaries(st.tuples(st.sampled_from(["orders", ""]), st.just("d")), st.just(workflow_row()), max_size=1),
    st.frozensets(IDS.map("message to {}".format), max_size=1),
)


@given(SENDS, SEND_FACTS)
def test_messages_go_to_all_their_recipients_once_or_to_none(command: SendMessages, facts: Facts) -> None:
    assert isinstance(facts.findings, RecipientFindings)
    if Capability.SERIALIZATION not in facts.capabilities and not command.python_native:
        with pytest.raises(SchemaCapabilityMissing):
            decide(command, facts)
        return
    decision = decide(command, facts)
    recipients = facts.findings.recipients
    missing = [message.destination_id for message in command.messages if message.destination_id not in recipients]
    if missing:
        assert isinstance(decision.outcome, WorkflowNotFound)
        assert decision.outcome.metadata == {"workflow_id": missing[0]}
        assert decision.change is None
        return
    assert isinstance(decision.outcome, SendOutcome)
    assert isinstance(decision.change, SendChange)
    expected = [
        (recipient, f"{message.key}::{recipient}")
        for message in command.messages
        for recipient in (recipients[message.destination_id] if message.include_forks else [message.destination_id])
    ]
    assert [tuple(each.delivery) for each in decision.outcome.messages] == expected
    written = [tuple(delivery) for message in decision.change.messages for delivery in message.deliveries]
    assert written == [tuple(each.delivery) for each in decision.outcome.messages if each.sent]
    assert sorted(written) == sorted(set(expected))


@given(SENDS, SEND_FACTS)
def test_what_is_written_reads_as_what_was_sent(command: SendMessages, facts: Facts) -> None:
    decision = decide(replace(command, python_native=True), facts)
    if not isinstance(decision.change, SendChange):
        return
    for message, stored in zip(command.messages, decision.change.messages, strict=True):
        assert read_payload(stored.serialization, stored.text) == JsonReading(message.value)
        assert (stored.serialization is None) == (Capability.SERIALIZATION not in facts.capabilities)


@given(SENDS, SEND_FACTS, st.data())
def test_what_was_in_an_inbox_before_is_said_and_nothing_else_changes(
    command: SendMessages, facts: Facts, data: st.DataObject
) -> None:
    decision = decide(replace(command, python_native=True), facts)
    if isinstance(decision.outcome, DefinitiveError):
        return
    assert isinstance(decision.outcome, SendOutcome)
    sendable = [each.delivery for each in decision.outcome.messages if each.sent]
    sent = frozenset(data.draw(st.sets(st.sampled_from(sendable))))
    concluded = conclude(decision, MessagesApplied(sent))
    assert isinstance(concluded.outcome, SendOutcome)
    assert concluded.change == decision.change
    for before, after in zip(decision.outcome.messages, concluded.outcome.messages, strict=True):
        assert after == before._replace(sent=before.sent and before.delivery in sent)


def blocked(command: ImportWorkflow, found: ImportFindings) -> bool:
    return any(stands_in_the_way(workflow, found) for workflow in command.workflows)


def stands_in_the_way(workflow: ExportedWorkflow, found: ImportFindings) -> bool:
    status = workflow.workflow_status
    held = status.queue_name or "", status.deduplication_id or ""
    messages = {message.message_uuid for message in workflow.notifications}
    return status.workflow_uuid in found.taken_ids or held in found.holders or bool(messages & found.taken_message_ids)


@given(IMPORTS, IMPORT_FINDINGS, NOW)
def test_an_import_is_written_whole_or_not_at_all(command: ImportWorkflow, found: ImportFindings, now_ms: int) -> None:
    facts = Facts(None, now_ms, frozenset(Capability), found)
    try:
        decision = decide(command, facts)
    except InvalidRequest:
        assert found.taken_message_ids
        assert blocked(command, found)
        return
    if blocked(command, found):
        assert isinstance(decision.outcome, WorkflowExists | Deduplicated)
        assert decision.change is None
    else:
        assert decision.change == ImportChange(command.workflows)
        assert isinstance(decision.outcome, ImportOutcome)
        root, *others = [workflow.workflow_status.workflow_uuid for workflow in command.workflows]
        assert decision.outcome.workflow.workflow_id == root
        assert list(decision.outcome.descendant_ids) == sorted(others)
        assert decision.outcome.step_count == sum(len(w.operation_outputs) for w in command.workflows)


def lacking(command: ImportWorkflow, capabilities: frozenset[Capability]) -> set[str]:
    """Returns the capability for want of which an import is refused, if it is."""
    try:
        decide(command, Facts(None, 0, capabilities))
    except SchemaCapabilityMissing as error:
        return {error.metadata["capability"]}
    return set()


@given(IMPORTS, CAPABILITIES, CAPABILITIES)
def test_a_schema_that_can_more_keeps_no_less(
    command: ImportWorkflow, fewer: frozenset[Capability], others: frozenset[Capability]
) -> None:
    assert not lacking(command, frozenset(Capability))
    assert lacking(command, fewer).isdisjoint(capability.label for capability in fewer)
    if not lacking(command, fewer):
        assert not lacking(command, fewer | others)


@given(NOW, CAPABILITIES, st.lists(IDS, max_size=3).map(tuple), st.integers(0, 9))
def test_a_recovery_can_always_be_and_tells_what_it_did(
    now_ms: int, capabilities: frozenset[Capability], recovered: tuple[str, ...], more: int
) -> None:
    facts = Facts(None, now_ms, capabilities)
    decision = decide(RecoverExecutor(("dead",), "1"), facts)
    concluded = conclude(decision, RecoverApplied(recovered, len(recovered) + more))
    assert concluded.outcome == RecoverOutcome(recovered, len(recovered) + more)
    assert concluded.change == decision.change

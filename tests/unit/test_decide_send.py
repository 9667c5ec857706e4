"""What becomes of messages: to whom they go, in which format, and what is said of them."""

from __future__ import annotations

import base64
import pickle

import pytest

from tests.fixtures.domain_rows import NOW_MS, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import MessagesApplied, SendChange
from workflow_control.domain.commands import SendMessage, SendMessages, runs_alone, touched_ids
from workflow_control.domain.decide import conclude, decide
from workflow_control.domain.errors import InvalidRequest, SchemaCapabilityMissing, WorkflowNotFound
from workflow_control.domain.facts import Facts, RecipientFindings
from workflow_control.domain.limits import SEND_RECIPIENTS_MAX
from workflow_control.domain.messages import Delivery, NewMessage, SentMessage
from workflow_control.domain.outcomes import SendOutcome

ROW = workflow_row()
NEWEST, OLDEST = frozenset(Capability), frozenset[Capability]()
TO_ONE = NewMessage("workflow-1", {"a": [1, None]}, "key")
TO_FORKS = NewMessage("workflow-1", 1, "key", "news", include_forks=True)
FORKS = RecipientFindings({"workflow-1": ("workflow-1", "fork-1", "fork-2")}, 3)


def test_a_message_is_written_once_to_its_destination() -> None:
    decision = decide(SendMessage(TO_ONE), Facts(ROW, NOW_MS, NEWEST))
    delivery = Delivery("workflow-1", "key::workflow-1")
    assert decision.outcome == SendOutcome((SentMessage(delivery, True),))
    assert isinstance(decision.change, SendChange)
    [stored] = decision.change.messages
    assert stored.deliveries == (delivery,)
    assert (stored.topic, stored.text, stored.serialization) == ("__null__topic__", '{"a":[1,null]}', "portable_json")


def test_what_was_there_before_is_said_after_it_was_written() -> None:
    decision = decide(SendMessage(TO_FORKS), Facts(ROW, NOW_MS, NEWEST, FORKS))
    written = conclude(decision, MessagesApplied(frozenset({Delivery("fork-1", "key::fork-1")})))
    assert isinstance(written.outcome, SendOutcome)
    assert [sent for _, sent in written.outcome.messages] == [False, True, False]


def test_an_old_schema_gets_a_pickle_and_only_with_leave() -> None:
    with pytest.raises(SchemaCapabilityMissing):
        decide(SendMessage(TO_ONE), Facts(ROW, NOW_MS, OLDEST))
    decision = decide(SendMessage(TO_ONE, python_native=True), Facts(ROW, NOW_MS, OLDEST))
    assert isinstance(decision.change, SendChange)
    [stored] = decision.change.messages
    assert stored.serialization is None
    assert pickle.loads(base64.b64decode(stored.text)) == {"a": [1, None]}  # noqa: S301 - Written a moment ago.


def test_the_first_missing_destination_is_named_and_nothing_is_written() -> None:
    messages = [TO_ONE, NewMessage("nobody", 1, "b"), NewMessage("no one", 1, "c")]
    found = RecipientFindings({"workflow-1": ("workflow-1",)}, 1)
    decision = decide(SendMessages(messages), Facts(None, NOW_MS, NEWEST, found))
    assert isinstance(decision.outcome, WorkflowNotFound)
    assert decision.outcome.metadata == {"workflow_id": "nobody"}
    assert decision.change is None
    assert isinstance(decide(SendMessage(TO_ONE), Facts(None, NOW_MS, NEWEST)).outcome, WorkflowNotFound)


def test_only_the_messages_that_ask_for_it_go_to_forks() -> None:
    messages = [TO_FORKS, NewMessage("workflow-1", 2, "b"), NewMessage("fork-1", 3, "key")]
    found = RecipientFindings({**FORKS.recipients, "fork-1": ("fork-1",)}, 4)
    decision = decide(SendMessages(messages), Facts(None, NOW_MS, NEWEST, found))
    assert isinstance(decision.outcome, SendOutcome)
    assert [(*delivery, sent) for delivery, sent in decision.outcome.messages] == [
        ("workflow-1", "key::workflow-1", True),
        ("fork-1", "key::fork-1", True),
        ("fork-2", "key::fork-2", True),
        ("workflow-1", "b::workflow-1", True),
        # It has this one from the first.
        ("fork-1", "key::fork-1", False),
    ]
    assert isinstance(decision.change, SendChange)
    assert [len(message.deliveries) for message in decision.change.messages] == [3, 1, 0]


def test_more_recipients_than_a_transaction_should_have_are_refused() -> None:
    with pytest.raises(InvalidRequest):
        decide(SendMessage(TO_FORKS), Facts(ROW, NOW_MS, NEWEST, RecipientFindings({}, SEND_RECIPIENTS_MAX + 1)))


def test_a_message_runs_with_others_unless_it_touches_what_it_does_not_name() -> None:
    assert not runs_alone(SendMessage(TO_ONE))
    assert runs_alone(SendMessage(TO_FORKS))
    assert runs_alone(SendMessages([TO_ONE]))
    assert touched_ids(SendMessage(TO_ONE)) == ("workflow-1",)
    assert set(touched_ids(SendMessages([TO_ONE, TO_FORKS, NewMessage("b", 1, "c")]))) == {"workflow-1", "b"}

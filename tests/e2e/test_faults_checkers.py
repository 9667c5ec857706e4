"""The checkers of the invariants must catch a server that breaks them: each has a bug that it is shown."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.differential.seeds import family, insert
from tests.fixtures.control import fetch
from tests.fixtures.effects import install_audit
from tests.fixtures.invariant_checks import INVARIANTS, lingering, violations
from tests.fixtures.load import Answer, Operation, connect, settle
from tests.fixtures.rpc_server import running_rpc_server
from workflow_control.dbos import findings, mutation_session
from workflow_control.dbos.transaction import Transaction
from workflow_control.domain.facts import Descendant
from workflow_control.domain.records import StoredRequest
from workflow_control.domain.states import WorkflowState
from workflow_control.idempotency import batch, executor
from workflow_control.idempotency.ports import Record
from workflow_control.idempotency.replay import replay
from workflow_control.idempotency.requests import MutationReply, MutationRequest
from workflow_control.rpc import mutations

CANCEL = Operation("CancelWorkflow", "family")
CASCADE = Operation("CancelWorkflow", "family", {"cascade": True})
RESUME = Operation("ResumeWorkflow", "family")
FORK = Operation("ForkWorkflow", "family", {"start_step": 3})

_Session = mutation_session.PostgresMutationSession


@pytest.fixture
def url(control_url: str) -> str:
    with psycopg.connect(control_url) as connection:
        insert(connection, family("family", WorkflowState.PENDING))
    install_audit(control_url)
    return control_url


@contextmanager
def caller(url: str) -> Iterator[Callable[[str, Operation], Answer]]:
    """Serves from the database in this process, and gives how to call."""
    with running_rpc_server(url) as server, connect(server.address) as client:
        yield lambda request_key, operation: settle(client, request_key, operation)[-1]


def broken(url: str, answers: Sequence[Answer] = ()) -> set[str]:
    """Returns the names of the invariants that are violated."""
    return {violation.partition(":")[0] for violation in violations(url, answers)}


def test_a_right_server_violates_nothing(url: str) -> None:
    with caller(url) as mutate:
        keyed = [("1", FORK), ("2", CASCADE), ("3", RESUME), ("4", CANCEL), ("4", CANCEL), ("4", RESUME), ("2", FORK)]
        answers = [mutate(key, operation) for key, operation in keyed]
        answers.append(mutate("5", Operation("ResumeWorkflow", "missing")))
        answers.append(mutate("5", Operation("ResumeWorkflow", "missing")))

    assert broken(url, answers) == set()


def test_i1_catches_a_cleanup_that_forgets_keys_too_early(url: str) -> None:
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL)]
        fetch(url, "DELETE FROM workflow_control.request")
        answers.append(mutate("key", CANCEL))

    assert "I1" in broken(url, answers)


def test_i1_catches_keys_that_are_not_the_callers(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = iter(range(10))

    def other_key(**fields: object) -> MutationRequest:
        return MutationRequest(**{**fields, "request_key": f"key-{next(numbers)}"})  # type: ignore[arg-type]  # As given.

    monkeypatch.setattr(mutations, "MutationRequest", other_key)
    with caller(url) as mutate:
        answers = [mutate("key", RESUME), mutate("key", RESUME)]

    assert "I1" in broken(url, answers)


def test_i2_catches_an_acknowledgement_before_commit(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def forget_to_commit(*_: object) -> None:
        pass

    monkeypatch.setattr(_Session, "commit", forget_to_commit)
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL)]
        failed = [mutate("other", Operation("CancelWorkflow", "missing"))]

    assert "I2" in broken(url, answers)
    assert "I2" in broken(url, failed)


def test_i3_catches_a_replay_that_is_not_what_was_stored(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def replay_without_response(stored: StoredRequest, request: MutationRequest) -> MutationReply:
        return replace(replay(stored, request), response=b"")

    monkeypatch.setattr(executor, "replay", replay_without_response)
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL), mutate("key", CANCEL)]

    assert "I3" in broken(url, answers)


def test_i3_catches_a_failure_that_turns_into_a_success(url: str) -> None:
    with caller(url) as mutate:
        answers = [mutate("key", Operation("CancelWorkflow", "missing"))]
        fetch(url, "DELETE FROM workflow_control.request")
        answers.append(mutate("key", Operation("CancelWorkflow", "missing", {"allow_missing": True})))

    assert "I3" in broken(url, answers)


def test_i4_catches_an_effect_without_its_key(url: str) -> None:
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL)]
        fetch(url, "UPDATE dbos.workflow_status SET status = 'CANCELLED' WHERE workflow_uuid = 'family/child-2'")

    assert "I4" in broken(url, answers)


def test_i4_catches_a_key_without_its_effect(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async def none(*_: object) -> list[None]:
        return [None]

    monkeypatch.setattr(_Session, "apply", none)
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL)]

    assert "I4" in broken(url, answers)


def test_i4_catches_a_key_without_an_outcome(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "_record", lambda flight, stored: Record(("other", "key"), stored.code, b""))
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL)]

    assert "I4" in broken(url, answers)


def test_i5_catches_parameters_that_are_not_compared(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutations, "fingerprint", lambda action, parameters: bytes(32))
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL), mutate("key", CASCADE)]

    assert "I5" in broken(url, answers)


def test_i5_catches_an_outcome_that_changes(url: str) -> None:
    with caller(url) as mutate:
        answers = [mutate("key", CANCEL)]
        fetch(url, "UPDATE workflow_control.request SET response = ''")

    assert {"I1", "I5"} <= broken(url, answers)


def test_i6_catches_a_cascade_of_one_level(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = findings.lock_descendants

    async def children_only(transaction: Transaction, workflow_id: str) -> Sequence[Descendant]:
        return [d for d in await whole(transaction, workflow_id) if "grandchild" not in d.workflow_id]

    monkeypatch.setattr(findings, "lock_descendants", children_only)
    with caller(url) as mutate:
        answers = [mutate("key", CASCADE)]

    assert broken(url, answers) == {"I6"}


def test_i7_catches_a_transaction_that_lingers(url: str) -> None:
    assert lingering(url, older_than_s=0) == []
    with psycopg.connect(make_conninfo(url, application_name="workflow-control mutations")) as connection:
        connection.execute("SELECT FROM dbos.workflow_status FOR UPDATE")
        assert lingering(url, older_than_s=0)
        assert lingering(url, older_than_s=60) == []


def test_the_history_must_be_complete(url: str) -> None:
    with caller(url) as mutate:
        answers = [mutate("1", CANCEL)]
        with psycopg.connect(url) as connection:
            connection.execute("ALTER TABLE dbos.workflow_status DISABLE TRIGGER audit")
            connection.execute("UPDATE dbos.workflow_status SET status = 'DELAYED' WHERE workflow_uuid = 'family'")
            connection.execute("ALTER TABLE dbos.workflow_status ENABLE TRIGGER audit")
        answers.append(mutate("2", CANCEL))

    assert "linearizable" in broken(url, answers)


def test_the_history_must_have_an_order_that_callers_could_see(url: str) -> None:
    with caller(url) as mutate:
        first, second = mutate("1", CANCEL), mutate("2", RESUME)
        late = replace(first, invoked=second.returned + 1, returned=second.returned + 2)

    assert broken(url, [first, second]) == set()
    assert broken(url, [late, second]) == {"linearizable"}


def test_every_invariant_has_a_bug_here() -> None:
    tests = " ".join(name for name in globals() if name.startswith("test_"))
    named = {name for name in INVARIANTS if name.startswith("I")}
    assert {name for name in named if f"test_{name.lower()}_catches" not in tests} == set()

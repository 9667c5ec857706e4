"""The invariants' checkers find the bugs that they are for: each is planted here, in a server that really runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from typing import cast

import pytest

from tests.differential.seeds import family, workflow
from tests.fixtures.control import fetch
from tests.fixtures.effects import install_audit
from tests.fixtures.invariant_checks import INVARIANTS, lingering, violations
from tests.fixtures.load import Answer, Operation, call, connect
from tests.fixtures.rpc_server import RunningServer, StartRpcServer
from tests.fixtures.sessions import held
from workflow_control.dbos import dialect, mutation_session
from workflow_control.domain.states import WorkflowState
from workflow_control.idempotency import executor
from workflow_control.idempotency.requests import MutationReply
from workflow_control.postgres import control_queries

Plant = Callable[[pytest.MonkeyPatch], None]


def statement(stem: str, right: str, wrong: str) -> Plant:
    """Plants a wrong line in a file of SQL."""

    def plant(monkeypatch: pytest.MonkeyPatch) -> None:
        for texts in (dialect._queries(), control_queries._texts()):
            if stem in texts:
                assert right in texts[stem]
                wrong_text = texts[stem].replace(right, wrong)
                monkeypatch.setitem(cast("MutableMapping[str, str]", texts), stem, wrong_text)

    return plant


def used_keys_are_free(monkeypatch: pytest.MonkeyPatch) -> None:
    statement("request_recall", "r.expires_at <= now() AS expired", "TRUE AS expired")(monkeypatch)
    statement("request_take_over", "AND r.expires_at <= clock_timestamp()", "")(monkeypatch)


def answers_without_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    async def forget(*_: object) -> None:
        return

    monkeypatch.setattr(mutation_session.PostgresMutationSession, "commit", forget)


def replays_without_comparing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        executor,
        "replay",
        lambda stored, _: MutationReply(stored.response or b"", True, stored.executed_at, stored.expires_at),
    )


BUGS: dict[str, tuple[str, Plant]] = {
    "a used key executes again": ("I1", used_keys_are_free),
    "an answer comes without a COMMIT": ("I2", answers_without_commit),
    "what is stored is not what was answered": (
        "I3",
        statement("request_record", "response = c.response", r"response = c.response || '\x7801'::bytea"),
    ),
    "a key is kept without its effect": ("I4", statement("workflow_cancel", "'CANCELLED')", "'CANCELLED') AND FALSE")),
    "a key replays for another workflow": ("I5", replays_without_comparing),
    "a cascade leaves a child": (
        "I6",
        statement("workflow_lock_descendants", "ORDER BY", "AND w.workflow_uuid NOT LIKE '%%/child-2' ORDER BY"),
    ),
    "an answer tells a state that was not": (
        "linearizable",
        statement("_workflow_columns", ", w.status", ", 'PENDING' AS status"),
    ),
}

CALLS: list[tuple[str, Operation]] = [
    ("cancel", Operation("CancelWorkflow", "workflow-1")),
    ("cancel", Operation("CancelWorkflow", "workflow-1")),
    ("cancel", Operation("CancelWorkflow", "workflow-2")),
    ("cancel again", Operation("CancelWorkflow", "workflow-1")),
    ("missing", Operation("CancelWorkflow", "nobody")),
    ("missing", Operation("CancelWorkflow", "nobody")),
    ("resume", Operation("ResumeWorkflow", "workflow-1")),
    ("fork", Operation("ForkWorkflow", "family", {"new_workflow_id": "fork-1"})),
    ("fork", Operation("ForkWorkflow", "family", {"new_workflow_id": "fork-1"})),
    ("cascade", Operation("CancelWorkflow", "family", {"cascade": True})),
]


@pytest.fixture(autouse=True)
def fresh_statements() -> Iterator[None]:
    """Statements are rendered once per process: here they are rendered anew, with and after the bug."""
    control_queries.control_query.cache_clear()
    yield
    control_queries.control_query.cache_clear()


def serve_calls(start_rpc_server: StartRpcServer) -> tuple[RunningServer, list[Answer]]:
    server = start_rpc_server()
    for rows in (
        family("family", WorkflowState.PENDING),
        *(workflow(f"workflow-{n}", WorkflowState.PENDING) for n in (1, 2)),
    ):
        server.seed(rows)
    install_audit(server.database_url)
    with connect(server.address) as client:
        return server, [call(client, key, operation) for key, operation in CALLS]


def test_there_is_nothing_to_find_without_a_bug(start_rpc_server: StartRpcServer) -> None:
    server, answers = serve_calls(start_rpc_server)
    assert [answer.error.reason for answer in answers if answer.error] == [
        "REQUEST_KEY_REUSED",
        "WORKFLOW_NOT_FOUND",
        "REQUEST_PREVIOUSLY_FAILED",
    ]
    assert violations(server.database_url, answers) == []


@pytest.mark.parametrize(("invariant", "plant"), BUGS.values(), ids=BUGS)
def test_a_planted_bug_is_found(
    start_rpc_server: StartRpcServer, monkeypatch: pytest.MonkeyPatch, invariant: str, plant: Plant
) -> None:
    plant(monkeypatch)
    server, answers = serve_calls(start_rpc_server)
    found = violations(server.database_url, answers)
    assert invariant in {violation.partition(":")[0] for violation in found}, found


def test_an_effect_without_a_key_is_found(start_rpc_server: StartRpcServer) -> None:
    server, answers = serve_calls(start_rpc_server)
    fetch(
        server.database_url, "UPDATE dbos.workflow_status SET status = 'CANCELLED' WHERE workflow_uuid = 'workflow-2'"
    )
    [found] = violations(server.database_url, answers)
    assert found.startswith("I4: an effect without a key")


def test_every_checker_has_a_bug_to_find() -> None:
    assert {invariant for invariant, _ in BUGS.values()} == set(INVARIANTS)


def test_a_transaction_that_lingers_is_found(control_url: str) -> None:
    with held(control_url, "SET LOCAL application_name = 'workflow-control mutations'"):
        [found] = lingering(control_url, older_than_s=0)
        assert "idle in transaction" in found
        assert lingering(control_url, older_than_s=60) == []
    assert lingering(control_url, older_than_s=0) == []

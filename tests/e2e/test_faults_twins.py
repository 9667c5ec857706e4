"""Many copies of one key, and many keys on one workflow, at once over two server processes."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.differential.seeds import family, insert, workflow
from tests.fixtures.effects import gather, install_audit, without_idempotency
from tests.fixtures.eventually import eventually
from tests.fixtures.invariant_checks import violations
from tests.fixtures.load import Answer, Load, Operation, call, connect
from tests.fixtures.server import ServerProcess, StartServer
from workflow_control.domain.states import WorkflowState
from workflow_control_client import RequestKeyError, WorkflowExists

COPIES = 50

Servers = tuple[ServerProcess, ServerProcess]


@pytest.fixture
def url(control_url: str) -> str:
    with psycopg.connect(control_url) as connection:
        insert(connection, family("family", WorkflowState.PENDING))
        for number in range(5):
            insert(connection, workflow(f"workflow-{number}", WorkflowState.PENDING))
    install_audit(control_url)
    return control_url


@pytest.fixture
def servers(start_server: StartServer, url: str) -> Servers:
    return start_server(url), start_server(url)


def call_at_once(servers: Servers, calls: Sequence[tuple[str, Operation]]) -> list[Answer]:
    """Makes all calls, a key and an operation each, at the same time, over both servers in turn."""
    start = threading.Barrier(len(calls))

    def run(number: int) -> Answer:
        start.wait(30)
        return call(clients[number % 2], *calls[number])

    with (
        connect(servers[0].address) as first,
        connect(servers[1].address) as second,
        ThreadPoolExecutor(len(calls)) as threads,
    ):
        clients = (first, second)
        return list(threads.map(run, range(len(calls))))


def test_copies_of_one_key_have_one_effect_and_one_answer(servers: Servers, url: str) -> None:
    operations = [
        Operation("ForkWorkflow", "family", {"start_step": 3}),
        Operation("ForkWorkflow", "family", {"new_workflow_id": "fork"}),
        Operation("CancelWorkflow", "family", {"cascade": True}),
        Operation("CancelWorkflow", "workflow-0"),
        Operation("ResumeWorkflow", "family"),
    ]
    everything: list[Answer] = []
    for number, operation in enumerate(operations):
        answers = call_at_once(servers, [(f"key-{number}", operation)] * COPIES)
        everything += answers

        responses = [answer.response for answer in answers if answer.response is not None]
        assert [answer.error for answer in answers if answer.error is not None] == []
        assert [response.idempotency.replayed for response in responses].count(False) == 1
        assert len({without_idempotency(response) for response in responses}) == 1

    assert violations(url, everything) == []
    assert len(gather(url, everything).outcomes) == len(operations)


def test_copies_of_a_failing_request_fail_alike(servers: Servers, url: str) -> None:
    answers = call_at_once(servers, [("key", Operation("CancelWorkflow", "missing"))] * COPIES)

    errors = [answer.error for answer in answers]
    assert None not in errors
    assert [error.reason for error in errors if error].count("WORKFLOW_NOT_FOUND") == 1
    assert [error.reason for error in errors if error].count("REQUEST_PREVIOUSLY_FAILED") == COPIES - 1
    assert violations(url, answers) == []


def test_one_key_for_many_requests_is_won_by_one(servers: Servers, url: str) -> None:
    operations = [
        Operation("CancelWorkflow", "family"),
        Operation("CancelWorkflow", "family", {"cascade": True}),
        Operation("CancelWorkflow", "workflow-1"),
        Operation("ResumeWorkflow", "family"),
        Operation("ForkWorkflow", "family", {"start_step": 2}),
    ]
    answers = call_at_once(servers, [("key", operation) for operation in operations * (COPIES // len(operations))])

    won = {str(answer.operation) for answer in answers if answer.response is not None}
    assert len(won) == 1
    for answer in answers:
        lost = str(answer.operation) not in won
        assert isinstance(answer.error, RequestKeyError) if lost else answer.error is None, answer
    assert violations(url, answers) == []


def test_many_keys_for_one_new_workflow_make_it_once(servers: Servers, url: str) -> None:
    fork = Operation("ForkWorkflow", "family", {"new_workflow_id": "fork"})

    answers = call_at_once(servers, [(f"key-{number}", fork) for number in range(COPIES)])

    assert [answer.error for answer in answers].count(None) == 1
    assert sum(isinstance(answer.error, WorkflowExists) for answer in answers) == COPIES - 1
    assert violations(url, answers) == []


def test_many_keys_on_few_workflows_never_fail_and_are_linearizable(servers: Servers, url: str) -> None:
    operations = [
        Operation("CancelWorkflow", "family", {"cascade": True}),
        Operation("CancelWorkflow", "family/child-2/grandchild"),
        Operation("CancelWorkflow", "workflow-0"),
        Operation("ForkWorkflow", "family/child-2"),
        *(Operation("ResumeWorkflow", id) for id in ("family", "family/child-2/grandchild", "workflow-0")),
    ]
    with Load([s.address for s in servers], operations, clients=8, calls_per_s=1000, insist=False) as load:
        eventually(lambda: len(load.acknowledged) > 1000, timeout_s=60)

    assert load.failures == []
    assert len(load.replays) > 100
    assert violations(url, load.answers) == []

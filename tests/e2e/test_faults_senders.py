"""Starts and messages that contend for one thing, at once over two server processes: one of them has it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any, TypeVar

import psycopg
import pytest

from tests.differential.seeds import insert, workflow
from tests.fixtures.control import ControlTemplate
from tests.fixtures.dbos_releases import NEWEST, DbosRelease
from tests.fixtures.load import connect
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.server import ServerProcess, StartServer
from workflow_control.domain.states import WorkflowState
from workflow_control_client import Deduplicated, WorkflowControlClient, debounce, new_workflow
from workflowcontrol.v1.workflow_messages_pb2 import SentMessage
from workflowcontrol.v1.workflow_start_pb2 import NewWorkflow, StartWorkflowResponse

COPIES = 24
DESTINATION = "order-1"

AnswerT = TypeVar("AnswerT")
Servers = tuple[ServerProcess, ServerProcess]


@pytest.fixture
def url(create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease) -> str:
    url = create_database(control_template(dbos_release))
    with psycopg.connect(url) as connection:
        insert(connection, workflow(DESTINATION, WorkflowState.PENDING))
    return url


@pytest.fixture
def servers(start_server: StartServer, url: str) -> Servers:
    """Two servers of different scopes: to each the other's keys are as unknown as those of DBOS's own clients."""
    return start_server(url, scope="east"), start_server(url, scope="west")


def at_once(servers: Servers, call: Callable[[WorkflowControlClient, int], AnswerT]) -> list[AnswerT]:
    """Makes all calls at the same time, over both servers in turn, and returns their answers."""
    start = threading.Barrier(COPIES)

    def run(number: int) -> AnswerT:
        start.wait(30)
        return call(clients[number % 2], number)

    with (
        connect(servers[0].address) as first,
        connect(servers[1].address) as second,
        ThreadPoolExecutor(COPIES) as threads,
    ):
        clients = (first, second)
        return list(threads.map(run, range(COPIES)))


def ids(url: str, statement: str) -> Sequence[str]:
    with psycopg.connect(url) as connection:
        return [value for (value,) in connection.execute(statement.encode())]


def order(**fields: Any) -> NewWorkflow:  # noqa: ANN401 - Any field's type.
    """Returns a workflow that every schema can keep."""
    return new_workflow("process_order", queue_name="orders", python_native=True, **fields)


STARTED = "SELECT workflow_uuid FROM dbos.workflow_status WHERE workflow_uuid <> 'order-1'"


def test_a_deduplication_id_is_held_by_one_and_told_to_all(servers: Servers, url: str) -> None:
    held = order(deduplication_id="customer-1", return_existing=True)

    answers = at_once(servers, lambda client, number: client.start_workflow(held, request_key=f"key-{number}"))

    assert [a.outcome for a in answers].count(StartWorkflowResponse.OUTCOME_STARTED) == 1
    assert {a.workflow.workflow_id for a in answers} == set(ids(url, STARTED))
    assert len(ids(url, STARTED)) == 1


def test_a_deduplication_id_that_is_held_is_refused_to_all_others(servers: Servers, url: str) -> None:
    def start(client: WorkflowControlClient, number: int) -> str | None:
        try:
            client.start_workflow(order(deduplication_id="customer-1"), request_key=f"key-{number}")
        except Deduplicated as error:
            return error.metadata["holder_workflow_id"]
        return None

    answers = at_once(servers, start)

    [holder] = ids(url, STARTED)
    assert sorted(answers, key=str) == sorted([None, *[holder] * (COPIES - 1)], key=str)


def test_debounced_calls_are_one_workflow_with_the_arguments_of_the_last(
    start_server: StartServer, create_database: CreateDatabase, control_template: ControlTemplate
) -> None:
    url = create_database(control_template(NEWEST))
    servers = start_server(url, scope="east"), start_server(url, scope="west")

    def start(client: WorkflowControlClient, number: int) -> StartWorkflowResponse:
        bounced = new_workflow(
            "process_order", number, queue_name="orders", debounce=debounce("customer-1", timedelta(minutes=10))
        )
        return client.start_workflow(bounced, request_key=f"key-{number}")

    answers = at_once(servers, start)

    outcomes = [answer.outcome for answer in answers]
    assert outcomes.count(StartWorkflowResponse.OUTCOME_STARTED) == 1
    assert outcomes.count(StartWorkflowResponse.OUTCOME_DEBOUNCED) == COPIES - 1
    [workflow_id] = ids(url, STARTED)
    assert {answer.workflow.workflow_id for answer in answers} == {workflow_id}
    # Several may have come in the last millisecond.
    latest = max(answer.workflow.update_time.ToMilliseconds() for answer in answers)
    last = {n for n, answer in enumerate(answers) if answer.workflow.update_time.ToMilliseconds() == latest}
    [inputs] = ids(url, "SELECT inputs FROM dbos.workflow_input")
    assert json.loads(inputs)["positionalArgs"][0] in last


def test_copies_of_one_start_start_one_in_each_scope(servers: Servers, url: str) -> None:
    answers = at_once(servers, lambda client, number: client.start_workflow(order(), request_key="key"))

    assert [answer.idempotency.replayed for answer in answers].count(False) == 2
    assert {answer.workflow.workflow_id for answer in answers} == set(ids(url, STARTED))
    assert len(ids(url, STARTED)) == 2


def test_a_message_of_one_key_arrives_once_whoever_sends_it(servers: Servers, url: str) -> None:
    """Before DBOS 2.13 no index keeps two messages of one id apart: the destination's lock has to."""
    answers = at_once(
        servers, lambda client, number: client.send_message(DESTINATION, "yes", python_native=True, request_key="key")
    )

    assert ids(url, "SELECT message_uuid FROM dbos.notifications") == [f"key::{DESTINATION}"]
    executed = [message.outcome for a in answers if not a.idempotency.replayed for message in a.messages]
    assert sorted(executed) == sorted([SentMessage.OUTCOME_SENT, SentMessage.OUTCOME_ALREADY_SENT])

"""GetRequest and ListRequests: who did what to which workflow, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from google.protobuf.message import Message

from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from tests.rpc.mutations import (
    MUTATIONS,
    Mutation,
    failing_subject,
    idempotency_of,
    seed_subject,
    seed_workflow,
    without_idempotency,
)
from workflowcontrol.v1.server_control_pb2 import (
    GetRequestRequest,
    GetRequestResponse,
    ListRequestsRequest,
    ListRequestsResponse,
    RequestRecord,
)
from workflowcontrol.v1.types_pb2 import TimeRange
from workflowcontrol.v1.workflow_control_pb2 import ListWorkflowsRequest, ListWorkflowsResponse

every_mutation = pytest.mark.parametrize("mutation", MUTATIONS, ids=str)


def get_request(server: RunningServer, key: str) -> RequestRecord:
    return server.call(GetRequestRequest(request_key=key)).read(GetRequestResponse).request


def read_page(server: RunningServer, **fields: Any) -> ListRequestsResponse:  # noqa: ANN401 - Any field's type.
    return server.call(ListRequestsRequest(**fields)).read(ListRequestsResponse)


def keys(*pages: ListRequestsResponse) -> list[str]:
    return [record.request_key for page in pages for record in page.requests]


def listed(server: RunningServer, mutation: Mutation, subject: str) -> list[RequestRecord]:
    """Returns what the journal lists of a subject; of one that it does not name, the newest of the action."""
    if mutation.case.names_workflow:
        return list(read_page(server, workflow_id=subject).requests)
    return list(read_page(server, action=mutation.action, page_size=1).requests)


@every_mutation
def test_an_executed_request_is_told_with_its_response(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key = seed_subject(rpc_server, mutation), fresh("key")
    request = mutation.request(subject, key, reason="The customer called.\n\N{TELEPHONE RECEIVER}")
    response = rpc_server.call(request).read(mutation.response_type)

    record = get_request(rpc_server, key)

    stored: Message = mutation.response_type()
    assert record.response.Unpack(stored)
    assert stored == without_idempotency(response)
    record.ClearField("response")
    assert record == RequestRecord(
        request_key=key,
        action=mutation.action,
        workflow_id=mutation.journal_id(subject),
        actor="127.0.0.1",
        reason="The customer called.\n\N{TELEPHONE RECEIVER}",
        executed_at=idempotency_of(response).executed_at,
        expires_at=idempotency_of(response).expires_at,
    )
    # A list says the same, without the response.
    assert listed(rpc_server, mutation, subject) == [record]


@every_mutation
def test_the_log_names_the_workflow_that_the_journal_names(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key = seed_subject(rpc_server, mutation), fresh("key")
    rpc_server.call(mutation.request(subject, key))
    key_hash = sha256(key.encode()).hexdigest()[:16]

    def lines() -> list[Mapping[str, Any]]:
        return [line for line in rpc_server.log if line.get("request_key_hash") == key_hash]

    eventually(lines)
    [line] = lines()
    assert line["rpc"] == f"{mutation.method.containing_service.name}/{mutation.action}"
    assert line.get("workflow_id", "") == mutation.journal_id(subject)


@pytest.mark.parametrize("mutation", [m for m in MUTATIONS if m.case.failure is not None], ids=str)
def test_a_failed_request_is_told_with_its_error(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key = failing_subject(rpc_server, mutation), fresh("key")
    refusal = rpc_server.call(mutation.request(subject, key)).refused(str(mutation.case.failure))

    record = get_request(rpc_server, key)

    assert (record.code, record.error_reason) == (refusal.code.value[0], refusal.reason)
    assert (record.error_message, dict(record.error_metadata)) == (refusal.message, refusal.metadata)
    assert not record.HasField("response")
    assert listed(rpc_server, mutation, subject) == [record]


@every_mutation
def test_replays_and_refusals_leave_no_trace(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key = seed_subject(rpc_server, mutation), fresh("key")
    for fields in ({}, {}, {"reason": "other"}, {"validate_only": True}):
        rpc_server.call(mutation.request(subject, key, **fields))
    rpc_server.call(mutation.request(subject, " "))
    assert [record.request_key for record in listed(rpc_server, mutation, subject)] == [key]


def test_a_key_that_is_not_there(rpc_server: RunningServer) -> None:
    key = fresh("key")
    refusal = rpc_server.call(GetRequestRequest(request_key=key)).refused("REQUEST_NOT_FOUND")
    assert refusal.metadata == {"request_key": key}
    rpc_server.call(GetRequestRequest()).refused("INVALID_REQUEST")


BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def seed_journal(server: RunningServer, entries: Sequence[tuple[str, str, str, float]]) -> str:
    """Makes entries of (workflow, action, actor, seconds after BEGINNING); returns what keys and ids begin with."""
    prefix = fresh("journal") + "/"
    for number, (workflow_id, action, actor, seconds) in enumerate(entries):
        server.execute(
            "INSERT INTO workflow_control.request (scope, request_key, action, workflow_id, fingerprint,"
            " fingerprint_version, execution_id, actor, reason, outcome_code, response, created_at, expires_at)"
            " VALUES ('default', %s, %s, %s, sha256(''), 1, gen_random_uuid(), %s, '', 0, '', %s, now() + '1 day')",
            f"{prefix}{number}",
            action,
            prefix + workflow_id,
            actor,
            BEGINNING + timedelta(seconds=seconds),
        )
    return prefix


def seconds(start: float | None, end: float | None) -> TimeRange:
    """Returns a range of time by seconds after BEGINNING."""
    time_range = TimeRange()
    for bound, name in ((start, "start"), (end, "end")):
        if bound is not None:
            getattr(time_range, name).FromDatetime(BEGINNING + timedelta(seconds=bound))
    return time_range


def test_the_conditions_select_and_the_newest_comes_first(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    entries = [
        ("a", "CancelWorkflow", "alice", 1.0),
        ("a", "ResumeWorkflow", "bob", 2.0),
        ("b", "CancelWorkflow", "bob", 3.0),
        ("b", "ForkWorkflow", "alice", 3.0),
        ("c", "CancelWorkflow", "Alice", 4.000001),
    ]
    prefix = seed_journal(server, entries)

    def listed(**conditions: Any) -> list[int]:  # noqa: ANN401 - Any field's type.
        return [int(key.removeprefix(prefix)) for key in keys(read_page(server, **conditions))]

    assert listed() == [4, 3, 2, 1, 0]
    assert listed(workflow_id=f"{prefix}a") == [1, 0]
    assert listed(workflow_id=f"{prefix}A") == []
    assert listed(action="CancelWorkflow") == [4, 2, 0]
    assert listed(action="cancelworkflow") == []
    assert listed(actor="alice") == [3, 0]
    assert listed(actor="bob", action="CancelWorkflow") == [2]
    assert listed(executed=seconds(2, 3)) == [1]
    assert listed(executed=seconds(3, None)) == [4, 3, 2]
    assert listed(executed=seconds(None, 3)) == [1, 0]
    assert listed(executed=seconds(4, 4.000001)) == []
    assert listed(executed=seconds(4.000001, 4.000002)) == [4]
    assert listed(executed=TimeRange()) == [4, 3, 2, 1, 0]


@pytest.mark.parametrize("page_size", [1, 2, 3, 100])
def test_pages_are_the_whole_even_where_many_were_executed_at_once(
    newest_rpc_server: RunningServer, page_size: int
) -> None:
    entries = [("a", "CancelWorkflow", "carol", time) for time in (1, 2, 2, 2, 3, 1, 2)]
    prefix = seed_journal(newest_rpc_server, entries)
    conditions = {"actor": "carol", "executed": seconds(0, 60), "page_size": page_size}
    pages = [read_page(newest_rpc_server, **conditions)]
    # What is executed meanwhile is newer, and on no later page.
    seed_journal(newest_rpc_server, [("new", "CancelWorkflow", "carol", 50)])
    while token := pages[-1].next_page_token:
        pages.append(read_page(newest_rpc_server, page_token=token, **conditions))
    assert keys(*pages) == [f"{prefix}{number}" for number in (4, 6, 3, 2, 1, 5, 0)]
    assert len(pages) == -(-len(entries) // page_size)
    newest_rpc_server.execute("DELETE FROM workflow_control.request WHERE actor = 'carol'")


@pytest.mark.parametrize(("page_size", "expected"), [(0, 100), (1000, 1000), (1001, 1000)])
def test_the_size_of_a_page(start_rpc_server: StartRpcServer, page_size: int, expected: int) -> None:
    server = start_rpc_server()
    server.execute(
        "INSERT INTO workflow_control.request (scope, request_key, action, workflow_id, fingerprint,"
        " fingerprint_version, execution_id, actor, reason, outcome_code, response, created_at, expires_at)"
        " SELECT 'default', n, 'CancelWorkflow', n, sha256(''), 1, gen_random_uuid(), '', repeat('x', 1024), 0, '',"
        " now(), now() + interval '1 day' FROM generate_series(1, 1001) AS n"
    )
    page = read_page(server, page_size=page_size)
    assert len(page.requests) == expected
    assert page.next_page_token


def test_a_token_is_bound_to_its_conditions(newest_rpc_server: RunningServer) -> None:
    prefix = seed_journal(newest_rpc_server, [("a", "CancelWorkflow", "dave", 1), ("a", "CancelWorkflow", "dave", 2)])
    conditions: dict[str, Any] = {
        "workflow_id": f"{prefix}a",
        "action": "CancelWorkflow",
        "actor": "dave",
        "executed": seconds(0, 9),
    }
    token = read_page(newest_rpc_server, page_size=1, **conditions).next_page_token
    assert keys(read_page(newest_rpc_server, page_token=token, **conditions)) == [f"{prefix}0"]
    others = [{**conditions, name: value} for name, value in (("workflow_id", "b"), ("action", ""), ("actor", "eve"))]
    others.append({**conditions, "executed": seconds(0, 10)})
    seed_workflow(newest_rpc_server)
    workflows = newest_rpc_server.call(ListWorkflowsRequest(page_size=1)).read(ListWorkflowsResponse)
    refused = [ListRequestsRequest(page_token=token, **other) for other in others]
    refused += [ListRequestsRequest(page_token=bad, **conditions) for bad in (f"{token}AAAA", token[1:], "x")]
    refused += [ListRequestsRequest(page_token=token), ListRequestsRequest(page_token=workflows.next_page_token)]
    for request in refused:
        assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["page_token"], request


def test_malformed_conditions_are_errors(newest_rpc_server: RunningServer) -> None:
    request = ListRequestsRequest(
        workflow_id=" ", action="\0", actor="x" * 256, executed=seconds(2, 1), page_size=-1, page_token="!"
    )
    assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == [
        "workflow_id",
        "action",
        "actor",
        "executed.end",
        "page_size",
        "page_token",
    ]


def test_scopes_do_not_see_each_other(start_rpc_server: StartRpcServer) -> None:
    ours = start_rpc_server(scope="ours")
    theirs = start_rpc_server(database_url=ours.database_url, scope="theirs")
    [mutation] = [mutation for mutation in MUTATIONS if mutation.action == "CancelWorkflow"]
    workflow_ids = {server: seed_workflow(server) for server in (ours, theirs)}
    for server, workflow_id in workflow_ids.items():
        # The same keys, for other workflows: a key means something in its scope only.
        for key in ("key-1", "key-2"):
            response = server.call(mutation.request(workflow_id, key)).read(mutation.response_type)
            assert not idempotency_of(response).replayed

    for server, workflow_id in workflow_ids.items():
        assert get_request(server, "key-1").workflow_id == workflow_id
        assert keys(read_page(server)) == ["key-2", "key-1"]
        assert {record.workflow_id for record in read_page(server).requests} == {workflow_id}

    token = read_page(ours, page_size=1).next_page_token
    refusal = theirs.call(ListRequestsRequest(page_token=token)).refused("INVALID_REQUEST")
    assert refusal.fields == ["page_token"]


def test_forks_of_equal_keys_in_two_scopes_are_two_workflows(start_rpc_server: StartRpcServer) -> None:
    ours = start_rpc_server(scope="ours")
    theirs = start_rpc_server(database_url=ours.database_url, scope="theirs")
    [fork] = [mutation for mutation in MUTATIONS if mutation.action == "ForkWorkflow"]
    source = seed_workflow(ours)
    responses: list[Any] = [
        server.call(fork.request(source, "key")).read(fork.response_type) for server in (ours, theirs)
    ]
    assert responses[0].workflow.workflow_id != responses[1].workflow.workflow_id

"""What a request key promises, for every mutation of the contract. New mutations are found in the descriptors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from google.protobuf.duration_pb2 import Duration
from google.rpc.error_details_pb2 import PreconditionFailure, ResourceInfo

from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.contract_methods import CONTRACT, IMPLEMENTED
from tests.rpc.mutation_cases import CASES
from tests.rpc.mutations import (
    MUTATIONS,
    Mutation,
    Parameter,
    delete_workflow,
    execute_once,
    failing_subject,
    idempotency_of,
    make_succeed,
    seed_subject,
    without_idempotency,
)

REPLAYED_HEADER = "idempotency-replayed"
DEFAULT_TTL = timedelta(days=7)

every_mutation = pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
every_parameter = pytest.mark.parametrize(
    ("mutation", "parameter"),
    [pytest.param(m, each, id=f"{m}-{each}") for m in MUTATIONS for each in m.parameters],
)
every_mutation_that_may_fail = pytest.mark.parametrize(
    "mutation", [mutation for mutation in MUTATIONS if mutation.case.failure is not None], ids=str
)
every_mutation_and_another = pytest.mark.parametrize(
    ("mutation", "other"),
    # Each before one and behind another: all pairs would tell nothing more.
    [(mutation, MUTATIONS[place - 1]) for place, mutation in enumerate(MUTATIONS)],
    ids=str,
)


def stored_request(server: RunningServer, key: str) -> dict[str, object]:
    """Returns the key's row in the journal's table."""
    [row] = server.execute("SELECT * FROM workflow_control.request WHERE request_key = %s", key)
    return row


def test_every_rpc_of_the_contract_is_implemented() -> None:
    """Without this, the tests of every RPC and of every mutation would leave out those that the server lacks."""
    assert CONTRACT.keys() - IMPLEMENTED.keys() == set()
    assert {mutation.action for mutation in MUTATIONS} == CASES.keys()


@every_mutation
def test_a_new_key_executes_and_stores_the_response(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key = seed_subject(rpc_server, mutation), fresh("key")
    [before] = rpc_server.execute("SELECT clock_timestamp() AS now")
    reply = rpc_server.call(mutation.request(subject, key))
    [after] = rpc_server.execute("SELECT clock_timestamp() AS now")

    response = reply.read(mutation.response_type)
    idempotency = idempotency_of(response)
    executed_at = idempotency.executed_at.ToDatetime(before["now"].tzinfo)
    assert before["now"] <= executed_at <= after["now"]
    assert idempotency.expires_at.ToDatetime(before["now"].tzinfo) - executed_at == DEFAULT_TTL
    assert idempotency.request_key == key
    assert not idempotency.replayed
    assert REPLAYED_HEADER not in reply.initial_metadata

    stored = stored_request(rpc_server, key)
    assert stored["response"] == without_idempotency(response).SerializeToString(deterministic=True)
    assert (stored["action"], stored["outcome_code"]) == (mutation.action, 0)
    assert stored["workflow_id"] == mutation.journal_id(subject)
    assert (stored["created_at"], stored["scope"]) == (executed_at, "default")


@every_mutation
def test_a_replay_answers_the_same_and_writes_nothing(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key, first = execute_once(rpc_server, mutation)
    before = rpc_server.snapshot()

    reply = rpc_server.call(mutation.request(subject, key))

    assert_is_replay(reply.read(mutation.response_type).SerializeToString(), first, mutation)
    assert reply.initial_metadata[REPLAYED_HEADER] == "true"
    assert rpc_server.snapshot() == before


def assert_is_replay(replayed: bytes, first: bytes, mutation: Mutation) -> None:
    """Asserts that one response is the replay of another: equal to the byte, but for `idempotency.replayed`."""
    response = mutation.response_type.FromString(replayed)
    assert idempotency_of(response).replayed
    idempotency_of(response).replayed = False
    expected = mutation.response_type.FromString(first)
    assert response.SerializeToString(deterministic=True) == expected.SerializeToString(deterministic=True)


def rewrite(server: RunningServer, workflow_id: str) -> None:
    server.execute(
        "UPDATE dbos.workflow_status SET status = 'SUCCESS', name = 'another', priority = 99, updated_at = 1"
        " WHERE starts_with(workflow_uuid, %s) OR forked_from = %s",
        workflow_id,
        workflow_id,
    )


@pytest.mark.parametrize("change", [rewrite, delete_workflow])
@every_mutation
def test_a_replay_does_not_care_what_became_of_the_workflow(
    rpc_server: RunningServer, mutation: Mutation, change: Callable[[RunningServer, str], None]
) -> None:
    subject, key, first = execute_once(rpc_server, mutation)
    change(rpc_server, subject)
    before = rpc_server.snapshot()

    reply = rpc_server.call(mutation.request(subject, key))

    assert_is_replay(reply.body, first, mutation)
    assert rpc_server.snapshot() == before


@every_mutation
def test_a_replay_may_have_another_ttl_and_may_be_asked_for_by_a_preview(
    newest_rpc_server: RunningServer, mutation: Mutation
) -> None:
    subject, key, first = execute_once(newest_rpc_server, mutation)
    for how in ({"request_ttl": Duration(seconds=7200)}, {"validate_only": True}):
        reply = newest_rpc_server.call(mutation.request(subject, key, **how))
        assert_is_replay(reply.body, first, mutation)
        assert reply.initial_metadata[REPLAYED_HEADER] == "true"


@pytest.mark.parametrize("validate_only", [False, True], ids=["execute", "preview"])
@every_mutation_and_another
def test_a_key_is_refused_for_another_action(
    newest_rpc_server: RunningServer, mutation: Mutation, other: Mutation, validate_only: bool
) -> None:
    subject, key, _ = execute_once(newest_rpc_server, mutation)
    before = newest_rpc_server.snapshot()

    request = other.request(subject, key, validate_only=validate_only)
    refusal = newest_rpc_server.call(request).refused("REQUEST_KEY_REUSED")

    assert refusal.metadata == {
        "request_key": key,
        "stored_action": mutation.action,
        "stored_workflow_id": mutation.journal_id(subject),
    }
    assert newest_rpc_server.snapshot() == before


@every_mutation
def test_a_key_is_refused_for_another_workflow(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key, first = execute_once(rpc_server, mutation)
    others = (seed_subject(rpc_server, mutation), "missing", subject.upper(), f"{subject} ")
    before = rpc_server.snapshot()

    reason = "REQUEST_KEY_REUSED" if mutation.case.names_workflow else "REQUEST_KEY_PARAMETERS_DIFFER"
    for other in others:
        refusal = rpc_server.call(mutation.request(other, key)).refused(reason)
        assert refusal.metadata["stored_workflow_id"] == mutation.journal_id(subject)

    assert rpc_server.snapshot() == before
    assert_is_replay(rpc_server.call(mutation.request(subject, key)).body, first, mutation)


@every_parameter
def test_a_key_is_refused_for_another_parameter(
    newest_rpc_server: RunningServer, mutation: Mutation, parameter: Parameter
) -> None:
    subject, key, first = execute_once(newest_rpc_server, mutation)
    before = newest_rpc_server.snapshot()

    other = mutation.variant(parameter, mutation.request(subject, key))
    refusal = newest_rpc_server.call(other).refused("REQUEST_KEY_PARAMETERS_DIFFER")

    assert refusal.metadata == {
        "request_key": key,
        "stored_action": mutation.action,
        "stored_workflow_id": mutation.journal_id(subject),
    }
    assert newest_rpc_server.snapshot() == before
    assert_is_replay(newest_rpc_server.call(mutation.request(subject, key)).body, first, mutation)


@every_parameter
def test_a_request_with_that_parameter_is_replayed_too(
    newest_rpc_server: RunningServer, mutation: Mutation, parameter: Parameter
) -> None:
    # What is compared is the field's value, not whether it is set.
    subject, key = seed_subject(newest_rpc_server, mutation), fresh("key")
    request = mutation.variant(parameter, mutation.request(subject, key, reason="because"))
    first, second = newest_rpc_server.call(request), newest_rpc_server.call(request)
    if first.refusal is None:
        assert_is_replay(second.body, first.body, mutation)
    else:
        # A fork from a step name that no step has, say.
        assert second.refused("REQUEST_PREVIOUSLY_FAILED").metadata["original_reason"] == first.refusal.reason


@every_mutation_that_may_fail
def test_a_failed_request_stays_failed(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key, reason = failing_subject(rpc_server, mutation), fresh("key"), str(mutation.case.failure)
    first = rpc_server.call(mutation.request(subject, key)).refused(reason)
    assert first.metadata[mutation.case.failure_names] == subject
    assert first.detail(ResourceInfo).resource_name == subject

    stored = stored_request(rpc_server, key)
    assert (stored["outcome_code"], stored["error_reason"]) == (first.code.value[0], reason)
    make_succeed(rpc_server, mutation, subject)
    before = rpc_server.snapshot()

    for validate_only in (False, True):
        reply = rpc_server.call(mutation.request(subject, key, validate_only=validate_only))
        replay = reply.refused("REQUEST_PREVIOUSLY_FAILED")
        [failed_at] = rpc_server.execute(
            "SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') AS text"
            " FROM workflow_control.request WHERE request_key = %s",
            key,
        )
        assert replay.metadata == {
            "request_key": key,
            "original_code": first.code.name,
            "original_reason": reason,
            "original_message": first.message,
            "failed_at": failed_at["text"],
        }
        [violation] = replay.detail(PreconditionFailure).violations
        assert violation.subject == key
        assert REPLAYED_HEADER not in reply.initial_metadata

    assert rpc_server.snapshot() == before
    # Another key finds that it can be done now.
    rpc_server.call(mutation.request(subject, fresh("key"))).read(mutation.response_type)


@every_mutation_that_may_fail
def test_a_failed_key_is_refused_for_anything_else(newest_rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key = failing_subject(newest_rpc_server, mutation), fresh("key")
    newest_rpc_server.call(mutation.request(subject, key)).refused(str(mutation.case.failure))

    if mutation.case.names_workflow:
        newest_rpc_server.call(mutation.request(fresh("missing"), key)).refused("REQUEST_KEY_REUSED")
    other = mutation.request(subject, key, reason="another")
    newest_rpc_server.call(other).refused("REQUEST_KEY_PARAMETERS_DIFFER")


@pytest.mark.parametrize("mutation", [m for m in MUTATIONS if not m.supports(OLDEST)], ids=str)
def test_a_schema_that_cannot_refuses_and_keeps_nothing(oldest_rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key = seed_subject(oldest_rpc_server, mutation), fresh("key")
    before = oldest_rpc_server.snapshot()
    for validate_only in (False, True):
        reply = oldest_rpc_server.call(mutation.request(subject, key, validate_only=validate_only))
        release = reply.refused("SCHEMA_CAPABILITY_MISSING").metadata["first_release"]
        assert DbosRelease.parse(release) == mutation.case.since
    assert oldest_rpc_server.snapshot() == before

"""Which keys there are, and for how long: their form, their time, and what does not use them up."""

from __future__ import annotations

import pytest
from google.protobuf.duration_pb2 import Duration

from tests.fixtures.rpc_server import RunningServer, fresh
from tests.rpc.mutations import (
    MUTATIONS,
    Mutation,
    delete_workflow,
    execute_once,
    idempotency_of,
    seed_subject,
    without_now,
)
from workflowcontrol.v1.server_control_pb2 import (
    GetRequestRequest,
    GetRequestResponse,
    ListRequestsRequest,
    ListRequestsResponse,
)

HOUR_S = 3600
LONGEST_S = 90 * 24 * HOUR_S

every_mutation = pytest.mark.parametrize("mutation", MUTATIONS, ids=str)


def expire(server: RunningServer, key: str) -> None:
    """Lets the key's time be over."""
    server.execute(
        "UPDATE workflow_control.request SET created_at = created_at - interval '8 days', expires_at = now()"
        " WHERE request_key = %s",
        key,
    )


@every_mutation
def test_variants_of_a_key_are_other_keys(rpc_server: RunningServer, mutation: Mutation) -> None:
    key = fresh("Key-\N{LATIN SMALL LETTER E WITH ACUTE}")
    variants = [key, key.upper(), key.lower(), f"{key} ", f" {key}", key.replace("\u00e9", "e\u0301")]
    for variant in variants:
        subject = seed_subject(rpc_server, mutation)
        response = rpc_server.call(mutation.request(subject, variant)).read(mutation.response_type)
        assert not idempotency_of(response).replayed
        assert idempotency_of(response).request_key == variant
    rows = rpc_server.execute("SELECT 1 FROM workflow_control.request WHERE request_key = ANY (%s)", variants)
    assert len(rows) == len(variants)


@pytest.mark.parametrize("ttl_s", [HOUR_S, LONGEST_S])
@every_mutation
def test_a_key_is_honoured_as_long_as_asked(newest_rpc_server: RunningServer, mutation: Mutation, ttl_s: int) -> None:
    request = mutation.request(
        seed_subject(newest_rpc_server, mutation), fresh("key"), request_ttl=Duration(seconds=ttl_s)
    )
    idempotency = idempotency_of(newest_rpc_server.call(request).read(mutation.response_type))
    assert idempotency.expires_at.ToMicroseconds() - idempotency.executed_at.ToMicroseconds() == ttl_s * 1_000_000


@every_mutation
def test_an_expired_key_is_free_for_anything(rpc_server: RunningServer, mutation: Mutation) -> None:
    subject, key, _ = execute_once(rpc_server, mutation)
    expire(rpc_server, key)

    rpc_server.call(GetRequestRequest(request_key=key)).refused("REQUEST_NOT_FOUND")
    listed = rpc_server.call(ListRequestsRequest(action=mutation.action)).read(ListRequestsResponse)
    assert key not in [record.request_key for record in listed.requests]

    # Ids of forks and bulk operations derive from the key alone: they would still be taken.
    delete_workflow(rpc_server, subject)
    rpc_server.execute("TRUNCATE workflow_control.bulk_operation, workflow_control.bulk_operation_item")
    other = seed_subject(rpc_server, mutation)
    preview = rpc_server.call(mutation.request(other, key, reason="another", validate_only=True))
    foretold = mutation.foretold(preview.read(mutation.response_type))
    response = rpc_server.call(mutation.request(other, key, reason="another")).read(mutation.response_type)

    assert not idempotency_of(response).replayed
    assert without_now(foretold) == without_now(response)
    record = rpc_server.call(GetRequestRequest(request_key=key)).read(GetRequestResponse).request
    assert (record.workflow_id, record.reason) == (mutation.journal_id(other), "another")
    assert record.executed_at == idempotency_of(response).executed_at


@pytest.mark.parametrize(
    "ttl",
    [
        Duration(seconds=HOUR_S - 1, nanos=999_999_999),
        Duration(seconds=LONGEST_S, nanos=1000),
        Duration(),
        Duration(seconds=-HOUR_S),
        Duration(seconds=2**63 - 1),
        Duration(seconds=HOUR_S, nanos=-1),
        Duration(seconds=HOUR_S, nanos=2**31 - 1),
    ],
    ids=lambda ttl: f"{ttl.seconds}s{ttl.nanos}",
)
@every_mutation
def test_a_time_out_of_bounds_is_refused(newest_rpc_server: RunningServer, mutation: Mutation, ttl: Duration) -> None:
    request = mutation.request(seed_subject(newest_rpc_server, mutation), fresh("key"), request_ttl=ttl)
    before = newest_rpc_server.snapshot()
    assert newest_rpc_server.call(request).refused("INVALID_REQUEST").fields == ["request_ttl"]
    assert newest_rpc_server.snapshot() == before


@pytest.mark.parametrize("validate_only", [False, True], ids=["execute", "preview"])
@every_mutation
def test_an_invalid_request_uses_up_nothing(
    newest_rpc_server: RunningServer, mutation: Mutation, validate_only: bool
) -> None:
    subject, key = seed_subject(newest_rpc_server, mutation), fresh("key")
    before = newest_rpc_server.snapshot()
    for wrong, field in (
        (mutation.request(subject, key, reason="x" * 1025, validate_only=validate_only), "reason"),
        (mutation.request(subject, "", validate_only=validate_only), "request_key"),
        (mutation.request(subject, f"{key}\n", validate_only=validate_only), "request_key"),
        (mutation.request(subject, "x" * 201, validate_only=validate_only), "request_key"),
    ):
        assert newest_rpc_server.call(wrong).refused("INVALID_REQUEST").fields == [field]
    unknown_field = mutation.request(subject, key).SerializeToString() + b"\xf8\x3f\x01"
    reply = newest_rpc_server.start_raw_call(mutation.method, unknown_field)()
    assert reply.refused("INVALID_REQUEST").fields == ["1023"]
    assert newest_rpc_server.snapshot() == before

    response = newest_rpc_server.call(mutation.request(subject, key)).read(mutation.response_type)
    assert not idempotency_of(response).replayed


@every_mutation
def test_an_invalid_request_with_a_key_that_is_taken_is_invalid_all_the_same(
    newest_rpc_server: RunningServer, mutation: Mutation
) -> None:
    subject, key, _ = execute_once(newest_rpc_server, mutation)
    wrong = mutation.request(subject, key, reason="\0")
    assert newest_rpc_server.call(wrong).refused("INVALID_REQUEST").fields == ["reason"]

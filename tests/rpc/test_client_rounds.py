"""What takes several calls goes on where it was, whoever dies in between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import grpc
import pytest

from tests.fixtures.scripted_server import AnyClient, ScriptedServer, answer, fail, items_of
from workflow_control_client import InternalError
from workflow_control_client.calls import duration, timestamp
from workflowcontrol.v1.server_control_pb2 import (
    CancelOverdueWorkflowsRequest,
    CancelOverdueWorkflowsResponse,
    CollectGarbageRequest,
    CollectGarbageResponse,
)

MONTH = timedelta(days=30)
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
COLLECTED = (
    CollectGarbageResponse(deleted_workflow_count=5, continue_token="t1"),
    CollectGarbageResponse(continue_token="t2"),
    CollectGarbageResponse(deleted_workflow_count=1),
)
CANCELLED = tuple(
    CancelOverdueWorkflowsResponse(cancelled_workflow_count=5, cutoff_time=timestamp(NOON), more=more)
    for more in (True, False)
)


async def test_a_collection_takes_as_many_calls_as_it_needs(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CollectGarbage", *map(answer, COLLECTED))
    rounds = client.collect_all_garbage(
        older_than=MONTH, keep_newest=7, max_workflows=9, request_key="key", reason="tidy", request_ttl=MONTH
    )
    assert await items_of(rounds) == list(COLLECTED)
    same = {"max_workflows": 9, "reason": "tidy", "request_ttl": MONTH}
    assert [attempt.request for attempt in scripted_server.received("CollectGarbage")] == [
        CollectGarbageRequest(request_key="key", older_than=MONTH, keep_newest=7, **same),  # type: ignore[arg-type]  # Typed by name only.
        CollectGarbageRequest(request_key="key/2", continue_token="t1", **same),  # type: ignore[arg-type]  # Likewise.
        CollectGarbageRequest(request_key="key/3", continue_token="t2", **same),  # type: ignore[arg-type]  # Likewise.
    ]


async def test_a_cancellation_goes_on_to_the_same_time(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CancelOverdueWorkflows", *map(answer, CANCELLED))
    rounds = client.cancel_all_overdue_workflows(older_than=MONTH, application_names=iter(["shop"]), request_key="key")
    assert await items_of(rounds) == list(CANCELLED)
    assert [attempt.request for attempt in scripted_server.received("CancelOverdueWorkflows")] == [
        CancelOverdueWorkflowsRequest(request_key="key", older_than=duration(MONTH), application_names=["shop"]),
        CancelOverdueWorkflowsRequest(request_key="key/2", cutoff_time=timestamp(NOON), application_names=["shop"]),
    ]


async def test_calls_are_made_when_they_are_needed(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CollectGarbage", *map(answer, COLLECTED))
    rounds = client.collect_all_garbage(older_than=MONTH, request_key="key")
    assert scripted_server.received("CollectGarbage") == []
    assert await items_of(rounds, at_most=1) == [COLLECTED[0]]
    assert len(scripted_server.received("CollectGarbage")) == 1


async def test_a_failure_names_the_key_of_its_call(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CollectGarbage", answer(COLLECTED[0]), fail(grpc.StatusCode.INTERNAL, "INTERNAL"))
    with pytest.raises(InternalError) as raised:
        await items_of(client.collect_all_garbage(older_than=MONTH, request_key="key"))
    assert raised.value.request_key == "key/2"


async def test_without_a_key_all_calls_share_a_new_one(scripted_server: ScriptedServer, client: AnyClient) -> None:
    scripted_server.script("CollectGarbage", *map(answer, COLLECTED))
    await items_of(client.collect_all_garbage(older_than=MONTH))
    requests = [attempt.request for attempt in scripted_server.received("CollectGarbage")]
    first, *later = [r.request_key for r in requests if isinstance(r, CollectGarbageRequest)]
    assert later == [f"{first}/2", f"{first}/3"]


def test_times_exclude_each_other(client: AnyClient) -> None:
    with pytest.raises(ValueError, match="exclude each other"):
        client.collect_all_garbage(older_than=MONTH, cutoff_time=NOON)
    for times in ({}, {"older_than": MONTH, "cutoff_time": NOON}):
        with pytest.raises(ValueError, match="either"):
            client.cancel_all_overdue_workflows(**times)  # type: ignore[arg-type]  # Typed by name only.

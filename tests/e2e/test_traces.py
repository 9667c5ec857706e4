"""A real server's traces: from the caller's span to the batch, and to the lines of the log."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import grpc
import psycopg
import pytest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from tests.differential.seeds import insert, workflow
from tests.fixtures.eventually import eventually
from tests.fixtures.load import connect
from tests.fixtures.otlp import Collector, attributes
from tests.fixtures.scrape import scrape, value
from tests.fixtures.server import ServerProcess, StartServer, free_port
from tests.fixtures.sessions import locked_workflow, waiting
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, CancelWorkflowResponse
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
SPAN_ID = "b7ad6b7169203331"
CANCEL = "workflowcontrol.v1.WorkflowControl/CancelWorkflow"
BATCH = "mutation batch"


@pytest.fixture
def url(control_url: str) -> str:
    with psycopg.connect(control_url) as connection:
        for number in range(6):
            insert(connection, workflow(f"workflow-{number}", WorkflowState.PENDING))
    return control_url


@pytest.fixture
def exported(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets servers export, at once."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint)
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "50")


@pytest.fixture
def traced(start_server: StartServer, url: str, exported: None) -> ServerProcess:
    """A server that exports."""
    return start_server(url, lock_timeout_ms=20_000, statement_timeout_ms=30_000)


def cancel(server: ServerProcess, workflow_id: str, *metadata: tuple[str, str]) -> CancelWorkflowResponse:
    with grpc.insecure_channel(server.address) as channel:
        request = CancelWorkflowRequest(request_key=f"cancel-{workflow_id}", workflow_id=workflow_id)
        return WorkflowControlStub(channel).CancelWorkflow(request, timeout=20, metadata=metadata)


def test_a_callers_trace_goes_on_to_the_batch_and_the_log(traced: ServerProcess, collector: Collector) -> None:
    cancel(traced, "workflow-0", ("traceparent", f"00-{TRACE_ID}-{SPAN_ID}-01"), ("x-request-id", "mine"))

    [span] = eventually(lambda: collector.spans(CANCEL))
    [batch] = eventually(lambda: collector.spans(BATCH))
    [line] = eventually(lambda: traced.events("rpc"))

    assert (span.trace_id.hex(), span.parent_span_id.hex()) == (TRACE_ID, SPAN_ID)
    assert span.kind == Span.SPAN_KIND_SERVER
    assert attributes(span) == {
        "rpc.system": "grpc",
        "rpc.service": "workflowcontrol.v1.WorkflowControl",
        "rpc.method": "CancelWorkflow",
        "rpc.grpc.status_code": "0",
        "workflow_control.request_id": "mine",
        "workflow_control.workflow_id": "workflow-0",
        "workflow_control.request_key_hash": line["request_key_hash"],
    }
    assert (batch.trace_id, batch.parent_span_id) == (span.trace_id, span.span_id)
    assert attributes(batch) == {"workflow_control.batch.mutations": "1"}
    assert span.start_time_unix_nano < batch.start_time_unix_nano < batch.end_time_unix_nano < span.end_time_unix_nano
    assert (line["trace_id"], line["span_id"], line["request_id"]) == (TRACE_ID, span.span_id.hex(), "mine")
    assert collector.resource()["service.name"] == "workflow-control"


def test_a_batch_of_several_calls_is_linked_with_all(
    start_server: StartServer, url: str, collector: Collector, exported: None
) -> None:
    port = free_port()
    limits = {"lock_timeout_ms": 20_000, "statement_timeout_ms": 30_000}
    server = start_server(url, metrics_port=port, mutation_connections=1, **limits)
    with ThreadPoolExecutor() as threads:
        with locked_workflow(url, "workflow-0"):
            threads.submit(cancel, server, "workflow-0")
            # Its second try, alone, holds up the only committer; what comes meanwhile is one batch.
            eventually(lambda: value(scrape(port), "workflow_control_batches_split_total") and waiting(url))
            together = [threads.submit(cancel, server, f"workflow-{number}") for number in range(1, 6)]
            eventually(lambda: value(scrape(port), "workflow_control_mutations_queued") == 5)
        for call in together:
            call.result(20)

    spans = eventually(lambda: found if len(found := collector.spans(CANCEL)) == 6 else [])
    calls = {span.span_id: span for span in spans}
    [batch] = [span for span in collector.spans(BATCH) if span.links]
    assert attributes(batch)["workflow_control.batch.mutations"] == "5"
    linked = {link.span_id for link in batch.links}
    assert len(linked) == 4
    assert batch.trace_id == calls[batch.parent_span_id].trace_id
    others = {attributes(calls[each])["workflow_control.workflow_id"] for each in linked | {batch.parent_span_id}}
    assert others == {f"workflow-{number}" for number in range(1, 6)}
    for each in linked:
        assert [(link.trace_id, link.span_id) for link in calls[each].links] == [(batch.trace_id, batch.span_id)]


def test_what_is_not_sampled_is_not_recorded(traced: ServerProcess, collector: Collector) -> None:
    cancel(traced, "workflow-0", ("traceparent", f"00-{TRACE_ID}-{SPAN_ID}-00"))
    cancel(traced, "workflow-1")

    [recorded] = eventually(lambda: collector.spans(CANCEL))
    [batch] = eventually(lambda: collector.spans(BATCH))

    assert attributes(recorded)["workflow_control.workflow_id"] == "workflow-1"
    assert batch.parent_span_id == recorded.span_id
    assert eventually(lambda: traced.events("rpc"))[0]["trace_id"] == TRACE_ID


def test_a_callers_mistake_is_no_error_of_ours(traced: ServerProcess, collector: Collector) -> None:
    with pytest.raises(grpc.RpcError):
        cancel(traced, "nobody")

    [span] = eventually(lambda: collector.spans(CANCEL))

    assert attributes(span)["rpc.grpc.status_code"] == str(grpc.StatusCode.NOT_FOUND.value[0])
    assert span.status.code == Status.STATUS_CODE_UNSET


def test_what_the_server_cannot_is_an_error(
    start_server: StartServer, url: str, collector: Collector, exported: None
) -> None:
    server = start_server(url, max_deadline="500ms", lock_timeout_ms=20_000, statement_timeout_ms=30_000)
    with locked_workflow(url, "workflow-0"), pytest.raises(grpc.RpcError):
        cancel(server, "workflow-0")

    [span] = eventually(lambda: collector.spans(CANCEL))

    assert attributes(span)["rpc.grpc.status_code"] == str(grpc.StatusCode.DEADLINE_EXCEEDED.value[0])
    assert (span.status.code, span.status.message) == (Status.STATUS_CODE_ERROR, "DEADLINE_EXCEEDED")


def test_reads_and_streams_are_traced(traced: ServerProcess, collector: Collector) -> None:
    with connect(traced.address) as client:
        client.get_workflow("workflow-0")
        assert [entry.closed for entry in client.read_stream("workflow-0", "log")] == []

    for method in ("GetWorkflow", "ReadStream"):
        [span] = eventually(partial(collector.spans, f"workflowcontrol.v1.WorkflowControl/{method}"))
        assert attributes(span)["rpc.grpc.status_code"] == "0"
    assert collector.spans(BATCH) == []


def test_the_last_spans_are_exported(traced: ServerProcess, collector: Collector) -> None:
    cancel(traced, "workflow-0")
    traced.terminate()

    assert traced.wait() == 0
    assert len(collector.spans(CANCEL)) == len(collector.spans(BATCH)) == 1


def test_a_collector_that_is_not_there_delays_nothing(
    start_server: StartServer, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{free_port()}")
    server = start_server(url)

    cancel(server, "workflow-0")
    server.terminate()
    before = time.monotonic()

    assert server.wait() == 0
    assert time.monotonic() - before < 8

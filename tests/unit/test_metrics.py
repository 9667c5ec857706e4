"""What is counted, as what, and that it is written out as Prometheus reads it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from prometheus_client import Metric, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from tests.fixtures.control import mutation
from tests.fixtures.scrape import scrape, value
from tests.fixtures.server import free_port
from workflow_control.domain.commands import CancelWorkflow, Command, ResumeWorkflow
from workflow_control.domain.errors import Code, DatabaseUnavailable, WorkflowNotFound
from workflow_control.domain.fleet import QueueLoad
from workflow_control.domain.records import StoredRequest
from workflow_control.idempotency.flight import Executed, Flight, Recalled, Rehearsed, Settled, Unsettled
from workflow_control.telemetry.exporter import MetricsListenError, exporting
from workflow_control.telemetry.metrics import Metrics

MOMENT = datetime(2026, 1, 31, tzinfo=UTC)
CANCEL = "WorkflowControl/CancelWorkflow"


@pytest.fixture
def metrics() -> Metrics:
    return Metrics("1.2.3")


def exported(metrics: Metrics) -> Sequence[Metric]:
    return list(text_string_to_metric_families(generate_latest(metrics.registry).decode()))


def flight(settled: Settled | None, command: Command | None = None, *, rehearsal: bool = False) -> Flight:
    made = Flight(mutation("key", command or CancelWorkflow("order-7")), lambda _: None, rehearsal)
    made.settled = settled
    made.waited_s = 0.25
    return made


def stored() -> StoredRequest:
    return StoredRequest(
        *("scope", "key", "CancelWorkflow", "order-7", b"", 1, "id", "actor", "reason"),
        MOMENT,
        MOMENT,
        Code.OK,
        b"",
        None,
    )


def test_calls_are_counted_by_method_and_code(metrics: Metrics) -> None:
    metrics.calls_ended([(CANCEL, "OK", 0.003), (CANCEL, "OK", 0.3), (CANCEL, "ABORTED", 40.0)])
    metrics.calls_ended([("ServerControl/GetServerInfo", "OK", 0.001)])

    families = exported(metrics)
    requests = "workflow_control_rpc_requests_total"
    assert value(families, requests, {"method": CANCEL, "code": "OK"}) == 2
    assert value(families, requests, {"method": CANCEL, "code": "ABORTED"}) == 1
    assert value(families, requests) == 4
    buckets = {
        le: value(families, "workflow_control_rpc_duration_seconds_bucket", {"method": CANCEL, "le": le})
        for le in ("0.0025", "0.005", "0.5", "30.0", "+Inf")
    }
    assert buckets == {"0.0025": 0, "0.005": 1, "0.5": 2, "30.0": 2, "+Inf": 3}
    assert value(families, "workflow_control_rpc_duration_seconds_sum", {"method": CANCEL}) == pytest.approx(40.303)


@pytest.mark.parametrize(
    ("settled", "rehearsal", "outcome"),
    [
        (Executed(stored(), None), False, "executed"),
        (Executed(stored(), WorkflowNotFound("order-7")), False, "refused"),
        (Rehearsed(b""), True, "previewed"),
        (Unsettled(WorkflowNotFound("order-7")), True, "previewed"),
        (Unsettled(DatabaseUnavailable()), True, "failed"),
        (Unsettled(DatabaseUnavailable()), False, "failed"),
        # Its caller is told so, and counts it then; or it runs again, and is counted later.
        (Recalled(stored()), False, None),
        (None, False, None),
    ],
)
def test_each_mutation_of_a_batch_has_an_outcome(
    metrics: Metrics, settled: Settled | None, rehearsal: bool, outcome: str | None
) -> None:
    metrics.executor.batch_ended([flight(settled, rehearsal=rehearsal)], 0.01)

    families = exported(metrics)
    assert value(families, "workflow_control_mutations_total") == (outcome is not None)
    labels = {"action": "CancelWorkflow", "outcome": outcome or ""}
    assert value(families, "workflow_control_mutations_total", labels) == (outcome is not None)


def test_a_batch_is_counted_with_all_that_is_in_it(metrics: Metrics) -> None:
    batch = [flight(Executed(stored(), None)) for _ in range(3)]
    batch.append(flight(Executed(stored(), None), ResumeWorkflow("order-8", None)))

    metrics.executor.batch_ended(batch, 0.02)
    metrics.executor.batch_split(batch)
    metrics.executor.commit_in_doubt()

    families = exported(metrics)
    assert value(families, "workflow_control_mutations_total", {"action": "CancelWorkflow"}) == 3
    assert value(families, "workflow_control_mutations_total", {"action": "ResumeWorkflow"}) == 1
    assert value(families, "workflow_control_batch_mutations_sum") == 4
    assert value(families, "workflow_control_batch_duration_seconds_sum") == 0.02
    assert value(families, "workflow_control_mutation_queue_duration_seconds_sum") == 1
    assert value(families, "workflow_control_batches_split_total") == 1
    assert value(families, "workflow_control_mutations_rerun_total") == 4
    assert value(families, "workflow_control_commits_in_doubt_total") == 1


def test_repeats_are_counted_by_what_their_callers_are_told(metrics: Metrics) -> None:
    metrics.executor.key_was_taken("CancelWorkflow", replayed=True)
    metrics.executor.key_was_taken("CancelWorkflow", replayed=True)
    metrics.executor.key_was_taken("CancelWorkflow", replayed=False)

    families = exported(metrics)
    assert value(families, "workflow_control_mutations_total", {"outcome": "replayed"}) == 2
    assert value(families, "workflow_control_mutations_total", {"outcome": "key_refused"}) == 1


def test_pools_are_asked_at_each_scrape(metrics: Metrics) -> None:
    statistics = {"pool_size": 3, "pool_available": 1, "requests_num": 5, "requests_wait_ms": 1500}
    metrics.pools.add("reads", lambda: statistics)

    families = exported(metrics)
    reads = {"pool": "reads"}
    assert value(families, "workflow_control_pool_connections", reads) == 3
    assert value(families, "workflow_control_pool_wait_seconds_total", reads) == 1.5
    assert value(families, "workflow_control_pool_errors_total", reads) == 0
    statistics["requests_errors"] = 2
    assert value(exported(metrics), "workflow_control_pool_errors_total", reads) == 2


def test_queues_that_could_not_be_read_are_absent(metrics: Metrics) -> None:
    def told() -> tuple[float, float]:
        families = exported(metrics)
        names = ("workflow_control_fleet_workflows", "workflow_control_fleet_oldest_created_timestamp_seconds")
        return value(families, names[0], {"queue": 'or"ders\n'}), value(families, names[1])

    assert told() == (0, 0)
    metrics.fleet.update([QueueLoad('or"ders\n', "ENQUEUED", 7, 1_500)])
    assert told() == (7, 1.5)
    metrics.fleet.fail()
    assert told() == (0, 0)
    assert value(exported(metrics), "workflow_control_fleet_read_errors_total") == 1
    assert value(exported(metrics), "workflow_control_fleet_read_timestamp_seconds") > 0


async def test_the_exporter_ends_with_its_block(metrics: Metrics) -> None:
    port = free_port()
    async with exporting(metrics.registry, "127.0.0.1", port):
        # From this very loop's thread: the exporter does not need the loop.
        assert value(scrape(port), "workflow_control_build_info", {"version": "1.2.3"}) == 1
        with pytest.raises(MetricsListenError, match=f"127.0.0.1:{port}: address already in use"):
            await exporting(metrics.registry, "127.0.0.1", port).__aenter__()
        assert exporter_threads() == 1
    assert exporter_threads() == 0
    async with exporting(metrics.registry, "127.0.0.1", port):
        pass


def exporter_threads() -> int:
    return sum("serve_forever" in thread.name for thread in threading.enumerate())


async def test_an_address_that_is_none_is_told(metrics: Metrics) -> None:
    with pytest.raises(MetricsListenError, match=r"Cannot serve metrics on 192\.0\.2\.1:"):
        await exporting(metrics.registry, "192.0.2.1", free_port()).__aenter__()

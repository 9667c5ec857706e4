"""What a real server exports after real calls; and the dashboard, the alerts and the documents ask for nothing else."""

from __future__ import annotations

import json
import re
import signal
import socket
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any
from urllib.error import URLError

import psutil
import psycopg
import pytest
import yaml
from prometheus_client import Metric

from tests.differential.seeds import insert, workflow
from tests.fixtures import markdown, promql
from tests.fixtures.control import ControlTemplate, fetch
from tests.fixtures.dbos_releases import NEWEST
from tests.fixtures.eventually import eventually
from tests.fixtures.load import connect
from tests.fixtures.postgres import Databases
from tests.fixtures.scrape import scrape, value
from tests.fixtures.server import ServerProcess, StartServer, free_port
from tests.fixtures.sessions import locked_workflow
from workflow_control import __version__
from workflow_control.domain.states import WorkflowState
from workflow_control_client import BulkCancel, RequestKeyReused, WorkflowLocked, WorkflowNotFound, until_changed

CANCEL = {"action": "CancelWorkflow"}
_OPERATIONS = "docs/operations.md"


@pytest.fixture
def url(control_url: str) -> str:
    seed(control_url)
    return control_url


def seed(url: str) -> None:
    with psycopg.connect(url) as connection:
        for number in range(4):
            insert(connection, workflow(f"workflow-{number}", WorkflowState.PENDING, queue_name="orders"))
        insert(connection, workflow("workflow-waiting", WorkflowState.ENQUEUED, queue_name="orders"))
        insert(connection, workflow("workflow-later", WorkflowState.DELAYED, queue_name="later"))


def start(start_server: StartServer, url: str, **settings: object) -> tuple[ServerProcess, int]:
    """Starts a server that exports metrics, and returns the port of these."""
    port = free_port()
    return start_server(url, metrics_port=port, fleet_interval="1s", lock_timeout_ms=50, **settings), port


def make_calls(server: ServerProcess, url: str) -> None:
    """Has each outcome that a call can have while the database is well."""
    with connect(server.address, retries=False) as client:
        client.cancel_workflow("workflow-0", request_key="executed")
        client.cancel_workflow("workflow-0", request_key="executed")
        client.cancel_workflow("workflow-1", request_key="previewed", validate_only=True)
        with pytest.raises(WorkflowNotFound):
            client.cancel_workflow("nobody", request_key="refused")
        with pytest.raises(RequestKeyReused):
            client.cancel_workflow("workflow-1", request_key="executed")
        with locked_workflow(url, "workflow-2"), pytest.raises(WorkflowLocked):
            client.cancel_workflow("workflow-2", request_key="failed")
        client.get_workflow("workflow-0")


def make_bulk_operation(server: ServerProcess, port: int) -> None:
    """Has an item with each outcome that a cancellation can have."""
    with connect(server.address, retries=False) as client:
        client.start_bulk_operation(cancel=BulkCancel(), workflow_ids=["workflow-0", "workflow-3", "nobody"])
    eventually(lambda: value(scrape(port), "workflow_control_bulk_items_total") == 3)
    eventually(lambda: value(scrape(port), "workflow_control_bulk_operations") == 1, 40)


def calls(families: Sequence[Metric]) -> float:
    return value(families, "workflow_control_rpc_requests_total")


def test_calls_and_what_became_of_them_are_counted(start_server: StartServer, url: str) -> None:
    server, port = start(start_server, url)

    make_calls(server, url)
    families = eventually(lambda: found if calls(found := scrape(port)) == 7 else None)
    assert families is not None

    outcomes = {
        outcome: value(families, "workflow_control_mutations_total", {**CANCEL, "outcome": outcome})
        for outcome in ("executed", "replayed", "previewed", "refused", "key_refused", "failed")
    }
    assert outcomes == dict.fromkeys(outcomes, 1)
    codes = {"OK": 3, "NOT_FOUND": 1, "ALREADY_EXISTS": 1, "ABORTED": 1}
    for code, count in codes.items():
        labels = {"method": "WorkflowControl/CancelWorkflow", "code": code}
        assert value(families, "workflow_control_rpc_requests_total", labels) == count
    assert value(families, "workflow_control_rpc_duration_seconds_count") == 7
    # Six calls, and the locked workflow's second try, alone.
    assert value(families, "workflow_control_batch_mutations_count") == 7
    assert value(families, "workflow_control_mutation_queue_duration_seconds_count") == 7
    assert value(families, "workflow_control_batches_split_total") == 1
    assert value(families, "workflow_control_mutations_rerun_total") == 1
    assert value(families, "workflow_control_commits_in_doubt_total") == 0
    assert value(families, "workflow_control_mutations_queued") == 0


def test_the_state_of_server_database_and_pools_is_told(start_server: StartServer, url: str) -> None:
    _, port = start(start_server, url)

    families = scrape(port)

    assert value(families, "workflow_control_build_info", {"version": __version__}) == 1
    assert value(families, "workflow_control_serving") == 1
    assert value(families, "workflow_control_database_up") == 1
    assert value(families, "workflow_control_database_probe_duration_seconds_count") >= 1
    assert value(families, "workflow_control_pool_connections", {"pool": "mutations"}) == 3
    assert value(families, "workflow_control_pool_connections", {"pool": "reads"}) == 4
    assert value(families, "process_resident_memory_bytes") > 0

    [(database,)] = fetch(url, "SELECT current_database()")
    with psycopg.connect(url.replace(str(database), "postgres"), autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS false'.encode())
        try:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,))
            eventually(lambda: not value(scrape(port), "workflow_control_serving"))
            eventually(lambda: not value(scrape(port), "workflow_control_database_up"))
        finally:
            admin.execute(f'ALTER DATABASE "{database}" ALLOW_CONNECTIONS true'.encode())
    eventually(lambda: value(scrape(port), "workflow_control_serving"), 20)


def test_queues_are_counted(start_server: StartServer, url: str) -> None:
    _, port = start(start_server, url)

    def loads() -> dict[tuple[str, str], float]:
        name = "workflow_control_fleet_workflows"
        samples = [sample for family in scrape(port) for sample in family.samples if sample.name == name]
        return {(sample.labels["queue"], sample.labels["state"]): sample.value for sample in samples}

    before = {("orders", "PENDING"): 4, ("orders", "ENQUEUED"): 1, ("later", "DELAYED"): 1}
    eventually(lambda: loads() == before)
    fetch(url, "UPDATE dbos.workflow_status SET status = 'ENQUEUED' WHERE workflow_uuid = 'workflow-3'")
    eventually(lambda: loads() == {**before, ("orders", "PENDING"): 3, ("orders", "ENQUEUED"): 2})
    assert value(scrape(port), "workflow_control_fleet_read_errors_total") == 0


def test_each_of_several_processes_has_a_port_of_its_own(start_server: StartServer, url: str) -> None:
    port = eventually(free_pair)
    server = start_server(url, metrics_port=port, processes=2, port=free_port())

    expected = [{server.port, port}, {server.port, port + 1}]
    eventually(lambda: sorted(map(sorted, map(listening, server.workers()))) == list(map(sorted, expected)))
    eventually(lambda: all(value(scrape(each), "workflow_control_serving") for each in (port, port + 1)))
    server.terminate()

    assert server.wait() == 0
    for each in (port, port + 1):
        with pytest.raises(URLError):
            scrape(each)


def free_pair() -> int:
    """Returns a free port that is followed by another one; 0 if the one found is not."""
    port = free_port()
    try:
        socket.create_server(("127.0.0.1", port + 1)).close()
    except (OSError, OverflowError):
        return 0
    return port


def test_metrics_are_served_until_the_end(start_server: StartServer, url: str) -> None:
    server, port = start(start_server, url, drain_delay="10s")

    server.terminate()
    eventually(lambda: not value(scrape(port), "workflow_control_serving"))
    server.process.send_signal(signal.SIGINT)

    assert server.wait() == 0


def test_a_taken_port_ends_the_start(start_server: StartServer, url: str) -> None:
    _, port = start(start_server, url)

    second = start_server(url, metrics_port=port, wait=False)

    assert second.wait() == 2
    assert f"Cannot serve metrics on 127.0.0.1:{port}: address already in use." in second.log.read_text()


def test_without_a_port_nothing_listens(start_server: StartServer, url: str) -> None:
    server = start_server(url)

    assert listening(psutil.Process(server.pid)) == {server.port}


def listening(process: psutil.Process) -> set[int]:
    """Returns the ports that the process listens on."""
    sockets = process.net_connections("tcp")
    return {each.laddr.port for each in sockets if each.status == psutil.CONN_LISTEN}


@pytest.fixture(scope="module")
def families(
    databases: Databases, control_template: ControlTemplate, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Sequence[Metric]]:
    """What a server exports once everything has happened that makes a series."""
    url = databases.create(control_template(NEWEST))
    seed(url)
    port = free_port()
    environment = {
        "WORKFLOW_CONTROL_DATABASE_URL": url,
        "WORKFLOW_CONTROL_PORT": "0",
        "WORKFLOW_CONTROL_METRICS_PORT": str(port),
        "WORKFLOW_CONTROL_LOCK_TIMEOUT_MS": "50",
        "WORKFLOW_CONTROL_LOG_FORMAT": "json",
    }
    log = tmp_path_factory.mktemp("metrics") / "server.log"
    server = ServerProcess(log, 0, ("-m", "workflow_control", "serve"), environment)
    try:
        server.wait_until_serving()
        make_calls(server, url)
        eventually(lambda: calls(scrape(port)) == 7)
        make_bulk_operation(server, port)
        with connect(server.address) as client:
            client.get_workflow("workflow-0", wait=until_changed(timeout=timedelta(seconds=1)))
        # The first count may have come before the first connection.
        eventually(lambda: value(scrape(port), "workflow_control_fleet_workflows"), 40)
        yield scrape(port)
    finally:
        server.end()
        databases.drop(url)


def dashboard() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(markdown.read("deploy/grafana/workflow-control.json"))
    return read


def dashboard_queries() -> list[str]:
    panels = [target["expr"] for panel in dashboard()["panels"] for target in panel.get("targets", ())]
    variables = [each["query"]["query"] for each in dashboard()["templating"]["list"] if each["type"] == "query"]
    return panels + [re.sub(r"^label_values\((.*), \w+\)$", r"\1", query) for query in variables]


def alert_rules() -> list[dict[str, Any]]:
    return [
        rule
        for group in yaml.safe_load(markdown.read("deploy/prometheus/alerts.yml"))["groups"]
        for rule in group["rules"]
    ]


def documented_queries() -> list[str]:
    blocks = [block.text for block in markdown.blocks(markdown.read(_OPERATIONS)) if block.language == "promql"]
    return [line for text in blocks for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize(
    "queries",
    [
        pytest.param(dashboard_queries(), id="dashboard"),
        pytest.param([rule["expr"] for rule in alert_rules()], id="alerts"),
        pytest.param(documented_queries(), id="operations"),
    ],
)
def test_queries_ask_for_what_is_exported(families: Sequence[Metric], queries: Sequence[str]) -> None:
    exposition = promql.Exposition.of(families)

    assert queries
    assert [problem for query in queries for problem in promql.problems(query, exposition)] == []


def test_the_dashboard_shows_every_metric(families: Sequence[Metric]) -> None:
    shown = frozenset().union(*(promql.series(query) for query in dashboard_queries()))

    missing = {
        family.name
        for family in families
        if family.name.startswith("workflow_control_") and not any(name.startswith(family.name) for name in shown)
    }

    assert not missing


def test_the_documents_list_every_metric(families: Sequence[Metric]) -> None:
    exported = {}
    for family in families:
        if family.name.startswith("workflow_control_"):
            total = "_total" if family.type == "counter" else ""
            labels = {label for sample in family.samples for label in sample.labels} - {"le"}
            exported[f"{family.name}{total}"] = labels

    rows = markdown.table(markdown.read(_OPERATIONS), "metric", "labels", "what")

    assert {markdown.code(name): set(re.findall(r"`(\w+)`", labels)) for name, labels, _ in rows} == exported


def test_every_alert_says_what_is_wrong() -> None:
    rules = alert_rules()

    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        assert rule["annotations"]["summary"].endswith(".")
        assert re.fullmatch(r"\d+[sm]", rule.get("for", "0s"))


def test_panels_are_whole_and_do_not_overlap() -> None:
    panels = dashboard()["panels"]
    cells = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]

    assert len({panel["id"] for panel in panels}) == len(panels)
    assert len(set(cells)) == len(cells)
    assert all(x < 24 for x, _ in cells)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("sum(workflow_control_nothing)", "there is no workflow_control_nothing"),
        ("workflow_control_pool_waiting{pools='reads'}", "workflow_control_pool_waiting has no label pools"),
        ("workflow_control_pool_waiting{pool=~'reads|writes'}", "workflow_control_pool_waiting has no pool 'writes'"),
        ("rate(workflow_control_rpc_requests_total{code='BROKEN'}[5m])", "has no code 'BROKEN'"),
        ("sum by (queue) (workflow_control_pool_waiting)", "has a label queue"),
    ],
)
def test_a_query_for_what_is_not_there_is_noticed(families: Sequence[Metric], query: str, problem: str) -> None:
    [found] = promql.problems(query, promql.Exposition.of(families))

    assert problem in found

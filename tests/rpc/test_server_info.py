"""GetServerInfo and CheckReadiness: what is installed, and what is amiss with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

import workflow_control
from tests.differential.seeds import LAST_STEP, family, insert
from tests.fixtures.control import CONTROL_SCHEMA
from tests.fixtures.dbos_releases import NEWEST, DbosRelease, DbosTemplate
from tests.fixtures.eventually import eventually
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh, running_rpc_server
from tests.fixtures.scripted_server import SERVICES
from tests.rpc.mutations import MUTATIONS
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.states import WorkflowState
from workflow_control.postgres.migrate import migrate
from workflowcontrol.v1.server_control_pb2 import (
    CheckReadinessRequest,
    CheckReadinessResponse,
    GetServerInfoRequest,
    GetServerInfoResponse,
    Limits,
    ListRequestsRequest,
    ListRequestsResponse,
    ReadinessCheck,
)
from workflowcontrol.v1.types_pb2 import WORKFLOW_VIEW_FULL, WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import (
    CancelWorkflowRequest,
    ListWorkflowsRequest,
    ListWorkflowsResponse,
    ListWorkflowStepsRequest,
    ListWorkflowStepsResponse,
)

CHECKS = ["connection", "dbos_tables", "control_schema", "privileges"]


def get_info(server: RunningServer) -> GetServerInfoResponse:
    return server.call(GetServerInfoRequest()).read(GetServerInfoResponse)


def check_readiness(server: RunningServer) -> CheckReadinessResponse:
    return server.call(CheckReadinessRequest()).read(CheckReadinessResponse)


def test_the_versions_and_the_schema(rpc_server: RunningServer) -> None:
    info = get_info(rpc_server)
    assert info.version == workflow_control.__version__
    [postgres] = rpc_server.execute("SHOW server_version")
    assert info.postgres_version == postgres["server_version"].split()[0]
    [migration] = rpc_server.execute("SELECT version FROM dbos.dbos_migrations")
    assert (info.dialect.schema, info.dialect.migration) == ("dbos", migration["version"])
    assert list(info.dialect.unknown_columns) == []


def test_the_capabilities_are_those_of_the_release(rpc_server: RunningServer, dbos_release: DbosRelease) -> None:
    capabilities = get_info(rpc_server).dialect.capabilities
    assert {each.name: each.first_release for each in capabilities} == {
        capability.label: capability.first_release for capability in Capability
    }
    for each in capabilities:
        assert each.available == (dbos_release >= DbosRelease.parse(each.first_release)), each.name


def test_the_limits_are_those_that_are_set(start_rpc_server: StartRpcServer, newest_rpc_server: RunningServer) -> None:
    defaults = get_info(newest_rpc_server).limits
    assert (defaults.max_request_key_bytes, defaults.max_name_bytes, defaults.max_page_size) == (200, 255, 1000)
    assert defaults.default_request_ttl.seconds == 7 * 24 * 3600
    server = start_rpc_server(
        max_request_bytes=2 * 1024 * 1024,
        max_response_bytes=3 * 1024 * 1024,
        max_deadline="1500ms",
        request_ttl="2h",
        max_queued_mutations=7,
    )
    limits = get_info(server).limits
    assert (limits.max_request_bytes, limits.max_response_bytes) == (2 * 1024 * 1024, 3 * 1024 * 1024)
    assert limits.max_deadline.ToMilliseconds() == 1500
    assert limits.default_request_ttl.ToSeconds() == 2 * 3600
    assert limits.max_queued_mutations == 7


def test_every_limit_is_told(newest_rpc_server: RunningServer) -> None:
    """A new field of the contract is set, too: no limit is 0."""
    limits = get_info(newest_rpc_server).limits
    assert {field.name for field, _ in limits.ListFields()} == set(Limits.DESCRIPTOR.fields_by_name)


def test_the_servers_own_tables_and_when_it_began(newest_rpc_server: RunningServer) -> None:
    first, second = get_info(newest_rpc_server), get_info(newest_rpc_server)
    [applied] = newest_rpc_server.execute("SELECT max(version) AS version FROM workflow_control.migration")
    assert (first.control_schema.schema, first.control_schema.migration) == ("workflow_control", applied["version"])
    assert first.start_time == second.start_time
    assert timedelta() < datetime.now(UTC) - first.start_time.ToDatetime(UTC) < timedelta(hours=1)


@pytest.mark.parametrize("reflection", [True, False])
def test_what_is_on_and_what_is_not(start_rpc_server: StartRpcServer, reflection: bool) -> None:
    info = get_info(start_rpc_server(reflection=reflection, prepared_statements=False))
    assert {feature.name: feature.enabled for feature in info.features} == {
        "reflection": reflection,
        "metrics": False,
        "tracing": False,
        "prepared_statements": False,
        "shared_port": False,
    }
    ours = [service.full_name for service in SERVICES]
    others = ["grpc.health.v1.Health"]
    if reflection:
        others += ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"]
    assert list(info.services) == sorted([*ours, *others])


def test_unknown_columns_and_tables_are_named(create_database: CreateDatabase, dbos_template: DbosTemplate) -> None:
    url = create_database(dbos_template(NEWEST))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER TABLE dbos.workflow_status ADD COLUMN novelty text")
        connection.execute("CREATE TABLE dbos.novelties (novelty text)")
    with running_rpc_server(url) as server:
        unknown = get_info(server).dialect.unknown_columns
        assert set(unknown) >= {"workflow_status.novelty", "novelties"}
        assert check_readiness(server).ready


STRANGE_NAME = 'A  "schema" %s {x}\''


def test_our_schema_may_have_any_name(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(schema_=STRANGE_NAME)
    assert check_readiness(server).ready
    request = CancelWorkflowRequest(request_key="key", workflow_id="missing")
    server.call(request).refused("WORKFLOW_NOT_FOUND")
    server.call(request).refused("REQUEST_PREVIOUSLY_FAILED")
    assert len(server.call(ListRequestsRequest()).read(ListRequestsResponse).requests) == 1
    tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", STRANGE_NAME)
    assert [table["tablename"] for table in tables] == ["bulk_operation", "bulk_operation_item", "migration", "request"]


def test_dbos_schema_may_have_any_name(
    create_database: CreateDatabase, dbos_template: DbosTemplate, dbos_release: DbosRelease
) -> None:
    url = create_database(dbos_template(dbos_release))
    migrate(url, CONTROL_SCHEMA)
    with psycopg.connect(url, autocommit=True) as connection:
        subjects = {each: f"subject of {each}" for each in MUTATIONS if each.supports(dbos_release)}
        for mutation, subject in subjects.items():
            if not mutation.case.creates:
                insert(connection, mutation.case.rows(subject, mutation.case.state))
        insert(connection, family("order", WorkflowState.PENDING))
        connection.execute(SQL("ALTER SCHEMA dbos RENAME TO {}").format(Identifier(STRANGE_NAME)))
    with running_rpc_server(url, dbos_schema=STRANGE_NAME) as server:
        assert check_readiness(server).ready
        assert get_info(server).dialect.schema == STRANGE_NAME
        for mutation, subject in subjects.items():
            server.call(mutation.request(subject, f"key-{mutation}")).read(mutation.response_type)
        orders = ListWorkflowsRequest(filter=WorkflowFilter(workflow_id_prefixes=["order"]), view=WORKFLOW_VIEW_FULL)
        assert len(server.call(orders).read(ListWorkflowsResponse).workflows) == 5
        steps = server.call(ListWorkflowStepsRequest(workflow_id="order", include_output=True))
        assert len(steps.read(ListWorkflowStepsResponse).steps) == LAST_STEP


def test_all_is_in_place(rpc_server: RunningServer) -> None:
    report = check_readiness(rpc_server)
    assert report.ready
    assert [check.name for check in report.checks] == CHECKS
    for check in report.checks:
        assert check.ok
        assert check.detail
        assert not check.fix


def amiss(server: RunningServer) -> ReadinessCheck:
    """Returns the one thing that is amiss; what is told before it is in place, and nothing is told after."""
    report = check_readiness(server)
    assert not report.ready
    [wrong] = [check for check in report.checks if not check.ok]
    assert wrong.fix
    assert wrong.detail
    return wrong


def test_without_our_schema_the_fix_is_to_migrate(start_rpc_server: StartRpcServer) -> None:
    wrong = amiss(start_rpc_server(prepare=False))
    assert wrong.name == "control_schema"
    assert "python -m workflow_control migrate" in wrong.fix


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE workflow_control.migration SET checksum = 'other'",
        "INSERT INTO workflow_control.migration (version, name, checksum) VALUES (999, '0999_future', '')",
    ],
    ids=["another checksum", "a migration of the future"],
)
def test_a_schema_of_another_release_is_told(start_rpc_server: StartRpcServer, tampering: str) -> None:
    server = start_rpc_server()
    server.execute(tampering)
    assert amiss(server).name == "control_schema"


def test_without_dbos_the_fix_is_to_start_a_worker(create_database: CreateDatabase) -> None:
    with running_rpc_server(create_database(), prepare=False) as server:
        report = check_readiness(server)
        assert not report.ready
        by_name = {check.name: check for check in report.checks}
        assert by_name["connection"].ok
        assert not by_name["dbos_tables"].ok
        assert "2.11.0" in by_name["dbos_tables"].fix


def test_a_dbos_that_is_too_old_is_told(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    server.execute("ALTER TABLE dbos.workflow_status DROP COLUMN parent_workflow_id")
    wrong = amiss(server)
    assert wrong.name == "dbos_tables"
    assert "workflow_status.parent_workflow_id" in wrong.detail


def test_missing_privileges_are_named(start_rpc_server: StartRpcServer) -> None:
    owner = start_rpc_server()
    role = fresh("clerk").replace("-", "_")
    name = urlsplit(owner.database_url).path.removeprefix("/")
    for statement in (
        f"CREATE ROLE {role} LOGIN PASSWORD 'clerk'",
        f"GRANT CONNECT ON DATABASE {name} TO {role}",
        f"GRANT USAGE ON SCHEMA dbos, workflow_control TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA dbos, workflow_control TO {role}",
        f"REVOKE UPDATE ON dbos.workflow_status FROM {role}",
        f"REVOKE DELETE ON workflow_control.request FROM {role}",
    ):
        owner.execute(statement)
    try:
        parts = urlsplit(owner.database_url)
        url = urlunsplit(parts._replace(netloc=f"{role}:clerk@{parts.hostname}:{parts.port}"))
        with running_rpc_server(url, prepare=False) as server:
            # Its report looks at what it knows of the catalog, which is read a moment after the start.
            wrong = eventually(lambda: amiss(server))
            assert wrong.name == "privileges"
            assert "UPDATE on" in wrong.detail
            assert "workflow_status" in wrong.detail
            assert "DELETE on" in wrong.detail
            assert "request" in wrong.detail
            owner.execute(f"GRANT UPDATE ON dbos.workflow_status TO {role}")
            owner.execute(f"GRANT DELETE ON workflow_control.request TO {role}")
            assert check_readiness(server).ready
    finally:
        owner.execute(f"DROP OWNED BY {role}")
        owner.execute(f"DROP ROLE {role}")


def test_a_role_that_may_not_see_our_schema_is_told(start_rpc_server: StartRpcServer) -> None:
    owner = start_rpc_server()
    role = fresh("stranger").replace("-", "_")
    owner.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'stranger'")
    owner.execute(f"GRANT USAGE ON SCHEMA dbos TO {role}")
    owner.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA dbos TO {role}")
    try:
        parts = urlsplit(owner.database_url)
        url = urlunsplit(parts._replace(netloc=f"{role}:stranger@{parts.hostname}:{parts.port}"))
        with running_rpc_server(url, prepare=False) as server:
            wrong = amiss(server)
            assert wrong.name == "privileges"
            assert "USAGE on schema workflow_control" in wrong.detail
    finally:
        owner.execute(f"DROP OWNED BY {role}")
        owner.execute(f"DROP ROLE {role}")


def test_a_database_that_only_reads_is_told(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    name = urlsplit(server.database_url).path.removeprefix("/")
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    wrong = amiss(server)
    assert wrong.name == "connection"
    assert [check.name for check in check_readiness(server).checks] == ["connection"]


def test_a_database_that_is_away_is_told_without_its_words(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    parts = urlsplit(server.database_url)
    name = parts.path.removeprefix("/")
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        try:
            wrong = amiss(server)
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())
    assert wrong.name == "connection"
    assert name not in str(wrong)
    assert str(parts.password) not in str(wrong)
    assert check_readiness(server).ready

"""The role that docs/least-privilege.sql makes can serve everything, and can do nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.fixtures.bulk import open_items, start, start_command, store, take_up
from tests.fixtures.control import (
    CONTROL_SCHEMA,
    DBOS_SCHEMA,
    SCOPE,
    Control,
    ControlTemplate,
    add_row,
    add_workflow,
    expire,
    fetch,
    mutation,
    open_control,
)
from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease
from tests.fixtures.domain_rows import exported_workflow
from tests.fixtures.postgres import CreateDatabase
from workflow_control.dbos.inspector import check_readiness
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.commands import (
    CancelOverdueWorkflows,
    CancelWorkflow,
    CollectGarbage,
    DeleteQueue,
    DeleteWorkflow,
    ForkWorkflow,
    FromLastStep,
    ImportWorkflow,
    RecoverExecutor,
    RegisterQueue,
    RenameApplication,
    RestartWorkflow,
    ResumeWorkflow,
    RewindWorkflow,
    SendMessage,
    SetLatestApplicationVersion,
    SetWorkflowPriority,
    StartWorkflow,
    StartWorkflows,
    UpdateWorkflowAttributes,
)
from workflow_control.domain.errors import ApplicationVersionNotFound, WorkflowNotFound
from workflow_control.domain.messages import NewMessage
from workflow_control.domain.new_workflows import NewWorkflow
from workflow_control.domain.queries import RequestQuery, WorkflowFilter, WorkflowQuery
from workflow_control.domain.queues import QueueLimits
from workflow_control.domain.retention import Age
from workflow_control.domain.schedule_commands import (
    ApplySchedules,
    CreateSchedule,
    DeleteSchedule,
    PauseSchedule,
    TriggerSchedule,
)
from workflow_control.domain.schedules import NewSchedule, Runtime
from workflow_control.postgres.cleanup import delete_ended_bulk_operations, delete_expired_requests

SCHEDULE = NewSchedule("id", "nightly", "order", "0 0 12 * * *", runtime=Runtime.PYTHON)
SCHEDULE_COMMANDS = (
    CreateSchedule(SCHEDULE),
    ApplySchedules([SCHEDULE]),
    PauseSchedule("nightly"),
)

GRANTS = Path(__file__).parents[2] / "docs" / "least-privilege.sql"
DOCUMENTED_ROLE = "workflow_control_server"
PASSWORD = "made-up"


class Role:
    """A role of a test's own; the databases of a run share one server."""

    def __init__(self, owner_url: str) -> None:
        self.owner_url = owner_url
        parts = urlsplit(owner_url)
        self.name = f"server_of_{parts.path.removeprefix('/')}"
        self.url = parts._replace(netloc=f"{self.name}:{PASSWORD}@{parts.netloc.rpartition('@')[2]}").geturl()

    def create(self) -> None:
        fetch(self.owner_url, f"CREATE ROLE {self.name} LOGIN PASSWORD '{PASSWORD}'")

    def grant(self) -> None:
        fetch(self.owner_url, GRANTS.read_text(encoding="utf-8").replace(DOCUMENTED_ROLE, self.name))

    def drop(self) -> None:
        fetch(self.owner_url, f"DROP OWNED BY {self.name}; DROP ROLE {self.name}")

    def privileges(self) -> list[tuple[str, str, str]]:
        """Returns schema, table and privilege."""
        return fetch(
            self.owner_url,
            "SELECT table_schema, table_name, privilege_type FROM information_schema.role_table_grants"
            " WHERE grantee = %(role)s ORDER BY 1, 2, 3",
            {"role": self.name},
        )


@pytest.fixture
def role(create_database: CreateDatabase, control_template: ControlTemplate) -> Iterator[Role]:
    """A role that may do nothing, on the newest schema."""
    role = Role(create_database(control_template(NEWEST)))
    role.create()
    yield role
    role.drop()


async def test_it_can_serve_everything(
    create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease
) -> None:
    owner_url = create_database(control_template(dbos_release))
    role = Role(owner_url)
    role.create()
    role.grant()
    try:
        add_workflow(owner_url, "workflow-1")
        add_workflow(owner_url, "child-1", parent_workflow_id="workflow-1")
        add_row(owner_url, "operation_outputs", workflow_uuid="workflow-1", function_id=1, function_name="step")
        add_row(owner_url, "workflow_events_history", workflow_uuid="workflow-1", function_id=1, key="k", value="v")
        add_row(owner_url, "streams", workflow_uuid="workflow-1", key="k", value="v", offset=0, function_id=1)
        await _serve_everything(role.url)
        assert [c for c in await check_readiness(role.url, DBOS_SCHEMA, CONTROL_SCHEMA) if not c.ok] == []
    finally:
        role.drop()


START = NewWorkflow(
    "start-1", "process_order", queue_name="orders", application_version="1", return_existing=True, python_native=True
)
EVERYTHING = WorkflowQuery(WorkflowFilter(), 10, payloads=True)


async def _serve_everything(url: str) -> None:
    async with open_control(url) as control:
        execute = control.executor.execute
        fork = ForkWorkflow("workflow-1", "fork-1", FromLastStep(), replacement_children={"a": "b"})
        await control.executor.preview(mutation("fork", fork))
        await execute(mutation("fork", fork))
        await execute(mutation("cascade", CancelWorkflow("workflow-1", cascade=True)))
        await execute(mutation("resume", ResumeWorkflow("workflow-1")))
        await execute(mutation("send", SendMessage(NewMessage("workflow-1", 1, "send", include_forks=True), True)))
        with pytest.raises(WorkflowNotFound):
            await execute(mutation("failed", CancelWorkflow("nobody")))
        expire(url, "failed", "resume")
        await execute(mutation("resume", CancelWorkflow("workflow-1")))
        assert await control.workflows.get("fork-1", payloads=True)
        assert len(await control.workflows.list(EVERYTHING)) == 3
        assert await control.workflows.list_steps("workflow-1", after=None, limit=10, payloads=True)
        assert await control.requests.get(SCOPE, "fork")
        assert len(await control.requests.list(RequestQuery(SCOPE, 10))) == 4
        assert (await control.database.info()).dialect.capabilities == control.dialects.current.capabilities
        assert await delete_expired_requests(control.read_pool, CONTROL_SCHEMA, 10) == 1
        await _serve_bulk_operations(control)
        await execute(mutation("restart", RestartWorkflow("workflow-1", "restart-1")))
        await execute(mutation("priority", SetWorkflowPriority("restart-1", 1)))
        if Capability.ATTRIBUTES in control.dialects.current.capabilities:
            await execute(mutation("attributes", UpdateWorkflowAttributes("workflow-1", {"a": 1}, merge=True)))
        if Capability.REWIND in control.dialects.current.capabilities:
            await execute(mutation("rewind", RewindWorkflow("workflow-1", 1)))
        await execute(mutation("start", StartWorkflow(START)))
        await execute(mutation("start again", StartWorkflows([START._replace(workflow_id="start-2")])))
        await execute(mutation("import", ImportWorkflow([exported_workflow("import-1")])))
        await execute(mutation("recover", RecoverExecutor(("executor-1",))))
        capabilities = control.dialects.current.capabilities
        if Capability.REGISTERED_QUEUES in capabilities:
            for key in ("register", "update"):
                await execute(mutation(key, RegisterQueue("packing", QueueLimits())))
            await execute(mutation("unregister", DeleteQueue("packing")))
        if Capability.APPLICATION_VERSIONS in capabilities:
            with pytest.raises(ApplicationVersionNotFound):
                await execute(mutation("latest", SetLatestApplicationVersion("v1")))
        if Capability.SCHEDULES in capabilities:
            for schedule_command in SCHEDULE_COMMANDS:
                await execute(mutation(type(schedule_command).__name__, schedule_command))
            with pytest.raises(ApplicationVersionNotFound):
                await execute(mutation("trigger", TriggerSchedule("nightly")))
            await execute(mutation("unschedule", DeleteSchedule("nightly")))
        if Capability.APPLICATION_NAME in capabilities:
            await execute(mutation("rename", RenameApplication(None, "store", adopt_unclaimed=True)))
        await execute(mutation("overdue", CancelOverdueWorkflows(Age(cutoff_ms=1), (), 10)))
        await execute(mutation("collect", CollectGarbage(Age(cutoff_ms=1), 1000, None, 10)))
        await execute(mutation("delete", DeleteWorkflow("workflow-1", cascade=True, force=True)))
        started = {stored.row.workflow_id for stored in await control.workflows.list(EVERYTHING)}
        assert started == {
            "start-1",
            "start-2",
            "restart-1",
            "fork-1",
            "import-1",
        }


async def _serve_bulk_operations(control: Control) -> None:
    await start(control, start_command("operation-1", "nobody"))
    operation = await take_up(control)
    [item] = await store(control).pending("operation-1", 0, 1)
    async with open_items(control) as items:
        with pytest.raises(WorkflowNotFound):
            await items.execute(operation, item)
    await store(control).complete(operation.lease)
    retention = timedelta(0)
    assert await delete_ended_bulk_operations(control.read_pool, CONTROL_SCHEMA, retention, 10) == 1
    assert await delete_ended_bulk_operations(control.read_pool, CONTROL_SCHEMA, retention, 10) == 0


FORBIDDEN = [
    "CREATE SCHEMA mine",
    "CREATE TABLE public.mine ()",
    "CREATE TABLE dbos.mine ()",
    "CREATE TABLE workflow_control.mine ()",
    "ALTER TABLE dbos.workflow_status ADD COLUMN mine text",
    "DROP TABLE dbos.workflow_status",
    "TRUNCATE dbos.workflow_status CASCADE",
    "DELETE FROM dbos.dbos_migrations",
    "DELETE FROM dbos.application_versions",
    "UPDATE dbos.transaction_outputs SET output = ''",
    "INSERT INTO dbos.application_versions (version_id, version_name) VALUES ('a', 'b')",
    "UPDATE dbos.streams SET value = ''",
    "UPDATE dbos.notifications SET message = NULL",
    "UPDATE dbos.dbos_migrations SET version = 1",
    "ALTER TABLE workflow_control.request ADD COLUMN mine text",
    "TRUNCATE workflow_control.request",
    "INSERT INTO workflow_control.migration VALUES (2, 'mine', '')",
    "SELECT 1 FROM elsewhere.secret",
    "COPY dbos.workflow_status TO PROGRAM 'true'",
]


def test_it_can_do_nothing_else(role: Role) -> None:
    role.grant()
    fetch(role.owner_url, "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.secret ()")
    fetch(role.owner_url, "CREATE TABLE dbos.transaction_outputs (output text)")
    role.grant()
    for statement in FORBIDDEN:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            fetch(role.url, statement)


async def test_the_report_names_every_privilege_that_is_missing(role: Role) -> None:
    role.grant()
    privileges = role.privileges()
    assert len(privileges) == 51
    for schema, table, privilege in privileges:
        fetch(role.owner_url, f"REVOKE {privilege} ON {schema}.{table} FROM {role.name}")
        report = {check.name: check for check in await check_readiness(role.url, DBOS_SCHEMA, CONTROL_SCHEMA)}
        assert not report["privileges"].ok
        assert report["privileges"].detail == f"The role lacks {privilege} on {schema}.{table}."
        assert "least-privilege.sql" in report["privileges"].fix
        fetch(role.owner_url, f"GRANT {privilege} ON {schema}.{table} TO {role.name}")
    assert all(check.ok for check in await check_readiness(role.url, DBOS_SCHEMA, CONTROL_SCHEMA))


async def test_a_role_without_any_privilege_gets_a_report(role: Role) -> None:
    report = list(await check_readiness(role.url, DBOS_SCHEMA, CONTROL_SCHEMA))
    assert [(check.name, check.ok) for check in report] == [("connection", True), ("privileges", False)]
    assert "USAGE on schema dbos" in report[1].detail
    assert "USAGE on schema workflow_control" in report[1].detail
    assert "SELECT on dbos.workflow_status" in report[1].detail


async def test_the_grants_can_be_given_again_after_an_upgrade(
    create_database: CreateDatabase, control_template: ControlTemplate
) -> None:
    role = Role(create_database(control_template(OLDEST)))
    role.create()
    try:
        role.grant()
        before = role.privileges()
        for table in ("workflow_input", "workflow_output", "transaction_outputs"):
            fetch(role.owner_url, f"CREATE TABLE dbos.{table} ()")
        role.grant()
        added = set(role.privileges()) - set(before)
        assert {table for _, table, _ in added} == {"workflow_input", "workflow_output", "transaction_outputs"}
    finally:
        role.drop()


def test_the_role_is_made_if_it_is_not_there(
    create_database: CreateDatabase, control_template: ControlTemplate
) -> None:
    role = Role(create_database(control_template(NEWEST)))
    role.grant()
    try:
        assert fetch(
            role.owner_url,
            "SELECT rolcanlogin, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %(role)s",
            {"role": role.name},
        ) == [(True, False, False, False)]
    finally:
        role.drop()

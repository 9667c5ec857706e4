"""What a caller may rely on of a request key, on a real database."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from tests.fixtures.control import (
    ControlTemplate,
    add_row,
    add_workflow,
    expire,
    fetch,
    mutation,
    open_control,
    status_of,
)
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.postgres import CreateDatabase
from tests.fixtures.state_digest import state_digest
from workflow_control.domain.commands import (
    CancelWorkflow,
    Command,
    ForkWorkflow,
    FromLastStep,
    FromStep,
    FromStepName,
    ResumeWorkflow,
)
from workflow_control.domain.errors import (
    Code,
    DefinitiveError,
    RequestKeyParametersDiffer,
    RequestKeyReused,
    RequestPreviouslyFailed,
    StepNotFound,
    WorkflowExists,
    WorkflowNotFound,
)
from workflow_control.idempotency.requests import MutationReply
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse, ForkWorkflowResponse

COMMANDS: dict[str, Command] = {
    "cancel": CancelWorkflow("workflow-1"),
    "cascade": CancelWorkflow("workflow-1", cascade=True),
    "cancel missing": CancelWorkflow("nobody", allow_missing=True),
    "resume": ResumeWorkflow("workflow-1"),
    "fork": ForkWorkflow("workflow-1", "fork-1", FromStep(3)),
    "fork last step": ForkWorkflow("workflow-1", "fork-1", FromLastStep()),
}


@pytest.fixture
def url(create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease) -> str:
    """A database with a workflow of three steps, in the oldest and in the newest DBOS schema."""
    url = create_database(control_template(dbos_release))
    add_workflow(url, "workflow-1", queue_name="orders")
    add_workflow(url, "workflow-2")
    for step in (1, 2, 3):
        add_row(url, "operation_outputs", workflow_uuid="workflow-1", function_id=step, function_name=f"step-{step}")
    return url


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
async def test_a_repeat_replays_the_same_bytes_and_executes_nothing(url: str, command: Command) -> None:
    async with open_control(url) as control:
        first = await control.executor.execute(mutation("key", command))
        # Whatever becomes of the workflow meanwhile, the key stands for what was answered.
        fetch(url, "UPDATE dbos.workflow_status SET status = 'SUCCESS', updated_at = 1")
        before = fetch(url, "SELECT * FROM dbos.workflow_status ORDER BY workflow_uuid")

        second = await control.executor.execute(mutation("key", command))

    assert not first.replayed
    assert second.replayed
    assert second.response == first.response
    assert (second.executed_at, second.expires_at) == (first.executed_at, first.expires_at)
    assert fetch(url, "SELECT * FROM dbos.workflow_status ORDER BY workflow_uuid") == before


async def test_the_reply_is_what_is_stored(url: str) -> None:
    async with open_control(url) as control:
        request = mutation("key", CancelWorkflow("workflow-1"), ttl=timedelta(hours=5))
        reply = await control.executor.execute(request)
        stored = await control.requests.get(request.scope, "key")

    assert stored is not None
    assert stored.response == reply.response
    assert stored.expires_at - stored.executed_at == timedelta(hours=5)
    assert (stored.executed_at, stored.expires_at) == (reply.executed_at, reply.expires_at)
    assert (stored.action, stored.workflow_id, stored.code) == ("CancelWorkflow", "workflow-1", Code.OK)
    assert (stored.actor, stored.reason, stored.fingerprint) == ("tester", "a test", request.fingerprint)
    response = CancelWorkflowResponse.FromString(reply.response)
    assert response.outcome == CancelWorkflowResponse.OUTCOME_CANCELLED
    assert response.workflow.workflow_id == "workflow-1"


MISMATCHES = {
    "action": (ResumeWorkflow("workflow-1"), RequestKeyReused),
    "workflow": (CancelWorkflow("workflow-2"), RequestKeyReused),
    "missing workflow": (CancelWorkflow("nobody"), RequestKeyReused),
    "parameters": (CancelWorkflow("workflow-1", cascade=True), RequestKeyParametersDiffer),
}


@pytest.mark.parametrize(("other", "error"), MISMATCHES.values(), ids=MISMATCHES)
async def test_a_mismatch_executes_nothing_and_names_the_first_use(
    control_url: str, other: Command, error: type[RequestKeyReused | RequestKeyParametersDiffer]
) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    async with open_control(control_url) as control:
        first = await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
        before = state_digest(control_url)

        with pytest.raises(error) as caught:
            await control.executor.execute(mutation("key", other))

        assert caught.value.metadata["stored_action"] == "CancelWorkflow"
        assert caught.value.metadata["stored_workflow_id"] == "workflow-1"
        assert state_digest(control_url) == before
        replay = await control.executor.execute(mutation("key", CancelWorkflow("workflow-1")))
        assert (replay.replayed, replay.response) == (True, first.response)


@pytest.mark.parametrize(("other", "error"), MISMATCHES.values(), ids=MISMATCHES)
async def test_a_mismatch_with_a_twin_in_flight_executes_nothing(
    control_url: str, other: Command, error: type[Exception]
) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    async with open_control(control_url) as control:
        results = await asyncio.gather(
            control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))),
            control.executor.execute(mutation("key", other)),
            return_exceptions=True,
        )

    assert not isinstance(results[0], BaseException)
    assert type(results[1]) is error
    assert status_of(control_url, "workflow-2") == "PENDING"
    assert len(fetch(control_url, "SELECT 1 FROM workflow_control.request")) == 1


FAILURES: dict[str, tuple[Command, type[DefinitiveError]]] = {
    "cancel nobody": (CancelWorkflow("nobody"), WorkflowNotFound),
    "resume nobody": (ResumeWorkflow("nobody"), WorkflowNotFound),
    "fork nobody": (ForkWorkflow("nobody", "fork-1"), WorkflowNotFound),
    "fork to a taken id": (ForkWorkflow("workflow-1", "workflow-2"), WorkflowExists),
    "fork from no step": (ForkWorkflow("workflow-1", "fork-1", FromStepName("nothing")), StepNotFound),
}


@pytest.mark.parametrize(("command", "error"), FAILURES.values(), ids=FAILURES)
async def test_a_failed_request_stays_failed(url: str, command: Command, error: type[DefinitiveError]) -> None:
    async with open_control(url) as control:
        with pytest.raises(error) as first:
            await control.executor.execute(mutation("key", command))
        # The reason of the failure goes away; the key must not flip to success.
        add_workflow(url, "nobody")
        add_row(url, "operation_outputs", workflow_uuid="workflow-1", function_id=4, function_name="nothing")
        fetch(url, "DELETE FROM dbos.workflow_status WHERE workflow_uuid = 'workflow-2'")
        before = state_digest(url)
        replays = []
        for _ in range(2):
            with pytest.raises(RequestPreviouslyFailed) as replay:
                await control.executor.execute(mutation("key", command))
            replays.append(dict(replay.value.metadata))

    assert replays[0] == replays[1]
    assert replays[0]["original_code"] == first.value.code.name
    assert replays[0]["original_reason"] == error.reason
    assert replays[0]["original_message"] == first.value.message
    assert state_digest(url) == before


async def test_the_time_of_a_failure_is_told_in_utc(control_url: str) -> None:
    database = urlsplit(control_url).path.removeprefix("/")
    fetch(control_url, f"ALTER DATABASE {database} SET timezone = 'Asia/Tokyo'")
    async with open_control(control_url) as control:
        with pytest.raises(WorkflowNotFound):
            await control.executor.execute(mutation("key", CancelWorkflow("nobody")))
        with pytest.raises(RequestPreviouslyFailed) as replay:
            await control.executor.execute(mutation("key", CancelWorkflow("nobody")))

    [(stored,)] = fetch(
        control_url,
        "SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
        " FROM workflow_control.request",
    )
    assert replay.value.metadata["failed_at"] == stored


async def test_the_same_key_in_another_scope_is_another_key(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    add_workflow(control_url, "workflow-2")
    async with open_control(control_url) as control:
        replies = await asyncio.gather(
            control.executor.execute(mutation("key", CancelWorkflow("workflow-1"), scope="one")),
            control.executor.execute(mutation("key", CancelWorkflow("workflow-2"), scope="two")),
        )

    assert [r.replayed for r in replies] == [False, False]
    assert status_of(control_url, "workflow-1") == status_of(control_url, "workflow-2") == "CANCELLED"


async def test_fingerprints_of_another_version_are_not_compared(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url) as control:
        first = await control.executor.execute(mutation("key", CancelWorkflow("workflow-1"), parameters="old form"))
        same_version = mutation("key", CancelWorkflow("workflow-1"), parameters="new form")
        with pytest.raises(RequestKeyParametersDiffer):
            await control.executor.execute(same_version)
        fetch(control_url, "UPDATE workflow_control.request SET fingerprint_version = 0")

        replay = await control.executor.execute(mutation("key", CancelWorkflow("workflow-1"), parameters="new form"))
        with pytest.raises(RequestKeyReused):
            await control.executor.execute(mutation("key", ResumeWorkflow("workflow-1"), parameters="new form"))

    assert (replay.replayed, replay.response) == (True, first.response)


@pytest.mark.parametrize("executors", [1, 2])
async def test_fifty_twins_have_one_effect_and_equal_replies(control_url: str, executors: int) -> None:
    add_workflow(control_url, "workflow-1")
    async with AsyncExitStack() as stack:
        controls = [await stack.enter_async_context(open_control(control_url)) for _ in range(executors)]
        replies = await asyncio.gather(
            *(
                controls[n % executors].executor.execute(mutation("key", ForkWorkflow("workflow-1", "fork-1")))
                for n in range(50)
            )
        )

    assert sum(not reply.replayed for reply in replies) == 1
    assert len({reply.response for reply in replies}) == 1
    assert len(fetch(control_url, "SELECT 1 FROM dbos.workflow_status WHERE forked_from = 'workflow-1'")) == 1


async def test_a_batch_answers_each_of_its_commands(url: str) -> None:
    """New, replayed, failed, mismatched and expired keys together."""
    for number in range(10):
        add_workflow(url, f"batch-{number}")
    async with open_control(url, committers=1) as control:
        execute = control.executor.execute
        await execute(mutation("stored", CancelWorkflow("batch-0")))
        await execute(mutation("expired", CancelWorkflow("batch-1")))
        expire(url, "expired")

        cancelled, replayed, renewed, resumed, forked, mismatched, failed, taken = await asyncio.gather(
            execute(mutation("cancel", CancelWorkflow("batch-2"))),
            execute(mutation("stored", CancelWorkflow("batch-0"))),
            execute(mutation("expired", ResumeWorkflow("batch-1"))),
            execute(mutation("resume", ResumeWorkflow("batch-3"))),
            execute(mutation("fork", ForkWorkflow("workflow-1", "fork-1", FromStep(3)))),
            execute(mutation("stored", CancelWorkflow("batch-4"))),
            execute(mutation("failed", CancelWorkflow("nobody"))),
            execute(mutation("taken", ForkWorkflow("workflow-2", "batch-5"))),
            return_exceptions=True,
        )

    assert [r.replayed for r in (cancelled, replayed, renewed, resumed, forked) if isinstance(r, MutationReply)] == [
        False,
        True,
        False,
        False,
        False,
    ]
    assert isinstance(mismatched, RequestKeyReused)
    assert isinstance(failed, WorkflowNotFound)
    assert isinstance(taken, WorkflowExists)
    statuses = dict(fetch(url, "SELECT workflow_uuid, status FROM dbos.workflow_status"))
    assert [statuses[f"batch-{n}"] for n in range(6)] == [
        "CANCELLED",
        "ENQUEUED",
        "CANCELLED",
        "ENQUEUED",
        "PENDING",
        "PENDING",
    ]
    assert len(fetch(url, "SELECT 1 FROM dbos.operation_outputs WHERE workflow_uuid = 'fork-1'")) == 2


async def test_a_preview_writes_nothing_and_answers_what_execution_would(url: str) -> None:
    async with open_control(url) as control:
        for number, command in enumerate(COMMANDS.values()):
            before = state_digest(url)
            preview = await control.executor.preview(mutation(f"key-{number}", command))
            assert state_digest(url) == before
            assert (preview.replayed, preview.executed_at, preview.expires_at) == (False, None, None)
        for command, error in FAILURES.values():
            with pytest.raises(error):
                await control.executor.preview(mutation("key", command))

        fork = ForkWorkflow("workflow-1", "fork-1", FromStep(3))
        preview = await control.executor.preview(mutation("fork", fork))
        reply = await control.executor.execute(mutation("fork", fork))
        replay = await control.executor.preview(mutation("fork", fork))
        with pytest.raises(RequestKeyReused):
            await control.executor.preview(mutation("fork", CancelWorkflow("workflow-1")))

    assert (replay.replayed, replay.response) == (True, reply.response)
    expected, actual = (ForkWorkflowResponse.FromString(r.response) for r in (preview, reply))
    assert expected.copied_step_count == actual.copied_step_count == 2

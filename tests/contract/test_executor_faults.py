"""Connections that break, transactions that collide, commands that poison their batch: one true answer, one effect."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from tests.fixtures.control import SCOPE, Control, add_workflow, fetch, mutation, open_control, status_of
from tests.fixtures.eventually import eventually_async
from tests.fixtures.failpoints import Failpoints
from tests.fixtures.sessions import (
    at_gate,
    in_transaction,
    install_gate,
    kill_executor,
    locked_workflow,
    open_gate,
    waiting,
)
from tests.fixtures.tcp_proxy import Cut, Proxy, open_proxy
from workflow_control.domain.commands import CancelWorkflow, ForkWorkflow, ResumeWorkflow
from workflow_control.domain.errors import (
    DatabaseUnavailable,
    OutcomeUnknown,
    RequestPreviouslyFailed,
    WorkflowNotFound,
)
from workflow_control.domain.faults import DatabaseFault, FaultKind

STEPS = ["opened", "decided", "applied", "recorded", "committed"]


@asynccontextmanager
async def open_control_behind_proxy(url: str) -> AsyncIterator[tuple[Control, Proxy]]:
    with open_proxy(url) as proxy:
        # Unprepared, so that the proxy can read each COMMIT.
        async with open_control(proxy.url, committers=1, prepared_statements=False) as control:
            yield control, proxy


def _count_forks(url: str) -> int:
    return len(fetch(url, "SELECT 1 FROM dbos.workflow_status WHERE forked_from IS NOT NULL"))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("commands", [1, 10])
async def test_a_backend_that_dies_at_any_step_is_not_noticed(control_url: str, step: str, commands: int) -> None:
    for number in range(commands):
        add_workflow(control_url, f"workflow-{number}")
    failpoints = Failpoints()
    failpoints.do(step, lambda: kill_executor(control_url))
    async with open_control(control_url, failpoint=failpoints) as control:
        replies = await asyncio.gather(
            *(
                control.executor.execute(mutation(f"key-{n}", ForkWorkflow(f"workflow-{n}", f"fork-{n}")))
                for n in range(commands)
            )
        )
        again = await asyncio.gather(
            *(
                control.executor.execute(mutation(f"key-{n}", ForkWorkflow(f"workflow-{n}", f"fork-{n}")))
                for n in range(commands)
            )
        )

    assert not any(reply.replayed for reply in replies)
    assert all(reply.replayed for reply in again)
    assert [reply.response for reply in again] == [reply.response for reply in replies]
    assert _count_forks(control_url) == commands


@pytest.mark.parametrize("cut", Cut)
@pytest.mark.parametrize("commands", [1, 10])
async def test_an_answer_to_commit_that_is_lost_is_found_out(control_url: str, cut: Cut, commands: int) -> None:
    for number in range(commands):
        add_workflow(control_url, f"workflow-{number}")
    async with open_control_behind_proxy(control_url) as (control, proxy):
        await control.executor.execute(mutation("before", CancelWorkflow("nobody", allow_missing=True)))
        proxy.cut_once(cut)
        replies = await asyncio.gather(
            *(
                control.executor.execute(mutation(f"key-{n}", ForkWorkflow(f"workflow-{n}", f"fork-{n}")))
                for n in range(commands)
            )
        )
        again = await control.executor.execute(mutation("key-0", ForkWorkflow("workflow-0", "fork-0")))

    assert proxy.cuts == 1
    assert not any(reply.replayed for reply in replies)
    assert (again.replayed, again.response) == (True, replies[0].response)
    assert _count_forks(control_url) == commands


async def test_a_failure_whose_commit_was_lost_is_answered_as_itself(control_url: str) -> None:
    """Not as the replay of a failure: the caller has never heard of the first."""
    async with open_control_behind_proxy(control_url) as (control, proxy):
        proxy.cut_once(Cut.BEFORE_ANSWER_ARRIVES)
        with pytest.raises(WorkflowNotFound):
            await control.executor.execute(mutation("key", CancelWorkflow("nobody")))
        assert proxy.cuts == 1
        with pytest.raises(RequestPreviouslyFailed):
            await control.executor.execute(mutation("key", CancelWorkflow("nobody")))


COMMIT_OF_A_FORK = "AFTER INSERT ON dbos.workflow_status DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"


async def test_nothing_is_concluded_while_the_lost_commit_still_runs(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    install_gate(control_url, COMMIT_OF_A_FORK)
    async with open_control_behind_proxy(control_url) as (control, proxy):
        proxy.cut_once(Cut.WHILE_COMMIT_RUNS)
        fork = ForkWorkflow("workflow-1", "fork-1")
        forking = asyncio.create_task(control.executor.execute(mutation("key", fork)))
        await eventually_async(lambda: at_gate(control_url))
        # The rerun waits for the key of the transaction that is still committing.
        await eventually_async(lambda: waiting(control_url))
        assert not forking.done()
        open_gate(control_url)
        reply = await forking

    assert proxy.cuts == 1
    assert not reply.replayed
    assert _count_forks(control_url) == 1


async def test_an_outcome_that_cannot_be_found_out_in_time_is_called_unknown(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    fork = ForkWorkflow("workflow-1", "fork-1")
    async with open_control_behind_proxy(control_url) as (control, proxy):
        proxy.cut_once(Cut.BEFORE_ANSWER_ARRIVES)
        proxy.refuses = True
        with pytest.raises(OutcomeUnknown) as caught:
            await control.executor.execute(mutation("key", fork, wait_s=1))
        assert caught.value.metadata == {"request_key": "key"}
    async with open_control(control_url) as control:
        assert (await control.executor.execute(mutation("key", fork))).replayed
    assert _count_forks(control_url) == 1


async def test_a_database_that_is_away_stores_nothing(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control_behind_proxy(control_url) as (control, proxy):
        proxy.refuses = True
        proxy.cut_once(Cut.BEFORE_COMMIT_ARRIVES)
        with pytest.raises((DatabaseUnavailable, OutcomeUnknown)):
            await control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1"), wait_s=3))
        with pytest.raises(DatabaseUnavailable):
            await control.executor.execute(mutation("key-2", CancelWorkflow("workflow-1"), wait_s=10))
        assert fetch(control_url, "SELECT 1 FROM workflow_control.request") == []

        proxy.refuses = False
        await control.mutation_pools[0].check()
        reply = await control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1")))
    assert not reply.replayed


async def test_a_drain_in_the_middle_of_a_commit_does_not_say_that_nothing_was_done(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    install_gate(control_url, COMMIT_OF_A_FORK)
    fork = ForkWorkflow("workflow-1", "fork-1")
    async with open_control(control_url, committers=1) as control:
        forking = asyncio.create_task(control.executor.execute(mutation("key", fork)))
        await eventually_async(lambda: at_gate(control_url))
        await control.executor.drain(0.1)
        with pytest.raises(OutcomeUnknown):
            await forking


async def test_a_deadlock_is_tried_again(control_url: str) -> None:
    add_workflow(control_url, "root")
    add_workflow(control_url, "child", parent_workflow_id="root")
    # The executor's transaction looks for a deadlock when there is one, the worker's does not: so it is the victim.
    fetch(control_url, f"ALTER DATABASE {urlsplit(control_url).path.removeprefix('/')} SET deadlock_timeout = '2s'")
    failpoints = Failpoints()
    async with open_control(control_url, lock_timeout_ms=8000, failpoint=failpoints) as control:
        with locked_workflow(control_url, "child") as worker:
            worker.execute("SET LOCAL deadlock_timeout = '60s'")
            command = CancelWorkflow("root", cascade=True)
            cancelling = asyncio.create_task(control.executor.execute(mutation("key", command)))
            # The first attempt gives up soon; the second waits.
            await eventually_async(lambda: failpoints.reached.count("opened") == 2 and waiting(control_url))
            await asyncio.to_thread(
                worker.execute, "UPDATE dbos.workflow_status SET recovery_attempts = 9 WHERE workflow_uuid = 'root'"
            )
            worker.commit()
            reply = await cancelling

    assert not reply.replayed
    assert failpoints.reached.count("opened") == 3
    assert status_of(control_url, "root") == status_of(control_url, "child") == "CANCELLED"
    attempts = "SELECT recovery_attempts FROM dbos.workflow_status WHERE workflow_uuid = 'root'"
    assert fetch(control_url, attempts) == [(9,)]


POISON = """
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'no'; END $$;
    CREATE TRIGGER poison BEFORE UPDATE ON dbos.workflow_status
    FOR EACH ROW WHEN (old.workflow_uuid = 'workflow-7') EXECUTE FUNCTION refuse()
"""


async def test_a_poisoned_command_harms_only_itself(control_url: str) -> None:
    for number in range(20):
        add_workflow(control_url, f"workflow-{number}")
    fetch(control_url, POISON)
    async with open_control(control_url, committers=1) as control:
        commands = [CancelWorkflow, ResumeWorkflow]
        results = await asyncio.gather(
            *(control.executor.execute(mutation(f"key-{n}", commands[n % 2](f"workflow-{n}"))) for n in range(20)),
            return_exceptions=True,
        )
        poisoned = results.pop(7)
        assert isinstance(poisoned, DatabaseFault)
        assert (poisoned.kind, poisoned.sqlstate) == (FaultKind.BUG, "P0001")
        assert [r for r in results if isinstance(r, BaseException)] == []
        assert status_of(control_url, "workflow-7") == "PENDING"
        assert await control.requests.get(SCOPE, "key-7") is None

        # Nothing was stored, so that the same key does it once the poison is gone.
        fetch(control_url, "DROP TRIGGER poison ON dbos.workflow_status")
        reply = await control.executor.execute(mutation("key-7", ResumeWorkflow("workflow-7")))
    assert not reply.replayed
    assert status_of(control_url, "workflow-7") == "ENQUEUED"


async def test_a_text_that_postgres_cannot_hold_harms_only_itself(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    async with open_control(control_url, committers=1) as control:
        good, bad = await asyncio.gather(
            control.executor.execute(mutation("key-1", CancelWorkflow("workflow-1"))),
            control.executor.execute(mutation("key-2", CancelWorkflow("nul\0"))),
            return_exceptions=True,
        )
    assert not isinstance(good, BaseException)
    assert isinstance(bad, DatabaseFault)
    assert bad.kind is FaultKind.BUG


async def test_a_process_that_hangs_in_a_transaction_holds_its_locks_for_five_seconds(control_url: str) -> None:
    add_workflow(control_url, "workflow-1")
    failpoints = Failpoints()
    async with open_control(control_url, failpoint=failpoints) as control:
        with failpoints.hold("decided") as gate:
            cancelling = asyncio.create_task(control.executor.execute(mutation("key", CancelWorkflow("workflow-1"))))
            await gate.reached.wait()
            await eventually_async(lambda: in_transaction(control_url) == 1)
            await eventually_async(lambda: in_transaction(control_url) == 0, timeout_s=12)
        assert not (await cancelling).replayed
    assert status_of(control_url, "workflow-1") == "CANCELLED"

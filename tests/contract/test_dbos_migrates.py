"""DBOS migrates under a running server: what is written next fits the new schema."""

import asyncio

import pytest

from tests.fixtures.control import ControlTemplate, add_workflow, fetch, mutation, open_control
from tests.fixtures.dbos_releases import NEWEST, OLDEST, ReleaseProcesses
from tests.fixtures.postgres import CreateDatabase
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.commands import ForkWorkflow, FromStep


@pytest.mark.parametrize("forks", [1, 3], ids=["alone", "in a batch"])
async def test_a_fork_right_after_a_migration_keeps_its_input(
    create_database: CreateDatabase, control_template: ControlTemplate, release_process: ReleaseProcesses, forks: int
) -> None:
    url = create_database(control_template(OLDEST))
    async with open_control(url, committers=1) as control:
        assert Capability.PAYLOAD_TABLES not in control.dialects.current.capabilities
        release_process(NEWEST).call("migrate", database_url=url)
        for number in range(forks):
            add_workflow(url, f"order-{number}", "SUCCESS")
            fetch(
                url,
                "INSERT INTO dbos.workflow_input (workflow_uuid, inputs) VALUES (%(id)s, 'as stored') RETURNING 1",
                {"id": f"order-{number}"},
            )
        calls = [
            control.executor.execute(mutation(f"fork-{n}", ForkWorkflow(f"order-{n}", f"copy-{n}", FromStep(0))))
            for n in range(forks)
        ]
        replies = await asyncio.gather(*calls)

    assert not any(reply.replayed for reply in replies)
    copied = fetch(url, "SELECT inputs FROM dbos.workflow_input WHERE workflow_uuid LIKE 'copy-%%' ORDER BY 1", {})
    assert copied == [("as stored",)] * forks

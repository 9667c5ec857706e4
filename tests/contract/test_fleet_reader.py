"""What waits in the queues is counted on every schema, and a limited number of queues is told of."""

from __future__ import annotations

import psycopg
import pytest

from tests.differential.seeds import insert, workflow
from tests.fixtures.control import HUNG_AFTER_S, ControlTemplate, open_control
from tests.fixtures.dbos_releases import DbosRelease
from tests.fixtures.postgres import CreateDatabase
from workflow_control.dbos.fleet_reader import NO_QUEUE, OTHERS, PostgresFleetReader
from workflow_control.domain.errors import DeadlineExceeded
from workflow_control.domain.fleet import QueueLoad
from workflow_control.domain.states import WorkflowState
from workflow_control.postgres.reads import Reads

ENQUEUED, PENDING, DELAYED = WorkflowState.ENQUEUED, WorkflowState.PENDING, WorkflowState.DELAYED
LOADS = [
    *[("orders", ENQUEUED, 300), ("orders", ENQUEUED, 200), ("orders", PENDING, 100), ("orders", DELAYED, 150)],
    *[("mail", ENQUEUED, 10), ("mail", PENDING, 20)],
    *[("rare", ENQUEUED, 5), ("rarer", ENQUEUED, 4)],
    *[(None, PENDING, 50), (None, PENDING, 60), (None, PENDING, 70)],
    # These wait for nothing.
    *[("orders", WorkflowState.SUCCESS, 1), ("done", WorkflowState.ERROR, 1), ("done", WorkflowState.CANCELLED, 1)],
]


@pytest.fixture
def url(create_database: CreateDatabase, control_template: ControlTemplate, dbos_release: DbosRelease) -> str:
    url = create_database(control_template(dbos_release))
    with psycopg.connect(url) as connection:
        for number, (queue, state, created_at) in enumerate(LOADS):
            insert(connection, workflow(f"workflow-{number}", state, queue_name=queue, created_at=created_at))
    return url


async def read(url: str, queues_max: int) -> list[QueueLoad]:
    async with open_control(url) as control:
        reader = PostgresFleetReader(
            Reads(control.read_pool, control.dialects.refresh, HUNG_AFTER_S), control.dialects, queues_max
        )
        return sorted(await reader.read())


async def test_every_queue_and_state_is_counted(url: str) -> None:
    assert await read(url, 10) == sorted(
        [
            QueueLoad("orders", "ENQUEUED", 2, 200),
            QueueLoad("orders", "PENDING", 1, 100),
            QueueLoad("orders", "DELAYED", 1, 150),
            QueueLoad("mail", "ENQUEUED", 1, 10),
            QueueLoad("mail", "PENDING", 1, 20),
            QueueLoad("rare", "ENQUEUED", 1, 5),
            QueueLoad("rarer", "ENQUEUED", 1, 4),
            QueueLoad(NO_QUEUE, "PENDING", 3, 50),
        ]
    )


async def test_beyond_the_fullest_all_are_one(url: str) -> None:
    assert await read(url, 2) == sorted(
        [
            QueueLoad("orders", "ENQUEUED", 2, 200),
            QueueLoad("orders", "PENDING", 1, 100),
            QueueLoad("orders", "DELAYED", 1, 150),
            QueueLoad(NO_QUEUE, "PENDING", 3, 50),
            QueueLoad(OTHERS, "ENQUEUED", 3, 4),
            QueueLoad(OTHERS, "PENDING", 1, 20),
        ]
    )


async def test_it_takes_no_more_time_than_it_may(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE dbos.workflow_status IN ACCESS EXCLUSIVE MODE")
        async with open_control(url) as control:
            reader = PostgresFleetReader(
                Reads(control.read_pool, control.dialects.refresh, HUNG_AFTER_S), control.dialects
            )
            with pytest.raises(DeadlineExceeded):
                await reader.read()
            async with control.read_pool.connection() as same:
                row = await (await same.execute("SHOW lock_timeout")).fetchone()
    assert row == ("0",)

"""Servers that are killed again and again, under load."""

import random
import signal

import psycopg
import pytest

from tests.differential.seeds import family, insert
from tests.fixtures.effects import install_audit
from tests.fixtures.eventually import eventually
from tests.fixtures.invariant_checks import lingering, violations
from tests.fixtures.load import Load, Operation, mixed_operations
from tests.fixtures.server import StartServer
from workflow_control.domain.states import WorkflowState
from workflow_control_client import RequestPreviouslyFailed

WORKFLOWS = [f"workflow-{number}" for number in range(10)]
KILLS_MIN = 6
KILLS_MAX = 40
ACKNOWLEDGED_MIN = 500
REPLAYS_MIN = 50
"""Below these a run proves nothing."""


@pytest.mark.slow
def test_every_key_has_one_outcome_however_often_servers_are_killed(
    start_server: StartServer, control_url: str
) -> None:
    with psycopg.connect(control_url) as connection:
        for workflow_id in WORKFLOWS:
            insert(connection, family(workflow_id, WorkflowState.PENDING))
    install_audit(control_url)
    cascades = [Operation("CancelWorkflow", workflow_id, {"cascade": True}) for workflow_id in WORKFLOWS]
    choice = random.Random(7)
    kills = 0
    servers = [start_server(control_url), start_server(control_url)]
    operations = mixed_operations(WORKFLOWS) + cascades
    with Load([s.address for s in servers], operations, clients=10, calls_per_s=50) as load:
        while kills < KILLS_MIN or (not executed_unheard(load) and kills < KILLS_MAX):
            # In turn, since clients stay with the server that is left; at no fixed point of what it does.
            number = kills % 2
            acknowledged, wanted = len(load.acknowledged), choice.randrange(20, 200)
            eventually(lambda: len(load.acknowledged) >= acknowledged + wanted, timeout_s=30)  # noqa: B023 - Called here.
            servers[number].kill()
            assert servers[number].process.returncode == -signal.SIGKILL
            kills += 1
            servers[number] = start_server(control_url, port=servers[number].port)

    print(f"{kills} kills, {len(load.acknowledged)} acknowledged, {len(load.replays)} replays,")
    print(f"{len(load.failures)} failed calls, {executed_unheard(load)} executed without the client's hearing of it")
    assert load.unsettled == []
    assert violations(control_url, load.answers) == []
    eventually(lambda: lingering(control_url, older_than_s=0) == [])
    assert len(load.acknowledged) >= ACKNOWLEDGED_MIN
    assert len(load.replays) >= REPLAYS_MIN
    assert executed_unheard(load)


def executed_unheard(load: Load) -> int:
    """Returns how many keys were executed by a server that was killed before it could say so."""
    first_answers = {answer.request_key: answer for answer in reversed(load.acknowledged)}
    return sum(
        answer.is_replay or isinstance(answer.error, RequestPreviouslyFailed) for answer in first_answers.values()
    )

"""What the tests of all clients share: they are `make test-clients`, and no part of `make test`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clients.languages import CLIENTS, COMMAND_TIMEOUT_S, Client
from workflow_control.dev.stack import Stack, running_stack

STEP_SECONDS = "0.05"
"""How long the steps of an order take."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("clients")
            item.add_marker(pytest.mark.timeout(COMMAND_TIMEOUT_S * 2))


@pytest.fixture(scope="session", params=CLIENTS, ids=lambda client: client.name)
def client(request: pytest.FixtureRequest) -> Client:
    """Each client in turn whose ecosystem is installed; in CI all must be."""
    client: Client = request.param
    if not client.is_here:
        missing = f"clients/{client.name} needs {client.needs}, which is not on the PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return client


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A server with a Postgres and a DBOS worker, for all."""
    folder = tmp_path_factory.mktemp("stack")
    with running_stack(folder, settings={"ORDER_STEP_SECONDS": STEP_SECONDS}) as stack:
        yield stack

"""Runs every operation with every runtime's worker; a refusal for want of a capability is a result, not a failure."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.fixtures.postgres import Databases
from tests.runtimes.limitations import KNOWN_LIMITATIONS, RuntimeCannot
from tests.runtimes.runtimes import RUNTIMES, Runtime
from tests.runtimes.shop import WORKER_TIME_ZONE, RuntimeShop
from tests.runtimes.table import PROPERTY, Result, write_document
from workflow_control.dev.stack import running_stack
from workflow_control_client import SchemaCapabilityMissing, WorkflowControlClient


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "runtime" in metafunc.fixturenames:
        # The scope keeps the tests of a runtime together, so that one shop serves them and is closed then.
        metafunc.parametrize("runtime", RUNTIMES, ids=str, scope="session")


class _ByRuntime(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types.
    """Gives all tests of a runtime to one of pytest-xdist's workers."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("[")[2]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:  # noqa: ANN401 - xdist's own.
    return _ByRuntime(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    write_document(terminalreporter, [str(runtime) for runtime in RUNTIMES])


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    operation = pyfuncitem.get_closest_marker("operation")
    runtime = pyfuncitem.funcargs.get("runtime")
    if operation is None or not isinstance(runtime, Runtime):
        return (yield)
    obstacle = ""
    try:
        yield
    except SchemaCapabilityMissing as refusal:
        obstacle = refusal.metadata["capability"]
        [shop] = (each for each in pyfuncitem.funcargs.values() if isinstance(each, RuntimeShop))
        _check_that_it_is_known(shop, obstacle)
    except RuntimeCannot as found:
        if found.limitation not in KNOWN_LIMITATIONS.get(str(runtime), ()):
            raise
        obstacle = found.limitation.value
    [name] = operation.args
    # As a tuple: no other type travels from pytest-xdist's workers.
    pyfuncitem.user_properties.append((PROPERTY, tuple(Result(name, str(runtime), obstacle))))
    return True


def _check_that_it_is_known(shop: RuntimeShop, capability: str) -> None:
    """The server must tell whoever asks what it refused for."""
    known = shop.client.get_server_info().dialect.capabilities
    assert capability in [each.name for each in known if not each.available]


@pytest.fixture(scope="session")
def shop(runtime: Runtime, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RuntimeShop]:
    """The shop of the runtime: a database of its own, whose tables its worker has made."""
    with open_shop(runtime, databases, tmp_path_factory.mktemp("runtime_shop")) as opened:
        yield opened


@pytest.fixture
def doomed_shop(runtime: Runtime, databases: Databases, tmp_path: Path) -> Iterator[RuntimeShop]:
    """A shop of the runtime for one test, whose worker is the executor `doomed`."""
    with open_shop(runtime, databases, tmp_path, settings={"DBOS__VMID": "doomed"}) as opened:
        yield opened


@contextmanager
def open_shop(
    runtime: Runtime, databases: Databases, folder: Path, *, settings: Mapping[str, str] | None = None
) -> Iterator[RuntimeShop]:
    """Runs a shop; its database is dropped afterwards."""
    command = runtime.worker_command()
    settings = {"TZ": WORKER_TIME_ZONE, **(settings or {})}
    url = databases.create()
    try:
        with (
            running_stack(folder, database_url=url, worker_command=command, settings=settings) as stack,
            WorkflowControlClient(stack.server_address) as client,
        ):
            yield RuntimeShop(client, stack, runtime)
    finally:
        databases.drop(url)

"""Leaves out what a release's schema cannot do: that it is refused has a test of its own."""

from __future__ import annotations

import pytest

from tests.fixtures.dbos_releases import DbosRelease
from tests.rpc.mutations import Mutation


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests of a mutation on releases from before it."""
    impossible = [item for item in items if isinstance(item, pytest.Function) and not _is_possible(item)]
    if impossible:
        config.hook.pytest_deselected(items=impossible)
        items[:] = [item for item in items if item not in set(impossible)]


def _is_possible(item: pytest.Function) -> bool:
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    mutation, release = parameters.get("mutation"), parameters.get("dbos_release")
    return not (isinstance(mutation, Mutation) and isinstance(release, DbosRelease)) or mutation.supports(release)

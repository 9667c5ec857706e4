import asyncio
import os
from collections.abc import Callable, Mapping

import pytest
import uvloop
from hypothesis import HealthCheck, settings

# Programs that are started as another user are forked, and gRPC's handlers for that crash the child now and then while
# calls are going on. gRPC reads this when it is imported, which is later.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"

# How fast examples come is the machine's business: a busy one must not fail what is right. Based on the profile that
# Hypothesis has chosen, which in CI makes the same examples each time.
settings.register_profile(
    "unhurried", parent=settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.dbos_releases",
    "tests.fixtures.control",
    "tests.fixtures.scripted_server",
    "tests.fixtures.scripted_data",
    "tests.fixtures.rpc_server",
    "tests.fixtures.order_shop",
    "tests.fixtures.otlp",
    "tests.fixtures.server",
    "tests.differential.release_table",
    "tests.differential.compatibility_table",
]


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run what is asynchronous on the loop that serves."""
    return {"uvloop": uvloop.new_event_loop}

"""Orders of a worker that was killed are continued by another of the same runtime."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fixtures.eventually import eventually
from tests.fixtures.order_shop import ORDER_TIMEOUT_S, STEPS
from tests.fixtures.rpc_server import fresh
from tests.runtimes.shop import RuntimeShop


@contextmanager
def running_heir(shop: RuntimeShop) -> Iterator[None]:
    """Runs another worker of the shop, the executor `heir`."""
    output = shop.stack.order_log.with_name("heir.log")
    environment = {**os.environ, **shop.stack.worker_environment, "DBOS__VMID": "heir"}
    with output.open("wb") as log:
        worker = subprocess.Popen(shop.runtime.worker_command(), env=environment, stdout=log, stderr=log)
    try:
        eventually(lambda: "worker ready\n" in output.read_text(errors="replace"), ORDER_TIMEOUT_S)
        yield
    finally:
        worker.kill()
        worker.wait()


@pytest.mark.operation("`RecoverExecutor`")
def test_another_worker_finishes_the_order(doomed_shop: RuntimeShop) -> None:
    shop = doomed_shop
    order = shop.start()
    shop.wait_for_step(order, STEPS[2])
    shop.stack.worker.kill()
    begun = shop.begun(order)
    assert shop.status(order) == "PENDING"

    with running_heir(shop):
        response = shop.client.recover_executor(["doomed"], request_key=fresh("recover"))
        assert list(response.recovered_workflow_ids) == [order]
        eventually(lambda: shop.status(order) == "SUCCESS", ORDER_TIMEOUT_S)

    assert shop.client.get_workflow(order).workflow.executor_id == "heir"
    assert shop.recorded(order) == STEPS
    # The step in which the worker died ran again, and none of those before it.
    assert shop.begun(order) == [*begun, *STEPS[len(begun) - 1 :]]

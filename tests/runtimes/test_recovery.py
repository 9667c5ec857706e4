"""Orders of a worker that was killed are continued by another of the same runtime."""

from __future__ import annotations

import pytest

from tests.fixtures.eventually import eventually
from tests.fixtures.order_shop import ORDER_TIMEOUT_S, STEPS
from tests.fixtures.rpc_server import fresh
from tests.runtimes.shop import RuntimeShop
from tests.runtimes.worker import running_worker


@pytest.mark.operation("`RecoverExecutor`")
def test_another_worker_finishes_the_order(doomed_shop: RuntimeShop) -> None:
    shop = doomed_shop
    order = shop.start()
    shop.wait_for_step(order, STEPS[2])
    shop.stack.worker.kill()
    begun = shop.begun(order)
    assert shop.status(order) == "PENDING"

    heir = {**shop.stack.worker_environment, "DBOS__VMID": "heir"}
    with running_worker(shop.runtime, shop.stack.order_log.with_name("heir.log"), heir):
        response = shop.client.recover_executor(["doomed"], request_key=fresh("recover"))
        assert list(response.recovered_workflow_ids) == [order]
        eventually(lambda: shop.status(order) == "SUCCESS", ORDER_TIMEOUT_S)

    assert shop.client.get_workflow(order).workflow.executor_id == "heir"
    assert shop.recorded(order) == STEPS
    # The step in which the worker died ran again, and none of those before it.
    assert shop.begun(order) == [*begun, *STEPS[len(begun) - 1 :]]

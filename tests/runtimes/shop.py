"""A shop whose worker is one of DBOS's runtimes: its own schema, our server, and nothing but gRPC to drive it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from tests.fixtures.order_shop import STEP_SECONDS, Shop
from tests.runtimes.runtimes import Runtime
from workflow_control_client import new_workflow
from workflowcontrol.v1.workflow_start_pb2 import NewWorkflow

QUEUE = "orders"

_numbers = count(1)


@dataclass(frozen=True, slots=True)
class RuntimeShop(Shop):
    """A shop whose worker is of a runtime; the schema is what that worker has made."""

    runtime: Runtime

    def start(
        self,
        workflow: str = "process_order",
        *,
        orders: int | None = None,
        step_seconds: float = STEP_SECONDS,
        **order: object,
    ) -> str:
        """As of any shop; `options`, which may be among the order's, are those of `new_workflow`."""
        new = self.order(
            workflow,
            orders=orders,
            step_seconds=step_seconds,
            **order,  # type: ignore[arg-type]  # `options` is a dictionary.
        )
        self.client.start_workflow(new)
        return new.workflow_id

    def order(
        self,
        workflow: str = "process_order",
        *,
        orders: int | None = None,
        step_seconds: float = STEP_SECONDS,
        options: dict[str, Any] | None = None,
        **order: object,
    ) -> NewWorkflow:
        """Returns an order to start, with an id of its own; `options` are those of `new_workflow`."""
        workflow_id = f"order-{next(_numbers)}"
        given: dict[str, Any] = {"workflow_id": workflow_id, "queue_name": QUEUE, **(options or {})}
        return new_workflow(
            workflow,
            self.argument(workflow_id, orders, step_seconds=step_seconds, **order),
            class_name=self.runtime.class_name,
            python_native=self.runtime.python_native,
            **given,
        )

    def complete(self, workflow: str = "process_order", **order: Any) -> str:  # noqa: ANN401 - As `start` takes it.
        """Returns an order that was shipped."""
        workflow_id = self.start(workflow, step_seconds=0, **order)
        self.wait_for_status(workflow_id, "SUCCESS")
        return workflow_id

"""A shop whose worker is one of DBOS's runtimes: its own schema, our server, and nothing but gRPC to drive it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.fixtures.order_shop import STEP_SECONDS, Shop
from tests.runtimes.runtimes import Runtime
from workflow_control_client import new_workflow
from workflowcontrol.v1.workflow_start_pb2 import NewWorkflow

QUEUE = "orders"
WORKER_TIME_ZONE = "Asia/Kolkata"
"""Of the processes of workers: neither that of schedules nor the database's, nor a whole number of hours apart."""


@dataclass(frozen=True, slots=True)
class RuntimeShop(Shop):
    """A shop whose worker is of a runtime; the schema is what that worker has made."""

    runtime: Runtime

    def enqueue(self, workflow_id: str, workflow: str, argument: object) -> None:
        self.client.start_workflow(self._new(workflow, argument, workflow_id=workflow_id))

    def order(self, *, step_seconds: float = STEP_SECONDS, **options: Any) -> NewWorkflow:  # noqa: ANN401 - Of any type.
        """Returns an order to start, with an id of its own; `options` are those of `new_workflow`."""
        workflow_id = self.new_id()
        argument = {"order_id": workflow_id, "step_seconds": step_seconds}
        return self._new("process_order", argument, **{"workflow_id": workflow_id, **options})

    def start_with(self, *, step_seconds: float = STEP_SECONDS, **options: Any) -> str:  # noqa: ANN401 - Of any type.
        """Starts an order with options of `new_workflow`, and returns the workflow's id."""
        new = self.order(step_seconds=step_seconds, **options)
        self.client.start_workflow(new)
        return new.workflow_id

    def has(self, capability: str) -> bool:
        """Returns whether the schema that the worker has made can do something, as the server says."""
        known = self.client.get_server_info().dialect.capabilities
        return capability in [each.name for each in known if each.available]

    def complete(self) -> str:
        """Returns an order that was shipped."""
        workflow_id = self.start(step_seconds=0)
        self.wait_for_status(workflow_id, "SUCCESS")
        return workflow_id

    def _new(self, workflow: str, argument: object, **options: Any) -> NewWorkflow:  # noqa: ANN401 - Of any type.
        given = {
            "queue_name": QUEUE,
            "class_name": self.runtime.class_name,
            "python_native": self.runtime.python_native,
            **options,
        }
        return new_workflow(workflow, argument, **given)

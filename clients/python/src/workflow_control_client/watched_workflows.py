"""What the messages of a watch come to."""

from __future__ import annotations

from collections.abc import Mapping

from workflowcontrol.v1.types_pb2 import Workflow
from workflowcontrol.v1.workflow_waiting_pb2 import WatchWorkflowsResponse, WorkflowChange


class WatchedWorkflows:
    """The workflows that a watch selects, kept up to date with its messages.

    orders = WatchedWorkflows()
    for message in client.watch_workflows(WorkflowFilter(names=["process_order"])):
        orders.apply(message)
        print(len(orders.workflows), "orders")
    """

    def __init__(self) -> None:
        self._workflows: dict[str, Workflow] = {}
        self._in_snapshot: set[str] = set()

    @property
    def workflows(self) -> Mapping[str, Workflow]:
        """The workflows by id. Between the first and the last part of a snapshot, also some that are there no more."""
        return self._workflows

    def apply(self, message: WatchWorkflowsResponse) -> None:
        """Take in a message. All messages of a watch are to be, in their order, also across resumptions."""
        snapshot = message.snapshot
        if message.HasField("snapshot"):
            if snapshot.first:
                self._in_snapshot = set()
            for workflow in snapshot.workflows:
                self._workflows[workflow.workflow_id] = workflow
                self._in_snapshot.add(workflow.workflow_id)
            self._in_snapshot.update(snapshot.unchanged_workflow_ids)
            if snapshot.last:
                self._workflows = {i: w for i, w in self._workflows.items() if i in self._in_snapshot}
        for change in message.changes.changes:
            if change.kind == WorkflowChange.KIND_CHANGED:
                self._workflows[change.workflow_id] = change.workflow
            else:
                self._workflows.pop(change.workflow_id, None)

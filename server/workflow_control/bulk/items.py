"""The workflows of an operation as requests to the executor, and what its answers mean."""

from __future__ import annotations

from datetime import timedelta

from workflow_control.domain.bulk import BulkDefinition, BulkItem, HeldOperation, ItemClaim, item_scope
from workflow_control.idempotency.derived_ids import derive_workflow_id
from workflow_control.idempotency.fingerprint import fingerprint
from workflow_control.idempotency.requests import MutationRequest


class ItemRequests:
    """Makes the requests of one operation, each with the key that is the workflow's id in the operation's own scope."""

    def __init__(self, operation: HeldOperation, definition: BulkDefinition) -> None:
        row = operation.row
        self._lease = operation.lease
        self._definition = definition
        self._scope = item_scope(row.scope, row.operation_id)
        self._action = row.action
        # What the operation does is part of its id: it never changes.
        self._fingerprint = fingerprint(row.action, [(1, row.operation_id)])
        self._actor = row.actor
        self._reason = row.reason
        self._ttl = timedelta(seconds=operation.item_ttl_s)

    def request(self, item: BulkItem, deadline: float) -> MutationRequest:
        """Return the request of one workflow; the deadline is on the clock of `time.monotonic()`."""
        workflow_id = item.workflow_id
        return MutationRequest(
            scope=self._scope,
            request_key=workflow_id,
            action=self._action,
            fingerprint=self._fingerprint,
            command=self._definition.command(workflow_id, derive_workflow_id(self._scope, workflow_id)),
            actor=self._actor,
            reason=self._reason,
            ttl=self._ttl,
            deadline=deadline,
            item=ItemClaim(self._lease, item.number),
        )

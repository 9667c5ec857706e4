"""What the database says of a workflow, a step and a stored request.

Rows are named tuples, since a batch makes hundreds of them from the driver's tuples; times are in DBOS's unit,
milliseconds since the
Unix epoch. A column that the installed DBOS schema lacks is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

INTERNAL_QUEUE: Final = "_dbos_internal_queue"
"""The queue that every DBOS worker serves, in all four runtimes (dbos 2.11.0 `_utils.py:INTERNAL_QUEUE_NAME`)."""


class WorkflowRow(NamedTuple):
    """A row of DBOS's `workflow_status` without its payloads, in the order of `dbos/queries/_workflow_columns.sql`."""

    workflow_id: str
    status: str | None
    name: str | None
    class_name: str | None
    config_name: str | None
    queue_name: str | None
    queue_partition_key: str | None
    priority: int
    deduplication_id: str | None
    authenticated_user: str | None
    assumed_role: str | None
    authenticated_roles: str | None
    """A JSON array as text; a foreign client may have stored the text `null`."""
    application_id: str | None
    application_version: str | None
    application_name: str | None
    executor_id: str | None
    recovery_attempts: int | None
    parent_workflow_id: str | None
    forked_from: str | None
    was_forked_from: bool | None
    schedule_name: str | None
    attributes: Any
    """The decoded JSON object, or None."""
    created_at: int
    updated_at: int
    started_at: int | None
    completed_at: int | None
    delay_until: int | None
    timeout_ms: int | None
    deadline: int | None


class StoredPayloads(NamedTuple):
    """The payloads of a workflow: stored texts, and the one format name that the row has for all of them."""

    serialization: str | None
    input: str | None
    output: str | None
    error: str | None


class StoredWorkflow(NamedTuple):
    """A workflow as read; `payloads` is None when they were not asked for."""

    row: WorkflowRow
    payloads: StoredPayloads | None


class StepRow(NamedTuple):
    """A row of DBOS's `operation_outputs`; `output` and `error` are None when they were not asked for."""

    step_id: int
    name: str
    child_workflow_id: str | None
    started_at: int | None
    completed_at: int | None
    failed: bool
    serialization: str | None
    output: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class StoredError:
    """A failed request's outcome."""

    reason: str
    message: str
    metadata: Mapping[str, str]


class StoredRequest(NamedTuple):
    """A row of the `request` table: one executed mutation, an entry of the journal."""

    scope: str
    request_key: str
    action: str
    workflow_id: str
    fingerprint: bytes
    fingerprint_version: int
    execution_id: str
    """Names the call that executed it, so that a call whose COMMIT went unanswered can recognise its own work."""
    actor: str
    reason: str
    executed_at: datetime
    expires_at: datetime
    code: int
    """The outcome as a gRPC status code; 0 is OK."""
    response: bytes | None
    """With code 0: the response message, serialized, without its `idempotency`."""
    error: StoredError | None
    """With any other code: what was answered."""

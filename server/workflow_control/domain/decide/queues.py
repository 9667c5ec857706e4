"""What becomes of queues, versions, and the names of applications."""

from __future__ import annotations

from typing import cast

from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import (
    DeleteQueueChange,
    LatestVersionChange,
    RegisterQueueChange,
    RenameApplicationChange,
    RenameApplied,
)
from workflow_control.domain.commands import (
    DeleteQueue,
    RegisterQueue,
    RenameApplication,
    SetLatestApplicationVersion,
)
from workflow_control.domain.decide.decision import Decision
from workflow_control.domain.errors import ApplicationVersionNotFound, OwnedByAnotherApplication, QueueNotFound
from workflow_control.domain.facts import Facts, QueueFindings, VersionFindings
from workflow_control.domain.limits import RENAMED_ROWS_MAX
from workflow_control.domain.outcomes import (
    DeleteQueueOutcome,
    DeleteResult,
    LatestVersionOutcome,
    RegisterQueueOutcome,
    RegisterResult,
    RenameApplicationOutcome,
)
from workflow_control.domain.queues import OwnedRows


def decide_register_queue(command: RegisterQueue, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_sys_db.py:upsert_queue`). Raises SchemaCapabilityMissing."""
    facts.require(Capability.REGISTERED_QUEUES)
    if command.limits.has_partition_limits:
        facts.require(Capability.PARTITION_LIMITS)
    if command.application_name is not None:
        facts.require(Capability.APPLICATION_NAME)
    existing = cast("QueueFindings", facts.findings).queue
    if existing is None:
        row = command.limits.row(command.queue_name, command.application_name, facts.now_ms, facts.now_ms)
        return Decision(RegisterQueueOutcome(row, RegisterResult.REGISTERED), RegisterQueueChange(row, is_new=True))
    owner = existing.application_name
    if owner is not None and command.application_name not in (None, owner):
        return Decision(OwnedByAnotherApplication("queue", existing.name, owner))
    if not command.update_existing:
        return Decision(RegisterQueueOutcome(existing, RegisterResult.UNCHANGED))
    row = command.limits.row(existing.name, owner or command.application_name, existing.created_at, facts.now_ms)
    return Decision(RegisterQueueOutcome(row, RegisterResult.UPDATED), RegisterQueueChange(row, is_new=False))


def decide_delete_queue(command: DeleteQueue, facts: Facts) -> Decision:
    """As DBOS does it, which ignores a queue that is missing. Raises SchemaCapabilityMissing."""
    facts.require(Capability.REGISTERED_QUEUES)
    existing = cast("QueueFindings", facts.findings).queue
    if existing is not None:
        return Decision(DeleteQueueOutcome(existing, DeleteResult.DELETED), DeleteQueueChange(existing.name))
    if command.allow_missing:
        return Decision(DeleteQueueOutcome(None, DeleteResult.MISSING))
    return Decision(QueueNotFound(command.queue_name))


def decide_latest_version(command: SetLatestApplicationVersion, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_sys_db.py:update_application_version_timestamp`), which ignores a version that is
    missing. Raises SchemaCapabilityMissing.
    """
    facts.require(Capability.APPLICATION_VERSIONS)
    application_name = command.application_name
    if application_name is not None:
        facts.require(Capability.APPLICATION_NAME)
    versions = cast("VersionFindings", facts.findings).versions
    if not versions:
        return Decision(ApplicationVersionNotFound(command.application_version))
    # Where a release lets several applications have versions of one name: its own first, then one that nobody owns.
    eligible = [row for row in versions if application_name is None or row.application_name in (None, application_name)]
    if not eligible:
        owner = versions[0].application_name or ""
        return Decision(OwnedByAnotherApplication("application version", versions[0].name, owner))
    row = max(eligible, key=lambda row: (row.application_name is not None, row.timestamp))
    after = row._replace(timestamp=facts.now_ms, application_name=row.application_name or application_name)
    change = LatestVersionChange(row.version_id, after.timestamp, after.application_name)
    return Decision(LatestVersionOutcome(after, row.timestamp), change)


def decide_rename_application(command: RenameApplication, facts: Facts) -> Decision:
    """As DBOS does it (3.4.0 `_sys_db.py:rename_application`), but for what has ended: of that no more at once than one
    transaction may hold. Raises SchemaCapabilityMissing.
    """
    facts.require(Capability.APPLICATION_NAME)
    change = RenameApplicationChange(
        command.application_name, command.new_application_name, command.adopt_unclaimed, RENAMED_ROWS_MAX
    )
    return Decision(RenameApplicationOutcome(OwnedRows(0, 0, 0, 0, 0), complete=True), change)


def conclude_rename_application(decision: Decision, applied: RenameApplied) -> Decision:
    """Return the decision after it was written."""
    return decision._replace(outcome=RenameApplicationOutcome(applied.rows, applied.complete))

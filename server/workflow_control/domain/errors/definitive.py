"""The request itself is at fault: a mutation's key keeps the outcome."""

from __future__ import annotations

from collections.abc import Mapping

from workflow_control.domain.errors.base import Code, ControlError


class DefinitiveError(ControlError):
    """The request cannot be done as it is. Stored as the outcome of a mutation's key."""


class WorkflowNotFound(DefinitiveError):
    """There is no such workflow."""

    code = Code.NOT_FOUND
    reason = "WORKFLOW_NOT_FOUND"

    def __init__(self, workflow_id: str) -> None:
        super().__init__(f"There is no workflow {workflow_id!r}.", workflow_id=workflow_id)


class WorkflowExists(DefinitiveError):
    """The id that a mutation would create is taken."""

    code = Code.ALREADY_EXISTS
    reason = "WORKFLOW_EXISTS"

    def __init__(self, workflow_id: str, **place: str) -> None:
        """`place` has the `index` of the workflow in a request of several; likewise below."""
        super().__init__(f"{_at(place)}The workflow id {workflow_id!r} is taken.", workflow_id=workflow_id, **place)


class StepNotFound(DefinitiveError):
    """The workflow has no recorded step of that name."""

    code = Code.NOT_FOUND
    reason = "STEP_NOT_FOUND"

    def __init__(self, workflow_id: str, step_name: str) -> None:
        super().__init__(
            f"The workflow {workflow_id!r} has no recorded step {step_name!r}.",
            workflow_id=workflow_id,
            step_name=step_name,
        )


class Deduplicated(DefinitiveError):
    """Another workflow in the queue holds the deduplication id."""

    code = Code.ALREADY_EXISTS
    reason = "DEDUPLICATED"

    def __init__(self, queue_name: str, deduplication_id: str, holder_workflow_id: str, **place: str) -> None:
        super().__init__(
            f"{_at(place)}The workflow {holder_workflow_id!r} holds the deduplication id {deduplication_id!r} in the"
            f" queue {queue_name!r}.",
            queue_name=queue_name,
            deduplication_id=deduplication_id,
            holder_workflow_id=holder_workflow_id,
            **place,
        )


class QueuePartitionKeyRequired(DefinitiveError):
    """The queue is partitioned, and the workflow to start has no partition key."""

    code = Code.FAILED_PRECONDITION
    reason = "QUEUE_PARTITION_KEY_REQUIRED"

    def __init__(self, queue_name: str, **place: str) -> None:
        super().__init__(
            f"{_at(place)}The queue {queue_name!r} is partitioned: no worker would take a workflow without a"
            " queue_partition_key from it.",
            queue_name=queue_name,
            **place,
        )


class WorkflowNotTerminal(DefinitiveError):
    """The workflow is not in a terminal state, as the mutation needs it to be."""

    code = Code.FAILED_PRECONDITION
    reason = "WORKFLOW_NOT_TERMINAL"

    def __init__(self, workflow_id: str, state: str) -> None:
        super().__init__(
            f"The workflow {workflow_id!r} is not in a terminal state, but {state or None}.",
            workflow_id=workflow_id,
            state=state,
        )


class WorkflowNotDelayed(DefinitiveError):
    """The workflow is not DELAYED."""

    code = Code.FAILED_PRECONDITION
    reason = "WORKFLOW_NOT_DELAYED"

    def __init__(self, workflow_id: str, state: str) -> None:
        super().__init__(
            f"The workflow {workflow_id!r} is not DELAYED, but {state or None}.", workflow_id=workflow_id, state=state
        )


class WorkflowNotQueued(DefinitiveError):
    """The workflow does not wait in a queue."""

    code = Code.FAILED_PRECONDITION
    reason = "WORKFLOW_NOT_QUEUED"

    def __init__(self, workflow_id: str, state: str) -> None:
        super().__init__(
            f"The workflow {workflow_id!r} is neither ENQUEUED nor DELAYED, but {state or None}.",
            workflow_id=workflow_id,
            state=state,
        )


class QueueNotFound(DefinitiveError):
    """There is no such queue."""

    code = Code.NOT_FOUND
    reason = "QUEUE_NOT_FOUND"

    def __init__(self, queue_name: str) -> None:
        super().__init__(f"There is no queue {queue_name!r}.", queue_name=queue_name)


class ApplicationVersionNotFound(DefinitiveError):
    """No such application version is registered; with an empty name, none at all."""

    code = Code.NOT_FOUND
    reason = "APPLICATION_VERSION_NOT_FOUND"

    def __init__(self, application_version: str) -> None:
        super().__init__(
            f"No application version {application_version!r} is registered."
            if application_version
            else "No application version is registered.",
            application_version=application_version,
        )


class OwnedByAnotherApplication(DefinitiveError):
    """Another application owns what the mutation would change."""

    code = Code.FAILED_PRECONDITION
    reason = "OWNED_BY_ANOTHER_APPLICATION"

    def __init__(self, kind: str, name: str, application_name: str) -> None:
        """`kind` is `queue`, `application version` or `schedule`; `application_name` is the owner."""
        super().__init__(
            f"The {kind} {name!r} belongs to the application {application_name!r}.",
            kind=kind,
            name=name,
            application_name=application_name,
        )


class BulkOperationNotFound(DefinitiveError):
    """There is no such bulk operation."""

    code = Code.NOT_FOUND
    reason = "BULK_OPERATION_NOT_FOUND"

    def __init__(self, operation_id: str) -> None:
        super().__init__(f"There is no bulk operation {operation_id!r}.", operation_id=operation_id)


class BulkOperationExists(DefinitiveError):
    """The request key started a bulk operation before, and has expired since."""

    code = Code.ALREADY_EXISTS
    reason = "BULK_OPERATION_EXISTS"

    def __init__(self, operation_id: str) -> None:
        super().__init__(
            f"The request key started the bulk operation {operation_id!r} before.", operation_id=operation_id
        )


class BulkOperationEnded(DefinitiveError):
    """The bulk operation is completed or stopped."""

    code = Code.FAILED_PRECONDITION
    reason = "BULK_OPERATION_ENDED"

    def __init__(self, operation_id: str, state: str) -> None:
        super().__init__(f"The bulk operation {operation_id!r} is {state}.", operation_id=operation_id, state=state)


def _at(place: Mapping[str, str]) -> str:
    return f"workflows[{place['index']}]: " if "index" in place else ""


def restore_definitive_error(reason: str, metadata: Mapping[str, str]) -> DefinitiveError:
    """Return the error that was stored with this reason and metadata."""
    classes = {cls.reason: cls for cls in DefinitiveError.__subclasses__()}
    return classes[reason](**metadata)

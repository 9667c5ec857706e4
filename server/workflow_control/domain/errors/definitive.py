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

    def __init__(self, workflow_id: str) -> None:
        super().__init__(f"The workflow id {workflow_id!r} is taken.", workflow_id=workflow_id)


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


def restore_definitive_error(reason: str, metadata: Mapping[str, str]) -> DefinitiveError:
    """Return the error that was stored with this reason and metadata."""
    classes = {cls.reason: cls for cls in DefinitiveError.__subclasses__()}
    return classes[reason](**metadata)

"""The messages of DBOS's own exceptions (dbos 2.11.0 to 3.4.0 `_error.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workflow_control.domain.payloads.reading import Unreadable

_MESSAGES: Final[Mapping[tuple[str, int], tuple[int, str]]] = {
    ("DBOSQueryTimeoutError", 1): (
        26,
        "This query was cancelled after exceeding its {0:g}s statement timeout.",
    ),
    ("DBOSConflictingWorkflowError", 2): (9, "Conflicting workflow invocation with the same ID ({0}): {1}"),
    ("DBOSRecoveryError", 2): (2, "Recovery error for workflow ID {0}: {1}"),
    ("DBOSInitializationError", 1): (3, "Error initializing DBOS Transact: {0}"),
    ("DBOSWorkflowFunctionNotFoundError", 2): (4, "Could not execute workflow {0}: {1}"),
    ("DBOSNonExistentWorkflowError", 2): (5, "Non-existent {0} workflow ID: {1}"),
    ("DBOSStreamTimeoutError", 2): (16, "No value arrived on stream {1} of workflow {0}"),
    ("DBOSStreamTimeoutError", 3): (16, "No value arrived on stream {1} of workflow {0} within {2} seconds"),
    ("DBOSStreamNondeterminismError", 2): (
        17,
        "Cannot deterministically read stream {1} in workflow {0}: another stream read in the same workflow is still "
        "in progress, so which read records which value would depend on task scheduling. Read streams from sequential "
        "workflow code, or read them from a step.",
    ),
    ("MaxRecoveryAttemptsExceededError", 1): (
        6,
        "Workflow {0} has exceeded its maximum number of execution or recovery attempts. Further attempts to execute "
        "or recover it will fail. See documentation for details: "
        "https://docs.dbos.dev/python/reference/decorators",
    ),
    ("MaxRecoveryAttemptsExceededError", 2): (
        6,
        "Workflow {0} has exceeded its maximum of {1} execution or recovery attempts. Further attempts to execute or "
        "recover it will fail. See documentation for details: https://docs.dbos.dev/python/reference/decorators",
    ),
    ("DBOSNotAuthorizedError", 1): (8, "{0}"),
    ("DBOSMaxStepRetriesExceeded", 3): (7, "Step {0} has exceeded its maximum of {1} retries"),
    ("DBOSStepTimeoutError", 2): (18, "Step {0} was cancelled after exceeding its timeout of {1} seconds"),
    ("DBOSUnexpectedStepError", 4): (
        11,
        "During execution of workflow {0} step {1}, function {3} was recorded when {2} was expected. Check that your "
        "workflow is deterministic.",
    ),
    ("DBOSStepNondeterminismError", 2): (
        28,
        "Step {1} of workflow {0} was recorded twice by the same execution with different results. Check that your "
        "workflow is deterministic.",
    ),
    ("DBOSPatchNondeterminismError", 3): (
        15,
        "Cannot deterministically apply patch {1} in workflow {0}: {2}. Check that your workflow is deterministic.",
    ),
    ("DBOSQueueDeduplicatedError", 3): (
        12,
        "Workflow {0} was deduplicated due to an existing workflow in queue {1} with deduplication ID {2}.",
    ),
    ("DBOSWorkflowIDInUseError", 3): (
        27,
        "Workflow ID {0} is already in use by workflow {2} with status {1}.",
    ),
    ("DBOSAwaitedWorkflowCancelledError", 1): (13, "Awaited workflow {0} was cancelled"),
    ("DBOSAwaitedWorkflowMaxRecoveryAttemptsExceeded", 1): (
        14,
        "Awaited workflow {0} exceeded its maximum recovery attempts",
    ),
}
"""By the name of the class and the number of its arguments, without a last None: the code and the message."""


def dbos_message(name: str, args: tuple[Any, ...], state: Mapping[str, Any]) -> str:
    """Return what `str` makes of an exception of the module `dbos._error`.

    Those that say how to make them again are pickled as the arguments of their class, others with their attributes.
    Raise `Unreadable` for those of neither kind.
    """
    match state:
        case {"message": str(message), "dbos_error_code": int() | None as code}:
            return _text(code, message)
        case _:
            pass
    code, message = _template(name, args)
    scalars = [arg if isinstance(arg, str | int | float) or arg is None else _Unprintable() for arg in args]
    return _text(code, message.format(*scalars))


class _Unprintable:
    """An argument that is not known to print as the message would have it. Some messages leave theirs out."""

    def __format__(self, specification: str) -> str:
        raise Unreadable("no plain argument")


def _template(name: str, args: tuple[Any, ...]) -> tuple[int, str]:
    shortened = args[:-1] if args and args[-1] is None else args
    template = _MESSAGES.get((name, len(shortened))) or _MESSAGES.get((name, len(args)))
    if template is None:
        raise Unreadable("an exception of DBOS that is not known")
    return template


def _text(code: int | None, message: str) -> str:
    return f"DBOS Error {code}: {message}" if code else f"DBOS Error: {message}"

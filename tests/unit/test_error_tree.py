"""The tree of errors is what its docstring draws, and a stored error comes back as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from workflow_control.domain import errors
from workflow_control.domain.errors import (
    ApplicationVersionNotFound,
    BackfillTooLarge,
    BulkOperationEnded,
    BulkOperationExists,
    BulkOperationNotFound,
    ControlError,
    Deduplicated,
    DefinitiveError,
    FieldViolation,
    InvalidRequest,
    OwnedByAnotherApplication,
    QueueNotFound,
    QueuePartitionKeyRequired,
    ScheduleContextPrivate,
    ScheduleExists,
    ScheduleNotFound,
    ScheduleRuntimeUnknown,
    ScheduleTimesUncertain,
    StepNotFound,
    WorkflowExists,
    WorkflowNotDelayed,
    WorkflowNotFound,
    WorkflowNotQueued,
    WorkflowNotTerminal,
    restore_definitive_error,
)


def _tree(cls: type[ControlError], depth: int = 0) -> Iterator[tuple[int, str]]:
    yield depth, cls.__name__
    for child in cls.__subclasses__():
        yield from _tree(child, depth + 1)


def _leaves(cls: type[ControlError]) -> Iterator[type[ControlError]]:
    children = cls.__subclasses__()
    if not children:
        yield cls
    for child in children:
        yield from _leaves(child)


def test_the_docstring_draws_the_tree() -> None:
    assert errors.__doc__ is not None
    start = errors.__doc__.index("    ControlError\n")
    lines = errors.__doc__[start:].partition("\n\n")[0].splitlines()
    drawn = []
    for line in lines:
        match = re.match(r"([ │├└─]*)(\w+)", line)
        assert match is not None
        drawn.append((len(match[1]) // 4 - 1, match[2]))
    assert drawn == list(_tree(ControlError))


DEFINITIVE = [
    WorkflowNotFound("a'b"),
    WorkflowExists("a"),
    WorkflowExists("a", index="7"),
    StepNotFound("a", 'pay "now"'),
    Deduplicated("orders", "customer-3", "order-7"),
    Deduplicated("orders", "customer-3", "order-7", index="7"),
    QueueNotFound("orders"),
    ApplicationVersionNotFound("v7"),
    ApplicationVersionNotFound(""),
    OwnedByAnotherApplication("queue", "orders", "shop"),
    ScheduleNotFound("nightly"),
    ScheduleExists("nightly"),
    ScheduleRuntimeUnknown("nightly", "Name it."),
    ScheduleRuntimeUnknown("nightly", "Name it.", index="7"),
    ScheduleContextPrivate("nightly", "PYTHON"),
    ScheduleTimesUncertain("nightly", "The clock changes."),
    ScheduleTimesUncertain("", "The clock changes."),
    BackfillTooLarge("nightly", "more than 1000", "1000"),
    BulkOperationNotFound("1f0c9f6e"),
    BulkOperationExists("1f0c9f6e"),
    BulkOperationEnded("1f0c9f6e", "STOPPED"),
    QueuePartitionKeyRequired("orders"),
    QueuePartitionKeyRequired("orders", index="7"),
    WorkflowNotTerminal("a", "PENDING"),
    WorkflowNotDelayed("a", "ENQUEUED"),
    WorkflowNotQueued("a", "PENDING"),
]


@pytest.mark.parametrize("error", DEFINITIVE, ids=lambda error: type(error).__name__)
def test_a_stored_error_comes_back_as_it_was(error: DefinitiveError) -> None:
    metadata = json.loads(json.dumps(dict(error.metadata)))
    restored = restore_definitive_error(error.reason, metadata)
    assert type(restored) is type(error)
    assert (restored.message, restored.metadata, restored.code) == (error.message, error.metadata, error.code)


def test_every_error_that_is_stored_is_proven_to_come_back() -> None:
    assert {type(error) for error in DEFINITIVE} == set(_leaves(DefinitiveError))


def test_an_invalid_request_names_all_its_fields() -> None:
    error = InvalidRequest([FieldViolation("a", "is empty"), FieldViolation("b.c", "is negative")])
    assert error.metadata == {"fields": "a,b.c"}
    assert str(error) == "a: is empty b.c: is negative"
    with pytest.raises(ValueError, match="at least one"):
        InvalidRequest([])

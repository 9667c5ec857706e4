"""Every failure becomes the exception that says what the caller can do."""

from __future__ import annotations

import pickle
from datetime import timedelta

import grpc
import pytest

import workflow_control_client
from workflow_control_client import FieldViolation, InvalidRequest, TransientError, WorkflowControlError, errors
from workflowcontrol.v1.error_reason_pb2 import ErrorReason

REASONS = {name.removeprefix("ERROR_REASON_") for name, number in ErrorReason.items() if number != 0}
TO_REPEAT = {
    "REQUEST_IN_PROGRESS",
    "WORKFLOW_LOCKED",
    "DATABASE_UNAVAILABLE",
    "OVERLOADED",
    "OUTCOME_UNKNOWN",
    "DEADLINE_EXCEEDED",
    "SHUTTING_DOWN",
    "INTERNAL",
}


def subclasses(error_class: type[WorkflowControlError]) -> set[type[WorkflowControlError]]:
    """Return the class and all below it."""
    return {error_class}.union(*(subclasses(below) for below in error_class.__subclasses__()))


def test_every_reason_of_the_contract_has_its_class() -> None:
    assert errors.BY_REASON.keys() == REASONS
    assert len(set(errors.BY_REASON.values())) == len(REASONS)


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_classes_are_named_as_the_reasons(reason: str) -> None:
    name = "".join(word.capitalize() for word in reason.split("_"))
    assert errors.BY_REASON[reason].__name__ in (name, f"{name}Error")


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_transient_errors_are_those_after_which_the_contract_says_to_retry(reason: str) -> None:
    assert issubclass(errors.BY_REASON[reason], TransientError) == (reason in TO_REPEAT)


def test_every_status_code_has_a_class() -> None:
    assert errors.BY_CODE.keys() == set(grpc.StatusCode) - {grpc.StatusCode.OK}


def test_all_classes_are_exported_and_drawn_in_the_tree() -> None:
    classes = subclasses(WorkflowControlError)
    assert {error_class.__name__ for error_class in classes} <= set(workflow_control_client.__all__)
    assert errors.__doc__ is not None
    for error_class in classes:
        assert f" {error_class.__name__}" in errors.__doc__


def test_all_exported_names_exist() -> None:
    for name in workflow_control_client.__all__:
        assert hasattr(workflow_control_client, name)


@pytest.mark.parametrize("error_class", sorted(subclasses(WorkflowControlError), key=str))
def test_errors_survive_pickling(error_class: type[WorkflowControlError]) -> None:
    """A worker may send one to another process."""
    error = error_class(
        grpc.StatusCode.ABORTED,
        "what",
        "REASON",
        {"workflow_id": "order-7"},
        "key",
        timedelta(seconds=1),
        (FieldViolation("field", "is wrong"),),
    )
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301  # Its own bytes.
    assert type(copy) is error_class
    assert vars(copy) == vars(error)
    assert str(copy) == str(error)


def test_the_text_names_reason_and_key() -> None:
    error = InvalidRequest(grpc.StatusCode.INVALID_ARGUMENT, "What is wrong.", "INVALID_REQUEST", request_key="key")
    assert str(error) == "INVALID_REQUEST: What is wrong. (request key 'key')"


def test_the_text_names_the_code_without_a_reason() -> None:
    assert str(WorkflowControlError(grpc.StatusCode.UNKNOWN, "What?")) == "UNKNOWN: What?"

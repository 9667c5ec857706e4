"""The conformance scenario is complete, and its comparison notices what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from tests.clients.languages import ALL_CLIENTS
from tests.clients.run_python import contract_methods
from tests.clients.scenario import differences, fill_in, read_scenario
from tests.fixtures.markdown import REPOSITORY
from workflowcontrol.v1.error_reason_pb2 import ErrorReason

NOT_PROVOKED: Final[Mapping[str, str]] = {
    "INTERNAL": "it is a fault of the server",
    "OUTCOME_UNKNOWN": "a connection has to break within a commit: tests/e2e/test_faults_network.py",
    "SHUTTING_DOWN": "clients come back, and find no server or another one: tests/rpc/test_drain.py",
}
"""The reasons that no step expects, and why."""


def test_every_client_takes_part() -> None:
    folders = {folder.name for folder in (REPOSITORY / "clients").iterdir() if (folder / "README.md").exists()}
    assert {client.name for client in ALL_CLIENTS} == folders


def test_every_rpc_is_called() -> None:
    called = {step.rpc for step in read_scenario()}
    contract = {f"{method.containing_service.name}/{method.name}" for method in contract_methods()}
    assert called - {""} == contract


def test_every_reason_is_provoked_that_can_be() -> None:
    provoked = {step.error["reason"] for step in read_scenario() if step.error and "reason" in step.error}
    reasons = {name.removeprefix("ERROR_REASON_") for name in ErrorReason.DESCRIPTOR.values_by_name}
    assert reasons - provoked == NOT_PROVOKED.keys()


@pytest.mark.parametrize(
    ("expected", "answered"),
    [
        ({"a": 1}, {"b": 1}),
        ({"a": {"b": "x"}}, {"a": {"b": "y"}}),
        ({"a": []}, {"a": [1]}),
        ([{"a": 1}], [{"a": 1}, {"a": 1}]),
        ([{"a": 1}, {"a": 2}], [{"a": 2}, {"a": 1}]),
        ({"a": False}, {"a": True}),
        ({"a": {"$matches": "[0-9]+"}}, {"a": "12x"}),
        ({"a": {"$matches": ".+"}}, {}),
        ({"a": {"b": ""}}, {"a": "text"}),
    ],
)
def test_a_difference_is_noticed(expected: object, answered: object) -> None:
    assert list(differences(expected, answered))


@pytest.mark.parametrize(
    ("expected", "answered"),
    [
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": False, "b": 0, "c": "", "d": []}, {}),
        ({"a": {"$matches": "[0-9]+"}}, {"a": "12"}),
    ],
)
def test_what_is_alike_is_no_difference(expected: object, answered: object) -> None:
    assert not list(differences(expected, answered))


def test_what_was_captured_is_filled_in() -> None:
    request = {"workflowId": "${run}-a", "args": ["${run}", {"$repeat": ["xy", 2]}, 7]}
    assert fill_in(request, {"run": "go"}) == {"workflowId": "go-a", "args": ["go", "xyxy", 7]}

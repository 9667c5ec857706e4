"""Nothing of the contract is forgotten in the client: compared with the descriptors, so that a new RPC cannot be."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.descriptor import MethodDescriptor
from google.protobuf.descriptor_pb2 import MethodOptions

import workflowcontrol.v1
from tests.fixtures.scripted_server import AnyClient
from workflow_control_client import SERVICE_CONFIG, AsyncWorkflowControlClient, WorkflowControlClient

# CANCELLED: so gRPC answers the calls that a server which shuts down has not begun.
MUTATION_RETRIES = {"UNAVAILABLE", "CANCELLED", "ABORTED", "RESOURCE_EXHAUSTED"}
# A read answers RESOURCE_EXHAUSTED also for a response that is too large, where a retry would be in vain.
READ_RETRIES = {"UNAVAILABLE", "CANCELLED"}


def contract_methods() -> Iterator[MethodDescriptor]:
    """Return every RPC of every file of the contract."""
    for module in pkgutil.iter_modules(workflowcontrol.v1.__path__, "workflowcontrol.v1."):
        if module.name.endswith("_pb2"):
            for service in importlib.import_module(module.name).DESCRIPTOR.services_by_name.values():
                yield from service.methods


METHODS = sorted(contract_methods(), key=lambda method: method.full_name)
each_method = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
each_client = pytest.mark.parametrize("client_class", [WorkflowControlClient, AsyncWorkflowControlClient])


def is_mutation(method: MethodDescriptor) -> bool:
    """Tell whether the RPC changes something: its response says what became of its request key."""
    return "idempotency" in method.output_type.fields_by_name


def client_method(client_class: type[AnyClient], method: MethodDescriptor) -> inspect.Signature:
    """Return the signature of the client's method for an RPC, which is named the same in snake case."""
    name = re.sub(r"(?<=.)([A-Z])", r"_\1", method.name).lower()
    return inspect.signature(getattr(client_class, name))


def retry_policies() -> dict[str, dict[str, Any]]:
    """Return the retry policy of each method that the service config names."""
    policies: dict[str, dict[str, Any]] = {}
    for config in json.loads(SERVICE_CONFIG)["methodConfig"]:
        for name in config["name"]:
            full_name = f"{name['service']}.{name['method']}"
            assert full_name not in policies, f"{full_name} is named twice"
            policies[full_name] = config["retryPolicy"]
    return policies


def test_the_contract_has_mutations_and_reads() -> None:
    """Guards the tests below against comparing nothing."""
    assert {is_mutation(method) for method in METHODS} == {True, False}
    assert len(METHODS) >= 10


@each_method
def test_the_contract_declares_mutations_idempotent_and_reads_without_effect(method: MethodDescriptor) -> None:
    level = method.GetOptions().idempotency_level
    assert level == (MethodOptions.IDEMPOTENT if is_mutation(method) else MethodOptions.NO_SIDE_EFFECTS)
    if is_mutation(method):
        assert "request_key" in method.input_type.fields_by_name


def test_the_service_config_names_exactly_the_methods_of_the_contract() -> None:
    assert retry_policies().keys() == {method.full_name for method in METHODS}


@each_method
def test_the_service_config_retries_what_is_safe_to_retry(method: MethodDescriptor) -> None:
    policy = retry_policies()[method.full_name]
    assert set(policy["retryableStatusCodes"]) == (MUTATION_RETRIES if is_mutation(method) else READ_RETRIES)
    assert policy["maxAttempts"] == 5  # gRPC makes no more, whatever is written here.


def test_the_service_config_throttles_retries() -> None:
    throttling = json.loads(SERVICE_CONFIG)["retryThrottling"]
    assert 0 < throttling["maxTokens"] <= 1000
    assert 0 < throttling["tokenRatio"] <= 1


@each_client
@each_method
def test_each_rpc_has_a_method_that_takes_every_field(client_class: type[AnyClient], method: MethodDescriptor) -> None:
    parameters = client_method(client_class, method).parameters.keys()
    assert parameters == {"self", "call_timeout", *method.input_type.fields_by_name.keys()}


@each_client
@each_method
def test_methods_say_what_they_return(client_class: type[AnyClient], method: MethodDescriptor) -> None:
    returns = str(client_method(client_class, method).return_annotation)
    assert method.output_type.name in returns
    assert ("Pager[" in returns) == ("next_page_token" in method.output_type.fields_by_name)


REPEATED = {"collect_all_garbage", "cancel_all_overdue_workflows"}
"""They make one call after another."""


@each_client
def test_clients_have_no_other_methods(client_class: type[AnyClient]) -> None:
    """So the sync and the async client have the same ones."""
    public = {name for name in vars(client_class) if not name.startswith("_")}
    expected = {re.sub(r"(?<=.)([A-Z])", r"_\1", method.name).lower() for method in METHODS}
    assert public == expected | {"close", "from_channel", "follow_bulk_operation"} | REPEATED


def test_both_clients_document_their_methods_alike() -> None:
    for name in vars(WorkflowControlClient).keys() - {"close", "from_channel"}:
        if not name.startswith("_"):
            text = inspect.getdoc(getattr(WorkflowControlClient, name))
            assert text is not None
            assert "client." + name in text, f"{name} has no example"
            assert inspect.getdoc(getattr(AsyncWorkflowControlClient, name)) == text


def test_async_methods_are_coroutine_functions() -> None:
    assert inspect.iscoroutinefunction(AsyncWorkflowControlClient.cancel_workflow)
    assert not inspect.iscoroutinefunction(WorkflowControlClient.cancel_workflow)

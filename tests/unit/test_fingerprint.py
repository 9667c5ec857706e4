"""Requests have the same fingerprint exactly if they ask for the same, however they are written on the wire."""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, cast

import pytest
from google.protobuf.descriptor import FieldDescriptor, MethodDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.struct_pb2 import Struct, Value
from google.protobuf.timestamp_pb2 import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from tests.rpc.contract_methods import CONTRACT, is_mutation
from tests.rpc.malformed_requests import element
from workflow_control.idempotency.fingerprint import FINGERPRINT_VERSION, fingerprint
from workflow_control.rpc.canonical import NOT_PARAMETERS, canonical_fields, canonical_parameters
from workflowcontrol.v1.server_control_pb2 import CollectGarbageRequest
from workflowcontrol.v1.types_pb2 import WorkflowFilter
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowRequest, ForkWorkflowRequest, ResumeWorkflowRequest

text = st.text(max_size=8)
durations = st.builds(Duration, seconds=st.integers(0, 9), nanos=st.integers(0, 9))
common = {"request_key": text, "reason": text, "validate_only": st.booleans(), "workflow_id": text}


def requests() -> st.SearchStrategy[Message]:
    """Return requests of every mutation."""
    forks = st.builds(
        ForkWorkflowRequest,
        **common,
        request_ttl=st.none() | durations,
        new_workflow_id=text,
        application_version=text,
        use_latest_version=st.booleans(),
        queue_name=text,
        queue_partition_key=text,
        timeout=st.none() | durations,
        replacement_children=st.dictionaries(text, text, max_size=4),
    )
    starts: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}),
        st.fixed_dictionaries({"start_step": st.integers(0, 2**31 - 1)}),
        st.fixed_dictionaries({"from_last_failure": st.booleans()}),
        st.fixed_dictionaries({"from_last_step": st.booleans()}),
        st.fixed_dictionaries({"from_step_name": text}),
    )
    return st.one_of(
        st.builds(CancelWorkflowRequest, **common, cascade=st.booleans(), allow_missing=st.booleans()),
        st.builds(ResumeWorkflowRequest, **common, queue_name=text),
        st.builds(_with, forks, starts),
    )


def _with(request: Message, fields: dict[str, object]) -> Message:
    for name, value in fields.items():
        setattr(request, name, value)
    return request


def hash_of(request: Message) -> bytes:
    """Return a request's fingerprint."""
    return fingerprint(type(request).__name__, canonical_parameters(request))


def without_execution(request: Message) -> Message:
    """Return a copy without the fields that are no parameters, and without a first step that means the same as none."""
    copy = type(request)()
    copy.CopyFrom(request)
    for name in NOT_PARAMETERS:
        copy.ClearField(name)
    if isinstance(copy, ForkWorkflowRequest) and copy.start_step == 0:
        copy.ClearField("start_step")
    return copy


def pieces(request: Message) -> Iterator[bytes]:
    """Yield every field and every entry of a map as a serialized message of its own; together, in any order, they are
    the request.
    """
    for field, value in request.ListFields():
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            for key in value:
                piece: Any = type(request)()
                getattr(piece, field.name)[key] = value[key]
                yield piece.SerializeToString()
        else:
            piece = type(request)()
            if field.message_type is not None:
                getattr(piece, field.name).CopyFrom(value)
            else:
                setattr(piece, field.name, value)
            yield piece.SerializeToString()


def explicit_defaults(request: Message) -> bytes:
    """Return the bytes of all fields without presence, with their defaults written out, as no generated code does."""
    data = b""
    for field in request.DESCRIPTOR.fields:
        if not field.has_presence and not field.is_repeated:
            wire_type = 2 if field.cpp_type == FieldDescriptor.CPPTYPE_STRING else 0
            assert field.number < 16
            data += bytes([field.number << 3 | wire_type, 0])
    return data


@given(requests(), st.randoms(use_true_random=False))
def test_the_order_on_the_wire_does_not_matter(request: Message, random: random.Random) -> None:
    parts = list(pieces(request))
    random.shuffle(parts)
    again = type(request).FromString(b"".join(parts))
    assert again == request
    assert hash_of(again) == hash_of(request)


@given(requests())
def test_defaults_written_out_do_not_matter(request: Message) -> None:
    again = type(request).FromString(explicit_defaults(request) + request.SerializeToString())
    assert hash_of(again) == hash_of(request)


@given(requests(), text, st.booleans(), durations)
def test_how_it_is_executed_does_not_matter(request: Message, key: str, validate_only: bool, ttl: Duration) -> None:
    again: Any = type(request)()
    again.CopyFrom(request)
    again.request_key = key
    again.validate_only = validate_only
    again.request_ttl.CopyFrom(ttl)
    assert hash_of(again) == hash_of(request)


@given(requests(), requests())
def test_requests_that_differ_have_different_fingerprints(one: Message, other: Message) -> None:
    same = type(one) is type(other) and without_execution(one) == without_execution(other)
    assert (hash_of(one) == hash_of(other)) == same


@given(requests(), st.data())
def test_a_change_of_any_field_changes_the_fingerprint(request: Message, data: st.DataObject) -> None:
    names = [field.name for field in request.DESCRIPTOR.fields if field.name not in NOT_PARAMETERS]
    name = data.draw(st.sampled_from(names))
    donor = data.draw(requests().filter(lambda other: type(other) is type(request)))
    changed = type(request)()
    changed.CopyFrom(request)
    changed.ClearField(name)
    for field, value in donor.ListFields():
        if field.name == name:
            piece: Any = type(request)()
            if field.message_type is not None and field.message_type.GetOptions().map_entry:
                getattr(piece, name).update(value)
            elif field.message_type is not None:
                getattr(piece, name).CopyFrom(value)
            else:
                setattr(piece, name, value)
            changed.MergeFrom(piece)
    same = without_execution(changed) == without_execution(request)
    assert (hash_of(changed) == hash_of(request)) == same


@pytest.mark.parametrize("method", [m for m in CONTRACT.values() if is_mutation(m)], ids=lambda method: method.name)
def test_each_single_field_matters(method: MethodDescriptor) -> None:
    """Of every mutation, also of fields that the strategies above do not know."""
    request_type = GetMessageClass(method.input_type)
    seen = {hash_of(request_type())}
    fields = [field for field in method.input_type.fields if field.name not in NOT_PARAMETERS]
    for field in fields:
        request: Any = request_type()
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            getattr(request, field.name)["a"] = "b"
        elif field.message_type is not None:
            element(request, field)
        else:
            values = {FieldDescriptor.CPPTYPE_STRING: "a", FieldDescriptor.CPPTYPE_BOOL: True}
            value = values.get(field.cpp_type, 1)
            if field.is_repeated:
                getattr(request, field.name).append(value)
            else:
                setattr(request, field.name, value)
        seen.add(hash_of(request))
    assert len(seen) == len(fields) + 1


def test_presence_in_a_oneof_matters() -> None:
    assert hash_of(ForkWorkflowRequest(from_last_step=False)) != hash_of(ForkWorkflowRequest())
    epoch, never = Timestamp(), None
    assert hash_of(CollectGarbageRequest(cutoff_time=epoch)) != hash_of(CollectGarbageRequest(cutoff_time=never))


def test_a_default_that_is_said_is_the_same_as_none() -> None:
    """The contract says that a fork begins at step 0 where nothing else is said."""
    assert hash_of(ForkWorkflowRequest(start_step=0)) == hash_of(ForkWorkflowRequest())
    assert hash_of(ForkWorkflowRequest(start_step=1)) != hash_of(ForkWorkflowRequest())


def test_the_action_matters() -> None:
    fields = canonical_parameters(CancelWorkflowRequest(workflow_id="order-7"))
    assert fingerprint("CancelWorkflow", fields) != fingerprint("ResumeWorkflow", fields)


def test_the_fingerprint_is_the_same_in_every_release() -> None:
    """Stored fingerprints meet those of later releases. If this must change, so must FINGERPRINT_VERSION."""
    request = ForkWorkflowRequest(
        request_key="key",
        reason="Müde",
        workflow_id="order-7",
        start_step=3,
        timeout=Duration(seconds=90),
        replacement_children={"b": "2", "a": "1"},
    )
    form = rb'[2,"ForkWorkflow",[[2,"M\u00fcde"],[5,"order-7"],[11,[[1,90]]],[12,3],[16,[["a","1"],["b","2"]]]]]'
    assert FINGERPRINT_VERSION == 2
    assert fingerprint("ForkWorkflow", canonical_parameters(request)) == sha256(form).digest()


def attributes(**members: object) -> bytes:
    """Return the fingerprint of a filter by these attributes: the contract's only JSON so far."""
    message = WorkflowFilter()
    message.attributes.update(cast("dict[str, Any]", members))
    return fingerprint("Filter", canonical_fields(message))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)


@given(json_values, json_values)
def test_json_is_the_same_exactly_if_it_means_the_same(one: object, other: object) -> None:
    assert (attributes(a=one) == attributes(a=other)) == (_plain(one) == _plain(other))


def _plain(value: object) -> object:
    """Return a value in which what JSON tells apart is unequal: Python's True is 1."""
    match value:
        case bool() | None:
            return ("constant", str(value))
        case int() | float():
            return float(value)
        case list():
            return [_plain(element) for element in value]
        case dict():
            return {key: _plain(member) for key, member in value.items()}
        case _:
            return value


def test_numbers_are_doubles_and_keys_have_no_order() -> None:
    assert attributes(a=1, b=-0.0) == attributes(b=0, a=1.0)


def test_null_is_not_absent() -> None:
    assert attributes(a=None) != attributes()


def test_what_equals_nothing_has_no_fingerprint() -> None:
    message = WorkflowFilter(attributes=Struct(fields={"a": Value(number_value=float("nan"))}))
    with pytest.raises(ValueError, match="not JSON compliant"):
        fingerprint("Filter", canonical_fields(message))

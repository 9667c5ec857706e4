"""The table from errors to statuses is complete, in both directions, and what it makes always fits."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from urllib.parse import quote

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, PreconditionFailure, ResourceInfo, RetryInfo
from google.rpc.status_pb2 import Status
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.error_samples import error_classes, sample_errors
from tests.fixtures.rpc_errors import documented_reasons
from workflow_control.domain.errors import ControlError, FieldViolation, InvalidRequest, TransientError
from workflow_control.rpc.status import STATUS_BYTES_MAX, STATUS_TABLE, RpcStatus, rpc_status
from workflowcontrol.v1.error_reason_pb2 import ErrorReason

DETAIL_TYPES = (ErrorInfo, BadRequest, PreconditionFailure, ResourceInfo, RetryInfo)


def unpacked(status: RpcStatus) -> Sequence[object]:
    """Return the details that a client finds."""
    details = []
    for packed in Status.FromString(_binary(status)).details:
        detail = next(kind() for kind in DETAIL_TYPES if kind.DESCRIPTOR.full_name == packed.TypeName())
        assert packed.Unpack(detail)
        details.append(detail)
    return details


def _binary(status: RpcStatus) -> bytes:
    value = dict(status.trailers)["grpc-status-details-bin"]
    assert isinstance(value, bytes)
    return value


def travelling_bytes(status: RpcStatus) -> int:
    """Return the size of message and details as headers."""
    percent_encoded = quote(status.message, safe="".join(chr(n) for n in range(0x20, 0x7F) if chr(n) != "%"))
    return len(percent_encoded) + len(base64.b64encode(_binary(status)))


def test_every_error_has_a_row_and_every_row_an_error() -> None:
    classes = set(error_classes())
    assert classes == set(STATUS_TABLE)
    assert classes == {type(error) for error in sample_errors()}


def test_every_reason_has_one_error() -> None:
    reasons = sorted(error_class.reason for error_class in error_classes())
    expected = sorted(name.removeprefix("ERROR_REASON_") for name, number in ErrorReason.items() if number != 0)
    assert reasons == expected


@pytest.mark.parametrize("error", sample_errors(), ids=lambda error: type(error).__name__)
def test_status_says_what_the_contract_documents(error: ControlError) -> None:
    status = rpc_status(error)
    documented = documented_reasons()[error.reason]
    details = unpacked(status)
    assert status.code is documented.code
    assert status.code is grpc.StatusCode[error.code.name]
    [info] = [detail for detail in details if isinstance(detail, ErrorInfo)]
    assert (info.reason, info.domain) == (error.reason, "workflowcontrol")
    assert dict(info.metadata) == dict(error.metadata)
    assert set(info.metadata) >= documented.metadata
    kinds = [type(detail).__name__ for detail in details]
    assert len(kinds) == len(set(kinds))
    assert set(kinds) >= documented.details
    assert status.message == error.message


@pytest.mark.parametrize("error", sample_errors(), ids=lambda error: type(error).__name__)
def test_retry_advice_is_the_same_everywhere(error: ControlError) -> None:
    status = rpc_status(error)
    delays = [detail.retry_delay.ToMilliseconds() for detail in unpacked(status) if isinstance(detail, RetryInfo)]
    advice = error.retry_after_ms if isinstance(error, TransientError) else None
    assert delays == ([] if advice is None else [advice])
    pushback = dict(status.trailers).get("grpc-retry-pushback-ms")
    # gRPC's own retry heeds the pushback: it is for what passes in a moment, on this very server.
    passes_soon = error.code.name in {"ABORTED", "RESOURCE_EXHAUSTED"} and advice is not None
    assert pushback == (str(advice) if passes_soon else None)


@given(text=st.text(max_size=400).map(lambda text: text * 30) | st.text())
def test_every_status_fits_whatever_is_in_it(text: str) -> None:
    for error in sample_errors(text):
        assert travelling_bytes(rpc_status(error)) <= STATUS_BYTES_MAX


@given(st.lists(st.builds(FieldViolation, st.text(max_size=300), st.text(max_size=300)), min_size=1, max_size=60))
def test_violations_are_told_as_far_as_they_fit(violations: list[FieldViolation]) -> None:
    status = rpc_status(InvalidRequest(violations))
    assert travelling_bytes(status) <= STATUS_BYTES_MAX
    [bad_request] = [detail for detail in unpacked(status) if isinstance(detail, BadRequest)]
    assert 1 <= len(bad_request.field_violations) <= len(violations)


def test_identifiers_of_full_length_are_not_cut() -> None:
    workflow_id = "w" * 255
    for error in sample_errors(workflow_id):
        [info] = [detail for detail in unpacked(rpc_status(error)) if isinstance(detail, ErrorInfo)]
        assert "…" not in "".join(info.metadata.values())

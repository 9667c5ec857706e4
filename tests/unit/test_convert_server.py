"""What the journal and the facts about the server become."""

from __future__ import annotations

from datetime import UTC, timedelta

from tests.fixtures.scripted_data import EXECUTED_AT, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.outcomes import CancelOutcome, CancelResult
from workflow_control.domain.records import StoredError, StoredRequest
from workflow_control.domain.server_info import DialectInfo, ReadinessCheck
from workflow_control.rpc.convert_outcomes import encode_outcome
from workflow_control.rpc.convert_server import dialect, readiness, request_record
from workflowcontrol.v1 import workflow_control_pb2 as messages

WEEK = timedelta(days=7)


class TestServer:
    """The journal and what is installed."""

    def stored(self, **changes: object) -> StoredRequest:
        fields: dict[str, object] = {
            "scope": "default",
            "request_key": "cancel-7",
            "action": "CancelWorkflow",
            "workflow_id": "order-7",
            "fingerprint": b"",
            "fingerprint_version": 1,
            "execution_id": "",
            "actor": "192.0.2.1",
            "reason": "ops",
            "executed_at": EXECUTED_AT,
            "expires_at": EXECUTED_AT + WEEK,
            "code": 0,
            "response": None,
            "error": None,
        }
        return StoredRequest(**fields | changes)  # type: ignore[arg-type]  # By name.

    def test_a_stored_response_has_its_type(self) -> None:
        encoded = encode_outcome(CancelOutcome(workflow_row(), "PENDING", CancelResult.CANCELLED))
        record = request_record(self.stored(response=encoded))
        response = messages.CancelWorkflowResponse()
        assert record.response.Unpack(response)
        assert response.workflow.workflow_id == "order-7"
        assert record.executed_at.ToDatetime(tzinfo=UTC) == EXECUTED_AT
        assert record.expires_at.ToDatetime(tzinfo=UTC) == EXECUTED_AT + WEEK
        assert (record.actor, record.reason, record.code) == ("192.0.2.1", "ops", 0)

    def test_a_stored_failure_has_its_error(self) -> None:
        error = StoredError("WORKFLOW_NOT_FOUND", "There is none.", {"workflow_id": "order-7"})
        record = request_record(self.stored(code=5, error=error))
        assert (record.code, record.error_reason, record.error_message) == (5, "WORKFLOW_NOT_FOUND", "There is none.")
        assert dict(record.error_metadata) == {"workflow_id": "order-7"}
        assert not record.HasField("response")

    def test_all_capabilities_are_told(self) -> None:
        message = dialect(DialectInfo("dbos", 125, frozenset({Capability.DELAY}), ("workflow_status.mood",)))
        assert {each.name: each.available for each in message.capabilities} == {
            each.label: each is Capability.DELAY for each in Capability
        }
        assert (message.schema, message.migration, list(message.unknown_columns)) == (
            "dbos",
            125,
            ["workflow_status.mood"],
        )

    def test_readiness_is_all_checks(self) -> None:
        good, bad = (
            ReadinessCheck("connection", True, "ok", "nothing"),
            ReadinessCheck("schema", False, "none", "migrate"),
        )
        assert readiness([good]).ready
        report = readiness([good, bad])
        assert not report.ready
        assert [(check.name, check.ok, check.fix) for check in report.checks] == [
            ("connection", True, ""),
            ("schema", False, "migrate"),
        ]

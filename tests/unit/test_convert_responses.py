"""What rows of DBOS's and the outcomes of mutations become."""

from __future__ import annotations

import pytest
from google.protobuf import json_format
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures.scripted_data import workflow_row
from workflow_control.domain.outcomes import CancelOutcome, CancelResult, ForkOutcome, ResumeOutcome, ResumeResult
from workflow_control.domain.records import StepRow, StoredPayloads, StoredWorkflow
from workflow_control.domain.states import WorkflowState
from workflow_control.rpc.convert_outcomes import STORED_RESPONSE_BYTES_MAX, encode_outcome
from workflow_control.rpc.convert_responses import step, workflow
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1 import workflow_control_pb2 as messages


class TestWorkflows:
    """Rows of DBOS's as messages."""

    def test_every_column(self) -> None:
        row = workflow_row(
            status="PENDING",
            class_name="Orders",
            config_name="main",
            queue_partition_key="eu",
            priority=3,
            deduplication_id="dedup",
            authenticated_user="ada",
            assumed_role="clerk",
            authenticated_roles='["clerk","admin"]',
            application_id="app-id",
            application_name="shop",
            recovery_attempts=2**40,
            parent_workflow_id="parent",
            forked_from="source",
            was_forked_from=True,
            schedule_name="nightly",
            attributes={"tier": "gold"},
            started_at=1_001,
            completed_at=2_002,
            delay_until=3_003,
            timeout_ms=4_004,
            deadline=5_005,
        )
        told = json_format.MessageToDict(workflow(StoredWorkflow(row, None)), preserving_proto_field_name=True)
        assert told == {
            "workflow_id": "order-7",
            "state": "WORKFLOW_STATE_PENDING",
            "raw_status": "PENDING",
            "name": "process_order",
            "class_name": "Orders",
            "config_name": "main",
            "queue_name": "orders",
            "queue_partition_key": "eu",
            "priority": 3,
            "deduplication_id": "dedup",
            "authenticated_user": "ada",
            "assumed_role": "clerk",
            "authenticated_roles": ["clerk", "admin"],
            "application_version": "v1",
            "application_id": "app-id",
            "application_name": "shop",
            "executor_id": "local",
            "recovery_attempts": str(2**40),
            "parent_workflow_id": "parent",
            "forked_from": "source",
            "was_forked_from": True,
            "schedule_name": "nightly",
            "attributes": {"tier": "gold"},
            "create_time": "2026-01-31T12:00:00.001Z",
            "update_time": "2026-01-31T12:00:00.002Z",
            "start_time": "1970-01-01T00:00:01.001Z",
            "complete_time": "1970-01-01T00:00:02.002Z",
            "delay_until": "1970-01-01T00:00:03.003Z",
            "timeout": "4.004s",
            "deadline": "1970-01-01T00:00:05.005Z",
        }
        fields = {field.name for field in types.Workflow.DESCRIPTOR.fields}
        assert fields == told.keys() | {"input", "output", "error"}

    @pytest.mark.parametrize("state", WorkflowState)
    def test_every_state_of_dboss_has_its_name(self, state: WorkflowState) -> None:
        message = workflow(StoredWorkflow(workflow_row(status=state.value), None))
        assert types.WorkflowState.Name(message.state) == f"WORKFLOW_STATE_{state.value}"

    def test_the_contract_has_no_other_states(self) -> None:
        names = {name.removeprefix("WORKFLOW_STATE_") for name in types.WorkflowState.keys()}  # noqa: SIM118 - It is no dict.
        assert names == {state.value for state in WorkflowState} | {"UNSPECIFIED"}

    def test_a_state_of_a_later_dbos_keeps_its_word(self) -> None:
        message = workflow(StoredWorkflow(workflow_row(status="HIBERNATING"), None))
        assert (message.state, message.raw_status) == (types.WORKFLOW_STATE_UNSPECIFIED, "HIBERNATING")

    @pytest.mark.parametrize(
        ("text", "roles"),
        [
            ("[]", []),
            ("null", []),
            ("", []),
            (None, []),
            ('["a"]', ["a"]),
            ('["a",1,null,"b"]', ["a", "b"]),
            ('{"a":1}', []),
            ("nonsense", []),
            ("[" * 100_000, []),
            ('["\\ud800","a"]', ["a"]),
        ],
    )
    def test_roles_are_read_tolerantly(self, text: str | None, roles: list[str]) -> None:
        message = workflow(StoredWorkflow(workflow_row(authenticated_roles=text), None))
        assert list(message.authenticated_roles) == roles

    @pytest.mark.parametrize("attributes", [None, [], "text", 1, {"a": 1e999}, {"a": "\ud800"}])
    def test_attributes_that_are_no_struct_are_left_out(self, attributes: object) -> None:
        message = workflow(StoredWorkflow(workflow_row(attributes=attributes), None))
        assert not message.attributes.fields
        message.SerializeToString()


class TestPayloads:
    """Stored values, exact, and read where that is possible."""

    def test_portable_json_is_read(self) -> None:
        payloads = StoredPayloads("portable_json", '{"positionalArgs":[1,"a"],"namedArgs":{}}', "null", None)
        message = workflow(StoredWorkflow(workflow_row(), payloads))
        assert message.input.text == '{"positionalArgs":[1,"a"],"namedArgs":{}}'
        assert message.input.decoded
        assert json_format.MessageToDict(message.input.value) == {"positionalArgs": [1.0, "a"], "namedArgs": {}}
        assert message.output.decoded
        assert message.output.value.WhichOneof("kind") == "null_value"
        assert not message.HasField("error")

    def test_errors_are_read(self) -> None:
        text = '{"name":"ValueError","message":"no","code":null}'
        message = workflow(StoredWorkflow(workflow_row(), StoredPayloads("portable_json", None, None, text)))
        assert json_format.MessageToDict(message.error.value) == {"name": "ValueError", "message": "no", "code": None}

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "NaN",
            "Infinity",
            '{"a":-Infinity}',
            "1e999",
            '"\\ud800"',
            "1" * 5000,
            "[" * 100_000,
            "[" * 60 + "]" * 60,
        ],
        ids=lambda text: text[:12],
    )
    def test_what_is_no_json_stays_text(self, text: str) -> None:
        message = workflow(StoredWorkflow(workflow_row(), StoredPayloads("portable_json", text, None, None)))
        assert message.input.text == text
        assert not message.input.decoded
        assert not message.input.HasField("value")
        assert message == types.Workflow.FromString(message.SerializeToString())

    @pytest.mark.parametrize(
        ("serialization", "text"),
        [
            ("py_pickle", "gASVBgAAAAAAAABdlEsBYS4="),
            ("js_superjson", '{"json":[1],"__dbos_serializer":"superjson"}'),
            ("java_jackson", '["[Ljava.lang.Object;",[1]]'),
            ("DBOS_JSON", "WzFd"),
            (None, "gASVBgAAAAAAAABdlEsBYS4="),
        ],
    )
    def test_native_formats_are_read(self, serialization: str | None, text: str) -> None:
        message = workflow(StoredWorkflow(workflow_row(), StoredPayloads(serialization, text, None, None)))
        assert (message.input.text, message.input.decoded) == (text, True)
        assert [element.number_value for element in message.input.value.list_value.values] == [1.0]
        assert message.input.serialization == (serialization or "")

    def test_native_errors_are_read(self) -> None:
        row = StepRow(3, "pack", "child", 1, 2, True, "DBOS_JSON", None, "out of stock")
        message = step(row, include_output=True)
        assert message.error.text == "out of stock"
        assert json_format.MessageToDict(message.error.value) == {"name": "error", "message": "out of stock"}

    @pytest.mark.parametrize("serialization", ["", "py_pickle", "custom_serializer", "DBOS_JSON", "DBOS_GOB"])
    def test_what_is_not_in_its_format_stays_text(self, serialization: str) -> None:
        message = workflow(StoredWorkflow(workflow_row(), StoredPayloads(serialization, '{"a":1}', None, None)))
        assert (message.input.text, message.input.decoded) == ('{"a":1}', False)
        assert message.input.serialization == serialization

    @given(st.integers(1, 40), st.booleans())
    def test_whatever_is_read_can_be_parsed_again(self, depth: int, objects: bool) -> None:
        """Parsers refuse what nests deeper than 100 messages."""
        text = '{"a":' * depth + "1" + "}" * depth if objects else "[" * depth + "]" * depth
        message = workflow(StoredWorkflow(workflow_row(), StoredPayloads("portable_json", text, None, None)))
        response = messages.ListWorkflowsResponse(workflows=[message])
        assert messages.ListWorkflowsResponse.FromString(response.SerializeToString()) == response

    def test_steps_have_them_when_asked_for(self) -> None:
        row = StepRow(3, "pack", "child", 1, 2, True, "portable_json", "1", '{"name":"E","message":"m"}')
        message = step(row, include_output=True)
        assert (message.step_id, message.name, message.child_workflow_id, message.failed) == (3, "pack", "child", True)
        assert (message.output.value.number_value, message.error.decoded) == (1, True)
        assert (message.start_time.ToMilliseconds(), message.complete_time.ToMilliseconds()) == (1, 2)
        without = step(row, include_output=False)
        assert without.failed
        assert not without.HasField("output")
        assert not without.HasField("error")


class TestOutcomes:
    """The responses that request keys store."""

    @pytest.mark.parametrize("result", CancelResult)
    def test_cancellations(self, result: CancelResult) -> None:
        row = None if result is CancelResult.MISSING else workflow_row(status="CANCELLED")
        outcome = CancelOutcome(row, "PENDING" if row else None, result, ("b", "a"))
        message = messages.CancelWorkflowResponse.FromString(encode_outcome(outcome))
        assert messages.CancelWorkflowResponse.Outcome.Name(message.outcome) == f"OUTCOME_{result.name}"
        assert message.HasField("workflow") == (row is not None)
        assert message.previous_state == (types.WORKFLOW_STATE_PENDING if row else types.WORKFLOW_STATE_UNSPECIFIED)
        assert (list(message.cancelled_descendant_ids), message.cancelled_descendant_count) == (["a", "b"], 2)
        assert not message.HasField("idempotency")

    def test_of_many_descendants_a_thousand_are_listed_and_all_counted(self) -> None:
        ids = tuple(f"child-{number:05}" for number in range(2500))
        outcome = CancelOutcome(workflow_row(), "PENDING", CancelResult.CANCELLED, ids)
        message = messages.CancelWorkflowResponse.FromString(encode_outcome(outcome))
        assert list(message.cancelled_descendant_ids) == list(ids[:1000])
        assert message.cancelled_descendant_count == 2500

    @pytest.mark.parametrize("result", ResumeResult)
    def test_resumptions(self, result: ResumeResult) -> None:
        outcome = ResumeOutcome(workflow_row(), "CANCELLED", result)
        message = messages.ResumeWorkflowResponse.FromString(encode_outcome(outcome))
        assert messages.ResumeWorkflowResponse.Outcome.Name(message.outcome) == f"OUTCOME_{result.name}"
        assert message.previous_state == types.WORKFLOW_STATE_CANCELLED
        assert message.workflow.workflow_id == "order-7"

    def test_forks(self) -> None:
        outcome = ForkOutcome(workflow_row("order-8"), "order-7", 3, 2)
        message = messages.ForkWorkflowResponse.FromString(encode_outcome(outcome))
        assert (message.workflow.workflow_id, message.forked_from) == ("order-8", "order-7")
        assert (message.start_step, message.copied_step_count) == (3, 2)

    def test_huge_attributes_are_left_out(self) -> None:
        row = workflow_row(attributes={"a": "x" * STORED_RESPONSE_BYTES_MAX})
        encoded = encode_outcome(ResumeOutcome(row, "CANCELLED", ResumeResult.RESUMED))
        assert len(encoded) < 1000
        assert messages.ResumeWorkflowResponse.FromString(encoded).workflow.workflow_id == "order-7"

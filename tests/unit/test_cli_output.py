"""What the command line prints, for people and for programs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text

from workflow_control_client.cli import mermaid, timeline
from workflow_control_client.cli.output import Output, fields, payload_text, printable
from workflow_control_client.cli.timeline import Kind
from workflowcontrol.v1.types_pb2 import (
    WORKFLOW_STATE_CANCELLED,
    WORKFLOW_STATE_PENDING,
    WORKFLOW_STATE_SUCCESS,
    Idempotency,
    Payload,
    Workflow,
    WorkflowStep,
)
from workflowcontrol.v1.workflow_control_pb2 import CancelWorkflowResponse
from workflowcontrol.v1.workflow_tree_pb2 import GetWorkflowTreeResponse, WorkflowTreeNode

HOSTILE = "\x1b[2J\x1b]0;gone\x07 \u202eevil\r\n"
T0 = datetime(2026, 1, 31, 12, tzinfo=UTC)


def at(second: float) -> datetime:
    return datetime.fromtimestamp(T0.timestamp() + second, UTC)


def order(**fields: object) -> Workflow:
    """A workflow that waited for one second and ran for nine."""
    workflow = Workflow(workflow_id="order-7", name="process_order", state=WORKFLOW_STATE_SUCCESS, raw_status="SUCCESS")
    workflow.create_time.FromDatetime(at(0))
    workflow.start_time.FromDatetime(at(1))
    workflow.complete_time.FromDatetime(at(10))
    workflow.MergeFrom(Workflow(**fields))  # type: ignore[arg-type]  # Typed by name only.
    return workflow


def step(step_id: int, start: float, end: float, **fields: object) -> WorkflowStep:
    step = WorkflowStep(step_id=step_id, name=f"step{step_id}", **fields)  # type: ignore[arg-type]  # As above.
    step.start_time.FromDatetime(at(start))
    step.complete_time.FromDatetime(at(end))
    return step


@given(st.text())
def test_nothing_that_a_workflow_says_moves_the_cursor_or_the_reader(text: str) -> None:
    assert printable(text).isprintable()


def test_plain_text_of_any_language_stays_as_it_is() -> None:
    assert printable("Bestellung für 北京 №7") == "Bestellung für 北京 №7"


def test_terminal_escapes_are_shown_and_not_sent(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False).record(order(name=HOSTILE, queue_name=HOSTILE))
    printed = capsys.readouterr().out
    assert "\\x1b[2J" in printed
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(printed)


def test_markup_in_a_name_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    Output(as_json=False).record(order(name="[bold]x[/bold]"))
    assert "[bold]x[/bold]" in capsys.readouterr().out


def test_a_record_ends_with_its_request_key_and_says_that_it_is_a_replay() -> None:
    response = CancelWorkflowResponse(
        idempotency=Idempotency(request_key="key-1", replayed=True),
        workflow=order(state=WORKFLOW_STATE_CANCELLED),
        previous_state=WORKFLOW_STATE_PENDING,
        outcome=CancelWorkflowResponse.OUTCOME_CANCELLED,
    )
    shown = [(label, text.plain) for label, text in fields(response)]
    assert shown[:2] == [("workflow id", "order-7"), ("state", "CANCELLED")]
    assert ("previous state", "PENDING") in shown
    assert ("outcome", "CANCELLED") in shown
    assert [label for label, _ in shown[-2:]] == ["request key", "replayed"]


def test_an_unknown_state_is_shown_in_dbos_words() -> None:
    shown = dict(fields(Workflow(workflow_id="w", raw_status="SLEEPING")))
    assert shown["raw status"] == Text("SLEEPING")


def test_whole_numbers_look_whole() -> None:
    payload = Payload(text="...", decoded=True)
    payload.value.struct_value.update({"done": 5, "share": 0.5, "list": [1, True]})
    assert json.loads(payload_text(payload)) == {"done": 5, "share": 0.5, "list": [1, True]}
    assert "5.0" not in payload_text(payload)


def test_what_cannot_be_read_is_shown_with_the_name_of_its_format() -> None:
    assert payload_text(Payload(serialization="DBOS_GOB", text="Zm9v")) == "DBOS_GOB: Zm9v"


def test_steps_become_bars_below_their_workflow() -> None:
    bars = timeline.step_bars(order(), [step(1, 2, 4), step(2, 4, 9, failed=True), WorkflowStep(step_id=3)])
    assert [(bar.label, bar.kind, bar.indent) for bar in bars] == [
        ("waiting", Kind.WAITING, 0),
        ("process_order", Kind.DONE, 0),
        ("1 step1", Kind.DONE, 1),
        ("2 step2", Kind.FAILED, 1),
    ]
    assert (bars[0].start, bars[0].end) == (at(0), at(1))


def test_a_picture_is_to_scale_and_hostile_text_is_only_text() -> None:
    bars = timeline.step_bars(order(name='<script>"&' + HOSTILE), [step(1, 2, 4)])
    picture = ET.fromstring(timeline.svg("<order>" + HOSTILE, bars))  # noqa: S314 - Our own; that it parses is the test.
    assert not [element for element in picture.iter() if element.tag.endswith("script")]
    widths = [float(bar.get("width", "0")) for bar in picture.iter() if bar.find("{*}title") is not None]
    assert widths[1] == pytest.approx(9 * widths[0], rel=0.01)
    assert widths[2] == pytest.approx(2 * widths[0], rel=0.01)


@pytest.mark.parametrize("bars", [[], timeline.step_bars(Workflow(), []), timeline.step_bars(order(), [step(1, 5, 5)])])
def test_a_picture_of_nothing_or_of_no_time_is_one(bars: list[timeline.Bar]) -> None:
    ET.fromstring(timeline.svg("nothing", bars))  # noqa: S314 - As above.


def tree() -> GetWorkflowTreeResponse:
    root = WorkflowTreeNode(workflow_id='b"; end', name="process", state=WORKFLOW_STATE_SUCCESS)
    root.children.add(workflow_id="child", name="pack", state=WORKFLOW_STATE_PENDING)
    root.forks.add(workflow_id="fork", name="process", state=WORKFLOW_STATE_CANCELLED)
    ancestors = [WorkflowTreeNode(workflow_id="parent"), WorkflowTreeNode(workflow_id="grandparent")]
    return GetWorkflowTreeResponse(root=root, ancestors=ancestors)


def test_a_tree_as_mermaid_leads_from_the_oldest_down_and_marks_forks() -> None:
    lines = mermaid.graph(tree()).splitlines()
    assert lines[0] == "flowchart TD"
    assert lines[1].startswith('  w0["grandparent')
    assert "  w0 --> w1" in lines
    assert "  w1 --> w2" in lines
    assert "  w2 --> w3" in lines
    assert "  w2 -. fork .-> w4" in lines


@given(st.text(min_size=1))
def test_no_text_breaks_out_of_a_mermaid_label(text: str) -> None:
    root = WorkflowTreeNode(workflow_id=text, name=text)
    graph = mermaid.graph(GetWorkflowTreeResponse(root=root))
    assert graph.count("\n") == 1
    assert graph.count('"') == 2
    chart = mermaid.gantt(text, timeline.step_bars(order(name=text), []))
    assert chart.count("\n") == 5
    assert [line.count(":") for line in chart.splitlines()[4:]] == [1, 1]

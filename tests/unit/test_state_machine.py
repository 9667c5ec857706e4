"""The state machine is told in four places: the words, decide(), the guards in SQL, and the picture. They agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fixtures.domain_rows import NOW_MS, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.commands import (
    CancelWorkflow,
    Command,
    DeleteWorkflow,
    ForkWorkflow,
    RestartWorkflow,
    ResumeWorkflow,
    RewindWorkflow,
    SetWorkflowDelay,
    SetWorkflowPriority,
    StartWorkflow,
)
from workflow_control.domain.decide import decide
from workflow_control.domain.errors import DefinitiveError
from workflow_control.domain.facts import Facts
from workflow_control.domain.new_workflows import NewWorkflow
from workflow_control.domain.outcomes import DeleteOutcome, ForkOutcome, RestartOutcome, StartOutcome
from workflow_control.domain.states import ACTIVE, COMPLETE, TERMINAL, WorkflowState

_REPOSITORY = Path(__file__).parents[2]
_DOCUMENT = _REPOSITORY / "docs" / "architecture.md"
_QUERIES = _REPOSITORY / "server" / "workflow_control" / "dbos" / "queries"

Arrow = tuple[str, str, str]
"""From a state, to a state, by whom."""

_COMMANDS: dict[str, Command] = {
    "cancel": CancelWorkflow("workflow-1"),
    "resume": ResumeWorkflow("workflow-1"),
    "fork": ForkWorkflow("workflow-1", "fork-1"),
    "restart": RestartWorkflow("workflow-1", "fork-1"),
    "rewind": RewindWorkflow("workflow-1"),
    "delete": DeleteWorkflow("workflow-1"),
}
_STARTS = [StartWorkflow(NewWorkflow("start-1", "process_order", delay_ms=delay_ms)) for delay_ms in (None, 1)]
_GUARDED = ("cancel", "resume", "fork", "rewind")
"""Those whose statements say from which state to which."""


def _drawn() -> set[Arrow]:
    diagram, _ = re.findall(r"```mermaid\nstateDiagram-v2\n(.*?)```", _DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.strip() for line in diagram.splitlines() if line.strip()]
    arrows = [re.fullmatch(r"(\S+) --> (\S+): (\w+)", line) for line in lines]
    assert all(arrows), lines
    return {(a[1], a[2], a[3]) for a in arrows if a}


def _decided() -> set[Arrow]:
    arrows = set()
    for start in _STARTS:
        started = decide(start, Facts(None, NOW_MS, frozenset(Capability))).outcome
        assert isinstance(started, StartOutcome)
        arrows.add(("[*]", str(started.workflow.status), "start"))
    for name, command in _COMMANDS.items():
        for state in WorkflowState:
            decision = decide(command, Facts(workflow_row(status=state.value), NOW_MS, frozenset(Capability)))
            if decision.change is None:
                continue
            assert not isinstance(decision.outcome, DefinitiveError)
            match decision.outcome:
                case ForkOutcome(workflow) | RestartOutcome(workflow):
                    arrows.add(("[*]", str(workflow.status), name))
                case DeleteOutcome():
                    arrows.add((state.value, "[*]", name))
                case outcome:
                    workflow = getattr(outcome, "workflow")  # noqa: B009 - The others of _COMMANDS all have one.
                    arrows.add((state.value, str(workflow.status), name))
    return arrows


def _guarded(name: str) -> set[Arrow]:
    """Returns the arrows that a statement allows: from all states that its guard lets through, to the one it sets."""
    text = (_QUERIES / f"workflow_{name}.sql").read_text(encoding="utf-8")
    if name == "fork":
        return {("[*]", target, name) for target in re.findall(r"^, '(\w+)'$", text, re.MULTILINE)}
    [target] = re.findall(r"^  status = '(\w+)'$", text, re.MULTILINE)
    return {(state, target, name) for state in _let_through(text)}


def _let_through(text: str) -> set[str]:
    """Returns the states that a statement's guard lets through."""
    [(negated, guard)] = re.findall(r"^AND coalesce\(w\.status, ''\) (NOT )?IN \((.*)\)$", text, re.MULTILINE)
    named = set(re.findall(r"'(\w+)'", guard))
    return {state.value for state in WorkflowState} - named if negated else named


def test_the_picture_shows_what_is_decided() -> None:
    assert {arrow for arrow in _drawn() if arrow[2] in {"start", *_COMMANDS}} == _decided()


def test_only_the_pending_are_recovered() -> None:
    """Which workflows those are only the statement finds out."""
    text = (_QUERIES / "executor_recover.sql").read_text(encoding="utf-8")
    [source] = re.findall(r"^    WHERE w\.status = '(\w+)'$", text, re.MULTILINE)
    [target] = re.findall(r"^      status = '(\w+)'$", text, re.MULTILINE)
    assert {arrow for arrow in _drawn() if arrow[2] == "recover"} == {(source, target, "recover")}


@pytest.mark.parametrize("name", _GUARDED)
def test_sql_allows_what_is_decided(name: str) -> None:
    assert _guarded(name) == {arrow for arrow in _decided() if arrow[2] == name}


@pytest.mark.parametrize(
    ("stem", "command"),
    [
        ("workflow_set_delay", SetWorkflowDelay("workflow-1")),
        ("workflow_set_priority", SetWorkflowPriority("workflow-1", 1)),
    ],
)
def test_sql_adjusts_in_the_states_in_which_it_is_decided(stem: str, command: Command) -> None:
    decided = {
        state.value
        for state in WorkflowState
        if decide(command, Facts(workflow_row(status=state.value), NOW_MS, frozenset(Capability))).change is not None
    }
    assert _let_through((_QUERIES / f"{stem}.sql").read_text(encoding="utf-8")) == decided


def test_the_picture_has_every_state_and_no_other() -> None:
    states = {state for arrow in _drawn() for state in arrow[:2]} - {"[*]"}
    assert states == {state.value for state in WorkflowState}


def test_sql_spells_the_states_as_dbos_does() -> None:
    words = {
        word
        for path in _QUERIES.glob("*.sql")
        for word in re.findall(r"'([A-Z][A-Z_]+)'", path.read_text(encoding="utf-8"))
    }
    assert words <= {state.value for state in WorkflowState}
    assert words


def test_complete_and_active_states() -> None:
    """DBOS 3.4.0 `_sys_db.py`: an outcome was recorded; it runs or will without anybody's doing."""
    assert {state.value for state in COMPLETE} == {"SUCCESS", "ERROR"}
    assert {state.value for state in ACTIVE} == {"PENDING", "ENQUEUED", "DELAYED"}
    assert frozenset(WorkflowState) - ACTIVE == TERMINAL


@pytest.mark.parametrize("word", [None, "", "success", "A_STATE_OF_TOMORROW"])
def test_a_word_of_a_later_release_is_not_an_error(word: str | None) -> None:
    assert WorkflowState.parse(word) is None
    assert WorkflowState.parse("SUCCESS") is WorkflowState.SUCCESS

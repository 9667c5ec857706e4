"""What becomes of imports and recoveries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fixtures.domain_rows import NOW_MS, exported_workflow, workflow_row
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import ImportChange, RecoverApplied, RecoverChange
from workflow_control.domain.commands import ImportWorkflow, RecoverExecutor, runs_alone, touched_ids
from workflow_control.domain.decide import conclude, decide
from workflow_control.domain.errors import Deduplicated, InvalidRequest, SchemaCapabilityMissing, WorkflowExists
from workflow_control.domain.exports import ExportedWorkflow
from workflow_control.domain.facts import Facts, ImportFindings
from workflow_control.domain.outcomes import ImportOutcome, RecoverOutcome

NEWEST, OLDEST = frozenset(Capability), frozenset[Capability]()
FAMILY = (exported_workflow("a"), exported_workflow("a-2"), exported_workflow("a-1"))


def facts(findings: ImportFindings | None = None, capabilities: frozenset[Capability] = NEWEST) -> Facts:
    return Facts(None, NOW_MS, capabilities, findings)


@pytest.mark.parametrize("capabilities", [OLDEST, NEWEST], ids=["oldest schema", "newest schema"])
def test_all_of_it_is_written_and_counted(capabilities: frozenset[Capability]) -> None:
    decision = decide(ImportWorkflow(FAMILY), facts(capabilities=capabilities))
    assert decision.change == ImportChange(FAMILY)
    assert isinstance(decision.outcome, ImportOutcome)
    assert list(decision.outcome.descendant_ids) == ["a-1", "a-2"]
    assert decision.outcome.step_count == 3
    assert decision.outcome.workflow.workflow_id == "a"
    assert decision.outcome.workflow.was_forked_from is (False if capabilities else None)


def test_what_stands_in_the_way_is_named() -> None:
    taken = decide(ImportWorkflow(FAMILY), facts(ImportFindings(taken_ids={"a-1", "a-2"}))).outcome
    assert isinstance(taken, WorkflowExists)
    assert taken.metadata == {"workflow_id": "a-2"}

    held = (exported_workflow("a", queue_name="orders", deduplication_id="d"),)
    holders = ImportFindings(holders={("orders", "d"): workflow_row(workflow_id="holder")})
    refused = decide(ImportWorkflow(held), facts(holders)).outcome
    assert isinstance(refused, Deduplicated)
    assert refused.metadata["holder_workflow_id"] == "holder"
    # Only within a queue.
    free = (exported_workflow("a", queue_name="others", deduplication_id="d"),)
    assert isinstance(decide(ImportWorkflow(free), facts(holders)).outcome, ImportOutcome)

    with pytest.raises(InvalidRequest):
        decide(ImportWorkflow(FAMILY), facts(ImportFindings(taken_message_ids={"message to a-1"})))


KEPT_BY_NONE_OLDER = {
    Capability.SERIALIZATION: exported_workflow("a", serialization="portable_json"),
    Capability.DELAY: exported_workflow("a", status="DELAYED"),
    Capability.WAS_FORKED_FROM: exported_workflow("a", was_forked_from=True),
    Capability.REGISTERED_QUEUES: exported_workflow("a", rate_limited=True),
    Capability.COMPLETED_AT: exported_workflow("a", completed_at=0),
    Capability.ATTRIBUTES: exported_workflow("a", attributes="{}"),
    Capability.SCHEDULE_NAME: exported_workflow("a", schedule_name=""),
    Capability.DEBOUNCE: exported_workflow("a", is_debounced=True),
    Capability.APPLICATION_NAME: exported_workflow("a", application_name="shop"),
}


@pytest.mark.parametrize("capability", KEPT_BY_NONE_OLDER, ids=lambda capability: capability.label)
def test_it_needs_exactly_what_would_be_lost(capability: Capability) -> None:
    workflow = KEPT_BY_NONE_OLDER[capability]
    child = replace(exported_workflow("b"), workflow_status=workflow.workflow_status._replace(workflow_uuid="b"))
    for workflows in ((workflow,), (exported_workflow("a"), child)):
        with pytest.raises(SchemaCapabilityMissing) as caught:
            decide(ImportWorkflow(workflows), facts(capabilities=NEWEST - {capability}))
        assert caught.value.metadata["capability"] == capability.label
        enough = facts(capabilities=frozenset({capability}))
        assert isinstance(decide(ImportWorkflow(workflows), enough).outcome, ImportOutcome)


def test_what_an_old_schema_says_by_saying_nothing_is_not_lost() -> None:
    nothing = exported_workflow(
        "a", serialization="py_pickle", was_forked_from=False, rate_limited=False, is_debounced=False, attributes="null"
    )
    nothing = ExportedWorkflow(
        nothing.workflow_status, notifications=tuple(n._replace(consumed=False) for n in nothing.notifications)
    )
    assert isinstance(decide(ImportWorkflow((nothing,)), facts(capabilities=OLDEST)).outcome, ImportOutcome)


def test_an_import_runs_alone_and_touches_all_that_it_writes() -> None:
    assert runs_alone(ImportWorkflow(FAMILY))
    assert touched_ids(ImportWorkflow(FAMILY)) == ("a", "a-2", "a-1")


def test_a_recovery_says_what_it_found() -> None:
    command = RecoverExecutor(("one", "other"), "v1")
    decision = decide(command, facts())
    assert decision.change == RecoverChange(("one", "other"), "v1", "_dbos_internal_queue")
    recovered = conclude(decision, RecoverApplied(("a", "b"), 2000)).outcome
    assert recovered == RecoverOutcome(("a", "b"), 2000)
    assert runs_alone(command)
    assert touched_ids(command) == ()

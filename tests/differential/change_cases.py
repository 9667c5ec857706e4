"""The comparisons of restart, rewind, delete, and of changes of delay and attributes.

Priority is not among them: DBOS for Python cannot change it.
"""

from collections.abc import Iterator, Mapping

from tests.differential.actions import Delete, Restart, Rewind, SetDelay, UpdateAttributes
from tests.differential.case import DELAYS, Case, case_id, new_id, since_state
from tests.differential.seeds import LAST_STEP, Rows, bare_workflow, clan, family, workflow
from tests.fixtures.dbos_releases import DbosRelease
from workflow_control.domain.states import WorkflowState

REWINDS = DbosRelease.parse("3.2.0")
"""The first of our releases whose client can rewind; likewise below."""
DELETE_CHILDREN = DbosRelease.parse("2.24.0")
"""Before, the children are those that steps have recorded, whether or not they are children of the workflow."""
DELAY_CHANGES = DbosRelease.parse("2.20.0")
ATTRIBUTES = DbosRelease.parse("2.28.0")
ATTRIBUTE_MERGES = DbosRelease.parse("3.4.0")

IN_2033_MS = 2_000_000_000_000


def _restart_cases() -> Iterator[Case]:
    for state in WorkflowState:
        name = f"restart-{state.lower()}"
        yield Case(name, family(case_id(name), state), _restart(name), since_state(state))
    name = "restart-to-queue"
    rows = family(case_id(name), WorkflowState.ERROR)
    yield Case(name, rows, Restart(case_id(name), new_id(name), "version-2", "express"), DELAYS)
    name = "restart-taken-id"
    rows = family(case_id(name), WorkflowState.ERROR)
    rows.extend(workflow(new_id(name), WorkflowState.SUCCESS))
    yield Case(name, rows, _restart(name))
    yield Case("restart-missing", Rows(), _restart("restart-missing"))


def _restart(name: str) -> Restart:
    return Restart(case_id(name), new_id(name), "version-2")


def _rewind_cases() -> Iterator[Case]:
    for state in WorkflowState:
        name = f"rewind-{state.lower()}"
        yield Case(name, family(case_id(name), state), Rewind(case_id(name), 3), REWINDS)
    for start_step in (0, 1, 2, 4, LAST_STEP, LAST_STEP + 1):
        name = f"rewind-to-{start_step}"
        yield Case(name, family(case_id(name), WorkflowState.ERROR), Rewind(case_id(name), start_step), REWINDS)
    name = "rewind-with-options"
    action = Rewind(case_id(name), 2, "version-2", "express", "partition-2")
    yield Case(name, family(case_id(name), WorkflowState.CANCELLED), action, REWINDS)
    name = "rewind-old-payload"
    yield Case(name, family(case_id(name), WorkflowState.SUCCESS, in_row=True), Rewind(case_id(name), 3), REWINDS)
    name = "rewind-without-past"
    yield Case(name, workflow(case_id(name), WorkflowState.SUCCESS), Rewind(case_id(name), 1), REWINDS)
    yield Case("rewind-missing", Rows(), Rewind(case_id("rewind-missing"), 1), REWINDS)


def _delete_cases() -> Iterator[Case]:
    for state in WorkflowState:
        name = f"delete-{state.lower()}"
        yield Case(name, family(case_id(name), state), Delete(case_id(name)), since_state(state))
        name = f"delete-cascade-{state.lower()}"
        action = Delete(case_id(name), cascade=True)
        yield Case(name, clan(case_id(name), state, WorkflowState), action, DELETE_CHILDREN)
    name = "delete-old-payload"
    yield Case(name, family(case_id(name), WorkflowState.SUCCESS, in_row=True), Delete(case_id(name)))
    name = "delete-cascade-family"
    rows = family(case_id(name), WorkflowState.SUCCESS)
    yield Case(name, rows, Delete(case_id(name), cascade=True), DELETE_CHILDREN)
    yield Case("delete-bare", bare_workflow(case_id("delete-bare")), Delete(case_id("delete-bare")))
    yield Case("delete-missing", Rows(), Delete(case_id("delete-missing")))


def _delay_cases() -> Iterator[Case]:
    for state in WorkflowState:
        name = f"delay-{state.lower()}"
        yield Case(name, family(case_id(name), state), SetDelay(case_id(name), IN_2033_MS), DELAY_CHANGES)
    yield Case("delay-missing", Rows(), SetDelay(case_id("delay-missing"), IN_2033_MS), DELAY_CHANGES)


def _attribute_cases() -> Iterator[Case]:
    attributes = {"order": "new", "list": [1, None, {"deep": True}], "number": 1.5, "large": 9007199254740991}
    for state in WorkflowState:
        yield _attribute_case(f"attributes-{state.lower()}", state, attributes)
    yield _attribute_case("attributes-none", WorkflowState.SUCCESS, None)
    yield _attribute_case("attributes-empty", WorkflowState.SUCCESS, {})
    yield _attribute_case("attributes-merge", WorkflowState.PENDING, attributes, merge=True)
    yield _attribute_case("attributes-merge-nothing", WorkflowState.PENDING, {}, merge=True)
    for name, existing in {"list": [1, 2], "null": None, "text": "x"}.items():
        yield _attribute_case(f"attributes-merge-{name}", WorkflowState.ERROR, attributes, existing, merge=True)
    missing = UpdateAttributes(case_id("attributes-missing"), {"a": 1})
    yield Case("attributes-missing", Rows(), missing, ATTRIBUTES)


def _attribute_case(
    name: str,
    state: WorkflowState,
    attributes: Mapping[str, object] | None,
    existing: object = ...,
    *,
    merge: bool = False,
) -> Case:
    rows = family(case_id(name), state) if existing is ... else family(case_id(name), state, attributes=existing)
    action = UpdateAttributes(case_id(name), attributes, merge)
    return Case(name, rows, action, ATTRIBUTE_MERGES if merge else ATTRIBUTES)


RESTART_CASES = tuple(_restart_cases())
REWIND_CASES = tuple(_rewind_cases())
DELETE_CASES = tuple(_delete_cases())
DELAY_CASES = tuple(_delay_cases())
ATTRIBUTE_CASES = tuple(_attribute_cases())
CHANGE_CASES = (*RESTART_CASES, *REWIND_CASES, *DELETE_CASES, *DELAY_CASES, *ATTRIBUTE_CASES)

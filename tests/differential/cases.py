"""Every comparison that is made: the rows it starts from and the action that both sides take.

The rows of a case have ids that begin with its name and a slash; so do those that it creates. All
cases of a release share one pair of databases, and none sees another's rows.
"""

from collections.abc import Iterator, Mapping
from typing import TypedDict, Unpack

from tests.differential.actions import Cancel, Fork, Resume
from tests.differential.case import CANCEL_CHILDREN, Case, case_id, new_id, since_state
from tests.differential.change_cases import CHANGE_CASES
from tests.differential.seeds import (
    LAST_STEP,
    Rows,
    bare_workflow,
    clan,
    family,
    workflow,
)
from tests.fixtures.dbos_releases import DbosRelease
from workflow_control.domain.states import WorkflowState

BEYOND_LAST_STEP = LAST_STEP + 4
START_STEPS = (0, 1, 3, LAST_STEP, BEYOND_LAST_STEP)

FORK_OPTIONS = DbosRelease.parse("2.16.0")
"""The first of our releases whose client has the option; likewise below."""
RESUME_QUEUE = DbosRelease.parse("2.16.0")
FORK_TIMEOUT = DbosRelease.parse("2.31.1")


class _ForkOptions(TypedDict, total=False):
    application_version: str | None
    use_latest_version: bool
    queue_name: str
    queue_partition_key: str
    timeout_seconds: float
    replacement_children: Mapping[str, str]


def _cancel_cases() -> Iterator[Case]:
    for state in WorkflowState:
        name = f"cancel-{state.lower()}"
        yield Case(name, family(case_id(name), state), Cancel(case_id(name)), since_state(state))
    for state in WorkflowState:
        name = f"cancel-cascade-{state.lower()}"
        # Before 2.16 there is no DELAYED child.
        states = [each for each in WorkflowState if each is not WorkflowState.DELAYED]
        rows = clan(case_id(name), state, states)
        yield Case(
            name,
            rows,
            Cancel(case_id(name), cascade=True),
            since_state(state),
            their_steps=tuple(rows.workflow_ids()),
        )
    name = "cancel-cascade-to-delayed"
    rows = clan(case_id(name), WorkflowState.PENDING, [WorkflowState.DELAYED])
    yield Case(name, rows, Cancel(case_id(name), cascade=True), CANCEL_CHILDREN)
    name = "cancel-cascade-family"
    rows = family(case_id(name), WorkflowState.PENDING)
    descendants = ("child-1", "child-2", "child-2/grandchild")
    steps = (case_id(name), *(f"{case_id(name)}/{descendant}" for descendant in descendants))
    yield Case(name, rows, Cancel(case_id(name), cascade=True), their_steps=steps)
    yield Case("cancel-bare", bare_workflow(case_id("cancel-bare")), Cancel(case_id("cancel-bare")))
    yield Case("cancel-missing", Rows(), Cancel(case_id("cancel-missing")))


def _resume_cases() -> Iterator[Case]:
    for state in WorkflowState:
        name = f"resume-{state.lower()}"
        yield Case(name, family(case_id(name), state), Resume(case_id(name)), since_state(state))
    for state in WorkflowState:
        name = f"resume-to-queue-{state.lower()}"
        yield Case(name, family(case_id(name), state), Resume(case_id(name), "express"), RESUME_QUEUE)
    yield Case("resume-bare", bare_workflow(case_id("resume-bare")), Resume(case_id("resume-bare")))
    yield Case("resume-missing", Rows(), Resume(case_id("resume-missing")))


def _fork_cases() -> Iterator[Case]:
    for state in WorkflowState:
        for start_step in START_STEPS:
            name = f"fork-{state.lower()}-at-{start_step}"
            action = _fork(name, start_step)
            yield Case(name, family(case_id(name), state), action, since_state(state))
    yield from _fork_version_cases()
    yield from _fork_option_cases()
    yield from _fork_source_cases()


def _fork_version_cases() -> Iterator[Case]:
    for state in WorkflowState:
        name = f"fork-default-version-{state.lower()}"
        yield Case(name, family(case_id(name), state), _fork(name, 3, application_version=None), since_state(state))
    name = "fork-latest-version"
    rows = family(case_id(name), WorkflowState.ERROR)
    yield Case(name, rows, _fork(name, 3, application_version=None, use_latest_version=True))


def _fork_option_cases() -> Iterator[Case]:
    """Forks of a cancelled workflow, with each option alone and all together."""
    yield _fork_option_case("queue", FORK_OPTIONS, queue_name="express")
    yield _fork_option_case("partition", FORK_OPTIONS, queue_name="express", queue_partition_key="partition-2")
    yield _fork_option_case("timeout", FORK_TIMEOUT, timeout_seconds=90.5)
    # No copied step refers to the second child.
    replacements = {f"{case_id('fork-with-replacement')}/child-{number}": "another" for number in (2, 9)}
    yield _fork_option_case("replacement", FORK_OPTIONS, replacement_children=replacements)
    yield _fork_option_case(
        "all-options",
        FORK_TIMEOUT,
        queue_name="express",
        queue_partition_key="partition-2",
        timeout_seconds=0.001,
        replacement_children={
            f"{case_id('fork-with-all-options')}/child-{number}": f"new-{number}" for number in (1, 2)
        },
    )


def _fork_option_case(option: str, since: DbosRelease, **options: Unpack[_ForkOptions]) -> Case:
    name = f"fork-with-{option}"
    action = _fork(name, BEYOND_LAST_STEP, **options)
    return Case(name, family(case_id(name), WorkflowState.CANCELLED), action, since)


def _fork_source_cases() -> Iterator[Case]:
    for state in (WorkflowState.SUCCESS, WorkflowState.ERROR):
        # As a database that was migrated past the split of payloads still has them.
        name = f"fork-old-payload-{state.lower()}"
        yield Case(name, family(case_id(name), state, in_row=True), _fork(name, 3))
    name = "fork-fork"
    rows = family(case_id(name), WorkflowState.SUCCESS, forked_from="elsewhere/order")
    yield Case(name, rows, _fork(name, 3))
    name = "fork-child"
    rows = family(case_id(name), WorkflowState.PENDING, parent_workflow_id="elsewhere/order")
    yield Case(name, rows, _fork(name, 3))
    name = "fork-unclaimed"
    rows = family(case_id(name), WorkflowState.SUCCESS, application_name=None)
    yield Case(name, rows, _fork(name, 3))
    name = "fork-without-past"
    rows = workflow(case_id(name), WorkflowState.ENQUEUED)
    yield Case(name, rows, _fork(name, 3))
    yield Case("fork-bare", bare_workflow(case_id("fork-bare")), _fork("fork-bare", 3))
    name = "fork-generated-id"
    action = Fork(case_id(name), 3, new_workflow_id=None, application_version="version-2")
    yield Case(name, family(case_id(name), WorkflowState.ERROR), action)
    name = "fork-taken-id"
    rows = family(case_id(name), WorkflowState.ERROR)
    rows.extend(workflow(new_id(name), WorkflowState.SUCCESS))
    yield Case(name, rows, _fork(name, 3))
    yield Case("fork-missing", Rows(), _fork("fork-missing", 3))


def _fork(name: str, start_step: int, **options: Unpack[_ForkOptions]) -> Fork:
    """Returns a fork to `version-2`, unless the options say otherwise."""
    options = {"application_version": "version-2", **options}
    return Fork(case_id(name), start_step, new_workflow_id=new_id(name), **options)


BYSTANDERS = family("bystander/order", WorkflowState.PENDING)
"""Rows that no case acts on."""

CANCEL_CASES = tuple(_cancel_cases())
RESUME_CASES = tuple(_resume_cases())
FORK_CASES = tuple(_fork_cases())
CASES = (*CANCEL_CASES, *RESUME_CASES, *FORK_CASES, *CHANGE_CASES)


def cases_of(release: DbosRelease) -> list[Case]:
    """Returns the cases that the release's client can do."""
    return [case for case in CASES if release >= case.since]

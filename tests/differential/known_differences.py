"""The differences from DBOS's own clients that are meant, with the reason for each.

Nothing else may differ. Each of these must show with every release that it is said to concern: one
that no longer does is out of date, and a test says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.differential.actions import (
    NO_SUCH_WORKFLOW,
    NOT_DELAYED,
    Cancel,
    Fork,
    Restart,
    Resume,
    SetDelay,
    UpdateAttributes,
)
from tests.differential.case import Case
from tests.differential.change_cases import ATTRIBUTES, DELAY_CHANGES
from tests.differential.table_diff import Difference
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from workflow_control.domain.states import WorkflowState


@dataclass(frozen=True, slots=True)
class KnownDifference:
    """A difference that is meant, with the releases from `since` on and before `until`.

    `matches` looks at the values, so that another difference in the same column is still found.
    """

    name: str
    reason: str
    matches: Callable[[Difference, Case], bool]
    since: DbosRelease = OLDEST
    until: DbosRelease | None = None

    def concerns(self, release: DbosRelease) -> bool:
        return self.since <= release and (self.until is None or release < self.until)

    def explains(self, difference: Difference, case: Case, release: DbosRelease) -> bool:
        return self.concerns(release) and self.matches(difference, case)


def _cancels_only_once(difference: Difference, case: Case) -> bool:
    return (
        isinstance(case.action, Cancel)
        and difference.is_in("workflow_status", "updated_at", "completed_at", "owner_xid")
        and difference.past is not None
        and difference.past["status"] == WorkflowState.CANCELLED
        and difference.ours == difference.before
    )


def _clears_owner_in_cancel(difference: Difference, case: Case) -> bool:
    return isinstance(case.action, Cancel) and _clears_owner(difference)


def _clears_owner_in_resume(difference: Difference, case: Case) -> bool:
    return isinstance(case.action, Resume) and _clears_owner(difference)


def _clears_owner(difference: Difference) -> bool:
    return (
        difference.is_in("workflow_status", "owner_xid")
        and difference.ours is None
        and difference.theirs == difference.before
    )


def _keeps_version(difference: Difference, case: Case) -> bool:
    return (
        isinstance(case.action, Fork)
        and case.action.application_version is None
        and not case.action.use_latest_version
        and difference.is_in("workflow_status", "application_version")
        and difference.past is None
        and difference.ours == "version-1"
        and difference.theirs is None
    )


def _copies_attributes(difference: Difference, case: Case) -> bool:
    return (
        isinstance(case.action, Fork | Restart)
        and difference.is_in("workflow_status", "attributes")
        and difference.past is None
        and difference.ours is None
        and difference.theirs == "null"
    )


def _finds_nothing_to_cancel(difference: Difference, case: Case) -> bool:
    return isinstance(case.action, Cancel) and _refuses_missing(difference)


def _finds_nothing_to_resume(difference: Difference, case: Case) -> bool:
    return isinstance(case.action, Resume) and _refuses_missing(difference)


def _finds_nothing_to_change(difference: Difference, case: Case) -> bool:
    return isinstance(case.action, SetDelay | UpdateAttributes) and _refuses_missing(difference)


def _refuses_to_delay(difference: Difference, case: Case) -> bool:
    return (
        isinstance(case.action, SetDelay)
        and difference.is_in("answer", "refusal")
        and difference.ours == NOT_DELAYED
        and difference.theirs is None
    )


def _removes_attributes(difference: Difference, case: Case) -> bool:
    return (
        isinstance(case.action, UpdateAttributes)
        and case.action.attributes is None
        and difference.is_in("workflow_status", "attributes")
        and difference.ours is None
        and difference.theirs == "null"
    )


def _refuses_missing(difference: Difference) -> bool:
    return difference.is_in("answer", "refusal") and difference.ours == NO_SUCH_WORKFLOW and difference.theirs is None


KNOWN_DIFFERENCES = (
    KnownDifference(
        name="cancel-once",
        reason=(
            "A workflow that is CANCELLED already is not touched, so that its completion time stays"
            " what it was; DBOS's Python clients cancel it again. Go's does as we do."
        ),
        matches=_cancels_only_once,
    ),
    KnownDifference(
        name="clear-owner-in-cancel",
        reason=(
            "Cancel clears `owner_xid` wherever it exists, which fences off a run that goes"
            " on meanwhile under a newer worker; DBOS's clients do so from 3.2 on."
        ),
        matches=_clears_owner_in_cancel,
        until=DbosRelease.parse("3.2.0"),
    ),
    KnownDifference(
        name="clear-owner-in-resume",
        reason="As in cancel.",
        matches=_clears_owner_in_resume,
        until=DbosRelease.parse("3.2.0"),
    ),
    KnownDifference(
        name="keep-version",
        reason=(
            "A fork is bound to its source's application version unless another is asked for, as"
            " TypeScript's, Go's and Java's are; Python binds it to none."
        ),
        matches=_keeps_version,
    ),
    KnownDifference(
        name="copy-attributes",
        reason=(
            "A fork of a workflow without attributes has none either. Python writes the JSON null, as it"
            " does in every workflow that it starts, by which the row enters the index of attributes."
        ),
        matches=_copies_attributes,
        since=DbosRelease.parse("2.28.0"),
    ),
    KnownDifference(
        name="cancel-missing",
        reason="To cancel a workflow that does not exist is an error; DBOS's clients ignore it.",
        matches=_finds_nothing_to_cancel,
    ),
    KnownDifference(
        name="resume-missing",
        reason="To resume a workflow that does not exist is an error, as it is from DBOS 2.29 on.",
        matches=_finds_nothing_to_resume,
        until=DbosRelease.parse("2.31.1"),
    ),
    KnownDifference(
        name="change-missing",
        reason="To change the delay or the attributes of a workflow that does not exist is an error.",
        matches=_finds_nothing_to_change,
        since=DELAY_CHANGES,
    ),
    KnownDifference(
        name="delay-only-delayed",
        reason="To change the delay of a workflow that is not DELAYED is an error; DBOS's clients ignore it.",
        matches=_refuses_to_delay,
        since=DELAY_CHANGES,
    ),
    KnownDifference(
        name="remove-attributes",
        reason="Removed attributes are SQL's NULL, as those of a workflow that never had any; Python writes null.",
        matches=_removes_attributes,
        since=ATTRIBUTES,
    ),
)


def unexplained(differences: Iterable[Difference], case: Case, release: DbosRelease) -> list[Difference]:
    """Returns the differences that nobody meant."""
    return [
        difference
        for difference in differences
        if not any(known.explains(difference, case, release) for known in KNOWN_DIFFERENCES)
    ]

"""One comparison: the rows it starts from and the action that both sides take."""

from dataclasses import dataclass

from tests.differential.actions import Action, Cancel
from tests.differential.seeds import Rows
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from workflow_control.domain.states import WorkflowState

DELAYS = DbosRelease.parse("2.16.0")
"""The first of our releases that has the state DELAYED."""
CANCEL_CHILDREN = DbosRelease.parse("2.24.0")
"""The first of our releases whose client cancels children."""


@dataclass(frozen=True, slots=True)
class Case:
    """`since` is the first of our releases whose client can take the action from that state.

    `their_steps` are the ids that a client without a cascade has to cancel one by one.
    """

    name: str
    rows: Rows
    action: Action
    since: DbosRelease = OLDEST
    their_steps: tuple[str, ...] = ()

    def their_actions(self, release: DbosRelease) -> list[Action]:
        """Returns what this release's client does to the same end as our one action."""
        if self.their_steps and release < CANCEL_CHILDREN:
            return [Cancel(workflow_id) for workflow_id in self.their_steps]
        return [self.action]

    def __str__(self) -> str:
        return self.name


def case_id(case_name: str) -> str:
    """Returns the id of the workflow that the case acts on."""
    return f"{case_name}/order"


def new_id(case_name: str) -> str:
    """Returns the id of the workflow that the case creates."""
    return f"{case_name}/fork"


def since_state(state: WorkflowState) -> DbosRelease:
    """Returns the first of our releases that has the state."""
    return DELAYS if state is WorkflowState.DELAYED else OLDEST

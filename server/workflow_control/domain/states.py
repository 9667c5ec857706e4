"""The states of a DBOS workflow, and what may become of each."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class WorkflowState(StrEnum):
    """DBOS's own words for the states it stores in `workflow_status.status`.

    Source: dbos 3.4.0 `_sys_db.py:WorkflowStatusString`; the TypeScript, Go and Java runtimes store the same words.
    The diagram in docs/architecture.md and `dbos/queries/*.sql` say the same; a test compares them.
    """

    PENDING = "PENDING"
    ENQUEUED = "ENQUEUED"
    DELAYED = "DELAYED"
    SUCCESS = "SUCCESS"
    ERROR = "ERROR"
    CANCELLED = "CANCELLED"
    MAX_RECOVERY_ATTEMPTS_EXCEEDED = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"

    @classmethod
    def parse(cls, status: str | None) -> WorkflowState | None:
        """Return the state that DBOS's word names, or None for a word that a later DBOS may have added."""
        return _BY_WORD.get(status)


_BY_WORD: Final[dict[str | None, WorkflowState]] = {state.value: state for state in WorkflowState}

COMPLETE: Final = frozenset({WorkflowState.SUCCESS, WorkflowState.ERROR})
"""The worker has recorded an outcome. Cancel and resume leave such a workflow alone."""

TERMINAL: Final = COMPLETE | {WorkflowState.CANCELLED, WorkflowState.MAX_RECOVERY_ATTEMPTS_EXCEEDED}
"""No worker runs the workflow, nor will unless somebody asks."""

ACTIVE: Final = frozenset({WorkflowState.PENDING, WorkflowState.ENQUEUED, WorkflowState.DELAYED})
"""The workflow runs, or will without anybody's doing."""

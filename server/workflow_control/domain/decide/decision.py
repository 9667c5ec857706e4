"""The result of deciding."""

from __future__ import annotations

from typing import NamedTuple

from workflow_control.domain.changes import Change
from workflow_control.domain.errors import DefinitiveError
from workflow_control.domain.outcomes import Outcome


class Decision(NamedTuple):
    """What becomes of one command: its outcome or its error, and the change to write, if any."""

    outcome: Outcome | DefinitiveError
    change: Change | None = None

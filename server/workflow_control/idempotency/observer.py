"""Who watches the executor."""

from __future__ import annotations

from collections.abc import Sequence

from workflow_control.idempotency.flight import Flight


class ExecutorObserver:
    """Hears what the executor does; this one takes no notice.

    Called in the event loop, between a caller and its answer: a method neither waits nor raises.
    """

    def origin(self) -> object:
        """Return what to remember of the caller as `Flight.origin`; called in the caller's own task."""
        return None

    def batch_ended(self, batch: Sequence[Flight], duration_s: float) -> None:
        """A committer is done with a batch: each flight is settled, or waits again."""

    def batch_split(self, batch: Sequence[Flight]) -> None:
        """A batch has failed, and its flights run one by one."""

    def commit_in_doubt(self) -> None:
        """A COMMIT went unanswered."""

    def key_was_taken(self, action: str, *, replayed: bool) -> None:
        """A caller is answered from what is stored for its key: by a replay, or by a refusal."""

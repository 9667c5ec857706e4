"""Tells a story in the terminal: chapters, calls with their keys and answers, and what was asserted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workflow_control_client import WorkflowControlError

_POLL_S = 0.05


class StoryError(Exception):
    """The story went otherwise than told; the message names the assertion that failed."""


class Narrator:
    """Writes to the console, and raises StoryError when something is not as it says."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._chapters = 0

    def chapter(self, title: str) -> None:
        """Begin the next part of the story."""
        self._chapters += 1
        self._console.print()
        self._console.print(Text(f"{self._chapters}. {title}", style="bold cyan"))

    def sentence(self, text: str) -> None:
        """Tell something."""
        self._console.print(Text(f"   {text}"))

    def call(self, name: str, target: str, request_key: str) -> None:
        """Show a call that is about to be made."""
        line = Text("   → ", style="bold")
        line.append(name, style="bold")
        line.append(f" {target}")
        line.append(f"  key {request_key}", style="magenta")
        self._console.print(line)

    def answer(self, text: str) -> None:
        """Show what a call answered."""
        self._console.print(Text(f"   ← OK  {text}", style="green"))

    def refusal(self, error: WorkflowControlError) -> None:
        """Show what a call was refused with."""
        self._console.print(Text(f"   ← {error.code.name}  {error.reason}: {error.message}", style="yellow"))

    def assert_that(self, claim: str, holds: bool) -> None:
        """Assert a claim, and show it. Raises StoryError."""
        if not holds:
            self._console.print(Text(f"   ✗ {claim}", style="bold red"))
            raise StoryError(claim)
        self._console.print(Text(f"   ✓ {claim}", style="green"))

    def wait_until(self, claim: str, condition: Callable[[], object], timeout_s: float = 60.0) -> None:
        """Wait until a claim holds, and show it. Raises StoryError if it takes too long."""
        deadline = time.monotonic() + timeout_s
        with self._console.status(Text(f"   waiting until {claim}")):
            while not condition():
                if time.monotonic() > deadline:
                    raise StoryError(f"{claim}: not within {timeout_s:.0f} s")
                time.sleep(_POLL_S)
        self.assert_that(claim, True)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Show a table."""
        table = Table(*headers, box=None, pad_edge=False, header_style="bold")
        for row in rows:
            table.add_row(*row)
        self._console.print(table)

    def end(self, seconds: float) -> None:
        """Say that all is well."""
        self._console.print()
        self._console.print(Text(f"Every assertion held, in {seconds:.0f} s.", style="bold green"))

    def fail(self, error: Exception) -> None:
        """Say what is not."""
        self._console.print()
        self._console.print(Text(f"FAILED: {error}", style="bold red"))

"""All sources of what becomes of workflows, put together in the order in which they are to tick."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from workflow_control.domain.watches import SeenWorkflow
from workflow_control.watching.filters import FilterLimits, FilterSource, WorkflowQueries
from workflow_control.watching.history import History, Place
from workflow_control.watching.keyed_source import KeyedSource
from workflow_control.watching.ports import Poll
from workflow_control.watching.ticker import Ticker


class WatchQueries(WorkflowQueries, Protocol):
    """What is asked beside the states of workflows by id."""

    async def locate(self) -> Place:
        """Return where the database is in its history. Raises TransientError."""
        ...


@dataclass(frozen=True, slots=True)
class WorkflowSources:
    """What calls that wait for workflows learn from."""

    ticker: Ticker
    history: History
    filters: FilterSource
    states: KeyedSource[str, SeenWorkflow]


def workflow_sources(
    ticker: Ticker, poll: Poll[str, SeenWorkflow], queries: WatchQueries, limits: FilterLimits, clock_slack_ms: int
) -> WorkflowSources:
    """Return new sources, which take part in the ticker's ticks."""
    history = History(ticker, queries.locate, clock_slack_ms)
    states = KeyedSource(ticker, "workflow_states", poll, history.here)
    return WorkflowSources(ticker, history, FilterSource(ticker, history, states, queries, poll, limits), states)

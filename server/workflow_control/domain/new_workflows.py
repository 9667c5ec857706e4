"""Workflows that are to be started, and the names by which workers find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from workflow_control.domain.records import INTERNAL_QUEUE

RESERVED_QUEUE_PREFIX = "_dbos_"
"""DBOS registers no queue of a name that begins so (dbos 3.4.0 `_queue.py`), so that nobody serves one but its own."""


class NameKind(IntEnum):
    """What a name names, by the numbers of the proto enum `StartWarning.Code`."""

    WORKFLOW = 1
    QUEUE = 2
    APPLICATION_VERSION = 3
    APPLICATION = 4


class Name(NamedTuple):
    """A name that a worker must know to take a workflow."""

    kind: NameKind
    value: str


@dataclass(frozen=True, slots=True)
class Debounce:
    """Calls with the same key become one workflow, which waits until they stop."""

    key: str
    period_ms: int
    timeout_ms: int | None = None


class NewWorkflow(NamedTuple):
    """A workflow to start. A named tuple, since its fields are many, and a request may have a thousand."""

    workflow_id: str
    name: str
    args: Sequence[object] = ()
    """Decoded JSON values; likewise below."""
    named_args: Mapping[str, object] = MappingProxyType({})
    class_name: str | None = None
    config_name: str | None = None
    queue_name: str = INTERNAL_QUEUE
    application_version: str | None = None
    application_name: str | None = None
    deduplication_id: str | None = None
    return_existing: bool = False
    """Where another workflow holds the deduplication id, answer with that one."""
    priority: int = 0
    queue_partition_key: str | None = None
    timeout_ms: int | None = None
    deadline_ms: int | None = None
    """Since the epoch."""
    delay_ms: int | None = None
    delay_until_ms: int | None = None
    """Since the epoch; not together with `delay_ms`."""
    authenticated_user: str | None = None
    assumed_role: str | None = None
    authenticated_roles: Sequence[str] = ()
    attributes: Mapping[str, object] | None = None
    debounce: Debounce | None = None
    python_native: bool = False
    """Where the schema cannot say in which format arguments are, they may be pickled."""

    @property
    def held_id(self) -> str | None:
        """The deduplication id that the workflow is to hold, if any.

        That of a debounced one is as DBOS for Python and for Go make it (dbos 3.4.0 `_debouncer.py`), so that the
        calls of their clients and ours come together.
        """
        return self.deduplication_id if self.debounce is None else f"{self.name}-{self.debounce.key}"

    @property
    def names(self) -> Sequence[Name]:
        """What a worker must know to take the workflow. Every worker serves the internal queue."""
        names = [Name(NameKind.WORKFLOW, self.name)]
        if self.queue_name != INTERNAL_QUEUE:
            names.append(Name(NameKind.QUEUE, self.queue_name))
        if self.application_version is not None:
            names.append(Name(NameKind.APPLICATION_VERSION, self.application_version))
        if self.application_name is not None:
            names.append(Name(NameKind.APPLICATION, self.application_name))
        return names

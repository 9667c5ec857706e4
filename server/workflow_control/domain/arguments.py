"""The arguments of a workflow as DBOS stores them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workflow_control.domain.written_values import write_pickled, write_portable


def write_portable_arguments(args: Sequence[object], named_args: Mapping[str, object]) -> str:
    """Return decoded JSON values in the format `portable_json`, the members in the order of DBOS for Python (dbos 3.4.0
    `_serialization.py:serialize_args`)."""
    return write_portable({"namedArgs": dict(named_args), "positionalArgs": args})


def write_pickled_arguments(args: Sequence[object], named_args: Mapping[str, object]) -> str:
    """Return decoded JSON values as DBOS for Python stores arguments where it has no other format (dbos 2.11.0
    `_client.py:DBOSClient._enqueue`)."""
    return write_pickled({"args": tuple(args), "kwargs": dict(named_args)})

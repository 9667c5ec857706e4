"""Reads the values and errors that DBOS stores, where that is possible without running code."""

from __future__ import annotations

from workflow_control.domain.payloads.formats import PORTABLE_JSON, read_error, read_payload
from workflow_control.domain.payloads.reading import JsonReading

__all__ = ["PORTABLE_JSON", "JsonReading", "read_error", "read_payload"]

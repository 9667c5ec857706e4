"""Rows of the `request` table as domain records."""

from __future__ import annotations

from typing import Any

from workflow_control.domain.records import StoredError, StoredRequest


def stored_request(row: tuple[Any, ...]) -> StoredRequest:
    """Return the record of a row in the order of `_request_columns.sql`, followed by the response."""
    code = row[11]
    return StoredRequest(
        scope=row[0],
        request_key=row[1],
        action=row[2],
        workflow_id=row[3],
        fingerprint=row[4],
        fingerprint_version=row[5],
        execution_id=row[6],
        actor=row[7],
        reason=row[8],
        executed_at=row[9],
        expires_at=row[10],
        code=code,
        response=row[15],
        error=StoredError(row[12], row[13], row[14]) if code else None,
    )

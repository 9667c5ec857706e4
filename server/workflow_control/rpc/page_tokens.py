"""Page tokens: where a list goes on, bound to the list that they were made for.

A token is its cursor and a digest of cursor and list. Every replica makes the same ones, so there is no secret in them,
and no authority either: who forges one gets a page that the filter would have given anyway. The digest is there so that
a token that was cut, mistyped or made for another filter or order is refused, rather than read as some other place.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Final

from google.protobuf.message import Message

from workflow_control.domain.aggregates import GroupKey
from workflow_control.domain.communication import MessageCursor
from workflow_control.domain.queries import RequestCursor, WorkflowCursor
from workflow_control.domain.queues import VersionCursor
from workflow_control.domain.retention import Place, Stage
from workflow_control.domain.watches import Bookmark
from workflow_control.rpc.canonical import canonical_fields
from workflow_control.rpc.field_checks import FieldChecks

_DIGEST_BYTES: Final = 12
_STAGES: Final = {stage.value: stage for stage in Stage}
_BOOKMARK_VERSION: Final = 1


class PageTokens:
    """Makes and reads the tokens of one list: `kind` names the RPC, `conditions` are everything that selects and orders
    its items; `field` is the one that has the token.
    """

    def __init__(self, kind: str, *conditions: Message | str | int | bool, field: str = "page_token") -> None:
        self._field = field
        parts = [canonical_fields(part) if isinstance(part, Message) else part for part in conditions]
        self._list = _json_bytes([kind, parts])

    def write_workflow(self, cursor: WorkflowCursor) -> str:
        """Return the token of the page after this workflow."""
        return self._write([cursor.created_at, cursor.workflow_id])

    def write_step(self, step_id: int) -> str:
        """Return the token of the page after this step."""
        return self._write([step_id])

    def write_event(self, key: str) -> str:
        """Return the token of the page after this event."""
        return self._write([key])

    def write_message(self, cursor: MessageCursor) -> str:
        """Return the token of the page after this message."""
        return self._write(list(cursor))

    def write_request(self, cursor: RequestCursor) -> str:
        """Return the token of the page after this request."""
        return self._write([cursor.executed_at.isoformat(), cursor.request_key])

    def write_group(self, key: GroupKey) -> str:
        """Return the token of the page after this group."""
        return self._write(list(key))

    def write_queue(self, queue_name: str) -> str:
        """Return the token of the page after this queue."""
        return self._write([queue_name])

    def write_schedule(self, schedule_name: str) -> str:
        """Return the token of the page after this schedule."""
        return self._write([schedule_name])

    def write_version(self, cursor: VersionCursor) -> str:
        """Return the token of the page after this application version."""
        return self._write(list(cursor))

    def write_place(self, place: Place) -> str:
        """Return the token of what a collection has still to look through."""
        stage = None if place.stage is None else place.stage.value
        return self._write([place.cutoff_ms, stage, place.after_ms, place.after_id])

    def write_bulk_operation(self, cursor: tuple[datetime, str]) -> str:
        """Return the token of the page after the operation that was created then, and has that id."""
        created_at, operation_id = cursor
        return self._write([created_at.isoformat(), operation_id])

    def write_bulk_item(self, number: int) -> str:
        """Return the token of the page after this item."""
        return self._write([number])

    def read_workflow(self, checks: FieldChecks, token: str) -> WorkflowCursor | None:
        """Return where the page begins; None: at the beginning, or a bad token, which is noted."""
        match self._read(checks, token):
            case [int(created_at), str(workflow_id)]:
                return WorkflowCursor(created_at, workflow_id)
        return None

    def read_step(self, checks: FieldChecks, token: str) -> int | None:
        """As `read_workflow`, for steps."""
        match self._read(checks, token):
            case [int(step_id)]:
                return step_id
        return None

    def read_event(self, checks: FieldChecks, token: str) -> str | None:
        """As `read_workflow`, for events."""
        match self._read(checks, token):
            case [str(key)]:
                return key
        return None

    def read_message(self, checks: FieldChecks, token: str) -> MessageCursor | None:
        """As `read_workflow`, for messages."""
        match self._read(checks, token):
            case [int(created_at), str(message_id), str(place)]:
                return MessageCursor(created_at, message_id, place)
        return None

    def read_request(self, checks: FieldChecks, token: str) -> RequestCursor | None:
        """As `read_workflow`, for requests."""
        match self._read(checks, token):
            case [str(executed_at), str(request_key)]:
                return RequestCursor(datetime.fromisoformat(executed_at), request_key)
        return None

    def read_group(self, checks: FieldChecks, token: str) -> GroupKey | None:
        """As `read_workflow`, for groups; the key has a value for each grouping of the list."""
        match self._read(checks, token):
            case [*values]:
                return tuple(value if isinstance(value, str | int) else None for value in values)
        return None

    def read_queue(self, checks: FieldChecks, token: str) -> str | None:
        """As `read_workflow`, for queues."""
        match self._read(checks, token):
            case [str(queue_name)]:
                return queue_name
        return None

    def read_schedule(self, checks: FieldChecks, token: str) -> str | None:
        """As `read_workflow`, for schedules."""
        return self.read_queue(checks, token)

    def read_version(self, checks: FieldChecks, token: str) -> VersionCursor | None:
        """As `read_workflow`, for application versions."""
        match self._read(checks, token):
            case [int(timestamp), str(version_id)]:
                return VersionCursor(timestamp, version_id)
        return None

    def read_place(self, checks: FieldChecks, token: str) -> Place | None:
        """As `read_workflow`, for collections."""
        match self._read(checks, token):
            case [int(cutoff_ms), str(stage), int(after_ms), str(after_id)]:
                # A stage that another server knows, and this one does not: the first one finds the rest.
                return Place(cutoff_ms, _STAGES.get(stage), after_ms, after_id)
        return None

    def write_bookmark(self, bookmark: Bookmark | None) -> str:
        """Return the token of a watch that goes on from there; None: of one that begins anew."""
        return self._write([_BOOKMARK_VERSION, *(bookmark or (None, 0))])

    def read_bookmark(self, checks: FieldChecks, token: str) -> Bookmark | None:
        """Return where a watch goes on; None: it begins anew, or the token is bad, which is noted."""
        match self._read(checks, token):
            case [int(version), str(history), int(xid)] if version == _BOOKMARK_VERSION:
                return Bookmark(history, xid)
        return None

    def read_bulk_operation(self, checks: FieldChecks, token: str) -> tuple[datetime, str] | None:
        """As `read_workflow`, for operations."""
        match self._read(checks, token):
            case [str(created_at), str(operation_id)]:
                return datetime.fromisoformat(created_at), operation_id
        return None

    def read_bulk_item(self, checks: FieldChecks, token: str) -> int | None:
        """As `read_workflow`, for items."""
        match self._read(checks, token):
            case [int(number)]:
                return number
        return None

    def _write(self, cursor: Sequence[int | str | None]) -> str:
        place = _json_bytes(cursor)
        return base64.urlsafe_b64encode(self._digest(place) + place).rstrip(b"=").decode("ascii")

    def _read(self, checks: FieldChecks, token: str) -> object:
        if not token:
            return None
        try:
            data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            checks.add(self._field, "Is not a token of this server's.")
            return None
        digest, place = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
        if digest != self._digest(place):
            checks.add(self._field, "Was made for another filter, order or list, or was altered.")
            return None
        return json.loads(place)

    def _digest(self, place: bytes) -> bytes:
        return blake2b(self._list + place, digest_size=_DIGEST_BYTES).digest()


def _json_bytes(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii")

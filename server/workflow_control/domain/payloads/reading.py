"""What a reading is, and the limits within which stored texts are read."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

READ_CHARACTERS_MAX: Final = 1024 * 1024
"""The longest stored text that is read."""
READ_VALUES_MAX: Final = 100_000
"""The most values, about, that a stored text may have to be read: some hundred milliseconds until they are written."""
READ_DEPTH_MAX: Final = 100
"""The deepest nesting that is read where the format itself sets no limit."""


class JsonReading(NamedTuple):
    """The JSON value that a stored text means; wrapped, since the value itself may be None."""

    value: Any


class Unreadable(ValueError):
    """The text has no JSON reading, or none within the limits."""

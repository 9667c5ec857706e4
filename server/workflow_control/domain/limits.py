"""The limits of what a caller may name, with their units."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

REQUEST_KEY_BYTES: Final = 200
NAME_BYTES: Final = 255
REASON_BYTES: Final = 1024
PAGE_SIZE_DEFAULT: Final = 100
PAGE_SIZE_MAX: Final = 1000
FILTER_VALUES_MAX: Final = 1000
"""The most values that one repeated field of a filter may have."""
REPLACEMENT_CHILDREN_MAX: Final = 1000
STARTED_WORKFLOWS_MAX: Final = 1000
"""The most workflows that one request starts."""
AUTHENTICATED_ROLES_MAX: Final = 100
LISTED_WARNINGS_MAX: Final = 100
"""The most warnings that a response lists."""
NEWEST_WORKFLOWS: Final = 10_000
"""How many workflows, of the newest, are looked through for a name: no index has it, and the table may be large."""
LISTED_DESCENDANTS_MAX: Final = 1000
"""The most descendants that a cancellation's or a deletion's response lists; it counts all."""
MESSAGES_MAX: Final = 1000
"""The most messages that one request sends."""
SEND_RECIPIENTS_MAX: Final = 10_000
"""The most recipients that the messages of one request reach, forks included."""
EXECUTORS_MAX: Final = 100
"""The most workers that one recovery is about."""
LISTED_RECOVERED_MAX: Final = 1000
"""The most workflows that a recovery's response lists; it counts all."""
LISTED_MESSAGES_MAX: Final = 1000
"""The most messages that a response lists; it counts all."""
RENAMED_ROWS_MAX: Final = 10_000
"""The most ended workflows, and with them steps, that one renaming of an application moves."""
GARBAGE_WORKFLOWS_DEFAULT: Final = 1000
GARBAGE_WORKFLOWS_MAX: Final = 10_000
"""The most workflows that one call deletes since they are kept no longer."""
COLLECTED_ROWS_MAX: Final = 50_000
"""The most steps, events, messages and stream entries that one call deletes with them, unless one workflow has more."""
COLLECTION_LOOKS_AT_MAX: Final = 20_000
"""The most rows that one call looks at to find what to delete."""
LISTED_GARBAGE_MAX: Final = 100
"""The most deleted workflows that a collection's response lists; it counts all."""
KEEP_NEWEST_MAX: Final = 10_000_000
"""The most workflows to be kept by their number: they are counted."""
OVERDUE_WORKFLOWS_DEFAULT: Final = 1000
OVERDUE_WORKFLOWS_MAX: Final = 10_000
"""The most workflows that one call cancels since they are overdue."""
LISTED_OVERDUE_MAX: Final = 1000
"""The most overdue workflows that a response lists; it counts all."""
APPLICATION_NAMES_MAX: Final = 100
"""The most applications that a list of queues, versions or schedules is about."""
APPLIED_SCHEDULES_MAX: Final = 100
"""The most schedules that one request applies."""
SCHEDULE_CONTEXT_BYTES: Final = 65_536
BACKFILLED_RUNS_MAX: Final = 1000
"""The most runs of a schedule that one request starts."""
PREVIEWED_RUNS_DEFAULT: Final = 10
PREVIEWED_RUNS_MAX: Final = 1000
SCHEDULE_EVIDENCE_MAX: Final = 100
"""The most other schedules that are looked at to find out which runtime one is of."""
REQUEST_TTL_MIN: Final = timedelta(hours=1)
REQUEST_TTL_MAX: Final = timedelta(days=90)
BULK_WORKFLOW_IDS_MAX: Final = 10_000
"""The most workflows that a bulk operation is given by their ids."""
BULK_PER_SECOND_MAX: Final = 100_000
"""The most workflows per second that a bulk operation may be limited to."""
BULK_PREVIEW_COUNT_MAX: Final = 10_000
"""How far a preview of a bulk operation counts."""
BULK_PREVIEW_SAMPLE_MAX: Final = 100
"""How many workflows a preview of a bulk operation shows."""
INT32_MAX: Final = 2**31 - 1
TIMEOUT_MAX: Final = timedelta(days=36_500)
"""A hundred years: far below what BIGINT milliseconds hold, and what a Timestamp can name when added to now."""
TREE_WORKFLOWS_MAX: Final = 1000
"""The most workflows that a tree has, ancestors included."""
TREE_DEPTH_DEFAULT: Final = 10
TREE_DEPTH_MAX: Final = 30
"""The most levels of a tree, up and down. Parsers refuse messages nested deeper than 100."""

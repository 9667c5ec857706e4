"""What a DBOS schema can do beyond the oldest one supported (2.11.0), and the release that brings it."""

from __future__ import annotations

from enum import Enum


class Capability(Enum):
    """Something that DBOS's schema has from some release on.

    Each value is the name that clients see and the first release of DBOS for Python that has it; that release's own
    migrations were
    run to find it. Other runtimes brought the same columns in other releases, which is why the catalog decides and
    not a version.
    """

    SCHEDULES = ("schedules", "2.13.0")
    NOTIFICATION_IDS = ("notification_ids", "2.13.0")
    SERIALIZATION = ("serialization", "2.14.0")
    NOTIFICATION_CONSUMED = ("notification_consumed", "2.14.0")
    APPLICATION_VERSIONS = ("application_versions", "2.14.0")
    SCHEDULE_TIME_ZONE = ("schedule_time_zone", "2.15.0")
    SCHEDULE_QUEUE = ("schedule_queue", "2.16.0")
    DELAY = ("delay", "2.16.0")
    WAS_FORKED_FROM = ("was_forked_from", "2.16.0")
    REGISTERED_QUEUES = ("registered_queues", "2.20.0")
    COMPLETED_AT = ("completed_at", "2.23.0")
    ATTRIBUTES = ("attributes", "2.25.0")
    SCHEDULE_NAME = ("schedule_name", "2.25.0")
    DEBOUNCE = ("debounce", "2.27.0")
    APPLICATION_NAME = ("application_name", "2.30.0")
    PARTITION_LIMITS = ("partition_limits", "2.31.0")
    PAYLOAD_TABLES = ("payload_tables", "3.0.0")
    REWIND = ("rewind", "3.1.0")
    CREATOR_ID = ("creator_id", "3.2.0")

    def __init__(self, label: str, first_release: str) -> None:
        self.label = label
        self.first_release = first_release

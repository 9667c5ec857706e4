"""Cron expressions: what every runtime reads alike, and the times that one means.

The times come from croniter, which DBOS for Python uses itself from 3.3 on.
"""

from __future__ import annotations

from workflow_control.cron.dialects import cron_fault, portable_fault
from workflow_control.cron.timetable import Timetable, plan_backfill, timetable_of
from workflow_control.cron.zones import zone_fault

__all__ = ["Timetable", "cron_fault", "plan_backfill", "portable_fault", "timetable_of", "zone_fault"]

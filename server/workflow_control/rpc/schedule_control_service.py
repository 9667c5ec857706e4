"""The service ScheduleControl."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple, cast

from workflow_control.cron import Timetable, timetable_of
from workflow_control.domain.errors import ResponseTooLarge, ScheduleTimesUncertain
from workflow_control.domain.limits import (
    APPLICATION_NAMES_MAX,
    FILTER_VALUES_MAX,
    PREVIEWED_RUNS_DEFAULT,
    PREVIEWED_RUNS_MAX,
)
from workflow_control.domain.schedule_contexts import runtime_of_context
from workflow_control.domain.scheduled_runs import run_ids
from workflow_control.domain.schedules import Runtime, ScheduleQuery, ScheduleStatus, StoredSchedule
from workflow_control.operations.schedules import ScheduleOperations
from workflow_control.rpc.convert_queries import read_choices
from workflow_control.rpc.convert_requests import read_page_size
from workflow_control.rpc.convert_schedule_outcomes import STATUS_BY_NUMBER, schedule
from workflow_control.rpc.convert_schedules import read_cron, read_runtime, read_time_zone
from workflow_control.rpc.convert_times import read_datetime, write_datetime
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.interceptors.chain import Context
from workflow_control.rpc.mutations import (
    APPLY_SCHEDULES,
    BACKFILL_SCHEDULE,
    CREATE_SCHEDULE,
    DELETE_SCHEDULE,
    PAUSE_SCHEDULE,
    RESUME_SCHEDULE,
    TRIGGER_SCHEDULE,
    UPDATE_SCHEDULE,
    MutationPath,
)
from workflow_control.rpc.page_tokens import PageTokens
from workflow_control.rpc.paging import ItemTooLarge, fill_page
from workflowcontrol.v1 import schedule_control_pb2 as messages
from workflowcontrol.v1 import schedule_control_pb2_grpc as services


class _ReadSchedule(NamedTuple):
    stored: StoredSchedule
    next_run: datetime | None


class _Subject(NamedTuple):
    """What is previewed."""

    name: str
    """Empty: an expression."""
    table: Timetable
    runtime: Runtime | None
    start: datetime


class ScheduleControlServicer(services.ScheduleControlServicer):
    """Checks and converts; the operations do. Raises ControlErrors, which the interceptors answer."""

    def __init__(self, operations: ScheduleOperations, mutations: MutationPath, max_response_bytes: int) -> None:
        self._operations = operations
        self._mutations = mutations
        self._max_response_bytes = max_response_bytes

    async def CreateSchedule(
        self, request: messages.CreateScheduleRequest, context: Context
    ) -> messages.CreateScheduleResponse:
        """See the contract; likewise below."""
        return await self._mutations.serve(CREATE_SCHEDULE, request, context)

    async def ApplySchedules(
        self, request: messages.ApplySchedulesRequest, context: Context
    ) -> messages.ApplySchedulesResponse:
        return await self._mutations.serve(APPLY_SCHEDULES, request, context)

    async def UpdateSchedule(
        self, request: messages.UpdateScheduleRequest, context: Context
    ) -> messages.UpdateScheduleResponse:
        return await self._mutations.serve(UPDATE_SCHEDULE, request, context)

    async def PauseSchedule(
        self, request: messages.PauseScheduleRequest, context: Context
    ) -> messages.PauseScheduleResponse:
        return await self._mutations.serve(PAUSE_SCHEDULE, request, context)

    async def ResumeSchedule(
        self, request: messages.ResumeScheduleRequest, context: Context
    ) -> messages.ResumeScheduleResponse:
        return await self._mutations.serve(RESUME_SCHEDULE, request, context)

    async def DeleteSchedule(
        self, request: messages.DeleteScheduleRequest, context: Context
    ) -> messages.DeleteScheduleResponse:
        return await self._mutations.serve(DELETE_SCHEDULE, request, context)

    async def TriggerSchedule(
        self, request: messages.TriggerScheduleRequest, context: Context
    ) -> messages.TriggerScheduleResponse:
        return await self._mutations.serve(TRIGGER_SCHEDULE, request, context)

    async def BackfillSchedule(
        self, request: messages.BackfillScheduleRequest, context: Context
    ) -> messages.BackfillScheduleResponse:
        return await self._mutations.serve(BACKFILL_SCHEDULE, request, context)

    async def GetSchedule(self, request: messages.GetScheduleRequest, context: Context) -> messages.GetScheduleResponse:
        checks = FieldChecks()
        checks.name("schedule_name", request.schedule_name)
        checks.raise_any()
        [found] = await _with_next_runs([await self._operations.get(request.schedule_name)])
        response = messages.GetScheduleResponse(schedule=_schedule(found))
        if (size := response.ByteSize()) > self._max_response_bytes:
            raise self._too_large(request.schedule_name, size)
        return response

    async def ListSchedules(
        self, request: messages.ListSchedulesRequest, context: Context
    ) -> messages.ListSchedulesResponse:
        checks = FieldChecks()
        names = checks.names("schedule_names", request.schedule_names, FILTER_VALUES_MAX)
        prefixes = checks.names("schedule_name_prefixes", request.schedule_name_prefixes, FILTER_VALUES_MAX)
        statuses = read_choices(checks, "states", request.states, STATUS_BY_NUMBER)
        workflow_names = checks.names("workflow_names", request.workflow_names, FILTER_VALUES_MAX)
        applications = checks.names("application_names", request.application_names, APPLICATION_NAMES_MAX)
        page_size = read_page_size(checks, request.page_size)
        conditions = messages.ListSchedulesRequest()
        conditions.CopyFrom(request)
        conditions.ClearField("page_size")
        conditions.ClearField("page_token")
        tokens = PageTokens("ListSchedules", conditions)
        after = tokens.read_schedule(checks, request.page_token)
        checks.raise_any()

        async def read(after: str | None, limit: int) -> Sequence[_ReadSchedule]:
            query = ScheduleQuery(limit, names, prefixes, statuses, workflow_names, applications, after)
            return await _with_next_runs(await self._operations.list(query))

        try:
            page = await fill_page(
                read,
                _schedule,
                lambda found: found.stored.row.name,
                after=after,
                page_size=page_size,
                max_response_bytes=self._max_response_bytes,
                large_items=True,
            )
        except ItemTooLarge as error:
            raise self._too_large(cast("_ReadSchedule", error.stored).stored.row.name, error.size) from None
        token = "" if page.next is None else tokens.write_schedule(page.next)
        return messages.ListSchedulesResponse(schedules=page.items, next_page_token=token)

    async def PreviewSchedule(
        self, request: messages.PreviewScheduleRequest, context: Context
    ) -> messages.PreviewScheduleResponse:
        checks = FieldChecks()
        subject = request.WhichOneof("subject")
        runtime = read_runtime(checks, "runtime", request.runtime)
        zone = read_time_zone(checks, "time_zone", request.time_zone)
        if subject is None:
            checks.add("subject", "Is required: a schedule_name or a cron.")
        elif subject == "cron":
            read_cron(checks, "cron", request.cron, runtime)
        else:
            checks.name("schedule_name", request.schedule_name)
            if request.time_zone:
                checks.add("time_zone", "Must not be combined with schedule_name: a schedule has its own.")
        if not 0 <= request.run_count <= PREVIEWED_RUNS_MAX:
            checks.add("run_count", f"Is {request.run_count}; 0 to {PREVIEWED_RUNS_MAX} are allowed.")
        start = read_datetime(checks, "start_time", request.start_time) if request.HasField("start_time") else None
        checks.raise_any()
        previewed = (
            _subject("", timetable_of(request.cron, zone, runtime), runtime, start or datetime.now(UTC))
            if subject == "cron"
            else _stored(await self._operations.get(request.schedule_name), runtime, start)
        )
        return await asyncio.to_thread(_preview, previewed, request.run_count or PREVIEWED_RUNS_DEFAULT)

    def _too_large(self, schedule_name: str, size: int) -> ResponseTooLarge:
        advice = f"The context of the schedule {schedule_name!r} alone is too large."
        return ResponseTooLarge("", size, self._max_response_bytes, advice)


def _subject(name: str, table: Timetable | str, runtime: Runtime | None, start: datetime) -> _Subject:
    """Raises ScheduleTimesUncertain."""
    if isinstance(table, str):
        raise ScheduleTimesUncertain(name, table)
    return _Subject(name, table, runtime, start)


def _stored(found: StoredSchedule, named: Runtime | None, start: datetime | None) -> _Subject:
    runtime = runtime_of_context(found.row.context) or named
    row = found.row
    return _subject(row.name, timetable_of(row.cron, row.time_zone, runtime), runtime, start or found.now)


def _preview(subject: _Subject, count: int) -> messages.PreviewScheduleResponse:
    response = messages.PreviewScheduleResponse()
    for time, certain in islice(subject.table.after(subject.start), count):
        run = response.runs.add(uncertain=not certain)
        write_datetime(run.run_time, time)
        # DBOS for Go's ids depend on the worker's process.
        if subject.name and subject.runtime not in (None, Runtime.GO):
            run.workflow_id = run_ids(subject.runtime, subject.name, time, None)[0]
    return response


async def _with_next_runs(found: Sequence[StoredSchedule]) -> Sequence[_ReadSchedule]:
    """Return the schedules with the times at which they run next: in a thread, since a page of them takes a while."""
    return await asyncio.to_thread(lambda: [_ReadSchedule(each, _next_run(each)) for each in found])


def _next_run(found: StoredSchedule) -> datetime | None:
    if found.row.status != ScheduleStatus.ACTIVE.value:
        return None
    table = timetable_of(found.row.cron, found.row.time_zone, runtime_of_context(found.row.context))
    if isinstance(table, str):
        return None
    time = next(table.after(found.now), None)
    return time.time if time is not None and time.certain else None


def _schedule(found: _ReadSchedule) -> messages.Schedule:
    return schedule(found.stored.row, found.next_run)

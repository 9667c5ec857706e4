"""The journal and the server's own facts as messages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workflow_control.domain.bulk import operation_of
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.records import StoredRequest
from workflow_control.domain.server_info import DatabaseInfo, DialectInfo, ReadinessCheck
from workflow_control.rpc.convert_times import write_datetime
from workflow_control.rpc.server_facts import ServerFacts
from workflowcontrol.v1 import server_control_pb2 as messages

_TYPE_URL_PREFIX: Final = "type.googleapis.com/workflowcontrol.v1."


def request_record(request: StoredRequest) -> messages.RequestRecord:
    """Return a stored request, with its response where that was read."""
    record = messages.RequestRecord(
        request_key=request.request_key,
        action=request.action,
        workflow_id=request.workflow_id,
        actor=request.actor,
        reason=request.reason,
        code=request.code,
    )
    write_datetime(record.executed_at, request.executed_at)
    write_datetime(record.expires_at, request.expires_at)
    if (operation_id := operation_of(request.scope)) is not None:
        record.bulk_operation_id = operation_id
    if request.error is not None:
        record.error_reason = request.error.reason
        record.error_message = request.error.message
        for key, value in request.error.metadata.items():
            record.error_metadata[key] = value
    if request.response is not None:
        record.response.type_url = f"{_TYPE_URL_PREFIX}{request.action}Response"
        record.response.value = request.response
    return record


def server_info(database: DatabaseInfo, facts: ServerFacts) -> messages.GetServerInfoResponse:
    """Return what the server is, and what it serves from."""
    response = messages.GetServerInfoResponse(
        version=facts.version,
        postgres_version=database.postgres_version,
        dialect=dialect(database.dialect),
        limits=facts.limits,
        control_schema=messages.ControlSchema(schema=database.control_schema, migration=database.control_migration),
        services=facts.services,
        features=facts.features,
    )
    write_datetime(response.start_time, facts.started)
    return response


def dialect(info: DialectInfo) -> messages.Dialect:
    """Return what the installed DBOS schema is and can do."""
    return messages.Dialect(
        schema=info.schema,
        migration=info.migration or 0,
        capabilities=[
            messages.Capability(
                name=capability.label,
                available=capability in info.capabilities,
                first_release=capability.first_release,
            )
            for capability in Capability
        ],
        unknown_columns=info.unknown_columns,
    )


def readiness(checks: Sequence[ReadinessCheck]) -> messages.CheckReadinessResponse:
    """Return the readiness report."""
    return messages.CheckReadinessResponse(
        ready=all(check.ok for check in checks),
        checks=[
            messages.ReadinessCheck(
                name=check.name, ok=check.ok, detail=check.detail, fix="" if check.ok else check.fix
            )
            for check in checks
        ],
    )

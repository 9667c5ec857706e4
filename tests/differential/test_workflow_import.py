"""ImportWorkflow writes what a release's own import writes, and what ExportWorkflow has read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, cast

import grpc
import psycopg
import pytest

from tests.differential.ours import serve_ours
from tests.differential.seeds import Rows, family, insert, workflow
from tests.differential.table_diff import Row, describe, read_snapshot
from tests.differential.twin_runs import twin_databases
from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import Databases
from tests.fixtures.rpc_errors import read_refusal
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_export_pb2 import ExportedWorkflow, ExportWorkflowRequest, ImportWorkflowRequest

_CALL_TIMEOUT_S: Final = 10.0
_EXPORTS: Final = DbosRelease.parse("3.2.0")
"""The last of our releases whose open package exports and imports."""
_DELAYS: Final = DbosRelease.parse("2.16.0")
_ITS_OWN_DATABASE: Final = frozenset({"owner_xid", "creator_xid", "retention_timestamp"})
"""Columns that mean something in the database only that they are from."""
_PAYLOADS: Final = frozenset({"inputs", "output", "error"})
_PAYLOAD_TABLES: Final = frozenset({"workflow_input", "workflow_output"})
"""An import writes payloads where the newest rows have them; that none is lost, the next export shows."""


def _rows(release: DbosRelease) -> Rows:
    rows = Rows()
    for state in WorkflowState:
        if state is not WorkflowState.DELAYED or release >= _DELAYS:
            # As an active workflow's in a queue: the release's own import knows no other way to keep it.
            rows.extend(family(f"{state.lower()}/order", state))
    rows.extend(family("old/order", WorkflowState.SUCCESS, in_row=True))
    rows.extend(workflow("bystander/order", WorkflowState.PENDING))
    return rows


def _roots(release: DbosRelease) -> list[str]:
    ids = [str(row["workflow_uuid"]) for row in _rows(release).by_table["workflow_status"]]
    return [workflow_id for workflow_id in ids if workflow_id.count("/") == 1 and workflow_id != "bystander/order"]


def test_import_of_the_releases_own_export(
    dbos_release: DbosRelease, databases: Databases, dbos_template: DbosTemplate, release_process: ReleaseProcesses
) -> None:
    if dbos_release > _EXPORTS:
        pytest.skip("the release exports with its enterprise edition only")
    process = release_process(dbos_release)
    template = dbos_template(dbos_release)
    exports: list[list[Any]] = []
    with _database(databases, template, _rows(dbos_release)) as source:
        for root in _roots(dbos_release):
            exported = process.call("export_workflow", database_url=source, workflow_id=root)
            exports.append(cast("list[Any]", exported))
        process.call("disconnect", database_url=source)

    def ours(url: str) -> None:
        with serve_ours(url) as stub:
            for number, exported in enumerate(exports):
                request = ImportWorkflowRequest(
                    request_key=f"import-{number}", exported_workflow=_read_export(exported)
                )
                stub.ImportWorkflow(request, timeout=_CALL_TIMEOUT_S)

    def theirs(url: str) -> None:
        for exported in exports:
            process.call("import_workflow", database_url=url, workflows=exported)
        process.call("disconnect", database_url=url)

    with twin_databases(databases, template) as twins:
        differences = twins.differences(ours, theirs)
    assert sum(map(len, exports)) > len(exports), "no descendants"
    assert not differences, describe(differences)


def _read_export(exported: Sequence[Mapping[str, Any]]) -> ExportedWorkflow:
    """Returns a release's export, the workflow before its descendants, as ours would say it."""
    first, *others = [_read_workflow(each) for each in exported]
    first.descendants.extend(others)
    return first


def _read_workflow(exported: Mapping[str, Any]) -> ExportedWorkflow:
    message = ExportedWorkflow()
    _read_row(message.workflow_status, exported["workflow_status"])
    for table in ("operation_outputs", "workflow_events", "workflow_events_history", "streams"):
        for row in exported[table]:
            _read_row(getattr(message, table).add(), row)
    return message


def _read_row(message: Any, row: Mapping[str, Any]) -> None:  # noqa: ANN401 - A row of any of the tables.
    known = {field.name for field in message.DESCRIPTOR.fields}
    for name, value in row.items():
        if name == "attributes" and value is not None:
            message.attributes = json.dumps(value)
        elif value is not None and (name != "workflow_uuid" or name in known):
            setattr(message, name, value)


def test_import_of_our_export(dbos_release: DbosRelease, databases: Databases, dbos_template: DbosTemplate) -> None:
    template, roots = dbos_template(dbos_release), _roots(dbos_release)
    with (
        _database(databases, template, _rows(dbos_release)) as source,
        _database(databases, template) as target,
    ):
        exports = _export(source, roots)
        _import(target, exports)
        assert _export(target, roots) == exports
        assert _tables(target, exports) == _tables(source, exports)


def _export(url: str, roots: Sequence[str]) -> list[ExportedWorkflow]:
    with serve_ours(url) as stub:
        return [
            stub.ExportWorkflow(
                ExportWorkflowRequest(workflow_id=root, include_children=True, include_messages=True),
                timeout=_CALL_TIMEOUT_S,
            ).exported_workflow
            for root in roots
        ]


@contextmanager
def _database(databases: Databases, template: str, rows: Rows | None = None) -> Iterator[str]:
    url = databases.create(template)
    try:
        if rows is not None:
            with psycopg.connect(url) as connection:
                insert(connection, rows)
        yield url
    finally:
        databases.drop(url)


def _tables(url: str, exports: Sequence[ExportedWorkflow]) -> Mapping[str, Sequence[Row]]:
    """Returns what an import must have written, by table."""
    workflow_ids = {
        each.workflow_status.workflow_uuid for exported in exports for each in (exported, *exported.descendants)
    }
    with psycopg.connect(url) as connection:
        snapshot = read_snapshot(connection)
    return {
        table: [_comparable(row) for _, row in sorted(rows.items()) if _owner(row) in workflow_ids]
        for table, rows in snapshot.tables.items()
        if table not in _PAYLOAD_TABLES
    }


def _owner(row: Row) -> str | None:
    return row.get("destination_uuid") or row.get("workflow_uuid")


def _comparable(row: Row) -> Row:
    return {column: value for column, value in row.items() if column not in _ITS_OWN_DATABASE | _PAYLOADS}


def test_a_newer_release_takes_what_an_older_one_had(databases: Databases, dbos_template: DbosTemplate) -> None:
    with (
        _database(databases, dbos_template(OLDEST), _rows(OLDEST)) as source,
        _database(databases, dbos_template(NEWEST)) as target,
    ):
        exports = _export(source, _roots(OLDEST))
        _import(target, exports)
        again = _export(target, _roots(OLDEST))
    for exported in exports:
        for each in (exported, *exported.descendants):
            # What the older schema did not have, and is not unset in the newer.
            each.workflow_status.was_forked_from = False
            each.workflow_status.rate_limited = False
            each.workflow_status.is_debounced = False
            for message in each.notifications:
                message.consumed = False
    assert again == exports


def test_an_older_release_refuses_what_it_would_lose(databases: Databases, dbos_template: DbosTemplate) -> None:
    with (
        _database(databases, dbos_template(NEWEST), _rows(NEWEST)) as source,
        _database(databases, dbos_template(OLDEST)) as target,
    ):
        [exported] = _export(source, ["success/order"])
        with serve_ours(target) as stub, pytest.raises(grpc.RpcError) as caught:
            stub.ImportWorkflow(
                ImportWorkflowRequest(request_key="key", exported_workflow=exported), timeout=_CALL_TIMEOUT_S
            )
        # The error that a call raises is the call itself.
        refusal = read_refusal(cast("grpc.Call", caught.value))
        assert refusal.reason == "SCHEMA_CAPABILITY_MISSING"
        assert refusal.metadata == {"capability": "serialization", "first_release": "2.14.0"}
        assert not _tables(target, [exported])["workflow_status"]


def _import(url: str, exports: Sequence[ExportedWorkflow]) -> None:
    with serve_ours(url) as stub:
        for number, exported in enumerate(exports):
            request = ImportWorkflowRequest(request_key=f"import-{number}", exported_workflow=exported)
            response = stub.ImportWorkflow(request, timeout=_CALL_TIMEOUT_S)
            assert response.imported_descendant_count == len(exported.descendants) > 0

"""The rows that both twins start with: whole families of workflows, in any state, with a past.

Rows are written for the newest schema and fitted to the one at hand by its catalog: columns that it
lacks are left out, and payloads go where it keeps them. Every value differs from the column's
default and from its neighbours', so that a value lost or mixed up shows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import psycopg
from psycopg.types.json import Jsonb

from workflow_control.domain.states import ACTIVE, WorkflowState

Row = dict[str, object]

SEED_TIME_MS = 1_700_000_000_000
"""November 2023: no clock that the tests read will ever show it again."""

LAST_STEP = 5
"""Every workflow with a past has recorded the steps 1 to this."""

_ANSWERED = {WorkflowState.SUCCESS, WorkflowState.ERROR}


@dataclass(slots=True)
class Rows:
    """Rows by the name of their table."""

    by_table: dict[str, list[Row]] = field(default_factory=dict)
    control: dict[str, list[Row]] = field(default_factory=dict)
    """Those of our own tables, likewise."""

    def add(self, table: str, **columns: object) -> None:
        self.by_table.setdefault(table, []).append(columns)

    def extend(self, other: "Rows") -> None:
        for table, rows in other.by_table.items():
            self.by_table.setdefault(table, []).extend(rows)
        for table, rows in other.control.items():
            self.control.setdefault(table, []).extend(rows)

    def workflow_ids(self) -> list[str]:
        return [str(row["workflow_uuid"]) for row in self.by_table["workflow_status"]]


def workflow(workflow_id: str, state: WorkflowState, *, in_row: bool = False, **changes: object) -> Rows:
    """Returns one workflow without a past.

    With `in_row`, input and outcome are in `workflow_status` itself even where the schema has tables
    of their own for them, as in a database that was migrated.
    """
    rows = Rows()
    columns = {**_identity(workflow_id), **_progress(workflow_id, state), **changes}
    payload = {
        "inputs": f'{{"positionalArgs":["{workflow_id}"],"namedArgs":{{}}}}',
        "output": f"output of {workflow_id}" if state is WorkflowState.SUCCESS else None,
        "error": f"error of {workflow_id}" if state is WorkflowState.ERROR else None,
    }
    if in_row:
        rows.add("workflow_status", **columns, **payload)
        return rows
    rows.add("workflow_status", **columns, inputs=None, output=None, error=None)
    retention = {"retention_timestamp": SEED_TIME_MS + 9}
    inputs = payload.pop("inputs")
    rows.add("workflow_input", workflow_uuid=workflow_id, inputs=inputs, **retention)
    if state in _ANSWERED:
        rows.add("workflow_output", workflow_uuid=workflow_id, **payload, **retention)
    return rows


def bare_workflow(workflow_id: str) -> Rows:
    """Returns a workflow of which nothing is known that the schema does not insist on."""
    rows = Rows()
    rows.add(
        "workflow_status",
        workflow_uuid=workflow_id,
        status=WorkflowState.PENDING.value,
        name="bare",
        created_at=SEED_TIME_MS,
        updated_at=SEED_TIME_MS + 1,
        recovery_attempts=1,
    )
    return rows


def _identity(workflow_id: str) -> Row:
    return {
        "workflow_uuid": workflow_id,
        "name": "order",
        "class_name": "Shop",
        "config_name": "west",
        "authenticated_user": f"user of {workflow_id}",
        "assumed_role": "clerk",
        "authenticated_roles": '["clerk","admin"]',
        "request": f"request of {workflow_id}",
        "executor_id": f"executor of {workflow_id}",
        "created_at": SEED_TIME_MS,
        "updated_at": SEED_TIME_MS + 1,
        "application_version": "version-1",
        "application_id": "application-1",
        "application_name": "shop",
        "priority": 7,
        "queue_partition_key": f"partition of {workflow_id}",
        "workflow_timeout_ms": 60_000,
        "serialization": "portable_json",
        "attributes": {"order": workflow_id, "nested": {"list": [1, None, "two"]}},
        "schedule_name": "nightly",
        "creator_xid": f"creator of {workflow_id}",
        "rate_limited": True,
    }


def _progress(workflow_id: str, state: WorkflowState) -> Row:
    """Returns what DBOS's workers leave in a row by the time it is in `state`.

    One exception: `owner_xid` is left in the states in which the worker of some release clears it, so
    that it shows whether an operation does.
    """
    is_queued = state in ACTIVE
    has_started = state is WorkflowState.PENDING or state in _ANSWERED
    is_delayed = state is WorkflowState.DELAYED
    return {
        "status": state.value,
        "queue_name": "orders" if is_queued or state in _ANSWERED else None,
        "deduplication_id": f"deduplication of {workflow_id}" if is_queued else None,
        "recovery_attempts": 3,
        "started_at_epoch_ms": SEED_TIME_MS + 2 if has_started else None,
        "completed_at": None if is_queued else SEED_TIME_MS + 3,
        "workflow_deadline_epoch_ms": SEED_TIME_MS + 60_000,
        "owner_xid": f"owner of {workflow_id}",
        "delay_until_epoch_ms": SEED_TIME_MS + 5 if is_delayed else None,
        "is_debounced": is_delayed,
        "debounce_deadline_epoch_ms": SEED_TIME_MS + 6 if is_delayed else None,
        "was_forked_from": False,
    }


def past(workflow_id: str) -> Rows:
    """Returns what a workflow leaves that has run its steps 1 to LAST_STEP.

    Step 2 started one child and step 4 another, step 3 failed; every step set an event, two steps
    wrote to a stream that was closed, and of its two messages one was received.
    """
    rows = Rows()
    children = {2: f"{workflow_id}/child-1", 4: f"{workflow_id}/child-2"}
    formats = ("portable_json", "py_pickle", None)
    for step in range(1, LAST_STEP + 1):
        has_failed = step == 3
        rows.add(
            "operation_outputs",
            workflow_uuid=workflow_id,
            function_id=step,
            function_name=f"step-{step}",
            output=None if has_failed else f"output of step {step} of {workflow_id}",
            error=f"error of step {step} of {workflow_id}" if has_failed else None,
            child_workflow_id=children.get(step),
            started_at_epoch_ms=SEED_TIME_MS + 10 * step,
            completed_at_epoch_ms=SEED_TIME_MS + 10 * step + 5,
            serialization=formats[step % 3],
            application_name="shop",
            retention_timestamp=SEED_TIME_MS + 10 * step + 6,
        )
    rows.extend(_events(workflow_id))
    rows.extend(_streams(workflow_id))
    rows.extend(_messages(workflow_id))
    return rows


def _events(workflow_id: str) -> Rows:
    """`progress` was set at every step, `status` at two, and `late` at the last one only."""
    rows = Rows()
    steps_by_key = {"progress": (1, 2, 3, 4, 5), "status": (1, 4), "late": (LAST_STEP,)}
    for key, steps in steps_by_key.items():
        history = [
            {
                "workflow_uuid": workflow_id,
                "key": key,
                "value": f"{key} {step} of {workflow_id}",
                "serialization": "portable_json" if step % 2 else "py_pickle",
            }
            for step in steps
        ]
        for step, row in zip(steps, history, strict=True):
            rows.add("workflow_events_history", function_id=step, **row)
        rows.add("workflow_events", **history[-1])
    return rows


def _streams(workflow_id: str) -> Rows:
    """`log` begins with an entry from before streams knew their step; `log` was closed at step 4."""
    rows = Rows()
    entries = [("log", 0, 0), ("log", 1, 2), ("log", 2, 3), ("log", 3, 4), ("trace", 0, 1)]
    for key, offset, step in entries:
        is_close = (key, step) == ("log", 4)
        rows.add(
            "streams",
            workflow_uuid=workflow_id,
            key=key,
            offset=offset,
            function_id=step,
            value='"__DBOS_STREAM_CLOSED__"' if is_close else f"{key} {offset} of {workflow_id}",
            serialization="portable_json" if is_close else "py_pickle",
        )
    return rows


def _messages(workflow_id: str) -> Rows:
    rows = Rows()
    for number, consumer in enumerate((3, None)):
        rows.add(
            "notifications",
            destination_uuid=workflow_id,
            topic=f"topic-{number}",
            message=f"message {number} to {workflow_id}",
            message_uuid=f"{workflow_id}::message-{number}",
            created_at_epoch_ms=SEED_TIME_MS + 30 + number,
            serialization="py_pickle",
            consumed=consumer is not None,
            consumed_by_function_id=consumer,
        )
    return rows


def family(workflow_id: str, state: WorkflowState, *, in_row: bool = False, **changes: object) -> Rows:
    """Returns a workflow with a past, two children, a grandchild, and a fork that is no child."""
    rows = workflow(workflow_id, state, in_row=in_row, **changes)
    rows.extend(past(workflow_id))
    relatives: list[tuple[str, WorkflowState, dict[str, object]]] = [
        ("child-1", WorkflowState.SUCCESS, {"parent_workflow_id": workflow_id}),
        ("child-2", WorkflowState.PENDING, {"parent_workflow_id": workflow_id}),
        (
            "child-2/grandchild",
            WorkflowState.ENQUEUED,
            {"parent_workflow_id": f"{workflow_id}/child-2"},
        ),
        ("earlier-fork", WorkflowState.PENDING, {"forked_from": workflow_id}),
    ]
    for name, relative_state, kinship in relatives:
        rows.extend(workflow(f"{workflow_id}/{name}", relative_state, in_row=in_row, **kinship))
    return rows


def clan(workflow_id: str, state: WorkflowState, states: Iterable[WorkflowState]) -> Rows:
    """Returns a workflow with a child in each of `states`, each with a running child of its own."""
    rows = workflow(workflow_id, state)
    for child_state in states:
        child_id = f"{workflow_id}/{child_state.lower()}"
        rows.extend(workflow(child_id, child_state, parent_workflow_id=workflow_id))
        grandchild_id = f"{child_id}/grandchild"
        grandchild = workflow(grandchild_id, WorkflowState.PENDING, parent_workflow_id=child_id)
        rows.extend(grandchild)
    return rows


def insert(connection: psycopg.Connection[tuple[object, ...]], rows: Rows) -> None:
    """Inserts the rows into DBOS's tables, fitted to the columns that these have."""
    columns_by_table: dict[str, list[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        columns_by_table.setdefault(str(table), []).append(str(column))
    fitted = _fit_payloads(rows.by_table, columns_by_table)
    # Workflows first: other tables refer to them.
    for table in sorted(fitted, key=lambda name: name != "workflow_status"):
        if table not in columns_by_table:
            continue
        # Rows of one table may set different columns; the others keep their defaults.
        for columns, batch in _by_columns(fitted[table], columns_by_table[table]).items():
            _insert_batch(connection, psycopg.sql.Identifier("dbos", table), columns, batch)
    for table, control_rows in rows.control.items():
        for row in control_rows:
            _insert_batch(connection, psycopg.sql.Identifier("workflow_control", table), row, [row])


def _insert_batch(
    connection: psycopg.Connection[tuple[object, ...]],
    target: psycopg.sql.Identifier,
    columns: Iterable[str],
    batch: list[Row],
) -> None:
    names = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, columns))
    connection.execute(
        psycopg.sql.SQL(
            "INSERT INTO {target} ({names}) SELECT {names} FROM jsonb_populate_recordset(NULL::{target}, %s)"
        ).format(target=target, names=names),
        [Jsonb(batch)],
    )


_COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'dbos'"


def _fit_payloads(
    rows_by_table: Mapping[str, list[Row]], columns_by_table: Mapping[str, list[str]]
) -> dict[str, list[Row]]:
    """Moves inputs and outcomes into `workflow_status` where they have no tables of their own."""
    fitted = {table: [dict(row) for row in rows] for table, rows in rows_by_table.items()}
    status_by_id = {row["workflow_uuid"]: row for row in fitted.get("workflow_status", ())}
    for table in ("workflow_input", "workflow_output"):
        if table not in columns_by_table:
            for row in fitted.pop(table, []):
                status_by_id[row["workflow_uuid"]] |= row
    return fitted


def _by_columns(rows: Iterable[Row], existing: Iterable[str]) -> dict[tuple[str, ...], list[Row]]:
    grouped: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        columns = tuple(column for column in existing if column in row)
        grouped.setdefault(columns, []).append(row)
    return grouped

"""Where the driver's errors end: SQLSTATE to FaultKind, and FaultKind to what a read answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Never

import psycopg
import psycopg_pool

from workflow_control.domain.errors import DatabaseUnavailable, DeadlineExceeded, Overloaded
from workflow_control.domain.faults import DatabaseFault, FaultKind

_BY_STATE: Final = {
    "40001": FaultKind.CONFLICT,  # serialization_failure
    "40P01": FaultKind.CONFLICT,  # deadlock_detected
    "23505": FaultKind.CONFLICT,  # unique_violation: somebody inserted what was not there a moment ago
    "23503": FaultKind.CONFLICT,  # foreign_key_violation: somebody deleted what was there a moment ago
    "55P03": FaultKind.LOCK_TIMEOUT,  # lock_not_available
    "57014": FaultKind.STATEMENT_TIMEOUT,  # query_canceled
    "25P03": FaultKind.CONNECTION_LOST,  # idle_in_transaction_session_timeout
    "25P04": FaultKind.CONNECTION_LOST,  # transaction_timeout
    "25006": FaultKind.UNAVAILABLE,  # read_only_sql_transaction: a standby, or a primary that was demoted
    "57P01": FaultKind.CONNECTION_LOST,  # admin_shutdown
    "57P02": FaultKind.CONNECTION_LOST,  # crash_shutdown
    "57P03": FaultKind.UNAVAILABLE,  # cannot_connect_now
    "57P05": FaultKind.CONNECTION_LOST,  # idle_session_timeout
    "58000": FaultKind.UNAVAILABLE,  # system_error
    "58030": FaultKind.UNAVAILABLE,  # io_error
    "0A000": FaultKind.SCHEMA_CHANGED,  # feature_not_supported: a cached plan that a migration has outdated
    "26000": FaultKind.SCHEMA_CHANGED,  # invalid_sql_statement_name: a pooler gave us another backend
    "42703": FaultKind.SCHEMA_CHANGED,  # undefined_column
    "42P01": FaultKind.SCHEMA_CHANGED,  # undefined_table
    "42883": FaultKind.SCHEMA_CHANGED,  # undefined_function
    "3F000": FaultKind.SCHEMA_CHANGED,  # invalid_schema_name
}
_BY_CLASS: Final = {
    "08": FaultKind.CONNECTION_LOST,  # connection exceptions
    "53": FaultKind.UNAVAILABLE,  # insufficient resources: connections, memory, disk
}


def classify(error: BaseException) -> DatabaseFault:
    """Return what a driver's or a pool's error means, by its SQLSTATE and its class, never by its text."""
    if isinstance(error, psycopg_pool.PoolTimeout | psycopg_pool.PoolClosed | psycopg_pool.TooManyRequests):
        return DatabaseFault(FaultKind.UNAVAILABLE)
    if not isinstance(error, psycopg.Error):
        return DatabaseFault(FaultKind.BUG)
    state = error.sqlstate
    if state is None:
        # The server said nothing: the socket broke, or could not be opened.
        lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        return DatabaseFault(FaultKind.CONNECTION_LOST if lost else FaultKind.BUG)
    return DatabaseFault(_BY_STATE.get(state) or _BY_CLASS.get(state[:2]) or FaultKind.BUG, state)


@contextmanager
def driver_errors_as_faults() -> Iterator[None]:
    """Turn whatever the driver or the pool raises into a DatabaseFault."""
    try:
        yield
    except (psycopg.Error, psycopg_pool.PoolTimeout) as error:
        raise classify(error) from error


def raise_for_reader(fault: DatabaseFault, pool_size: int) -> Never:
    """Raise what a read answers to a fault; a bug stays what it is, for the log."""
    match fault.kind:
        case FaultKind.CONNECTION_LOST | FaultKind.UNAVAILABLE:
            if isinstance(fault.__cause__, psycopg_pool.TooManyRequests):
                raise Overloaded("reads in waiting", pool_size) from fault
            raise DatabaseUnavailable from fault
        case FaultKind.LOCK_TIMEOUT | FaultKind.STATEMENT_TIMEOUT:
            raise DeadlineExceeded from fault
        case FaultKind.CONFLICT:
            raise DatabaseUnavailable from fault
        case FaultKind.SCHEMA_CHANGED:
            raise DatabaseUnavailable("The database does not have the tables that the server needs.") from fault
        case FaultKind.BUG:
            raise fault

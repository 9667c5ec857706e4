"""What the driver's errors mean, by SQLSTATE and class; and what a read answers to each."""

from __future__ import annotations

import psycopg
import psycopg_pool
import pytest
from psycopg import errors as sqlstates

from workflow_control.domain.errors import ControlError, DatabaseUnavailable, DeadlineExceeded, Overloaded
from workflow_control.domain.faults import DatabaseFault, FaultKind
from workflow_control.postgres.errors import classify, driver_errors_as_faults, raise_for_reader

BY_STATE: dict[str, FaultKind] = {
    "40001": FaultKind.CONFLICT,
    "40P01": FaultKind.CONFLICT,
    "23505": FaultKind.CONFLICT,
    "55P03": FaultKind.LOCK_TIMEOUT,
    "57014": FaultKind.STATEMENT_TIMEOUT,
    "25P03": FaultKind.CONNECTION_LOST,
    "57P01": FaultKind.CONNECTION_LOST,
    "57P02": FaultKind.CONNECTION_LOST,
    "57P05": FaultKind.CONNECTION_LOST,
    "08006": FaultKind.CONNECTION_LOST,
    "08P01": FaultKind.CONNECTION_LOST,
    "57P03": FaultKind.UNAVAILABLE,
    "25006": FaultKind.UNAVAILABLE,
    "53100": FaultKind.UNAVAILABLE,
    "53200": FaultKind.UNAVAILABLE,
    "53300": FaultKind.UNAVAILABLE,
    "58030": FaultKind.UNAVAILABLE,
    "0A000": FaultKind.SCHEMA_CHANGED,
    "26000": FaultKind.SCHEMA_CHANGED,
    "42703": FaultKind.SCHEMA_CHANGED,
    "42P01": FaultKind.SCHEMA_CHANGED,
    "3F000": FaultKind.SCHEMA_CHANGED,
    "42601": FaultKind.BUG,
    "P0001": FaultKind.BUG,
    "22P05": FaultKind.BUG,
    "XX000": FaultKind.BUG,
}


@pytest.mark.parametrize(("state", "kind"), BY_STATE.items())
def test_the_sqlstate_decides(state: str, kind: FaultKind) -> None:
    error = sqlstates.lookup(state)("connection lost, deadlock, timeout: whatever the text says")
    assert error.sqlstate == state
    fault = classify(error)
    assert (fault.kind, fault.sqlstate) == (kind, state)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.OperationalError("the connection is closed"), FaultKind.CONNECTION_LOST),
        (psycopg.InterfaceError("the connection is closed"), FaultKind.CONNECTION_LOST),
        (psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"), FaultKind.BUG),
        (psycopg.ProgrammingError("the query has 1 placeholder but 0 parameters were passed"), FaultKind.BUG),
        (psycopg_pool.PoolTimeout("couldn't get a connection after 1.00 sec"), FaultKind.UNAVAILABLE),
        (psycopg_pool.PoolClosed("the pool is closed"), FaultKind.UNAVAILABLE),
        (psycopg_pool.TooManyRequests("the pool has already 64 requests waiting"), FaultKind.UNAVAILABLE),
        (ZeroDivisionError(), FaultKind.BUG),
    ],
    ids=lambda value: type(value).__name__,
)
def test_without_a_sqlstate_the_class_decides(error: Exception, kind: FaultKind) -> None:
    assert classify(error).kind is kind


def test_whatever_the_driver_raises_becomes_a_fault_with_its_cause() -> None:
    cause = sqlstates.DeadlockDetected("secret@host")
    with pytest.raises(DatabaseFault) as caught, driver_errors_as_faults():
        raise cause
    assert caught.value.__cause__ is cause
    assert str(caught.value) == "CONFLICT (SQLSTATE 40P01)"
    with pytest.raises(ZeroDivisionError), driver_errors_as_faults():
        raise ZeroDivisionError


ANSWERS: dict[FaultKind, type[ControlError]] = {
    FaultKind.CONFLICT: DatabaseUnavailable,
    FaultKind.LOCK_TIMEOUT: DeadlineExceeded,
    FaultKind.STATEMENT_TIMEOUT: DeadlineExceeded,
    FaultKind.CONNECTION_LOST: DatabaseUnavailable,
    FaultKind.UNAVAILABLE: DatabaseUnavailable,
    FaultKind.SCHEMA_CHANGED: DatabaseUnavailable,
}


@pytest.mark.parametrize("kind", FaultKind)
def test_what_a_read_answers(kind: FaultKind) -> None:
    fault = DatabaseFault(kind)
    with pytest.raises((ControlError, DatabaseFault)) as caught:
        raise_for_reader(fault, 64)
    if kind is FaultKind.BUG:
        assert caught.value is fault
    else:
        assert type(caught.value) is ANSWERS[kind]
        assert caught.value.__cause__ is fault


def test_a_full_pool_is_an_overload() -> None:
    fault = DatabaseFault(FaultKind.UNAVAILABLE)
    fault.__cause__ = psycopg_pool.TooManyRequests()
    with pytest.raises(Overloaded) as caught:
        raise_for_reader(fault, 64)
    assert caught.value.metadata == {"limit": "64"}

"""The oracle itself: it must find nothing between equals, and each of the mistakes we could make."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from tests.differential.actions import Action, Answer, Fork, OpenSide, Side
from tests.differential.cases import CASES, cases_of
from tests.differential.comparison import Twins, compare_sides
from tests.differential.release_client import OpenReleaseClient
from tests.fixtures.dbos_releases import NEWEST, OLDEST, DbosRelease

_CASES_BY_NAME = {case.name: case for case in CASES}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mistake, made by a statement that is run after DBOS's client has acted on `case`.

    The statement may name the workflow as %(workflow_id)s and a new one as %(new_workflow_id)s.
    `shows_in` is where the oracle must find it, and nowhere else.
    """

    name: str
    case: str
    statement: str
    shows_in: tuple[str, str | None]
    release: DbosRelease = NEWEST


def _forgets(column: str, case: str, release: DbosRelease = NEWEST) -> Mutant:
    """A mutant that leaves the column as it is in a workflow that nobody acted on."""
    bystander = f"(SELECT {column} FROM dbos.workflow_status WHERE workflow_uuid = 'bystander/order')"
    return Mutant(
        name=f"{case} forgets {column}",
        case=case,
        statement=(
            f"UPDATE dbos.workflow_status SET {column} = {bystander}"
            " WHERE workflow_uuid = coalesce(%(new_workflow_id)s, %(workflow_id)s)"
        ),
        shows_in=("workflow_status", column),
        release=release,
    )


_COPY_STEP = """
    INSERT INTO dbos.operation_outputs (workflow_uuid, function_id, function_name)
    VALUES (%(new_workflow_id)s, 3, 'step-3')
"""
_COPY_MESSAGES = """
    INSERT INTO dbos.notifications (destination_uuid, topic, message, message_uuid)
    SELECT %(new_workflow_id)s, topic, message, 'copy of ' || message_uuid
    FROM dbos.notifications WHERE destination_uuid = %(workflow_id)s AND topic = 'topic-0'
"""
_LOSE_FORMAT = "UPDATE dbos.{table} SET serialization = NULL WHERE workflow_uuid = %(new_workflow_id)s"
_TAKE_NEWEST_EVENT = """
    UPDATE dbos.workflow_events AS event SET value = source.value FROM dbos.workflow_events AS source
    WHERE event.workflow_uuid = %(new_workflow_id)s AND source.workflow_uuid = %(workflow_id)s
        AND event.key = 'progress' AND source.key = 'progress'
"""
_MISPLACE_INPUT = """
    WITH moved AS (
        DELETE FROM dbos.workflow_input WHERE workflow_uuid = %(new_workflow_id)s RETURNING inputs
    )
    UPDATE dbos.workflow_status SET inputs = moved.inputs FROM moved
    WHERE workflow_uuid = %(new_workflow_id)s
"""
_TOUCH_ANOTHER = "UPDATE dbos.workflow_status SET priority = 8 WHERE workflow_uuid = 'bystander/order'"
_NEW_ROW = "WHERE workflow_uuid = %(new_workflow_id)s"

MUTANTS = (
    _forgets("owner_xid", "cancel-pending"),
    _forgets("completed_at", "cancel-pending"),
    _forgets("updated_at", "cancel-pending", OLDEST),
    _forgets("queue_name", "cancel-enqueued", OLDEST),
    _forgets("deduplication_id", "cancel-delayed"),
    _forgets("started_at_epoch_ms", "cancel-pending", OLDEST),
    _forgets("recovery_attempts", "resume-pending", OLDEST),
    _forgets("workflow_deadline_epoch_ms", "resume-cancelled", OLDEST),
    Mutant(
        name="resume keeps completed_at",
        case="resume-cancelled",
        statement="UPDATE dbos.workflow_status SET completed_at = 1 WHERE workflow_uuid = %(workflow_id)s",
        shows_in=("workflow_status", "completed_at"),
    ),
    Mutant(
        name="cancel touches another workflow",
        case="cancel-pending",
        statement=_TOUCH_ANOTHER,
        shows_in=("workflow_status", "priority"),
    ),
    Mutant(
        name="fork copies one step too many",
        case="fork-error-at-3",
        statement=_COPY_STEP,
        shows_in=("operation_outputs", None),
        release=OLDEST,
    ),
    Mutant(
        name="fork forgets a stream",
        case="fork-error-at-3",
        statement=f"DELETE FROM dbos.streams {_NEW_ROW} AND key = 'trace'",
        shows_in=("streams", None),
        release=OLDEST,
    ),
    Mutant(
        name="fork copies messages",
        case="fork-error-at-3",
        statement=_COPY_MESSAGES,
        shows_in=("notifications", None),
    ),
    Mutant(
        name="fork takes the newest event",
        case="fork-error-at-3",
        statement=_TAKE_NEWEST_EVENT,
        shows_in=("workflow_events", "value"),
    ),
    *(
        Mutant(
            name=f"fork drops serialization in {table}",
            case="fork-error-at-3",
            statement=_LOSE_FORMAT.format(table=table),
            shows_in=(table, "serialization"),
        )
        for table in ("workflow_status", "operation_outputs", "streams", "workflow_events_history")
    ),
    Mutant(
        name="fork drops attributes",
        case="fork-error-at-3",
        statement=f"UPDATE dbos.workflow_status SET attributes = NULL {_NEW_ROW}",
        shows_in=("workflow_status", "attributes"),
    ),
    Mutant(
        # DBOS's fork leaves the JSON null.
        name="fork leaves no attributes",
        case="fork-bare",
        statement=f"UPDATE dbos.workflow_status SET attributes = NULL {_NEW_ROW}",
        shows_in=("workflow_status", "attributes"),
    ),
    Mutant(
        name="fork forgets the source",
        case="fork-error-at-3",
        statement="UPDATE dbos.workflow_status SET was_forked_from = false WHERE workflow_uuid = %(workflow_id)s",
        shows_in=("workflow_status", "was_forked_from"),
    ),
)


def test_finds_nothing(dbos_release: DbosRelease, open_release_client: OpenReleaseClient, twins: Twins) -> None:
    client = open_release_client(dbos_release)
    # Our side has to be able to do what we can.
    cases = [case for case in cases_of(dbos_release) if case.their_actions(dbos_release) == [case.action]]

    with twins(dbos_release, cases) as urls:
        comparison = compare_sides(urls, dbos_release, cases, open_ours=client, open_theirs=client)

    assert not comparison.by_case


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_finds_mutant(mutant: Mutant, open_release_client: OpenReleaseClient, twins: Twins) -> None:
    client = open_release_client(mutant.release)
    cases = [_CASES_BY_NAME[mutant.case]]

    with twins(mutant.release, cases) as urls:
        comparison = compare_sides(urls, mutant.release, cases, open_ours=_mutate(client, mutant), open_theirs=client)

    differences = [difference for found in comparison.by_case.values() for difference in found]
    assert {(difference.table, difference.column) for difference in differences} == {mutant.shows_in}


def _mutate(open_side: OpenSide, mutant: Mutant) -> OpenSide:
    """Returns a side that acts as the given one does, but for the mutant's mistake."""

    @contextmanager
    def open_mutated(database_url: str) -> Iterator[Side]:
        with open_side(database_url) as side:
            yield _MutatedSide(side, database_url, mutant)

    return open_mutated


class _MutatedSide:
    def __init__(self, side: Side, database_url: str, mutant: Mutant) -> None:
        self._side = side
        self._database_url = database_url
        self._mutant = mutant

    def act(self, action: Action) -> Answer:
        answer = self._side.act(action)
        new_id = action.new_workflow_id if isinstance(action, Fork) else None
        names = {"workflow_id": action.workflow_id, "new_workflow_id": new_id}
        with psycopg.connect(self._database_url) as connection:
            changed = connection.execute(self._mutant.statement.encode(), names).rowcount
        assert changed, "a mutant that changes nothing proves nothing"
        return answer

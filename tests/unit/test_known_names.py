"""What is remembered of names: known ones for long, unknown ones for a moment, and not without limit."""

from __future__ import annotations

from workflow_control.dbos.known_names import KnownNames
from workflow_control.domain.new_workflows import Name, NameKind

QUEUE, VERSION = Name(NameKind.QUEUE, "orders"), Name(NameKind.APPLICATION_VERSION, "orders")


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_what_was_looked_up_is_remembered_for_a_while() -> None:
    clock = Clock()
    names = KnownNames(clock)
    assert set(names.to_look_up([QUEUE, VERSION, QUEUE])) == {QUEUE, VERSION}
    names.learn([QUEUE, VERSION], [VERSION])
    assert names.to_look_up([QUEUE, VERSION]) == []
    assert names.unknown([QUEUE, VERSION]) == {QUEUE}

    clock.now = 10
    assert names.to_look_up([QUEUE, VERSION]) == [QUEUE]
    names.learn([QUEUE], [QUEUE])
    assert names.unknown([QUEUE, VERSION]) == frozenset()

    clock.now = 1000
    assert set(names.to_look_up([QUEUE, VERSION])) == {QUEUE, VERSION}


def test_it_forgets_rather_than_grows_for_ever() -> None:
    names = KnownNames(Clock())
    for number in range(30):
        names.learn([Name(NameKind.QUEUE, f"{number}-{each}") for each in range(1000)], [])
    assert (
        len(names.to_look_up(Name(NameKind.QUEUE, f"{n}-{each}") for n in range(30) for each in range(1000))) >= 20_000
    )
    assert names.unknown([Name(NameKind.QUEUE, "29-999")])

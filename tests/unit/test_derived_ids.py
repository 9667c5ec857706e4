"""Ids that the server makes: the same for ever, or a repeat after an upgrade would create a second workflow."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow_control.idempotency.derived_ids import derive_workflow_id

GOLDEN = {
    ("default", "key-1"): "b71551a5-1180-5914-b18d-89eb99dea6c9",
    ("default", "key-2"): "b01b6b56-0ed7-527d-a711-c7e7bcddacc6",
    ("", ""): "d348790d-d2b8-568c-8836-6f7a9e19629f",
    ("ä", "\n\u2028"): "50166881-f53a-58b3-90a2-63e8a305b8f0",
}


@pytest.mark.parametrize(("key", "workflow_id"), GOLDEN.items(), ids=repr)
def test_ids_never_change(key: tuple[str, str], workflow_id: str) -> None:
    assert derive_workflow_id(*key) == workflow_id
    assert UUID(workflow_id).version == 5


KEYS = st.tuples(st.text(max_size=4), st.text(max_size=4))


@given(KEYS, KEYS)
def test_two_keys_never_share_an_id(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (derive_workflow_id(*one) == derive_workflow_id(*other)) is (one == other)


@pytest.mark.parametrize(
    ("one", "other"), [(("a", "bc"), ("ab", "c")), (('a", "b', "c"), ("a", 'b", "c')), (("a,", "b"), ("a", ",b"))]
)
def test_scope_and_key_do_not_run_into_each_other(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert derive_workflow_id(*one) != derive_workflow_id(*other)

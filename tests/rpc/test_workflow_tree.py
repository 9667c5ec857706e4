"""GetWorkflowTree: what a workflow comes from and what came of it, however its relatives are entangled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.differential.seeds import SEED_TIME_MS, family
from tests.fixtures.dbos_releases import OLDEST, DbosRelease
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from tests.rpc.test_workflow_list_filter import FOUND_IN_THE_DATABASE, insert
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1.workflow_tree_pb2 import (
    WORKFLOW_RELATION_CHILDREN,
    WORKFLOW_RELATION_FORKS,
    WORKFLOW_RELATION_PARENTS,
    GetWorkflowTreeRequest,
    GetWorkflowTreeResponse,
    WorkflowTreeNode,
)

BASE_MS: Final = 1_700_000_000_000
WORKFLOWS_MAX = 1000
MEBIBYTE = 1024 * 1024
PARENTS, CHILDREN, FORKS = WORKFLOW_RELATION_PARENTS, WORKFLOW_RELATION_CHILDREN, WORKFLOW_RELATION_FORKS

Row = Mapping[str, Any]


def read_tree(server: RunningServer, workflow_id: str, **fields: Any) -> GetWorkflowTreeResponse:  # noqa: ANN401 - Any field's type.
    request = GetWorkflowTreeRequest(workflow_id=workflow_id, **fields)
    return server.call(request).read(GetWorkflowTreeResponse)


def insert_rows(server: RunningServer, rows: Sequence[Row]) -> None:
    """Inserts nothing but these workflows, created in their order."""
    server.execute("DELETE FROM dbos.workflow_status")
    defaults = {"status": "PENDING", "updated_at": BASE_MS}
    insert(server, [{**defaults, "created_at": BASE_MS + number, **row} for number, row in enumerate(rows)])


def below(node: WorkflowTreeNode, depth: int = 0) -> Iterator[tuple[WorkflowTreeNode, int]]:
    """Yields the node and all below it, with their depths."""
    yield node, depth
    for each in (*node.children, *node.forks):
        yield from below(each, depth + 1)


def outline(node: WorkflowTreeNode) -> Any:  # noqa: ANN401 - A tree of nested tuples.
    """Returns a tree as (id, children, forks), with `...` after the id where it is truncated."""
    name = node.workflow_id + ("..." if node.truncated else "")
    return (name, [outline(child) for child in node.children], [outline(fork) for fork in node.forks])


IDS = "abcdef"
MISSING = "gone"
_LINKS = st.none() | st.sampled_from([*IDS, MISSING])


@st.composite
def entangled(draw: st.DrawFn) -> list[Row]:
    """Makes workflows whose parents and sources are any of them, or themselves, or gone."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True))
    return [{"workflow_uuid": each, "parent_workflow_id": draw(_LINKS), "forked_from": draw(_LINKS)} for each in ids]


@FOUND_IN_THE_DATABASE
@given(
    entangled(),
    st.integers(1, 6),
    st.lists(st.sampled_from([PARENTS, CHILDREN, FORKS]), unique=True),
)
def test_any_tangle_is_a_tree_of_the_nearest(
    newest_rpc_server: RunningServer, rows: Sequence[Row], max_depth: int, relations: Sequence[int]
) -> None:
    insert_rows(newest_rpc_server, rows)
    start = rows[0]["workflow_uuid"]

    tree = read_tree(newest_rpc_server, start, max_depth=max_depth, relations=relations)

    followed = set(relations) or {PARENTS, CHILDREN, FORKS}
    by_id = {row["workflow_uuid"]: row for row in rows}
    line = _line(by_id, start) if PARENTS in followed else []
    assert [each.workflow_id for each in tree.ancestors] == line[:max_depth]
    assert tree.ancestors_truncated is (len(line) > max_depth)
    distances = _distances(rows, start, line[:max_depth], followed)
    nodes = list(below(tree.root))
    there = {node.workflow_id for node, _ in nodes} | set(line[:max_depth])
    assert {node.workflow_id: depth for node, depth in nodes} == {
        each: distance for each, distance in distances.items() if distance <= max_depth
    }
    assert tree.workflow_count == len(there) == len(nodes) + len(tree.ancestors)
    for node, _ in nodes:
        assert {child.parent_workflow_id for child in node.children} <= {node.workflow_id}
        assert {fork.forked_from for fork in node.forks} <= {node.workflow_id}
        for siblings in (node.children, node.forks):
            times = [each.create_time.ToMilliseconds() for each in siblings]
            assert times == sorted(times)
        assert node.truncated is bool(_relatives(rows, {node.workflow_id}, followed) - there)


def _line(by_id: Mapping[str, Row], start: str) -> list[str]:
    """Returns the ancestors, nearest first, up to where a cycle closes or one is gone."""
    line: list[str] = []
    current = by_id[start]["parent_workflow_id"]
    while current in by_id and current != start and current not in line:
        line.append(current)
        current = by_id[current]["parent_workflow_id"]
    return line


def _relatives(rows: Sequence[Row], of: Collection[str], followed: Collection[int]) -> set[str]:
    return {
        row["workflow_uuid"]
        for row in rows
        if (CHILDREN in followed and row["parent_workflow_id"] in of)
        or (FORKS in followed and row["forked_from"] in of)
    }


def _distances(rows: Sequence[Row], start: str, ancestors: Sequence[str], followed: Collection[int]) -> dict[str, int]:
    """Returns how far below the start each workflow is."""
    distances = {start: 0}
    level = {start}
    while level:
        level = _relatives(rows, level, followed) - distances.keys() - set(ancestors)
        distances |= dict.fromkeys(level, max(distances.values()) + 1)
    return distances


def test_each_workflow_is_told_in_short(rpc_server: RunningServer, dbos_release: DbosRelease) -> None:
    workflow_id = fresh("tree")
    rpc_server.seed(family(workflow_id, WorkflowState.SUCCESS))
    tree = read_tree(rpc_server, workflow_id)
    expected = WorkflowTreeNode(
        workflow_id=workflow_id,
        state=types.WORKFLOW_STATE_SUCCESS,
        raw_status="SUCCESS",
        name="order",
        queue_name="orders",
        children=tree.root.children,
        forks=tree.root.forks,
    )
    expected.create_time.FromMilliseconds(SEED_TIME_MS)
    if dbos_release != OLDEST:
        expected.complete_time.FromMilliseconds(SEED_TIME_MS + 3)
    assert tree.root == expected
    assert outline(tree.root) == (
        workflow_id,
        [
            (f"{workflow_id}/child-1", [], []),
            (f"{workflow_id}/child-2", [(f"{workflow_id}/child-2/grandchild", [], [])], []),
        ],
        [(f"{workflow_id}/earlier-fork", [], [])],
    )
    assert tree.root.forks[0].forked_from == workflow_id
    assert (tree.workflow_count, tree.ancestors_truncated, list(tree.ancestors)) == (5, False, [])


def test_up_from_a_grandchild(rpc_server: RunningServer) -> None:
    workflow_id = fresh("tree")
    rpc_server.seed(family(workflow_id, WorkflowState.PENDING))
    tree = read_tree(rpc_server, f"{workflow_id}/child-2/grandchild")
    assert [each.workflow_id for each in tree.ancestors] == [f"{workflow_id}/child-2", workflow_id]
    assert not any(each.children or each.forks or each.truncated for each in tree.ancestors)
    # What else the ancestors started is not below this one.
    assert tree.workflow_count == 3


def test_a_child_that_is_a_fork_as_well_is_there_once(rpc_server: RunningServer) -> None:
    insert_rows(
        rpc_server,
        [
            {"workflow_uuid": "a"},
            {"workflow_uuid": "b", "parent_workflow_id": "a"},
            {"workflow_uuid": "c", "parent_workflow_id": "a", "forked_from": "b"},
            {"workflow_uuid": "d", "parent_workflow_id": "b", "forked_from": "b"},
        ],
    )
    assert outline(read_tree(rpc_server, "a").root) == ("a", [("b", [("d", [], [])], []), ("c", [], [])], [])
    forks = read_tree(rpc_server, "a", relations=[FORKS])
    assert outline(forks.root) == ("a", [], [])
    assert outline(read_tree(rpc_server, "b", relations=[FORKS]).root) == ("b", [], [("c", [], []), ("d", [], [])])


@pytest.mark.parametrize(("max_depth", "levels"), [(0, 10), (1, 1), (30, 30), (31, 30), (2**31 - 1, 30)])
def test_the_depth_of_a_chain(rpc_server: RunningServer, max_depth: int, levels: int) -> None:
    insert_rows(
        rpc_server,
        [{"workflow_uuid": f"{n}", "parent_workflow_id": f"{n - 1}" if n else None} for n in range(80)],
    )
    tree = read_tree(rpc_server, "40", max_depth=max_depth)
    assert [each.workflow_id for each in tree.ancestors] == [str(n) for n in range(39, 39 - levels, -1)]
    assert tree.ancestors_truncated
    assert [(node.workflow_id, node.truncated) for node, _ in below(tree.root)] == [
        (str(n), n == 40 + levels) for n in range(40, 41 + levels)
    ]


def insert_children(server: RunningServer, parent: str, count: int) -> None:
    server.execute(
        "INSERT INTO dbos.workflow_status (workflow_uuid, status, created_at, parent_workflow_id)"
        " SELECT format('%%s/%%s', %s::text, n), 'PENDING', %s + n, %s FROM generate_series(1, %s) AS n",
        parent,
        BASE_MS,
        parent,
        count,
    )


def test_a_wide_tree_has_the_oldest_of_the_nearest(rpc_server: RunningServer) -> None:
    insert_rows(rpc_server, [{"workflow_uuid": "root"}])
    insert_children(rpc_server, "root", 600)
    for child in ("root/1", "root/2", "root/600"):
        insert_children(rpc_server, child, 300)
    tree = read_tree(rpc_server, "root")
    children = {child.workflow_id: child for child in tree.root.children}
    assert list(children) == [f"root/{n}" for n in range(1, 601)]
    assert tree.workflow_count == WORKFLOWS_MAX == len(list(below(tree.root)))
    # All were created at the same times; 399 of 900 found room.
    assert {len(children[child].children) for child in ("root/1", "root/2", "root/600")} == {133}
    truncated = {node.workflow_id for node, _ in below(tree.root) if node.truncated}
    assert truncated == {"root/1", "root/2", "root/600"}


@pytest.mark.parametrize(("children", "truncated"), [(998, False), (999, False), (1000, True)])
def test_the_limit_to_the_last_workflow(newest_rpc_server: RunningServer, children: int, truncated: bool) -> None:
    insert_rows(newest_rpc_server, [{"workflow_uuid": "root"}])
    insert_children(newest_rpc_server, "root", children)
    tree = read_tree(newest_rpc_server, "root", max_depth=30)
    assert tree.workflow_count == min(children + 1, WORKFLOWS_MAX)
    assert tree.root.truncated is truncated


def test_far_ancestors_give_way_to_near_descendants(newest_rpc_server: RunningServer) -> None:
    line = [{"workflow_uuid": f"{n}", "parent_workflow_id": f"{n - 1}" if n else None} for n in range(9)]
    insert_rows(newest_rpc_server, line)
    insert_children(newest_rpc_server, "8", 997)
    tree = read_tree(newest_rpc_server, "8")
    assert (len(tree.root.children), [each.workflow_id for each in tree.ancestors]) == (997, ["7", "6"])
    assert (tree.workflow_count, tree.ancestors_truncated, tree.root.truncated) == (WORKFLOWS_MAX, True, False)
    insert_children(newest_rpc_server, "8/1", 500)
    tree = read_tree(newest_rpc_server, "8", max_depth=2)
    assert [each.workflow_id for each in tree.ancestors] == ["7", "6"]
    assert [node.workflow_id for node, _ in below(tree.root) if node.truncated] == ["8/1"]


def test_there_is_no_such_workflow(rpc_server: RunningServer) -> None:
    missing = fresh("missing")
    refusal = rpc_server.call(GetWorkflowTreeRequest(workflow_id=missing)).refused("WORKFLOW_NOT_FOUND")
    assert refusal.metadata == {"workflow_id": missing}


def test_a_tree_that_is_too_large_to_send(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server(max_response_bytes=2 * MEBIBYTE)
    large = {"workflow_uuid": "child", "parent_workflow_id": "root", "name": "x" * 3 * MEBIBYTE}
    insert_rows(server, [{"workflow_uuid": "root"}, large])
    refusal = server.call(GetWorkflowTreeRequest(workflow_id="root")).refused("RESPONSE_TOO_LARGE")
    assert refusal.metadata["workflow_id"] == "root"
    assert read_tree(server, "root", relations=[FORKS]).workflow_count == 1

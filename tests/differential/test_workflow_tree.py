"""GetWorkflowTree relates workflows as DBOS's own client does, asked for the children and the forks of each."""

from collections.abc import Iterator

import psycopg

from tests.differential.ours import serve_ours
from tests.differential.seeds import Rows, clan, family, insert, workflow
from tests.fixtures.dbos_releases import DbosRelease, DbosTemplate, ReleaseProcesses
from tests.fixtures.postgres import CreateDatabase
from workflow_control.domain.states import WorkflowState
from workflowcontrol.v1.workflow_tree_pb2 import GetWorkflowTreeRequest, WorkflowTreeNode

ROOT = "tree"


def _rows() -> Rows:
    """Returns three generations, with forks of the root, of a child and of a fork."""
    rows = family(ROOT, WorkflowState.ERROR)
    rows.extend(clan(f"{ROOT}/fork", WorkflowState.SUCCESS, [WorkflowState.PENDING, WorkflowState.CANCELLED]))
    rows.extend(workflow(f"{ROOT}/fork-of-child", WorkflowState.PENDING, forked_from=f"{ROOT}/child-1"))
    rows.extend(workflow(f"{ROOT}/fork-of-fork", WorkflowState.PENDING, forked_from=f"{ROOT}/earlier-fork"))
    rows.extend(workflow("unrelated", WorkflowState.PENDING))
    return rows


def test_tree(
    dbos_release: DbosRelease,
    create_database: CreateDatabase,
    dbos_template: DbosTemplate,
    release_process: ReleaseProcesses,
) -> None:
    url = create_database(dbos_template(dbos_release))
    with psycopg.connect(url) as connection:
        insert(connection, _rows())
        connection.execute(
            "UPDATE dbos.workflow_status SET forked_from = %s WHERE workflow_uuid = %s", [ROOT, f"{ROOT}/fork"]
        )
    process = release_process(dbos_release)

    def theirs(**filters: object) -> set[str]:
        found = process.call("list_workflows", database_url=url, **filters)
        assert isinstance(found, list)
        return {str(each["workflow_id"]) for each in found}

    with serve_ours(url) as stub:
        tree = stub.GetWorkflowTree(GetWorkflowTreeRequest(workflow_id=ROOT), timeout=10)
        up = stub.GetWorkflowTree(GetWorkflowTreeRequest(workflow_id=f"{ROOT}/child-2/grandchild"), timeout=10)
    nodes = list(_nodes(tree.root))
    for node in nodes:
        assert {child.workflow_id for child in node.children} == theirs(parent_workflow_id=node.workflow_id)
        assert {fork.workflow_id for fork in node.forks} == theirs(forked_from=node.workflow_id)
    assert len(nodes) == tree.workflow_count == len(_rows().workflow_ids()) - 1
    assert [ancestor.workflow_id for ancestor in up.ancestors] == [f"{ROOT}/child-2", ROOT]
    process.call("disconnect", database_url=url)


def _nodes(node: WorkflowTreeNode) -> Iterator[WorkflowTreeNode]:
    yield node
    for each in (*node.children, *node.forks):
        yield from _nodes(each)

"""ListWorkflowSteps says of each step what DBOS's own client says."""

from google.protobuf.timestamp_pb2 import Timestamp

from tests.differential.ours import serve_ours
from tests.differential.real_cases import REAL_CASES, RealTemplate
from tests.fixtures.dbos_releases import DbosRelease, ReleaseProcesses
from tests.fixtures.postgres import CreateDatabase
from workflowcontrol.v1.types_pb2 import WorkflowStep
from workflowcontrol.v1.workflow_control_pb2 import ListWorkflowStepsRequest
from workflowcontrol.v1.workflow_control_pb2_grpc import WorkflowControlStub


def test_list_steps(
    dbos_release: DbosRelease,
    create_database: CreateDatabase,
    real_template: RealTemplate,
    release_process: ReleaseProcesses,
) -> None:
    url = create_database(real_template(dbos_release))
    workflow_ids = [case.action.workflow_id for case in REAL_CASES]
    process = release_process(dbos_release)

    with serve_ours(url) as stub:
        ours = {workflow_id: _list_ours(stub, workflow_id) for workflow_id in workflow_ids}
    theirs = {
        workflow_id: process.call("list_workflow_steps", database_url=url, workflow_id=workflow_id)
        for workflow_id in workflow_ids
    }
    process.call("disconnect", database_url=url)

    assert _only_ours(theirs) == ours
    # Without steps, one that failed and one that started a child, this would prove nothing.
    steps = [step for listed in ours.values() for step in listed]
    assert any(step["failed"] for step in steps)
    assert any(step["child_workflow_id"] for step in steps)


def _list_ours(stub: WorkflowControlStub, workflow_id: str) -> list[dict[str, object]]:
    steps: list[WorkflowStep] = []
    token = ""
    while True:
        # More pages than one for most workflows here.
        request = ListWorkflowStepsRequest(workflow_id=workflow_id, page_size=4, page_token=token)
        response = stub.ListWorkflowSteps(request, timeout=10)
        steps += response.steps
        token = response.next_page_token
        if not token:
            return [_fields(step) for step in steps]


def _fields(step: WorkflowStep) -> dict[str, object]:
    """Returns our reading of a step by the names that DBOS gives to its fields."""
    return {
        "function_id": step.step_id,
        "function_name": step.name,
        "child_workflow_id": step.child_workflow_id or None,
        "started_at_epoch_ms": _milliseconds(step.start_time if step.HasField("start_time") else None),
        "completed_at_epoch_ms": _milliseconds(step.complete_time if step.HasField("complete_time") else None),
        "failed": step.failed,
    }


def _milliseconds(time: Timestamp | None) -> int | None:
    return None if time is None else time.ToMilliseconds()


def _only_ours(theirs: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    """Returns their steps without the fields that some releases have and we do not."""
    names = set(_fields(WorkflowStep()))
    only: dict[str, list[dict[str, object]]] = {}
    for workflow_id, steps in theirs.items():
        assert isinstance(steps, list)
        only[workflow_id] = [{name: value for name, value in step.items() if name in names} for step in steps]
    return only

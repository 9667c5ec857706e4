"""The calls of the service `WorkflowControl`: every method of both clients, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, Listing, duration, request_key_or_new
from workflow_control_client.waiting_calls import call_timeout_for
from workflowcontrol.v1.types_pb2 import (
    WORKFLOW_ORDER_UNSPECIFIED,
    WORKFLOW_VIEW_UNSPECIFIED,
    Workflow,
    WorkflowFilter,
    WorkflowOrder,
    WorkflowStep,
    WorkflowView,
)
from workflowcontrol.v1.workflow_control_pb2 import (
    CancelWorkflowRequest,
    CancelWorkflowResponse,
    ForkWorkflowRequest,
    ForkWorkflowResponse,
    GetWorkflowRequest,
    GetWorkflowResponse,
    ListWorkflowsRequest,
    ListWorkflowsResponse,
    ListWorkflowStepsRequest,
    ListWorkflowStepsResponse,
    ResumeWorkflowRequest,
    ResumeWorkflowResponse,
)
from workflowcontrol.v1.workflow_waiting_pb2 import WorkflowWait

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"


def cancel_workflow(
    workflow_id: str,
    *,
    cascade: bool = False,
    allow_missing: bool = False,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[CancelWorkflowResponse]:
    """Cancel a workflow. A running worker notices before its next step.

    A workflow that is complete or cancelled already is left as it is, and the response's `outcome` says so.

        response = client.cancel_workflow("order-7", reason="The customer called.", request_key="cancel-order-7")
        if response.outcome == CancelWorkflowResponse.OUTCOME_ALREADY_COMPLETED: ...

    Args:
        workflow_id: The workflow.
        cascade: Cancel its children too, and theirs, to every depth, all or nothing.
        allow_missing: Answer outcome MISSING instead of failing when there is no such workflow.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = CancelWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        cascade=cascade,
        allow_missing=allow_missing,
    )
    path = f"{_SERVICE}/CancelWorkflow"
    return Call(path, request, CancelWorkflowResponse.FromString, call_timeout, request_key)


def resume_workflow(
    workflow_id: str,
    *,
    queue_name: str = "",
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[ResumeWorkflowResponse]:
    """Put a workflow into a queue again, from where a worker continues it after its last recorded step.

    A workflow that is complete is left as it is, and the response's `outcome` says so.

        response = client.resume_workflow("order-7")

    Args:
        workflow_id: The workflow.
        queue_name: The queue; empty: DBOS's internal queue, which every worker serves.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = ResumeWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        queue_name=queue_name,
    )
    path = f"{_SERVICE}/ResumeWorkflow"
    return Call(path, request, ResumeWorkflowResponse.FromString, call_timeout, request_key)


def fork_workflow(
    workflow_id: str,
    *,
    start_step: int | None = None,
    from_step_name: str | None = None,
    from_last_failure: bool = False,
    from_last_step: bool = False,
    new_workflow_id: str = "",
    application_version: str = "",
    use_latest_version: bool = False,
    queue_name: str = "",
    queue_partition_key: str = "",
    timeout: timedelta | None = None,
    replacement_children: Mapping[str, str] | None = None,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[ForkWorkflowResponse]:
    """Start a copy of a workflow from one of its steps: the steps before it are copied with their results.

        response = client.fork_workflow("order-7", from_last_failure=True, use_latest_version=True)
        print(response.workflow.workflow_id, "begins at step", response.start_step)

    Args:
        workflow_id: The workflow to copy. It stays as it is.
        start_step: The first step to run again, by DBOS's own step id. At most one of this and the next three may be
            given; without any the copy begins at the beginning.
        from_step_name: Begin at the last step of this name.
        from_last_failure: Begin at the last step that failed; if none did, at the last step.
        from_last_step: Begin at the last recorded step.
        new_workflow_id: The copy's id; empty: the server derives it from the request key.
        application_version: The application version to bind the copy to; empty: the source's.
        use_latest_version: Leave the copy to the workers of the latest version instead.
        queue_name: The queue; empty: DBOS's internal queue, which every worker serves.
        queue_partition_key: The partition, for a partitioned queue.
        timeout: How long the copy may run, counted from when a worker takes it; None: without limit. The time for this
            call is `call_timeout`.
        replacement_children: In copied steps that started a child: the child's id to the id that replaces it.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowNotFound: There is no such workflow.
        WorkflowExists: The new id is taken.
        StepNotFound: There is no step `from_step_name`.
        WorkflowControlError: Any of its other subclasses.
        ValueError: Several beginnings are given.
    """
    beginnings = (start_step is not None, from_step_name is not None, from_last_failure, from_last_step)
    if sum(beginnings) > 1:
        # They are a oneof in the contract, of which protobuf would keep the last one silently.
        raise ValueError("give at most one of start_step, from_step_name, from_last_failure and from_last_step")
    request_key = request_key_or_new(request_key)
    request = ForkWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow_id=workflow_id,
        new_workflow_id=new_workflow_id,
        application_version=application_version,
        use_latest_version=use_latest_version,
        queue_name=queue_name,
        queue_partition_key=queue_partition_key,
        timeout=duration(timeout),
        replacement_children=replacement_children,
    )
    if start_step is not None:
        request.start_step = start_step
    elif from_step_name is not None:
        request.from_step_name = from_step_name
    elif from_last_failure:
        request.from_last_failure = True
    elif from_last_step:
        request.from_last_step = True
    path = f"{_SERVICE}/ForkWorkflow"
    return Call(path, request, ForkWorkflowResponse.FromString, call_timeout, request_key)


def get_workflow(
    workflow_id: str,
    *,
    view: WorkflowView.ValueType = WORKFLOW_VIEW_UNSPECIFIED,
    wait: WorkflowWait | None = None,
    call_timeout: timedelta | None = None,
) -> Call[GetWorkflowResponse]:
    """Read one workflow, at once or when it has ended or changed.

        workflow = client.get_workflow("order-7", wait=until_complete(timedelta(seconds=20))).workflow
        print(WorkflowState.Name(workflow.state))

    Args:
        workflow_id: The workflow.
        view: How much of it; unset: all.
        wait: What to wait for before answering, see `until_complete` and `until_changed`; None: nothing. When the time
            is up, the answer is the workflow as it is.
        call_timeout: The time for the call; None: a little more than that of `wait`, or as the client says.

    Raises:
        WorkflowNotFound: There is no such workflow, or it was deleted meanwhile.
        ResponseTooLarge: Its input, output and error are too large: ask for `WORKFLOW_VIEW_BASIC`.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetWorkflowRequest(workflow_id=workflow_id, view=view, wait=wait)
    if wait is not None and wait.HasField("timeout"):
        call_timeout = call_timeout_for(wait.timeout.ToTimedelta(), call_timeout)
    return Call(f"{_SERVICE}/GetWorkflow", request, GetWorkflowResponse.FromString, call_timeout)


def list_workflows(
    filter: WorkflowFilter | None = None,
    *,
    view: WorkflowView.ValueType = WORKFLOW_VIEW_UNSPECIFIED,
    order: WorkflowOrder.ValueType = WORKFLOW_ORDER_UNSPECIFIED,
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListWorkflowsResponse, Workflow]:
    """List the workflows that a filter selects. Iterating reads page after page, each when it is needed.

        stuck = WorkflowFilter(states=[WorkflowState.WORKFLOW_STATE_PENDING], created=time_range(end=yesterday))
        for workflow in client.list_workflows(stuck):
            print(workflow.workflow_id)

    Args:
        filter: Which workflows; None: all.
        view: How much of each; unset: no input, output and error.
        order: In which order; unset: newest first.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same filter and order.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        SchemaCapabilityMissing: The filter asks for what the installed DBOS schema does not have.
        WorkflowControlError: Any of its other subclasses.
    """
    # Built once: a filter that the caller changes meanwhile must not change between two pages.
    conditions = ListWorkflowsRequest(filter=filter, view=view, order=order, page_size=page_size)

    def page(token: str) -> Call[ListWorkflowsResponse]:
        request = ListWorkflowsRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(f"{_SERVICE}/ListWorkflows", request, ListWorkflowsResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.workflows, page_token)


def list_workflow_steps(
    workflow_id: str,
    *,
    include_output: bool = False,
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListWorkflowStepsResponse, WorkflowStep]:
    """List the recorded steps of a workflow in the order of their ids, page by page as they are needed.

        for step in client.list_workflow_steps("order-7"):
            print(step.step_id, step.name, "failed" if step.failed else "done")

    Args:
        workflow_id: The workflow.
        include_output: Read what each step returned or raised as well.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same workflow.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        WorkflowNotFound: There is no such workflow.
        WorkflowControlError: Any of its other subclasses.
    """

    def page(token: str) -> Call[ListWorkflowStepsResponse]:
        request = ListWorkflowStepsRequest(
            workflow_id=workflow_id, include_output=include_output, page_size=page_size, page_token=token
        )
        return Call(f"{_SERVICE}/ListWorkflowSteps", request, ListWorkflowStepsResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.steps, page_token)

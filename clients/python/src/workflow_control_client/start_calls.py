"""The calls of the service `WorkflowControl` that start workflows, and how a workflow to start is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from google.protobuf.struct_pb2 import ListValue, Struct

from workflow_control_client.calls import Call, duration, request_key_or_new, timestamp
from workflowcontrol.v1.workflow_start_pb2 import (
    DUPLICATE_POLICY_RETURN_EXISTING,
    DUPLICATE_POLICY_UNSPECIFIED,
    Debounce,
    NewWorkflow,
    StartWorkflowRequest,
    StartWorkflowResponse,
    StartWorkflowsRequest,
    StartWorkflowsResponse,
)

_SERVICE: Final = "/workflowcontrol.v1.WorkflowControl"


def new_workflow(
    workflow_name: str,
    *args: object,
    named_args: Mapping[str, object] | None = None,
    class_name: str = "",
    config_name: str = "",
    queue_name: str = "",
    workflow_id: str = "",
    application_version: str = "",
    application_name: str = "",
    deduplication_id: str = "",
    return_existing: bool = False,
    priority: int = 0,
    queue_partition_key: str = "",
    timeout: timedelta | None = None,
    deadline: datetime | None = None,
    delay: timedelta | None = None,
    delay_until: datetime | None = None,
    authenticated_user: str = "",
    assumed_role: str = "",
    authenticated_roles: Sequence[str] = (),
    attributes: Mapping[str, object] | None = None,
    debounce: Debounce | None = None,
    python_native: bool = False,
) -> NewWorkflow:
    """Write a workflow to start, with arguments of plain Python: None, bool, int, float, str, and lists and dicts of
    them. Numbers travel as doubles, so that an integer beyond 2**53 is none any more.

        order = new_workflow("process_order", {"order_id": "order-7"}, queue_name="orders")

    Args:
        workflow_name: The name of the workflow function, as the application registers it.
        args: Its arguments.
        named_args: Its arguments by name, which only Python's workers take.
        class_name: The class that the function belongs to.
        config_name: The name of the configured instance to call the function on.
        queue_name: The queue; empty: DBOS's internal queue, which every worker serves.
        workflow_id: Its id; empty: the server derives it from the request key.
        application_version: The application version to bind it to; empty: none.
        application_name: The application that owns it; empty: whichever takes it first.
        deduplication_id: Keeps other workflows with the same id out of the same queue until this one ends.
        return_existing: If another workflow holds the id, answer with that one instead of failing.
        priority: Within the queue; lower runs first, 0 is the highest.
        queue_partition_key: The partition, which a partitioned queue requires.
        timeout: How long it may run, counted from when a worker takes it.
        deadline: When DBOS is to cancel it; an aware datetime. Not together with `timeout`.
        delay: How long workers leave it; at most one of this and `delay_until`.
        delay_until: Until when workers leave it; an aware datetime.
        authenticated_user: The user on whose behalf it runs.
        assumed_role: The role that it runs as.
        authenticated_roles: The roles of the user.
        attributes: Its attributes.
        debounce: Starts it only when no more such calls have come for a while.
        python_native: Permit arguments as a Python pickle, which is all that DBOS before 2.14 understands.

    Raises:
        ValueError: An argument is of another type, a datetime is naive, or both delays are given.
    """
    if delay is not None and delay_until is not None:
        # They are a oneof in the contract, of which protobuf would keep the last one silently.
        raise ValueError("give at most one of delay and delay_until")
    values = ListValue()
    values.extend(args)  # type: ignore[arg-type]  # Raises ValueError itself for what is no JSON.
    return NewWorkflow(
        workflow_name=workflow_name,
        class_name=class_name,
        config_name=config_name,
        queue_name=queue_name,
        workflow_id=workflow_id,
        args=values.values,
        named_args=_struct(named_args),
        application_version=application_version,
        application_name=application_name,
        deduplication_id=deduplication_id,
        duplicate_policy=DUPLICATE_POLICY_RETURN_EXISTING if return_existing else DUPLICATE_POLICY_UNSPECIFIED,
        priority=priority,
        queue_partition_key=queue_partition_key,
        timeout=duration(timeout),
        deadline=timestamp(deadline),
        delay=duration(delay),
        delay_until=timestamp(delay_until),
        authenticated_user=authenticated_user,
        assumed_role=assumed_role,
        authenticated_roles=authenticated_roles,
        attributes=_struct(attributes),
        debounce=debounce,
        python_native=python_native,
    )


def debounce(key: str, period: timedelta, *, timeout: timedelta | None = None) -> Debounce:
    """Write how calls become one workflow: those of the same key, function and queue, until none has come for `period`,
    or `timeout` is over since the first."""
    return Debounce(key=key, period=duration(period), timeout=duration(timeout))


def start_workflow(
    workflow: NewWorkflow,
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[StartWorkflowResponse]:
    """Start a workflow: put it into a queue, from where a worker takes it.

        response = client.start_workflow(new_workflow("process_order", {"order_id": "order-7"}, queue_name="orders"))
        for warning in response.warnings:
            print(warning.message)

    Args:
        workflow: The workflow, which `new_workflow()` writes.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowExists: The id is taken.
        Deduplicated: Another workflow holds the deduplication id, unless `return_existing` is set.
        QueuePartitionKeyRequired: The queue is partitioned, and the workflow has no partition key.
        SchemaCapabilityMissing: The installed DBOS has not what the workflow asks for.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = StartWorkflowRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflow=workflow,
    )
    return Call(f"{_SERVICE}/StartWorkflow", request, StartWorkflowResponse.FromString, call_timeout, request_key)


def start_workflows(
    workflows: Iterable[NewWorkflow],
    *,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[StartWorkflowsResponse]:
    """Start up to 1,000 workflows in one transaction, all or none. Workers take them in this order.

        orders = [new_workflow("process_order", order, queue_name="orders") for order in batch]
        response = client.start_workflows(orders, request_key="import-2026-01-31")

    Args:
        workflows: The workflows, which `new_workflow()` writes; none with `debounce`.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        WorkflowExists, Deduplicated, QueuePartitionKeyRequired: For the first that cannot be started; the error's
            metadata has its `index`.
        SchemaCapabilityMissing: The installed DBOS has not what a workflow asks for.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = StartWorkflowsRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        workflows=workflows,
    )
    return Call(f"{_SERVICE}/StartWorkflows", request, StartWorkflowsResponse.FromString, call_timeout, request_key)


def _struct(members: Mapping[str, object] | None) -> Struct | None:
    if members is None:
        return None
    struct = Struct()
    struct.update(members)  # type: ignore[arg-type]  # As above.
    return struct

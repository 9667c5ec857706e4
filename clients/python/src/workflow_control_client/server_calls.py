"""The calls of the service `ServerControl`: every method of both clients, declared once."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, Listing
from workflowcontrol.v1.server_control_pb2 import (
    CheckReadinessRequest,
    CheckReadinessResponse,
    GetRequestRequest,
    GetRequestResponse,
    GetServerInfoRequest,
    GetServerInfoResponse,
    ListRequestsRequest,
    ListRequestsResponse,
    RequestRecord,
)
from workflowcontrol.v1.types_pb2 import TimeRange

_SERVICE: Final = "/workflowcontrol.v1.ServerControl"


def get_request(request_key: str, *, call_timeout: timedelta | None = None) -> Call[GetRequestResponse]:
    """Read what is stored of a request key: whether the mutation was executed, and what it answered.

        record = client.get_request("cancel-order-7").request
        response = CancelWorkflowResponse()
        record.response.Unpack(response)

    Args:
        request_key: The key, one of this caller's.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        RequestNotFound: No request with that key is stored, or it has expired.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetRequestRequest(request_key=request_key)
    return Call(f"{_SERVICE}/GetRequest", request, GetRequestResponse.FromString, call_timeout)


def list_requests(
    *,
    workflow_id: str = "",
    action: str = "",
    actor: str = "",
    executed: TimeRange | None = None,
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListRequestsResponse, RequestRecord]:
    """List the journal of the caller's mutations, newest first, page by page as they are needed.

    All conditions are ANDed.

        for record in client.list_requests(workflow_id="order-7"):
            print(record.executed_at.ToDatetime(), record.actor, record.action, record.reason)

    Args:
        workflow_id: Only mutations of this workflow.
        action: Only mutations of this kind, such as `CancelWorkflow`.
        actor: Only mutations by this caller.
        executed: Only mutations executed in this range; see `time_range`.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same conditions.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        WorkflowControlError: Any of its subclasses.
    """
    # Built once: a range that the caller changes meanwhile must not change between two pages.
    conditions = ListRequestsRequest(
        workflow_id=workflow_id, action=action, actor=actor, executed=executed, page_size=page_size
    )

    def page(token: str) -> Call[ListRequestsResponse]:
        request = ListRequestsRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(f"{_SERVICE}/ListRequests", request, ListRequestsResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.requests, page_token)


def get_server_info(*, call_timeout: timedelta | None = None) -> Call[GetServerInfoResponse]:
    """Read the server's version and limits, and what the installed DBOS schema can do.

        print(client.get_server_info().dialect.migration)

    Args:
        call_timeout: The time for the call; None: as the client says.

    Raises:
        WorkflowControlError: Any of its subclasses.
    """
    return Call(f"{_SERVICE}/GetServerInfo", GetServerInfoRequest(), GetServerInfoResponse.FromString, call_timeout)


def check_readiness(*, call_timeout: timedelta | None = None) -> Call[CheckReadinessResponse]:
    """Check the server's connection, tables and privileges, now. The answer says how to mend what is amiss.

        for check in client.check_readiness().checks:
            print("ok  " if check.ok else "MISS", check.name, check.fix or check.detail)

    Args:
        call_timeout: The time for the call; None: as the client says.

    Raises:
        WorkflowControlError: Any of its subclasses.
    """
    return Call(f"{_SERVICE}/CheckReadiness", CheckReadinessRequest(), CheckReadinessResponse.FromString, call_timeout)

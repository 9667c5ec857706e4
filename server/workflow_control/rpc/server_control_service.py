"""The service ServerControl."""

from __future__ import annotations

from workflow_control.domain.queries import RequestCursor, RequestQuery
from workflow_control.operations.server import ServerOperations
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.convert_requests import read_page_size
from workflow_control.rpc.convert_server import readiness, request_record, server_info
from workflow_control.rpc.convert_times import read_datetime_range
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.interceptors.chain import Context
from workflow_control.rpc.mutations import CANCEL_OVERDUE_WORKFLOWS, COLLECT_GARBAGE, MutationPath
from workflow_control.rpc.page_tokens import PageTokens
from workflow_control.rpc.paging import fill_page
from workflow_control.rpc.server_facts import ServerFacts
from workflowcontrol.v1 import server_control_pb2 as messages
from workflowcontrol.v1 import server_control_pb2_grpc as services


class ServerControlServicer(services.ServerControlServicer):
    """Checks and converts; the operations do. Raises ControlErrors, which the interceptors answer."""

    def __init__(
        self,
        operations: ServerOperations,
        mutations: MutationPath,
        scope: str,
        facts: ServerFacts,
        max_response_bytes: int,
    ) -> None:
        self._operations = operations
        self._mutations = mutations
        self._scope = scope
        self._facts = facts
        self._max_response_bytes = max_response_bytes

    async def GetRequest(self, request: messages.GetRequestRequest, context: Context) -> messages.GetRequestResponse:
        """See the contract; likewise below."""
        CURRENT_CALL.get().request_key = request.request_key
        checks = FieldChecks()
        checks.request_key(request.request_key)
        checks.raise_any()
        stored = await self._operations.get_request(self._scope, request.request_key)
        return messages.GetRequestResponse(request=request_record(stored))

    async def ListRequests(
        self, request: messages.ListRequestsRequest, context: Context
    ) -> messages.ListRequestsResponse:
        checks = FieldChecks()
        workflow_id = checks.optional_name("workflow_id", request.workflow_id)
        action = checks.optional_name("action", request.action)
        actor = checks.optional_name("actor", request.actor)
        start, end = read_datetime_range(checks, "executed", request.executed)
        page_size = read_page_size(checks, request.page_size)
        conditions = (request.workflow_id, request.action, request.actor, request.executed)
        tokens = PageTokens("ListRequests", self._scope, *conditions)
        after = tokens.read_request(checks, request.page_token)
        checks.raise_any()
        page = await fill_page(
            lambda after, limit: self._operations.list_requests(
                RequestQuery(self._scope, limit, workflow_id, action, actor, start, end, after)
            ),
            request_record,
            lambda stored: RequestCursor(stored.executed_at, stored.request_key),
            after=after,
            page_size=page_size,
            max_response_bytes=self._max_response_bytes,
            large_items=False,
        )
        token = "" if page.next is None else tokens.write_request(page.next)
        return messages.ListRequestsResponse(requests=page.items, next_page_token=token)

    async def GetServerInfo(
        self, request: messages.GetServerInfoRequest, context: Context
    ) -> messages.GetServerInfoResponse:
        return server_info(await self._operations.info(), self._facts)

    async def CheckReadiness(
        self, request: messages.CheckReadinessRequest, context: Context
    ) -> messages.CheckReadinessResponse:
        return readiness(await self._operations.readiness())

    async def CollectGarbage(
        self, request: messages.CollectGarbageRequest, context: Context
    ) -> messages.CollectGarbageResponse:
        return await self._mutations.serve(COLLECT_GARBAGE, request, context)

    async def CancelOverdueWorkflows(
        self, request: messages.CancelOverdueWorkflowsRequest, context: Context
    ) -> messages.CancelOverdueWorkflowsResponse:
        return await self._mutations.serve(CANCEL_OVERDUE_WORKFLOWS, request, context)

"""The service BulkControl."""

from __future__ import annotations

from workflow_control.domain.bulk import BulkItemQuery, BulkOperationQuery
from workflow_control.operations.bulk import BulkOperations
from workflow_control.rpc.convert_bulk import (
    OUTCOME_BY_NUMBER,
    STATE_BY_NUMBER,
    bulk_item,
    bulk_operation,
    read_selection,
    write_preview,
)
from workflow_control.rpc.convert_queries import read_choices
from workflow_control.rpc.convert_requests import read_page_size
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.interceptors.chain import Context
from workflow_control.rpc.mutations import (
    CONTINUE_BULK_OPERATION,
    PAUSE_BULK_OPERATION,
    START_BULK_OPERATION,
    STOP_BULK_OPERATION,
    MutationPath,
)
from workflow_control.rpc.page_tokens import PageTokens
from workflow_control.rpc.paging import fill_page
from workflowcontrol.v1 import bulk_control_pb2 as messages
from workflowcontrol.v1 import bulk_control_pb2_grpc as services


class BulkControlServicer(services.BulkControlServicer):
    """Checks and converts; the operations do. Raises ControlErrors, which the interceptors answer."""

    def __init__(
        self, operations: BulkOperations, mutations: MutationPath, scope: str, max_response_bytes: int
    ) -> None:
        self._operations = operations
        self._mutations = mutations
        self._scope = scope
        self._max_response_bytes = max_response_bytes

    async def StartBulkOperation(
        self, request: messages.StartBulkOperationRequest, context: Context
    ) -> messages.StartBulkOperationResponse:
        """See the contract; likewise below."""
        response = await self._mutations.serve(START_BULK_OPERATION, request, context)
        if request.validate_only and not response.idempotency.replayed:
            preview = await self._operations.preview(read_selection(FieldChecks(), request))
            if preview is not None:
                write_preview(response.preview, preview)
        return response

    async def PauseBulkOperation(
        self, request: messages.PauseBulkOperationRequest, context: Context
    ) -> messages.PauseBulkOperationResponse:
        return await self._mutations.serve(PAUSE_BULK_OPERATION, request, context)

    async def ContinueBulkOperation(
        self, request: messages.ContinueBulkOperationRequest, context: Context
    ) -> messages.ContinueBulkOperationResponse:
        return await self._mutations.serve(CONTINUE_BULK_OPERATION, request, context)

    async def StopBulkOperation(
        self, request: messages.StopBulkOperationRequest, context: Context
    ) -> messages.StopBulkOperationResponse:
        return await self._mutations.serve(STOP_BULK_OPERATION, request, context)

    async def GetBulkOperation(
        self, request: messages.GetBulkOperationRequest, context: Context
    ) -> messages.GetBulkOperationResponse:
        checks = FieldChecks()
        checks.name("operation_id", request.operation_id)
        checks.raise_any()
        row = await self._operations.get(self._scope, request.operation_id)
        return messages.GetBulkOperationResponse(bulk_operation=bulk_operation(row))

    async def ListBulkOperations(
        self, request: messages.ListBulkOperationsRequest, context: Context
    ) -> messages.ListBulkOperationsResponse:
        checks = FieldChecks()
        states = read_choices(checks, "states", request.states, STATE_BY_NUMBER)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("ListBulkOperations", self._scope, *states)
        after = tokens.read_bulk_operation(checks, request.page_token)
        checks.raise_any()
        page = await fill_page(
            lambda after, limit: self._operations.list(BulkOperationQuery(self._scope, limit, states, after)),
            bulk_operation,
            lambda row: (row.created_at, row.operation_id),
            after=after,
            page_size=page_size,
            max_response_bytes=self._max_response_bytes,
            large_items=False,
        )
        token = "" if page.next is None else tokens.write_bulk_operation(page.next)
        return messages.ListBulkOperationsResponse(bulk_operations=page.items, next_page_token=token)

    async def ListBulkOperationItems(
        self, request: messages.ListBulkOperationItemsRequest, context: Context
    ) -> messages.ListBulkOperationItemsResponse:
        checks = FieldChecks()
        checks.name("operation_id", request.operation_id)
        outcomes = read_choices(checks, "outcomes", request.outcomes, OUTCOME_BY_NUMBER)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("ListBulkOperationItems", self._scope, request.operation_id, *outcomes)
        after = tokens.read_bulk_item(checks, request.page_token)
        checks.raise_any()
        page = await fill_page(
            lambda after, limit: self._operations.list_items(
                BulkItemQuery(self._scope, request.operation_id, limit, outcomes, after)
            ),
            bulk_item,
            lambda row: row.number,
            after=after,
            page_size=page_size,
            max_response_bytes=self._max_response_bytes,
            large_items=False,
        )
        token = "" if page.next is None else tokens.write_bulk_item(page.next)
        return messages.ListBulkOperationItemsResponse(items=page.items, next_page_token=token)

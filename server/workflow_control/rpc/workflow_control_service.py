"""The service WorkflowControl."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import cast

from workflow_control.domain.errors import ResponseTooLarge
from workflow_control.domain.queries import WorkflowCursor, WorkflowQuery
from workflow_control.domain.records import StepRow, StoredWorkflow
from workflow_control.operations.surface import Operations
from workflow_control.rpc.analysis_reads import AnalysisReads
from workflow_control.rpc.call import CURRENT_CALL
from workflow_control.rpc.communication_reads import CommunicationReads
from workflow_control.rpc.convert_queries import read_descending, read_filter, read_view
from workflow_control.rpc.convert_requests import read_page_size
from workflow_control.rpc.convert_responses import step, workflow
from workflow_control.rpc.convert_waits import read_wait
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.interceptors.chain import Context
from workflow_control.rpc.mutations import (
    CANCEL_WORKFLOW,
    DELETE_WORKFLOW,
    FORK_WORKFLOW,
    IMPORT_WORKFLOW,
    RECOVER_EXECUTOR,
    RESTART_WORKFLOW,
    RESUME_WORKFLOW,
    REWIND_WORKFLOW,
    SEND_MESSAGE,
    SEND_MESSAGES,
    SET_WORKFLOW_DELAY,
    SET_WORKFLOW_PRIORITY,
    START_WORKFLOW,
    START_WORKFLOWS,
    UPDATE_WORKFLOW_ATTRIBUTES,
    MutationPath,
)
from workflow_control.rpc.page_tokens import PageTokens
from workflow_control.rpc.paging import ItemTooLarge, fill_page
from workflow_control.rpc.waiting_reads import WaitingReads
from workflow_control.rpc.watches import Watches
from workflowcontrol.v1 import types_pb2 as types
from workflowcontrol.v1 import workflow_aggregates_pb2 as aggregates
from workflowcontrol.v1 import workflow_changes_pb2 as changes
from workflowcontrol.v1 import workflow_control_pb2 as messages
from workflowcontrol.v1 import workflow_control_pb2_grpc as services
from workflowcontrol.v1 import workflow_events_pb2 as events
from workflowcontrol.v1 import workflow_export_pb2 as exports
from workflowcontrol.v1 import workflow_messages_pb2 as inbox
from workflowcontrol.v1 import workflow_start_pb2 as starts
from workflowcontrol.v1 import workflow_tree_pb2 as trees
from workflowcontrol.v1 import workflow_waiting_pb2 as waits


class WorkflowControlServicer(services.WorkflowControlServicer):
    """Checks and converts; the operations do. Raises ControlErrors, which the interceptors answer."""

    def __init__(
        self,
        operations: Operations,
        mutations: MutationPath,
        max_response_bytes: int,
        max_watched_workflows: int,
        watch_heartbeat_s: float,
    ) -> None:
        self._operations = operations.workflows
        self._analysis = AnalysisReads(operations.analysis, max_response_bytes)
        self._communication = CommunicationReads(operations.communication, operations.following, max_response_bytes)
        self._waiting = WaitingReads(
            operations.waiting, operations.workflows, max_response_bytes, max_watched_workflows
        )
        self._watches = Watches(operations.watches, max_response_bytes, max_watched_workflows, watch_heartbeat_s)
        self._mutations = mutations
        self._max_response_bytes = max_response_bytes

    async def CancelWorkflow(
        self, request: messages.CancelWorkflowRequest, context: Context
    ) -> messages.CancelWorkflowResponse:
        """See the contract; likewise below."""
        return await self._mutations.serve(CANCEL_WORKFLOW, request, context)

    async def ResumeWorkflow(
        self, request: messages.ResumeWorkflowRequest, context: Context
    ) -> messages.ResumeWorkflowResponse:
        return await self._mutations.serve(RESUME_WORKFLOW, request, context)

    async def ForkWorkflow(
        self, request: messages.ForkWorkflowRequest, context: Context
    ) -> messages.ForkWorkflowResponse:
        return await self._mutations.serve(FORK_WORKFLOW, request, context)

    async def RestartWorkflow(
        self, request: changes.RestartWorkflowRequest, context: Context
    ) -> changes.RestartWorkflowResponse:
        return await self._mutations.serve(RESTART_WORKFLOW, request, context)

    async def RewindWorkflow(
        self, request: changes.RewindWorkflowRequest, context: Context
    ) -> changes.RewindWorkflowResponse:
        return await self._mutations.serve(REWIND_WORKFLOW, request, context)

    async def DeleteWorkflow(
        self, request: changes.DeleteWorkflowRequest, context: Context
    ) -> changes.DeleteWorkflowResponse:
        return await self._mutations.serve(DELETE_WORKFLOW, request, context)

    async def SetWorkflowDelay(
        self, request: changes.SetWorkflowDelayRequest, context: Context
    ) -> changes.SetWorkflowDelayResponse:
        return await self._mutations.serve(SET_WORKFLOW_DELAY, request, context)

    async def SetWorkflowPriority(
        self, request: changes.SetWorkflowPriorityRequest, context: Context
    ) -> changes.SetWorkflowPriorityResponse:
        return await self._mutations.serve(SET_WORKFLOW_PRIORITY, request, context)

    async def UpdateWorkflowAttributes(
        self, request: changes.UpdateWorkflowAttributesRequest, context: Context
    ) -> changes.UpdateWorkflowAttributesResponse:
        return await self._mutations.serve(UPDATE_WORKFLOW_ATTRIBUTES, request, context)

    async def StartWorkflow(
        self, request: starts.StartWorkflowRequest, context: Context
    ) -> starts.StartWorkflowResponse:
        return await self._mutations.serve(START_WORKFLOW, request, context)

    async def StartWorkflows(
        self, request: starts.StartWorkflowsRequest, context: Context
    ) -> starts.StartWorkflowsResponse:
        return await self._mutations.serve(START_WORKFLOWS, request, context)

    async def SendMessage(self, request: inbox.SendMessageRequest, context: Context) -> inbox.SendMessageResponse:
        return await self._mutations.serve(SEND_MESSAGE, request, context)

    async def SendMessages(self, request: inbox.SendMessagesRequest, context: Context) -> inbox.SendMessagesResponse:
        return await self._mutations.serve(SEND_MESSAGES, request, context)

    async def ImportWorkflow(
        self, request: exports.ImportWorkflowRequest, context: Context
    ) -> exports.ImportWorkflowResponse:
        return await self._mutations.serve(IMPORT_WORKFLOW, request, context)

    async def RecoverExecutor(
        self, request: changes.RecoverExecutorRequest, context: Context
    ) -> changes.RecoverExecutorResponse:
        return await self._mutations.serve(RECOVER_EXECUTOR, request, context)

    async def GetWorkflow(self, request: messages.GetWorkflowRequest, context: Context) -> messages.GetWorkflowResponse:
        workflow_id = CURRENT_CALL.get().workflow_id = request.workflow_id
        checks = FieldChecks()
        checks.name("workflow_id", workflow_id)
        payloads = read_view(checks, request.view, types.WORKFLOW_VIEW_FULL)
        wait = read_wait(checks, request.wait) if request.HasField("wait") else None
        checks.raise_any()
        if wait is None:
            stored = await self._operations.get(workflow_id, payloads=payloads)
        else:
            stored = await self._waiting.get(workflow_id, wait, payloads=payloads)
        response = messages.GetWorkflowResponse(workflow=workflow(stored))
        if (size := response.ByteSize()) > self._max_response_bytes:
            raise self._workflow_too_large(workflow_id, size, payloads)
        return response

    async def AwaitWorkflows(
        self, request: waits.AwaitWorkflowsRequest, context: Context
    ) -> waits.AwaitWorkflowsResponse:
        return await self._waiting.await_workflows(request)

    async def WatchWorkflows(
        self, request: waits.WatchWorkflowsRequest, context: Context
    ) -> AsyncGenerator[waits.WatchWorkflowsResponse, None]:
        async with aclosing(self._watches.watch(request)) as responses:
            async for response in responses:
                yield response

    async def ListWorkflows(
        self, request: messages.ListWorkflowsRequest, context: Context
    ) -> messages.ListWorkflowsResponse:
        checks = FieldChecks()
        selection = read_filter(checks, request.filter)
        payloads = read_view(checks, request.view, types.WORKFLOW_VIEW_BASIC)
        descending = read_descending(checks, request.order)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("ListWorkflows", request.filter, descending)
        after = tokens.read_workflow(checks, request.page_token)
        checks.raise_any()

        async def read(after: WorkflowCursor | None, limit: int) -> Sequence[StoredWorkflow]:
            return await self._operations.list(WorkflowQuery(selection, limit, descending, after, payloads))

        try:
            page = await fill_page(
                read,
                workflow,
                lambda stored: WorkflowCursor(stored.row.created_at, stored.row.workflow_id),
                after=after,
                page_size=page_size,
                max_response_bytes=self._max_response_bytes,
                large_items=payloads,
            )
        except ItemTooLarge as error:
            workflow_id = cast("StoredWorkflow", error.stored).row.workflow_id
            raise self._workflow_too_large(workflow_id, error.size, payloads) from None
        token = "" if page.next is None else tokens.write_workflow(page.next)
        return messages.ListWorkflowsResponse(workflows=page.items, next_page_token=token)

    async def ListWorkflowSteps(
        self, request: messages.ListWorkflowStepsRequest, context: Context
    ) -> messages.ListWorkflowStepsResponse:
        workflow_id = CURRENT_CALL.get().workflow_id = request.workflow_id
        include_output = request.include_output
        checks = FieldChecks()
        checks.name("workflow_id", workflow_id)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("ListWorkflowSteps", workflow_id)
        after = tokens.read_step(checks, request.page_token)
        checks.raise_any()

        async def read(after: int | None, limit: int) -> Sequence[StepRow]:
            return await self._operations.list_steps(workflow_id, after=after, limit=limit, payloads=include_output)

        try:
            page = await fill_page(
                read,
                lambda row: step(row, include_output),
                lambda row: row.step_id,
                after=after,
                page_size=page_size,
                max_response_bytes=self._max_response_bytes,
                large_items=include_output,
            )
        except ItemTooLarge as error:
            advice = f"That is step {cast('StepRow', error.stored).step_id}; list without include_output."
            raise ResponseTooLarge(workflow_id, error.size, self._max_response_bytes, advice) from None
        token = "" if page.next is None else tokens.write_step(page.next)
        return messages.ListWorkflowStepsResponse(steps=page.items, next_page_token=token)

    async def CountWorkflows(
        self, request: aggregates.CountWorkflowsRequest, context: Context
    ) -> aggregates.CountWorkflowsResponse:
        return await self._analysis.count_workflows(request)

    async def AggregateWorkflows(
        self, request: aggregates.AggregateWorkflowsRequest, context: Context
    ) -> aggregates.AggregateWorkflowsResponse:
        return await self._analysis.aggregate_workflows(request)

    async def AggregateSteps(
        self, request: aggregates.AggregateStepsRequest, context: Context
    ) -> aggregates.AggregateStepsResponse:
        return await self._analysis.aggregate_steps(request)

    async def GetWorkflowTree(
        self, request: trees.GetWorkflowTreeRequest, context: Context
    ) -> trees.GetWorkflowTreeResponse:
        return await self._analysis.get_workflow_tree(request)

    async def GetEvent(self, request: events.GetEventRequest, context: Context) -> events.GetEventResponse:
        return await self._communication.get_event(request)

    async def ListEvents(self, request: events.ListEventsRequest, context: Context) -> events.ListEventsResponse:
        return await self._communication.list_events(request)

    async def ListMessages(self, request: inbox.ListMessagesRequest, context: Context) -> inbox.ListMessagesResponse:
        return await self._communication.list_messages(request)

    async def ReadStream(
        self, request: events.ReadStreamRequest, context: Context
    ) -> AsyncGenerator[events.ReadStreamResponse, None]:
        async with aclosing(self._communication.read_stream(request)) as responses:
            async for response in responses:
                yield response

    async def ExportWorkflow(
        self, request: exports.ExportWorkflowRequest, context: Context
    ) -> exports.ExportWorkflowResponse:
        return await self._communication.export_workflow(request)

    def _workflow_too_large(self, workflow_id: str, size: int, payloads: bool) -> ResponseTooLarge:
        advice = "Ask for the BASIC view." if payloads else "Its attributes alone are too large."
        return ResponseTooLarge(workflow_id, size, self._max_response_bytes, advice)

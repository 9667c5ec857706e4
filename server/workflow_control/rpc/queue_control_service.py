"""The service QueueControl."""

from __future__ import annotations

from workflow_control.domain.limits import APPLICATION_NAMES_MAX
from workflow_control.domain.queues import QueueQuery, VersionCursor, VersionQuery
from workflow_control.operations.queues import QueueOperations
from workflow_control.rpc.convert_queues import application_version, queue
from workflow_control.rpc.convert_requests import read_page_size
from workflow_control.rpc.field_checks import FieldChecks
from workflow_control.rpc.interceptors.chain import Context
from workflow_control.rpc.mutations import (
    DELETE_QUEUE,
    REGISTER_QUEUE,
    RENAME_APPLICATION,
    SET_LATEST_APPLICATION_VERSION,
    MutationPath,
)
from workflow_control.rpc.page_tokens import PageTokens
from workflow_control.rpc.paging import fill_page
from workflowcontrol.v1 import queue_control_pb2 as messages
from workflowcontrol.v1 import queue_control_pb2_grpc as services


class QueueControlServicer(services.QueueControlServicer):
    """Checks and converts; the operations do. Raises ControlErrors, which the interceptors answer."""

    def __init__(self, operations: QueueOperations, mutations: MutationPath, max_response_bytes: int) -> None:
        self._operations = operations
        self._mutations = mutations
        self._max_response_bytes = max_response_bytes

    async def RegisterQueue(
        self, request: messages.RegisterQueueRequest, context: Context
    ) -> messages.RegisterQueueResponse:
        """See the contract; likewise below."""
        return await self._mutations.serve(REGISTER_QUEUE, request, context)

    async def DeleteQueue(self, request: messages.DeleteQueueRequest, context: Context) -> messages.DeleteQueueResponse:
        return await self._mutations.serve(DELETE_QUEUE, request, context)

    async def GetQueue(self, request: messages.GetQueueRequest, context: Context) -> messages.GetQueueResponse:
        checks = FieldChecks()
        checks.name("queue_name", request.queue_name)
        checks.raise_any()
        return messages.GetQueueResponse(queue=queue(await self._operations.get(request.queue_name)))

    async def ListQueues(self, request: messages.ListQueuesRequest, context: Context) -> messages.ListQueuesResponse:
        checks = FieldChecks()
        names = checks.names("application_names", request.application_names, APPLICATION_NAMES_MAX)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("ListQueues", *names)
        after = tokens.read_queue(checks, request.page_token)
        checks.raise_any()
        page = await fill_page(
            lambda after, limit: self._operations.list(QueueQuery(limit, names, after)),
            queue,
            lambda found: found.name,
            after=after,
            page_size=page_size,
            max_response_bytes=self._max_response_bytes,
            large_items=False,
        )
        token = "" if page.next is None else tokens.write_queue(page.next)
        return messages.ListQueuesResponse(queues=page.items, next_page_token=token)

    async def ListApplicationVersions(
        self, request: messages.ListApplicationVersionsRequest, context: Context
    ) -> messages.ListApplicationVersionsResponse:
        checks = FieldChecks()
        names = checks.names("application_names", request.application_names, APPLICATION_NAMES_MAX)
        page_size = read_page_size(checks, request.page_size)
        tokens = PageTokens("ListApplicationVersions", *names)
        after = tokens.read_version(checks, request.page_token)
        checks.raise_any()
        page = await fill_page(
            lambda after, limit: self._operations.list_versions(VersionQuery(limit, names, after)),
            application_version,
            lambda row: VersionCursor(row.timestamp, row.version_id),
            after=after,
            page_size=page_size,
            max_response_bytes=self._max_response_bytes,
            large_items=False,
        )
        token = "" if page.next is None else tokens.write_version(page.next)
        return messages.ListApplicationVersionsResponse(application_versions=page.items, next_page_token=token)

    async def GetLatestApplicationVersion(
        self, request: messages.GetLatestApplicationVersionRequest, context: Context
    ) -> messages.GetLatestApplicationVersionResponse:
        checks = FieldChecks()
        application_name = checks.optional_name("application_name", request.application_name)
        checks.raise_any()
        latest = await self._operations.latest_version(application_name)
        return messages.GetLatestApplicationVersionResponse(application_version=application_version(latest))

    async def SetLatestApplicationVersion(
        self, request: messages.SetLatestApplicationVersionRequest, context: Context
    ) -> messages.SetLatestApplicationVersionResponse:
        return await self._mutations.serve(SET_LATEST_APPLICATION_VERSION, request, context)

    async def RenameApplication(
        self, request: messages.RenameApplicationRequest, context: Context
    ) -> messages.RenameApplicationResponse:
        return await self._mutations.serve(RENAME_APPLICATION, request, context)

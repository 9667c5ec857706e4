"""The calls of the service `QueueControl`: queues, application versions, and the names of applications."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from workflow_control_client.calls import Call, Listing, duration, request_key_or_new
from workflowcontrol.v1.queue_control_pb2 import (
    ApplicationVersion,
    DeleteQueueRequest,
    DeleteQueueResponse,
    GetLatestApplicationVersionRequest,
    GetLatestApplicationVersionResponse,
    GetQueueRequest,
    GetQueueResponse,
    ListApplicationVersionsRequest,
    ListApplicationVersionsResponse,
    ListQueuesRequest,
    ListQueuesResponse,
    Queue,
    RateLimit,
    RegisterQueueRequest,
    RegisterQueueResponse,
    RenameApplicationRequest,
    RenameApplicationResponse,
    SetLatestApplicationVersionRequest,
    SetLatestApplicationVersionResponse,
)

_SERVICE: Final = "/workflowcontrol.v1.QueueControl"


def register_queue(
    queue_name: str,
    *,
    concurrency: int = 0,
    worker_concurrency: int = 0,
    rate_limit: RateLimit | None = None,
    partitioned: bool = False,
    partition_concurrency: int = 0,
    partition_worker_concurrency: int = 0,
    partition_rate_limit: RateLimit | None = None,
    polling_interval: timedelta | None = None,
    application_name: str = "",
    conflict_policy: RegisterQueueRequest.ConflictPolicy.ValueType = (
        RegisterQueueRequest.CONFLICT_POLICY_ALWAYS_UPDATE
    ),
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[RegisterQueueResponse]:
    """Register a queue that workers serve without declaring it, or replace its limits.

        client.register_queue("orders", concurrency=10, worker_concurrency=2)

    Args:
        queue_name: The queue; not one of DBOS's own, which begin with `_dbos_`.
        concurrency: How many of its workflows may run at once; 0: any number. Likewise the other limits.
        worker_concurrency: How many may run at once on each worker.
        rate_limit: How many may start in a time.
        partitioned: Whether each of its workflows must have a partition key.
        partition_concurrency, partition_worker_concurrency, partition_rate_limit: As those, for each partition.
        polling_interval: How often workers look for work; None: every second.
        application_name: Whose workers are to serve it; empty: its owner's, or if it has none, all.
        conflict_policy: What becomes of a queue that is registered.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        OwnedByAnotherApplication: It is registered for another application.
        SchemaCapabilityMissing: The installed DBOS has no registered queues, or not these limits.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = RegisterQueueRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        queue_name=queue_name,
        concurrency=concurrency,
        worker_concurrency=worker_concurrency,
        rate_limit=rate_limit,
        partitioned=partitioned,
        partition_concurrency=partition_concurrency,
        partition_worker_concurrency=partition_worker_concurrency,
        partition_rate_limit=partition_rate_limit,
        polling_interval=duration(polling_interval),
        application_name=application_name,
        conflict_policy=conflict_policy,
    )
    return Call(f"{_SERVICE}/RegisterQueue", request, RegisterQueueResponse.FromString, call_timeout, request_key)


def delete_queue(
    queue_name: str,
    *,
    allow_missing: bool = False,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[DeleteQueueResponse]:
    """Delete a queue's registration. Workflows in it stay, and wait until a worker serves a queue of that name again.

        client.delete_queue("orders", allow_missing=True)

    Args:
        queue_name: The queue.
        allow_missing: Return normally when it is not registered.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        QueueNotFound: It is not registered.
        SchemaCapabilityMissing: The installed DBOS has no registered queues.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = DeleteQueueRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        queue_name=queue_name,
        allow_missing=allow_missing,
    )
    return Call(f"{_SERVICE}/DeleteQueue", request, DeleteQueueResponse.FromString, call_timeout, request_key)


def get_queue(queue_name: str, *, call_timeout: timedelta | None = None) -> Call[GetQueueResponse]:
    """Read a queue: what is registered of it, and how many workflows are in it.

        print(client.get_queue("orders").queue.depth.enqueued, "orders wait")

    Args:
        queue_name: The queue, registered or not.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        QueueNotFound: It is not registered, and no workflow is in it.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetQueueRequest(queue_name=queue_name)
    return Call(f"{_SERVICE}/GetQueue", request, GetQueueResponse.FromString, call_timeout)


def list_queues(
    *,
    application_names: Iterable[str] = (),
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListQueuesResponse, Queue]:
    """List queues by name: the registered ones, and the others that workflows wait or run in.

        for queue in client.list_queues():
            print(queue.queue_name, queue.depth.enqueued, queue.depth.oldest_wait.ToTimedelta())

    Args:
        application_names: Only queues that any of these owns, or nobody; empty: all.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same conditions.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        SchemaCapabilityMissing: Applications are named, and the installed DBOS has none.
        DeadlineExceeded: Too many workflows wait to count them in time.
        WorkflowControlError: Any of its other subclasses.
    """
    conditions = ListQueuesRequest(application_names=application_names, page_size=page_size)

    def page(token: str) -> Call[ListQueuesResponse]:
        request = ListQueuesRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(f"{_SERVICE}/ListQueues", request, ListQueuesResponse.FromString, call_timeout)

    return Listing(page, lambda response: response.queues, page_token)


def list_application_versions(
    *,
    application_names: Iterable[str] = (),
    page_size: int = 0,
    page_token: str = "",
    call_timeout: timedelta | None = None,
) -> Listing[ListApplicationVersionsResponse, ApplicationVersion]:
    """List the versions that workers have registered, the latest first.

        for version in client.list_application_versions():
            print(version.application_version, version.latest_time.ToDatetime())

    Args:
        application_names: Only versions that any of these owns, or nobody; empty: all.
        page_size: How many to read at once; 0: the server's default.
        page_token: Where to begin: the `next_page_token` of a page of the same conditions.
        call_timeout: The time for each page; None: as the client says.

    Raises, while iterating:
        SchemaCapabilityMissing: The installed DBOS does not register versions, or no applications.
        WorkflowControlError: Any of its other subclasses.
    """
    conditions = ListApplicationVersionsRequest(application_names=application_names, page_size=page_size)

    def page(token: str) -> Call[ListApplicationVersionsResponse]:
        request = ListApplicationVersionsRequest(page_token=token)
        request.MergeFrom(conditions)
        return Call(
            f"{_SERVICE}/ListApplicationVersions", request, ListApplicationVersionsResponse.FromString, call_timeout
        )

    return Listing(page, lambda response: response.application_versions, page_token)


def get_latest_application_version(
    *, application_name: str = "", call_timeout: timedelta | None = None
) -> Call[GetLatestApplicationVersionResponse]:
    """Read the latest version: the one whose workers take workflows that are bound to none.

        print(client.get_latest_application_version().application_version.application_version)

    Args:
        application_name: Of this application, and of nobody's; empty: of all.
        call_timeout: The time for the call; None: as the client says.

    Raises:
        ApplicationVersionNotFound: None is registered.
        SchemaCapabilityMissing: The installed DBOS does not register versions, or no applications.
        WorkflowControlError: Any of its other subclasses.
    """
    request = GetLatestApplicationVersionRequest(application_name=application_name)
    return Call(
        f"{_SERVICE}/GetLatestApplicationVersion",
        request,
        GetLatestApplicationVersionResponse.FromString,
        call_timeout,
    )


def set_latest_application_version(
    application_version: str,
    *,
    application_name: str = "",
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[SetLatestApplicationVersionResponse]:
    """Make a registered version the latest, say to go back to it.

        client.set_latest_application_version("v41", reason="v42 loses orders.")

    Args:
        application_version: The version.
        application_name: The application whose version it is; empty: whoever owns it.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client.

    Raises:
        ApplicationVersionNotFound: It is not registered.
        OwnedByAnotherApplication: It is another application's.
        SchemaCapabilityMissing: The installed DBOS does not register versions, or no applications.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = SetLatestApplicationVersionRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        application_version=application_version,
        application_name=application_name,
    )
    return Call(
        f"{_SERVICE}/SetLatestApplicationVersion",
        request,
        SetLatestApplicationVersionResponse.FromString,
        call_timeout,
        request_key,
    )


def rename_application(
    new_application_name: str,
    *,
    application_name: str = "",
    adopt_unclaimed: bool = False,
    request_key: str | None = None,
    reason: str = "",
    request_ttl: timedelta | None = None,
    validate_only: bool = False,
    call_timeout: timedelta | None = None,
) -> Call[RenameApplicationResponse]:
    """Give what an application owns to another, while its workers are stopped. Repeat it until it is complete.

        while not client.rename_application("store", application_name="shop").complete:
            pass

    Args:
        new_application_name: Who gets it.
        application_name: Who has it; empty: nobody, with `adopt_unclaimed`.
        adopt_unclaimed: Give what nobody owns, too.
        request_key, reason, request_ttl, validate_only, call_timeout: As for every mutation; see the client. Each
            repetition needs a key of its own.

    Raises:
        SchemaCapabilityMissing: The installed DBOS knows no applications.
        WorkflowControlError: Any of its other subclasses.
    """
    request_key = request_key_or_new(request_key)
    request = RenameApplicationRequest(
        request_key=request_key,
        reason=reason,
        request_ttl=duration(request_ttl),
        validate_only=validate_only,
        application_name=application_name,
        new_application_name=new_application_name,
        adopt_unclaimed=adopt_unclaimed,
    )
    return Call(
        f"{_SERVICE}/RenameApplication", request, RenameApplicationResponse.FromString, call_timeout, request_key
    )

"""A DBOS release's own client, as a side of a comparison."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.differential.actions import (
    NO_SUCH_WORKFLOW,
    NOT_TERMINAL,
    WORKFLOW_EXISTS,
    Action,
    Answer,
    Cancel,
    Delete,
    Fork,
    OpenSide,
    Restart,
    Resume,
    Rewind,
    SetDelay,
    UpdateAttributes,
)
from tests.differential.release_process import ReleaseError, ReleaseProcess
from tests.fixtures.dbos_releases import DbosRelease

OpenReleaseClient = Callable[[DbosRelease], OpenSide]

_REFUSALS = {
    "DBOSNonExistentWorkflowError": NO_SUCH_WORKFLOW,
    # What fork raised before 2.29 when it found no source, and nothing else did.
    "Exception": NO_SUCH_WORKFLOW,
    # What rewind raises for a workflow that is active, and nothing else that is compared does.
    "DBOSException": NOT_TERMINAL,
    # The new row's primary key is taken.
    "IntegrityError": WORKFLOW_EXISTS,
}


class ReleaseClient:
    """The release's `DBOSClient`, connected to one database; a `Side`, and a context manager."""

    def __init__(self, process: ReleaseProcess, database_url: str) -> None:
        self._process = process
        self._database_url = database_url

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._process.call("disconnect", database_url=self._database_url)

    def act(self, action: Action) -> Answer:
        try:
            return self._act(action)
        except ReleaseError as error:
            return Answer(refusal=_REFUSALS.get(error.class_name, str(error)))

    def _act(self, action: Action) -> Answer:
        match action:
            case Cancel(workflow_id, cascade):
                self._call("cancel", workflow_id, {"cancel_children": cascade or None})
                return Answer()
            case Resume(workflow_id, queue_name):
                self._call("resume", workflow_id, {"queue_name": queue_name})
                return Answer()
            case Fork():
                options: dict[str, object] = {
                    "start_step": action.start_step,
                    "new_workflow_id": action.new_workflow_id,
                    # Without one, the client writes none: the workers of the latest version run it.
                    "application_version": action.application_version,
                    "queue_name": action.queue_name,
                    "queue_partition_key": action.queue_partition_key,
                    "timeout_seconds": action.timeout_seconds,
                    "replacement_children": dict(action.replacement_children) or None,
                }
                return Answer(new_workflow_id=str(self._call("fork", action.workflow_id, options)))
            case Restart(workflow_id, new_workflow_id, application_version, queue_name):
                # Steps count from 1 in Python: what DBOS's conductor does to restart a workflow.
                options = {
                    "start_step": 1,
                    "new_workflow_id": new_workflow_id,
                    "application_version": application_version,
                    "queue_name": queue_name,
                }
                return Answer(new_workflow_id=str(self._call("fork", workflow_id, options)))
            case Rewind():
                options = {
                    "start_step": max(1, action.start_step),
                    "application_version": action.application_version,
                    "queue_name": action.queue_name,
                    "queue_partition_key": action.queue_partition_key,
                }
                self._call("rewind", action.workflow_id, options)
                return Answer()
            case Delete(workflow_id, cascade):
                self._call("delete", workflow_id, {"delete_children": cascade or None})
                return Answer()
            case SetDelay(workflow_id, delay_until_ms):
                self._call("set_delay", workflow_id, {"delay_until_epoch_ms": delay_until_ms})
                return Answer()
            case UpdateAttributes(workflow_id, attributes, merge):
                self._process.call(
                    "update_attributes",
                    database_url=self._database_url,
                    workflow_id=workflow_id,
                    attributes=attributes,
                    **({"merge": True} if merge else {}),
                )
                return Answer()

    def _call(self, command: str, workflow_id: str, options: dict[str, object]) -> object:
        # An option that was not asked for is not passed on, since older releases have fewer.
        given = {name: value for name, value in options.items() if value is not None}
        return self._process.call(command, database_url=self._database_url, workflow_id=workflow_id, **given)

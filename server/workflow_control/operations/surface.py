"""All operations that the RPCs need, one member per concern."""

from __future__ import annotations

from dataclasses import dataclass

from workflow_control.operations.analysis import AnalysisOperations
from workflow_control.operations.bulk import BulkOperations
from workflow_control.operations.communication import CommunicationOperations
from workflow_control.operations.following import FollowingOperations
from workflow_control.operations.queues import QueueOperations
from workflow_control.operations.schedules import ScheduleOperations
from workflow_control.operations.server import ServerOperations
from workflow_control.operations.waiting import WaitingOperations
from workflow_control.operations.watches import WatchOperations
from workflow_control.operations.workflows import WorkflowOperations


@dataclass(frozen=True, slots=True)
class Operations:
    """What is behind the servicers."""

    workflows: WorkflowOperations
    analysis: AnalysisOperations
    communication: CommunicationOperations
    following: FollowingOperations
    queues: QueueOperations
    schedules: ScheduleOperations
    bulk: BulkOperations
    server: ServerOperations
    waiting: WaitingOperations
    watches: WatchOperations

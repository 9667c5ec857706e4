"""The main story: an order is cancelled while it runs, resumed and forked, each by a request key, with replays.

It is told against a running stack, and every claim in it is asserted. Which steps ran is read from the server, by the
times of the recorded steps, and from the worker's order log where that can be read.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from workflow_control.dev.narrator import Narrator, StoryError
from workflow_control_client import (
    RequestKeyReused,
    RequestPreviouslyFailed,
    WorkflowControlClient,
    WorkflowControlError,
    WorkflowNotFound,
    WorkflowStep,
)
from workflowcontrol.v1.types_pb2 import WORKFLOW_VIEW_BASIC, Workflow
from workflowcontrol.v1.workflow_control_pb2 import (
    CancelWorkflowResponse,
    ForkWorkflowResponse,
    ResumeWorkflowResponse,
)

STEPS: Final = ("reserve_stock", "charge_card", "pack", "ship", "send_receipt")
"""The steps of an order, numbered from 1: see examples/workers/python/worker.py."""
FORK_STEP: Final = 3

ErrorT = TypeVar("ErrorT", bound=WorkflowControlError)


@dataclass(frozen=True, slots=True)
class Shop:
    """Where orders can be started, and what tells which of their steps ran."""

    start_order: Callable[[str], None]
    """Puts an order of that id on the worker's queue."""
    order_log: Path | None
    """Where the worker notes each step that begins; None: it cannot be read from here."""


class OrderStory:
    """One telling, of an order of its own."""

    def __init__(self, shop: Shop, client: WorkflowControlClient, narrator: Narrator) -> None:
        self._shop = shop
        self._client = client
        self._narrator = narrator
        telling = uuid.uuid4().hex[:6]
        self._order = f"order-{telling}"
        self._witness = f"witness-{telling}"
        self._telling = telling
        self._last_step = 0
        """The step that ran when the order was cancelled."""

    def run(self) -> None:
        """Tell it all. Raises StoryError where it goes otherwise, and WorkflowControlError."""
        cancelled = self._cancel_mid_step()
        self._prove_that_the_next_step_never_ran()
        self._replay(cancelled)
        self._reuse_the_key()
        self._resume()
        self._fork()
        self._fail_and_replay()
        self._read_the_journal()

    def _cancel_mid_step(self) -> CancelWorkflowResponse:
        tell = self._narrator
        tell.chapter("An order is cancelled in the middle of a step")
        tell.sentence(f"The order {self._order} goes to a real DBOS worker: {', '.join(STEPS)}.")
        self._shop.start_order(self._order)
        self._wait_until(f"{STEPS[0]} is recorded, and the next step runs", self._order, self._recorded)
        key = self._key("cancel")
        tell.call("CancelWorkflow", self._order, key)
        response = self._client.cancel_workflow(self._order, request_key=key, reason="The customer called.")
        tell.answer(_describe(response, CancelWorkflowResponse.Outcome.Name(response.outcome)))
        tell.assert_that(
            "the order is cancelled, and this call did it",
            response.outcome == CancelWorkflowResponse.OUTCOME_CANCELLED
            and response.workflow.raw_status == "CANCELLED"
            and not response.idempotency.replayed,
        )
        self._last_step = len(self._recorded(self._order)) + 1
        tell.assert_that(f"it was in {STEPS[self._last_step - 1]}", self._last_step < len(STEPS))
        return response

    def _prove_that_the_next_step_never_ran(self) -> None:
        tell = self._narrator
        tell.chapter("The step after it never runs")
        after = STEPS[self._last_step]
        tell.sentence(
            f"A second order, started now, is the clock: once it has done two steps, the first would be in {after}."
        )
        self._shop.start_order(self._witness)
        self._wait_until(
            f"the second order has done {STEPS[1]}",
            self._witness,
            lambda order: len(self._recorded(order)) >= 2,
        )
        tell.assert_that("the first order is still CANCELLED", self._read(self._order).raw_status == "CANCELLED")
        tell.assert_that(f"{after} is not recorded of it", len(self._recorded(self._order)) <= self._last_step)
        self._assert_begun(self._order, STEPS[: self._last_step])

    def _replay(self, first: CancelWorkflowResponse) -> None:
        tell = self._narrator
        tell.chapter("The same key again is a replay")
        key = first.idempotency.request_key
        tell.call("CancelWorkflow", self._order, key)
        response = self._client.cancel_workflow(self._order, request_key=key, reason="The customer called.")
        tell.answer(_describe(response, CancelWorkflowResponse.Outcome.Name(response.outcome)))
        tell.assert_that("it is marked as a replay", response.idempotency.replayed)
        tell.assert_that("everything else is the stored answer", _without_mark(response) == _without_mark(first))

    def _reuse_the_key(self) -> None:
        tell = self._narrator
        tell.chapter("The same key for another workflow is refused")
        key = self._key("cancel")
        tell.call("CancelWorkflow", self._witness, key)
        error = self._refused(
            RequestKeyReused,
            lambda: self._client.cancel_workflow(self._witness, request_key=key, reason="The customer called."),
        )
        tell.assert_that("it is ALREADY_EXISTS", error.code.name == "ALREADY_EXISTS")
        tell.assert_that("it names the order", error.metadata["stored_workflow_id"] == self._order)

    def _resume(self) -> None:
        tell = self._narrator
        tell.chapter("The order is resumed")
        key = self._key("resume")
        tell.call("ResumeWorkflow", self._order, key)
        response = self._client.resume_workflow(self._order, request_key=key, reason="The customer called again.")
        tell.answer(_describe(response, ResumeWorkflowResponse.Outcome.Name(response.outcome)))
        tell.assert_that("it waits for a worker", response.workflow.raw_status == "ENQUEUED")
        reserved = self._steps(self._order)[0]
        self._wait_until("it completes", self._order, self._is_successful)
        tell.assert_that("all steps are recorded", self._recorded(self._order)[: len(STEPS)] == list(STEPS))
        tell.assert_that(f"{STEPS[0]} was not run again", self._steps(self._order)[0] == reserved)
        self._wait_until(
            "the second order completes too: the refused call did nothing to it", self._witness, self._is_successful
        )

        tell.sentence("The cancellation's key still answers what it answered then, and cancels nothing.")
        key = self._key("cancel")
        tell.call("CancelWorkflow", self._order, key)
        replay = self._client.cancel_workflow(self._order, request_key=key, reason="The customer called.")
        tell.answer(_describe(replay, CancelWorkflowResponse.Outcome.Name(replay.outcome)))
        tell.assert_that(
            "it is a replay, and the order is still SUCCESS",
            replay.idempotency.replayed
            and replay.workflow.raw_status == "CANCELLED"
            and self._read(self._order).raw_status == "SUCCESS",
        )

    def _fork(self) -> None:
        tell = self._narrator
        tell.chapter(f"The order is forked from step {FORK_STEP}")
        key = self._key("fork")
        tell.call("ForkWorkflow", self._order, key)
        response = self._client.fork_workflow(self._order, start_step=FORK_STEP, request_key=key)
        fork = response.workflow.workflow_id
        tell.answer(_describe(response, f"{response.copied_step_count} steps copied"))
        again = self._client.fork_workflow(self._order, start_step=FORK_STEP, request_key=key)
        tell.assert_that("a replay makes no second fork", again.workflow.workflow_id == fork)
        self._wait_until("the fork completes", fork, self._is_successful)
        self._show_what_ran(response)

    def _show_what_ran(self, response: ForkWorkflowResponse) -> None:
        tell = self._narrator
        fork = response.workflow.workflow_id
        source_steps, fork_steps = self._steps(self._order)[: len(STEPS)], self._steps(fork)[: len(STEPS)]
        forked_at = response.workflow.create_time.ToNanoseconds()
        ran = [step.start_time.ToNanoseconds() >= forked_at for step in fork_steps]
        rows = [
            (str(step.step_id), step.name, "ran" if again else "copied")
            for step, again in zip(fork_steps, ran, strict=True)
        ]
        tell.table(("   step", "name", "in the fork"), [(f"   {number}", name, what) for number, name, what in rows])
        copied = FORK_STEP - 1
        tell.assert_that(
            f"steps 1 to {copied} were copied, times and all", fork_steps[:copied] == source_steps[:copied]
        )
        tell.assert_that(
            f"steps {FORK_STEP} to {len(STEPS)} ran again, and no other",
            ran == [number >= FORK_STEP for number in range(1, len(STEPS) + 1)],
        )
        self._assert_begun(fork, STEPS[copied:])

    def _fail_and_replay(self) -> None:
        tell = self._narrator
        tell.chapter("A failed request stays failed")
        missing, key = f"no-such-{self._order}", self._key("mistake")
        tell.call("CancelWorkflow", missing, key)
        error = self._refused(WorkflowNotFound, lambda: self._client.cancel_workflow(missing, request_key=key))
        tell.assert_that("it is NOT_FOUND", error.code.name == "NOT_FOUND")
        tell.call("CancelWorkflow", missing, key)
        replay = self._refused(RequestPreviouslyFailed, lambda: self._client.cancel_workflow(missing, request_key=key))
        tell.assert_that(
            "its replay is FAILED_PRECONDITION with the first answer's code",
            replay.code.name == "FAILED_PRECONDITION" and replay.metadata["original_code"] == "NOT_FOUND",
        )

    def _read_the_journal(self) -> None:
        tell = self._narrator
        tell.chapter("The journal has it all, once")
        records = list(self._client.list_requests(workflow_id=self._order))
        tell.table(
            ("   time", "action", "key", "reason"),
            [
                (f"   {record.executed_at.ToDatetime():%H:%M:%S}", record.action, record.request_key, record.reason)
                for record in records
            ],
        )
        tell.assert_that(
            "one entry for each mutation of the order, newest first",
            [record.action for record in records] == ["ForkWorkflow", "ResumeWorkflow", "CancelWorkflow"],
        )

    def _refused(self, expected: type[ErrorT], call: Callable[[], object]) -> ErrorT:
        """Make a call that must be refused so, and show it."""
        try:
            call()
        except expected as error:
            self._narrator.refusal(error)
            return error
        raise StoryError(f"the call is refused as {expected.__name__}")

    def _wait_until(self, claim: str, workflow_id: str, holds: Callable[[str], object]) -> None:
        """Wait until something holds of a workflow; say how far it is when that takes too long."""
        try:
            self._narrator.wait_until(claim, lambda: holds(workflow_id))
        except StoryError as error:
            recorded = ", ".join(self._recorded(workflow_id)) or "no step"
            status = self._read(workflow_id).raw_status
            raise StoryError(f"{error}; {workflow_id} is {status}, and has recorded {recorded}") from error

    def _is_successful(self, workflow_id: str) -> bool:
        return self._read(workflow_id).raw_status == "SUCCESS"

    def _key(self, purpose: str) -> str:
        return f"{purpose}-{self._telling}"

    def _read(self, workflow_id: str) -> Workflow:
        return self._client.get_workflow(workflow_id, view=WORKFLOW_VIEW_BASIC).workflow

    def _steps(self, workflow_id: str) -> list[WorkflowStep]:
        return list(self._client.list_workflow_steps(workflow_id))

    def _recorded(self, workflow_id: str) -> list[str]:
        return [step.name for step in self._steps(workflow_id)]

    def _assert_begun(self, workflow_id: str, steps: Sequence[str]) -> None:
        """Assert by the worker's own log, if it is here, that exactly these steps of a workflow have begun."""
        if self._shop.order_log is None:
            return
        lines = [line.split() for line in self._shop.order_log.read_text().splitlines()]
        begun = [step for order, step in lines if order == workflow_id]
        self._narrator.assert_that(f"the worker's own log says so: {', '.join(begun)}", begun == list(steps))


def _describe(response: CancelWorkflowResponse | ResumeWorkflowResponse | ForkWorkflowResponse, outcome: str) -> str:
    workflow = response.workflow
    outcome = outcome.removeprefix("OUTCOME_")
    replayed = "replayed" if response.idempotency.replayed else "executed"
    return f"{outcome} · {workflow.workflow_id} is {workflow.raw_status} · {replayed}"


def _without_mark(response: CancelWorkflowResponse) -> CancelWorkflowResponse:
    """Return the response but for whether it is a replay."""
    stored = CancelWorkflowResponse()
    stored.CopyFrom(response)
    stored.idempotency.replayed = False
    return stored

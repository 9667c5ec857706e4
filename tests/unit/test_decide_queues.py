"""What becomes of queues and versions, case by case; the tests of each RPC and of each release have the rest."""

from __future__ import annotations

import pytest

from tests.fixtures.domain_rows import NOW_MS
from workflow_control.domain.capabilities import Capability
from workflow_control.domain.changes import DeleteQueueChange, LatestVersionChange, RegisterQueueChange
from workflow_control.domain.commands import (
    Command,
    DeleteQueue,
    RegisterQueue,
    RenameApplication,
    SetLatestApplicationVersion,
    runs_alone,
    touched_ids,
)
from workflow_control.domain.decide import Decision, decide
from workflow_control.domain.errors import (
    ApplicationVersionNotFound,
    OwnedByAnotherApplication,
    QueueNotFound,
    SchemaCapabilityMissing,
)
from workflow_control.domain.facts import Facts, Findings, QueueFindings, VersionFindings
from workflow_control.domain.outcomes import LatestVersionOutcome, RegisterQueueOutcome
from workflow_control.domain.queues import QueueLimits, QueueRow, RateLimit, VersionRow

EVERYTHING = frozenset(Capability)
LIMITS = QueueLimits(concurrency=10, rate_limit=RateLimit(5, 1500))
EXISTING = QueueLimits(concurrency=2, partitioned=True).row("packing", "shop", 1, 2)
NOBODYS = EXISTING._replace(application_name=None)


def decided(command: Command, findings: Findings, lacking: Capability | None = None) -> Decision:
    return decide(command, Facts(None, NOW_MS, EVERYTHING - {lacking}, findings))


def register(existing: QueueRow | None, **options: object) -> Decision:
    return decided(RegisterQueue("packing", LIMITS, **options), QueueFindings(existing))  # type: ignore[arg-type]  # Typed by name only.


@pytest.mark.parametrize("update_existing", [True, False])
def test_a_new_queue_is_inserted(update_existing: bool) -> None:
    change = register(None, application_name="shop", update_existing=update_existing).change
    row = LIMITS.row("packing", "shop", NOW_MS, NOW_MS)
    assert change == RegisterQueueChange(row, is_new=True)
    assert (row.rate_limit_max, row.rate_limit_period_s, row.partitioned) == (5, 1.5, False)


@pytest.mark.parametrize(
    ("existing", "application_name", "owner"),
    [(EXISTING, None, "shop"), (EXISTING, "shop", "shop"), (NOBODYS, None, None), (NOBODYS, "bank", "bank")],
)
def test_an_update_keeps_the_owner_or_claims(
    existing: QueueRow, application_name: str | None, owner: str | None
) -> None:
    decision = register(existing, application_name=application_name)
    row = LIMITS.row("packing", owner, existing.created_at, NOW_MS)
    assert decision.change == RegisterQueueChange(row, is_new=False)
    assert isinstance(decision.outcome, RegisterQueueOutcome)
    assert decision.outcome.queue == row


@pytest.mark.parametrize("update_existing", [True, False])
def test_another_applications_queue_stays(update_existing: bool) -> None:
    decision = register(EXISTING, application_name="bank", update_existing=update_existing)
    assert isinstance(decision.outcome, OwnedByAnotherApplication)
    assert decision.change is None


@pytest.mark.parametrize(
    "limits",
    [
        QueueLimits(partition_concurrency=1),
        QueueLimits(partition_worker_concurrency=1),
        QueueLimits(partition_rate_limit=RateLimit(1, 1)),
    ],
)
def test_partition_limits_partition_and_need_their_columns(limits: QueueLimits) -> None:
    assert limits.row("packing", None, 1, 1).partitioned
    with pytest.raises(SchemaCapabilityMissing):
        decided(RegisterQueue("packing", limits), QueueFindings(None), Capability.PARTITION_LIMITS)


def test_a_partitioned_queue_without_them_needs_nothing() -> None:
    command = RegisterQueue("packing", QueueLimits(partitioned=True))
    change = decided(command, QueueFindings(None), Capability.PARTITION_LIMITS).change
    assert isinstance(change, RegisterQueueChange)
    assert change.row.partitioned


def test_a_deletion_needs_a_queue_unless_it_may_be_missing() -> None:
    assert decided(DeleteQueue("packing"), QueueFindings(EXISTING)).change == DeleteQueueChange("packing")
    assert isinstance(decided(DeleteQueue("packing"), QueueFindings(None)).outcome, QueueNotFound)
    assert decided(DeleteQueue("packing", allow_missing=True), QueueFindings(None)).change is None


def version(version_id: str, owner: str | None, timestamp: int = 5) -> VersionRow:
    return VersionRow(version_id, "v1", timestamp, 1, owner)


@pytest.mark.parametrize(
    ("versions", "application_name", "chosen", "owner"),
    [
        ([version("a", None)], None, "a", None),
        ([version("a", None)], "shop", "a", "shop"),
        ([version("a", None, 9), version("b", "shop")], "shop", "b", "shop"),
        ([version("a", "bank", 9), version("b", "shop")], "shop", "b", "shop"),
        ([version("a", "bank", 9), version("b", "shop")], None, "a", "bank"),
    ],
)
def test_the_version_that_becomes_the_latest(
    versions: list[VersionRow], application_name: str | None, chosen: str, owner: str | None
) -> None:
    decision = decided(SetLatestApplicationVersion("v1", application_name), VersionFindings(versions))
    assert decision.change == LatestVersionChange(chosen, NOW_MS, owner)
    assert isinstance(decision.outcome, LatestVersionOutcome)
    assert (decision.outcome.version.timestamp, decision.outcome.version.application_name) == (NOW_MS, owner)


def test_a_version_that_is_not_there_or_anothers_is_refused() -> None:
    command = SetLatestApplicationVersion("v1", "shop")
    assert isinstance(decided(command, VersionFindings([])).outcome, ApplicationVersionNotFound)
    assert isinstance(decided(command, VersionFindings([version("a", "bank")])).outcome, OwnedByAnotherApplication)


@pytest.mark.parametrize(
    ("command", "capability"),
    [
        (RegisterQueue("packing", LIMITS), Capability.REGISTERED_QUEUES),
        (RegisterQueue("packing", LIMITS, "shop"), Capability.APPLICATION_NAME),
        (DeleteQueue("packing"), Capability.REGISTERED_QUEUES),
        (SetLatestApplicationVersion("v1"), Capability.APPLICATION_VERSIONS),
        (SetLatestApplicationVersion("v1", "shop"), Capability.APPLICATION_NAME),
        (RenameApplication("shop", "store"), Capability.APPLICATION_NAME),
    ],
)
def test_they_need_their_columns_and_run_alone(command: Command, capability: Capability) -> None:
    with pytest.raises(SchemaCapabilityMissing, match=capability.first_release.replace(".", r"\.")):
        decided(command, None, capability)
    assert runs_alone(command)
    assert touched_ids(command) == ()

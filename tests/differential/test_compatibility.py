"""Which RPC works on which DBOS release: asked of the server, on each release's schema, and told in a document.

`make test-compat` asks on all releases and writes docs/compatibility.md; every other run holds what it sees against it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import grpc
import pytest
from google.protobuf.message import Message

from tests.differential.compatibility_table import Table, read_table
from tests.differential.features import FEATURES, Feature
from tests.fixtures.dbos_releases import RELEASES, DbosRelease
from tests.fixtures.rpc_errors import Refusal, read_refusal
from tests.fixtures.rpc_server import METHODS, RunningServer
from tests.rpc.contract_methods import CONTRACT
from workflow_control.domain.capabilities import Capability

_DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "compatibility.md"
_TIMEOUT_S: Final = 20


@pytest.mark.parametrize("feature", FEATURES, ids=str)
def test_feature(
    rpc_server: RunningServer,
    dbos_release: DbosRelease,
    feature: Feature,
    record_property: Callable[[str, object], None],
    pytestconfig: pytest.Config,
) -> None:
    """An RPC succeeds, or is refused for want of a capability that a later release brings."""
    refusal = _refusal(rpc_server, feature.request(rpc_server))

    needed = ""
    if refusal is not None:
        assert refusal.reason == "SCHEMA_CAPABILITY_MISSING", refusal
        needed = refusal.metadata["capability"]
        [capability] = [each for each in Capability if each.label == needed]
        assert dbos_release < DbosRelease.parse(capability.first_release)
    record_property("compatibility", (str(feature), dbos_release.version, needed))
    if not pytestconfig.getoption("--all-releases"):
        assert _table().needed(str(feature), dbos_release.version) == needed, "run `make test-compat`"


def test_the_document_has_every_rpc_and_release(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--all-releases"):
        pytest.skip("this run writes the document")
    table = _table()
    assert table.features == [str(feature) for feature in FEATURES]
    assert table.releases == [release.version for release in RELEASES]
    assert {feature.rpc for feature in FEATURES} == {method.name for method in CONTRACT.values()}


def _refusal(server: RunningServer, request: Message) -> Refusal | None:
    method = METHODS[request.DESCRIPTOR.full_name]
    if not method.server_streaming:
        return server.call(request).refusal
    rpc: Any = server.channel.unary_stream(f"/{method.containing_service.full_name}/{method.name}")
    call = rpc(request.SerializeToString(), timeout=_TIMEOUT_S)
    try:
        # The first response tells; some streams have no last one.
        assert next(iter(call), None) is not None
    except grpc.RpcError:
        return read_refusal(call)
    call.cancel()
    return None


def _table() -> Table:
    return read_table(_DOCUMENT.read_text(encoding="utf-8"))

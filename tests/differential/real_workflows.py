"""Runs real workflows with a DBOS release, and ends as a worker does that crashes.

Runs inside that release's virtual environment, with nothing but `dbos` and the standard library, on
every release from 2.11.0 on. Usage: real_workflows.py DATABASE_URL ENDING=WORKFLOW_ID...

The endings are `success`, `error`, `pending` (it waits for a message), `cancelled` (while it waits)
and `enqueued` (in a queue that no worker serves). A line `ready` on stdout says that all are there;
the program ends right after, without leave.
"""

import os
import sys
import threading
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

APPLICATION_VERSION = "version-1"
_WAIT_TIMEOUT_S = 60
_is_waiting = threading.Event()
"""Set by a workflow that is about to wait for its message."""


@DBOS.step()
def reserve(item: str) -> dict[str, Any]:
    return {"item": item, "count": 2}


@DBOS.step()
def charge(item: str) -> None:
    raise ValueError(f"no money for {item}")


@DBOS.workflow()
def ship(item: str) -> str:
    return str(reserve(item)["item"])


@DBOS.workflow()
def order(item: str, ending: str) -> str:
    reserve(item)
    DBOS.set_event("progress", 1)
    DBOS.write_stream("log", {"reserved": item})
    child = DBOS.start_workflow(ship, item)
    child.get_result()
    try:
        charge(item)
    except ValueError:
        if ending == "error":
            raise
    DBOS.set_event("progress", 2)
    DBOS.write_stream("log", "shipped")
    if ending in ("pending", "cancelled"):
        _is_waiting.set()
        DBOS.recv("more", timeout_seconds=3600)
    DBOS.close_stream("log")
    return item


def _launch(database_url: str) -> None:
    config: dict[str, Any] = {
        "name": "shop",
        "system_database_url": database_url,
        "application_version": APPLICATION_VERSION,
        "executor_id": "executor-1",
    }
    # The admin server, gone in 3.0, would want a fixed port.
    if "run_admin_server" in DBOSConfig.__annotations__:
        config["run_admin_server"] = False
    DBOS(config=config)  # type: ignore[arg-type]  # Its keys differ from release to release.
    DBOS.launch()


def _bring_about(client: DBOSClient, ending: str, workflow_id: str) -> None:
    if ending == "enqueued":
        client.enqueue(
            {
                "workflow_name": "order",
                "queue_name": "nobody-serves-it",
                "workflow_id": workflow_id,
                "deduplication_id": workflow_id,
                "priority": 5,
                "workflow_timeout": 90,
            },
            "lamp",
            ending,
        )
        return
    with SetWorkflowID(workflow_id):
        handle = DBOS.start_workflow(order, "lamp", ending)
    if ending == "success":
        handle.get_result()
        return
    if ending == "error":
        try:
            handle.get_result()
        except ValueError:
            return
        raise RuntimeError(f"{workflow_id} should have failed")
    if not _is_waiting.wait(_WAIT_TIMEOUT_S):
        raise RuntimeError(f"{workflow_id} does not wait for its message after {_WAIT_TIMEOUT_S} s")
    _is_waiting.clear()
    if ending == "cancelled":
        client.cancel_workflow(workflow_id)


def main(database_url: str, *orders: str) -> None:
    _launch(database_url)
    client = DBOSClient(system_database_url=database_url)
    for ending, workflow_id in (each.split("=", 1) for each in orders):
        _bring_about(client, ending, workflow_id)
    print("ready", flush=True)
    # No thread may get to write another line.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Runs a workflow that talks, with a DBOS release, and ends as a worker does that crashes.

Runs inside that release's virtual environment, with nothing but `dbos` and the standard library, on
every release from 2.11.0 on. Usage: real_communication.py DATABASE_URL WORKFLOW_ID.

The workflow sets events, writes to streams of which it closes one, starts a child that starts one of
its own, and receives a message without a topic and one with; others wait in its inbox. A line `ready`
on stdout says that all is there; the program ends right after, without leave.
"""

import inspect
import os
import sys
import threading
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, SetWorkflowID

_WAIT_TIMEOUT_S = 60
_has_said_all = threading.Event()
"""Set by the workflow when it waits for what never comes."""


@DBOS.step()
def measure(weight: float) -> dict[str, Any]:
    return {"weight": weight, "unit": None}


@DBOS.workflow()
def weigh(weight: float) -> float:
    DBOS.set_event("weight", weight)
    return float(measure(weight)["weight"])


@DBOS.workflow()
def pack(weight: float) -> float:
    DBOS.write_stream("log", weight)
    return float(DBOS.start_workflow(weigh, weight).get_result())


@DBOS.workflow()
def talk(item: str) -> str:
    DBOS.set_event("progress", {"percent": 1, "näme": [None, True, 1.5, item]})
    DBOS.set_event("progress", 2)
    DBOS.set_event("nothing", None)
    DBOS.set_event("päth/to :: it", "x" * 5000)
    for value in ({"a": [1, 2]}, "second", None, 4.5):
        DBOS.write_stream("log", value)
    DBOS.write_stream("open", ["still"])
    DBOS.close_stream("log")
    DBOS.write_stream("open", "open")
    _say_it_portably(item)
    DBOS.start_workflow(pack, 2.5).get_result()
    DBOS.recv(timeout_seconds=_WAIT_TIMEOUT_S)
    DBOS.recv("approval", timeout_seconds=_WAIT_TIMEOUT_S)
    _has_said_all.set()
    DBOS.recv("never", timeout_seconds=3600)
    return item


def _say_it_portably(item: str) -> None:
    """Speaks the language of all runtimes, where the release can."""
    if "serialization_type" not in inspect.signature(DBOS.set_event).parameters:
        return
    from dbos import WorkflowSerializationFormat

    portable: Any = {"serialization_type": WorkflowSerializationFormat.PORTABLE}
    DBOS.set_event("portable", {"item": item, "count": 2, "none": None}, **portable)
    DBOS.write_stream("portable", {"item": item}, **portable)
    DBOS.close_stream("portable")


def main(database_url: str, workflow_id: str) -> None:
    config: dict[str, Any] = {
        "name": "shop",
        "system_database_url": database_url,
        "application_version": "version-1",
        "executor_id": "executor-1",
    }
    # The admin server, gone in 3.0, would want a fixed port.
    if "run_admin_server" in DBOSConfig.__annotations__:
        config["run_admin_server"] = False
    DBOS(config=config)  # type: ignore[arg-type]  # Its keys differ from release to release.
    DBOS.launch()
    client = DBOSClient(system_database_url=database_url)
    with SetWorkflowID(workflow_id):
        DBOS.start_workflow(talk, "lamp")
    for message, topic in (({"n": 1}, None), ("yes", "approval"), ([2], None), ("no", "approval"), (None, "unread")):
        client.send(workflow_id, message, topic)
    if not _has_said_all.wait(_WAIT_TIMEOUT_S):
        raise RuntimeError(f"{workflow_id} has not said all after {_WAIT_TIMEOUT_S} s")
    print("ready", flush=True)
    # No thread may get to write another line.
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Lets a test drive one DBOS release through its own client.

Runs inside that release's virtual environment, with nothing but `dbos` and the standard library,
on every release from 2.11.0 on. Reads one JSON command per line on stdin and answers each with one
JSON line on stdout: `{"result": ...}`, or `{"error": class name, "message": text}` if it failed.

A command is `{"command": name, "database_url": url, ...its arguments}`. Arguments that this
release's client does not know are an error of class TypeError, never ignored; `describe` says
which it knows.
"""

import inspect
import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime
from importlib.metadata import version
from itertools import islice
from logging import getLogger
from types import SimpleNamespace
from typing import Any, TextIO

from dbos import DBOSClient, SetWorkflowID
from dbos.cli.migration import run_dbos_database_migrations

_clients: dict[str, DBOSClient] = {}


def _call_client(database_url: str, method: str, *arguments: object, **options: object) -> object:
    # By name, since the releases' methods differ in their options.
    return getattr(_client(database_url), method)(*arguments, **options)


def _client(database_url: str) -> Any:  # noqa: ANN401 - Another class in each release.
    """Returns the connected client; what it has differs between the releases."""
    if database_url not in _clients:
        _clients[database_url] = DBOSClient(system_database_url=database_url)
    return _clients[database_url]


def describe() -> dict[str, Any]:
    """Returns this release's version and, by command, the options that its client has."""
    methods = {
        "cancel": "cancel_workflow",
        "resume": "resume_workflow",
        "fork": "fork_workflow",
        "list_workflows": "list_workflows",
    }
    return {
        "version": version("dbos"),
        "options": {command: _options(method) for command, method in methods.items()},
    }


def _options(method: str) -> list[str]:
    parameters = inspect.signature(getattr(DBOSClient, method)).parameters.values()
    return sorted(each.name for each in parameters if each.kind is each.KEYWORD_ONLY)


def migrate(database_url: str) -> None:
    """Creates DBOS's schema as this release's `dbos migrate` does."""
    run_dbos_database_migrations(database_url)


def cancel(database_url: str, workflow_id: str, **options: object) -> None:
    _call_client(database_url, "cancel_workflow", workflow_id, **options)


def resume(database_url: str, workflow_id: str, **options: object) -> None:
    _call_client(database_url, "resume_workflow", workflow_id, **options)


def fork(
    database_url: str,
    workflow_id: str,
    start_step: int,
    new_workflow_id: str | None = None,
    **options: object,
) -> str:
    """Returns the new workflow's id; without `new_workflow_id`, DBOS makes one up."""
    with SetWorkflowID(new_workflow_id) if new_workflow_id else nullcontext():
        handle: Any = _call_client(database_url, "fork_workflow", workflow_id, start_step, **options)
    return str(handle.get_workflow_id())


def rewind(database_url: str, workflow_id: str, **options: object) -> None:
    _call_client(database_url, "rewind_workflow", workflow_id, **options)


def delete(database_url: str, workflow_id: str, **options: object) -> None:
    if hasattr(DBOSClient, "delete_workflow"):
        _call_client(database_url, "delete_workflow", workflow_id, **options)
    else:
        # Before 2.15 only the conductor could ask for it, which called this.
        _client(database_url)._sys_db.delete_workflows([workflow_id])


def set_delay(database_url: str, workflow_id: str, delay_until_epoch_ms: int) -> None:
    _call_client(database_url, "set_workflow_delay", workflow_id, delay_until_epoch_ms=delay_until_epoch_ms)


def update_attributes(
    database_url: str, workflow_id: str, attributes: dict[str, Any] | None, **options: object
) -> None:
    _call_client(database_url, "update_workflow_attributes", workflow_id, attributes, **options)


def list_workflows(database_url: str, **filters: object) -> list[dict[str, Any]]:
    """Returns what the release shows of each workflow, but for its payloads."""
    listed: Any = _call_client(database_url, "list_workflows", load_input=False, load_output=False, **filters)
    return [{name: value for name, value in vars(each).items() if name not in _PAYLOADS} for each in listed]


def list_workflow_steps(database_url: str, workflow_id: str) -> list[dict[str, Any]]:
    """Returns what the release shows of each step, but for its payloads; instead, whether it `failed`."""
    listed: Any = _call_client(database_url, "list_workflow_steps", workflow_id)
    return [
        {"failed": step["error"] is not None, **{name: value for name, value in step.items() if name not in _PAYLOADS}}
        for step in listed
    ]


def aggregate(database_url: str, method: str, **options: object) -> list[dict[str, Any]]:
    """Returns groups of workflows or of steps, as the release's system database counts them; its client does not."""
    _call_client(database_url, "list_workflows", limit=1)  # Connects.
    groups: Any = getattr(_clients[database_url]._sys_db, method)(**options)
    return [dict(group) for group in groups]


def enqueue(database_url: str, workflow_id: str, workflow_name: str, queue_name: str, argument: object) -> None:
    """Puts a workflow that takes one argument on a queue."""
    options = {"workflow_id": workflow_id, "workflow_name": workflow_name, "queue_name": queue_name}
    _call_client(database_url, "enqueue", options, argument)


def start(
    database_url: str,
    options: dict[str, Any],
    args: list[object],
    named_args: dict[str, object],
    debounce: tuple[str, float, float | None] | None,
    *,
    portable: bool,
) -> str:
    """Puts a workflow on a queue with any of the client's options, or debounces it by (key, period, timeout).

    Returns the id of the workflow that the client got.
    """
    if portable:
        from dbos import WorkflowSerializationFormat  # Not every release has it.

        options = {**options, "serialization_type": WorkflowSerializationFormat.PORTABLE}
    if debounce is None:
        handle: Any = _call_client(database_url, "enqueue", options, *args, **named_args)
        return str(handle.get_workflow_id())
    from dbos import DebouncerClient  # Likewise.

    key, period, timeout = debounce
    _call_client(database_url, "list_workflows", limit=1)  # Connects.
    client: Any = DebouncerClient  # Whose options are a typed dictionary.
    debouncer = client(_clients[database_url], options, debounce_timeout_sec=timeout)
    return str(debouncer.debounce(key, period, *args, **named_args).get_workflow_id())


def send(database_url: str, workflow_id: str, message: object, topic: str) -> None:
    _call_client(database_url, "send", workflow_id, message, topic)


def send_all(database_url: str, messages: list[dict[str, Any]], portable: bool, to_forks: bool = False) -> None:
    """Sends messages of `destination_id`, `message`, `topic` and `idempotency_key`: one, or several all or none."""
    if not portable:
        options: dict[str, Any] = {}
    else:
        # Not before 2.14.
        from dbos import WorkflowSerializationFormat

        options = {"serialization_type": WorkflowSerializationFormat.PORTABLE}
    if to_forks:
        options["send_to_forks"] = True
    if len(messages) == 1:
        _call_client(database_url, "send", **messages[0], **options)
    else:
        from dbos import SendMessage  # Not before 2.23.

        _call_client(database_url, "send_bulk", [SendMessage(**message) for message in messages], **options)


def recover(database_url: str, executor_ids: list[str], application_version: str) -> None:
    """Recovers what workers left PENDING as a worker of this release does, but for what older ones run at once."""
    system_database = _client(database_url)._sys_db
    for executor_id in executor_ids:
        for pending in system_database.get_pending_workflows(executor_id, application_version):
            workflow_id = getattr(pending, "workflow_id", None) or pending.workflow_uuid
            if hasattr(system_database, "reenqueue_for_recovery"):
                system_database.reenqueue_for_recovery(workflow_id, executor_ids, "_dbos_internal_queue")
            else:
                system_database.clear_queue_assignment(workflow_id)


def export_workflow(database_url: str, workflow_id: str) -> object:
    """Returns the workflow and its descendants, as releases before 3.3 export them."""
    return _client(database_url)._sys_db.export_workflow(workflow_id, export_children=True)


def import_workflow(database_url: str, workflows: list[Any]) -> None:
    _client(database_url)._sys_db.import_workflow(workflows)


def get_event(database_url: str, workflow_id: str, key: str, timeout_seconds: float = 0) -> object:
    """Returns the event's value; None when it is not set in time."""
    return _call_client(database_url, "get_event", workflow_id, key, timeout_seconds)


def read_stream(database_url: str, workflow_id: str, key: str, at_most: int) -> list[object]:
    """Returns the stream's first values; waits for them while the workflow is not complete."""
    values: Any = _call_client(database_url, "read_stream", workflow_id, key)
    return list(islice(values, at_most))


def ask_system_database(database_url: str, method: str, **arguments: object) -> object:
    """Returns what the release's system database says of something that its client does not offer."""
    _call_client(database_url, "list_workflows", limit=1)  # Connects.
    answer: object = getattr(_clients[database_url]._sys_db, method)(**arguments)
    return answer


def control_queues(database_url: str, method: str, arguments: list[object], **options: object) -> None:
    """Changes queues, versions or owners by that method of the client."""
    _call_client(database_url, method, *arguments, **options)


def list_queues(database_url: str) -> list[dict[str, Any]]:
    """Returns what the release shows of each queue."""
    attributes = ("name", "concurrency", "worker_concurrency", "limiter", "polling_interval_sec")
    return [{name: getattr(each, name) for name in attributes} for each in _client(database_url).list_queues()]


def list_versions(database_url: str) -> list[dict[str, Any]]:
    """Returns what the release shows of each application version, the latest first."""
    return [dict(each) for each in _client(database_url).list_application_versions()]


def collect_garbage(database_url: str, cutoff_ms: int | None, keep_newest: int | None) -> None:
    """Deletes what is kept no longer, as releases before 3.3 do when they are told to."""
    _commands().garbage_collect(_like_a_worker(database_url), cutoff_ms, keep_newest)


def cancel_overdue(database_url: str, cutoff_ms: int) -> None:
    """Cancels what is active and older, likewise."""
    _commands().global_timeout(_like_a_worker(database_url), cutoff_ms)


def _commands() -> Any:  # noqa: ANN401 - Not every release has what is asked of it.
    from dbos import _workflow_commands

    return _workflow_commands


def _like_a_worker(database_url: str) -> Any:  # noqa: ANN401 - Stands for a DBOS, which would run workflows.
    client = _client(database_url)
    client.list_workflows(limit=1)  # Connects.
    return SimpleNamespace(
        _sys_db=client._sys_db,
        _app_db=None,
        list_workflows=client.list_workflows,
        cancel_workflow=client.cancel_workflow,
        logger=getLogger(),
    )


def control_schedules(database_url: str, method: str, arguments: list[object], **options: object) -> object:
    """Changes schedules by that method of the client; returns the ids of the workflows that it started.

    Times are strings that begin with `@`.
    """
    times = [
        datetime.fromisoformat(each[1:]) if isinstance(each, str) and each.startswith("@") else each
        for each in arguments
    ]
    made: Any = _call_client(database_url, method, *times, **options)
    handles = made if isinstance(made, list) else [] if made is None else [made]
    return [handle.get_workflow_id() for handle in handles]


def list_schedules(database_url: str, **conditions: object) -> list[dict[str, Any]]:
    """Returns what the release shows of each schedule."""
    listed: Any = _call_client(database_url, "list_schedules", **conditions)
    return [dict(each) for each in listed]


def read_scheduled_inputs(inputs: str) -> list[object]:
    """Returns what a workflow of this release gets: the type and the zone of the time, the time, and the context."""
    from dbos._serialization import DefaultSerializer

    decoded: Any = DefaultSerializer().deserialize(inputs)
    time, context = decoded["args"]
    return [type(time).__name__, str(time.tzinfo), time.isoformat(), context, decoded["kwargs"]]


def schedule_times(cases: list[tuple[str, str, str, int]]) -> list[list[str] | None]:
    """Returns the next times of expressions, as this release's scheduler computes them: (expression, zone, start,
    count) to times; None for an expression that the release refuses."""
    from zoneinfo import ZoneInfo

    from dbos._scheduler import croniter  # type: ignore[attr-defined]  # Which one it is depends on the release.

    found: list[list[str] | None] = []
    for cron, zone, start, count in cases:
        if not croniter.is_valid(cron, second_at_beginning=True):
            found.append(None)
            continue
        times = croniter(cron, datetime.fromisoformat(start).astimezone(ZoneInfo(zone)), second_at_beginning=True)
        found.append([times.get_next(datetime).isoformat() for _ in range(count)])
    return found


def disconnect(database_url: str) -> None:
    """Closes the connections to a database, so that it can be copied or dropped."""
    if database_url in _clients:
        _clients.pop(database_url).destroy()


_PAYLOADS = {"input", "output", "error"}
_COMMANDS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        describe,
        migrate,
        cancel,
        resume,
        fork,
        rewind,
        delete,
        set_delay,
        update_attributes,
        list_workflows,
        list_workflow_steps,
        aggregate,
        enqueue,
        start,
        send,
        send_all,
        recover,
        export_workflow,
        import_workflow,
        get_event,
        read_stream,
        ask_system_database,
        control_queues,
        list_queues,
        list_versions,
        collect_garbage,
        cancel_overdue,
        control_schedules,
        list_schedules,
        read_scheduled_inputs,
        schedule_times,
        disconnect,
    )
}


def _answer(line: str) -> dict[str, Any]:
    arguments = json.loads(line)
    try:
        return {"result": _COMMANDS[arguments.pop("command")](**arguments)}
    # Whatever a release raises is an answer: the test decides whether it is the right one.
    except Exception as error:
        return {"error": type(error).__name__, "message": str(error)}


def _serve(commands: TextIO, answers: TextIO) -> None:
    for line in commands:
        print(json.dumps(_answer(line)), file=answers, flush=True)


if __name__ == "__main__":
    # DBOS and its command line print to stdout, which carries our answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    _serve(sys.stdin, answers)

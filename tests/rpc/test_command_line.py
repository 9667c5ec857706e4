"""The command `workflow-control`, against a real server and database."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import click
import grpc
import pytest
from click.testing import CliRunner, Result

from tests.differential.seeds import LAST_STEP, Rows, past, workflow
from tests.fixtures.communication import stream
from tests.fixtures.eventually import eventually
from tests.fixtures.rpc_server import RunningServer, StartRpcServer, fresh
from tests.fixtures.scripted_server import ScriptedServer, fail
from workflow_control.domain.states import WorkflowState
from workflow_control_client import WorkflowControlClient
from workflow_control_client.cli import program as program_module
from workflow_control_client.cli import waiting
from workflow_control_client.cli.program import program

CLI = Path(program_module.__file__).parent

LEFT_TO_LIBRARIES = {
    "start_workflows": "a script starts one after the other; all or nothing is for programs",
    "send_messages": "likewise",
    "aggregate_steps": "for dashboards",
    "close": "not an RPC",
    "from_channel": "not an RPC",
}


def run(server: RunningServer, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(program, ["--server", server.address, *arguments], input=stdin)


def done(server: RunningServer, *arguments: str) -> str:
    """Run a command that must succeed, and return what it prints."""
    result = run(server, *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def answer(server: RunningServer, *arguments: str) -> Any:  # noqa: ANN401 - JSON.
    """Run a command that must succeed, and return its one JSON document."""
    return json.loads(done(server, *arguments, "-o", "json"))


def seeded(server: RunningServer, state: WorkflowState = WorkflowState.PENDING) -> str:
    """Return the id of a new workflow with steps."""
    workflow_id = fresh("order")
    server.seed(workflow(workflow_id, state), past(workflow_id))
    return workflow_id


def test_every_method_of_the_client_is_used_by_a_command() -> None:
    methods = {name for name in vars(WorkflowControlClient) if not name.startswith("_")}
    used = {
        node.attr
        for module in CLI.glob("*.py")
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "client"
    }
    assert methods - used == LEFT_TO_LIBRARIES.keys()


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], click.Command]]:
    found: list[tuple[tuple[str, ...], click.Command]] = []
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
        else:
            found.append(((*path, name), command))
    return found


def test_every_command_and_option_has_help() -> None:
    for path, command in commands(program):
        result = CliRunner().invoke(program, [*path, "-h"])
        assert result.exit_code == 0, path
        assert command.help, path
        assert all(option.help for option in command.params if isinstance(option, click.Option)), path


def test_every_mutation_takes_all_that_mutations_take() -> None:
    common = {"reason", "request_ttl", "validate_only"}
    mutations = 0
    for path, command in commands(program):
        names = {parameter.name for parameter in command.params}
        assert len(names & common) in (0, len(common)), path
        if names & common:
            mutations += 1
            assert "request_key" in names, path
    assert mutations >= 17


def test_a_mutation_prints_its_key_and_repeats_with_it(newest_rpc_server: RunningServer) -> None:
    workflow_id = seeded(newest_rpc_server)
    first = done(newest_rpc_server, "cancel", workflow_id, "--reason", "The customer called.")
    (key,) = [line.split()[-1] for line in first.splitlines() if line.startswith("request key")]
    again = done(newest_rpc_server, "cancel", workflow_id, "--reason", "The customer called.", "--request-key", key)
    assert "replayed" not in first
    assert "replayed" in again
    record = answer(newest_rpc_server, "requests", key)
    assert (record["action"], record["reason"]) == ("CancelWorkflow", "The customer called.")


def test_validate_only_does_nothing(newest_rpc_server: RunningServer) -> None:
    workflow_id = seeded(newest_rpc_server)
    assert "CANCELLED" in done(newest_rpc_server, "cancel", workflow_id, "--validate-only")
    assert answer(newest_rpc_server, "get", workflow_id)["raw_status"] == "PENDING"


def test_the_life_of_a_workflow(newest_rpc_server: RunningServer, tmp_path: Path) -> None:
    server = newest_rpc_server
    workflow_id, name = fresh("cli"), fresh("name")
    started = answer(
        server, "start", name, "order-7", "7", '"7"', "--named", "deep={}", "--id", workflow_id, "--queue", "q"
    )
    assert started["outcome"] == "OUTCOME_STARTED"
    shown = answer(server, "get", workflow_id)
    assert shown["input"]["value"] == {"positionalArgs": ["order-7", 7.0, "7"], "namedArgs": {"deep": {}}}
    assert answer(server, "list", "--name", name)["workflow_id"] == workflow_id
    assert done(server, "count", "--name", name, "--state", "enqueued") == "1\n"
    assert answer(server, "count", "--name", name, "--by", "queue")["queue_name"] == "q"
    assert answer(server, "priority", workflow_id, "3")["workflow"]["priority"] == 3
    assert answer(server, "attributes", workflow_id, '{"a": 1}')["workflow"]["attributes"] == {"a": 1.0}
    assert answer(server, "send", workflow_id, "hello", "--topic", "t")["sent_count"] == 1
    assert answer(server, "messages", workflow_id)["message"]["value"] == "hello"
    assert answer(server, "cancel", workflow_id)["outcome"] == "OUTCOME_CANCELLED"
    assert answer(server, "resume", workflow_id)["outcome"] == "OUTCOME_RESUMED"
    fork = answer(server, "fork", workflow_id)
    assert fork["forked_from"] == workflow_id
    restarted = answer(server, "restart", workflow_id, "--new-id", fresh("again"))
    assert restarted["forked_from"] == workflow_id
    tree = answer(server, "tree", workflow_id)
    assert len(tree["root"]["forks"]) == 2
    answer(server, "cancel", workflow_id)
    assert answer(server, "rewind", workflow_id)["previous_state"] == "WORKFLOW_STATE_CANCELLED"
    answer(server, "cancel", workflow_id)
    done(server, "export", workflow_id, str(tmp_path / "order.bin"))
    assert answer(server, "delete", workflow_id, "--yes")["outcome"] == "OUTCOME_DELETED"
    assert run(server, "get", workflow_id).exit_code == 3
    assert done(server, "import", str(tmp_path / "order.bin"))
    assert answer(server, "get", workflow_id)["name"] == name
    actions = [
        json.loads(line)["action"]
        for line in done(server, "requests", "--workflow", workflow_id, "-o", "json").splitlines()
    ]
    assert {"StartWorkflow", "RewindWorkflow", "DeleteWorkflow"} <= set(actions)


def test_a_delayed_workflow_is_delayed_further(newest_rpc_server: RunningServer) -> None:
    workflow_id = fresh("cli")
    answer(newest_rpc_server, "start", "name", "--id", workflow_id, "--delay", "1h")
    assert answer(newest_rpc_server, "delay", workflow_id, "2d")["workflow"]["state"] == "WORKFLOW_STATE_DELAYED"


def test_steps_and_trees_are_tables_and_pictures(newest_rpc_server: RunningServer) -> None:
    workflow_id = seeded(newest_rpc_server, WorkflowState.SUCCESS)
    assert len(done(newest_rpc_server, "steps", workflow_id).splitlines()) == 1 + LAST_STEP
    assert len(done(newest_rpc_server, "steps", workflow_id, "--outputs", "-o", "json").splitlines()) == LAST_STEP
    assert workflow_id in done(newest_rpc_server, "tree", workflow_id)
    for command in ("steps", "tree"):
        ET.fromstring(done(newest_rpc_server, command, workflow_id, "-o", "svg"))  # noqa: S314 - Our own.
    assert done(newest_rpc_server, "steps", workflow_id, "-o", "mermaid").startswith("gantt\n")
    assert done(newest_rpc_server, "tree", workflow_id, "-o", "mermaid").startswith("flowchart TD\n")


def test_a_tree_shows_where_a_workflow_comes_from(newest_rpc_server: RunningServer) -> None:
    parent, child = fresh("parent"), fresh("child")
    newest_rpc_server.seed(
        workflow(parent, WorkflowState.PENDING), workflow(child, WorkflowState.ERROR, parent_workflow_id=parent)
    )
    lines = done(newest_rpc_server, "tree", child).splitlines()
    assert parent in lines[0]
    assert child in lines[1]


def test_events_and_streams(newest_rpc_server: RunningServer) -> None:
    workflow_id = fresh("order")
    rows = Rows()
    rows.add("workflow_events", workflow_uuid=workflow_id, key="state", value='{"a": 5}', serialization="portable_json")
    newest_rpc_server.seed(workflow(workflow_id, WorkflowState.PENDING), rows, stream(workflow_id, "log", '"begins"'))
    assert '{"a": 5}' in done(newest_rpc_server, "events", workflow_id)
    assert answer(newest_rpc_server, "events", workflow_id, "state")["key"] == "state"
    assert done(newest_rpc_server, "stream", workflow_id, "log") == '"begins"\n'


def test_waiting_for_an_end(newest_rpc_server: RunningServer) -> None:
    ended, running = seeded(newest_rpc_server, WorkflowState.SUCCESS), seeded(newest_rpc_server)
    assert ended in done(newest_rpc_server, "wait", ended)
    assert ended in done(newest_rpc_server, "wait", ended, running, "--first")
    late = run(newest_rpc_server, "wait", running, "--for", "100ms", "-o", "json")
    assert late.stderr == ""
    assert late.exit_code == 1
    missing = run(newest_rpc_server, "wait", "no-such")
    assert (missing.exit_code, missing.stderr) == (3, "There is no workflow 'no-such'.\n")


def test_a_long_wait_is_several_calls(newest_rpc_server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_ONE_CALL_S", 0.05)
    workflow_id = seeded(newest_rpc_server)
    with ThreadPoolExecutor(1) as pool:
        waiter = pool.submit(done, newest_rpc_server, "wait", workflow_id)
        eventually(lambda: _waits(newest_rpc_server) >= 3)
        newest_rpc_server.execute(
            "UPDATE dbos.workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = %s", workflow_id
        )
        assert "SUCCESS" in waiter.result(timeout=30)


def _waits(server: RunningServer) -> int:
    return sum(str(line.get("rpc", line.get("method", ""))).endswith("AwaitWorkflows") for line in server.log)


def test_waiting_for_an_event(newest_rpc_server: RunningServer) -> None:
    server, workflow_id = newest_rpc_server, seeded(newest_rpc_server)
    assert run(server, "events", workflow_id, "--wait", "1s").exit_code == 2
    with ThreadPoolExecutor(1) as pool:
        event = pool.submit(done, server, "events", workflow_id, "new", "--wait", "20s")
        server.execute(
            "INSERT INTO dbos.workflow_events (workflow_uuid, key, value, serialization)"
            " VALUES (%s, 'new', '7', 'portable_json')",
            workflow_id,
        )
        assert event.result(timeout=30).split() == ["key", "new", "value", "7"]


def test_following_a_stream(newest_rpc_server: RunningServer) -> None:
    server, workflow_id = newest_rpc_server, seeded(newest_rpc_server)
    with ThreadPoolExecutor(1) as pool:
        lines = pool.submit(done, server, "stream", workflow_id, "new", "--follow")
        for offset, value in enumerate(('"one"', '"two"', '"__DBOS_STREAM_CLOSED__"')):
            server.execute(
                'INSERT INTO dbos.streams (workflow_uuid, key, "offset", value, function_id, serialization)'
                " VALUES (%s, 'new', %s, %s, 1, 'portable_json')",
                workflow_id,
                offset,
                value,
            )
        assert lines.result(timeout=30) == '"one"\n"two"\n'


def test_watching(newest_rpc_server: RunningServer) -> None:
    server, workflow_id = newest_rpc_server, seeded(newest_rpc_server)
    with ThreadPoolExecutor(1) as pool:
        lines = pool.submit(done, server, "watch", workflow_id, "--until-ended")
        server.execute("UPDATE dbos.workflow_status SET status = 'SUCCESS' WHERE workflow_uuid = %s", workflow_id)
        assert lines.result(timeout=60).splitlines()[-1] == f"{workflow_id} SUCCESS"
    live = CliRunner(env={"FORCE_COLOR": "1", "COLUMNS": "200"})
    table = live.invoke(program, ["--server", server.address, "watch", workflow_id, "--until-ended"])
    assert workflow_id in table.stdout
    assert "STATE" in table.stdout
    watch_again = ("watch", workflow_id, "--until-ended", "-o", "json")

    def unchanged_since_the_token() -> list[str]:
        token = json.loads(done(server, *watch_again).splitlines()[-1])["resume_token"]
        resumed = json.loads(done(server, *watch_again, "--resume-token", token).splitlines()[0])
        unchanged: list[str] = resumed["snapshot"].get("unchanged_workflow_ids", [])
        return unchanged

    # A transaction of another test's may be older than the change, and keep the token from being later.
    assert eventually(unchanged_since_the_token, 30) == [workflow_id]


def test_schedules(newest_rpc_server: RunningServer) -> None:
    server, name = newest_rpc_server, fresh("schedule")
    version = fresh("version")
    server.execute("INSERT INTO dbos.application_versions (version_id, version_name) VALUES (%s, %s)", version, version)
    created = answer(
        server, "schedules", "create", name, "tick", "0 */5 * * * *", "--context", '{"a": 1}', "--runtime", "python"
    )
    assert created["schedule"]["cron"] == "0 */5 * * * *"
    assert name in done(server, "schedules", "list", "--prefix", name)
    assert answer(server, "schedules", "pause", name)["outcome"] == "OUTCOME_PAUSED"
    assert answer(server, "schedules", "resume", name)["outcome"] == "OUTCOME_RESUMED"
    assert answer(server, "schedules", "update", name, "--cron", "0 0 * * * *")["schedule"]["cron"] == "0 0 * * * *"
    assert answer(server, "schedules", "apply", name, "tick", "0 0 * * * *", "--runtime", "python")["schedules"]
    assert len(done(server, "schedules", "preview", name, "-n", "3", "-o", "json").splitlines()) == 3
    assert len(done(server, "schedules", "preview", "--cron", "0 0 12 * * *", "-n", "2").splitlines()) == 3
    assert answer(server, "schedules", "trigger", name)["workflow"]["name"] == "tick"
    backfilled = done(server, "schedules", "backfill", name, "3h", "-o", "json")
    assert json.loads(backfilled)["started_count"] == 3
    assert answer(server, "schedules", "get", name)["schedule_name"] == name
    assert run(server, "schedules", "preview").exit_code == 2
    assert answer(server, "schedules", "delete", name, "-y")["outcome"] == "OUTCOME_DELETED"
    assert run(server, "schedules", "get", name).exit_code == 3


def test_ending_what_has_lasted_long_enough(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    old, overdue = seeded(server, WorkflowState.SUCCESS), seeded(server)
    preview = answer(server, "collect-garbage", "--before", "1d", "--validate-only")
    assert preview["deleted_workflow_ids"] == [old]
    assert run(server, "collect-garbage", "--yes").exit_code == 2
    assert run(server, "collect-garbage", "--before", "1d").exit_code == 2
    assert "deleted 1, key " in done(server, "collect-garbage", "--before", "1d", "--yes")
    assert run(server, "get", old).exit_code == 3
    assert answer(server, "cancel-overdue", "--before", "1d", "--validate-only")["cancelled_workflow_ids"] == [overdue]
    assert "cancelled 1, key " in done(server, "cancel-overdue", "--before", "1d", "--yes", "--request-key", "night")
    assert "CANCELLED" in done(server, "get", overdue)
    assert "cancelled workflow count" in done(server, "requests", "night")


def test_queues_and_versions(newest_rpc_server: RunningServer) -> None:
    queue = fresh("queue")
    registered = answer(newest_rpc_server, "queues", "register", queue, "--concurrency", "5", "--rate", "10", "1m")
    assert registered["registration"]["rate_limit"] == {"max_starts": 10, "period": "60s"}
    assert queue in done(newest_rpc_server, "queues", "list", "--all")
    assert answer(newest_rpc_server, "queues", "get", queue)["registration"]["concurrency"] == 5
    assert answer(newest_rpc_server, "queues", "delete", queue, "-y")["outcome"] == "OUTCOME_DELETED"
    newest_rpc_server.execute(
        "INSERT INTO dbos.application_versions (version_id, version_name, version_timestamp, created_at)"
        " VALUES (gen_random_uuid()::text, %s, 1, 1)",
        version := fresh("version"),
    )
    answer(newest_rpc_server, "versions", "set-latest", version)
    assert answer(newest_rpc_server, "versions", "latest")["application_version"] == version
    assert version in done(newest_rpc_server, "versions", "list", "--all")


def test_the_server_itself(newest_rpc_server: RunningServer) -> None:
    assert "migration" in done(newest_rpc_server, "info")
    assert done(newest_rpc_server, "readiness").count("ok ") >= 4
    assert answer(newest_rpc_server, "recover", "no-such-executor", "-y").get("recovered_workflow_count", 0) == 0
    newest_rpc_server.rpc.health.set_serving(True)
    assert done(newest_rpc_server, "health", "readiness") == "SERVING\n"
    newest_rpc_server.rpc.health.set_serving(False)
    result = run(newest_rpc_server, "health", "readiness")
    assert (result.exit_code, result.stdout) == (1, "NOT_SERVING\n")


def test_a_list_says_that_there_is_more(newest_rpc_server: RunningServer) -> None:
    prefix = fresh("many")
    newest_rpc_server.seed(*(workflow(f"{prefix}-{number}", WorkflowState.SUCCESS) for number in range(3)))
    cut = run(newest_rpc_server, "list", "--id-prefix", f"{prefix}-", "--limit", "2", "-o", "json")
    assert len(cut.stdout.splitlines()) == 2
    assert "more than 2" in cut.stderr
    whole = run(newest_rpc_server, "list", "--id-prefix", f"{prefix}-", "--limit", "2", "--all", "-o", "json")
    assert len(whole.stdout.splitlines()) == 3
    assert whole.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "exit_code", "says"),
    [
        (["get", "no-such"], 3, "WORKFLOW_NOT_FOUND"),
        (["cancel", "no-such"], 3, "request key"),
        (["list", "--name", ""], 2, "filter.names[0]"),
        (["fork", "w", "--step", "1", "--last-step"], 2, "at most one"),
        (["start", "w", "--debounce-key", "k"], 2, "go together"),
        (["start", "w", "--named", "x"], 2, "NAME=VALUE"),
        (["start", "w", "--delay", "1s", "--delay-until", "1s"], 2, "at most one"),
        (["start", "w", "--python-native", "--attributes", "7"], 2, "JSON object"),
        (["queues", "get", "no-such"], 3, "QUEUE_NOT_FOUND"),
        (["delete", "w"], 2, "--yes"),
        (["health", "no.such.Service"], 3, "NOT_FOUND"),
    ],
)
def test_a_refusal_has_its_exit_code(
    newest_rpc_server: RunningServer, arguments: list[str], exit_code: int, says: str
) -> None:
    result = run(newest_rpc_server, *arguments)
    assert (result.exit_code, result.stdout) == (exit_code, "")
    assert says in result.stderr


def test_a_conflict_has_its_exit_code(newest_rpc_server: RunningServer) -> None:
    workflow_id = seeded(newest_rpc_server)
    assert run(newest_rpc_server, "delete", workflow_id, "--yes").exit_code == 4
    key = fresh("key")
    done(newest_rpc_server, "cancel", workflow_id, "--request-key", key)
    assert run(newest_rpc_server, "resume", workflow_id, "--request-key", key).exit_code == 4


def test_what_was_not_written_by_export_is_refused(newest_rpc_server: RunningServer, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a message")
    result = run(newest_rpc_server, "import", str(tmp_path / "text"))
    assert result.exit_code == 2
    assert "not written by export" in result.stderr


def test_a_temporary_failure_says_how_to_repeat(scripted_server: ScriptedServer) -> None:
    scripted_server.script("CancelWorkflow", *[fail(grpc.StatusCode.ABORTED)] * 5)
    result = CliRunner().invoke(program, ["-s", scripted_server.address, "cancel", "w"])
    assert result.exit_code == 75
    (key,) = {attempt.request.request_key for attempt in scripted_server.received("CancelWorkflow")}  # type: ignore[attr-defined]  # Each is a CancelWorkflowRequest.
    assert f"--request-key {key}" in result.stderr


@pytest.mark.parametrize(
    ("code", "exit_code"), [("PERMISSION_DENIED", 5), ("UNAUTHENTICATED", 5), ("UNIMPLEMENTED", 1)]
)
def test_other_refusals_have_theirs(scripted_server: ScriptedServer, code: str, exit_code: int) -> None:
    scripted_server.script("CancelWorkflow", fail(grpc.StatusCode[code]))
    assert CliRunner().invoke(program, ["-s", scripted_server.address, "cancel", "w"]).exit_code == exit_code


def test_the_server_can_come_from_the_environment(start_rpc_server: StartRpcServer) -> None:
    server = start_rpc_server()
    result = CliRunner().invoke(program, ["count"], env={"WORKFLOW_CONTROL_SERVER": server.address})
    assert (result.exit_code, result.stdout) == (0, "0\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_told_how_to_complete(shell: str) -> None:
    result = CliRunner().invoke(program, ["completion", shell])
    assert result.exit_code == 0
    assert "_WORKFLOW_CONTROL_COMPLETE" in result.output


def test_bash_completes_commands_and_states() -> None:
    command = Path(sys.executable).parent / "workflow-control"

    def complete(words: str) -> str:
        environment = {
            "_WORKFLOW_CONTROL_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
        return subprocess.run([command], env=environment, capture_output=True, text=True, check=True).stdout

    assert "plain,cancel" in complete("workflow-control can")
    assert "plain,success" in complete("workflow-control list --state su")


def queued(server: RunningServer, count: int) -> tuple[str, list[str]]:
    """Return a new queue and the ids of as many workflows in it."""
    queue_name, rows = fresh("queue"), Rows()
    workflow_ids = [fresh("order") for _ in range(count)]
    for workflow_id in workflow_ids:
        rows.extend(workflow(workflow_id, WorkflowState.ENQUEUED, queue_name=queue_name))
    server.seed(rows)
    return queue_name, workflow_ids


@pytest.fixture
def bulk_server(start_rpc_server: StartRpcServer) -> RunningServer:
    """A server that works on bulk operations."""
    return start_rpc_server(bulk_operations=1)


def test_a_bulk_operation_is_followed_to_its_end(bulk_server: RunningServer) -> None:
    queue_name, workflow_ids = queued(bulk_server, 3)
    selected = ("--queue", queue_name, "--state", "enqueued")

    shown = done(bulk_server, "bulk", "cancel", *selected, "--validate-only")
    assert shown.splitlines()[-1] == "3 workflows"
    assert all(workflow_id in shown for workflow_id in workflow_ids)

    # Nobody is there to be asked.
    assert run(bulk_server, "bulk", "cancel", *selected).exit_code == 2
    refused = run(bulk_server, "bulk", "cancel", *selected, stdin="n\n")
    assert refused.exit_code != 0
    assert not list(bulk_server.execute("SELECT FROM dbos.workflow_status WHERE status = 'CANCELLED'"))

    output = done(bulk_server, "bulk", "cancel", *selected, "-y", "--reason", "The shop is closed.")
    assert output.splitlines()[-1] == "COMPLETED: 3 of 3: 3 applied, 0 unchanged, 0 failed"
    operation_id, key = output.split()[1].rstrip(","), output.split()[4]
    assert len(list(bulk_server.execute("SELECT FROM dbos.workflow_status WHERE status = 'CANCELLED'"))) == 3

    again = run(bulk_server, "bulk", "cancel", *selected, "-y", "--reason", "The shop is closed.", "--request-key", key)
    assert operation_id in again.stdout
    assert operation_id in done(bulk_server, "bulk", "list", "--state", "completed")
    assert answer(bulk_server, "bulk", "get", operation_id)["reason"] == "The shop is closed."
    items = done(bulk_server, "bulk", "items", operation_id, "--outcome", "applied", "-o", "json").splitlines()
    assert {json.loads(item)["workflow_id"] for item in items} == set(workflow_ids)


def test_a_bulk_operation_with_failures_says_which(bulk_server: RunningServer) -> None:
    _, workflow_ids = queued(bulk_server, 2)
    result = run(bulk_server, "bulk", "delete", "--ids-from", "-", "-y", stdin="\n".join([*workflow_ids, "none", ""]))
    assert result.exit_code == 1
    assert "0 of 0" not in result.output
    assert "3 failed" in result.output
    operation_id = result.output.split()[1].rstrip(",")
    assert f"bulk items {operation_id} --outcome failed" in result.stderr
    failed = done(bulk_server, "bulk", "items", operation_id, "--outcome", "failed")
    assert "WORKFLOW_NOT_TERMINAL: " in failed
    assert "WORKFLOW_NOT_FOUND: " in failed
    forced = answer(bulk_server, "bulk", "delete", workflow_ids[0], "--force", "-y", "--detach")
    assert done(bulk_server, "bulk", "follow", forced["bulk_operation"]["operation_id"]).startswith("COMPLETED: 1 of 1")


def test_a_bulk_operation_is_paused_and_stopped(bulk_server: RunningServer) -> None:
    queue_name, _ = queued(bulk_server, 60)
    started = answer(bulk_server, "bulk", "cancel", "--queue", queue_name, "--rate", "1", "-y", "--detach")
    operation_id = started["bulk_operation"]["operation_id"]
    assert answer(bulk_server, "bulk", "pause", operation_id)["outcome"] == "OUTCOME_PAUSED"
    followed = run(bulk_server, "bulk", "follow", operation_id)
    assert followed.exit_code == 1
    assert f"bulk continue {operation_id}" in followed.stderr
    assert answer(bulk_server, "bulk", "continue", operation_id)["outcome"] == "OUTCOME_CONTINUED"
    assert answer(bulk_server, "bulk", "stop", operation_id)["outcome"] == "OUTCOME_STOPPED"
    stopped = run(bulk_server, "bulk", "follow", operation_id, "-o", "json")
    assert stopped.exit_code == 1
    assert json.loads(stopped.stdout.splitlines()[-1])["state"] == "BULK_OPERATION_STATE_STOPPED"


def test_bulk_forks_restarts_and_resumptions(bulk_server: RunningServer) -> None:
    workflow_id = seeded(bulk_server, WorkflowState.CANCELLED)
    for command in (
        ("fork", "--step", "2", "--to-queue", "forks", "--run-timeout", "1h"),
        ("fork", "--last-step", "--to-latest-version"),
        ("restart", "--to-version", "v2"),
        ("resume", "--to-queue", "express"),
    ):
        summary = done(bulk_server, "bulk", *command, workflow_id, "-y").splitlines()[-1]
        assert summary == "COMPLETED: 1 of 1: 1 applied, 0 unchanged, 0 failed", command
    copies = bulk_server.execute("SELECT queue_name FROM dbos.workflow_status WHERE forked_from = %s", workflow_id)
    assert "forks" in [copy["queue_name"] for copy in copies]
    assert len(copies) == 3
    [resumed] = bulk_server.execute("SELECT queue_name FROM dbos.workflow_status WHERE workflow_uuid = %s", workflow_id)
    assert resumed["queue_name"] == "express"
    for wrong in (("fork", "--step", "2", "--last-step", workflow_id), ("resume",), ("resume", "a", "--queue", "b")):
        assert run(bulk_server, "bulk", *wrong, "-y").exit_code == 2, wrong


def test_the_progress_of_a_bulk_operation_is_a_bar_in_a_terminal(
    bulk_server: RunningServer,
) -> None:
    queue_name, _ = queued(bulk_server, 40)
    arguments = ["--server", bulk_server.address, "bulk", "cancel", "--queue", queue_name, "--rate", "20", "-y"]
    result = CliRunner(env={"FORCE_COLOR": "1"}).invoke(program, arguments)
    assert result.exit_code == 0, result.output
    assert re.search(r"\d+/40", result.stderr)

"""Workers of several runtimes on one database, each an application of its own: each takes what is its own."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Final

from google.protobuf.json_format import MessageToDict

from tests.fixtures.order_shop import STEPS
from tests.fixtures.postgres import Databases
from tests.runtimes.runtimes import RUNTIMES
from tests.runtimes.worker import running_worker
from workflow_control.dev.stack import running_stack
from workflow_control_client import WorkflowControlClient, new_workflow

NEWEST: Final = {runtime.language: runtime for runtime in RUNTIMES if runtime.language != "Java"}
"""The newest release in each language that knows applications; Java's does not yet."""


def application(language: str) -> str:
    """Returns the name of a language's application: DBOS wants lower case."""
    return f"shop-in-{language.lower()}"


def settings(language: str) -> dict[str, str]:
    """Returns names of its own for the application, its queue and its version: in one database they must differ."""
    return {
        "ORDER_APPLICATION": application(language),
        "ORDER_QUEUE": f"orders-in-{language}",
        "ORDER_VERSION": f"1-in-{language}",
    }


def test_each_takes_what_is_its_own(databases: Databases, tmp_path: Path) -> None:
    first, *others = NEWEST.values()
    url = databases.create()
    with ExitStack() as running:
        running.callback(databases.drop, url)
        # The first one has made the schema, and the others find it.
        stack = running.enter_context(
            running_stack(
                tmp_path, database_url=url, worker_command=first.worker_command(), settings=settings(first.language)
            )
        )
        for runtime in others:
            environment = {**stack.worker_environment, **settings(runtime.language)}
            running.enter_context(running_worker(runtime, tmp_path / f"{runtime.language}.log", environment))
        client = running.enter_context(WorkflowControlClient(stack.server_address))

        # DBOS's internal queue is served by all of them: only the application's name tells whose an order is.
        orders = [
            new_workflow(
                "process_order",
                {"order_id": f"{language}-{number}", "step_seconds": 0},
                workflow_id=f"{language}-{number}",
                application_name=application(language),
            )
            for number in range(5)
            for language in NEWEST
        ]
        client.start_workflows(orders)

        for order in orders:
            assert client.await_workflows([order.workflow_id], timeout=timedelta(seconds=25)).done
            workflow = client.get_workflow(order.workflow_id).workflow
            assert workflow.application_name == order.application_name
            assert MessageToDict(workflow.output.value) == {"order_id": order.workflow_id, "state": "shipped"}
            runtime = NEWEST[order.workflow_id.partition("-")[0]]
            steps = [step for step in client.list_workflow_steps(order.workflow_id) if step.name in STEPS]
            # By its numbers, the language's own worker has run it.
            assert [step.step_id for step in steps] == [runtime.step_id(step) for step in STEPS]

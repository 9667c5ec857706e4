"""`make demo`: tells the main story in the terminal, and asserts it. Exit code 0: all held; 1: the last line says what
did not; 2: it could not begin.

It starts a stack of its own in a temporary folder, unless WORKFLOW_CONTROL_ADDRESS names a running server and
WORKFLOW_CONTROL_DATABASE_URL (or _FILE) its database, in which a worker of examples/workers/python takes orders.
ORDER_LOG may name that worker's log.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Final

from rich.console import Console

from workflow_control.dev.child import ChildError
from workflow_control.dev.narrator import Narrator, StoryError
from workflow_control.dev.postgres_home import EmbeddedPostgresError
from workflow_control.dev.stack import StackError, running_stack
from workflow_control.dev.story import OrderStory, Shop
from workflow_control.settings import SettingsError, load_settings
from workflow_control_client import WorkflowControlClient, WorkflowControlError

STEP_SECONDS: Final = "1"
"""How long a step takes: long enough to cancel an order within one, on a busy machine too."""

_ADDRESS: Final = "WORKFLOW_CONTROL_ADDRESS"
_START_ORDER: Final = Path(__file__).parents[3] / "examples" / "workers" / "python" / "start_order.py"
_CALL_TIMEOUT: Final = timedelta(seconds=30)


def main() -> int:
    """Tell the story; return the exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    narrator = Narrator(Console(highlight=False, soft_wrap=True))
    started = time.monotonic()
    try:
        with (
            _shop(narrator) as (address, shop),
            WorkflowControlClient(address, call_timeout=_CALL_TIMEOUT) as client,
        ):
            OrderStory(shop, client, narrator).run()
    except (StoryError, WorkflowControlError) as error:
        narrator.fail(error)
        return 1
    except (SettingsError, StackError, ChildError, EmbeddedPostgresError) as error:
        narrator.fail(error)
        return 2
    except KeyboardInterrupt:
        return 130
    narrator.end(time.monotonic() - started)
    return 0


@contextlib.contextmanager
def _shop(narrator: Narrator) -> Iterator[tuple[str, Shop]]:
    """Give the server's address and the shop: those of a running stack if one is named, else of a new one."""
    address = os.environ.get(_ADDRESS)
    if address:
        narrator.sentence(f"The stack that runs at {address} is used.")
        yield address, _running_shop(os.environ)
        return
    narrator.sentence("Postgres, a DBOS worker and the server are started in a temporary folder.")
    with tempfile.TemporaryDirectory(prefix="workflow-control-demo-") as folder, running_stack(Path(folder)) as stack:

        def start_order(workflow_id: str) -> None:
            stack.start_order(workflow_id, "--step-seconds", STEP_SECONDS)

        yield stack.server_address, Shop(start_order, stack.order_log)


def _running_shop(environment: Mapping[str, str]) -> Shop:
    """Return the shop of a running stack. Raises SettingsError when the environment does not name its database."""
    # The address is no setting of the server's, which refuses what it does not know.
    settings = load_settings({name: value for name, value in environment.items() if name != _ADDRESS})
    worker_environment = {
        **environment,
        "DBOS_SYSTEM_DATABASE_URL": settings.require_database_url(),
        "DBOS_SCHEMA": settings.dbos_schema,
    }
    log = environment.get("ORDER_LOG")

    def start_order(workflow_id: str) -> None:
        command = [sys.executable, str(_START_ORDER), "--workflow-id", workflow_id, "--step-seconds", STEP_SECONDS]
        started = subprocess.run(command, env=worker_environment, check=False, capture_output=True, text=True)
        if started.returncode:
            raise StoryError(f"an order can be started: {started.stderr.strip().splitlines()[-1]}")

    return Shop(start_order, Path(log) if log and os.access(log, os.R_OK) else None)


if __name__ == "__main__":
    sys.exit(main())

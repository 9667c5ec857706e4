"""Puts an order on the worker's queue, and prints the workflow's id.

DBOS_SYSTEM_DATABASE_URL=... python start_order.py --workflow-id order-1 --step-seconds 2
"""

import argparse
import os
import uuid
from typing import Any

from dbos import DBOSClient, EnqueueOptions


def main() -> None:
    parser = argparse.ArgumentParser(description="Start an order.")
    parser.add_argument("--workflow-id", default=f"order-{uuid.uuid4()}")
    parser.add_argument("--workflow", default="process_order", help="or `fail_order`")
    parser.add_argument("--step-seconds", type=float)
    parser.add_argument("--approval-timeout-seconds", type=float)
    arguments = parser.parse_args()
    order: dict[str, Any] = {
        "order_id": arguments.workflow_id,
        "step_seconds": arguments.step_seconds,
        "approval_timeout_seconds": arguments.approval_timeout_seconds,
    }

    client = DBOSClient(
        system_database_url=os.environ["DBOS_SYSTEM_DATABASE_URL"],
        dbos_system_schema=os.environ.get("DBOS_SCHEMA", "dbos"),
    )
    options: EnqueueOptions = {
        "queue_name": "orders",
        "workflow_name": arguments.workflow,
        "workflow_id": arguments.workflow_id,
    }
    client.enqueue(options, order)
    print(arguments.workflow_id)
    client.destroy()


if __name__ == "__main__":
    main()

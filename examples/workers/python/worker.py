"""An order shop on DBOS: slow steps, a queue, an event, a message wait, a stream, children, a failure.

Runs unchanged on DBOS 2.11.0 and on every later release. Environment:

    DBOS_SYSTEM_DATABASE_URL  the Postgres database that holds DBOS's tables; required
    DBOS_SCHEMA               the schema of those tables; default `dbos`
    ORDER_APPLICATION         the application's name; default `order-worker`
    ORDER_VERSION             the application's version; default `1`
    ORDER_QUEUE               the name of its queue; default `orders`
    ORDER_STEP_SECONDS        how long a step takes unless the order says otherwise; default 2
    ORDER_LOG                 a file to which each step appends "workflow_id step_name" as it begins,
                              which proves what really ran, whatever the database says

An order is a dictionary of plain values, all optional:

    order_id                  what the customer calls it
    step_seconds              how long each of its steps takes
    approval_timeout_seconds  if given, wait that long for a message on the topic `approval` after
                              the first step; a refusal or silence ends the order as "rejected"
"""

import os
import signal
import threading
import time
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import dbos
from dbos import DBOS, DBOSConfig

Order = dict[str, Any]

QUEUE = os.environ.get("ORDER_QUEUE", "orders")
APPLICATION_VERSION = os.environ.get("ORDER_VERSION", "1")
POLLING_INTERVAL_S = 0.1
STEPS = ("reserve_stock", "charge_card", "pack", "ship", "send_receipt")

# Newer releases keep queues in the database; older ones have objects, declared before the launch.
HAS_STORED_QUEUES = hasattr(DBOS, "register_queue")
if not HAS_STORED_QUEUES:
    dbos.Queue(QUEUE, polling_interval_sec=POLLING_INTERVAL_S)


def log(name: str) -> None:
    """Tells that something begins, whatever becomes of it."""
    if path := os.environ.get("ORDER_LOG"):
        with Path(path).open("a") as file:
            file.write(f"{DBOS.workflow_id} {name}\n")


def work(order: Order, step_name: str) -> None:
    """Does a step's work, which is to take its time, and tells everybody about it."""
    log(step_name)
    DBOS.write_stream("log", f"{step_name} begins")
    seconds = order.get("step_seconds")
    time.sleep(float(os.environ.get("ORDER_STEP_SECONDS", "2") if seconds is None else seconds))
    # Set within the step, so that the steps of an order are numbered 1 to 5 and nothing else is.
    DBOS.set_event("progress", {"done": STEPS.index(step_name) + 1, "of": len(STEPS)})


@DBOS.step(name="reserve_stock")
def reserve_stock(order: Order) -> str:
    work(order, "reserve_stock")
    return "reserved"


@DBOS.step(name="charge_card")
def charge_card(order: Order) -> str:
    work(order, "charge_card")
    return "charged"


@DBOS.step(name="pack")
def pack(order: Order) -> str:
    work(order, "pack")
    return "packed"


@DBOS.step(name="ship")
def ship(order: Order) -> str:
    work(order, "ship")
    return "shipped"


@DBOS.step(name="send_receipt")
def send_receipt(order: Order) -> str:
    work(order, "send_receipt")
    return "sent"


@DBOS.step(name="decline_card")
def decline_card(order: Order) -> str:
    raise ValueError(f"The card of order {order.get('order_id')} was declined.")


@DBOS.workflow(name="process_order")
def process_order(order: Order) -> dict[str, Any]:
    """The five steps in turn, with a stop for an approval if the order asks for one."""
    reserve_stock(order)
    if approval_timeout := order.get("approval_timeout_seconds"):
        approval = DBOS.recv("approval", timeout_seconds=approval_timeout)
        if approval is None or approval == "no":
            return {"order_id": order.get("order_id"), "state": "rejected"}
    charge_card(order)
    pack(order)
    ship(order)
    send_receipt(order)
    DBOS.close_stream("log")
    return {"order_id": order.get("order_id"), "state": "shipped"}


@DBOS.workflow(name="process_orders")
def process_orders(orders: list[Order]) -> list[dict[str, Any]]:
    """Processes several orders at once, each in a child workflow."""
    DBOS.set_event("orders", len(orders))
    handles = [DBOS.start_workflow(process_order, order) for order in orders]
    return [handle.get_result() for handle in handles]


@DBOS.workflow(name="fail_order")
def fail_order(order: Order) -> str:
    """Fails after its first step."""
    reserve_stock(order)
    return decline_card(order)


@DBOS.workflow(name="stock_report")
def stock_report(scheduled: datetime, context: object) -> dict[str, object]:
    """Runs by a schedule, if somebody makes one: DBOS passes the time that it runs for, and the schedule's context."""
    log("stock_report")
    return {"scheduled": scheduled.isoformat(), "context": context}


def main() -> None:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    config = {
        "name": os.environ.get("ORDER_APPLICATION", "order-worker"),
        "system_database_url": os.environ["DBOS_SYSTEM_DATABASE_URL"],
        "dbos_system_schema": os.environ.get("DBOS_SCHEMA", "dbos"),
        "application_version": APPLICATION_VERSION,
        "notification_listener_polling_interval_sec": POLLING_INTERVAL_S,
        "scheduler_polling_interval_sec": 1.0,
        "run_admin_server": False,  # Newer releases have none, and ignore this.
    }
    DBOS(config=cast("DBOSConfig", config))
    DBOS.launch()
    if HAS_STORED_QUEUES:
        DBOS.register_queue(QUEUE, polling_interval_sec=POLLING_INTERVAL_S)
    print("worker ready", flush=True)

    stopped.wait()
    DBOS.destroy()
    # Steps that still run need no mercy: DBOS recovers their workflows at the next launch.
    os._exit(0)


if __name__ == "__main__":
    main()

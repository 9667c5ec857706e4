"""The peers, which cancel without a network: `python -m benchmarks.in_process dbos_client|ex_dbos DATABASE_URL`.

`dbos_client` is the newest DBOS release's own client, which keeps no key. `ex_dbos` is the sequence of statements with
which that control service makes one cancel idempotent: two checks that its table exists, then three transactions that
reserve the key, cancel the workflow, and store the response. psycopg runs it, so that both sides pay for Python.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import psycopg
from dbos import DBOSClient
from psycopg_pool import ConnectionPool

from benchmarks.figures import Run
from benchmarks.worker import serve

THREADS: Final = 8

Cancel = Callable[[str], None]
"""Cancels one workflow, with its id for a key where there are keys."""

CREATE_TABLE: Final = """\
CREATE TABLE IF NOT EXISTS public.control_api_idempotency (
  request_key text PRIMARY KEY
, action text NOT NULL
, workflow_id text NOT NULL
, status text NOT NULL CHECK (status IN ('in_progress', 'succeeded', 'failed'))
, response_json jsonb
, error_message text
, created_at timestamptz NOT NULL DEFAULT now()
, updated_at timestamptz NOT NULL DEFAULT now()
)"""
CREATE_INDEX: Final = """\
CREATE INDEX IF NOT EXISTS control_api_idempotency_action_workflow_idx
ON public.control_api_idempotency (action, workflow_id)"""
RESERVE: Final = """\
INSERT INTO public.control_api_idempotency (request_key, action, workflow_id, status, created_at, updated_at)
VALUES (%s, 'cancel', %s, 'in_progress', now(), now())
ON CONFLICT (request_key) DO NOTHING
RETURNING request_key"""
READ_STATUS: Final = "SELECT status FROM dbos.workflow_status WHERE workflow_uuid = %s"
CANCEL: Final = """\
UPDATE dbos.workflow_status
SET
  status = 'CANCELLED'
, queue_name = NULL
, deduplication_id = NULL
, started_at_epoch_ms = NULL
, updated_at = (extract(epoch FROM now()) * 1000)::bigint
WHERE workflow_uuid = %s"""
STORE: Final = """\
UPDATE public.control_api_idempotency
SET
  status = 'succeeded'
, response_json = '{"ok": true}'
, error_message = NULL
, updated_at = now()
WHERE request_key = %s"""


def dbos_client(url: str) -> Cancel:
    """Return DBOSClient.cancel_workflow, with a connection for each thread."""
    return DBOSClient(system_database_url=url, system_database_pool_size=THREADS).cancel_workflow


def ex_dbos(url: str) -> Cancel:
    """Return ex_dbos's cancel, with a connection for each thread."""
    pool = ConnectionPool[psycopg.Connection](
        url, kwargs={"autocommit": True, "prepare_threshold": 0}, min_size=THREADS, max_size=THREADS, open=True
    )
    pool.wait()
    with pool.connection() as connection:  # At once by eight threads, the very first time would fail.
        connection.execute(CREATE_TABLE)
        connection.execute(CREATE_INDEX)

    def cancel(workflow_id: str) -> None:
        with pool.connection() as connection:
            connection.execute(CREATE_TABLE)
            connection.execute(CREATE_INDEX)
            with connection.transaction():
                if connection.execute(RESERVE, (workflow_id, workflow_id)).fetchone() is None:
                    raise ValueError(f"the key {workflow_id!r} was used before")
            with connection.transaction():
                row = connection.execute(READ_STATUS, (workflow_id,)).fetchone()
                if row is None or row[0] in ("SUCCESS", "ERROR"):
                    raise ValueError(f"the workflow {workflow_id!r} cannot be cancelled")
                connection.execute(CANCEL, (workflow_id,))
            connection.execute(STORE, (workflow_id,))

    return cancel


def run(cancel: Cancel, *, prefix: str, calls: int, limit_s: float) -> Run:
    """Cancel the workflows `prefix`0, `prefix`1, ... in THREADS threads."""
    begin = time.perf_counter()

    def work(thread: int) -> list[float]:
        latencies_ms = []
        for number in range(thread, calls, THREADS):
            called = time.perf_counter()
            if called - begin > limit_s:
                break
            cancel(f"{prefix}{number}")
            latencies_ms.append((time.perf_counter() - called) * 1000)
        return latencies_ms

    with ThreadPoolExecutor(THREADS) as threads:
        latencies_ms = [latency for part in threads.map(work, range(THREADS)) for latency in part]
    return Run(latencies_ms, time.perf_counter() - begin)


def main(peer: str, url: str) -> None:
    """Take orders as that peer."""
    cancel = {"dbos_client": dbos_client, "ex_dbos": ex_dbos}[peer](url)
    serve(lambda **order: run(cancel, **order))


if __name__ == "__main__":
    main(*sys.argv[1:])

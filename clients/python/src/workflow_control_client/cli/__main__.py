"""The entry point, which also says what is missing where the client is installed without its extra."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; never returns."""
    try:
        import click  # noqa: F401 - Only to see whether it is there; likewise rich.
        import rich  # noqa: F401
        from grpc_health.v1 import health_pb2  # noqa: F401
    except ModuleNotFoundError as missing:
        sys.exit(f"workflow-control needs {missing.name}: pip install 'workflow-control-client[cli]'")
    from workflow_control_client.cli.program import program

    program(prog_name="workflow-control")


if __name__ == "__main__":
    main()

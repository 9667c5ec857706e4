"""The command health: what probes and balancers are told."""

from __future__ import annotations

from typing import Final

import click
import grpc
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from workflow_control_client.cli.options import Session, output_option
from workflow_control_client.cli.output import Output
from workflow_control_client.status import error_from_rpc

_CHECK: Final = "/grpc.health.v1.Health/Check"


@click.command()
@click.argument("service", default="")
@output_option
@click.pass_obj
def health(session: Session, service: str, output: Output) -> None:
    """Ask for the health of the server, or of one SERVICE: liveness, readiness, workflowcontrol.v1.WorkflowControl.

    Exit code 1: it does not serve.
    """
    with session.channel() as channel:
        check = channel.unary_unary(_CHECK, HealthCheckRequest.SerializeToString, HealthCheckResponse.FromString)
        try:
            response = check(HealthCheckRequest(service=service), timeout=session.call_timeout.total_seconds())
        except grpc.RpcError as error:
            raise error_from_rpc(error, None) from error
    if output.as_json:
        output.document(response)
    else:
        click.echo(HealthCheckResponse.ServingStatus.Name(response.status))
    if response.status != HealthCheckResponse.SERVING:
        click.get_current_context().exit(1)

"""Commands that take workflows from one database to another: export and import."""

from __future__ import annotations

from typing import BinaryIO

import click
from google.protobuf.message import DecodeError

from workflow_control_client import ExportedWorkflow, WorkflowControlClient
from workflow_control_client.cli.options import mutation_options, output_option, with_client
from workflow_control_client.cli.output import Output
from workflow_control_client.cli.workflows import Mutation


@click.command("export")
@click.argument("workflow_id")
@click.argument("file", type=click.File("wb", lazy=True))
@click.option("--children", "include_children", is_flag=True, help="Its children too, and theirs.")
@click.option("--messages", "include_messages", is_flag=True, help="Its inbox too.")
@with_client
def export(
    client: WorkflowControlClient, workflow_id: str, file: BinaryIO, include_children: bool, include_messages: bool
) -> None:
    """Write a workflow with all that belongs to it to a file, for import; - is standard output."""
    response = client.export_workflow(workflow_id, include_children=include_children, include_messages=include_messages)
    file.write(response.exported_workflow.SerializeToString())


@click.command("import")
@click.argument("file", type=click.File("rb"))
@mutation_options
@output_option
@with_client
def import_(client: WorkflowControlClient, file: BinaryIO, mutation: Mutation, output: Output) -> None:
    """Import a workflow from a file that export has written; - is standard input."""
    try:
        exported = ExportedWorkflow.FromString(file.read())
    except DecodeError as error:
        raise click.UsageError(f"{file.name} was not written by export") from error
    output.record(client.import_workflow(exported, **mutation))

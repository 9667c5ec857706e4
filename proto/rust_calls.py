"""A plugin of protoc: writes the table of all RPCs from which the Rust client implements its traits, `calls.rs`.

Rust has no reflection, so the table is made here: of each RPC whether it is a mutation, its request and response, its
path, and of lists the field that has the items and their type.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from google.protobuf.compiler.plugin_pb2 import CodeGeneratorRequest, CodeGeneratorResponse
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto, MethodOptions

HEADER = "// @generated from proto/ by proto/rust_calls.py\n\n"


def rows(file: FileDescriptorProto, messages: dict[str, DescriptorProto]) -> Iterator[str]:
    """Yield a row for each RPC of a file."""
    for service in file.service:
        for method in service.method:
            kind = "stream" if method.server_streaming else "unary"
            effect = "mutation" if method.options.idempotency_level == MethodOptions.IDEMPOTENT else "read"
            path = f"/{file.package}.{service.name}/{method.name}"
            response = messages[method.output_type]
            yield (
                f'    {kind} {effect} {short(method.input_type)} => {response.name}, "{path}", [{items(response)}];\n'
            )


def items(response: DescriptorProto) -> str:
    """Return the field and type of the items of a list's page; empty for other responses."""
    if all(field.name != "next_page_token" for field in response.field):
        return ""
    (field,) = (field for field in response.field if field.label == FieldDescriptorProto.LABEL_REPEATED)
    return f"{field.name}: {short(field.type_name)}"


def short(type_name: str) -> str:
    """Return the last part of a name such as `.workflowcontrol.v1.Workflow`."""
    return type_name.rpartition(".")[2]


def main() -> None:
    request = CodeGeneratorRequest.FromString(sys.stdin.buffer.read())
    messages = {f".{file.package}.{each.name}": each for file in request.proto_file for each in file.message_type}
    files = [file for file in request.proto_file if file.name in request.file_to_generate]
    table = "".join(row for file in files for row in rows(file, messages))
    response = CodeGeneratorResponse(supported_features=CodeGeneratorResponse.FEATURE_PROTO3_OPTIONAL)
    response.file.add(name="calls.rs", content=f"{HEADER}rpcs! {{\n{table}}}\n")
    sys.stdout.buffer.write(response.SerializeToString())


if __name__ == "__main__":
    main()

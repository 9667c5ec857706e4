/**
 * Makes the calls that it reads from its standard input, a JSON document a line, with this client, and writes what came of
 * each as a line to its standard output. tests/clients/README.md describes both.
 */

import { createInterface } from "node:readline";
import {
  createRegistry,
  type DescMessage,
  type DescMethod,
  fromJson,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import type { CallOptions } from "@connectrpc/connect";
import { Code, createWorkflowControlClient, ErrorReason, list, watch, WorkflowControlError } from "../src/index.js";
import type { WatchWorkflowsRequest } from "../src/gen/workflowcontrol/v1/workflow_waiting_pb.js";
import { SERVICES, type WorkflowControlClient } from "../src/client.js";

interface Call {
  readonly address: string;
  readonly rpc: string;
  readonly request: JsonValue;
  readonly timeout_ms?: number;
  readonly list?: boolean;
  readonly take?: number;
}

type Method = (request: Message, options?: CallOptions) => Promise<Message & { nextPageToken: string }>;

/** What an `Any` may hold: a response. */
const REGISTRY = createRegistry(...SERVICES.flatMap((service) => service.methods.map((method) => method.output)));

const METHODS: ReadonlyMap<string, DescMethod> = new Map(
  SERVICES.flatMap((service) => service.methods.map((method) => [`${service.typeName}/${method.name}`, method] as const)),
);

async function run(client: WorkflowControlClient, call: Call) {
  const method = METHODS.get(call.rpc);
  if (!method) {
    throw new Error(`there is no ${call.rpc}`);
  }
  const responses: JsonValue[] = [];
  try {
    for await (const [schema, message] of receive(client, method, call)) {
      responses.push(toJson(schema, message, { registry: REGISTRY }));
    }
  } catch (error) {
    if (!(error instanceof WorkflowControlError)) {
      throw error;
    }
    return { responses, error: describe(error) };
  }
  return { responses };
}

/** Calls a method of the client, and yields each response, or each item of a list, with its schema. */
async function* receive(
  client: WorkflowControlClient,
  method: DescMethod,
  call: Call,
): AsyncGenerator<readonly [DescMessage, Message]> {
  const invoke = client[method.localName as keyof WorkflowControlClient] as unknown as Method;
  const request = fromJson(method.input, call.request);
  const options: CallOptions = call.timeout_ms ? { timeoutMs: call.timeout_ms } : {};
  if (call.take) {
    let left = call.take;
    for await (const message of watch(client.watchWorkflows, request as WatchWorkflowsRequest, options)) {
      yield [method.output, message];
      left -= 1;
      if (left === 0) {
        return;
      }
    }
  } else if (method.methodKind === "server_streaming") {
    for await (const message of invoke(request, options) as unknown as AsyncIterable<Message>) {
      yield [method.output, message];
    }
  } else if (call.list) {
    // The items of a page are in its one repeated field.
    const field = method.output.fields.find((each) => each.fieldKind === "list");
    if (field?.fieldKind !== "list" || !field.message) {
      throw new Error(`${call.rpc} is no list`);
    }
    const items = (page: Message) => (page as unknown as Record<string, Message[]>)[field.localName] ?? [];
    for await (const item of list(invoke, request as Message & { pageToken?: string }, items, options)) {
      yield [field.message, item];
    }
  } else {
    yield [method.output, await invoke(request, options)];
  }
}

function describe(error: WorkflowControlError) {
  const code = Code[error.code].replace(/(?<!^)[A-Z]/g, "_$&").toUpperCase();
  return {
    code: code === "CANCELED" ? "CANCELLED" : code,
    reason: ErrorReason[error.reason],
    metadata: error.metadata,
    violations: error.violations.map((violation) => violation.field),
    request_key: error.requestKey ?? "",
    transient: error.transient,
    retry_after_ms: error.retryAfterMs ?? 0,
  };
}

const clients = new Map<string, WorkflowControlClient>();
for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line) as Call;
  const client = clients.get(call.address) ?? createWorkflowControlClient(`http://${call.address}`);
  clients.set(call.address, client);
  console.log(JSON.stringify(await run(client, call)));
}
for (const client of clients.values()) {
  client.close();
}

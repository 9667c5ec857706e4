import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import http2 from "node:http2";
import type { AddressInfo, Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { create, type DescMessage, type DescService, type Message } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "../src/gen/google/rpc/error_details_pb.js";
import {
  type CancelWorkflowRequest,
  type ListWorkflowsRequest,
  WorkflowControl,
} from "../src/gen/workflowcontrol/v1/workflow_control_pb.js";
import { createWorkflowControlClient, ErrorReason, list, watch, WorkflowControlError } from "../src/index.js";
import { Attempts } from "../src/watch.js";

const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** How the scripted server answers one watch: with messages that have these tokens, and then so; undefined: it ends well. */
interface WatchAttempt {
  readonly tokens: readonly string[];
  readonly then?: ConnectError | "stay open";
}

/** A server that answers with what it is told, in order, and a client of it. */
async function scripted(t: TestContext, failures: ConnectError[] = [], pages: object[] = [], watches: WatchAttempt[] = []) {
  const requests: (CancelWorkflowRequest | ListWorkflowsRequest)[] = [];
  const resumeTokens: string[] = [];
  let left: () => void;
  /** Settles when the caller of an open watch has gone. */
  const callerHasLeft = new Promise<void>((resolve) => {
    left = resolve;
  });
  const timeouts: (number | undefined)[] = [];
  const next = (request: CancelWorkflowRequest | ListWorkflowsRequest, context: HandlerContext) => {
    requests.push(request);
    timeouts.push(context.timeoutMs());
    const failure = failures.shift();
    if (failure) {
      // Spares the test the backoff of the service config.
      failure.metadata.set("grpc-retry-pushback-ms", "1");
      throw failure;
    }
  };
  const handler = connectNodeAdapter({
    routes: (router) =>
      router.service(WorkflowControl, {
        cancelWorkflow(request, context) {
          next(request, context);
          return { idempotency: { requestKey: request.requestKey } };
        },
        listWorkflows(request, context) {
          next(request, context);
          return pages.shift() ?? {};
        },
        async *readStream(request) {
          yield { offset: request.fromOffset };
          throw failed(Code.NotFound, "WORKFLOW_NOT_FOUND");
        },
        async *watchWorkflows(request, context) {
          resumeTokens.push(request.resumeToken);
          const attempt = watches.shift() ?? { tokens: [] };
          for (const resumeToken of attempt.tokens) {
            yield { resumeToken };
          }
          if (attempt.then === "stay open") {
            await new Promise((resolve) => context.signal.addEventListener("abort", resolve));
            left();
          } else if (attempt.then) {
            throw attempt.then;
          }
        },
      }),
  });
  const server = http2.createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const client = createWorkflowControlClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.after(() => {
    client.close();
    server.close();
  });
  return { client, requests, timeouts, resumeTokens, callerHasLeft };
}

function failed(code: Code, reason: string, domain = "workflowcontrol", ...more: [DescMessage, Message][]): ConnectError {
  const info = create(ErrorInfoSchema, { reason, domain, metadata: { workflow_id: "order-7" } });
  const details = [[ErrorInfoSchema, info] as [DescMessage, Message], ...more];
  return new ConnectError("It failed.", code, undefined, details.map(([desc, value]) => ({ desc, value: value as never })));
}

async function failureOf(call: Promise<unknown>): Promise<WorkflowControlError> {
  const error = await call.then(() => assert.fail("it succeeded"), (reason: unknown) => reason);
  assert.ok(error instanceof WorkflowControlError, `${error}`);
  return error;
}

test("generates one key per call, and retries with it", async (t) => {
  const failures = [failed(Code.Unavailable, "DATABASE_UNAVAILABLE"), failed(Code.Aborted, "WORKFLOW_LOCKED")];
  const { client, requests } = await scripted(t, failures);
  const request = { workflowId: "order-7", requestKey: "" };

  const response = await client.cancelWorkflow(request);

  const key = response.idempotency?.requestKey ?? "";
  assert.match(key, UUID4);
  assert.equal(request.requestKey, "", "the caller's request was changed");
  assert.equal(requests.length, 3);
  for (const attempt of requests as CancelWorkflowRequest[]) {
    assert.equal(attempt.requestKey, key);
    assert.equal(attempt.workflowId, "order-7");
  }
  const again = await client.cancelWorkflow(request);
  assert.notEqual(again.idempotency?.requestKey, key);
});

test("keeps the caller's key", async (t) => {
  const { client } = await scripted(t);
  const response = await client.cancelWorkflow({ requestKey: "cancel-7" });
  assert.equal(response.idempotency?.requestKey, "cancel-7");
});

test("gives up after five attempts, and when the server says so", async (t) => {
  const five = await scripted(t, Array.from({ length: 9 }, () => failed(Code.Unavailable, "SHUTTING_DOWN")));
  const error = await failureOf(five.client.cancelWorkflow({ requestKey: "cancel-7" }));
  assert.equal(error.reason, ErrorReason.SHUTTING_DOWN);
  assert.equal(five.requests.length, 5);

  const one = await scripted(t, [failed(Code.NotFound, "WORKFLOW_NOT_FOUND")]);
  await failureOf(one.client.cancelWorkflow({}));
  assert.equal(one.requests.length, 1);
});

test("a read is not retried after ABORTED", async (t) => {
  const { client, requests } = await scripted(t, [failed(Code.Aborted, "WORKFLOW_LOCKED")]);
  const error = await failureOf(client.listWorkflows({}));
  assert.equal(error.requestKey, undefined);
  assert.equal(requests.length, 1);
});

test("limits a call, and says so with a typed error", async (t) => {
  const { client, timeouts } = await scripted(t);
  await client.cancelWorkflow({});
  await client.cancelWorkflow({}, { timeoutMs: 60_000 });
  assert.ok(timeouts[0] !== undefined && timeouts[0] > 5_000 && timeouts[0] <= 15_000, `${timeouts[0]}`);
  assert.ok(timeouts[1] !== undefined && timeouts[1] > 15_000 && timeouts[1] <= 60_000, `${timeouts[1]}`);
  const nobody = createWorkflowControlClient("http://127.0.0.1:1");
  t.after(() => nobody.close());
  const refused = await failureOf(nobody.cancelWorkflow({}, { timeoutMs: 100 }));
  assert.equal(refused.code, Code.Unavailable);
  assert.ok(refused.transient);
  assert.match(refused.requestKey ?? "", UUID4);
});

test("a read is retried after a connection that was reset", async (t) => {
  let requests = 0;
  const server = http2.createServer();
  server.on("connection", (socket: Socket) => server.once("stream", () => {
    requests += 1;
    socket.resetAndDestroy();
  }));
  server.on("sessionError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createWorkflowControlClient(address, { callTimeoutMs: 1000 });
  t.after(() => {
    client.close();
    server.close();
  });
  const error = await failureOf(client.getWorkflow({ workflowId: "order-7" }));
  assert.equal(error.code, Code.Unavailable);
  assert.ok(requests >= 2, `${requests} requests`);
});

test("errors tell reason, key and details", async (t) => {
  const badRequest = create(BadRequestSchema, { fieldViolations: [{ field: "workflow_id", description: "is empty" }] });
  const retryInfo = create(RetryInfoSchema, { retryDelay: create(DurationSchema, { seconds: 1n, nanos: 500_000_000 }) });
  const failure = failed(
    Code.InvalidArgument,
    "INVALID_REQUEST",
    undefined,
    [BadRequestSchema, badRequest],
    [RetryInfoSchema, retryInfo],
  );
  const { client } = await scripted(t, [failure]);

  const error = await failureOf(client.cancelWorkflow({ requestKey: "cancel-7" }));

  assert.equal(error.code, Code.InvalidArgument);
  assert.equal(error.message, 'INVALID_REQUEST: It failed. (request key "cancel-7")');
  assert.equal(error.reason, ErrorReason.INVALID_REQUEST);
  assert.deepEqual(error.metadata, { workflow_id: "order-7" });
  assert.equal(error.requestKey, "cancel-7");
  assert.equal(error.retryAfterMs, 1500);
  assert.deepEqual(error.violations, [{ field: "workflow_id", description: "is empty" }]);
  assert.equal(error.transient, false);
});

test("errors of others and of newer servers", () => {
  for (const [error, name, transient] of [
    [failed(Code.PermissionDenied, "FORBIDDEN", "proxy.example.com"), "", false],
    [failed(Code.NotFound, "MOON_NOT_FOUND"), "MOON_NOT_FOUND", false],
    [failed(Code.ResourceExhausted, "OVERLOADED"), "OVERLOADED", true],
    [failed(Code.ResourceExhausted, "RESPONSE_TOO_LARGE"), "RESPONSE_TOO_LARGE", false],
    [new ConnectError("late", Code.DeadlineExceeded), "", true],
  ] as const) {
    const typed = new WorkflowControlError(error);
    assert.equal(typed.transient, transient, error.message);
    assert.equal(typed.reasonName, name);
  }
});

test("lists read page after page", async (t) => {
  const { client, requests } = await scripted(t, [], [
    { workflows: [{ workflowId: "a" }, { workflowId: "b" }], nextPageToken: "second" },
    { nextPageToken: "third" },
    { workflows: [{ workflowId: "c" }] },
  ]);
  const ids: string[] = [];
  for await (const workflow of list(client.listWorkflows, { pageSize: 2 }, (page) => page.workflows)) {
    ids.push(workflow.workflowId);
  }
  assert.deepEqual(ids, ["a", "b", "c"]);
  assert.deepEqual(
    (requests as ListWorkflowsRequest[]).map((request) => [request.pageSize, request.pageToken]),
    [[2, ""], [2, "second"], [2, "third"]],
  );
});

test("streams fail with the same errors", async (t) => {
  const { client } = await scripted(t);
  const offsets: number[] = [];
  const read = (async () => {
    for await (const entry of client.readStream({ fromOffset: 3 })) {
      offsets.push(Number(entry.offset));
    }
  })();
  assert.equal((await failureOf(read)).reason, ErrorReason.WORKFLOW_NOT_FOUND);
  assert.deepEqual(offsets, [3]);
});

test("a watch goes on behind its last message", async (t) => {
  const watches: WatchAttempt[] = [
    { tokens: ["a", "b"], then: failed(Code.Unavailable, "SHUTTING_DOWN") },
    { tokens: ["c"] },
    { tokens: [] },
    { tokens: ["d"], then: "stay open" },
  ];
  const { client, resumeTokens, callerHasLeft } = await scripted(t, [], [], watches);
  const request = { filter: { names: ["process_order"] }, resumeToken: "0" };
  const got: string[] = [];
  for await (const message of watch(client.watchWorkflows, request)) {
    got.push(message.resumeToken);
    if (message.resumeToken === "d") {
      break;
    }
  }
  assert.deepEqual(got, ["a", "b", "c", "d"]);
  assert.deepEqual(resumeTokens, ["0", "b", "c", "c"]);
  assert.equal(request.resumeToken, "0", "the caller's request was changed");
  await callerHasLeft;
});

test("a watch ends with an error of its request", async (t) => {
  const watches = [{ tokens: ["a"], then: failed(Code.InvalidArgument, "INVALID_REQUEST") }];
  const { client, resumeTokens } = await scripted(t, [], [], watches);
  const messages = watch(client.watchWorkflows, {});
  assert.equal((await messages.next()).value?.resumeToken, "a");
  assert.equal((await failureOf(messages.next())).reason, ErrorReason.INVALID_REQUEST);
  assert.equal(resumeTokens.length, 1);
});

test("a watch ends with its signal", async (t) => {
  const { client, callerHasLeft } = await scripted(t, [], [], [{ tokens: ["a"], then: "stay open" }]);
  const aborting = new AbortController();
  const messages = watch(client.watchWorkflows, {}, { signal: aborting.signal });
  await messages.next();
  aborting.abort();
  assert.equal((await failureOf(messages.next())).code, Code.Canceled);
  await callerHasLeft;
});

test("pauses grow to their limit, and end after a minute in vain", () => {
  const attempts = new Attempts();
  const failedAt = (second: number) => {
    attempts.begin(second * 1000);
    return attempts.failed(new WorkflowControlError(failed(Code.Unavailable, "SHUTTING_DOWN")), second * 1000);
  };
  const pauses = Array.from({ length: 7 }, (_, second) => failedAt(second));
  assert.deepEqual(pauses, [200, 400, 800, 1600, 3200, 5000, 5000]);
  assert.equal(failedAt(59), 5000);
  assert.equal(failedAt(60), undefined);
});

test("an attempt that lasted was not in vain", () => {
  const attempts = new Attempts();
  const unavailable = new WorkflowControlError(failed(Code.Unavailable, "SHUTTING_DOWN"));
  for (const beganMs of [0, 60_000, 120_000]) {
    attempts.begin(beganMs);
    assert.equal(attempts.failed(unavailable, beganMs + 5000), 200);
  }
  assert.equal(attempts.ended(125_000), 0);
  assert.equal(attempts.ended(120_001), 200);
});

test("the client has every method of the contract", async (t) => {
  const { client } = await scripted(t);
  const folder = new URL("../src/gen/workflowcontrol/v1/", import.meta.url);
  const files = (await readdir(folder)).filter((name) => name.endsWith("_pb.js"));
  const exported = await Promise.all(files.map(async (name) => Object.values(await import(new URL(name, folder).href))));
  const services = (exported.flat() as { kind?: string }[]).filter((each): each is DescService => each.kind === "service");
  assert.ok(services.length >= 3);
  for (const method of services.flatMap((service) => service.methods)) {
    assert.equal(typeof client[method.localName as keyof typeof client], "function", method.name);
  }
});

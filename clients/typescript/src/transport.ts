import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { create, type DescMessage, type DescMethod, type MessageInitShape } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { WorkflowControlError } from "./errors.js";
import { Retries, RetryThrottle } from "./retries.js";

/**
 * Return a transport that keeps the contract's promises over another one: mutations get a request key, failed calls are
 * retried with it as the service config says, and what is left is a WorkflowControlError.
 *
 * A call takes at most `callTimeoutMs`, its retries included, unless it says otherwise; a stream has no limit of its own.
 */
export function contractTransport(transport: Transport, callTimeoutMs: number): Transport {
  const throttle = new RetryThrottle();
  return {
    unary(method, signal, timeoutMs, header, input, contextValues) {
      const request = withRequestKey(method, input);
      const call = { method, throttle, signal, timeoutMs: timeoutMs ?? callTimeoutMs, requestKey: request.requestKey };
      return attempt(call, (remainingMs) =>
        transport.unary(method, signal, remainingMs, header, request.input, contextValues),
      );
    },

    async stream(method, signal, timeoutMs, header, input, contextValues) {
      const call = { method, throttle, signal, timeoutMs, requestKey: undefined };
      const requests = await collect(input);
      // As in gRPC, a stream is retried until its first message has come.
      return attempt(call, async (remainingMs) => {
        const response = await transport.stream(method, signal, remainingMs, header, iterate(requests), contextValues);
        const messages = response.message[Symbol.asyncIterator]();
        return { ...response, message: follow(await messages.next(), messages) } as typeof response;
      });
    },
  };
}

interface LogicalCall {
  readonly method: DescMethod;
  readonly throttle: RetryThrottle;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly requestKey: string | undefined;
}

/** Make a call, several times if need be. `send` gets the time that is left, in milliseconds; undefined: no limit. */
async function attempt<Response>(
  { method, throttle, signal, timeoutMs, requestKey }: LogicalCall,
  send: (remainingMs: number | undefined) => Promise<Response>,
): Promise<Response> {
  const retries = new Retries(method, throttle);
  const end = timeoutMs === undefined ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
  for (;;) {
    try {
      const response = await send(timeoutMs === undefined ? undefined : Math.max(Math.ceil(end - performance.now()), 1));
      retries.succeeded();
      return response;
    } catch (reason) {
      const error = asInGrpc(reason);
      const delayMs = signal?.aborted ? undefined : retries.delayAfter(error);
      // An attempt that would come too late would only replace what the server said with "deadline exceeded".
      if (delayMs === undefined || performance.now() + delayMs >= end) {
        throw new WorkflowControlError(error, requestKey);
      }
      await sleep(delayMs, undefined, signal && { signal }).catch(() => {
        throw new WorkflowControlError(error, requestKey);
      });
    }
  }
}

/** The request of a mutation with a key, and the key. The caller's request is not changed: sent again, it would be a repeat. */
function withRequestKey<I extends DescMessage>(
  method: DescMethod & { input: I },
  input: MessageInitShape<I>,
): { input: MessageInitShape<I>; requestKey: string | undefined } {
  // Mutations are marked IDEMPOTENT in the contract, reads have NO_SIDE_EFFECTS.
  if (method.idempotency !== MethodOptions_IdempotencyLevel.IDEMPOTENT) {
    return { input, requestKey: undefined };
  }
  const requestKey = (input as { requestKey?: string }).requestKey || randomUUID();
  return { input: { ...create(method.input, input), requestKey } as MessageInitShape<I>, requestKey };
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const item of items) {
    collected.push(item);
  }
  return collected;
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** The messages of a stream whose first one has been read, with typed errors. */
async function* follow<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    for (let result = first; !result.done; result = await rest.next()) {
      yield result.value;
    }
  } catch (reason) {
    throw new WorkflowControlError(asInGrpc(reason));
  }
}

/** The error that gRPC's own clients give: a connection that is lost under a call is Unavailable. Connect calls a reset one Aborted. */
function asInGrpc(reason: unknown): ConnectError {
  const error = ConnectError.from(reason);
  // What the server sent has no cause.
  return error.code === Code.Aborted && error.cause instanceof Error
    ? new ConnectError(error.rawMessage, Code.Unavailable, error.metadata, undefined, error.cause)
    : error;
}


import { setTimeout as sleep } from "node:timers/promises";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type CallOptions, Code } from "@connectrpc/connect";
import { WorkflowControlError } from "./errors.js";
import { type WatchWorkflowsResponse, WatchWorkflowsRequestSchema } from "./gen/workflowcontrol/v1/workflow_waiting_pb.js";

type WatchRequest = MessageInitShape<typeof WatchWorkflowsRequestSchema>;

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** How long a watch is begun again and again in vain before it fails. */
const GIVE_UP_AFTER_MS = 60_000;
/** An attempt that lasted so long was no failure, even if no message came. */
const LASTING_MS = 5_000;

/**
 * Iterate over the messages of `watchWorkflows`, without end: what the filter selects, and from then on what becomes of it.
 *
 *     for await (const message of watch(client.watchWorkflows, { filter })) {
 *
 * When the server ends the watch because it is old, when it goes away, or its database does, the watch goes on by itself behind
 * the last message, with a new snapshot in which unchanged workflows are ids only. After a minute in vain the iteration fails, as
 * it does at once after an error that says something about the request, or when its signal is aborted.
 *
 * @param options - Of each attempt: a `timeoutMs` is that of one, not of the watch.
 */
export async function* watch(
  method: (request: WatchRequest, options?: CallOptions) => AsyncIterable<WatchWorkflowsResponse>,
  request: WatchRequest,
  options?: CallOptions,
): AsyncGenerator<WatchWorkflowsResponse, void, undefined> {
  // Copied: a request that the caller changes meanwhile must not change when the watch goes on.
  const next = { ...create(WatchWorkflowsRequestSchema, request) };
  const attempts = new Attempts();
  for (;;) {
    attempts.begin(performance.now());
    let pauseMs: number | undefined;
    let failure: unknown;
    // Only a signal ends a call of Connect: whoever stops in the middle has the server stop as well.
    const ended = new AbortController();
    const signal = options?.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
    try {
      for await (const message of method(next, { ...options, signal })) {
        attempts.recover();
        next.resumeToken = message.resumeToken;
        yield message;
      }
      pauseMs = attempts.ended(performance.now());
    } catch (error) {
      failure = error;
      pauseMs = options?.signal?.aborted ? undefined : attempts.failed(error, performance.now());
    } finally {
      ended.abort();
    }
    if (pauseMs === undefined) {
      throw failure;
    }
    // All readers of a server that ends would come back at the same instant.
    await sleep(pauseMs * (0.5 + Math.random() / 2), undefined, options?.signal && { signal: options.signal }).catch((reason) => {
      throw new WorkflowControlError(failure ?? reason);
    });
  }
}

/** Knows when a watch is begun again. Times are in milliseconds, on any clock. */
export class Attempts {
  #beganMs = 0;
  #failingSinceMs: number | undefined;
  #pauseMs = FIRST_PAUSE_MS;

  begin(nowMs: number): void {
    this.#beganMs = nowMs;
  }

  recover(): void {
    this.#failingSinceMs = undefined;
    this.#pauseMs = FIRST_PAUSE_MS;
  }

  /** After an attempt that the server has ended well: how long to pause. */
  ended(nowMs: number): number {
    return nowMs - this.#beganMs >= LASTING_MS ? 0 : FIRST_PAUSE_MS;
  }

  /** After an attempt that has failed: how long to pause before the next; undefined: there is none. */
  failed(error: unknown, nowMs: number): number | undefined {
    if (!(error instanceof WorkflowControlError) || (error.code !== Code.Unavailable && error.code !== Code.Canceled)) {
      return undefined;
    }
    if (nowMs - this.#beganMs >= LASTING_MS) {
      this.recover();
    }
    this.#failingSinceMs ??= nowMs;
    if (nowMs - this.#failingSinceMs >= GIVE_UP_AFTER_MS) {
      return undefined;
    }
    const pauseMs = this.#pauseMs;
    this.#pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    return pauseMs;
  }
}

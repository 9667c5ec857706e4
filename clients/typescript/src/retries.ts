import type { DescMethod } from "@bufbuild/protobuf";
import { Code, type ConnectError } from "@connectrpc/connect";
import { serviceConfig } from "./gen/workflowcontrol/v1/service_config.js";

/** How a method is retried, as gRPC's service config says it. Times are in milliseconds. */
interface RetryPolicy {
  readonly maxAttempts: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly backoffMultiplier: number;
  readonly retryableCodes: ReadonlySet<Code>;
}

const POLICIES: ReadonlyMap<string, RetryPolicy> = new Map(
  serviceConfig.methodConfig.flatMap(({ name: names, retryPolicy }) => {
    const policy: RetryPolicy = {
      maxAttempts: retryPolicy.maxAttempts,
      initialBackoffMs: milliseconds(retryPolicy.initialBackoff),
      maxBackoffMs: milliseconds(retryPolicy.maxBackoff),
      backoffMultiplier: retryPolicy.backoffMultiplier,
      retryableCodes: new Set(retryPolicy.retryableStatusCodes.map(code)),
    };
    return names.map((name) => [`${name.service}/${name.method}`, policy] as const);
  }),
);

/** How far a backoff is off, either way, so that many clients do not come back at once. gRPC's number. */
const JITTER = 0.2;

/** The trailer in which the server says when to come back, in milliseconds; negative: not at all. */
const PUSHBACK = "grpc-retry-pushback-ms";

/** Counts failures against successes, for all calls of a client: a server that mostly fails is not retried at all. */
export class RetryThrottle {
  readonly #maxTokens = serviceConfig.retryThrottling.maxTokens;
  #tokens: number = this.#maxTokens;

  succeeded(): void {
    this.#tokens = Math.min(this.#tokens + serviceConfig.retryThrottling.tokenRatio, this.#maxTokens);
  }

  failed(): void {
    this.#tokens = Math.max(this.#tokens - 1, 0);
  }

  get allowsRetries(): boolean {
    return this.#tokens > this.#maxTokens / 2;
  }
}

/** The retries of one logical call, as gRPC's own clients do them from the same service config. */
export class Retries {
  readonly #policy: RetryPolicy | undefined;
  readonly #throttle: RetryThrottle;
  #attempts = 1;
  /** Backoffs since the server last said itself when to come back. */
  #backoffs = 0;

  constructor(method: DescMethod, throttle: RetryThrottle) {
    this.#policy = POLICIES.get(`${method.parent.typeName}/${method.name}`);
    this.#throttle = throttle;
  }

  succeeded(): void {
    this.#throttle.succeeded();
  }

  /** After an attempt that failed: how long to wait before the next, in milliseconds; undefined: there is none. */
  delayAfter(error: ConnectError): number | undefined {
    const policy = this.#policy;
    const pushback = Number(error.metadata.get(PUSHBACK) ?? Number.NaN);
    const retryable = policy?.retryableCodes.has(error.code) ?? false;
    if (retryable || pushback < 0) {
      this.#throttle.failed();
    }
    if (!policy || !retryable || pushback < 0 || !this.#throttle.allowsRetries || this.#attempts >= policy.maxAttempts) {
      return undefined;
    }
    this.#attempts += 1;
    if (pushback >= 0) {
      this.#backoffs = 0;
      return pushback;
    }
    const backoff = policy.initialBackoffMs * policy.backoffMultiplier ** this.#backoffs++;
    return Math.min(backoff, policy.maxBackoffMs) * (1 - JITTER + 2 * JITTER * Math.random());
  }
}

function milliseconds(duration: string): number {
  return Number.parseFloat(duration) * 1000;
}

/** The code of a name such as RESOURCE_EXHAUSTED. */
function code(name: string): Code {
  const pascal = name.toLowerCase().replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
  // gRPC spells it CANCELLED, Connect Canceled.
  return Code[pascal === "Cancelled" ? "Canceled" : (pascal as keyof typeof Code)];
}

import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema, ErrorInfoSchema, RetryInfoSchema } from "./gen/google/rpc/error_details_pb.js";
import { ErrorReason } from "./gen/workflowcontrol/v1/error_reason_pb.js";

/** The domain of the contract's error reasons. Another domain's reason, say a proxy's, is not looked at. */
const DOMAIN = "workflowcontrol";

/** After these codes the request itself may well be right. */
const TRANSIENT = new Set([
  Code.Canceled,
  Code.Unknown,
  Code.DeadlineExceeded,
  Code.ResourceExhausted,
  Code.Aborted,
  Code.Internal,
  Code.Unavailable,
  Code.DataLoss,
]);

/** A field of the request, by its path in the contract, and what is wrong with it. */
export interface FieldViolation {
  readonly field: string;
  readonly description: string;
}

/** How every call fails. The error of Connect that it was made from is the `cause`. */
export class WorkflowControlError extends Error {
  override readonly name = "WorkflowControlError";
  /** The canonical status code. */
  readonly code: Code;
  /**
   * Why, as the contract's comments tell; UNSPECIFIED when the failure is not the server's own, say of a proxy or the
   * transport, or the reason is newer than this client.
   */
  readonly reason: ErrorReason;
  /** The reason as the server wrote it, also one that this client does not know; else empty. */
  readonly reasonName: string;
  /** The details of the reason, such as `workflow_id`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The mutation's key, given or generated: keep it to repeat the call. Undefined for reads. */
  readonly requestKey: string | undefined;
  /** How long the server asks to wait before the next attempt, in milliseconds, if it says. */
  readonly retryAfterMs: number | undefined;
  /** The fields at fault, for INVALID_REQUEST. */
  readonly violations: readonly FieldViolation[];

  /** Says what `error`, of Connect or anything else, means to the caller. */
  constructor(error: unknown, requestKey?: string) {
    const cause = ConnectError.from(error);
    const info = cause.findDetails(ErrorInfoSchema).find((each) => each.domain === DOMAIN);
    const text = `${info?.reason ?? Code[cause.code]}: ${cause.rawMessage}`;
    super(requestKey === undefined ? text : `${text} (request key ${JSON.stringify(requestKey)})`, { cause });
    this.code = cause.code;
    const delay = cause.findDetails(RetryInfoSchema)[0]?.retryDelay;
    this.reasonName = info?.reason ?? "";
    this.reason = ErrorReason[this.reasonName as keyof typeof ErrorReason] ?? ErrorReason.UNSPECIFIED;
    this.metadata = info?.metadata ?? {};
    this.requestKey = requestKey;
    this.retryAfterMs = delay && Number(delay.seconds) * 1000 + delay.nanos / 1e6;
    this.violations = (cause.findDetails(BadRequestSchema)[0]?.fieldViolations ?? []).map(({ field, description }) => ({
      field,
      description,
    }));
  }

  /**
   * Whether the error says nothing about the request itself: it is safe to repeat the call, a mutation with the same
   * `requestKey`, and the way to find out what happened.
   */
  get transient(): boolean {
    return TRANSIENT.has(this.code) && this.reason !== ErrorReason.RESPONSE_TOO_LARGE;
  }
}

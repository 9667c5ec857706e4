import { type Client, createClient } from "@connectrpc/connect";
import { createGrpcTransport, type GrpcTransportOptions, Http2SessionManager } from "@connectrpc/connect-node";
import { BulkControl } from "./gen/workflowcontrol/v1/bulk_control_pb.js";
import { QueueControl } from "./gen/workflowcontrol/v1/queue_control_pb.js";
import { ScheduleControl } from "./gen/workflowcontrol/v1/schedule_control_pb.js";
import { ServerControl } from "./gen/workflowcontrol/v1/server_control_pb.js";
import { WorkflowControl } from "./gen/workflowcontrol/v1/workflow_control_pb.js";
import { contractTransport } from "./transport.js";

/** How long a call may take, its retries included, in milliseconds, unless the client or the call says otherwise. */
export const DEFAULT_CALL_TIMEOUT_MS = 15_000;
/** Limits a message in either direction; it is the server's own default, see `getServerInfo`. */
export const DEFAULT_MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** A server closes the connection of a client that pings more often than it permits. */
const KEEPALIVE_INTERVAL_MS = 60_000;
const KEEPALIVE_TIMEOUT_MS = 20_000;

/** The services of the contract. */
export const SERVICES = [WorkflowControl, BulkControl, QueueControl, ScheduleControl, ServerControl] as const;

/** The methods of all services of workflow-control. Keep one per process. */
export type WorkflowControlClient = Client<typeof WorkflowControl> &
  Client<typeof BulkControl> &
  Client<typeof QueueControl> &
  Client<typeof ScheduleControl> &
  Client<typeof ServerControl> & {
    /** Close the connection. Calls that are running fail. */
    close(): void;
  };

export interface WorkflowControlClientOptions {
  /** The time for a call, its retries included, in milliseconds. A stream has only the limit that its call gives. */
  readonly callTimeoutMs?: number;
  /** The largest message in either direction. Raise it together with the server's. */
  readonly maxMessageBytes?: number;
  /** Further options of Connect's gRPC transport: interceptors, say, or certificates in `nodeOptions`. */
  readonly transport?: Partial<Omit<GrpcTransportOptions, "baseUrl">>;
}

/**
 * Make a client of its own connection, which is opened with the first call, such as
 *
 *     const client = createWorkflowControlClient("http://localhost:50051");
 *     await client.cancelWorkflow({ workflowId: "order-7", requestKey: "cancel-order-7" });
 *
 * A mutation without a request key gets a new UUID, which all retries of the call share; it is in the response's
 * `idempotency`, and in the error's `requestKey`. Failures are of the class WorkflowControlError.
 *
 * @param baseUrl - The server: `http:` is unencrypted HTTP/2, `https:` TLS.
 */
export function createWorkflowControlClient(
  baseUrl: string,
  options: WorkflowControlClientOptions = {},
): WorkflowControlClient {
  const maxMessageBytes = options.maxMessageBytes ?? DEFAULT_MAX_MESSAGE_BYTES;
  const sessions = new Http2SessionManager(
    baseUrl,
    {
      pingIntervalMs: KEEPALIVE_INTERVAL_MS,
      pingTimeoutMs: KEEPALIVE_TIMEOUT_MS,
      // Finds out that an idle connection is dead before the next call does.
      pingIdleConnection: true,
    },
    options.transport?.nodeOptions,
  );
  const transport = contractTransport(
    createGrpcTransport({
      readMaxBytes: maxMessageBytes,
      writeMaxBytes: maxMessageBytes,
      sessionManager: sessions,
      ...options.transport,
      baseUrl,
    }),
    options.callTimeoutMs ?? DEFAULT_CALL_TIMEOUT_MS,
  );
  const clients = SERVICES.map((service) => createClient(service, transport));
  return Object.assign({}, ...clients, { close: () => sessions.abort() }) as WorkflowControlClient;
}

/**
 * The Node.js client of workflow-control, the gRPC control plane for DBOS durable workflows.
 *
 * Requests and responses are the messages of `@workflow-control/client/v1/...`, whose comments say what each call does.
 *
 * @packageDocumentation
 */

export { Code } from "@connectrpc/connect";
export {
  createWorkflowControlClient,
  DEFAULT_CALL_TIMEOUT_MS,
  DEFAULT_MAX_MESSAGE_BYTES,
  type WorkflowControlClient,
  type WorkflowControlClientOptions,
} from "./client.js";
export { type FieldViolation, WorkflowControlError } from "./errors.js";
export { ErrorReason } from "./gen/workflowcontrol/v1/error_reason_pb.js";
export { serviceConfig } from "./gen/workflowcontrol/v1/service_config.js";
export { type Workflow, WorkflowOrder, WorkflowState, WorkflowView } from "./gen/workflowcontrol/v1/types_pb.js";
export { list, pages } from "./list.js";
export { contractTransport } from "./transport.js";
export { watch } from "./watch.js";

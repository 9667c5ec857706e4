/**
 * The Java client of workflow-control, the gRPC control plane for DBOS durable workflows.
 *
 * <p>Requests and responses are the messages of {@code io.workflowcontrol.v1}, whose comments say what each call does.
 */
package io.workflowcontrol.client;

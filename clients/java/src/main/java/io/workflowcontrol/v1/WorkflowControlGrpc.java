package io.workflowcontrol.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Controls and reads DBOS workflows.
 * Every mutation carries a `request_key` and takes effect exactly once: its effect and its response are committed in one transaction, and
 * the same key with the same request replays that response whatever has become of the workflow since. A replay also carries the initial
 * metadata `idempotency-replayed: true`. The errors that any mutation may answer, beside its own: INVALID_REQUEST, REQUEST_KEY_REUSED,
 * REQUEST_KEY_PARAMETERS_DIFFER, REQUEST_PREVIOUSLY_FAILED, REQUEST_IN_PROGRESS, WORKFLOW_LOCKED, DATABASE_UNAVAILABLE, OVERLOADED,
 * OUTCOME_UNKNOWN, DEADLINE_EXCEEDED, SHUTTING_DOWN, INTERNAL; see `ErrorReason`. After any code but INVALID_ARGUMENT, NOT_FOUND,
 * ALREADY_EXISTS and FAILED_PRECONDITION it is right to retry with the same key.
 * Strings that name things reject the empty string where required, whitespace only, NUL, and more than 255 bytes of UTF-8 (`request_key`:
 * 200). Unknown fields in a mutation are rejected, since executing it without them might not be what was asked for.
 * The messages of `CancelWorkflow`, `ResumeWorkflow`, `ForkWorkflow` and the first reads are in this file, the others beside it:
 * workflow_changes, workflow_start, workflow_messages, workflow_events, workflow_aggregates, workflow_tree,
 * workflow_waiting and workflow_export.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class WorkflowControlGrpc {

  private WorkflowControlGrpc() {}

  public static final java.lang.String SERVICE_NAME = "workflowcontrol.v1.WorkflowControl";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.CancelWorkflowRequest,
      io.workflowcontrol.v1.CancelWorkflowResponse> getCancelWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelWorkflow",
      requestType = io.workflowcontrol.v1.CancelWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.CancelWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.CancelWorkflowRequest,
      io.workflowcontrol.v1.CancelWorkflowResponse> getCancelWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.CancelWorkflowRequest, io.workflowcontrol.v1.CancelWorkflowResponse> getCancelWorkflowMethod;
    if ((getCancelWorkflowMethod = WorkflowControlGrpc.getCancelWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getCancelWorkflowMethod = WorkflowControlGrpc.getCancelWorkflowMethod) == null) {
          WorkflowControlGrpc.getCancelWorkflowMethod = getCancelWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.CancelWorkflowRequest, io.workflowcontrol.v1.CancelWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CancelWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CancelWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("CancelWorkflow"))
              .build();
        }
      }
    }
    return getCancelWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ResumeWorkflowRequest,
      io.workflowcontrol.v1.ResumeWorkflowResponse> getResumeWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResumeWorkflow",
      requestType = io.workflowcontrol.v1.ResumeWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.ResumeWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ResumeWorkflowRequest,
      io.workflowcontrol.v1.ResumeWorkflowResponse> getResumeWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ResumeWorkflowRequest, io.workflowcontrol.v1.ResumeWorkflowResponse> getResumeWorkflowMethod;
    if ((getResumeWorkflowMethod = WorkflowControlGrpc.getResumeWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getResumeWorkflowMethod = WorkflowControlGrpc.getResumeWorkflowMethod) == null) {
          WorkflowControlGrpc.getResumeWorkflowMethod = getResumeWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ResumeWorkflowRequest, io.workflowcontrol.v1.ResumeWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResumeWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ResumeWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ResumeWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ResumeWorkflow"))
              .build();
        }
      }
    }
    return getResumeWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ForkWorkflowRequest,
      io.workflowcontrol.v1.ForkWorkflowResponse> getForkWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ForkWorkflow",
      requestType = io.workflowcontrol.v1.ForkWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.ForkWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ForkWorkflowRequest,
      io.workflowcontrol.v1.ForkWorkflowResponse> getForkWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ForkWorkflowRequest, io.workflowcontrol.v1.ForkWorkflowResponse> getForkWorkflowMethod;
    if ((getForkWorkflowMethod = WorkflowControlGrpc.getForkWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getForkWorkflowMethod = WorkflowControlGrpc.getForkWorkflowMethod) == null) {
          WorkflowControlGrpc.getForkWorkflowMethod = getForkWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ForkWorkflowRequest, io.workflowcontrol.v1.ForkWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ForkWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ForkWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ForkWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ForkWorkflow"))
              .build();
        }
      }
    }
    return getForkWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.RestartWorkflowRequest,
      io.workflowcontrol.v1.RestartWorkflowResponse> getRestartWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RestartWorkflow",
      requestType = io.workflowcontrol.v1.RestartWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.RestartWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.RestartWorkflowRequest,
      io.workflowcontrol.v1.RestartWorkflowResponse> getRestartWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.RestartWorkflowRequest, io.workflowcontrol.v1.RestartWorkflowResponse> getRestartWorkflowMethod;
    if ((getRestartWorkflowMethod = WorkflowControlGrpc.getRestartWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getRestartWorkflowMethod = WorkflowControlGrpc.getRestartWorkflowMethod) == null) {
          WorkflowControlGrpc.getRestartWorkflowMethod = getRestartWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.RestartWorkflowRequest, io.workflowcontrol.v1.RestartWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RestartWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RestartWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RestartWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("RestartWorkflow"))
              .build();
        }
      }
    }
    return getRestartWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.RewindWorkflowRequest,
      io.workflowcontrol.v1.RewindWorkflowResponse> getRewindWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RewindWorkflow",
      requestType = io.workflowcontrol.v1.RewindWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.RewindWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.RewindWorkflowRequest,
      io.workflowcontrol.v1.RewindWorkflowResponse> getRewindWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.RewindWorkflowRequest, io.workflowcontrol.v1.RewindWorkflowResponse> getRewindWorkflowMethod;
    if ((getRewindWorkflowMethod = WorkflowControlGrpc.getRewindWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getRewindWorkflowMethod = WorkflowControlGrpc.getRewindWorkflowMethod) == null) {
          WorkflowControlGrpc.getRewindWorkflowMethod = getRewindWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.RewindWorkflowRequest, io.workflowcontrol.v1.RewindWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RewindWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RewindWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RewindWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("RewindWorkflow"))
              .build();
        }
      }
    }
    return getRewindWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteWorkflowRequest,
      io.workflowcontrol.v1.DeleteWorkflowResponse> getDeleteWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteWorkflow",
      requestType = io.workflowcontrol.v1.DeleteWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.DeleteWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteWorkflowRequest,
      io.workflowcontrol.v1.DeleteWorkflowResponse> getDeleteWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteWorkflowRequest, io.workflowcontrol.v1.DeleteWorkflowResponse> getDeleteWorkflowMethod;
    if ((getDeleteWorkflowMethod = WorkflowControlGrpc.getDeleteWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getDeleteWorkflowMethod = WorkflowControlGrpc.getDeleteWorkflowMethod) == null) {
          WorkflowControlGrpc.getDeleteWorkflowMethod = getDeleteWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.DeleteWorkflowRequest, io.workflowcontrol.v1.DeleteWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.DeleteWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.DeleteWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("DeleteWorkflow"))
              .build();
        }
      }
    }
    return getDeleteWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartWorkflowRequest,
      io.workflowcontrol.v1.StartWorkflowResponse> getStartWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StartWorkflow",
      requestType = io.workflowcontrol.v1.StartWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.StartWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartWorkflowRequest,
      io.workflowcontrol.v1.StartWorkflowResponse> getStartWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartWorkflowRequest, io.workflowcontrol.v1.StartWorkflowResponse> getStartWorkflowMethod;
    if ((getStartWorkflowMethod = WorkflowControlGrpc.getStartWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getStartWorkflowMethod = WorkflowControlGrpc.getStartWorkflowMethod) == null) {
          WorkflowControlGrpc.getStartWorkflowMethod = getStartWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.StartWorkflowRequest, io.workflowcontrol.v1.StartWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StartWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StartWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StartWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("StartWorkflow"))
              .build();
        }
      }
    }
    return getStartWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartWorkflowsRequest,
      io.workflowcontrol.v1.StartWorkflowsResponse> getStartWorkflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StartWorkflows",
      requestType = io.workflowcontrol.v1.StartWorkflowsRequest.class,
      responseType = io.workflowcontrol.v1.StartWorkflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartWorkflowsRequest,
      io.workflowcontrol.v1.StartWorkflowsResponse> getStartWorkflowsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartWorkflowsRequest, io.workflowcontrol.v1.StartWorkflowsResponse> getStartWorkflowsMethod;
    if ((getStartWorkflowsMethod = WorkflowControlGrpc.getStartWorkflowsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getStartWorkflowsMethod = WorkflowControlGrpc.getStartWorkflowsMethod) == null) {
          WorkflowControlGrpc.getStartWorkflowsMethod = getStartWorkflowsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.StartWorkflowsRequest, io.workflowcontrol.v1.StartWorkflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StartWorkflows"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StartWorkflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StartWorkflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("StartWorkflows"))
              .build();
        }
      }
    }
    return getStartWorkflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.SendMessageRequest,
      io.workflowcontrol.v1.SendMessageResponse> getSendMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SendMessage",
      requestType = io.workflowcontrol.v1.SendMessageRequest.class,
      responseType = io.workflowcontrol.v1.SendMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.SendMessageRequest,
      io.workflowcontrol.v1.SendMessageResponse> getSendMessageMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.SendMessageRequest, io.workflowcontrol.v1.SendMessageResponse> getSendMessageMethod;
    if ((getSendMessageMethod = WorkflowControlGrpc.getSendMessageMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getSendMessageMethod = WorkflowControlGrpc.getSendMessageMethod) == null) {
          WorkflowControlGrpc.getSendMessageMethod = getSendMessageMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.SendMessageRequest, io.workflowcontrol.v1.SendMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SendMessage"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SendMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SendMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("SendMessage"))
              .build();
        }
      }
    }
    return getSendMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.SendMessagesRequest,
      io.workflowcontrol.v1.SendMessagesResponse> getSendMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SendMessages",
      requestType = io.workflowcontrol.v1.SendMessagesRequest.class,
      responseType = io.workflowcontrol.v1.SendMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.SendMessagesRequest,
      io.workflowcontrol.v1.SendMessagesResponse> getSendMessagesMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.SendMessagesRequest, io.workflowcontrol.v1.SendMessagesResponse> getSendMessagesMethod;
    if ((getSendMessagesMethod = WorkflowControlGrpc.getSendMessagesMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getSendMessagesMethod = WorkflowControlGrpc.getSendMessagesMethod) == null) {
          WorkflowControlGrpc.getSendMessagesMethod = getSendMessagesMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.SendMessagesRequest, io.workflowcontrol.v1.SendMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SendMessages"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SendMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SendMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("SendMessages"))
              .build();
        }
      }
    }
    return getSendMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetWorkflowDelayRequest,
      io.workflowcontrol.v1.SetWorkflowDelayResponse> getSetWorkflowDelayMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetWorkflowDelay",
      requestType = io.workflowcontrol.v1.SetWorkflowDelayRequest.class,
      responseType = io.workflowcontrol.v1.SetWorkflowDelayResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetWorkflowDelayRequest,
      io.workflowcontrol.v1.SetWorkflowDelayResponse> getSetWorkflowDelayMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetWorkflowDelayRequest, io.workflowcontrol.v1.SetWorkflowDelayResponse> getSetWorkflowDelayMethod;
    if ((getSetWorkflowDelayMethod = WorkflowControlGrpc.getSetWorkflowDelayMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getSetWorkflowDelayMethod = WorkflowControlGrpc.getSetWorkflowDelayMethod) == null) {
          WorkflowControlGrpc.getSetWorkflowDelayMethod = getSetWorkflowDelayMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.SetWorkflowDelayRequest, io.workflowcontrol.v1.SetWorkflowDelayResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetWorkflowDelay"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SetWorkflowDelayRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SetWorkflowDelayResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("SetWorkflowDelay"))
              .build();
        }
      }
    }
    return getSetWorkflowDelayMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetWorkflowPriorityRequest,
      io.workflowcontrol.v1.SetWorkflowPriorityResponse> getSetWorkflowPriorityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetWorkflowPriority",
      requestType = io.workflowcontrol.v1.SetWorkflowPriorityRequest.class,
      responseType = io.workflowcontrol.v1.SetWorkflowPriorityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetWorkflowPriorityRequest,
      io.workflowcontrol.v1.SetWorkflowPriorityResponse> getSetWorkflowPriorityMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetWorkflowPriorityRequest, io.workflowcontrol.v1.SetWorkflowPriorityResponse> getSetWorkflowPriorityMethod;
    if ((getSetWorkflowPriorityMethod = WorkflowControlGrpc.getSetWorkflowPriorityMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getSetWorkflowPriorityMethod = WorkflowControlGrpc.getSetWorkflowPriorityMethod) == null) {
          WorkflowControlGrpc.getSetWorkflowPriorityMethod = getSetWorkflowPriorityMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.SetWorkflowPriorityRequest, io.workflowcontrol.v1.SetWorkflowPriorityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetWorkflowPriority"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SetWorkflowPriorityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SetWorkflowPriorityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("SetWorkflowPriority"))
              .build();
        }
      }
    }
    return getSetWorkflowPriorityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.UpdateWorkflowAttributesRequest,
      io.workflowcontrol.v1.UpdateWorkflowAttributesResponse> getUpdateWorkflowAttributesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateWorkflowAttributes",
      requestType = io.workflowcontrol.v1.UpdateWorkflowAttributesRequest.class,
      responseType = io.workflowcontrol.v1.UpdateWorkflowAttributesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.UpdateWorkflowAttributesRequest,
      io.workflowcontrol.v1.UpdateWorkflowAttributesResponse> getUpdateWorkflowAttributesMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.UpdateWorkflowAttributesRequest, io.workflowcontrol.v1.UpdateWorkflowAttributesResponse> getUpdateWorkflowAttributesMethod;
    if ((getUpdateWorkflowAttributesMethod = WorkflowControlGrpc.getUpdateWorkflowAttributesMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getUpdateWorkflowAttributesMethod = WorkflowControlGrpc.getUpdateWorkflowAttributesMethod) == null) {
          WorkflowControlGrpc.getUpdateWorkflowAttributesMethod = getUpdateWorkflowAttributesMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.UpdateWorkflowAttributesRequest, io.workflowcontrol.v1.UpdateWorkflowAttributesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateWorkflowAttributes"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.UpdateWorkflowAttributesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.UpdateWorkflowAttributesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("UpdateWorkflowAttributes"))
              .build();
        }
      }
    }
    return getUpdateWorkflowAttributesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ImportWorkflowRequest,
      io.workflowcontrol.v1.ImportWorkflowResponse> getImportWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportWorkflow",
      requestType = io.workflowcontrol.v1.ImportWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.ImportWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ImportWorkflowRequest,
      io.workflowcontrol.v1.ImportWorkflowResponse> getImportWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ImportWorkflowRequest, io.workflowcontrol.v1.ImportWorkflowResponse> getImportWorkflowMethod;
    if ((getImportWorkflowMethod = WorkflowControlGrpc.getImportWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getImportWorkflowMethod = WorkflowControlGrpc.getImportWorkflowMethod) == null) {
          WorkflowControlGrpc.getImportWorkflowMethod = getImportWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ImportWorkflowRequest, io.workflowcontrol.v1.ImportWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportWorkflow"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ImportWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ImportWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ImportWorkflow"))
              .build();
        }
      }
    }
    return getImportWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.RecoverExecutorRequest,
      io.workflowcontrol.v1.RecoverExecutorResponse> getRecoverExecutorMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RecoverExecutor",
      requestType = io.workflowcontrol.v1.RecoverExecutorRequest.class,
      responseType = io.workflowcontrol.v1.RecoverExecutorResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.RecoverExecutorRequest,
      io.workflowcontrol.v1.RecoverExecutorResponse> getRecoverExecutorMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.RecoverExecutorRequest, io.workflowcontrol.v1.RecoverExecutorResponse> getRecoverExecutorMethod;
    if ((getRecoverExecutorMethod = WorkflowControlGrpc.getRecoverExecutorMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getRecoverExecutorMethod = WorkflowControlGrpc.getRecoverExecutorMethod) == null) {
          WorkflowControlGrpc.getRecoverExecutorMethod = getRecoverExecutorMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.RecoverExecutorRequest, io.workflowcontrol.v1.RecoverExecutorResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RecoverExecutor"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RecoverExecutorRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RecoverExecutorResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("RecoverExecutor"))
              .build();
        }
      }
    }
    return getRecoverExecutorMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetWorkflowRequest,
      io.workflowcontrol.v1.GetWorkflowResponse> getGetWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWorkflow",
      requestType = io.workflowcontrol.v1.GetWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.GetWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetWorkflowRequest,
      io.workflowcontrol.v1.GetWorkflowResponse> getGetWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetWorkflowRequest, io.workflowcontrol.v1.GetWorkflowResponse> getGetWorkflowMethod;
    if ((getGetWorkflowMethod = WorkflowControlGrpc.getGetWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getGetWorkflowMethod = WorkflowControlGrpc.getGetWorkflowMethod) == null) {
          WorkflowControlGrpc.getGetWorkflowMethod = getGetWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetWorkflowRequest, io.workflowcontrol.v1.GetWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWorkflow"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("GetWorkflow"))
              .build();
        }
      }
    }
    return getGetWorkflowMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.AwaitWorkflowsRequest,
      io.workflowcontrol.v1.AwaitWorkflowsResponse> getAwaitWorkflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AwaitWorkflows",
      requestType = io.workflowcontrol.v1.AwaitWorkflowsRequest.class,
      responseType = io.workflowcontrol.v1.AwaitWorkflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.AwaitWorkflowsRequest,
      io.workflowcontrol.v1.AwaitWorkflowsResponse> getAwaitWorkflowsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.AwaitWorkflowsRequest, io.workflowcontrol.v1.AwaitWorkflowsResponse> getAwaitWorkflowsMethod;
    if ((getAwaitWorkflowsMethod = WorkflowControlGrpc.getAwaitWorkflowsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getAwaitWorkflowsMethod = WorkflowControlGrpc.getAwaitWorkflowsMethod) == null) {
          WorkflowControlGrpc.getAwaitWorkflowsMethod = getAwaitWorkflowsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.AwaitWorkflowsRequest, io.workflowcontrol.v1.AwaitWorkflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AwaitWorkflows"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.AwaitWorkflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.AwaitWorkflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("AwaitWorkflows"))
              .build();
        }
      }
    }
    return getAwaitWorkflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.WatchWorkflowsRequest,
      io.workflowcontrol.v1.WatchWorkflowsResponse> getWatchWorkflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchWorkflows",
      requestType = io.workflowcontrol.v1.WatchWorkflowsRequest.class,
      responseType = io.workflowcontrol.v1.WatchWorkflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.WatchWorkflowsRequest,
      io.workflowcontrol.v1.WatchWorkflowsResponse> getWatchWorkflowsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.WatchWorkflowsRequest, io.workflowcontrol.v1.WatchWorkflowsResponse> getWatchWorkflowsMethod;
    if ((getWatchWorkflowsMethod = WorkflowControlGrpc.getWatchWorkflowsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getWatchWorkflowsMethod = WorkflowControlGrpc.getWatchWorkflowsMethod) == null) {
          WorkflowControlGrpc.getWatchWorkflowsMethod = getWatchWorkflowsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.WatchWorkflowsRequest, io.workflowcontrol.v1.WatchWorkflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchWorkflows"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.WatchWorkflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.WatchWorkflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("WatchWorkflows"))
              .build();
        }
      }
    }
    return getWatchWorkflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListWorkflowsRequest,
      io.workflowcontrol.v1.ListWorkflowsResponse> getListWorkflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWorkflows",
      requestType = io.workflowcontrol.v1.ListWorkflowsRequest.class,
      responseType = io.workflowcontrol.v1.ListWorkflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListWorkflowsRequest,
      io.workflowcontrol.v1.ListWorkflowsResponse> getListWorkflowsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListWorkflowsRequest, io.workflowcontrol.v1.ListWorkflowsResponse> getListWorkflowsMethod;
    if ((getListWorkflowsMethod = WorkflowControlGrpc.getListWorkflowsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getListWorkflowsMethod = WorkflowControlGrpc.getListWorkflowsMethod) == null) {
          WorkflowControlGrpc.getListWorkflowsMethod = getListWorkflowsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListWorkflowsRequest, io.workflowcontrol.v1.ListWorkflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWorkflows"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListWorkflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListWorkflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ListWorkflows"))
              .build();
        }
      }
    }
    return getListWorkflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListWorkflowStepsRequest,
      io.workflowcontrol.v1.ListWorkflowStepsResponse> getListWorkflowStepsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWorkflowSteps",
      requestType = io.workflowcontrol.v1.ListWorkflowStepsRequest.class,
      responseType = io.workflowcontrol.v1.ListWorkflowStepsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListWorkflowStepsRequest,
      io.workflowcontrol.v1.ListWorkflowStepsResponse> getListWorkflowStepsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListWorkflowStepsRequest, io.workflowcontrol.v1.ListWorkflowStepsResponse> getListWorkflowStepsMethod;
    if ((getListWorkflowStepsMethod = WorkflowControlGrpc.getListWorkflowStepsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getListWorkflowStepsMethod = WorkflowControlGrpc.getListWorkflowStepsMethod) == null) {
          WorkflowControlGrpc.getListWorkflowStepsMethod = getListWorkflowStepsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListWorkflowStepsRequest, io.workflowcontrol.v1.ListWorkflowStepsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWorkflowSteps"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListWorkflowStepsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListWorkflowStepsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ListWorkflowSteps"))
              .build();
        }
      }
    }
    return getListWorkflowStepsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.CountWorkflowsRequest,
      io.workflowcontrol.v1.CountWorkflowsResponse> getCountWorkflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CountWorkflows",
      requestType = io.workflowcontrol.v1.CountWorkflowsRequest.class,
      responseType = io.workflowcontrol.v1.CountWorkflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.CountWorkflowsRequest,
      io.workflowcontrol.v1.CountWorkflowsResponse> getCountWorkflowsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.CountWorkflowsRequest, io.workflowcontrol.v1.CountWorkflowsResponse> getCountWorkflowsMethod;
    if ((getCountWorkflowsMethod = WorkflowControlGrpc.getCountWorkflowsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getCountWorkflowsMethod = WorkflowControlGrpc.getCountWorkflowsMethod) == null) {
          WorkflowControlGrpc.getCountWorkflowsMethod = getCountWorkflowsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.CountWorkflowsRequest, io.workflowcontrol.v1.CountWorkflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CountWorkflows"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CountWorkflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CountWorkflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("CountWorkflows"))
              .build();
        }
      }
    }
    return getCountWorkflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.AggregateWorkflowsRequest,
      io.workflowcontrol.v1.AggregateWorkflowsResponse> getAggregateWorkflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AggregateWorkflows",
      requestType = io.workflowcontrol.v1.AggregateWorkflowsRequest.class,
      responseType = io.workflowcontrol.v1.AggregateWorkflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.AggregateWorkflowsRequest,
      io.workflowcontrol.v1.AggregateWorkflowsResponse> getAggregateWorkflowsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.AggregateWorkflowsRequest, io.workflowcontrol.v1.AggregateWorkflowsResponse> getAggregateWorkflowsMethod;
    if ((getAggregateWorkflowsMethod = WorkflowControlGrpc.getAggregateWorkflowsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getAggregateWorkflowsMethod = WorkflowControlGrpc.getAggregateWorkflowsMethod) == null) {
          WorkflowControlGrpc.getAggregateWorkflowsMethod = getAggregateWorkflowsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.AggregateWorkflowsRequest, io.workflowcontrol.v1.AggregateWorkflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AggregateWorkflows"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.AggregateWorkflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.AggregateWorkflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("AggregateWorkflows"))
              .build();
        }
      }
    }
    return getAggregateWorkflowsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.AggregateStepsRequest,
      io.workflowcontrol.v1.AggregateStepsResponse> getAggregateStepsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AggregateSteps",
      requestType = io.workflowcontrol.v1.AggregateStepsRequest.class,
      responseType = io.workflowcontrol.v1.AggregateStepsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.AggregateStepsRequest,
      io.workflowcontrol.v1.AggregateStepsResponse> getAggregateStepsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.AggregateStepsRequest, io.workflowcontrol.v1.AggregateStepsResponse> getAggregateStepsMethod;
    if ((getAggregateStepsMethod = WorkflowControlGrpc.getAggregateStepsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getAggregateStepsMethod = WorkflowControlGrpc.getAggregateStepsMethod) == null) {
          WorkflowControlGrpc.getAggregateStepsMethod = getAggregateStepsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.AggregateStepsRequest, io.workflowcontrol.v1.AggregateStepsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AggregateSteps"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.AggregateStepsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.AggregateStepsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("AggregateSteps"))
              .build();
        }
      }
    }
    return getAggregateStepsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetWorkflowTreeRequest,
      io.workflowcontrol.v1.GetWorkflowTreeResponse> getGetWorkflowTreeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWorkflowTree",
      requestType = io.workflowcontrol.v1.GetWorkflowTreeRequest.class,
      responseType = io.workflowcontrol.v1.GetWorkflowTreeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetWorkflowTreeRequest,
      io.workflowcontrol.v1.GetWorkflowTreeResponse> getGetWorkflowTreeMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetWorkflowTreeRequest, io.workflowcontrol.v1.GetWorkflowTreeResponse> getGetWorkflowTreeMethod;
    if ((getGetWorkflowTreeMethod = WorkflowControlGrpc.getGetWorkflowTreeMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getGetWorkflowTreeMethod = WorkflowControlGrpc.getGetWorkflowTreeMethod) == null) {
          WorkflowControlGrpc.getGetWorkflowTreeMethod = getGetWorkflowTreeMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetWorkflowTreeRequest, io.workflowcontrol.v1.GetWorkflowTreeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWorkflowTree"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetWorkflowTreeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetWorkflowTreeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("GetWorkflowTree"))
              .build();
        }
      }
    }
    return getGetWorkflowTreeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetEventRequest,
      io.workflowcontrol.v1.GetEventResponse> getGetEventMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetEvent",
      requestType = io.workflowcontrol.v1.GetEventRequest.class,
      responseType = io.workflowcontrol.v1.GetEventResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetEventRequest,
      io.workflowcontrol.v1.GetEventResponse> getGetEventMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetEventRequest, io.workflowcontrol.v1.GetEventResponse> getGetEventMethod;
    if ((getGetEventMethod = WorkflowControlGrpc.getGetEventMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getGetEventMethod = WorkflowControlGrpc.getGetEventMethod) == null) {
          WorkflowControlGrpc.getGetEventMethod = getGetEventMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetEventRequest, io.workflowcontrol.v1.GetEventResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetEvent"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetEventRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetEventResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("GetEvent"))
              .build();
        }
      }
    }
    return getGetEventMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListEventsRequest,
      io.workflowcontrol.v1.ListEventsResponse> getListEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListEvents",
      requestType = io.workflowcontrol.v1.ListEventsRequest.class,
      responseType = io.workflowcontrol.v1.ListEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListEventsRequest,
      io.workflowcontrol.v1.ListEventsResponse> getListEventsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListEventsRequest, io.workflowcontrol.v1.ListEventsResponse> getListEventsMethod;
    if ((getListEventsMethod = WorkflowControlGrpc.getListEventsMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getListEventsMethod = WorkflowControlGrpc.getListEventsMethod) == null) {
          WorkflowControlGrpc.getListEventsMethod = getListEventsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListEventsRequest, io.workflowcontrol.v1.ListEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ListEvents"))
              .build();
        }
      }
    }
    return getListEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListMessagesRequest,
      io.workflowcontrol.v1.ListMessagesResponse> getListMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListMessages",
      requestType = io.workflowcontrol.v1.ListMessagesRequest.class,
      responseType = io.workflowcontrol.v1.ListMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListMessagesRequest,
      io.workflowcontrol.v1.ListMessagesResponse> getListMessagesMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListMessagesRequest, io.workflowcontrol.v1.ListMessagesResponse> getListMessagesMethod;
    if ((getListMessagesMethod = WorkflowControlGrpc.getListMessagesMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getListMessagesMethod = WorkflowControlGrpc.getListMessagesMethod) == null) {
          WorkflowControlGrpc.getListMessagesMethod = getListMessagesMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListMessagesRequest, io.workflowcontrol.v1.ListMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListMessages"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ListMessages"))
              .build();
        }
      }
    }
    return getListMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ReadStreamRequest,
      io.workflowcontrol.v1.ReadStreamResponse> getReadStreamMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReadStream",
      requestType = io.workflowcontrol.v1.ReadStreamRequest.class,
      responseType = io.workflowcontrol.v1.ReadStreamResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ReadStreamRequest,
      io.workflowcontrol.v1.ReadStreamResponse> getReadStreamMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ReadStreamRequest, io.workflowcontrol.v1.ReadStreamResponse> getReadStreamMethod;
    if ((getReadStreamMethod = WorkflowControlGrpc.getReadStreamMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getReadStreamMethod = WorkflowControlGrpc.getReadStreamMethod) == null) {
          WorkflowControlGrpc.getReadStreamMethod = getReadStreamMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ReadStreamRequest, io.workflowcontrol.v1.ReadStreamResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReadStream"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ReadStreamRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ReadStreamResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ReadStream"))
              .build();
        }
      }
    }
    return getReadStreamMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ExportWorkflowRequest,
      io.workflowcontrol.v1.ExportWorkflowResponse> getExportWorkflowMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportWorkflow",
      requestType = io.workflowcontrol.v1.ExportWorkflowRequest.class,
      responseType = io.workflowcontrol.v1.ExportWorkflowResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ExportWorkflowRequest,
      io.workflowcontrol.v1.ExportWorkflowResponse> getExportWorkflowMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ExportWorkflowRequest, io.workflowcontrol.v1.ExportWorkflowResponse> getExportWorkflowMethod;
    if ((getExportWorkflowMethod = WorkflowControlGrpc.getExportWorkflowMethod) == null) {
      synchronized (WorkflowControlGrpc.class) {
        if ((getExportWorkflowMethod = WorkflowControlGrpc.getExportWorkflowMethod) == null) {
          WorkflowControlGrpc.getExportWorkflowMethod = getExportWorkflowMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ExportWorkflowRequest, io.workflowcontrol.v1.ExportWorkflowResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportWorkflow"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ExportWorkflowRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ExportWorkflowResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WorkflowControlMethodDescriptorSupplier("ExportWorkflow"))
              .build();
        }
      }
    }
    return getExportWorkflowMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static WorkflowControlStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkflowControlStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkflowControlStub>() {
        @java.lang.Override
        public WorkflowControlStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkflowControlStub(channel, callOptions);
        }
      };
    return WorkflowControlStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static WorkflowControlBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkflowControlBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkflowControlBlockingV2Stub>() {
        @java.lang.Override
        public WorkflowControlBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkflowControlBlockingV2Stub(channel, callOptions);
        }
      };
    return WorkflowControlBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static WorkflowControlBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkflowControlBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkflowControlBlockingStub>() {
        @java.lang.Override
        public WorkflowControlBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkflowControlBlockingStub(channel, callOptions);
        }
      };
    return WorkflowControlBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static WorkflowControlFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WorkflowControlFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WorkflowControlFutureStub>() {
        @java.lang.Override
        public WorkflowControlFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WorkflowControlFutureStub(channel, callOptions);
        }
      };
    return WorkflowControlFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Controls and reads DBOS workflows.
   * Every mutation carries a `request_key` and takes effect exactly once: its effect and its response are committed in one transaction, and
   * the same key with the same request replays that response whatever has become of the workflow since. A replay also carries the initial
   * metadata `idempotency-replayed: true`. The errors that any mutation may answer, beside its own: INVALID_REQUEST, REQUEST_KEY_REUSED,
   * REQUEST_KEY_PARAMETERS_DIFFER, REQUEST_PREVIOUSLY_FAILED, REQUEST_IN_PROGRESS, WORKFLOW_LOCKED, DATABASE_UNAVAILABLE, OVERLOADED,
   * OUTCOME_UNKNOWN, DEADLINE_EXCEEDED, SHUTTING_DOWN, INTERNAL; see `ErrorReason`. After any code but INVALID_ARGUMENT, NOT_FOUND,
   * ALREADY_EXISTS and FAILED_PRECONDITION it is right to retry with the same key.
   * Strings that name things reject the empty string where required, whitespace only, NUL, and more than 255 bytes of UTF-8 (`request_key`:
   * 200). Unknown fields in a mutation are rejected, since executing it without them might not be what was asked for.
   * The messages of `CancelWorkflow`, `ResumeWorkflow`, `ForkWorkflow` and the first reads are in this file, the others beside it:
   * workflow_changes, workflow_start, workflow_messages, workflow_events, workflow_aggregates, workflow_tree,
   * workflow_waiting and workflow_export.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Cancels a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: a workflow that is not in SUCCESS or ERROR becomes CANCELLED, leaves its queue and frees its deduplication id. A running worker
     * notices before its next step: the step that is running ends. From SUCCESS, ERROR and CANCELLED nothing changes, and `outcome` says so.
     * Errors: WORKFLOW_NOT_FOUND unless `allow_missing`. Idempotent by `request_key`.
     * </pre>
     */
    default void cancelWorkflow(io.workflowcontrol.v1.CancelWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CancelWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Puts a workflow that is not complete into a queue again, from where a worker continues it after its last recorded step.
     * Effect: from PENDING, ENQUEUED, DELAYED, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery
     * attempts 0, its deadline, deduplication id and start time are cleared. From SUCCESS and ERROR nothing changes, and `outcome` says so.
     * A PENDING workflow whose worker is alive is run a second time; DBOS 3.2 and later stop the first run then, older releases do not.
     * Errors: WORKFLOW_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    default void resumeWorkflow(io.workflowcontrol.v1.ResumeWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ResumeWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResumeWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Starts a copy of a workflow from one of its steps: the steps before it are copied with their results, the step itself is run again.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes, and, below the start step, its steps,
     * event history, latest events and streams; messages are not copied. The source, in whatever state, stays as it is but for
     * `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id, STEP_NOT_FOUND for `from_step_name`.
     * Idempotent by `request_key`.
     * </pre>
     */
    default void forkWorkflow(io.workflowcontrol.v1.ForkWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ForkWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getForkWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Runs a workflow again from the beginning, as a new workflow: a fork that copies no step.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes. The source, in whatever state, stays as it
     * is but for `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id. Idempotent by `request_key`.
     * </pre>
     */
    default void restartWorkflow(io.workflowcontrol.v1.RestartWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RestartWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRestartWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Runs a workflow again from one of its steps, under the same id: whoever waits for it keeps waiting for the right one. DBOS 3.1 and later.
     * Effect: from SUCCESS, ERROR, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery attempts 0; its
     * output, error, deadline, deduplication id, start time and completion time are cleared. Its steps from `start_step` on are deleted, its
     * events are what they were before that step, its streams are open again and keep their entries. Messages that the deleted steps received,
     * or that nothing has received, are deleted. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_TERMINAL, SCHEMA_CAPABILITY_MISSING. Idempotent by
     * `request_key`.
     * </pre>
     */
    default void rewindWorkflow(io.workflowcontrol.v1.RewindWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RewindWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRewindWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: the workflow's row and everything that belongs to it, in every table, are gone, and its id is free. From PENDING, ENQUEUED and
     * DELAYED only with `force`. Forks of it stay. Errors: WORKFLOW_NOT_FOUND unless `allow_missing`, WORKFLOW_NOT_TERMINAL, also for a
     * descendant, unless `force`. Idempotent by `request_key`.
     * </pre>
     */
    default void deleteWorkflow(io.workflowcontrol.v1.DeleteWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Starts a workflow: puts it into a queue, from where a worker takes it.
     * Effect: a new workflow in ENQUEUED, or in DELAYED with a delay or `debounce`, with its arguments in portable JSON. With `debounce`, a
     * workflow of the same key that still waits gets the arguments and waits on instead. What DBOS would silently leave waiting for ever is
     * refused, or warned of in the response. Errors: WORKFLOW_EXISTS for the id, whatever workflow has it; DEDUPLICATED unless
     * `duplicate_policy` is RETURN_EXISTING; QUEUE_PARTITION_KEY_REQUIRED; SCHEMA_CAPABILITY_MISSING. Idempotent by `request_key`.
     * </pre>
     */
    default void startWorkflow(io.workflowcontrol.v1.StartWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStartWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Starts up to 1,000 workflows in one transaction, all or nothing.
     * Effect: that of `StartWorkflow` for each in order, so that the second of two with the same deduplication id finds it held. Errors: those of
     * `StartWorkflow`, for the first workflow that has one. Idempotent by `request_key`.
     * </pre>
     */
    default void startWorkflows(io.workflowcontrol.v1.StartWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartWorkflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStartWorkflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends a message to a workflow, and with `include_forks` to its forks in the same transaction.
     * Effect: the message is in the inbox of the workflow, in whatever state that is; one that is complete will not read it. Its id is
     * `{request_key}::{destination_id}`, as DBOS's own clients (2.23 and later) write it: a recipient that has the id already, from whichever
     * client, gets no second message. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING, and INVALID_REQUEST for forks that make it more than
     * 10,000 recipients. Idempotent by `request_key`, and beyond its expiry by the message's id, which DBOS before 2.14 keeps only until the
     * message is received.
     * </pre>
     */
    default void sendMessage(io.workflowcontrol.v1.SendMessageRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SendMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSendMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends up to 1,000 messages in one transaction, all or nothing.
     * Effect: that of `SendMessage` for each, with message ids of their own. Errors: those of `SendMessage`, for the first destination that is
     * missing. Idempotent by `request_key`, and beyond its expiry by the messages' ids.
     * </pre>
     */
    default void sendMessages(io.workflowcontrol.v1.SendMessagesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SendMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSendMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes from when on workers may take a delayed workflow.
     * Effect: only from DELAYED, where it stays until a worker sees that the time has come. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_DELAYED,
     * SCHEMA_CAPABILITY_MISSING before DBOS 2.16. Idempotent by `request_key`.
     * </pre>
     */
    default void setWorkflowDelay(io.workflowcontrol.v1.SetWorkflowDelayRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetWorkflowDelayResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetWorkflowDelayMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a waiting workflow's priority within its queue.
     * Effect: only from ENQUEUED and DELAYED; the state stays. Before DBOS 3.0, queues without priorities ignore it. Errors: WORKFLOW_NOT_FOUND,
     * WORKFLOW_NOT_QUEUED. Idempotent by `request_key`.
     * </pre>
     */
    default void setWorkflowPriority(io.workflowcontrol.v1.SetWorkflowPriorityRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetWorkflowPriorityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetWorkflowPriorityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Replaces a workflow's attributes, or merges new ones into them.
     * Effect: in every state, which stays. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING before DBOS 2.25. Idempotent by `request_key`.
     * </pre>
     */
    default void updateWorkflowAttributes(io.workflowcontrol.v1.UpdateWorkflowAttributesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.UpdateWorkflowAttributesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateWorkflowAttributesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Writes an exported workflow, and the descendants that were exported with it, in one transaction, all or nothing.
     * Effect: the workflows as they were, their ids, states and times included. One in ENQUEUED is taken by a worker; one in PENDING waits for
     * `RecoverExecutor` or `ResumeWorkflow`. Errors: WORKFLOW_EXISTS for any of the ids; DEDUPLICATED for one that still holds a deduplication id;
     * SCHEMA_CAPABILITY_MISSING when a workflow has what the installed DBOS cannot keep; INVALID_REQUEST for what is no such export, and for the id
     * of another workflow's message. Import only what you trust: payloads reach the workers as they are, and a Python pickle runs code when one
     * reads it. Idempotent by `request_key`.
     * </pre>
     */
    default void importWorkflow(io.workflowcontrol.v1.ImportWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ImportWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getImportWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives the workflows of dead workers to the living.
     * Effect: workflows that are PENDING with one of the workers become ENQUEUED, in their queue or in DBOS's internal one, and are continued
     * after their last recorded step. All others are not touched. A worker that is in fact alive runs its workflows a second time; DBOS 3.2 and
     * later stop the first run then, older releases do not. Errors: none of its own; workers without such workflows are no error. Idempotent by
     * `request_key`.
     * </pre>
     */
    default void recoverExecutor(io.workflowcontrol.v1.RecoverExecutorRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RecoverExecutorResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRecoverExecutorMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one workflow, and with `wait` only once that has happened or the time is up. Errors: WORKFLOW_NOT_FOUND, also where it is deleted while
     * the call waits, RESPONSE_TOO_LARGE (then ask for the BASIC view); with `wait` also OVERLOADED where too many calls wait, and SHUTTING_DOWN,
     * after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    default void getWorkflow(io.workflowcontrol.v1.GetWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWorkflowMethod(), responseObserver);
    }

    /**
     * <pre>
     * Waits until the first or all of several workflows have ended, and returns those that have. Errors: INVALID_REQUEST, OVERLOADED where too many
     * calls wait, RESPONSE_TOO_LARGE (then ask for the BASIC view), SHUTTING_DOWN, after which another server waits on. A read: no key, safe to
     * repeat.
     * </pre>
     */
    default void awaitWorkflows(io.workflowcontrol.v1.AwaitWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AwaitWorkflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAwaitWorkflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells which workflows a filter selects, and from then on what becomes of them: a snapshot, then changes and heartbeats. A call that goes on with a
     * `resume_token` begins with a snapshot as well, in which unchanged workflows are ids only. Changes are told within about a second, those that
     * set none of a workflow's times (a resume, attributes, a deletion) up to some seconds later where many workflows are watched, and that one
     * comes to be selected by such a change up to a minute later.
     * A watch ends with OK when it is about 15 minutes old, and with UNAVAILABLE when its server stops: go on with the last token. A reader that is
     * too slow is told the latest state of each workflow, and ended with OVERLOADED when that are too many. Errors: INVALID_REQUEST (also for a token of
     * another filter, and for a filter that selects too much), SCHEMA_CAPABILITY_MISSING, OVERLOADED, RESPONSE_TOO_LARGE, SHUTTING_DOWN. A read: no
     * key, safe to repeat.
     * </pre>
     */
    default void watchWorkflows(io.workflowcontrol.v1.WatchWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.WatchWorkflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchWorkflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the workflows that a filter selects, paged by (create_time, workflow_id): workflows created meanwhile shift no page. In the FULL
     * view a page ends early rather than exceed the message limit. Errors: INVALID_REQUEST (also for a page token of another filter or
     * order), SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    default void listWorkflows(io.workflowcontrol.v1.ListWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListWorkflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWorkflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the recorded steps of a workflow in the order of their ids. A step that is still running has no record. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    default void listWorkflowSteps(io.workflowcontrol.v1.ListWorkflowStepsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListWorkflowStepsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWorkflowStepsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Counts the workflows that a filter selects. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING; DEADLINE_EXCEEDED where they are too many
     * to count in time. A read: no key, safe to repeat.
     * </pre>
     */
    default void countWorkflows(io.workflowcontrol.v1.CountWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CountWorkflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCountWorkflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Groups the workflows that a filter selects, and tells of each group how many they are, how old the oldest is, and how long they waited and
     * took at most. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in
     * time. A read: no key, safe to repeat.
     * </pre>
     */
    default void aggregateWorkflows(io.workflowcontrol.v1.AggregateWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AggregateWorkflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAggregateWorkflowsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Groups the recorded steps of all workflows, and tells of each group how many they are and how long they took at most. Errors:
     * INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in time. A read: no key,
     * safe to repeat.
     * </pre>
     */
    default void aggregateSteps(io.workflowcontrol.v1.AggregateStepsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AggregateStepsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAggregateStepsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads what a workflow comes from and what came of it: its ancestors, descendants and forks, as a tree of at most 1,000 workflows. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    default void getWorkflowTree(io.workflowcontrol.v1.GetWorkflowTreeRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetWorkflowTreeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWorkflowTreeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads the latest value of an event of a workflow, and with `timeout` waits for one that is not set. Errors: WORKFLOW_NOT_FOUND, also where
     * the workflow is deleted while the call waits, EVENT_NOT_FOUND, also when the time is up, RESPONSE_TOO_LARGE; with `timeout` also OVERLOADED
     * where too many calls wait, and SHUTTING_DOWN, after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    default void getEvent(io.workflowcontrol.v1.GetEventRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetEventResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetEventMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the events of a workflow in the order of their keys. With `include_value` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (then leave out the values). A read: no key, safe to repeat.
     * </pre>
     */
    default void listEvents(io.workflowcontrol.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the messages in a workflow's inbox, oldest first. With `include_message` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE (then leave out the messages). A read: no key,
     * safe to repeat.
     * </pre>
     */
    default void listMessages(io.workflowcontrol.v1.ListMessagesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads what a workflow has written to one of its streams so far, an entry a message, in the order of their offsets, and with `follow` what it
     * writes from then on. A stream that was never written to is empty. A stream that is followed outlasts the database's outages. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (of one entry: go on behind it); with `follow` also OVERLOADED where too many calls
     * wait, and SHUTTING_DOWN, after which another server goes on from the offset behind the last entry. A read: no key, safe to repeat.
     * </pre>
     */
    default void readStream(io.workflowcontrol.v1.ReadStreamRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ReadStreamResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReadStreamMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a workflow with everything that belongs to it, for `ImportWorkflow`. Errors: WORKFLOW_NOT_FOUND, RESPONSE_TOO_LARGE (then export
     * without children, and each child on its own, or without messages). A read: no key, safe to repeat.
     * </pre>
     */
    default void exportWorkflow(io.workflowcontrol.v1.ExportWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ExportWorkflowResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportWorkflowMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service WorkflowControl.
   * <pre>
   * Controls and reads DBOS workflows.
   * Every mutation carries a `request_key` and takes effect exactly once: its effect and its response are committed in one transaction, and
   * the same key with the same request replays that response whatever has become of the workflow since. A replay also carries the initial
   * metadata `idempotency-replayed: true`. The errors that any mutation may answer, beside its own: INVALID_REQUEST, REQUEST_KEY_REUSED,
   * REQUEST_KEY_PARAMETERS_DIFFER, REQUEST_PREVIOUSLY_FAILED, REQUEST_IN_PROGRESS, WORKFLOW_LOCKED, DATABASE_UNAVAILABLE, OVERLOADED,
   * OUTCOME_UNKNOWN, DEADLINE_EXCEEDED, SHUTTING_DOWN, INTERNAL; see `ErrorReason`. After any code but INVALID_ARGUMENT, NOT_FOUND,
   * ALREADY_EXISTS and FAILED_PRECONDITION it is right to retry with the same key.
   * Strings that name things reject the empty string where required, whitespace only, NUL, and more than 255 bytes of UTF-8 (`request_key`:
   * 200). Unknown fields in a mutation are rejected, since executing it without them might not be what was asked for.
   * The messages of `CancelWorkflow`, `ResumeWorkflow`, `ForkWorkflow` and the first reads are in this file, the others beside it:
   * workflow_changes, workflow_start, workflow_messages, workflow_events, workflow_aggregates, workflow_tree,
   * workflow_waiting and workflow_export.
   * </pre>
   */
  public static abstract class WorkflowControlImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return WorkflowControlGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service WorkflowControl.
   * <pre>
   * Controls and reads DBOS workflows.
   * Every mutation carries a `request_key` and takes effect exactly once: its effect and its response are committed in one transaction, and
   * the same key with the same request replays that response whatever has become of the workflow since. A replay also carries the initial
   * metadata `idempotency-replayed: true`. The errors that any mutation may answer, beside its own: INVALID_REQUEST, REQUEST_KEY_REUSED,
   * REQUEST_KEY_PARAMETERS_DIFFER, REQUEST_PREVIOUSLY_FAILED, REQUEST_IN_PROGRESS, WORKFLOW_LOCKED, DATABASE_UNAVAILABLE, OVERLOADED,
   * OUTCOME_UNKNOWN, DEADLINE_EXCEEDED, SHUTTING_DOWN, INTERNAL; see `ErrorReason`. After any code but INVALID_ARGUMENT, NOT_FOUND,
   * ALREADY_EXISTS and FAILED_PRECONDITION it is right to retry with the same key.
   * Strings that name things reject the empty string where required, whitespace only, NUL, and more than 255 bytes of UTF-8 (`request_key`:
   * 200). Unknown fields in a mutation are rejected, since executing it without them might not be what was asked for.
   * The messages of `CancelWorkflow`, `ResumeWorkflow`, `ForkWorkflow` and the first reads are in this file, the others beside it:
   * workflow_changes, workflow_start, workflow_messages, workflow_events, workflow_aggregates, workflow_tree,
   * workflow_waiting and workflow_export.
   * </pre>
   */
  public static final class WorkflowControlStub
      extends io.grpc.stub.AbstractAsyncStub<WorkflowControlStub> {
    private WorkflowControlStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkflowControlStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkflowControlStub(channel, callOptions);
    }

    /**
     * <pre>
     * Cancels a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: a workflow that is not in SUCCESS or ERROR becomes CANCELLED, leaves its queue and frees its deduplication id. A running worker
     * notices before its next step: the step that is running ends. From SUCCESS, ERROR and CANCELLED nothing changes, and `outcome` says so.
     * Errors: WORKFLOW_NOT_FOUND unless `allow_missing`. Idempotent by `request_key`.
     * </pre>
     */
    public void cancelWorkflow(io.workflowcontrol.v1.CancelWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CancelWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Puts a workflow that is not complete into a queue again, from where a worker continues it after its last recorded step.
     * Effect: from PENDING, ENQUEUED, DELAYED, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery
     * attempts 0, its deadline, deduplication id and start time are cleared. From SUCCESS and ERROR nothing changes, and `outcome` says so.
     * A PENDING workflow whose worker is alive is run a second time; DBOS 3.2 and later stop the first run then, older releases do not.
     * Errors: WORKFLOW_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public void resumeWorkflow(io.workflowcontrol.v1.ResumeWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ResumeWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResumeWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Starts a copy of a workflow from one of its steps: the steps before it are copied with their results, the step itself is run again.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes, and, below the start step, its steps,
     * event history, latest events and streams; messages are not copied. The source, in whatever state, stays as it is but for
     * `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id, STEP_NOT_FOUND for `from_step_name`.
     * Idempotent by `request_key`.
     * </pre>
     */
    public void forkWorkflow(io.workflowcontrol.v1.ForkWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ForkWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getForkWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Runs a workflow again from the beginning, as a new workflow: a fork that copies no step.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes. The source, in whatever state, stays as it
     * is but for `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id. Idempotent by `request_key`.
     * </pre>
     */
    public void restartWorkflow(io.workflowcontrol.v1.RestartWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RestartWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRestartWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Runs a workflow again from one of its steps, under the same id: whoever waits for it keeps waiting for the right one. DBOS 3.1 and later.
     * Effect: from SUCCESS, ERROR, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery attempts 0; its
     * output, error, deadline, deduplication id, start time and completion time are cleared. Its steps from `start_step` on are deleted, its
     * events are what they were before that step, its streams are open again and keep their entries. Messages that the deleted steps received,
     * or that nothing has received, are deleted. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_TERMINAL, SCHEMA_CAPABILITY_MISSING. Idempotent by
     * `request_key`.
     * </pre>
     */
    public void rewindWorkflow(io.workflowcontrol.v1.RewindWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RewindWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRewindWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: the workflow's row and everything that belongs to it, in every table, are gone, and its id is free. From PENDING, ENQUEUED and
     * DELAYED only with `force`. Forks of it stay. Errors: WORKFLOW_NOT_FOUND unless `allow_missing`, WORKFLOW_NOT_TERMINAL, also for a
     * descendant, unless `force`. Idempotent by `request_key`.
     * </pre>
     */
    public void deleteWorkflow(io.workflowcontrol.v1.DeleteWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Starts a workflow: puts it into a queue, from where a worker takes it.
     * Effect: a new workflow in ENQUEUED, or in DELAYED with a delay or `debounce`, with its arguments in portable JSON. With `debounce`, a
     * workflow of the same key that still waits gets the arguments and waits on instead. What DBOS would silently leave waiting for ever is
     * refused, or warned of in the response. Errors: WORKFLOW_EXISTS for the id, whatever workflow has it; DEDUPLICATED unless
     * `duplicate_policy` is RETURN_EXISTING; QUEUE_PARTITION_KEY_REQUIRED; SCHEMA_CAPABILITY_MISSING. Idempotent by `request_key`.
     * </pre>
     */
    public void startWorkflow(io.workflowcontrol.v1.StartWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStartWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Starts up to 1,000 workflows in one transaction, all or nothing.
     * Effect: that of `StartWorkflow` for each in order, so that the second of two with the same deduplication id finds it held. Errors: those of
     * `StartWorkflow`, for the first workflow that has one. Idempotent by `request_key`.
     * </pre>
     */
    public void startWorkflows(io.workflowcontrol.v1.StartWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartWorkflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStartWorkflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends a message to a workflow, and with `include_forks` to its forks in the same transaction.
     * Effect: the message is in the inbox of the workflow, in whatever state that is; one that is complete will not read it. Its id is
     * `{request_key}::{destination_id}`, as DBOS's own clients (2.23 and later) write it: a recipient that has the id already, from whichever
     * client, gets no second message. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING, and INVALID_REQUEST for forks that make it more than
     * 10,000 recipients. Idempotent by `request_key`, and beyond its expiry by the message's id, which DBOS before 2.14 keeps only until the
     * message is received.
     * </pre>
     */
    public void sendMessage(io.workflowcontrol.v1.SendMessageRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SendMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSendMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends up to 1,000 messages in one transaction, all or nothing.
     * Effect: that of `SendMessage` for each, with message ids of their own. Errors: those of `SendMessage`, for the first destination that is
     * missing. Idempotent by `request_key`, and beyond its expiry by the messages' ids.
     * </pre>
     */
    public void sendMessages(io.workflowcontrol.v1.SendMessagesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SendMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSendMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes from when on workers may take a delayed workflow.
     * Effect: only from DELAYED, where it stays until a worker sees that the time has come. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_DELAYED,
     * SCHEMA_CAPABILITY_MISSING before DBOS 2.16. Idempotent by `request_key`.
     * </pre>
     */
    public void setWorkflowDelay(io.workflowcontrol.v1.SetWorkflowDelayRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetWorkflowDelayResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetWorkflowDelayMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a waiting workflow's priority within its queue.
     * Effect: only from ENQUEUED and DELAYED; the state stays. Before DBOS 3.0, queues without priorities ignore it. Errors: WORKFLOW_NOT_FOUND,
     * WORKFLOW_NOT_QUEUED. Idempotent by `request_key`.
     * </pre>
     */
    public void setWorkflowPriority(io.workflowcontrol.v1.SetWorkflowPriorityRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetWorkflowPriorityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetWorkflowPriorityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Replaces a workflow's attributes, or merges new ones into them.
     * Effect: in every state, which stays. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING before DBOS 2.25. Idempotent by `request_key`.
     * </pre>
     */
    public void updateWorkflowAttributes(io.workflowcontrol.v1.UpdateWorkflowAttributesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.UpdateWorkflowAttributesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateWorkflowAttributesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Writes an exported workflow, and the descendants that were exported with it, in one transaction, all or nothing.
     * Effect: the workflows as they were, their ids, states and times included. One in ENQUEUED is taken by a worker; one in PENDING waits for
     * `RecoverExecutor` or `ResumeWorkflow`. Errors: WORKFLOW_EXISTS for any of the ids; DEDUPLICATED for one that still holds a deduplication id;
     * SCHEMA_CAPABILITY_MISSING when a workflow has what the installed DBOS cannot keep; INVALID_REQUEST for what is no such export, and for the id
     * of another workflow's message. Import only what you trust: payloads reach the workers as they are, and a Python pickle runs code when one
     * reads it. Idempotent by `request_key`.
     * </pre>
     */
    public void importWorkflow(io.workflowcontrol.v1.ImportWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ImportWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getImportWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives the workflows of dead workers to the living.
     * Effect: workflows that are PENDING with one of the workers become ENQUEUED, in their queue or in DBOS's internal one, and are continued
     * after their last recorded step. All others are not touched. A worker that is in fact alive runs its workflows a second time; DBOS 3.2 and
     * later stop the first run then, older releases do not. Errors: none of its own; workers without such workflows are no error. Idempotent by
     * `request_key`.
     * </pre>
     */
    public void recoverExecutor(io.workflowcontrol.v1.RecoverExecutorRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RecoverExecutorResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRecoverExecutorMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one workflow, and with `wait` only once that has happened or the time is up. Errors: WORKFLOW_NOT_FOUND, also where it is deleted while
     * the call waits, RESPONSE_TOO_LARGE (then ask for the BASIC view); with `wait` also OVERLOADED where too many calls wait, and SHUTTING_DOWN,
     * after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public void getWorkflow(io.workflowcontrol.v1.GetWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWorkflowMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Waits until the first or all of several workflows have ended, and returns those that have. Errors: INVALID_REQUEST, OVERLOADED where too many
     * calls wait, RESPONSE_TOO_LARGE (then ask for the BASIC view), SHUTTING_DOWN, after which another server waits on. A read: no key, safe to
     * repeat.
     * </pre>
     */
    public void awaitWorkflows(io.workflowcontrol.v1.AwaitWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AwaitWorkflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAwaitWorkflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells which workflows a filter selects, and from then on what becomes of them: a snapshot, then changes and heartbeats. A call that goes on with a
     * `resume_token` begins with a snapshot as well, in which unchanged workflows are ids only. Changes are told within about a second, those that
     * set none of a workflow's times (a resume, attributes, a deletion) up to some seconds later where many workflows are watched, and that one
     * comes to be selected by such a change up to a minute later.
     * A watch ends with OK when it is about 15 minutes old, and with UNAVAILABLE when its server stops: go on with the last token. A reader that is
     * too slow is told the latest state of each workflow, and ended with OVERLOADED when that are too many. Errors: INVALID_REQUEST (also for a token of
     * another filter, and for a filter that selects too much), SCHEMA_CAPABILITY_MISSING, OVERLOADED, RESPONSE_TOO_LARGE, SHUTTING_DOWN. A read: no
     * key, safe to repeat.
     * </pre>
     */
    public void watchWorkflows(io.workflowcontrol.v1.WatchWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.WatchWorkflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchWorkflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the workflows that a filter selects, paged by (create_time, workflow_id): workflows created meanwhile shift no page. In the FULL
     * view a page ends early rather than exceed the message limit. Errors: INVALID_REQUEST (also for a page token of another filter or
     * order), SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public void listWorkflows(io.workflowcontrol.v1.ListWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListWorkflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWorkflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the recorded steps of a workflow in the order of their ids. A step that is still running has no record. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public void listWorkflowSteps(io.workflowcontrol.v1.ListWorkflowStepsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListWorkflowStepsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWorkflowStepsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Counts the workflows that a filter selects. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING; DEADLINE_EXCEEDED where they are too many
     * to count in time. A read: no key, safe to repeat.
     * </pre>
     */
    public void countWorkflows(io.workflowcontrol.v1.CountWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CountWorkflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCountWorkflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Groups the workflows that a filter selects, and tells of each group how many they are, how old the oldest is, and how long they waited and
     * took at most. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in
     * time. A read: no key, safe to repeat.
     * </pre>
     */
    public void aggregateWorkflows(io.workflowcontrol.v1.AggregateWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AggregateWorkflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAggregateWorkflowsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Groups the recorded steps of all workflows, and tells of each group how many they are and how long they took at most. Errors:
     * INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in time. A read: no key,
     * safe to repeat.
     * </pre>
     */
    public void aggregateSteps(io.workflowcontrol.v1.AggregateStepsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AggregateStepsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAggregateStepsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads what a workflow comes from and what came of it: its ancestors, descendants and forks, as a tree of at most 1,000 workflows. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public void getWorkflowTree(io.workflowcontrol.v1.GetWorkflowTreeRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetWorkflowTreeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWorkflowTreeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads the latest value of an event of a workflow, and with `timeout` waits for one that is not set. Errors: WORKFLOW_NOT_FOUND, also where
     * the workflow is deleted while the call waits, EVENT_NOT_FOUND, also when the time is up, RESPONSE_TOO_LARGE; with `timeout` also OVERLOADED
     * where too many calls wait, and SHUTTING_DOWN, after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public void getEvent(io.workflowcontrol.v1.GetEventRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetEventResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetEventMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the events of a workflow in the order of their keys. With `include_value` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (then leave out the values). A read: no key, safe to repeat.
     * </pre>
     */
    public void listEvents(io.workflowcontrol.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the messages in a workflow's inbox, oldest first. With `include_message` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE (then leave out the messages). A read: no key,
     * safe to repeat.
     * </pre>
     */
    public void listMessages(io.workflowcontrol.v1.ListMessagesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads what a workflow has written to one of its streams so far, an entry a message, in the order of their offsets, and with `follow` what it
     * writes from then on. A stream that was never written to is empty. A stream that is followed outlasts the database's outages. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (of one entry: go on behind it); with `follow` also OVERLOADED where too many calls
     * wait, and SHUTTING_DOWN, after which another server goes on from the offset behind the last entry. A read: no key, safe to repeat.
     * </pre>
     */
    public void readStream(io.workflowcontrol.v1.ReadStreamRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ReadStreamResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getReadStreamMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a workflow with everything that belongs to it, for `ImportWorkflow`. Errors: WORKFLOW_NOT_FOUND, RESPONSE_TOO_LARGE (then export
     * without children, and each child on its own, or without messages). A read: no key, safe to repeat.
     * </pre>
     */
    public void exportWorkflow(io.workflowcontrol.v1.ExportWorkflowRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ExportWorkflowResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExportWorkflowMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service WorkflowControl.
   * <pre>
   * Controls and reads DBOS workflows.
   * Every mutation carries a `request_key` and takes effect exactly once: its effect and its response are committed in one transaction, and
   * the same key with the same request replays that response whatever has become of the workflow since. A replay also carries the initial
   * metadata `idempotency-replayed: true`. The errors that any mutation may answer, beside its own: INVALID_REQUEST, REQUEST_KEY_REUSED,
   * REQUEST_KEY_PARAMETERS_DIFFER, REQUEST_PREVIOUSLY_FAILED, REQUEST_IN_PROGRESS, WORKFLOW_LOCKED, DATABASE_UNAVAILABLE, OVERLOADED,
   * OUTCOME_UNKNOWN, DEADLINE_EXCEEDED, SHUTTING_DOWN, INTERNAL; see `ErrorReason`. After any code but INVALID_ARGUMENT, NOT_FOUND,
   * ALREADY_EXISTS and FAILED_PRECONDITION it is right to retry with the same key.
   * Strings that name things reject the empty string where required, whitespace only, NUL, and more than 255 bytes of UTF-8 (`request_key`:
   * 200). Unknown fields in a mutation are rejected, since executing it without them might not be what was asked for.
   * The messages of `CancelWorkflow`, `ResumeWorkflow`, `ForkWorkflow` and the first reads are in this file, the others beside it:
   * workflow_changes, workflow_start, workflow_messages, workflow_events, workflow_aggregates, workflow_tree,
   * workflow_waiting and workflow_export.
   * </pre>
   */
  public static final class WorkflowControlBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<WorkflowControlBlockingV2Stub> {
    private WorkflowControlBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkflowControlBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkflowControlBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Cancels a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: a workflow that is not in SUCCESS or ERROR becomes CANCELLED, leaves its queue and frees its deduplication id. A running worker
     * notices before its next step: the step that is running ends. From SUCCESS, ERROR and CANCELLED nothing changes, and `outcome` says so.
     * Errors: WORKFLOW_NOT_FOUND unless `allow_missing`. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.CancelWorkflowResponse cancelWorkflow(io.workflowcontrol.v1.CancelWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Puts a workflow that is not complete into a queue again, from where a worker continues it after its last recorded step.
     * Effect: from PENDING, ENQUEUED, DELAYED, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery
     * attempts 0, its deadline, deduplication id and start time are cleared. From SUCCESS and ERROR nothing changes, and `outcome` says so.
     * A PENDING workflow whose worker is alive is run a second time; DBOS 3.2 and later stop the first run then, older releases do not.
     * Errors: WORKFLOW_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ResumeWorkflowResponse resumeWorkflow(io.workflowcontrol.v1.ResumeWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResumeWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a copy of a workflow from one of its steps: the steps before it are copied with their results, the step itself is run again.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes, and, below the start step, its steps,
     * event history, latest events and streams; messages are not copied. The source, in whatever state, stays as it is but for
     * `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id, STEP_NOT_FOUND for `from_step_name`.
     * Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ForkWorkflowResponse forkWorkflow(io.workflowcontrol.v1.ForkWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getForkWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs a workflow again from the beginning, as a new workflow: a fork that copies no step.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes. The source, in whatever state, stays as it
     * is but for `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.RestartWorkflowResponse restartWorkflow(io.workflowcontrol.v1.RestartWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRestartWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs a workflow again from one of its steps, under the same id: whoever waits for it keeps waiting for the right one. DBOS 3.1 and later.
     * Effect: from SUCCESS, ERROR, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery attempts 0; its
     * output, error, deadline, deduplication id, start time and completion time are cleared. Its steps from `start_step` on are deleted, its
     * events are what they were before that step, its streams are open again and keep their entries. Messages that the deleted steps received,
     * or that nothing has received, are deleted. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_TERMINAL, SCHEMA_CAPABILITY_MISSING. Idempotent by
     * `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.RewindWorkflowResponse rewindWorkflow(io.workflowcontrol.v1.RewindWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRewindWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: the workflow's row and everything that belongs to it, in every table, are gone, and its id is free. From PENDING, ENQUEUED and
     * DELAYED only with `force`. Forks of it stay. Errors: WORKFLOW_NOT_FOUND unless `allow_missing`, WORKFLOW_NOT_TERMINAL, also for a
     * descendant, unless `force`. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.DeleteWorkflowResponse deleteWorkflow(io.workflowcontrol.v1.DeleteWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a workflow: puts it into a queue, from where a worker takes it.
     * Effect: a new workflow in ENQUEUED, or in DELAYED with a delay or `debounce`, with its arguments in portable JSON. With `debounce`, a
     * workflow of the same key that still waits gets the arguments and waits on instead. What DBOS would silently leave waiting for ever is
     * refused, or warned of in the response. Errors: WORKFLOW_EXISTS for the id, whatever workflow has it; DEDUPLICATED unless
     * `duplicate_policy` is RETURN_EXISTING; QUEUE_PARTITION_KEY_REQUIRED; SCHEMA_CAPABILITY_MISSING. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StartWorkflowResponse startWorkflow(io.workflowcontrol.v1.StartWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getStartWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts up to 1,000 workflows in one transaction, all or nothing.
     * Effect: that of `StartWorkflow` for each in order, so that the second of two with the same deduplication id finds it held. Errors: those of
     * `StartWorkflow`, for the first workflow that has one. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StartWorkflowsResponse startWorkflows(io.workflowcontrol.v1.StartWorkflowsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getStartWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends a message to a workflow, and with `include_forks` to its forks in the same transaction.
     * Effect: the message is in the inbox of the workflow, in whatever state that is; one that is complete will not read it. Its id is
     * `{request_key}::{destination_id}`, as DBOS's own clients (2.23 and later) write it: a recipient that has the id already, from whichever
     * client, gets no second message. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING, and INVALID_REQUEST for forks that make it more than
     * 10,000 recipients. Idempotent by `request_key`, and beyond its expiry by the message's id, which DBOS before 2.14 keeps only until the
     * message is received.
     * </pre>
     */
    public io.workflowcontrol.v1.SendMessageResponse sendMessage(io.workflowcontrol.v1.SendMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSendMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends up to 1,000 messages in one transaction, all or nothing.
     * Effect: that of `SendMessage` for each, with message ids of their own. Errors: those of `SendMessage`, for the first destination that is
     * missing. Idempotent by `request_key`, and beyond its expiry by the messages' ids.
     * </pre>
     */
    public io.workflowcontrol.v1.SendMessagesResponse sendMessages(io.workflowcontrol.v1.SendMessagesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSendMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes from when on workers may take a delayed workflow.
     * Effect: only from DELAYED, where it stays until a worker sees that the time has come. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_DELAYED,
     * SCHEMA_CAPABILITY_MISSING before DBOS 2.16. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.SetWorkflowDelayResponse setWorkflowDelay(io.workflowcontrol.v1.SetWorkflowDelayRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetWorkflowDelayMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a waiting workflow's priority within its queue.
     * Effect: only from ENQUEUED and DELAYED; the state stays. Before DBOS 3.0, queues without priorities ignore it. Errors: WORKFLOW_NOT_FOUND,
     * WORKFLOW_NOT_QUEUED. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.SetWorkflowPriorityResponse setWorkflowPriority(io.workflowcontrol.v1.SetWorkflowPriorityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetWorkflowPriorityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Replaces a workflow's attributes, or merges new ones into them.
     * Effect: in every state, which stays. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING before DBOS 2.25. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.UpdateWorkflowAttributesResponse updateWorkflowAttributes(io.workflowcontrol.v1.UpdateWorkflowAttributesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateWorkflowAttributesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Writes an exported workflow, and the descendants that were exported with it, in one transaction, all or nothing.
     * Effect: the workflows as they were, their ids, states and times included. One in ENQUEUED is taken by a worker; one in PENDING waits for
     * `RecoverExecutor` or `ResumeWorkflow`. Errors: WORKFLOW_EXISTS for any of the ids; DEDUPLICATED for one that still holds a deduplication id;
     * SCHEMA_CAPABILITY_MISSING when a workflow has what the installed DBOS cannot keep; INVALID_REQUEST for what is no such export, and for the id
     * of another workflow's message. Import only what you trust: payloads reach the workers as they are, and a Python pickle runs code when one
     * reads it. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ImportWorkflowResponse importWorkflow(io.workflowcontrol.v1.ImportWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getImportWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives the workflows of dead workers to the living.
     * Effect: workflows that are PENDING with one of the workers become ENQUEUED, in their queue or in DBOS's internal one, and are continued
     * after their last recorded step. All others are not touched. A worker that is in fact alive runs its workflows a second time; DBOS 3.2 and
     * later stop the first run then, older releases do not. Errors: none of its own; workers without such workflows are no error. Idempotent by
     * `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.RecoverExecutorResponse recoverExecutor(io.workflowcontrol.v1.RecoverExecutorRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRecoverExecutorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one workflow, and with `wait` only once that has happened or the time is up. Errors: WORKFLOW_NOT_FOUND, also where it is deleted while
     * the call waits, RESPONSE_TOO_LARGE (then ask for the BASIC view); with `wait` also OVERLOADED where too many calls wait, and SHUTTING_DOWN,
     * after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetWorkflowResponse getWorkflow(io.workflowcontrol.v1.GetWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Waits until the first or all of several workflows have ended, and returns those that have. Errors: INVALID_REQUEST, OVERLOADED where too many
     * calls wait, RESPONSE_TOO_LARGE (then ask for the BASIC view), SHUTTING_DOWN, after which another server waits on. A read: no key, safe to
     * repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.AwaitWorkflowsResponse awaitWorkflows(io.workflowcontrol.v1.AwaitWorkflowsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAwaitWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells which workflows a filter selects, and from then on what becomes of them: a snapshot, then changes and heartbeats. A call that goes on with a
     * `resume_token` begins with a snapshot as well, in which unchanged workflows are ids only. Changes are told within about a second, those that
     * set none of a workflow's times (a resume, attributes, a deletion) up to some seconds later where many workflows are watched, and that one
     * comes to be selected by such a change up to a minute later.
     * A watch ends with OK when it is about 15 minutes old, and with UNAVAILABLE when its server stops: go on with the last token. A reader that is
     * too slow is told the latest state of each workflow, and ended with OVERLOADED when that are too many. Errors: INVALID_REQUEST (also for a token of
     * another filter, and for a filter that selects too much), SCHEMA_CAPABILITY_MISSING, OVERLOADED, RESPONSE_TOO_LARGE, SHUTTING_DOWN. A read: no
     * key, safe to repeat.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.workflowcontrol.v1.WatchWorkflowsResponse>
        watchWorkflows(io.workflowcontrol.v1.WatchWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the workflows that a filter selects, paged by (create_time, workflow_id): workflows created meanwhile shift no page. In the FULL
     * view a page ends early rather than exceed the message limit. Errors: INVALID_REQUEST (also for a page token of another filter or
     * order), SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListWorkflowsResponse listWorkflows(io.workflowcontrol.v1.ListWorkflowsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the recorded steps of a workflow in the order of their ids. A step that is still running has no record. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListWorkflowStepsResponse listWorkflowSteps(io.workflowcontrol.v1.ListWorkflowStepsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWorkflowStepsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Counts the workflows that a filter selects. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING; DEADLINE_EXCEEDED where they are too many
     * to count in time. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.CountWorkflowsResponse countWorkflows(io.workflowcontrol.v1.CountWorkflowsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCountWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Groups the workflows that a filter selects, and tells of each group how many they are, how old the oldest is, and how long they waited and
     * took at most. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in
     * time. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.AggregateWorkflowsResponse aggregateWorkflows(io.workflowcontrol.v1.AggregateWorkflowsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAggregateWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Groups the recorded steps of all workflows, and tells of each group how many they are and how long they took at most. Errors:
     * INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in time. A read: no key,
     * safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.AggregateStepsResponse aggregateSteps(io.workflowcontrol.v1.AggregateStepsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAggregateStepsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads what a workflow comes from and what came of it: its ancestors, descendants and forks, as a tree of at most 1,000 workflows. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetWorkflowTreeResponse getWorkflowTree(io.workflowcontrol.v1.GetWorkflowTreeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWorkflowTreeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads the latest value of an event of a workflow, and with `timeout` waits for one that is not set. Errors: WORKFLOW_NOT_FOUND, also where
     * the workflow is deleted while the call waits, EVENT_NOT_FOUND, also when the time is up, RESPONSE_TOO_LARGE; with `timeout` also OVERLOADED
     * where too many calls wait, and SHUTTING_DOWN, after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetEventResponse getEvent(io.workflowcontrol.v1.GetEventRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetEventMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the events of a workflow in the order of their keys. With `include_value` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (then leave out the values). A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListEventsResponse listEvents(io.workflowcontrol.v1.ListEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the messages in a workflow's inbox, oldest first. With `include_message` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE (then leave out the messages). A read: no key,
     * safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListMessagesResponse listMessages(io.workflowcontrol.v1.ListMessagesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads what a workflow has written to one of its streams so far, an entry a message, in the order of their offsets, and with `follow` what it
     * writes from then on. A stream that was never written to is empty. A stream that is followed outlasts the database's outages. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (of one entry: go on behind it); with `follow` also OVERLOADED where too many calls
     * wait, and SHUTTING_DOWN, after which another server goes on from the offset behind the last entry. A read: no key, safe to repeat.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.workflowcontrol.v1.ReadStreamResponse>
        readStream(io.workflowcontrol.v1.ReadStreamRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getReadStreamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a workflow with everything that belongs to it, for `ImportWorkflow`. Errors: WORKFLOW_NOT_FOUND, RESPONSE_TOO_LARGE (then export
     * without children, and each child on its own, or without messages). A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ExportWorkflowResponse exportWorkflow(io.workflowcontrol.v1.ExportWorkflowRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExportWorkflowMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service WorkflowControl.
   * <pre>
   * Controls and reads DBOS workflows.
   * Every mutation carries a `request_key` and takes effect exactly once: its effect and its response are committed in one transaction, and
   * the same key with the same request replays that response whatever has become of the workflow since. A replay also carries the initial
   * metadata `idempotency-replayed: true`. The errors that any mutation may answer, beside its own: INVALID_REQUEST, REQUEST_KEY_REUSED,
   * REQUEST_KEY_PARAMETERS_DIFFER, REQUEST_PREVIOUSLY_FAILED, REQUEST_IN_PROGRESS, WORKFLOW_LOCKED, DATABASE_UNAVAILABLE, OVERLOADED,
   * OUTCOME_UNKNOWN, DEADLINE_EXCEEDED, SHUTTING_DOWN, INTERNAL; see `ErrorReason`. After any code but INVALID_ARGUMENT, NOT_FOUND,
   * ALREADY_EXISTS and FAILED_PRECONDITION it is right to retry with the same key.
   * Strings that name things reject the empty string where required, whitespace only, NUL, and more than 255 bytes of UTF-8 (`request_key`:
   * 200). Unknown fields in a mutation are rejected, since executing it without them might not be what was asked for.
   * The messages of `CancelWorkflow`, `ResumeWorkflow`, `ForkWorkflow` and the first reads are in this file, the others beside it:
   * workflow_changes, workflow_start, workflow_messages, workflow_events, workflow_aggregates, workflow_tree,
   * workflow_waiting and workflow_export.
   * </pre>
   */
  public static final class WorkflowControlBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<WorkflowControlBlockingStub> {
    private WorkflowControlBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkflowControlBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkflowControlBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Cancels a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: a workflow that is not in SUCCESS or ERROR becomes CANCELLED, leaves its queue and frees its deduplication id. A running worker
     * notices before its next step: the step that is running ends. From SUCCESS, ERROR and CANCELLED nothing changes, and `outcome` says so.
     * Errors: WORKFLOW_NOT_FOUND unless `allow_missing`. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.CancelWorkflowResponse cancelWorkflow(io.workflowcontrol.v1.CancelWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Puts a workflow that is not complete into a queue again, from where a worker continues it after its last recorded step.
     * Effect: from PENDING, ENQUEUED, DELAYED, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery
     * attempts 0, its deadline, deduplication id and start time are cleared. From SUCCESS and ERROR nothing changes, and `outcome` says so.
     * A PENDING workflow whose worker is alive is run a second time; DBOS 3.2 and later stop the first run then, older releases do not.
     * Errors: WORKFLOW_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ResumeWorkflowResponse resumeWorkflow(io.workflowcontrol.v1.ResumeWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResumeWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a copy of a workflow from one of its steps: the steps before it are copied with their results, the step itself is run again.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes, and, below the start step, its steps,
     * event history, latest events and streams; messages are not copied. The source, in whatever state, stays as it is but for
     * `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id, STEP_NOT_FOUND for `from_step_name`.
     * Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ForkWorkflowResponse forkWorkflow(io.workflowcontrol.v1.ForkWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getForkWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs a workflow again from the beginning, as a new workflow: a fork that copies no step.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes. The source, in whatever state, stays as it
     * is but for `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.RestartWorkflowResponse restartWorkflow(io.workflowcontrol.v1.RestartWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRestartWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Runs a workflow again from one of its steps, under the same id: whoever waits for it keeps waiting for the right one. DBOS 3.1 and later.
     * Effect: from SUCCESS, ERROR, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery attempts 0; its
     * output, error, deadline, deduplication id, start time and completion time are cleared. Its steps from `start_step` on are deleted, its
     * events are what they were before that step, its streams are open again and keep their entries. Messages that the deleted steps received,
     * or that nothing has received, are deleted. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_TERMINAL, SCHEMA_CAPABILITY_MISSING. Idempotent by
     * `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.RewindWorkflowResponse rewindWorkflow(io.workflowcontrol.v1.RewindWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRewindWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: the workflow's row and everything that belongs to it, in every table, are gone, and its id is free. From PENDING, ENQUEUED and
     * DELAYED only with `force`. Forks of it stay. Errors: WORKFLOW_NOT_FOUND unless `allow_missing`, WORKFLOW_NOT_TERMINAL, also for a
     * descendant, unless `force`. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.DeleteWorkflowResponse deleteWorkflow(io.workflowcontrol.v1.DeleteWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a workflow: puts it into a queue, from where a worker takes it.
     * Effect: a new workflow in ENQUEUED, or in DELAYED with a delay or `debounce`, with its arguments in portable JSON. With `debounce`, a
     * workflow of the same key that still waits gets the arguments and waits on instead. What DBOS would silently leave waiting for ever is
     * refused, or warned of in the response. Errors: WORKFLOW_EXISTS for the id, whatever workflow has it; DEDUPLICATED unless
     * `duplicate_policy` is RETURN_EXISTING; QUEUE_PARTITION_KEY_REQUIRED; SCHEMA_CAPABILITY_MISSING. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StartWorkflowResponse startWorkflow(io.workflowcontrol.v1.StartWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts up to 1,000 workflows in one transaction, all or nothing.
     * Effect: that of `StartWorkflow` for each in order, so that the second of two with the same deduplication id finds it held. Errors: those of
     * `StartWorkflow`, for the first workflow that has one. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StartWorkflowsResponse startWorkflows(io.workflowcontrol.v1.StartWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends a message to a workflow, and with `include_forks` to its forks in the same transaction.
     * Effect: the message is in the inbox of the workflow, in whatever state that is; one that is complete will not read it. Its id is
     * `{request_key}::{destination_id}`, as DBOS's own clients (2.23 and later) write it: a recipient that has the id already, from whichever
     * client, gets no second message. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING, and INVALID_REQUEST for forks that make it more than
     * 10,000 recipients. Idempotent by `request_key`, and beyond its expiry by the message's id, which DBOS before 2.14 keeps only until the
     * message is received.
     * </pre>
     */
    public io.workflowcontrol.v1.SendMessageResponse sendMessage(io.workflowcontrol.v1.SendMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSendMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends up to 1,000 messages in one transaction, all or nothing.
     * Effect: that of `SendMessage` for each, with message ids of their own. Errors: those of `SendMessage`, for the first destination that is
     * missing. Idempotent by `request_key`, and beyond its expiry by the messages' ids.
     * </pre>
     */
    public io.workflowcontrol.v1.SendMessagesResponse sendMessages(io.workflowcontrol.v1.SendMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSendMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes from when on workers may take a delayed workflow.
     * Effect: only from DELAYED, where it stays until a worker sees that the time has come. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_DELAYED,
     * SCHEMA_CAPABILITY_MISSING before DBOS 2.16. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.SetWorkflowDelayResponse setWorkflowDelay(io.workflowcontrol.v1.SetWorkflowDelayRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetWorkflowDelayMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a waiting workflow's priority within its queue.
     * Effect: only from ENQUEUED and DELAYED; the state stays. Before DBOS 3.0, queues without priorities ignore it. Errors: WORKFLOW_NOT_FOUND,
     * WORKFLOW_NOT_QUEUED. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.SetWorkflowPriorityResponse setWorkflowPriority(io.workflowcontrol.v1.SetWorkflowPriorityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetWorkflowPriorityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Replaces a workflow's attributes, or merges new ones into them.
     * Effect: in every state, which stays. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING before DBOS 2.25. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.UpdateWorkflowAttributesResponse updateWorkflowAttributes(io.workflowcontrol.v1.UpdateWorkflowAttributesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateWorkflowAttributesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Writes an exported workflow, and the descendants that were exported with it, in one transaction, all or nothing.
     * Effect: the workflows as they were, their ids, states and times included. One in ENQUEUED is taken by a worker; one in PENDING waits for
     * `RecoverExecutor` or `ResumeWorkflow`. Errors: WORKFLOW_EXISTS for any of the ids; DEDUPLICATED for one that still holds a deduplication id;
     * SCHEMA_CAPABILITY_MISSING when a workflow has what the installed DBOS cannot keep; INVALID_REQUEST for what is no such export, and for the id
     * of another workflow's message. Import only what you trust: payloads reach the workers as they are, and a Python pickle runs code when one
     * reads it. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ImportWorkflowResponse importWorkflow(io.workflowcontrol.v1.ImportWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getImportWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives the workflows of dead workers to the living.
     * Effect: workflows that are PENDING with one of the workers become ENQUEUED, in their queue or in DBOS's internal one, and are continued
     * after their last recorded step. All others are not touched. A worker that is in fact alive runs its workflows a second time; DBOS 3.2 and
     * later stop the first run then, older releases do not. Errors: none of its own; workers without such workflows are no error. Idempotent by
     * `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.RecoverExecutorResponse recoverExecutor(io.workflowcontrol.v1.RecoverExecutorRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRecoverExecutorMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one workflow, and with `wait` only once that has happened or the time is up. Errors: WORKFLOW_NOT_FOUND, also where it is deleted while
     * the call waits, RESPONSE_TOO_LARGE (then ask for the BASIC view); with `wait` also OVERLOADED where too many calls wait, and SHUTTING_DOWN,
     * after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetWorkflowResponse getWorkflow(io.workflowcontrol.v1.GetWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWorkflowMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Waits until the first or all of several workflows have ended, and returns those that have. Errors: INVALID_REQUEST, OVERLOADED where too many
     * calls wait, RESPONSE_TOO_LARGE (then ask for the BASIC view), SHUTTING_DOWN, after which another server waits on. A read: no key, safe to
     * repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.AwaitWorkflowsResponse awaitWorkflows(io.workflowcontrol.v1.AwaitWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAwaitWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells which workflows a filter selects, and from then on what becomes of them: a snapshot, then changes and heartbeats. A call that goes on with a
     * `resume_token` begins with a snapshot as well, in which unchanged workflows are ids only. Changes are told within about a second, those that
     * set none of a workflow's times (a resume, attributes, a deletion) up to some seconds later where many workflows are watched, and that one
     * comes to be selected by such a change up to a minute later.
     * A watch ends with OK when it is about 15 minutes old, and with UNAVAILABLE when its server stops: go on with the last token. A reader that is
     * too slow is told the latest state of each workflow, and ended with OVERLOADED when that are too many. Errors: INVALID_REQUEST (also for a token of
     * another filter, and for a filter that selects too much), SCHEMA_CAPABILITY_MISSING, OVERLOADED, RESPONSE_TOO_LARGE, SHUTTING_DOWN. A read: no
     * key, safe to repeat.
     * </pre>
     */
    public java.util.Iterator<io.workflowcontrol.v1.WatchWorkflowsResponse> watchWorkflows(
        io.workflowcontrol.v1.WatchWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the workflows that a filter selects, paged by (create_time, workflow_id): workflows created meanwhile shift no page. In the FULL
     * view a page ends early rather than exceed the message limit. Errors: INVALID_REQUEST (also for a page token of another filter or
     * order), SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListWorkflowsResponse listWorkflows(io.workflowcontrol.v1.ListWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the recorded steps of a workflow in the order of their ids. A step that is still running has no record. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListWorkflowStepsResponse listWorkflowSteps(io.workflowcontrol.v1.ListWorkflowStepsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWorkflowStepsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Counts the workflows that a filter selects. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING; DEADLINE_EXCEEDED where they are too many
     * to count in time. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.CountWorkflowsResponse countWorkflows(io.workflowcontrol.v1.CountWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCountWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Groups the workflows that a filter selects, and tells of each group how many they are, how old the oldest is, and how long they waited and
     * took at most. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in
     * time. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.AggregateWorkflowsResponse aggregateWorkflows(io.workflowcontrol.v1.AggregateWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAggregateWorkflowsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Groups the recorded steps of all workflows, and tells of each group how many they are and how long they took at most. Errors:
     * INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in time. A read: no key,
     * safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.AggregateStepsResponse aggregateSteps(io.workflowcontrol.v1.AggregateStepsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAggregateStepsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads what a workflow comes from and what came of it: its ancestors, descendants and forks, as a tree of at most 1,000 workflows. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetWorkflowTreeResponse getWorkflowTree(io.workflowcontrol.v1.GetWorkflowTreeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWorkflowTreeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads the latest value of an event of a workflow, and with `timeout` waits for one that is not set. Errors: WORKFLOW_NOT_FOUND, also where
     * the workflow is deleted while the call waits, EVENT_NOT_FOUND, also when the time is up, RESPONSE_TOO_LARGE; with `timeout` also OVERLOADED
     * where too many calls wait, and SHUTTING_DOWN, after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetEventResponse getEvent(io.workflowcontrol.v1.GetEventRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetEventMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the events of a workflow in the order of their keys. With `include_value` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (then leave out the values). A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListEventsResponse listEvents(io.workflowcontrol.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the messages in a workflow's inbox, oldest first. With `include_message` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE (then leave out the messages). A read: no key,
     * safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListMessagesResponse listMessages(io.workflowcontrol.v1.ListMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads what a workflow has written to one of its streams so far, an entry a message, in the order of their offsets, and with `follow` what it
     * writes from then on. A stream that was never written to is empty. A stream that is followed outlasts the database's outages. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (of one entry: go on behind it); with `follow` also OVERLOADED where too many calls
     * wait, and SHUTTING_DOWN, after which another server goes on from the offset behind the last entry. A read: no key, safe to repeat.
     * </pre>
     */
    public java.util.Iterator<io.workflowcontrol.v1.ReadStreamResponse> readStream(
        io.workflowcontrol.v1.ReadStreamRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getReadStreamMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a workflow with everything that belongs to it, for `ImportWorkflow`. Errors: WORKFLOW_NOT_FOUND, RESPONSE_TOO_LARGE (then export
     * without children, and each child on its own, or without messages). A read: no key, safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ExportWorkflowResponse exportWorkflow(io.workflowcontrol.v1.ExportWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExportWorkflowMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service WorkflowControl.
   * <pre>
   * Controls and reads DBOS workflows.
   * Every mutation carries a `request_key` and takes effect exactly once: its effect and its response are committed in one transaction, and
   * the same key with the same request replays that response whatever has become of the workflow since. A replay also carries the initial
   * metadata `idempotency-replayed: true`. The errors that any mutation may answer, beside its own: INVALID_REQUEST, REQUEST_KEY_REUSED,
   * REQUEST_KEY_PARAMETERS_DIFFER, REQUEST_PREVIOUSLY_FAILED, REQUEST_IN_PROGRESS, WORKFLOW_LOCKED, DATABASE_UNAVAILABLE, OVERLOADED,
   * OUTCOME_UNKNOWN, DEADLINE_EXCEEDED, SHUTTING_DOWN, INTERNAL; see `ErrorReason`. After any code but INVALID_ARGUMENT, NOT_FOUND,
   * ALREADY_EXISTS and FAILED_PRECONDITION it is right to retry with the same key.
   * Strings that name things reject the empty string where required, whitespace only, NUL, and more than 255 bytes of UTF-8 (`request_key`:
   * 200). Unknown fields in a mutation are rejected, since executing it without them might not be what was asked for.
   * The messages of `CancelWorkflow`, `ResumeWorkflow`, `ForkWorkflow` and the first reads are in this file, the others beside it:
   * workflow_changes, workflow_start, workflow_messages, workflow_events, workflow_aggregates, workflow_tree,
   * workflow_waiting and workflow_export.
   * </pre>
   */
  public static final class WorkflowControlFutureStub
      extends io.grpc.stub.AbstractFutureStub<WorkflowControlFutureStub> {
    private WorkflowControlFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WorkflowControlFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WorkflowControlFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Cancels a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: a workflow that is not in SUCCESS or ERROR becomes CANCELLED, leaves its queue and frees its deduplication id. A running worker
     * notices before its next step: the step that is running ends. From SUCCESS, ERROR and CANCELLED nothing changes, and `outcome` says so.
     * Errors: WORKFLOW_NOT_FOUND unless `allow_missing`. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.CancelWorkflowResponse> cancelWorkflow(
        io.workflowcontrol.v1.CancelWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Puts a workflow that is not complete into a queue again, from where a worker continues it after its last recorded step.
     * Effect: from PENDING, ENQUEUED, DELAYED, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery
     * attempts 0, its deadline, deduplication id and start time are cleared. From SUCCESS and ERROR nothing changes, and `outcome` says so.
     * A PENDING workflow whose worker is alive is run a second time; DBOS 3.2 and later stop the first run then, older releases do not.
     * Errors: WORKFLOW_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ResumeWorkflowResponse> resumeWorkflow(
        io.workflowcontrol.v1.ResumeWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResumeWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Starts a copy of a workflow from one of its steps: the steps before it are copied with their results, the step itself is run again.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes, and, below the start step, its steps,
     * event history, latest events and streams; messages are not copied. The source, in whatever state, stays as it is but for
     * `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id, STEP_NOT_FOUND for `from_step_name`.
     * Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ForkWorkflowResponse> forkWorkflow(
        io.workflowcontrol.v1.ForkWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getForkWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Runs a workflow again from the beginning, as a new workflow: a fork that copies no step.
     * Effect: a new workflow in ENQUEUED with the source's function, input, identity and attributes. The source, in whatever state, stays as it
     * is but for `was_forked_from`. Errors: WORKFLOW_NOT_FOUND for the source, WORKFLOW_EXISTS for the new id. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.RestartWorkflowResponse> restartWorkflow(
        io.workflowcontrol.v1.RestartWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRestartWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Runs a workflow again from one of its steps, under the same id: whoever waits for it keeps waiting for the right one. DBOS 3.1 and later.
     * Effect: from SUCCESS, ERROR, CANCELLED and MAX_RECOVERY_ATTEMPTS_EXCEEDED the workflow becomes ENQUEUED, its recovery attempts 0; its
     * output, error, deadline, deduplication id, start time and completion time are cleared. Its steps from `start_step` on are deleted, its
     * events are what they were before that step, its streams are open again and keep their entries. Messages that the deleted steps received,
     * or that nothing has received, are deleted. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_TERMINAL, SCHEMA_CAPABILITY_MISSING. Idempotent by
     * `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.RewindWorkflowResponse> rewindWorkflow(
        io.workflowcontrol.v1.RewindWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRewindWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a workflow, and with `cascade` its descendants in the same transaction.
     * Effect: the workflow's row and everything that belongs to it, in every table, are gone, and its id is free. From PENDING, ENQUEUED and
     * DELAYED only with `force`. Forks of it stay. Errors: WORKFLOW_NOT_FOUND unless `allow_missing`, WORKFLOW_NOT_TERMINAL, also for a
     * descendant, unless `force`. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.DeleteWorkflowResponse> deleteWorkflow(
        io.workflowcontrol.v1.DeleteWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Starts a workflow: puts it into a queue, from where a worker takes it.
     * Effect: a new workflow in ENQUEUED, or in DELAYED with a delay or `debounce`, with its arguments in portable JSON. With `debounce`, a
     * workflow of the same key that still waits gets the arguments and waits on instead. What DBOS would silently leave waiting for ever is
     * refused, or warned of in the response. Errors: WORKFLOW_EXISTS for the id, whatever workflow has it; DEDUPLICATED unless
     * `duplicate_policy` is RETURN_EXISTING; QUEUE_PARTITION_KEY_REQUIRED; SCHEMA_CAPABILITY_MISSING. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.StartWorkflowResponse> startWorkflow(
        io.workflowcontrol.v1.StartWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStartWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Starts up to 1,000 workflows in one transaction, all or nothing.
     * Effect: that of `StartWorkflow` for each in order, so that the second of two with the same deduplication id finds it held. Errors: those of
     * `StartWorkflow`, for the first workflow that has one. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.StartWorkflowsResponse> startWorkflows(
        io.workflowcontrol.v1.StartWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStartWorkflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sends a message to a workflow, and with `include_forks` to its forks in the same transaction.
     * Effect: the message is in the inbox of the workflow, in whatever state that is; one that is complete will not read it. Its id is
     * `{request_key}::{destination_id}`, as DBOS's own clients (2.23 and later) write it: a recipient that has the id already, from whichever
     * client, gets no second message. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING, and INVALID_REQUEST for forks that make it more than
     * 10,000 recipients. Idempotent by `request_key`, and beyond its expiry by the message's id, which DBOS before 2.14 keeps only until the
     * message is received.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.SendMessageResponse> sendMessage(
        io.workflowcontrol.v1.SendMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSendMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sends up to 1,000 messages in one transaction, all or nothing.
     * Effect: that of `SendMessage` for each, with message ids of their own. Errors: those of `SendMessage`, for the first destination that is
     * missing. Idempotent by `request_key`, and beyond its expiry by the messages' ids.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.SendMessagesResponse> sendMessages(
        io.workflowcontrol.v1.SendMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSendMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes from when on workers may take a delayed workflow.
     * Effect: only from DELAYED, where it stays until a worker sees that the time has come. Errors: WORKFLOW_NOT_FOUND, WORKFLOW_NOT_DELAYED,
     * SCHEMA_CAPABILITY_MISSING before DBOS 2.16. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.SetWorkflowDelayResponse> setWorkflowDelay(
        io.workflowcontrol.v1.SetWorkflowDelayRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetWorkflowDelayMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a waiting workflow's priority within its queue.
     * Effect: only from ENQUEUED and DELAYED; the state stays. Before DBOS 3.0, queues without priorities ignore it. Errors: WORKFLOW_NOT_FOUND,
     * WORKFLOW_NOT_QUEUED. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.SetWorkflowPriorityResponse> setWorkflowPriority(
        io.workflowcontrol.v1.SetWorkflowPriorityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetWorkflowPriorityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Replaces a workflow's attributes, or merges new ones into them.
     * Effect: in every state, which stays. Errors: WORKFLOW_NOT_FOUND, SCHEMA_CAPABILITY_MISSING before DBOS 2.25. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.UpdateWorkflowAttributesResponse> updateWorkflowAttributes(
        io.workflowcontrol.v1.UpdateWorkflowAttributesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateWorkflowAttributesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Writes an exported workflow, and the descendants that were exported with it, in one transaction, all or nothing.
     * Effect: the workflows as they were, their ids, states and times included. One in ENQUEUED is taken by a worker; one in PENDING waits for
     * `RecoverExecutor` or `ResumeWorkflow`. Errors: WORKFLOW_EXISTS for any of the ids; DEDUPLICATED for one that still holds a deduplication id;
     * SCHEMA_CAPABILITY_MISSING when a workflow has what the installed DBOS cannot keep; INVALID_REQUEST for what is no such export, and for the id
     * of another workflow's message. Import only what you trust: payloads reach the workers as they are, and a Python pickle runs code when one
     * reads it. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ImportWorkflowResponse> importWorkflow(
        io.workflowcontrol.v1.ImportWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getImportWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives the workflows of dead workers to the living.
     * Effect: workflows that are PENDING with one of the workers become ENQUEUED, in their queue or in DBOS's internal one, and are continued
     * after their last recorded step. All others are not touched. A worker that is in fact alive runs its workflows a second time; DBOS 3.2 and
     * later stop the first run then, older releases do not. Errors: none of its own; workers without such workflows are no error. Idempotent by
     * `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.RecoverExecutorResponse> recoverExecutor(
        io.workflowcontrol.v1.RecoverExecutorRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRecoverExecutorMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one workflow, and with `wait` only once that has happened or the time is up. Errors: WORKFLOW_NOT_FOUND, also where it is deleted while
     * the call waits, RESPONSE_TOO_LARGE (then ask for the BASIC view); with `wait` also OVERLOADED where too many calls wait, and SHUTTING_DOWN,
     * after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetWorkflowResponse> getWorkflow(
        io.workflowcontrol.v1.GetWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWorkflowMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Waits until the first or all of several workflows have ended, and returns those that have. Errors: INVALID_REQUEST, OVERLOADED where too many
     * calls wait, RESPONSE_TOO_LARGE (then ask for the BASIC view), SHUTTING_DOWN, after which another server waits on. A read: no key, safe to
     * repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.AwaitWorkflowsResponse> awaitWorkflows(
        io.workflowcontrol.v1.AwaitWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAwaitWorkflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the workflows that a filter selects, paged by (create_time, workflow_id): workflows created meanwhile shift no page. In the FULL
     * view a page ends early rather than exceed the message limit. Errors: INVALID_REQUEST (also for a page token of another filter or
     * order), SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListWorkflowsResponse> listWorkflows(
        io.workflowcontrol.v1.ListWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWorkflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the recorded steps of a workflow in the order of their ids. A step that is still running has no record. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListWorkflowStepsResponse> listWorkflowSteps(
        io.workflowcontrol.v1.ListWorkflowStepsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWorkflowStepsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Counts the workflows that a filter selects. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING; DEADLINE_EXCEEDED where they are too many
     * to count in time. A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.CountWorkflowsResponse> countWorkflows(
        io.workflowcontrol.v1.CountWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCountWorkflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Groups the workflows that a filter selects, and tells of each group how many they are, how old the oldest is, and how long they waited and
     * took at most. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in
     * time. A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.AggregateWorkflowsResponse> aggregateWorkflows(
        io.workflowcontrol.v1.AggregateWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAggregateWorkflowsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Groups the recorded steps of all workflows, and tells of each group how many they are and how long they took at most. Errors:
     * INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE; DEADLINE_EXCEEDED where they are too many to read in time. A read: no key,
     * safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.AggregateStepsResponse> aggregateSteps(
        io.workflowcontrol.v1.AggregateStepsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAggregateStepsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads what a workflow comes from and what came of it: its ancestors, descendants and forks, as a tree of at most 1,000 workflows. Errors:
     * WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE. A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetWorkflowTreeResponse> getWorkflowTree(
        io.workflowcontrol.v1.GetWorkflowTreeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWorkflowTreeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads the latest value of an event of a workflow, and with `timeout` waits for one that is not set. Errors: WORKFLOW_NOT_FOUND, also where
     * the workflow is deleted while the call waits, EVENT_NOT_FOUND, also when the time is up, RESPONSE_TOO_LARGE; with `timeout` also OVERLOADED
     * where too many calls wait, and SHUTTING_DOWN, after which another server waits on. A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetEventResponse> getEvent(
        io.workflowcontrol.v1.GetEventRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetEventMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the events of a workflow in the order of their keys. With `include_value` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, RESPONSE_TOO_LARGE (then leave out the values). A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListEventsResponse> listEvents(
        io.workflowcontrol.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the messages in a workflow's inbox, oldest first. With `include_message` a page ends early rather than exceed the message limit.
     * Errors: WORKFLOW_NOT_FOUND, INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING, RESPONSE_TOO_LARGE (then leave out the messages). A read: no key,
     * safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListMessagesResponse> listMessages(
        io.workflowcontrol.v1.ListMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a workflow with everything that belongs to it, for `ImportWorkflow`. Errors: WORKFLOW_NOT_FOUND, RESPONSE_TOO_LARGE (then export
     * without children, and each child on its own, or without messages). A read: no key, safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ExportWorkflowResponse> exportWorkflow(
        io.workflowcontrol.v1.ExportWorkflowRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExportWorkflowMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CANCEL_WORKFLOW = 0;
  private static final int METHODID_RESUME_WORKFLOW = 1;
  private static final int METHODID_FORK_WORKFLOW = 2;
  private static final int METHODID_RESTART_WORKFLOW = 3;
  private static final int METHODID_REWIND_WORKFLOW = 4;
  private static final int METHODID_DELETE_WORKFLOW = 5;
  private static final int METHODID_START_WORKFLOW = 6;
  private static final int METHODID_START_WORKFLOWS = 7;
  private static final int METHODID_SEND_MESSAGE = 8;
  private static final int METHODID_SEND_MESSAGES = 9;
  private static final int METHODID_SET_WORKFLOW_DELAY = 10;
  private static final int METHODID_SET_WORKFLOW_PRIORITY = 11;
  private static final int METHODID_UPDATE_WORKFLOW_ATTRIBUTES = 12;
  private static final int METHODID_IMPORT_WORKFLOW = 13;
  private static final int METHODID_RECOVER_EXECUTOR = 14;
  private static final int METHODID_GET_WORKFLOW = 15;
  private static final int METHODID_AWAIT_WORKFLOWS = 16;
  private static final int METHODID_WATCH_WORKFLOWS = 17;
  private static final int METHODID_LIST_WORKFLOWS = 18;
  private static final int METHODID_LIST_WORKFLOW_STEPS = 19;
  private static final int METHODID_COUNT_WORKFLOWS = 20;
  private static final int METHODID_AGGREGATE_WORKFLOWS = 21;
  private static final int METHODID_AGGREGATE_STEPS = 22;
  private static final int METHODID_GET_WORKFLOW_TREE = 23;
  private static final int METHODID_GET_EVENT = 24;
  private static final int METHODID_LIST_EVENTS = 25;
  private static final int METHODID_LIST_MESSAGES = 26;
  private static final int METHODID_READ_STREAM = 27;
  private static final int METHODID_EXPORT_WORKFLOW = 28;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CANCEL_WORKFLOW:
          serviceImpl.cancelWorkflow((io.workflowcontrol.v1.CancelWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CancelWorkflowResponse>) responseObserver);
          break;
        case METHODID_RESUME_WORKFLOW:
          serviceImpl.resumeWorkflow((io.workflowcontrol.v1.ResumeWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ResumeWorkflowResponse>) responseObserver);
          break;
        case METHODID_FORK_WORKFLOW:
          serviceImpl.forkWorkflow((io.workflowcontrol.v1.ForkWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ForkWorkflowResponse>) responseObserver);
          break;
        case METHODID_RESTART_WORKFLOW:
          serviceImpl.restartWorkflow((io.workflowcontrol.v1.RestartWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RestartWorkflowResponse>) responseObserver);
          break;
        case METHODID_REWIND_WORKFLOW:
          serviceImpl.rewindWorkflow((io.workflowcontrol.v1.RewindWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RewindWorkflowResponse>) responseObserver);
          break;
        case METHODID_DELETE_WORKFLOW:
          serviceImpl.deleteWorkflow((io.workflowcontrol.v1.DeleteWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteWorkflowResponse>) responseObserver);
          break;
        case METHODID_START_WORKFLOW:
          serviceImpl.startWorkflow((io.workflowcontrol.v1.StartWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartWorkflowResponse>) responseObserver);
          break;
        case METHODID_START_WORKFLOWS:
          serviceImpl.startWorkflows((io.workflowcontrol.v1.StartWorkflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartWorkflowsResponse>) responseObserver);
          break;
        case METHODID_SEND_MESSAGE:
          serviceImpl.sendMessage((io.workflowcontrol.v1.SendMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SendMessageResponse>) responseObserver);
          break;
        case METHODID_SEND_MESSAGES:
          serviceImpl.sendMessages((io.workflowcontrol.v1.SendMessagesRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SendMessagesResponse>) responseObserver);
          break;
        case METHODID_SET_WORKFLOW_DELAY:
          serviceImpl.setWorkflowDelay((io.workflowcontrol.v1.SetWorkflowDelayRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetWorkflowDelayResponse>) responseObserver);
          break;
        case METHODID_SET_WORKFLOW_PRIORITY:
          serviceImpl.setWorkflowPriority((io.workflowcontrol.v1.SetWorkflowPriorityRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetWorkflowPriorityResponse>) responseObserver);
          break;
        case METHODID_UPDATE_WORKFLOW_ATTRIBUTES:
          serviceImpl.updateWorkflowAttributes((io.workflowcontrol.v1.UpdateWorkflowAttributesRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.UpdateWorkflowAttributesResponse>) responseObserver);
          break;
        case METHODID_IMPORT_WORKFLOW:
          serviceImpl.importWorkflow((io.workflowcontrol.v1.ImportWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ImportWorkflowResponse>) responseObserver);
          break;
        case METHODID_RECOVER_EXECUTOR:
          serviceImpl.recoverExecutor((io.workflowcontrol.v1.RecoverExecutorRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RecoverExecutorResponse>) responseObserver);
          break;
        case METHODID_GET_WORKFLOW:
          serviceImpl.getWorkflow((io.workflowcontrol.v1.GetWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetWorkflowResponse>) responseObserver);
          break;
        case METHODID_AWAIT_WORKFLOWS:
          serviceImpl.awaitWorkflows((io.workflowcontrol.v1.AwaitWorkflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AwaitWorkflowsResponse>) responseObserver);
          break;
        case METHODID_WATCH_WORKFLOWS:
          serviceImpl.watchWorkflows((io.workflowcontrol.v1.WatchWorkflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.WatchWorkflowsResponse>) responseObserver);
          break;
        case METHODID_LIST_WORKFLOWS:
          serviceImpl.listWorkflows((io.workflowcontrol.v1.ListWorkflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListWorkflowsResponse>) responseObserver);
          break;
        case METHODID_LIST_WORKFLOW_STEPS:
          serviceImpl.listWorkflowSteps((io.workflowcontrol.v1.ListWorkflowStepsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListWorkflowStepsResponse>) responseObserver);
          break;
        case METHODID_COUNT_WORKFLOWS:
          serviceImpl.countWorkflows((io.workflowcontrol.v1.CountWorkflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CountWorkflowsResponse>) responseObserver);
          break;
        case METHODID_AGGREGATE_WORKFLOWS:
          serviceImpl.aggregateWorkflows((io.workflowcontrol.v1.AggregateWorkflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AggregateWorkflowsResponse>) responseObserver);
          break;
        case METHODID_AGGREGATE_STEPS:
          serviceImpl.aggregateSteps((io.workflowcontrol.v1.AggregateStepsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.AggregateStepsResponse>) responseObserver);
          break;
        case METHODID_GET_WORKFLOW_TREE:
          serviceImpl.getWorkflowTree((io.workflowcontrol.v1.GetWorkflowTreeRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetWorkflowTreeResponse>) responseObserver);
          break;
        case METHODID_GET_EVENT:
          serviceImpl.getEvent((io.workflowcontrol.v1.GetEventRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetEventResponse>) responseObserver);
          break;
        case METHODID_LIST_EVENTS:
          serviceImpl.listEvents((io.workflowcontrol.v1.ListEventsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListEventsResponse>) responseObserver);
          break;
        case METHODID_LIST_MESSAGES:
          serviceImpl.listMessages((io.workflowcontrol.v1.ListMessagesRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListMessagesResponse>) responseObserver);
          break;
        case METHODID_READ_STREAM:
          serviceImpl.readStream((io.workflowcontrol.v1.ReadStreamRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ReadStreamResponse>) responseObserver);
          break;
        case METHODID_EXPORT_WORKFLOW:
          serviceImpl.exportWorkflow((io.workflowcontrol.v1.ExportWorkflowRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ExportWorkflowResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getCancelWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.CancelWorkflowRequest,
              io.workflowcontrol.v1.CancelWorkflowResponse>(
                service, METHODID_CANCEL_WORKFLOW)))
        .addMethod(
          getResumeWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ResumeWorkflowRequest,
              io.workflowcontrol.v1.ResumeWorkflowResponse>(
                service, METHODID_RESUME_WORKFLOW)))
        .addMethod(
          getForkWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ForkWorkflowRequest,
              io.workflowcontrol.v1.ForkWorkflowResponse>(
                service, METHODID_FORK_WORKFLOW)))
        .addMethod(
          getRestartWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.RestartWorkflowRequest,
              io.workflowcontrol.v1.RestartWorkflowResponse>(
                service, METHODID_RESTART_WORKFLOW)))
        .addMethod(
          getRewindWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.RewindWorkflowRequest,
              io.workflowcontrol.v1.RewindWorkflowResponse>(
                service, METHODID_REWIND_WORKFLOW)))
        .addMethod(
          getDeleteWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.DeleteWorkflowRequest,
              io.workflowcontrol.v1.DeleteWorkflowResponse>(
                service, METHODID_DELETE_WORKFLOW)))
        .addMethod(
          getStartWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.StartWorkflowRequest,
              io.workflowcontrol.v1.StartWorkflowResponse>(
                service, METHODID_START_WORKFLOW)))
        .addMethod(
          getStartWorkflowsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.StartWorkflowsRequest,
              io.workflowcontrol.v1.StartWorkflowsResponse>(
                service, METHODID_START_WORKFLOWS)))
        .addMethod(
          getSendMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.SendMessageRequest,
              io.workflowcontrol.v1.SendMessageResponse>(
                service, METHODID_SEND_MESSAGE)))
        .addMethod(
          getSendMessagesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.SendMessagesRequest,
              io.workflowcontrol.v1.SendMessagesResponse>(
                service, METHODID_SEND_MESSAGES)))
        .addMethod(
          getSetWorkflowDelayMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.SetWorkflowDelayRequest,
              io.workflowcontrol.v1.SetWorkflowDelayResponse>(
                service, METHODID_SET_WORKFLOW_DELAY)))
        .addMethod(
          getSetWorkflowPriorityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.SetWorkflowPriorityRequest,
              io.workflowcontrol.v1.SetWorkflowPriorityResponse>(
                service, METHODID_SET_WORKFLOW_PRIORITY)))
        .addMethod(
          getUpdateWorkflowAttributesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.UpdateWorkflowAttributesRequest,
              io.workflowcontrol.v1.UpdateWorkflowAttributesResponse>(
                service, METHODID_UPDATE_WORKFLOW_ATTRIBUTES)))
        .addMethod(
          getImportWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ImportWorkflowRequest,
              io.workflowcontrol.v1.ImportWorkflowResponse>(
                service, METHODID_IMPORT_WORKFLOW)))
        .addMethod(
          getRecoverExecutorMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.RecoverExecutorRequest,
              io.workflowcontrol.v1.RecoverExecutorResponse>(
                service, METHODID_RECOVER_EXECUTOR)))
        .addMethod(
          getGetWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetWorkflowRequest,
              io.workflowcontrol.v1.GetWorkflowResponse>(
                service, METHODID_GET_WORKFLOW)))
        .addMethod(
          getAwaitWorkflowsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.AwaitWorkflowsRequest,
              io.workflowcontrol.v1.AwaitWorkflowsResponse>(
                service, METHODID_AWAIT_WORKFLOWS)))
        .addMethod(
          getWatchWorkflowsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.workflowcontrol.v1.WatchWorkflowsRequest,
              io.workflowcontrol.v1.WatchWorkflowsResponse>(
                service, METHODID_WATCH_WORKFLOWS)))
        .addMethod(
          getListWorkflowsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListWorkflowsRequest,
              io.workflowcontrol.v1.ListWorkflowsResponse>(
                service, METHODID_LIST_WORKFLOWS)))
        .addMethod(
          getListWorkflowStepsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListWorkflowStepsRequest,
              io.workflowcontrol.v1.ListWorkflowStepsResponse>(
                service, METHODID_LIST_WORKFLOW_STEPS)))
        .addMethod(
          getCountWorkflowsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.CountWorkflowsRequest,
              io.workflowcontrol.v1.CountWorkflowsResponse>(
                service, METHODID_COUNT_WORKFLOWS)))
        .addMethod(
          getAggregateWorkflowsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.AggregateWorkflowsRequest,
              io.workflowcontrol.v1.AggregateWorkflowsResponse>(
                service, METHODID_AGGREGATE_WORKFLOWS)))
        .addMethod(
          getAggregateStepsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.AggregateStepsRequest,
              io.workflowcontrol.v1.AggregateStepsResponse>(
                service, METHODID_AGGREGATE_STEPS)))
        .addMethod(
          getGetWorkflowTreeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetWorkflowTreeRequest,
              io.workflowcontrol.v1.GetWorkflowTreeResponse>(
                service, METHODID_GET_WORKFLOW_TREE)))
        .addMethod(
          getGetEventMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetEventRequest,
              io.workflowcontrol.v1.GetEventResponse>(
                service, METHODID_GET_EVENT)))
        .addMethod(
          getListEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListEventsRequest,
              io.workflowcontrol.v1.ListEventsResponse>(
                service, METHODID_LIST_EVENTS)))
        .addMethod(
          getListMessagesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListMessagesRequest,
              io.workflowcontrol.v1.ListMessagesResponse>(
                service, METHODID_LIST_MESSAGES)))
        .addMethod(
          getReadStreamMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ReadStreamRequest,
              io.workflowcontrol.v1.ReadStreamResponse>(
                service, METHODID_READ_STREAM)))
        .addMethod(
          getExportWorkflowMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ExportWorkflowRequest,
              io.workflowcontrol.v1.ExportWorkflowResponse>(
                service, METHODID_EXPORT_WORKFLOW)))
        .build();
  }

  private static abstract class WorkflowControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    WorkflowControlBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.workflowcontrol.v1.WorkflowControlProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("WorkflowControl");
    }
  }

  private static final class WorkflowControlFileDescriptorSupplier
      extends WorkflowControlBaseDescriptorSupplier {
    WorkflowControlFileDescriptorSupplier() {}
  }

  private static final class WorkflowControlMethodDescriptorSupplier
      extends WorkflowControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    WorkflowControlMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (WorkflowControlGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new WorkflowControlFileDescriptorSupplier())
              .addMethod(getCancelWorkflowMethod())
              .addMethod(getResumeWorkflowMethod())
              .addMethod(getForkWorkflowMethod())
              .addMethod(getRestartWorkflowMethod())
              .addMethod(getRewindWorkflowMethod())
              .addMethod(getDeleteWorkflowMethod())
              .addMethod(getStartWorkflowMethod())
              .addMethod(getStartWorkflowsMethod())
              .addMethod(getSendMessageMethod())
              .addMethod(getSendMessagesMethod())
              .addMethod(getSetWorkflowDelayMethod())
              .addMethod(getSetWorkflowPriorityMethod())
              .addMethod(getUpdateWorkflowAttributesMethod())
              .addMethod(getImportWorkflowMethod())
              .addMethod(getRecoverExecutorMethod())
              .addMethod(getGetWorkflowMethod())
              .addMethod(getAwaitWorkflowsMethod())
              .addMethod(getWatchWorkflowsMethod())
              .addMethod(getListWorkflowsMethod())
              .addMethod(getListWorkflowStepsMethod())
              .addMethod(getCountWorkflowsMethod())
              .addMethod(getAggregateWorkflowsMethod())
              .addMethod(getAggregateStepsMethod())
              .addMethod(getGetWorkflowTreeMethod())
              .addMethod(getGetEventMethod())
              .addMethod(getListEventsMethod())
              .addMethod(getListMessagesMethod())
              .addMethod(getReadStreamMethod())
              .addMethod(getExportWorkflowMethod())
              .build();
        }
      }
    }
    return result;
  }
}

package io.workflowcontrol.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Controls which workflows start by themselves, and when. DBOS's workers read the schedules from the database, and start each one's workflow at
 * the times that its cron expression says; workers notice what changes within their polling interval, by default 30 seconds.
 * What a schedule's workflow gets as its second argument, the context, is stored in the format of the runtime that runs it, without a mark of
 * which one that is: a mutation that needs to know it, and neither is told it nor finds it out, answers SCHEDULE_RUNTIME_UNKNOWN.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ScheduleControlGrpc {

  private ScheduleControlGrpc() {}

  public static final java.lang.String SERVICE_NAME = "workflowcontrol.v1.ScheduleControl";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.CreateScheduleRequest,
      io.workflowcontrol.v1.CreateScheduleResponse> getCreateScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateSchedule",
      requestType = io.workflowcontrol.v1.CreateScheduleRequest.class,
      responseType = io.workflowcontrol.v1.CreateScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.CreateScheduleRequest,
      io.workflowcontrol.v1.CreateScheduleResponse> getCreateScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.CreateScheduleRequest, io.workflowcontrol.v1.CreateScheduleResponse> getCreateScheduleMethod;
    if ((getCreateScheduleMethod = ScheduleControlGrpc.getCreateScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getCreateScheduleMethod = ScheduleControlGrpc.getCreateScheduleMethod) == null) {
          ScheduleControlGrpc.getCreateScheduleMethod = getCreateScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.CreateScheduleRequest, io.workflowcontrol.v1.CreateScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateSchedule"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CreateScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CreateScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("CreateSchedule"))
              .build();
        }
      }
    }
    return getCreateScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ApplySchedulesRequest,
      io.workflowcontrol.v1.ApplySchedulesResponse> getApplySchedulesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ApplySchedules",
      requestType = io.workflowcontrol.v1.ApplySchedulesRequest.class,
      responseType = io.workflowcontrol.v1.ApplySchedulesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ApplySchedulesRequest,
      io.workflowcontrol.v1.ApplySchedulesResponse> getApplySchedulesMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ApplySchedulesRequest, io.workflowcontrol.v1.ApplySchedulesResponse> getApplySchedulesMethod;
    if ((getApplySchedulesMethod = ScheduleControlGrpc.getApplySchedulesMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getApplySchedulesMethod = ScheduleControlGrpc.getApplySchedulesMethod) == null) {
          ScheduleControlGrpc.getApplySchedulesMethod = getApplySchedulesMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ApplySchedulesRequest, io.workflowcontrol.v1.ApplySchedulesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ApplySchedules"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ApplySchedulesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ApplySchedulesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("ApplySchedules"))
              .build();
        }
      }
    }
    return getApplySchedulesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.UpdateScheduleRequest,
      io.workflowcontrol.v1.UpdateScheduleResponse> getUpdateScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSchedule",
      requestType = io.workflowcontrol.v1.UpdateScheduleRequest.class,
      responseType = io.workflowcontrol.v1.UpdateScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.UpdateScheduleRequest,
      io.workflowcontrol.v1.UpdateScheduleResponse> getUpdateScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.UpdateScheduleRequest, io.workflowcontrol.v1.UpdateScheduleResponse> getUpdateScheduleMethod;
    if ((getUpdateScheduleMethod = ScheduleControlGrpc.getUpdateScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getUpdateScheduleMethod = ScheduleControlGrpc.getUpdateScheduleMethod) == null) {
          ScheduleControlGrpc.getUpdateScheduleMethod = getUpdateScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.UpdateScheduleRequest, io.workflowcontrol.v1.UpdateScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSchedule"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.UpdateScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.UpdateScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("UpdateSchedule"))
              .build();
        }
      }
    }
    return getUpdateScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.PauseScheduleRequest,
      io.workflowcontrol.v1.PauseScheduleResponse> getPauseScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PauseSchedule",
      requestType = io.workflowcontrol.v1.PauseScheduleRequest.class,
      responseType = io.workflowcontrol.v1.PauseScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.PauseScheduleRequest,
      io.workflowcontrol.v1.PauseScheduleResponse> getPauseScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.PauseScheduleRequest, io.workflowcontrol.v1.PauseScheduleResponse> getPauseScheduleMethod;
    if ((getPauseScheduleMethod = ScheduleControlGrpc.getPauseScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getPauseScheduleMethod = ScheduleControlGrpc.getPauseScheduleMethod) == null) {
          ScheduleControlGrpc.getPauseScheduleMethod = getPauseScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.PauseScheduleRequest, io.workflowcontrol.v1.PauseScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PauseSchedule"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.PauseScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.PauseScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("PauseSchedule"))
              .build();
        }
      }
    }
    return getPauseScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ResumeScheduleRequest,
      io.workflowcontrol.v1.ResumeScheduleResponse> getResumeScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResumeSchedule",
      requestType = io.workflowcontrol.v1.ResumeScheduleRequest.class,
      responseType = io.workflowcontrol.v1.ResumeScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ResumeScheduleRequest,
      io.workflowcontrol.v1.ResumeScheduleResponse> getResumeScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ResumeScheduleRequest, io.workflowcontrol.v1.ResumeScheduleResponse> getResumeScheduleMethod;
    if ((getResumeScheduleMethod = ScheduleControlGrpc.getResumeScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getResumeScheduleMethod = ScheduleControlGrpc.getResumeScheduleMethod) == null) {
          ScheduleControlGrpc.getResumeScheduleMethod = getResumeScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ResumeScheduleRequest, io.workflowcontrol.v1.ResumeScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResumeSchedule"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ResumeScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ResumeScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("ResumeSchedule"))
              .build();
        }
      }
    }
    return getResumeScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteScheduleRequest,
      io.workflowcontrol.v1.DeleteScheduleResponse> getDeleteScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteSchedule",
      requestType = io.workflowcontrol.v1.DeleteScheduleRequest.class,
      responseType = io.workflowcontrol.v1.DeleteScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteScheduleRequest,
      io.workflowcontrol.v1.DeleteScheduleResponse> getDeleteScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteScheduleRequest, io.workflowcontrol.v1.DeleteScheduleResponse> getDeleteScheduleMethod;
    if ((getDeleteScheduleMethod = ScheduleControlGrpc.getDeleteScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getDeleteScheduleMethod = ScheduleControlGrpc.getDeleteScheduleMethod) == null) {
          ScheduleControlGrpc.getDeleteScheduleMethod = getDeleteScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.DeleteScheduleRequest, io.workflowcontrol.v1.DeleteScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteSchedule"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.DeleteScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.DeleteScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("DeleteSchedule"))
              .build();
        }
      }
    }
    return getDeleteScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.TriggerScheduleRequest,
      io.workflowcontrol.v1.TriggerScheduleResponse> getTriggerScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TriggerSchedule",
      requestType = io.workflowcontrol.v1.TriggerScheduleRequest.class,
      responseType = io.workflowcontrol.v1.TriggerScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.TriggerScheduleRequest,
      io.workflowcontrol.v1.TriggerScheduleResponse> getTriggerScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.TriggerScheduleRequest, io.workflowcontrol.v1.TriggerScheduleResponse> getTriggerScheduleMethod;
    if ((getTriggerScheduleMethod = ScheduleControlGrpc.getTriggerScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getTriggerScheduleMethod = ScheduleControlGrpc.getTriggerScheduleMethod) == null) {
          ScheduleControlGrpc.getTriggerScheduleMethod = getTriggerScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.TriggerScheduleRequest, io.workflowcontrol.v1.TriggerScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TriggerSchedule"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.TriggerScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.TriggerScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("TriggerSchedule"))
              .build();
        }
      }
    }
    return getTriggerScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.BackfillScheduleRequest,
      io.workflowcontrol.v1.BackfillScheduleResponse> getBackfillScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BackfillSchedule",
      requestType = io.workflowcontrol.v1.BackfillScheduleRequest.class,
      responseType = io.workflowcontrol.v1.BackfillScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.BackfillScheduleRequest,
      io.workflowcontrol.v1.BackfillScheduleResponse> getBackfillScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.BackfillScheduleRequest, io.workflowcontrol.v1.BackfillScheduleResponse> getBackfillScheduleMethod;
    if ((getBackfillScheduleMethod = ScheduleControlGrpc.getBackfillScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getBackfillScheduleMethod = ScheduleControlGrpc.getBackfillScheduleMethod) == null) {
          ScheduleControlGrpc.getBackfillScheduleMethod = getBackfillScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.BackfillScheduleRequest, io.workflowcontrol.v1.BackfillScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BackfillSchedule"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.BackfillScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.BackfillScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("BackfillSchedule"))
              .build();
        }
      }
    }
    return getBackfillScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetScheduleRequest,
      io.workflowcontrol.v1.GetScheduleResponse> getGetScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSchedule",
      requestType = io.workflowcontrol.v1.GetScheduleRequest.class,
      responseType = io.workflowcontrol.v1.GetScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetScheduleRequest,
      io.workflowcontrol.v1.GetScheduleResponse> getGetScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetScheduleRequest, io.workflowcontrol.v1.GetScheduleResponse> getGetScheduleMethod;
    if ((getGetScheduleMethod = ScheduleControlGrpc.getGetScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getGetScheduleMethod = ScheduleControlGrpc.getGetScheduleMethod) == null) {
          ScheduleControlGrpc.getGetScheduleMethod = getGetScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetScheduleRequest, io.workflowcontrol.v1.GetScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSchedule"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("GetSchedule"))
              .build();
        }
      }
    }
    return getGetScheduleMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListSchedulesRequest,
      io.workflowcontrol.v1.ListSchedulesResponse> getListSchedulesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSchedules",
      requestType = io.workflowcontrol.v1.ListSchedulesRequest.class,
      responseType = io.workflowcontrol.v1.ListSchedulesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListSchedulesRequest,
      io.workflowcontrol.v1.ListSchedulesResponse> getListSchedulesMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListSchedulesRequest, io.workflowcontrol.v1.ListSchedulesResponse> getListSchedulesMethod;
    if ((getListSchedulesMethod = ScheduleControlGrpc.getListSchedulesMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getListSchedulesMethod = ScheduleControlGrpc.getListSchedulesMethod) == null) {
          ScheduleControlGrpc.getListSchedulesMethod = getListSchedulesMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListSchedulesRequest, io.workflowcontrol.v1.ListSchedulesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSchedules"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListSchedulesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListSchedulesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("ListSchedules"))
              .build();
        }
      }
    }
    return getListSchedulesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.PreviewScheduleRequest,
      io.workflowcontrol.v1.PreviewScheduleResponse> getPreviewScheduleMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PreviewSchedule",
      requestType = io.workflowcontrol.v1.PreviewScheduleRequest.class,
      responseType = io.workflowcontrol.v1.PreviewScheduleResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.PreviewScheduleRequest,
      io.workflowcontrol.v1.PreviewScheduleResponse> getPreviewScheduleMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.PreviewScheduleRequest, io.workflowcontrol.v1.PreviewScheduleResponse> getPreviewScheduleMethod;
    if ((getPreviewScheduleMethod = ScheduleControlGrpc.getPreviewScheduleMethod) == null) {
      synchronized (ScheduleControlGrpc.class) {
        if ((getPreviewScheduleMethod = ScheduleControlGrpc.getPreviewScheduleMethod) == null) {
          ScheduleControlGrpc.getPreviewScheduleMethod = getPreviewScheduleMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.PreviewScheduleRequest, io.workflowcontrol.v1.PreviewScheduleResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PreviewSchedule"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.PreviewScheduleRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.PreviewScheduleResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ScheduleControlMethodDescriptorSupplier("PreviewSchedule"))
              .build();
        }
      }
    }
    return getPreviewScheduleMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ScheduleControlStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ScheduleControlStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ScheduleControlStub>() {
        @java.lang.Override
        public ScheduleControlStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ScheduleControlStub(channel, callOptions);
        }
      };
    return ScheduleControlStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ScheduleControlBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ScheduleControlBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ScheduleControlBlockingV2Stub>() {
        @java.lang.Override
        public ScheduleControlBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ScheduleControlBlockingV2Stub(channel, callOptions);
        }
      };
    return ScheduleControlBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ScheduleControlBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ScheduleControlBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ScheduleControlBlockingStub>() {
        @java.lang.Override
        public ScheduleControlBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ScheduleControlBlockingStub(channel, callOptions);
        }
      };
    return ScheduleControlBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ScheduleControlFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ScheduleControlFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ScheduleControlFutureStub>() {
        @java.lang.Override
        public ScheduleControlFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ScheduleControlFutureStub(channel, callOptions);
        }
      };
    return ScheduleControlFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Controls which workflows start by themselves, and when. DBOS's workers read the schedules from the database, and start each one's workflow at
   * the times that its cron expression says; workers notice what changes within their polling interval, by default 30 seconds.
   * What a schedule's workflow gets as its second argument, the context, is stored in the format of the runtime that runs it, without a mark of
   * which one that is: a mutation that needs to know it, and neither is told it nor finds it out, answers SCHEDULE_RUNTIME_UNKNOWN.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a schedule, which is active at once. Errors: SCHEDULE_EXISTS, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13; with options, later). Idempotent by request key.
     * </pre>
     */
    default void createSchedule(io.workflowcontrol.v1.CreateScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CreateScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates schedules, or gives those that exist another definition, all or none. An existing one keeps its state and what it fired last; one
     * that no application owns is claimed where the request names one; schedules that the request does not name stay as they are. Errors:
     * OWNED_BY_ANOTHER_APPLICATION, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    default void applySchedules(io.workflowcontrol.v1.ApplySchedulesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ApplySchedulesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getApplySchedulesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes what is set in the request, and nothing else: not the schedule's state, and not what it fired last. Errors: SCHEDULE_NOT_FOUND,
     * SCHEDULE_RUNTIME_UNKNOWN (with a context), SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    default void updateSchedule(io.workflowcontrol.v1.UpdateScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.UpdateScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Pauses a schedule: workers start nothing for it. What was started goes on. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13). Idempotent by request key.
     * </pre>
     */
    default void pauseSchedule(io.workflowcontrol.v1.PauseScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PauseScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPauseScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Resumes a paused schedule. With `automatic_backfill` its workers then start what it has missed since it last fired. Errors:
     * SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    default void resumeSchedule(io.workflowcontrol.v1.ResumeScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ResumeScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResumeScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a schedule. The workflows that it has started stay. Errors: SCHEDULE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING
     * (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    default void deleteSchedule(io.workflowcontrol.v1.DeleteScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Starts a schedule's workflow now, whatever the schedule's state, beside the times of its expression. It is enqueued for the latest version of
     * the application that owns the schedule. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    default void triggerSchedule(io.workflowcontrol.v1.TriggerScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.TriggerScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTriggerScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Starts a schedule's workflow for every time of its expression after `start_time` and before `end_time`, all in one transaction, whatever the
     * schedule's state. Runs have the ids that the schedule's workers give them: what has been started, by whomever, is not started again. Errors:
     * SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE, SCHEDULE_TIMES_UNCERTAIN, BACKFILL_TOO_LARGE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    default void backfillSchedule(io.workflowcontrol.v1.BackfillScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.BackfillScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBackfillScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a schedule. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    default void getSchedule(io.workflowcontrol.v1.GetScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetScheduleMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists schedules by name. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13; with `application_names`, before 2.30). A read:
     * safe to repeat.
     * </pre>
     */
    default void listSchedules(io.workflowcontrol.v1.ListSchedulesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListSchedulesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSchedulesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells when a schedule, or an expression that need not be a schedule's yet, runs next. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_TIMES_UNCERTAIN,
     * SCHEMA_CAPABILITY_MISSING (with a name, before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    default void previewSchedule(io.workflowcontrol.v1.PreviewScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PreviewScheduleResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPreviewScheduleMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ScheduleControl.
   * <pre>
   * Controls which workflows start by themselves, and when. DBOS's workers read the schedules from the database, and start each one's workflow at
   * the times that its cron expression says; workers notice what changes within their polling interval, by default 30 seconds.
   * What a schedule's workflow gets as its second argument, the context, is stored in the format of the runtime that runs it, without a mark of
   * which one that is: a mutation that needs to know it, and neither is told it nor finds it out, answers SCHEDULE_RUNTIME_UNKNOWN.
   * </pre>
   */
  public static abstract class ScheduleControlImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ScheduleControlGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ScheduleControl.
   * <pre>
   * Controls which workflows start by themselves, and when. DBOS's workers read the schedules from the database, and start each one's workflow at
   * the times that its cron expression says; workers notice what changes within their polling interval, by default 30 seconds.
   * What a schedule's workflow gets as its second argument, the context, is stored in the format of the runtime that runs it, without a mark of
   * which one that is: a mutation that needs to know it, and neither is told it nor finds it out, answers SCHEDULE_RUNTIME_UNKNOWN.
   * </pre>
   */
  public static final class ScheduleControlStub
      extends io.grpc.stub.AbstractAsyncStub<ScheduleControlStub> {
    private ScheduleControlStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ScheduleControlStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ScheduleControlStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a schedule, which is active at once. Errors: SCHEDULE_EXISTS, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13; with options, later). Idempotent by request key.
     * </pre>
     */
    public void createSchedule(io.workflowcontrol.v1.CreateScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CreateScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates schedules, or gives those that exist another definition, all or none. An existing one keeps its state and what it fired last; one
     * that no application owns is claimed where the request names one; schedules that the request does not name stay as they are. Errors:
     * OWNED_BY_ANOTHER_APPLICATION, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public void applySchedules(io.workflowcontrol.v1.ApplySchedulesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ApplySchedulesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getApplySchedulesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes what is set in the request, and nothing else: not the schedule's state, and not what it fired last. Errors: SCHEDULE_NOT_FOUND,
     * SCHEDULE_RUNTIME_UNKNOWN (with a context), SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public void updateSchedule(io.workflowcontrol.v1.UpdateScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.UpdateScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Pauses a schedule: workers start nothing for it. What was started goes on. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13). Idempotent by request key.
     * </pre>
     */
    public void pauseSchedule(io.workflowcontrol.v1.PauseScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PauseScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPauseScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Resumes a paused schedule. With `automatic_backfill` its workers then start what it has missed since it last fired. Errors:
     * SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public void resumeSchedule(io.workflowcontrol.v1.ResumeScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ResumeScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResumeScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a schedule. The workflows that it has started stay. Errors: SCHEDULE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING
     * (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public void deleteSchedule(io.workflowcontrol.v1.DeleteScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Starts a schedule's workflow now, whatever the schedule's state, beside the times of its expression. It is enqueued for the latest version of
     * the application that owns the schedule. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public void triggerSchedule(io.workflowcontrol.v1.TriggerScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.TriggerScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTriggerScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Starts a schedule's workflow for every time of its expression after `start_time` and before `end_time`, all in one transaction, whatever the
     * schedule's state. Runs have the ids that the schedule's workers give them: what has been started, by whomever, is not started again. Errors:
     * SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE, SCHEDULE_TIMES_UNCERTAIN, BACKFILL_TOO_LARGE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public void backfillSchedule(io.workflowcontrol.v1.BackfillScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.BackfillScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBackfillScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a schedule. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public void getSchedule(io.workflowcontrol.v1.GetScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetScheduleMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists schedules by name. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13; with `application_names`, before 2.30). A read:
     * safe to repeat.
     * </pre>
     */
    public void listSchedules(io.workflowcontrol.v1.ListSchedulesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListSchedulesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSchedulesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells when a schedule, or an expression that need not be a schedule's yet, runs next. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_TIMES_UNCERTAIN,
     * SCHEMA_CAPABILITY_MISSING (with a name, before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public void previewSchedule(io.workflowcontrol.v1.PreviewScheduleRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PreviewScheduleResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPreviewScheduleMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ScheduleControl.
   * <pre>
   * Controls which workflows start by themselves, and when. DBOS's workers read the schedules from the database, and start each one's workflow at
   * the times that its cron expression says; workers notice what changes within their polling interval, by default 30 seconds.
   * What a schedule's workflow gets as its second argument, the context, is stored in the format of the runtime that runs it, without a mark of
   * which one that is: a mutation that needs to know it, and neither is told it nor finds it out, answers SCHEDULE_RUNTIME_UNKNOWN.
   * </pre>
   */
  public static final class ScheduleControlBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ScheduleControlBlockingV2Stub> {
    private ScheduleControlBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ScheduleControlBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ScheduleControlBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a schedule, which is active at once. Errors: SCHEDULE_EXISTS, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13; with options, later). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.CreateScheduleResponse createSchedule(io.workflowcontrol.v1.CreateScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates schedules, or gives those that exist another definition, all or none. An existing one keeps its state and what it fired last; one
     * that no application owns is claimed where the request names one; schedules that the request does not name stay as they are. Errors:
     * OWNED_BY_ANOTHER_APPLICATION, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.ApplySchedulesResponse applySchedules(io.workflowcontrol.v1.ApplySchedulesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getApplySchedulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes what is set in the request, and nothing else: not the schedule's state, and not what it fired last. Errors: SCHEDULE_NOT_FOUND,
     * SCHEDULE_RUNTIME_UNKNOWN (with a context), SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.UpdateScheduleResponse updateSchedule(io.workflowcontrol.v1.UpdateScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses a schedule: workers start nothing for it. What was started goes on. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.PauseScheduleResponse pauseSchedule(io.workflowcontrol.v1.PauseScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPauseScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Resumes a paused schedule. With `automatic_backfill` its workers then start what it has missed since it last fired. Errors:
     * SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.ResumeScheduleResponse resumeSchedule(io.workflowcontrol.v1.ResumeScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResumeScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a schedule. The workflows that it has started stay. Errors: SCHEDULE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING
     * (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.DeleteScheduleResponse deleteSchedule(io.workflowcontrol.v1.DeleteScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a schedule's workflow now, whatever the schedule's state, beside the times of its expression. It is enqueued for the latest version of
     * the application that owns the schedule. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.TriggerScheduleResponse triggerSchedule(io.workflowcontrol.v1.TriggerScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTriggerScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a schedule's workflow for every time of its expression after `start_time` and before `end_time`, all in one transaction, whatever the
     * schedule's state. Runs have the ids that the schedule's workers give them: what has been started, by whomever, is not started again. Errors:
     * SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE, SCHEDULE_TIMES_UNCERTAIN, BACKFILL_TOO_LARGE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.BackfillScheduleResponse backfillSchedule(io.workflowcontrol.v1.BackfillScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBackfillScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a schedule. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetScheduleResponse getSchedule(io.workflowcontrol.v1.GetScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists schedules by name. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13; with `application_names`, before 2.30). A read:
     * safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListSchedulesResponse listSchedules(io.workflowcontrol.v1.ListSchedulesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSchedulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells when a schedule, or an expression that need not be a schedule's yet, runs next. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_TIMES_UNCERTAIN,
     * SCHEMA_CAPABILITY_MISSING (with a name, before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.PreviewScheduleResponse previewSchedule(io.workflowcontrol.v1.PreviewScheduleRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPreviewScheduleMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ScheduleControl.
   * <pre>
   * Controls which workflows start by themselves, and when. DBOS's workers read the schedules from the database, and start each one's workflow at
   * the times that its cron expression says; workers notice what changes within their polling interval, by default 30 seconds.
   * What a schedule's workflow gets as its second argument, the context, is stored in the format of the runtime that runs it, without a mark of
   * which one that is: a mutation that needs to know it, and neither is told it nor finds it out, answers SCHEDULE_RUNTIME_UNKNOWN.
   * </pre>
   */
  public static final class ScheduleControlBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ScheduleControlBlockingStub> {
    private ScheduleControlBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ScheduleControlBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ScheduleControlBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a schedule, which is active at once. Errors: SCHEDULE_EXISTS, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13; with options, later). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.CreateScheduleResponse createSchedule(io.workflowcontrol.v1.CreateScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates schedules, or gives those that exist another definition, all or none. An existing one keeps its state and what it fired last; one
     * that no application owns is claimed where the request names one; schedules that the request does not name stay as they are. Errors:
     * OWNED_BY_ANOTHER_APPLICATION, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.ApplySchedulesResponse applySchedules(io.workflowcontrol.v1.ApplySchedulesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getApplySchedulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes what is set in the request, and nothing else: not the schedule's state, and not what it fired last. Errors: SCHEDULE_NOT_FOUND,
     * SCHEDULE_RUNTIME_UNKNOWN (with a context), SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.UpdateScheduleResponse updateSchedule(io.workflowcontrol.v1.UpdateScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses a schedule: workers start nothing for it. What was started goes on. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.PauseScheduleResponse pauseSchedule(io.workflowcontrol.v1.PauseScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPauseScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Resumes a paused schedule. With `automatic_backfill` its workers then start what it has missed since it last fired. Errors:
     * SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.ResumeScheduleResponse resumeSchedule(io.workflowcontrol.v1.ResumeScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResumeScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a schedule. The workflows that it has started stay. Errors: SCHEDULE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING
     * (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.DeleteScheduleResponse deleteSchedule(io.workflowcontrol.v1.DeleteScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a schedule's workflow now, whatever the schedule's state, beside the times of its expression. It is enqueued for the latest version of
     * the application that owns the schedule. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.TriggerScheduleResponse triggerSchedule(io.workflowcontrol.v1.TriggerScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTriggerScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Starts a schedule's workflow for every time of its expression after `start_time` and before `end_time`, all in one transaction, whatever the
     * schedule's state. Runs have the ids that the schedule's workers give them: what has been started, by whomever, is not started again. Errors:
     * SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE, SCHEDULE_TIMES_UNCERTAIN, BACKFILL_TOO_LARGE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.BackfillScheduleResponse backfillSchedule(io.workflowcontrol.v1.BackfillScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBackfillScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a schedule. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetScheduleResponse getSchedule(io.workflowcontrol.v1.GetScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetScheduleMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists schedules by name. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13; with `application_names`, before 2.30). A read:
     * safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListSchedulesResponse listSchedules(io.workflowcontrol.v1.ListSchedulesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSchedulesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells when a schedule, or an expression that need not be a schedule's yet, runs next. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_TIMES_UNCERTAIN,
     * SCHEMA_CAPABILITY_MISSING (with a name, before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.PreviewScheduleResponse previewSchedule(io.workflowcontrol.v1.PreviewScheduleRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPreviewScheduleMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ScheduleControl.
   * <pre>
   * Controls which workflows start by themselves, and when. DBOS's workers read the schedules from the database, and start each one's workflow at
   * the times that its cron expression says; workers notice what changes within their polling interval, by default 30 seconds.
   * What a schedule's workflow gets as its second argument, the context, is stored in the format of the runtime that runs it, without a mark of
   * which one that is: a mutation that needs to know it, and neither is told it nor finds it out, answers SCHEDULE_RUNTIME_UNKNOWN.
   * </pre>
   */
  public static final class ScheduleControlFutureStub
      extends io.grpc.stub.AbstractFutureStub<ScheduleControlFutureStub> {
    private ScheduleControlFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ScheduleControlFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ScheduleControlFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a schedule, which is active at once. Errors: SCHEDULE_EXISTS, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13; with options, later). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.CreateScheduleResponse> createSchedule(
        io.workflowcontrol.v1.CreateScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Creates schedules, or gives those that exist another definition, all or none. An existing one keeps its state and what it fired last; one
     * that no application owns is claimed where the request names one; schedules that the request does not name stay as they are. Errors:
     * OWNED_BY_ANOTHER_APPLICATION, SCHEDULE_RUNTIME_UNKNOWN, SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ApplySchedulesResponse> applySchedules(
        io.workflowcontrol.v1.ApplySchedulesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getApplySchedulesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes what is set in the request, and nothing else: not the schedule's state, and not what it fired last. Errors: SCHEDULE_NOT_FOUND,
     * SCHEDULE_RUNTIME_UNKNOWN (with a context), SCHEMA_CAPABILITY_MISSING (as `CreateSchedule`). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.UpdateScheduleResponse> updateSchedule(
        io.workflowcontrol.v1.UpdateScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Pauses a schedule: workers start nothing for it. What was started goes on. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.13). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.PauseScheduleResponse> pauseSchedule(
        io.workflowcontrol.v1.PauseScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPauseScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Resumes a paused schedule. With `automatic_backfill` its workers then start what it has missed since it last fired. Errors:
     * SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ResumeScheduleResponse> resumeSchedule(
        io.workflowcontrol.v1.ResumeScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResumeScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a schedule. The workflows that it has started stay. Errors: SCHEDULE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING
     * (before DBOS 2.13). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.DeleteScheduleResponse> deleteSchedule(
        io.workflowcontrol.v1.DeleteScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Starts a schedule's workflow now, whatever the schedule's state, beside the times of its expression. It is enqueued for the latest version of
     * the application that owns the schedule. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.TriggerScheduleResponse> triggerSchedule(
        io.workflowcontrol.v1.TriggerScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTriggerScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Starts a schedule's workflow for every time of its expression after `start_time` and before `end_time`, all in one transaction, whatever the
     * schedule's state. Runs have the ids that the schedule's workers give them: what has been started, by whomever, is not started again. Errors:
     * SCHEDULE_NOT_FOUND, SCHEDULE_RUNTIME_UNKNOWN, SCHEDULE_CONTEXT_PRIVATE, SCHEDULE_TIMES_UNCERTAIN, BACKFILL_TOO_LARGE,
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.14). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.BackfillScheduleResponse> backfillSchedule(
        io.workflowcontrol.v1.BackfillScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBackfillScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a schedule. Errors: SCHEDULE_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetScheduleResponse> getSchedule(
        io.workflowcontrol.v1.GetScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetScheduleMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists schedules by name. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before DBOS 2.13; with `application_names`, before 2.30). A read:
     * safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListSchedulesResponse> listSchedules(
        io.workflowcontrol.v1.ListSchedulesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSchedulesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells when a schedule, or an expression that need not be a schedule's yet, runs next. Errors: SCHEDULE_NOT_FOUND, SCHEDULE_TIMES_UNCERTAIN,
     * SCHEMA_CAPABILITY_MISSING (with a name, before DBOS 2.13). A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.PreviewScheduleResponse> previewSchedule(
        io.workflowcontrol.v1.PreviewScheduleRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPreviewScheduleMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_SCHEDULE = 0;
  private static final int METHODID_APPLY_SCHEDULES = 1;
  private static final int METHODID_UPDATE_SCHEDULE = 2;
  private static final int METHODID_PAUSE_SCHEDULE = 3;
  private static final int METHODID_RESUME_SCHEDULE = 4;
  private static final int METHODID_DELETE_SCHEDULE = 5;
  private static final int METHODID_TRIGGER_SCHEDULE = 6;
  private static final int METHODID_BACKFILL_SCHEDULE = 7;
  private static final int METHODID_GET_SCHEDULE = 8;
  private static final int METHODID_LIST_SCHEDULES = 9;
  private static final int METHODID_PREVIEW_SCHEDULE = 10;

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
        case METHODID_CREATE_SCHEDULE:
          serviceImpl.createSchedule((io.workflowcontrol.v1.CreateScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CreateScheduleResponse>) responseObserver);
          break;
        case METHODID_APPLY_SCHEDULES:
          serviceImpl.applySchedules((io.workflowcontrol.v1.ApplySchedulesRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ApplySchedulesResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SCHEDULE:
          serviceImpl.updateSchedule((io.workflowcontrol.v1.UpdateScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.UpdateScheduleResponse>) responseObserver);
          break;
        case METHODID_PAUSE_SCHEDULE:
          serviceImpl.pauseSchedule((io.workflowcontrol.v1.PauseScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PauseScheduleResponse>) responseObserver);
          break;
        case METHODID_RESUME_SCHEDULE:
          serviceImpl.resumeSchedule((io.workflowcontrol.v1.ResumeScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ResumeScheduleResponse>) responseObserver);
          break;
        case METHODID_DELETE_SCHEDULE:
          serviceImpl.deleteSchedule((io.workflowcontrol.v1.DeleteScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteScheduleResponse>) responseObserver);
          break;
        case METHODID_TRIGGER_SCHEDULE:
          serviceImpl.triggerSchedule((io.workflowcontrol.v1.TriggerScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.TriggerScheduleResponse>) responseObserver);
          break;
        case METHODID_BACKFILL_SCHEDULE:
          serviceImpl.backfillSchedule((io.workflowcontrol.v1.BackfillScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.BackfillScheduleResponse>) responseObserver);
          break;
        case METHODID_GET_SCHEDULE:
          serviceImpl.getSchedule((io.workflowcontrol.v1.GetScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetScheduleResponse>) responseObserver);
          break;
        case METHODID_LIST_SCHEDULES:
          serviceImpl.listSchedules((io.workflowcontrol.v1.ListSchedulesRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListSchedulesResponse>) responseObserver);
          break;
        case METHODID_PREVIEW_SCHEDULE:
          serviceImpl.previewSchedule((io.workflowcontrol.v1.PreviewScheduleRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PreviewScheduleResponse>) responseObserver);
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
          getCreateScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.CreateScheduleRequest,
              io.workflowcontrol.v1.CreateScheduleResponse>(
                service, METHODID_CREATE_SCHEDULE)))
        .addMethod(
          getApplySchedulesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ApplySchedulesRequest,
              io.workflowcontrol.v1.ApplySchedulesResponse>(
                service, METHODID_APPLY_SCHEDULES)))
        .addMethod(
          getUpdateScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.UpdateScheduleRequest,
              io.workflowcontrol.v1.UpdateScheduleResponse>(
                service, METHODID_UPDATE_SCHEDULE)))
        .addMethod(
          getPauseScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.PauseScheduleRequest,
              io.workflowcontrol.v1.PauseScheduleResponse>(
                service, METHODID_PAUSE_SCHEDULE)))
        .addMethod(
          getResumeScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ResumeScheduleRequest,
              io.workflowcontrol.v1.ResumeScheduleResponse>(
                service, METHODID_RESUME_SCHEDULE)))
        .addMethod(
          getDeleteScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.DeleteScheduleRequest,
              io.workflowcontrol.v1.DeleteScheduleResponse>(
                service, METHODID_DELETE_SCHEDULE)))
        .addMethod(
          getTriggerScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.TriggerScheduleRequest,
              io.workflowcontrol.v1.TriggerScheduleResponse>(
                service, METHODID_TRIGGER_SCHEDULE)))
        .addMethod(
          getBackfillScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.BackfillScheduleRequest,
              io.workflowcontrol.v1.BackfillScheduleResponse>(
                service, METHODID_BACKFILL_SCHEDULE)))
        .addMethod(
          getGetScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetScheduleRequest,
              io.workflowcontrol.v1.GetScheduleResponse>(
                service, METHODID_GET_SCHEDULE)))
        .addMethod(
          getListSchedulesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListSchedulesRequest,
              io.workflowcontrol.v1.ListSchedulesResponse>(
                service, METHODID_LIST_SCHEDULES)))
        .addMethod(
          getPreviewScheduleMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.PreviewScheduleRequest,
              io.workflowcontrol.v1.PreviewScheduleResponse>(
                service, METHODID_PREVIEW_SCHEDULE)))
        .build();
  }

  private static abstract class ScheduleControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ScheduleControlBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.workflowcontrol.v1.ScheduleControlProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ScheduleControl");
    }
  }

  private static final class ScheduleControlFileDescriptorSupplier
      extends ScheduleControlBaseDescriptorSupplier {
    ScheduleControlFileDescriptorSupplier() {}
  }

  private static final class ScheduleControlMethodDescriptorSupplier
      extends ScheduleControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ScheduleControlMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ScheduleControlGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ScheduleControlFileDescriptorSupplier())
              .addMethod(getCreateScheduleMethod())
              .addMethod(getApplySchedulesMethod())
              .addMethod(getUpdateScheduleMethod())
              .addMethod(getPauseScheduleMethod())
              .addMethod(getResumeScheduleMethod())
              .addMethod(getDeleteScheduleMethod())
              .addMethod(getTriggerScheduleMethod())
              .addMethod(getBackfillScheduleMethod())
              .addMethod(getGetScheduleMethod())
              .addMethod(getListSchedulesMethod())
              .addMethod(getPreviewScheduleMethod())
              .build();
        }
      }
    }
    return result;
  }
}

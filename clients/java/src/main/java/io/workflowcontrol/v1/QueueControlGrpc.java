package io.workflowcontrol.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Controls where workflows wait and who takes them: queues and their limits, application versions, and the names of applications.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class QueueControlGrpc {

  private QueueControlGrpc() {}

  public static final java.lang.String SERVICE_NAME = "workflowcontrol.v1.QueueControl";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.RegisterQueueRequest,
      io.workflowcontrol.v1.RegisterQueueResponse> getRegisterQueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RegisterQueue",
      requestType = io.workflowcontrol.v1.RegisterQueueRequest.class,
      responseType = io.workflowcontrol.v1.RegisterQueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.RegisterQueueRequest,
      io.workflowcontrol.v1.RegisterQueueResponse> getRegisterQueueMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.RegisterQueueRequest, io.workflowcontrol.v1.RegisterQueueResponse> getRegisterQueueMethod;
    if ((getRegisterQueueMethod = QueueControlGrpc.getRegisterQueueMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getRegisterQueueMethod = QueueControlGrpc.getRegisterQueueMethod) == null) {
          QueueControlGrpc.getRegisterQueueMethod = getRegisterQueueMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.RegisterQueueRequest, io.workflowcontrol.v1.RegisterQueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RegisterQueue"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RegisterQueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RegisterQueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("RegisterQueue"))
              .build();
        }
      }
    }
    return getRegisterQueueMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteQueueRequest,
      io.workflowcontrol.v1.DeleteQueueResponse> getDeleteQueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteQueue",
      requestType = io.workflowcontrol.v1.DeleteQueueRequest.class,
      responseType = io.workflowcontrol.v1.DeleteQueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteQueueRequest,
      io.workflowcontrol.v1.DeleteQueueResponse> getDeleteQueueMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.DeleteQueueRequest, io.workflowcontrol.v1.DeleteQueueResponse> getDeleteQueueMethod;
    if ((getDeleteQueueMethod = QueueControlGrpc.getDeleteQueueMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getDeleteQueueMethod = QueueControlGrpc.getDeleteQueueMethod) == null) {
          QueueControlGrpc.getDeleteQueueMethod = getDeleteQueueMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.DeleteQueueRequest, io.workflowcontrol.v1.DeleteQueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteQueue"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.DeleteQueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.DeleteQueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("DeleteQueue"))
              .build();
        }
      }
    }
    return getDeleteQueueMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetQueueRequest,
      io.workflowcontrol.v1.GetQueueResponse> getGetQueueMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetQueue",
      requestType = io.workflowcontrol.v1.GetQueueRequest.class,
      responseType = io.workflowcontrol.v1.GetQueueResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetQueueRequest,
      io.workflowcontrol.v1.GetQueueResponse> getGetQueueMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetQueueRequest, io.workflowcontrol.v1.GetQueueResponse> getGetQueueMethod;
    if ((getGetQueueMethod = QueueControlGrpc.getGetQueueMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getGetQueueMethod = QueueControlGrpc.getGetQueueMethod) == null) {
          QueueControlGrpc.getGetQueueMethod = getGetQueueMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetQueueRequest, io.workflowcontrol.v1.GetQueueResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetQueue"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetQueueRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetQueueResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("GetQueue"))
              .build();
        }
      }
    }
    return getGetQueueMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListQueuesRequest,
      io.workflowcontrol.v1.ListQueuesResponse> getListQueuesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListQueues",
      requestType = io.workflowcontrol.v1.ListQueuesRequest.class,
      responseType = io.workflowcontrol.v1.ListQueuesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListQueuesRequest,
      io.workflowcontrol.v1.ListQueuesResponse> getListQueuesMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListQueuesRequest, io.workflowcontrol.v1.ListQueuesResponse> getListQueuesMethod;
    if ((getListQueuesMethod = QueueControlGrpc.getListQueuesMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getListQueuesMethod = QueueControlGrpc.getListQueuesMethod) == null) {
          QueueControlGrpc.getListQueuesMethod = getListQueuesMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListQueuesRequest, io.workflowcontrol.v1.ListQueuesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListQueues"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListQueuesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListQueuesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("ListQueues"))
              .build();
        }
      }
    }
    return getListQueuesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListApplicationVersionsRequest,
      io.workflowcontrol.v1.ListApplicationVersionsResponse> getListApplicationVersionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListApplicationVersions",
      requestType = io.workflowcontrol.v1.ListApplicationVersionsRequest.class,
      responseType = io.workflowcontrol.v1.ListApplicationVersionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListApplicationVersionsRequest,
      io.workflowcontrol.v1.ListApplicationVersionsResponse> getListApplicationVersionsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListApplicationVersionsRequest, io.workflowcontrol.v1.ListApplicationVersionsResponse> getListApplicationVersionsMethod;
    if ((getListApplicationVersionsMethod = QueueControlGrpc.getListApplicationVersionsMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getListApplicationVersionsMethod = QueueControlGrpc.getListApplicationVersionsMethod) == null) {
          QueueControlGrpc.getListApplicationVersionsMethod = getListApplicationVersionsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListApplicationVersionsRequest, io.workflowcontrol.v1.ListApplicationVersionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListApplicationVersions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListApplicationVersionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListApplicationVersionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("ListApplicationVersions"))
              .build();
        }
      }
    }
    return getListApplicationVersionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetLatestApplicationVersionRequest,
      io.workflowcontrol.v1.GetLatestApplicationVersionResponse> getGetLatestApplicationVersionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetLatestApplicationVersion",
      requestType = io.workflowcontrol.v1.GetLatestApplicationVersionRequest.class,
      responseType = io.workflowcontrol.v1.GetLatestApplicationVersionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetLatestApplicationVersionRequest,
      io.workflowcontrol.v1.GetLatestApplicationVersionResponse> getGetLatestApplicationVersionMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetLatestApplicationVersionRequest, io.workflowcontrol.v1.GetLatestApplicationVersionResponse> getGetLatestApplicationVersionMethod;
    if ((getGetLatestApplicationVersionMethod = QueueControlGrpc.getGetLatestApplicationVersionMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getGetLatestApplicationVersionMethod = QueueControlGrpc.getGetLatestApplicationVersionMethod) == null) {
          QueueControlGrpc.getGetLatestApplicationVersionMethod = getGetLatestApplicationVersionMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetLatestApplicationVersionRequest, io.workflowcontrol.v1.GetLatestApplicationVersionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetLatestApplicationVersion"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetLatestApplicationVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetLatestApplicationVersionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("GetLatestApplicationVersion"))
              .build();
        }
      }
    }
    return getGetLatestApplicationVersionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetLatestApplicationVersionRequest,
      io.workflowcontrol.v1.SetLatestApplicationVersionResponse> getSetLatestApplicationVersionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetLatestApplicationVersion",
      requestType = io.workflowcontrol.v1.SetLatestApplicationVersionRequest.class,
      responseType = io.workflowcontrol.v1.SetLatestApplicationVersionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetLatestApplicationVersionRequest,
      io.workflowcontrol.v1.SetLatestApplicationVersionResponse> getSetLatestApplicationVersionMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.SetLatestApplicationVersionRequest, io.workflowcontrol.v1.SetLatestApplicationVersionResponse> getSetLatestApplicationVersionMethod;
    if ((getSetLatestApplicationVersionMethod = QueueControlGrpc.getSetLatestApplicationVersionMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getSetLatestApplicationVersionMethod = QueueControlGrpc.getSetLatestApplicationVersionMethod) == null) {
          QueueControlGrpc.getSetLatestApplicationVersionMethod = getSetLatestApplicationVersionMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.SetLatestApplicationVersionRequest, io.workflowcontrol.v1.SetLatestApplicationVersionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetLatestApplicationVersion"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SetLatestApplicationVersionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.SetLatestApplicationVersionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("SetLatestApplicationVersion"))
              .build();
        }
      }
    }
    return getSetLatestApplicationVersionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.RenameApplicationRequest,
      io.workflowcontrol.v1.RenameApplicationResponse> getRenameApplicationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RenameApplication",
      requestType = io.workflowcontrol.v1.RenameApplicationRequest.class,
      responseType = io.workflowcontrol.v1.RenameApplicationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.RenameApplicationRequest,
      io.workflowcontrol.v1.RenameApplicationResponse> getRenameApplicationMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.RenameApplicationRequest, io.workflowcontrol.v1.RenameApplicationResponse> getRenameApplicationMethod;
    if ((getRenameApplicationMethod = QueueControlGrpc.getRenameApplicationMethod) == null) {
      synchronized (QueueControlGrpc.class) {
        if ((getRenameApplicationMethod = QueueControlGrpc.getRenameApplicationMethod) == null) {
          QueueControlGrpc.getRenameApplicationMethod = getRenameApplicationMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.RenameApplicationRequest, io.workflowcontrol.v1.RenameApplicationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RenameApplication"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RenameApplicationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.RenameApplicationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new QueueControlMethodDescriptorSupplier("RenameApplication"))
              .build();
        }
      }
    }
    return getRenameApplicationMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static QueueControlStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueControlStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueControlStub>() {
        @java.lang.Override
        public QueueControlStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueControlStub(channel, callOptions);
        }
      };
    return QueueControlStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static QueueControlBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueControlBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueControlBlockingV2Stub>() {
        @java.lang.Override
        public QueueControlBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueControlBlockingV2Stub(channel, callOptions);
        }
      };
    return QueueControlBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static QueueControlBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueControlBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueControlBlockingStub>() {
        @java.lang.Override
        public QueueControlBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueControlBlockingStub(channel, callOptions);
        }
      };
    return QueueControlBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static QueueControlFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<QueueControlFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<QueueControlFutureStub>() {
        @java.lang.Override
        public QueueControlFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new QueueControlFutureStub(channel, callOptions);
        }
      };
    return QueueControlFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Controls where workflows wait and who takes them: queues and their limits, application versions, and the names of applications.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Registers a queue, so that workers serve it within about a second without declaring it in their code, or changes its limits. A queue that
     * no application owns is claimed where the request names one. Errors: OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.20; with options, later). Idempotent by request key.
     * </pre>
     */
    default void registerQueue(io.workflowcontrol.v1.RegisterQueueRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RegisterQueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRegisterQueueMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a queue's registration. Its workflows stay: what is enqueued waits until a worker serves a queue of that name again. Errors:
     * QUEUE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING (before DBOS 2.20). Idempotent by request key.
     * </pre>
     */
    default void deleteQueue(io.workflowcontrol.v1.DeleteQueueRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteQueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteQueueMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a queue: its registration, and how many workflows are in it. A queue that is declared in code is not registered: it is known only
     * while workflows are in it. Errors: QUEUE_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    default void getQueue(io.workflowcontrol.v1.GetQueueRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetQueueResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetQueueMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists queues by name: the registered ones, and the others that an ENQUEUED, PENDING or DELAYED workflow is in. Each page counts all such
     * workflows, which takes longer the more there are. Errors: INVALID_REQUEST, DEADLINE_EXCEEDED, SCHEMA_CAPABILITY_MISSING. A read: safe to
     * repeat.
     * </pre>
     */
    default void listQueues(io.workflowcontrol.v1.ListQueuesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListQueuesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListQueuesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the application versions that workers have registered, the latest first. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before
     * DBOS 2.14; with `application_names`, before 2.30). A read: safe to repeat.
     * </pre>
     */
    default void listApplicationVersions(io.workflowcontrol.v1.ListApplicationVersionsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListApplicationVersionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListApplicationVersionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads the latest application version: its workers, since DBOS 2.27 they alone, take workflows that are bound to no version. Errors:
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). A read: safe to repeat.
     * </pre>
     */
    default void getLatestApplicationVersion(io.workflowcontrol.v1.GetLatestApplicationVersionRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetLatestApplicationVersionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetLatestApplicationVersionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes a registered version the latest, say to go back to it. It is claimed where no application owns it and the request names one. Errors:
     * APPLICATION_VERSION_NOT_FOUND, OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). Idempotent by
     * request key.
     * </pre>
     */
    default void setLatestApplicationVersion(io.workflowcontrol.v1.SetLatestApplicationVersionRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetLatestApplicationVersionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetLatestApplicationVersionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives what one application owns, or nobody, to another: all queues, schedules, versions and workflows that have not ended, in one
     * transaction, and of ended workflows and of steps at most 10,000 rows. Where `complete` is false there are more of these: repeat it with a
     * new request key until it is true. They matter only to lists, so they may lag behind. Stop the application's workers first: one that takes
     * a workflow meanwhile would have it stay behind. Errors: SCHEMA_CAPABILITY_MISSING (before DBOS 2.30). Idempotent by request key.
     * </pre>
     */
    default void renameApplication(io.workflowcontrol.v1.RenameApplicationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RenameApplicationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRenameApplicationMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service QueueControl.
   * <pre>
   * Controls where workflows wait and who takes them: queues and their limits, application versions, and the names of applications.
   * </pre>
   */
  public static abstract class QueueControlImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return QueueControlGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service QueueControl.
   * <pre>
   * Controls where workflows wait and who takes them: queues and their limits, application versions, and the names of applications.
   * </pre>
   */
  public static final class QueueControlStub
      extends io.grpc.stub.AbstractAsyncStub<QueueControlStub> {
    private QueueControlStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueControlStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueControlStub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a queue, so that workers serve it within about a second without declaring it in their code, or changes its limits. A queue that
     * no application owns is claimed where the request names one. Errors: OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.20; with options, later). Idempotent by request key.
     * </pre>
     */
    public void registerQueue(io.workflowcontrol.v1.RegisterQueueRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RegisterQueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRegisterQueueMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a queue's registration. Its workflows stay: what is enqueued waits until a worker serves a queue of that name again. Errors:
     * QUEUE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING (before DBOS 2.20). Idempotent by request key.
     * </pre>
     */
    public void deleteQueue(io.workflowcontrol.v1.DeleteQueueRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteQueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteQueueMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a queue: its registration, and how many workflows are in it. A queue that is declared in code is not registered: it is known only
     * while workflows are in it. Errors: QUEUE_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public void getQueue(io.workflowcontrol.v1.GetQueueRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetQueueResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetQueueMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists queues by name: the registered ones, and the others that an ENQUEUED, PENDING or DELAYED workflow is in. Each page counts all such
     * workflows, which takes longer the more there are. Errors: INVALID_REQUEST, DEADLINE_EXCEEDED, SCHEMA_CAPABILITY_MISSING. A read: safe to
     * repeat.
     * </pre>
     */
    public void listQueues(io.workflowcontrol.v1.ListQueuesRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListQueuesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListQueuesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the application versions that workers have registered, the latest first. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before
     * DBOS 2.14; with `application_names`, before 2.30). A read: safe to repeat.
     * </pre>
     */
    public void listApplicationVersions(io.workflowcontrol.v1.ListApplicationVersionsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListApplicationVersionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListApplicationVersionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads the latest application version: its workers, since DBOS 2.27 they alone, take workflows that are bound to no version. Errors:
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). A read: safe to repeat.
     * </pre>
     */
    public void getLatestApplicationVersion(io.workflowcontrol.v1.GetLatestApplicationVersionRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetLatestApplicationVersionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetLatestApplicationVersionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes a registered version the latest, say to go back to it. It is claimed where no application owns it and the request names one. Errors:
     * APPLICATION_VERSION_NOT_FOUND, OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). Idempotent by
     * request key.
     * </pre>
     */
    public void setLatestApplicationVersion(io.workflowcontrol.v1.SetLatestApplicationVersionRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetLatestApplicationVersionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetLatestApplicationVersionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives what one application owns, or nobody, to another: all queues, schedules, versions and workflows that have not ended, in one
     * transaction, and of ended workflows and of steps at most 10,000 rows. Where `complete` is false there are more of these: repeat it with a
     * new request key until it is true. They matter only to lists, so they may lag behind. Stop the application's workers first: one that takes
     * a workflow meanwhile would have it stay behind. Errors: SCHEMA_CAPABILITY_MISSING (before DBOS 2.30). Idempotent by request key.
     * </pre>
     */
    public void renameApplication(io.workflowcontrol.v1.RenameApplicationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RenameApplicationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRenameApplicationMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service QueueControl.
   * <pre>
   * Controls where workflows wait and who takes them: queues and their limits, application versions, and the names of applications.
   * </pre>
   */
  public static final class QueueControlBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<QueueControlBlockingV2Stub> {
    private QueueControlBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueControlBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueControlBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a queue, so that workers serve it within about a second without declaring it in their code, or changes its limits. A queue that
     * no application owns is claimed where the request names one. Errors: OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.20; with options, later). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.RegisterQueueResponse registerQueue(io.workflowcontrol.v1.RegisterQueueRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRegisterQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a queue's registration. Its workflows stay: what is enqueued waits until a worker serves a queue of that name again. Errors:
     * QUEUE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING (before DBOS 2.20). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.DeleteQueueResponse deleteQueue(io.workflowcontrol.v1.DeleteQueueRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a queue: its registration, and how many workflows are in it. A queue that is declared in code is not registered: it is known only
     * while workflows are in it. Errors: QUEUE_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetQueueResponse getQueue(io.workflowcontrol.v1.GetQueueRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists queues by name: the registered ones, and the others that an ENQUEUED, PENDING or DELAYED workflow is in. Each page counts all such
     * workflows, which takes longer the more there are. Errors: INVALID_REQUEST, DEADLINE_EXCEEDED, SCHEMA_CAPABILITY_MISSING. A read: safe to
     * repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListQueuesResponse listQueues(io.workflowcontrol.v1.ListQueuesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListQueuesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the application versions that workers have registered, the latest first. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before
     * DBOS 2.14; with `application_names`, before 2.30). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListApplicationVersionsResponse listApplicationVersions(io.workflowcontrol.v1.ListApplicationVersionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListApplicationVersionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads the latest application version: its workers, since DBOS 2.27 they alone, take workflows that are bound to no version. Errors:
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetLatestApplicationVersionResponse getLatestApplicationVersion(io.workflowcontrol.v1.GetLatestApplicationVersionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetLatestApplicationVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a registered version the latest, say to go back to it. It is claimed where no application owns it and the request names one. Errors:
     * APPLICATION_VERSION_NOT_FOUND, OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). Idempotent by
     * request key.
     * </pre>
     */
    public io.workflowcontrol.v1.SetLatestApplicationVersionResponse setLatestApplicationVersion(io.workflowcontrol.v1.SetLatestApplicationVersionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetLatestApplicationVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives what one application owns, or nobody, to another: all queues, schedules, versions and workflows that have not ended, in one
     * transaction, and of ended workflows and of steps at most 10,000 rows. Where `complete` is false there are more of these: repeat it with a
     * new request key until it is true. They matter only to lists, so they may lag behind. Stop the application's workers first: one that takes
     * a workflow meanwhile would have it stay behind. Errors: SCHEMA_CAPABILITY_MISSING (before DBOS 2.30). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.RenameApplicationResponse renameApplication(io.workflowcontrol.v1.RenameApplicationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRenameApplicationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service QueueControl.
   * <pre>
   * Controls where workflows wait and who takes them: queues and their limits, application versions, and the names of applications.
   * </pre>
   */
  public static final class QueueControlBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<QueueControlBlockingStub> {
    private QueueControlBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueControlBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueControlBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a queue, so that workers serve it within about a second without declaring it in their code, or changes its limits. A queue that
     * no application owns is claimed where the request names one. Errors: OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.20; with options, later). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.RegisterQueueResponse registerQueue(io.workflowcontrol.v1.RegisterQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRegisterQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a queue's registration. Its workflows stay: what is enqueued waits until a worker serves a queue of that name again. Errors:
     * QUEUE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING (before DBOS 2.20). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.DeleteQueueResponse deleteQueue(io.workflowcontrol.v1.DeleteQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a queue: its registration, and how many workflows are in it. A queue that is declared in code is not registered: it is known only
     * while workflows are in it. Errors: QUEUE_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetQueueResponse getQueue(io.workflowcontrol.v1.GetQueueRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetQueueMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists queues by name: the registered ones, and the others that an ENQUEUED, PENDING or DELAYED workflow is in. Each page counts all such
     * workflows, which takes longer the more there are. Errors: INVALID_REQUEST, DEADLINE_EXCEEDED, SCHEMA_CAPABILITY_MISSING. A read: safe to
     * repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListQueuesResponse listQueues(io.workflowcontrol.v1.ListQueuesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListQueuesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the application versions that workers have registered, the latest first. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before
     * DBOS 2.14; with `application_names`, before 2.30). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListApplicationVersionsResponse listApplicationVersions(io.workflowcontrol.v1.ListApplicationVersionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListApplicationVersionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads the latest application version: its workers, since DBOS 2.27 they alone, take workflows that are bound to no version. Errors:
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetLatestApplicationVersionResponse getLatestApplicationVersion(io.workflowcontrol.v1.GetLatestApplicationVersionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetLatestApplicationVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a registered version the latest, say to go back to it. It is claimed where no application owns it and the request names one. Errors:
     * APPLICATION_VERSION_NOT_FOUND, OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). Idempotent by
     * request key.
     * </pre>
     */
    public io.workflowcontrol.v1.SetLatestApplicationVersionResponse setLatestApplicationVersion(io.workflowcontrol.v1.SetLatestApplicationVersionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetLatestApplicationVersionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives what one application owns, or nobody, to another: all queues, schedules, versions and workflows that have not ended, in one
     * transaction, and of ended workflows and of steps at most 10,000 rows. Where `complete` is false there are more of these: repeat it with a
     * new request key until it is true. They matter only to lists, so they may lag behind. Stop the application's workers first: one that takes
     * a workflow meanwhile would have it stay behind. Errors: SCHEMA_CAPABILITY_MISSING (before DBOS 2.30). Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.RenameApplicationResponse renameApplication(io.workflowcontrol.v1.RenameApplicationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRenameApplicationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service QueueControl.
   * <pre>
   * Controls where workflows wait and who takes them: queues and their limits, application versions, and the names of applications.
   * </pre>
   */
  public static final class QueueControlFutureStub
      extends io.grpc.stub.AbstractFutureStub<QueueControlFutureStub> {
    private QueueControlFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected QueueControlFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new QueueControlFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Registers a queue, so that workers serve it within about a second without declaring it in their code, or changes its limits. A queue that
     * no application owns is claimed where the request names one. Errors: OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (before DBOS
     * 2.20; with options, later). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.RegisterQueueResponse> registerQueue(
        io.workflowcontrol.v1.RegisterQueueRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRegisterQueueMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a queue's registration. Its workflows stay: what is enqueued waits until a worker serves a queue of that name again. Errors:
     * QUEUE_NOT_FOUND, unless `allow_missing`; SCHEMA_CAPABILITY_MISSING (before DBOS 2.20). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.DeleteQueueResponse> deleteQueue(
        io.workflowcontrol.v1.DeleteQueueRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteQueueMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a queue: its registration, and how many workflows are in it. A queue that is declared in code is not registered: it is known only
     * while workflows are in it. Errors: QUEUE_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetQueueResponse> getQueue(
        io.workflowcontrol.v1.GetQueueRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetQueueMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists queues by name: the registered ones, and the others that an ENQUEUED, PENDING or DELAYED workflow is in. Each page counts all such
     * workflows, which takes longer the more there are. Errors: INVALID_REQUEST, DEADLINE_EXCEEDED, SCHEMA_CAPABILITY_MISSING. A read: safe to
     * repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListQueuesResponse> listQueues(
        io.workflowcontrol.v1.ListQueuesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListQueuesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the application versions that workers have registered, the latest first. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (before
     * DBOS 2.14; with `application_names`, before 2.30). A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListApplicationVersionsResponse> listApplicationVersions(
        io.workflowcontrol.v1.ListApplicationVersionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListApplicationVersionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads the latest application version: its workers, since DBOS 2.27 they alone, take workflows that are bound to no version. Errors:
     * APPLICATION_VERSION_NOT_FOUND, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetLatestApplicationVersionResponse> getLatestApplicationVersion(
        io.workflowcontrol.v1.GetLatestApplicationVersionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetLatestApplicationVersionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes a registered version the latest, say to go back to it. It is claimed where no application owns it and the request names one. Errors:
     * APPLICATION_VERSION_NOT_FOUND, OWNED_BY_ANOTHER_APPLICATION, SCHEMA_CAPABILITY_MISSING (as `ListApplicationVersions`). Idempotent by
     * request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.SetLatestApplicationVersionResponse> setLatestApplicationVersion(
        io.workflowcontrol.v1.SetLatestApplicationVersionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetLatestApplicationVersionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives what one application owns, or nobody, to another: all queues, schedules, versions and workflows that have not ended, in one
     * transaction, and of ended workflows and of steps at most 10,000 rows. Where `complete` is false there are more of these: repeat it with a
     * new request key until it is true. They matter only to lists, so they may lag behind. Stop the application's workers first: one that takes
     * a workflow meanwhile would have it stay behind. Errors: SCHEMA_CAPABILITY_MISSING (before DBOS 2.30). Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.RenameApplicationResponse> renameApplication(
        io.workflowcontrol.v1.RenameApplicationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRenameApplicationMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_REGISTER_QUEUE = 0;
  private static final int METHODID_DELETE_QUEUE = 1;
  private static final int METHODID_GET_QUEUE = 2;
  private static final int METHODID_LIST_QUEUES = 3;
  private static final int METHODID_LIST_APPLICATION_VERSIONS = 4;
  private static final int METHODID_GET_LATEST_APPLICATION_VERSION = 5;
  private static final int METHODID_SET_LATEST_APPLICATION_VERSION = 6;
  private static final int METHODID_RENAME_APPLICATION = 7;

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
        case METHODID_REGISTER_QUEUE:
          serviceImpl.registerQueue((io.workflowcontrol.v1.RegisterQueueRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RegisterQueueResponse>) responseObserver);
          break;
        case METHODID_DELETE_QUEUE:
          serviceImpl.deleteQueue((io.workflowcontrol.v1.DeleteQueueRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.DeleteQueueResponse>) responseObserver);
          break;
        case METHODID_GET_QUEUE:
          serviceImpl.getQueue((io.workflowcontrol.v1.GetQueueRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetQueueResponse>) responseObserver);
          break;
        case METHODID_LIST_QUEUES:
          serviceImpl.listQueues((io.workflowcontrol.v1.ListQueuesRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListQueuesResponse>) responseObserver);
          break;
        case METHODID_LIST_APPLICATION_VERSIONS:
          serviceImpl.listApplicationVersions((io.workflowcontrol.v1.ListApplicationVersionsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListApplicationVersionsResponse>) responseObserver);
          break;
        case METHODID_GET_LATEST_APPLICATION_VERSION:
          serviceImpl.getLatestApplicationVersion((io.workflowcontrol.v1.GetLatestApplicationVersionRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetLatestApplicationVersionResponse>) responseObserver);
          break;
        case METHODID_SET_LATEST_APPLICATION_VERSION:
          serviceImpl.setLatestApplicationVersion((io.workflowcontrol.v1.SetLatestApplicationVersionRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.SetLatestApplicationVersionResponse>) responseObserver);
          break;
        case METHODID_RENAME_APPLICATION:
          serviceImpl.renameApplication((io.workflowcontrol.v1.RenameApplicationRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.RenameApplicationResponse>) responseObserver);
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
          getRegisterQueueMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.RegisterQueueRequest,
              io.workflowcontrol.v1.RegisterQueueResponse>(
                service, METHODID_REGISTER_QUEUE)))
        .addMethod(
          getDeleteQueueMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.DeleteQueueRequest,
              io.workflowcontrol.v1.DeleteQueueResponse>(
                service, METHODID_DELETE_QUEUE)))
        .addMethod(
          getGetQueueMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetQueueRequest,
              io.workflowcontrol.v1.GetQueueResponse>(
                service, METHODID_GET_QUEUE)))
        .addMethod(
          getListQueuesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListQueuesRequest,
              io.workflowcontrol.v1.ListQueuesResponse>(
                service, METHODID_LIST_QUEUES)))
        .addMethod(
          getListApplicationVersionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListApplicationVersionsRequest,
              io.workflowcontrol.v1.ListApplicationVersionsResponse>(
                service, METHODID_LIST_APPLICATION_VERSIONS)))
        .addMethod(
          getGetLatestApplicationVersionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetLatestApplicationVersionRequest,
              io.workflowcontrol.v1.GetLatestApplicationVersionResponse>(
                service, METHODID_GET_LATEST_APPLICATION_VERSION)))
        .addMethod(
          getSetLatestApplicationVersionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.SetLatestApplicationVersionRequest,
              io.workflowcontrol.v1.SetLatestApplicationVersionResponse>(
                service, METHODID_SET_LATEST_APPLICATION_VERSION)))
        .addMethod(
          getRenameApplicationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.RenameApplicationRequest,
              io.workflowcontrol.v1.RenameApplicationResponse>(
                service, METHODID_RENAME_APPLICATION)))
        .build();
  }

  private static abstract class QueueControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    QueueControlBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.workflowcontrol.v1.QueueControlProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("QueueControl");
    }
  }

  private static final class QueueControlFileDescriptorSupplier
      extends QueueControlBaseDescriptorSupplier {
    QueueControlFileDescriptorSupplier() {}
  }

  private static final class QueueControlMethodDescriptorSupplier
      extends QueueControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    QueueControlMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (QueueControlGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new QueueControlFileDescriptorSupplier())
              .addMethod(getRegisterQueueMethod())
              .addMethod(getDeleteQueueMethod())
              .addMethod(getGetQueueMethod())
              .addMethod(getListQueuesMethod())
              .addMethod(getListApplicationVersionsMethod())
              .addMethod(getGetLatestApplicationVersionMethod())
              .addMethod(getSetLatestApplicationVersionMethod())
              .addMethod(getRenameApplicationMethod())
              .build();
        }
      }
    }
    return result;
  }
}

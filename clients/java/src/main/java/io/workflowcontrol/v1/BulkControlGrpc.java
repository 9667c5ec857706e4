package io.workflowcontrol.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Changes many workflows in the background: one operation, which survives the death of any server.
 * An operation applies one mutation of `WorkflowControl` to each of its workflows, exactly once each: a workflow's change, its entry in the
 * journal, its outcome in the operation and the operation's progress are committed in one transaction. Servers take operations over from each
 * other; of an operation that was paused or stopped nothing more is applied once the call has returned. Single calls go first: an operation
 * has connections of its own, and takes the time that they leave.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class BulkControlGrpc {

  private BulkControlGrpc() {}

  public static final java.lang.String SERVICE_NAME = "workflowcontrol.v1.BulkControl";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartBulkOperationRequest,
      io.workflowcontrol.v1.StartBulkOperationResponse> getStartBulkOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StartBulkOperation",
      requestType = io.workflowcontrol.v1.StartBulkOperationRequest.class,
      responseType = io.workflowcontrol.v1.StartBulkOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartBulkOperationRequest,
      io.workflowcontrol.v1.StartBulkOperationResponse> getStartBulkOperationMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.StartBulkOperationRequest, io.workflowcontrol.v1.StartBulkOperationResponse> getStartBulkOperationMethod;
    if ((getStartBulkOperationMethod = BulkControlGrpc.getStartBulkOperationMethod) == null) {
      synchronized (BulkControlGrpc.class) {
        if ((getStartBulkOperationMethod = BulkControlGrpc.getStartBulkOperationMethod) == null) {
          BulkControlGrpc.getStartBulkOperationMethod = getStartBulkOperationMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.StartBulkOperationRequest, io.workflowcontrol.v1.StartBulkOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StartBulkOperation"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StartBulkOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StartBulkOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BulkControlMethodDescriptorSupplier("StartBulkOperation"))
              .build();
        }
      }
    }
    return getStartBulkOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.PauseBulkOperationRequest,
      io.workflowcontrol.v1.PauseBulkOperationResponse> getPauseBulkOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PauseBulkOperation",
      requestType = io.workflowcontrol.v1.PauseBulkOperationRequest.class,
      responseType = io.workflowcontrol.v1.PauseBulkOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.PauseBulkOperationRequest,
      io.workflowcontrol.v1.PauseBulkOperationResponse> getPauseBulkOperationMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.PauseBulkOperationRequest, io.workflowcontrol.v1.PauseBulkOperationResponse> getPauseBulkOperationMethod;
    if ((getPauseBulkOperationMethod = BulkControlGrpc.getPauseBulkOperationMethod) == null) {
      synchronized (BulkControlGrpc.class) {
        if ((getPauseBulkOperationMethod = BulkControlGrpc.getPauseBulkOperationMethod) == null) {
          BulkControlGrpc.getPauseBulkOperationMethod = getPauseBulkOperationMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.PauseBulkOperationRequest, io.workflowcontrol.v1.PauseBulkOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PauseBulkOperation"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.PauseBulkOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.PauseBulkOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BulkControlMethodDescriptorSupplier("PauseBulkOperation"))
              .build();
        }
      }
    }
    return getPauseBulkOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ContinueBulkOperationRequest,
      io.workflowcontrol.v1.ContinueBulkOperationResponse> getContinueBulkOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ContinueBulkOperation",
      requestType = io.workflowcontrol.v1.ContinueBulkOperationRequest.class,
      responseType = io.workflowcontrol.v1.ContinueBulkOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ContinueBulkOperationRequest,
      io.workflowcontrol.v1.ContinueBulkOperationResponse> getContinueBulkOperationMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ContinueBulkOperationRequest, io.workflowcontrol.v1.ContinueBulkOperationResponse> getContinueBulkOperationMethod;
    if ((getContinueBulkOperationMethod = BulkControlGrpc.getContinueBulkOperationMethod) == null) {
      synchronized (BulkControlGrpc.class) {
        if ((getContinueBulkOperationMethod = BulkControlGrpc.getContinueBulkOperationMethod) == null) {
          BulkControlGrpc.getContinueBulkOperationMethod = getContinueBulkOperationMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ContinueBulkOperationRequest, io.workflowcontrol.v1.ContinueBulkOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ContinueBulkOperation"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ContinueBulkOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ContinueBulkOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BulkControlMethodDescriptorSupplier("ContinueBulkOperation"))
              .build();
        }
      }
    }
    return getContinueBulkOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.StopBulkOperationRequest,
      io.workflowcontrol.v1.StopBulkOperationResponse> getStopBulkOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StopBulkOperation",
      requestType = io.workflowcontrol.v1.StopBulkOperationRequest.class,
      responseType = io.workflowcontrol.v1.StopBulkOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.StopBulkOperationRequest,
      io.workflowcontrol.v1.StopBulkOperationResponse> getStopBulkOperationMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.StopBulkOperationRequest, io.workflowcontrol.v1.StopBulkOperationResponse> getStopBulkOperationMethod;
    if ((getStopBulkOperationMethod = BulkControlGrpc.getStopBulkOperationMethod) == null) {
      synchronized (BulkControlGrpc.class) {
        if ((getStopBulkOperationMethod = BulkControlGrpc.getStopBulkOperationMethod) == null) {
          BulkControlGrpc.getStopBulkOperationMethod = getStopBulkOperationMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.StopBulkOperationRequest, io.workflowcontrol.v1.StopBulkOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StopBulkOperation"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StopBulkOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.StopBulkOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BulkControlMethodDescriptorSupplier("StopBulkOperation"))
              .build();
        }
      }
    }
    return getStopBulkOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetBulkOperationRequest,
      io.workflowcontrol.v1.GetBulkOperationResponse> getGetBulkOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetBulkOperation",
      requestType = io.workflowcontrol.v1.GetBulkOperationRequest.class,
      responseType = io.workflowcontrol.v1.GetBulkOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetBulkOperationRequest,
      io.workflowcontrol.v1.GetBulkOperationResponse> getGetBulkOperationMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetBulkOperationRequest, io.workflowcontrol.v1.GetBulkOperationResponse> getGetBulkOperationMethod;
    if ((getGetBulkOperationMethod = BulkControlGrpc.getGetBulkOperationMethod) == null) {
      synchronized (BulkControlGrpc.class) {
        if ((getGetBulkOperationMethod = BulkControlGrpc.getGetBulkOperationMethod) == null) {
          BulkControlGrpc.getGetBulkOperationMethod = getGetBulkOperationMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetBulkOperationRequest, io.workflowcontrol.v1.GetBulkOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetBulkOperation"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetBulkOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetBulkOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BulkControlMethodDescriptorSupplier("GetBulkOperation"))
              .build();
        }
      }
    }
    return getGetBulkOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListBulkOperationsRequest,
      io.workflowcontrol.v1.ListBulkOperationsResponse> getListBulkOperationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListBulkOperations",
      requestType = io.workflowcontrol.v1.ListBulkOperationsRequest.class,
      responseType = io.workflowcontrol.v1.ListBulkOperationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListBulkOperationsRequest,
      io.workflowcontrol.v1.ListBulkOperationsResponse> getListBulkOperationsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListBulkOperationsRequest, io.workflowcontrol.v1.ListBulkOperationsResponse> getListBulkOperationsMethod;
    if ((getListBulkOperationsMethod = BulkControlGrpc.getListBulkOperationsMethod) == null) {
      synchronized (BulkControlGrpc.class) {
        if ((getListBulkOperationsMethod = BulkControlGrpc.getListBulkOperationsMethod) == null) {
          BulkControlGrpc.getListBulkOperationsMethod = getListBulkOperationsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListBulkOperationsRequest, io.workflowcontrol.v1.ListBulkOperationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListBulkOperations"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListBulkOperationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListBulkOperationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BulkControlMethodDescriptorSupplier("ListBulkOperations"))
              .build();
        }
      }
    }
    return getListBulkOperationsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListBulkOperationItemsRequest,
      io.workflowcontrol.v1.ListBulkOperationItemsResponse> getListBulkOperationItemsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListBulkOperationItems",
      requestType = io.workflowcontrol.v1.ListBulkOperationItemsRequest.class,
      responseType = io.workflowcontrol.v1.ListBulkOperationItemsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListBulkOperationItemsRequest,
      io.workflowcontrol.v1.ListBulkOperationItemsResponse> getListBulkOperationItemsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListBulkOperationItemsRequest, io.workflowcontrol.v1.ListBulkOperationItemsResponse> getListBulkOperationItemsMethod;
    if ((getListBulkOperationItemsMethod = BulkControlGrpc.getListBulkOperationItemsMethod) == null) {
      synchronized (BulkControlGrpc.class) {
        if ((getListBulkOperationItemsMethod = BulkControlGrpc.getListBulkOperationItemsMethod) == null) {
          BulkControlGrpc.getListBulkOperationItemsMethod = getListBulkOperationItemsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListBulkOperationItemsRequest, io.workflowcontrol.v1.ListBulkOperationItemsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListBulkOperationItems"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListBulkOperationItemsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListBulkOperationItemsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BulkControlMethodDescriptorSupplier("ListBulkOperationItems"))
              .build();
        }
      }
    }
    return getListBulkOperationItemsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static BulkControlStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BulkControlStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BulkControlStub>() {
        @java.lang.Override
        public BulkControlStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BulkControlStub(channel, callOptions);
        }
      };
    return BulkControlStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static BulkControlBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BulkControlBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BulkControlBlockingV2Stub>() {
        @java.lang.Override
        public BulkControlBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BulkControlBlockingV2Stub(channel, callOptions);
        }
      };
    return BulkControlBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static BulkControlBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BulkControlBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BulkControlBlockingStub>() {
        @java.lang.Override
        public BulkControlBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BulkControlBlockingStub(channel, callOptions);
        }
      };
    return BulkControlBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static BulkControlFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BulkControlFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BulkControlFutureStub>() {
        @java.lang.Override
        public BulkControlFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BulkControlFutureStub(channel, callOptions);
        }
      };
    return BulkControlFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Changes many workflows in the background: one operation, which survives the death of any server.
   * An operation applies one mutation of `WorkflowControl` to each of its workflows, exactly once each: a workflow's change, its entry in the
   * journal, its outcome in the operation and the operation's progress are committed in one transaction. Servers take operations over from each
   * other; of an operation that was paused or stopped nothing more is applied once the call has returned. Single calls go first: an operation
   * has connections of its own, and takes the time that they leave.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Starts an operation on workflows that are named, or that a filter selects.
     * Effect: the operation is RUNNING, and a server takes it up within about a second. With a filter its workflows are found while it runs, by
     * the time of their creation, oldest first: those that match when the search comes to them, and were created before the operation was. A
     * workflow that comes to match behind the search is not found, so that no operation chases what it makes itself. Workflows are applied soon
     * after they are found, and whatever state they are in by then decides, as for a single call. Errors: SCHEMA_CAPABILITY_MISSING for a filter
     * that the installed DBOS schema cannot do, BULK_OPERATION_EXISTS. Idempotent by `request_key`.
     * </pre>
     */
    default void startBulkOperation(io.workflowcontrol.v1.StartBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartBulkOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStartBulkOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Pauses an operation, until it is continued.
     * Effect: from RUNNING it becomes PAUSED; what was in hand is applied or not at all by the time of the answer. From PAUSED nothing changes.
     * Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent by `request_key`.
     * </pre>
     */
    default void pauseBulkOperation(io.workflowcontrol.v1.PauseBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PauseBulkOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPauseBulkOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Continues an operation that is paused, where it was.
     * Effect: from PAUSED it becomes RUNNING. From RUNNING nothing changes. Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent
     * by `request_key`.
     * </pre>
     */
    default void continueBulkOperation(io.workflowcontrol.v1.ContinueBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ContinueBulkOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getContinueBulkOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops an operation for good. What it has done stays done.
     * Effect: from RUNNING and PAUSED it becomes STOPPED; what was in hand is applied or not at all by the time of the answer. From STOPPED and
     * COMPLETED nothing changes. Errors: BULK_OPERATION_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    default void stopBulkOperation(io.workflowcontrol.v1.StopBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StopBulkOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStopBulkOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads an operation and its progress. Errors: BULK_OPERATION_NOT_FOUND, also for one that ended longer ago than the server keeps them. A
     * read: safe to repeat.
     * </pre>
     */
    default void getBulkOperation(io.workflowcontrol.v1.GetBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetBulkOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetBulkOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists operations, the newest first. Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    default void listBulkOperations(io.workflowcontrol.v1.ListBulkOperationsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListBulkOperationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListBulkOperationsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the workflows of an operation and what became of each, in the order in which they were found. Errors: INVALID_REQUEST,
     * BULK_OPERATION_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    default void listBulkOperationItems(io.workflowcontrol.v1.ListBulkOperationItemsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListBulkOperationItemsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListBulkOperationItemsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service BulkControl.
   * <pre>
   * Changes many workflows in the background: one operation, which survives the death of any server.
   * An operation applies one mutation of `WorkflowControl` to each of its workflows, exactly once each: a workflow's change, its entry in the
   * journal, its outcome in the operation and the operation's progress are committed in one transaction. Servers take operations over from each
   * other; of an operation that was paused or stopped nothing more is applied once the call has returned. Single calls go first: an operation
   * has connections of its own, and takes the time that they leave.
   * </pre>
   */
  public static abstract class BulkControlImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return BulkControlGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service BulkControl.
   * <pre>
   * Changes many workflows in the background: one operation, which survives the death of any server.
   * An operation applies one mutation of `WorkflowControl` to each of its workflows, exactly once each: a workflow's change, its entry in the
   * journal, its outcome in the operation and the operation's progress are committed in one transaction. Servers take operations over from each
   * other; of an operation that was paused or stopped nothing more is applied once the call has returned. Single calls go first: an operation
   * has connections of its own, and takes the time that they leave.
   * </pre>
   */
  public static final class BulkControlStub
      extends io.grpc.stub.AbstractAsyncStub<BulkControlStub> {
    private BulkControlStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BulkControlStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BulkControlStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts an operation on workflows that are named, or that a filter selects.
     * Effect: the operation is RUNNING, and a server takes it up within about a second. With a filter its workflows are found while it runs, by
     * the time of their creation, oldest first: those that match when the search comes to them, and were created before the operation was. A
     * workflow that comes to match behind the search is not found, so that no operation chases what it makes itself. Workflows are applied soon
     * after they are found, and whatever state they are in by then decides, as for a single call. Errors: SCHEMA_CAPABILITY_MISSING for a filter
     * that the installed DBOS schema cannot do, BULK_OPERATION_EXISTS. Idempotent by `request_key`.
     * </pre>
     */
    public void startBulkOperation(io.workflowcontrol.v1.StartBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartBulkOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStartBulkOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Pauses an operation, until it is continued.
     * Effect: from RUNNING it becomes PAUSED; what was in hand is applied or not at all by the time of the answer. From PAUSED nothing changes.
     * Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent by `request_key`.
     * </pre>
     */
    public void pauseBulkOperation(io.workflowcontrol.v1.PauseBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PauseBulkOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPauseBulkOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Continues an operation that is paused, where it was.
     * Effect: from PAUSED it becomes RUNNING. From RUNNING nothing changes. Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent
     * by `request_key`.
     * </pre>
     */
    public void continueBulkOperation(io.workflowcontrol.v1.ContinueBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ContinueBulkOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getContinueBulkOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops an operation for good. What it has done stays done.
     * Effect: from RUNNING and PAUSED it becomes STOPPED; what was in hand is applied or not at all by the time of the answer. From STOPPED and
     * COMPLETED nothing changes. Errors: BULK_OPERATION_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public void stopBulkOperation(io.workflowcontrol.v1.StopBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StopBulkOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStopBulkOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads an operation and its progress. Errors: BULK_OPERATION_NOT_FOUND, also for one that ended longer ago than the server keeps them. A
     * read: safe to repeat.
     * </pre>
     */
    public void getBulkOperation(io.workflowcontrol.v1.GetBulkOperationRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetBulkOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetBulkOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists operations, the newest first. Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public void listBulkOperations(io.workflowcontrol.v1.ListBulkOperationsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListBulkOperationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListBulkOperationsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the workflows of an operation and what became of each, in the order in which they were found. Errors: INVALID_REQUEST,
     * BULK_OPERATION_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public void listBulkOperationItems(io.workflowcontrol.v1.ListBulkOperationItemsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListBulkOperationItemsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListBulkOperationItemsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service BulkControl.
   * <pre>
   * Changes many workflows in the background: one operation, which survives the death of any server.
   * An operation applies one mutation of `WorkflowControl` to each of its workflows, exactly once each: a workflow's change, its entry in the
   * journal, its outcome in the operation and the operation's progress are committed in one transaction. Servers take operations over from each
   * other; of an operation that was paused or stopped nothing more is applied once the call has returned. Single calls go first: an operation
   * has connections of its own, and takes the time that they leave.
   * </pre>
   */
  public static final class BulkControlBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<BulkControlBlockingV2Stub> {
    private BulkControlBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BulkControlBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BulkControlBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts an operation on workflows that are named, or that a filter selects.
     * Effect: the operation is RUNNING, and a server takes it up within about a second. With a filter its workflows are found while it runs, by
     * the time of their creation, oldest first: those that match when the search comes to them, and were created before the operation was. A
     * workflow that comes to match behind the search is not found, so that no operation chases what it makes itself. Workflows are applied soon
     * after they are found, and whatever state they are in by then decides, as for a single call. Errors: SCHEMA_CAPABILITY_MISSING for a filter
     * that the installed DBOS schema cannot do, BULK_OPERATION_EXISTS. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StartBulkOperationResponse startBulkOperation(io.workflowcontrol.v1.StartBulkOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getStartBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses an operation, until it is continued.
     * Effect: from RUNNING it becomes PAUSED; what was in hand is applied or not at all by the time of the answer. From PAUSED nothing changes.
     * Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.PauseBulkOperationResponse pauseBulkOperation(io.workflowcontrol.v1.PauseBulkOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPauseBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Continues an operation that is paused, where it was.
     * Effect: from PAUSED it becomes RUNNING. From RUNNING nothing changes. Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent
     * by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ContinueBulkOperationResponse continueBulkOperation(io.workflowcontrol.v1.ContinueBulkOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getContinueBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops an operation for good. What it has done stays done.
     * Effect: from RUNNING and PAUSED it becomes STOPPED; what was in hand is applied or not at all by the time of the answer. From STOPPED and
     * COMPLETED nothing changes. Errors: BULK_OPERATION_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StopBulkOperationResponse stopBulkOperation(io.workflowcontrol.v1.StopBulkOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getStopBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an operation and its progress. Errors: BULK_OPERATION_NOT_FOUND, also for one that ended longer ago than the server keeps them. A
     * read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetBulkOperationResponse getBulkOperation(io.workflowcontrol.v1.GetBulkOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists operations, the newest first. Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListBulkOperationsResponse listBulkOperations(io.workflowcontrol.v1.ListBulkOperationsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListBulkOperationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the workflows of an operation and what became of each, in the order in which they were found. Errors: INVALID_REQUEST,
     * BULK_OPERATION_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListBulkOperationItemsResponse listBulkOperationItems(io.workflowcontrol.v1.ListBulkOperationItemsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListBulkOperationItemsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service BulkControl.
   * <pre>
   * Changes many workflows in the background: one operation, which survives the death of any server.
   * An operation applies one mutation of `WorkflowControl` to each of its workflows, exactly once each: a workflow's change, its entry in the
   * journal, its outcome in the operation and the operation's progress are committed in one transaction. Servers take operations over from each
   * other; of an operation that was paused or stopped nothing more is applied once the call has returned. Single calls go first: an operation
   * has connections of its own, and takes the time that they leave.
   * </pre>
   */
  public static final class BulkControlBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<BulkControlBlockingStub> {
    private BulkControlBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BulkControlBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BulkControlBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts an operation on workflows that are named, or that a filter selects.
     * Effect: the operation is RUNNING, and a server takes it up within about a second. With a filter its workflows are found while it runs, by
     * the time of their creation, oldest first: those that match when the search comes to them, and were created before the operation was. A
     * workflow that comes to match behind the search is not found, so that no operation chases what it makes itself. Workflows are applied soon
     * after they are found, and whatever state they are in by then decides, as for a single call. Errors: SCHEMA_CAPABILITY_MISSING for a filter
     * that the installed DBOS schema cannot do, BULK_OPERATION_EXISTS. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StartBulkOperationResponse startBulkOperation(io.workflowcontrol.v1.StartBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Pauses an operation, until it is continued.
     * Effect: from RUNNING it becomes PAUSED; what was in hand is applied or not at all by the time of the answer. From PAUSED nothing changes.
     * Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.PauseBulkOperationResponse pauseBulkOperation(io.workflowcontrol.v1.PauseBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPauseBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Continues an operation that is paused, where it was.
     * Effect: from PAUSED it becomes RUNNING. From RUNNING nothing changes. Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent
     * by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.ContinueBulkOperationResponse continueBulkOperation(io.workflowcontrol.v1.ContinueBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getContinueBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops an operation for good. What it has done stays done.
     * Effect: from RUNNING and PAUSED it becomes STOPPED; what was in hand is applied or not at all by the time of the answer. From STOPPED and
     * COMPLETED nothing changes. Errors: BULK_OPERATION_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public io.workflowcontrol.v1.StopBulkOperationResponse stopBulkOperation(io.workflowcontrol.v1.StopBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStopBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an operation and its progress. Errors: BULK_OPERATION_NOT_FOUND, also for one that ended longer ago than the server keeps them. A
     * read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetBulkOperationResponse getBulkOperation(io.workflowcontrol.v1.GetBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetBulkOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists operations, the newest first. Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListBulkOperationsResponse listBulkOperations(io.workflowcontrol.v1.ListBulkOperationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListBulkOperationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the workflows of an operation and what became of each, in the order in which they were found. Errors: INVALID_REQUEST,
     * BULK_OPERATION_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListBulkOperationItemsResponse listBulkOperationItems(io.workflowcontrol.v1.ListBulkOperationItemsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListBulkOperationItemsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service BulkControl.
   * <pre>
   * Changes many workflows in the background: one operation, which survives the death of any server.
   * An operation applies one mutation of `WorkflowControl` to each of its workflows, exactly once each: a workflow's change, its entry in the
   * journal, its outcome in the operation and the operation's progress are committed in one transaction. Servers take operations over from each
   * other; of an operation that was paused or stopped nothing more is applied once the call has returned. Single calls go first: an operation
   * has connections of its own, and takes the time that they leave.
   * </pre>
   */
  public static final class BulkControlFutureStub
      extends io.grpc.stub.AbstractFutureStub<BulkControlFutureStub> {
    private BulkControlFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BulkControlFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BulkControlFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts an operation on workflows that are named, or that a filter selects.
     * Effect: the operation is RUNNING, and a server takes it up within about a second. With a filter its workflows are found while it runs, by
     * the time of their creation, oldest first: those that match when the search comes to them, and were created before the operation was. A
     * workflow that comes to match behind the search is not found, so that no operation chases what it makes itself. Workflows are applied soon
     * after they are found, and whatever state they are in by then decides, as for a single call. Errors: SCHEMA_CAPABILITY_MISSING for a filter
     * that the installed DBOS schema cannot do, BULK_OPERATION_EXISTS. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.StartBulkOperationResponse> startBulkOperation(
        io.workflowcontrol.v1.StartBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStartBulkOperationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Pauses an operation, until it is continued.
     * Effect: from RUNNING it becomes PAUSED; what was in hand is applied or not at all by the time of the answer. From PAUSED nothing changes.
     * Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.PauseBulkOperationResponse> pauseBulkOperation(
        io.workflowcontrol.v1.PauseBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPauseBulkOperationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Continues an operation that is paused, where it was.
     * Effect: from PAUSED it becomes RUNNING. From RUNNING nothing changes. Errors: BULK_OPERATION_NOT_FOUND, BULK_OPERATION_ENDED. Idempotent
     * by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ContinueBulkOperationResponse> continueBulkOperation(
        io.workflowcontrol.v1.ContinueBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getContinueBulkOperationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops an operation for good. What it has done stays done.
     * Effect: from RUNNING and PAUSED it becomes STOPPED; what was in hand is applied or not at all by the time of the answer. From STOPPED and
     * COMPLETED nothing changes. Errors: BULK_OPERATION_NOT_FOUND. Idempotent by `request_key`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.StopBulkOperationResponse> stopBulkOperation(
        io.workflowcontrol.v1.StopBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStopBulkOperationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads an operation and its progress. Errors: BULK_OPERATION_NOT_FOUND, also for one that ended longer ago than the server keeps them. A
     * read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetBulkOperationResponse> getBulkOperation(
        io.workflowcontrol.v1.GetBulkOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetBulkOperationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists operations, the newest first. Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListBulkOperationsResponse> listBulkOperations(
        io.workflowcontrol.v1.ListBulkOperationsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListBulkOperationsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the workflows of an operation and what became of each, in the order in which they were found. Errors: INVALID_REQUEST,
     * BULK_OPERATION_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListBulkOperationItemsResponse> listBulkOperationItems(
        io.workflowcontrol.v1.ListBulkOperationItemsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListBulkOperationItemsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_START_BULK_OPERATION = 0;
  private static final int METHODID_PAUSE_BULK_OPERATION = 1;
  private static final int METHODID_CONTINUE_BULK_OPERATION = 2;
  private static final int METHODID_STOP_BULK_OPERATION = 3;
  private static final int METHODID_GET_BULK_OPERATION = 4;
  private static final int METHODID_LIST_BULK_OPERATIONS = 5;
  private static final int METHODID_LIST_BULK_OPERATION_ITEMS = 6;

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
        case METHODID_START_BULK_OPERATION:
          serviceImpl.startBulkOperation((io.workflowcontrol.v1.StartBulkOperationRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StartBulkOperationResponse>) responseObserver);
          break;
        case METHODID_PAUSE_BULK_OPERATION:
          serviceImpl.pauseBulkOperation((io.workflowcontrol.v1.PauseBulkOperationRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.PauseBulkOperationResponse>) responseObserver);
          break;
        case METHODID_CONTINUE_BULK_OPERATION:
          serviceImpl.continueBulkOperation((io.workflowcontrol.v1.ContinueBulkOperationRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ContinueBulkOperationResponse>) responseObserver);
          break;
        case METHODID_STOP_BULK_OPERATION:
          serviceImpl.stopBulkOperation((io.workflowcontrol.v1.StopBulkOperationRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.StopBulkOperationResponse>) responseObserver);
          break;
        case METHODID_GET_BULK_OPERATION:
          serviceImpl.getBulkOperation((io.workflowcontrol.v1.GetBulkOperationRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetBulkOperationResponse>) responseObserver);
          break;
        case METHODID_LIST_BULK_OPERATIONS:
          serviceImpl.listBulkOperations((io.workflowcontrol.v1.ListBulkOperationsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListBulkOperationsResponse>) responseObserver);
          break;
        case METHODID_LIST_BULK_OPERATION_ITEMS:
          serviceImpl.listBulkOperationItems((io.workflowcontrol.v1.ListBulkOperationItemsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListBulkOperationItemsResponse>) responseObserver);
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
          getStartBulkOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.StartBulkOperationRequest,
              io.workflowcontrol.v1.StartBulkOperationResponse>(
                service, METHODID_START_BULK_OPERATION)))
        .addMethod(
          getPauseBulkOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.PauseBulkOperationRequest,
              io.workflowcontrol.v1.PauseBulkOperationResponse>(
                service, METHODID_PAUSE_BULK_OPERATION)))
        .addMethod(
          getContinueBulkOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ContinueBulkOperationRequest,
              io.workflowcontrol.v1.ContinueBulkOperationResponse>(
                service, METHODID_CONTINUE_BULK_OPERATION)))
        .addMethod(
          getStopBulkOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.StopBulkOperationRequest,
              io.workflowcontrol.v1.StopBulkOperationResponse>(
                service, METHODID_STOP_BULK_OPERATION)))
        .addMethod(
          getGetBulkOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetBulkOperationRequest,
              io.workflowcontrol.v1.GetBulkOperationResponse>(
                service, METHODID_GET_BULK_OPERATION)))
        .addMethod(
          getListBulkOperationsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListBulkOperationsRequest,
              io.workflowcontrol.v1.ListBulkOperationsResponse>(
                service, METHODID_LIST_BULK_OPERATIONS)))
        .addMethod(
          getListBulkOperationItemsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListBulkOperationItemsRequest,
              io.workflowcontrol.v1.ListBulkOperationItemsResponse>(
                service, METHODID_LIST_BULK_OPERATION_ITEMS)))
        .build();
  }

  private static abstract class BulkControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    BulkControlBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.workflowcontrol.v1.BulkControlProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("BulkControl");
    }
  }

  private static final class BulkControlFileDescriptorSupplier
      extends BulkControlBaseDescriptorSupplier {
    BulkControlFileDescriptorSupplier() {}
  }

  private static final class BulkControlMethodDescriptorSupplier
      extends BulkControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    BulkControlMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (BulkControlGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new BulkControlFileDescriptorSupplier())
              .addMethod(getStartBulkOperationMethod())
              .addMethod(getPauseBulkOperationMethod())
              .addMethod(getContinueBulkOperationMethod())
              .addMethod(getStopBulkOperationMethod())
              .addMethod(getGetBulkOperationMethod())
              .addMethod(getListBulkOperationsMethod())
              .addMethod(getListBulkOperationItemsMethod())
              .build();
        }
      }
    }
    return result;
  }
}

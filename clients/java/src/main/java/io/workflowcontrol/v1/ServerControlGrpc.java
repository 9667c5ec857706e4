package io.workflowcontrol.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Operates the server and its database: the journal of mutations, what the installed DBOS schema can do, whether all is in place, and how long
 * workflows are kept and may take.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ServerControlGrpc {

  private ServerControlGrpc() {}

  public static final java.lang.String SERVICE_NAME = "workflowcontrol.v1.ServerControl";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetRequestRequest,
      io.workflowcontrol.v1.GetRequestResponse> getGetRequestMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetRequest",
      requestType = io.workflowcontrol.v1.GetRequestRequest.class,
      responseType = io.workflowcontrol.v1.GetRequestResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetRequestRequest,
      io.workflowcontrol.v1.GetRequestResponse> getGetRequestMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetRequestRequest, io.workflowcontrol.v1.GetRequestResponse> getGetRequestMethod;
    if ((getGetRequestMethod = ServerControlGrpc.getGetRequestMethod) == null) {
      synchronized (ServerControlGrpc.class) {
        if ((getGetRequestMethod = ServerControlGrpc.getGetRequestMethod) == null) {
          ServerControlGrpc.getGetRequestMethod = getGetRequestMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetRequestRequest, io.workflowcontrol.v1.GetRequestResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetRequest"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetRequestRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetRequestResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ServerControlMethodDescriptorSupplier("GetRequest"))
              .build();
        }
      }
    }
    return getGetRequestMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListRequestsRequest,
      io.workflowcontrol.v1.ListRequestsResponse> getListRequestsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListRequests",
      requestType = io.workflowcontrol.v1.ListRequestsRequest.class,
      responseType = io.workflowcontrol.v1.ListRequestsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListRequestsRequest,
      io.workflowcontrol.v1.ListRequestsResponse> getListRequestsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.ListRequestsRequest, io.workflowcontrol.v1.ListRequestsResponse> getListRequestsMethod;
    if ((getListRequestsMethod = ServerControlGrpc.getListRequestsMethod) == null) {
      synchronized (ServerControlGrpc.class) {
        if ((getListRequestsMethod = ServerControlGrpc.getListRequestsMethod) == null) {
          ServerControlGrpc.getListRequestsMethod = getListRequestsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.ListRequestsRequest, io.workflowcontrol.v1.ListRequestsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListRequests"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListRequestsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.ListRequestsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ServerControlMethodDescriptorSupplier("ListRequests"))
              .build();
        }
      }
    }
    return getListRequestsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetServerInfoRequest,
      io.workflowcontrol.v1.GetServerInfoResponse> getGetServerInfoMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetServerInfo",
      requestType = io.workflowcontrol.v1.GetServerInfoRequest.class,
      responseType = io.workflowcontrol.v1.GetServerInfoResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetServerInfoRequest,
      io.workflowcontrol.v1.GetServerInfoResponse> getGetServerInfoMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.GetServerInfoRequest, io.workflowcontrol.v1.GetServerInfoResponse> getGetServerInfoMethod;
    if ((getGetServerInfoMethod = ServerControlGrpc.getGetServerInfoMethod) == null) {
      synchronized (ServerControlGrpc.class) {
        if ((getGetServerInfoMethod = ServerControlGrpc.getGetServerInfoMethod) == null) {
          ServerControlGrpc.getGetServerInfoMethod = getGetServerInfoMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.GetServerInfoRequest, io.workflowcontrol.v1.GetServerInfoResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetServerInfo"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetServerInfoRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.GetServerInfoResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ServerControlMethodDescriptorSupplier("GetServerInfo"))
              .build();
        }
      }
    }
    return getGetServerInfoMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.CheckReadinessRequest,
      io.workflowcontrol.v1.CheckReadinessResponse> getCheckReadinessMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckReadiness",
      requestType = io.workflowcontrol.v1.CheckReadinessRequest.class,
      responseType = io.workflowcontrol.v1.CheckReadinessResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.CheckReadinessRequest,
      io.workflowcontrol.v1.CheckReadinessResponse> getCheckReadinessMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.CheckReadinessRequest, io.workflowcontrol.v1.CheckReadinessResponse> getCheckReadinessMethod;
    if ((getCheckReadinessMethod = ServerControlGrpc.getCheckReadinessMethod) == null) {
      synchronized (ServerControlGrpc.class) {
        if ((getCheckReadinessMethod = ServerControlGrpc.getCheckReadinessMethod) == null) {
          ServerControlGrpc.getCheckReadinessMethod = getCheckReadinessMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.CheckReadinessRequest, io.workflowcontrol.v1.CheckReadinessResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckReadiness"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CheckReadinessRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CheckReadinessResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ServerControlMethodDescriptorSupplier("CheckReadiness"))
              .build();
        }
      }
    }
    return getCheckReadinessMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.CollectGarbageRequest,
      io.workflowcontrol.v1.CollectGarbageResponse> getCollectGarbageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CollectGarbage",
      requestType = io.workflowcontrol.v1.CollectGarbageRequest.class,
      responseType = io.workflowcontrol.v1.CollectGarbageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.CollectGarbageRequest,
      io.workflowcontrol.v1.CollectGarbageResponse> getCollectGarbageMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.CollectGarbageRequest, io.workflowcontrol.v1.CollectGarbageResponse> getCollectGarbageMethod;
    if ((getCollectGarbageMethod = ServerControlGrpc.getCollectGarbageMethod) == null) {
      synchronized (ServerControlGrpc.class) {
        if ((getCollectGarbageMethod = ServerControlGrpc.getCollectGarbageMethod) == null) {
          ServerControlGrpc.getCollectGarbageMethod = getCollectGarbageMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.CollectGarbageRequest, io.workflowcontrol.v1.CollectGarbageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CollectGarbage"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CollectGarbageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CollectGarbageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ServerControlMethodDescriptorSupplier("CollectGarbage"))
              .build();
        }
      }
    }
    return getCollectGarbageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.workflowcontrol.v1.CancelOverdueWorkflowsRequest,
      io.workflowcontrol.v1.CancelOverdueWorkflowsResponse> getCancelOverdueWorkflowsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelOverdueWorkflows",
      requestType = io.workflowcontrol.v1.CancelOverdueWorkflowsRequest.class,
      responseType = io.workflowcontrol.v1.CancelOverdueWorkflowsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.workflowcontrol.v1.CancelOverdueWorkflowsRequest,
      io.workflowcontrol.v1.CancelOverdueWorkflowsResponse> getCancelOverdueWorkflowsMethod() {
    io.grpc.MethodDescriptor<io.workflowcontrol.v1.CancelOverdueWorkflowsRequest, io.workflowcontrol.v1.CancelOverdueWorkflowsResponse> getCancelOverdueWorkflowsMethod;
    if ((getCancelOverdueWorkflowsMethod = ServerControlGrpc.getCancelOverdueWorkflowsMethod) == null) {
      synchronized (ServerControlGrpc.class) {
        if ((getCancelOverdueWorkflowsMethod = ServerControlGrpc.getCancelOverdueWorkflowsMethod) == null) {
          ServerControlGrpc.getCancelOverdueWorkflowsMethod = getCancelOverdueWorkflowsMethod =
              io.grpc.MethodDescriptor.<io.workflowcontrol.v1.CancelOverdueWorkflowsRequest, io.workflowcontrol.v1.CancelOverdueWorkflowsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelOverdueWorkflows"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CancelOverdueWorkflowsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.workflowcontrol.v1.CancelOverdueWorkflowsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ServerControlMethodDescriptorSupplier("CancelOverdueWorkflows"))
              .build();
        }
      }
    }
    return getCancelOverdueWorkflowsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ServerControlStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ServerControlStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ServerControlStub>() {
        @java.lang.Override
        public ServerControlStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ServerControlStub(channel, callOptions);
        }
      };
    return ServerControlStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ServerControlBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ServerControlBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ServerControlBlockingV2Stub>() {
        @java.lang.Override
        public ServerControlBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ServerControlBlockingV2Stub(channel, callOptions);
        }
      };
    return ServerControlBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ServerControlBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ServerControlBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ServerControlBlockingStub>() {
        @java.lang.Override
        public ServerControlBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ServerControlBlockingStub(channel, callOptions);
        }
      };
    return ServerControlBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ServerControlFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ServerControlFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ServerControlFutureStub>() {
        @java.lang.Override
        public ServerControlFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ServerControlFutureStub(channel, callOptions);
        }
      };
    return ServerControlFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Operates the server and its database: the journal of mutations, what the installed DBOS schema can do, whether all is in place, and how long
   * workflows are kept and may take.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Reads what is stored of a request key of the caller's. Errors: REQUEST_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    default void getRequest(io.workflowcontrol.v1.GetRequestRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetRequestResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetRequestMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the journal of the caller's mutations, newest first: who did what to which workflow, and why. Expired requests are not listed.
     * Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    default void listRequests(io.workflowcontrol.v1.ListRequestsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListRequestsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListRequestsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells the server's version, limits and features, and what the installed DBOS schema can do. A read: safe to repeat.
     * </pre>
     */
    default void getServerInfo(io.workflowcontrol.v1.GetServerInfoRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetServerInfoResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetServerInfoMethod(), responseObserver);
    }

    /**
     * <pre>
     * Checks connection, DBOS's tables, the server's own schema and its privileges, now, and says how to mend what is amiss. Answers OK with
     * `ready` false rather than an error. A read: safe to repeat.
     * </pre>
     */
    default void checkReadiness(io.workflowcontrol.v1.CheckReadinessRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CheckReadinessResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckReadinessMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes workflows that ended before a time, with all that belongs to them, the oldest first: those in SUCCESS, ERROR, CANCELLED and
     * MAX_RECOVERY_ATTEMPTS_EXCEEDED, never others, and of every application. Where the schema is that of DBOS before 3.0, the time is that of
     * their creation, as in DBOS itself. From 3.0 on it deletes then what is left of workflows that are gone: inputs, outputs and steps. A call
     * is one transaction of bounded size; where there is more, `continue_token` says where to go on. What another transaction holds is passed
     * over. Errors: INVALID_REQUEST. Idempotent by request key.
     * </pre>
     */
    default void collectGarbage(io.workflowcontrol.v1.CollectGarbageRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CollectGarbageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCollectGarbageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Cancels workflows that were created long ago and have not ended: those in PENDING, ENQUEUED and DELAYED, each as `CancelWorkflow` without
     * `cascade` does. A call is one transaction of bounded size; where `more` is true, repeat it with a new request key. What another
     * transaction holds is passed over. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (with `application_names`, before DBOS 2.30).
     * Idempotent by request key.
     * </pre>
     */
    default void cancelOverdueWorkflows(io.workflowcontrol.v1.CancelOverdueWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CancelOverdueWorkflowsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelOverdueWorkflowsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ServerControl.
   * <pre>
   * Operates the server and its database: the journal of mutations, what the installed DBOS schema can do, whether all is in place, and how long
   * workflows are kept and may take.
   * </pre>
   */
  public static abstract class ServerControlImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ServerControlGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ServerControl.
   * <pre>
   * Operates the server and its database: the journal of mutations, what the installed DBOS schema can do, whether all is in place, and how long
   * workflows are kept and may take.
   * </pre>
   */
  public static final class ServerControlStub
      extends io.grpc.stub.AbstractAsyncStub<ServerControlStub> {
    private ServerControlStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ServerControlStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ServerControlStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads what is stored of a request key of the caller's. Errors: REQUEST_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public void getRequest(io.workflowcontrol.v1.GetRequestRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetRequestResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetRequestMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the journal of the caller's mutations, newest first: who did what to which workflow, and why. Expired requests are not listed.
     * Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public void listRequests(io.workflowcontrol.v1.ListRequestsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListRequestsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListRequestsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells the server's version, limits and features, and what the installed DBOS schema can do. A read: safe to repeat.
     * </pre>
     */
    public void getServerInfo(io.workflowcontrol.v1.GetServerInfoRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetServerInfoResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetServerInfoMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Checks connection, DBOS's tables, the server's own schema and its privileges, now, and says how to mend what is amiss. Answers OK with
     * `ready` false rather than an error. A read: safe to repeat.
     * </pre>
     */
    public void checkReadiness(io.workflowcontrol.v1.CheckReadinessRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CheckReadinessResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckReadinessMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes workflows that ended before a time, with all that belongs to them, the oldest first: those in SUCCESS, ERROR, CANCELLED and
     * MAX_RECOVERY_ATTEMPTS_EXCEEDED, never others, and of every application. Where the schema is that of DBOS before 3.0, the time is that of
     * their creation, as in DBOS itself. From 3.0 on it deletes then what is left of workflows that are gone: inputs, outputs and steps. A call
     * is one transaction of bounded size; where there is more, `continue_token` says where to go on. What another transaction holds is passed
     * over. Errors: INVALID_REQUEST. Idempotent by request key.
     * </pre>
     */
    public void collectGarbage(io.workflowcontrol.v1.CollectGarbageRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CollectGarbageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCollectGarbageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Cancels workflows that were created long ago and have not ended: those in PENDING, ENQUEUED and DELAYED, each as `CancelWorkflow` without
     * `cascade` does. A call is one transaction of bounded size; where `more` is true, repeat it with a new request key. What another
     * transaction holds is passed over. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (with `application_names`, before DBOS 2.30).
     * Idempotent by request key.
     * </pre>
     */
    public void cancelOverdueWorkflows(io.workflowcontrol.v1.CancelOverdueWorkflowsRequest request,
        io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CancelOverdueWorkflowsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelOverdueWorkflowsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ServerControl.
   * <pre>
   * Operates the server and its database: the journal of mutations, what the installed DBOS schema can do, whether all is in place, and how long
   * workflows are kept and may take.
   * </pre>
   */
  public static final class ServerControlBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ServerControlBlockingV2Stub> {
    private ServerControlBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ServerControlBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ServerControlBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads what is stored of a request key of the caller's. Errors: REQUEST_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetRequestResponse getRequest(io.workflowcontrol.v1.GetRequestRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetRequestMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the journal of the caller's mutations, newest first: who did what to which workflow, and why. Expired requests are not listed.
     * Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListRequestsResponse listRequests(io.workflowcontrol.v1.ListRequestsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListRequestsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells the server's version, limits and features, and what the installed DBOS schema can do. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetServerInfoResponse getServerInfo(io.workflowcontrol.v1.GetServerInfoRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetServerInfoMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Checks connection, DBOS's tables, the server's own schema and its privileges, now, and says how to mend what is amiss. Answers OK with
     * `ready` false rather than an error. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.CheckReadinessResponse checkReadiness(io.workflowcontrol.v1.CheckReadinessRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckReadinessMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes workflows that ended before a time, with all that belongs to them, the oldest first: those in SUCCESS, ERROR, CANCELLED and
     * MAX_RECOVERY_ATTEMPTS_EXCEEDED, never others, and of every application. Where the schema is that of DBOS before 3.0, the time is that of
     * their creation, as in DBOS itself. From 3.0 on it deletes then what is left of workflows that are gone: inputs, outputs and steps. A call
     * is one transaction of bounded size; where there is more, `continue_token` says where to go on. What another transaction holds is passed
     * over. Errors: INVALID_REQUEST. Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.CollectGarbageResponse collectGarbage(io.workflowcontrol.v1.CollectGarbageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCollectGarbageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cancels workflows that were created long ago and have not ended: those in PENDING, ENQUEUED and DELAYED, each as `CancelWorkflow` without
     * `cascade` does. A call is one transaction of bounded size; where `more` is true, repeat it with a new request key. What another
     * transaction holds is passed over. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (with `application_names`, before DBOS 2.30).
     * Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.CancelOverdueWorkflowsResponse cancelOverdueWorkflows(io.workflowcontrol.v1.CancelOverdueWorkflowsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelOverdueWorkflowsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ServerControl.
   * <pre>
   * Operates the server and its database: the journal of mutations, what the installed DBOS schema can do, whether all is in place, and how long
   * workflows are kept and may take.
   * </pre>
   */
  public static final class ServerControlBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ServerControlBlockingStub> {
    private ServerControlBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ServerControlBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ServerControlBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads what is stored of a request key of the caller's. Errors: REQUEST_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetRequestResponse getRequest(io.workflowcontrol.v1.GetRequestRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetRequestMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the journal of the caller's mutations, newest first: who did what to which workflow, and why. Expired requests are not listed.
     * Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.ListRequestsResponse listRequests(io.workflowcontrol.v1.ListRequestsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListRequestsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells the server's version, limits and features, and what the installed DBOS schema can do. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.GetServerInfoResponse getServerInfo(io.workflowcontrol.v1.GetServerInfoRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetServerInfoMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Checks connection, DBOS's tables, the server's own schema and its privileges, now, and says how to mend what is amiss. Answers OK with
     * `ready` false rather than an error. A read: safe to repeat.
     * </pre>
     */
    public io.workflowcontrol.v1.CheckReadinessResponse checkReadiness(io.workflowcontrol.v1.CheckReadinessRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckReadinessMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes workflows that ended before a time, with all that belongs to them, the oldest first: those in SUCCESS, ERROR, CANCELLED and
     * MAX_RECOVERY_ATTEMPTS_EXCEEDED, never others, and of every application. Where the schema is that of DBOS before 3.0, the time is that of
     * their creation, as in DBOS itself. From 3.0 on it deletes then what is left of workflows that are gone: inputs, outputs and steps. A call
     * is one transaction of bounded size; where there is more, `continue_token` says where to go on. What another transaction holds is passed
     * over. Errors: INVALID_REQUEST. Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.CollectGarbageResponse collectGarbage(io.workflowcontrol.v1.CollectGarbageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCollectGarbageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Cancels workflows that were created long ago and have not ended: those in PENDING, ENQUEUED and DELAYED, each as `CancelWorkflow` without
     * `cascade` does. A call is one transaction of bounded size; where `more` is true, repeat it with a new request key. What another
     * transaction holds is passed over. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (with `application_names`, before DBOS 2.30).
     * Idempotent by request key.
     * </pre>
     */
    public io.workflowcontrol.v1.CancelOverdueWorkflowsResponse cancelOverdueWorkflows(io.workflowcontrol.v1.CancelOverdueWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelOverdueWorkflowsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ServerControl.
   * <pre>
   * Operates the server and its database: the journal of mutations, what the installed DBOS schema can do, whether all is in place, and how long
   * workflows are kept and may take.
   * </pre>
   */
  public static final class ServerControlFutureStub
      extends io.grpc.stub.AbstractFutureStub<ServerControlFutureStub> {
    private ServerControlFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ServerControlFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ServerControlFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads what is stored of a request key of the caller's. Errors: REQUEST_NOT_FOUND. A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetRequestResponse> getRequest(
        io.workflowcontrol.v1.GetRequestRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetRequestMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the journal of the caller's mutations, newest first: who did what to which workflow, and why. Expired requests are not listed.
     * Errors: INVALID_REQUEST. A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.ListRequestsResponse> listRequests(
        io.workflowcontrol.v1.ListRequestsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListRequestsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells the server's version, limits and features, and what the installed DBOS schema can do. A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.GetServerInfoResponse> getServerInfo(
        io.workflowcontrol.v1.GetServerInfoRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetServerInfoMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Checks connection, DBOS's tables, the server's own schema and its privileges, now, and says how to mend what is amiss. Answers OK with
     * `ready` false rather than an error. A read: safe to repeat.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.CheckReadinessResponse> checkReadiness(
        io.workflowcontrol.v1.CheckReadinessRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckReadinessMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes workflows that ended before a time, with all that belongs to them, the oldest first: those in SUCCESS, ERROR, CANCELLED and
     * MAX_RECOVERY_ATTEMPTS_EXCEEDED, never others, and of every application. Where the schema is that of DBOS before 3.0, the time is that of
     * their creation, as in DBOS itself. From 3.0 on it deletes then what is left of workflows that are gone: inputs, outputs and steps. A call
     * is one transaction of bounded size; where there is more, `continue_token` says where to go on. What another transaction holds is passed
     * over. Errors: INVALID_REQUEST. Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.CollectGarbageResponse> collectGarbage(
        io.workflowcontrol.v1.CollectGarbageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCollectGarbageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Cancels workflows that were created long ago and have not ended: those in PENDING, ENQUEUED and DELAYED, each as `CancelWorkflow` without
     * `cascade` does. A call is one transaction of bounded size; where `more` is true, repeat it with a new request key. What another
     * transaction holds is passed over. Errors: INVALID_REQUEST, SCHEMA_CAPABILITY_MISSING (with `application_names`, before DBOS 2.30).
     * Idempotent by request key.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.workflowcontrol.v1.CancelOverdueWorkflowsResponse> cancelOverdueWorkflows(
        io.workflowcontrol.v1.CancelOverdueWorkflowsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelOverdueWorkflowsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_REQUEST = 0;
  private static final int METHODID_LIST_REQUESTS = 1;
  private static final int METHODID_GET_SERVER_INFO = 2;
  private static final int METHODID_CHECK_READINESS = 3;
  private static final int METHODID_COLLECT_GARBAGE = 4;
  private static final int METHODID_CANCEL_OVERDUE_WORKFLOWS = 5;

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
        case METHODID_GET_REQUEST:
          serviceImpl.getRequest((io.workflowcontrol.v1.GetRequestRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetRequestResponse>) responseObserver);
          break;
        case METHODID_LIST_REQUESTS:
          serviceImpl.listRequests((io.workflowcontrol.v1.ListRequestsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.ListRequestsResponse>) responseObserver);
          break;
        case METHODID_GET_SERVER_INFO:
          serviceImpl.getServerInfo((io.workflowcontrol.v1.GetServerInfoRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.GetServerInfoResponse>) responseObserver);
          break;
        case METHODID_CHECK_READINESS:
          serviceImpl.checkReadiness((io.workflowcontrol.v1.CheckReadinessRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CheckReadinessResponse>) responseObserver);
          break;
        case METHODID_COLLECT_GARBAGE:
          serviceImpl.collectGarbage((io.workflowcontrol.v1.CollectGarbageRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CollectGarbageResponse>) responseObserver);
          break;
        case METHODID_CANCEL_OVERDUE_WORKFLOWS:
          serviceImpl.cancelOverdueWorkflows((io.workflowcontrol.v1.CancelOverdueWorkflowsRequest) request,
              (io.grpc.stub.StreamObserver<io.workflowcontrol.v1.CancelOverdueWorkflowsResponse>) responseObserver);
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
          getGetRequestMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetRequestRequest,
              io.workflowcontrol.v1.GetRequestResponse>(
                service, METHODID_GET_REQUEST)))
        .addMethod(
          getListRequestsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.ListRequestsRequest,
              io.workflowcontrol.v1.ListRequestsResponse>(
                service, METHODID_LIST_REQUESTS)))
        .addMethod(
          getGetServerInfoMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.GetServerInfoRequest,
              io.workflowcontrol.v1.GetServerInfoResponse>(
                service, METHODID_GET_SERVER_INFO)))
        .addMethod(
          getCheckReadinessMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.CheckReadinessRequest,
              io.workflowcontrol.v1.CheckReadinessResponse>(
                service, METHODID_CHECK_READINESS)))
        .addMethod(
          getCollectGarbageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.CollectGarbageRequest,
              io.workflowcontrol.v1.CollectGarbageResponse>(
                service, METHODID_COLLECT_GARBAGE)))
        .addMethod(
          getCancelOverdueWorkflowsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.workflowcontrol.v1.CancelOverdueWorkflowsRequest,
              io.workflowcontrol.v1.CancelOverdueWorkflowsResponse>(
                service, METHODID_CANCEL_OVERDUE_WORKFLOWS)))
        .build();
  }

  private static abstract class ServerControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ServerControlBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.workflowcontrol.v1.ServerControlProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ServerControl");
    }
  }

  private static final class ServerControlFileDescriptorSupplier
      extends ServerControlBaseDescriptorSupplier {
    ServerControlFileDescriptorSupplier() {}
  }

  private static final class ServerControlMethodDescriptorSupplier
      extends ServerControlBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ServerControlMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ServerControlGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ServerControlFileDescriptorSupplier())
              .addMethod(getGetRequestMethod())
              .addMethod(getListRequestsMethod())
              .addMethod(getGetServerInfoMethod())
              .addMethod(getCheckReadinessMethod())
              .addMethod(getCollectGarbageMethod())
              .addMethod(getCancelOverdueWorkflowsMethod())
              .build();
        }
      }
    }
    return result;
  }
}

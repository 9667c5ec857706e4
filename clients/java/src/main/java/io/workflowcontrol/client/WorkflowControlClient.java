package io.workflowcontrol.client;

import com.google.gson.Gson;
import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.ClientCalls;
import io.workflowcontrol.v1.ErrorReason;
import io.workflowcontrol.v1.WatchWorkflowsRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Calls the services of workflow-control. Safe for use by several threads; keep one per process.
 *
 * <pre>{@code
 * try (var client = WorkflowControlClient.plaintext("localhost:50051")) {
 *   var request = CancelWorkflowRequest.newBuilder().setWorkflowId("order-7").setRequestKey("cancel-order-7").build();
 *   var response = client.call(WorkflowControlGrpc.getCancelWorkflowMethod(), request);
 * }
 * }</pre>
 *
 * <p>A mutation without a request key gets a new UUID, which all retries of the call share; it is in the response's
 * {@code idempotency}, and in {@link WorkflowControlException#requestKey()}. gRPC itself retries, as the contract's service
 * config says.
 */
public final class WorkflowControlClient implements AutoCloseable {
  /** How long a call may take, its retries included, unless the call says otherwise. */
  public static final Duration DEFAULT_CALL_TIMEOUT = Duration.ofSeconds(15);

  /** Limits the messages received; it is the server's own default, see {@code GetServerInfo}. */
  public static final int DEFAULT_MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

  /** A server closes the connection of a client that pings more often than it permits. */
  private static final Duration KEEPALIVE_TIME = Duration.ofSeconds(60);

  private static final Duration KEEPALIVE_TIMEOUT = Duration.ofSeconds(20);

  private final ManagedChannel channel;

  private WorkflowControlClient(ManagedChannel channel) {
    this.channel = channel;
  }

  /** Returns a client of the server at a gRPC target such as {@code localhost:50051}, unencrypted. */
  public static WorkflowControlClient plaintext(String target) {
    return of(ManagedChannelBuilder.forTarget(target).usePlaintext());
  }

  /**
   * Returns a client of the connection that a builder makes, say with TLS, with this package's retries, limits and keepalive.
   * The client closes it.
   */
  public static WorkflowControlClient of(ManagedChannelBuilder<?> builder) {
    return new WorkflowControlClient(configure(builder).build());
  }

  /** Gives a connection this package's retries, limits and keepalive, for use with the generated stubs. */
  public static <T extends ManagedChannelBuilder<T>> ManagedChannelBuilder<T> configure(ManagedChannelBuilder<T> builder) {
    return builder
        .defaultServiceConfig(serviceConfig())
        .enableRetry()
        .maxInboundMessageSize(DEFAULT_MAX_MESSAGE_BYTES)
        // gRPC retries only what it has kept; its default is less than a large fork needs.
        .perRpcBufferLimit(DEFAULT_MAX_MESSAGE_BYTES)
        .keepAliveTime(KEEPALIVE_TIME.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(KEEPALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
        // Finds out that an idle connection is dead before the next call does.
        .keepAliveWithoutCalls(true);
  }

  /** Returns the contract's retry policy, one for the clients of all languages, as gRPC takes it. */
  @SuppressWarnings("unchecked") // A JSON object.
  public static Map<String, ?> serviceConfig() {
    try (InputStream file = ErrorReason.class.getResourceAsStream("service_config.json");
        Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(text, Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes a call that takes at most {@link #DEFAULT_CALL_TIMEOUT}.
   *
   * @throws WorkflowControlException if it fails
   */
  public <Q extends Message, R> R call(MethodDescriptor<Q, R> method, Q request) {
    return call(method, request, DEFAULT_CALL_TIMEOUT);
  }

  /**
   * Makes a call that takes at most so long, its retries included.
   *
   * @throws WorkflowControlException if it fails
   */
  public <Q extends Message, R> R call(MethodDescriptor<Q, R> method, Q request, Duration timeout) {
    Q keyed = withRequestKey(method, request);
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return ClientCalls.blockingUnaryCall(channel, method, options, keyed);
    } catch (StatusRuntimeException e) {
      throw new WorkflowControlException(e, isMutation(method) ? field(keyed, "request_key") : null);
    }
  }

  /** Reads a stream of responses, as they are needed. It has no limit in time; close it to end it early. */
  public <Q extends Message, R> ResponseStream<R> stream(MethodDescriptor<Q, R> method, Q request) {
    return new ResponseStream<>(channel, method, request);
  }

  /**
   * Watches what a filter selects, and what becomes of it; the watch goes on by itself. Close it to end it.
   *
   * <pre>{@code
   * try (var watch = client.watch(WatchWorkflowsRequest.newBuilder().setFilter(filter).build())) {
   *   watch.forEachRemaining(message -> ...);
   * }
   * }</pre>
   */
  public WorkflowWatch watch(WatchWorkflowsRequest request) {
    return new WorkflowWatch(this, request);
  }

  /**
   * Lists items, reading page after page as they are needed, from the request's page token on. Each iteration reads anew.
   *
   * <pre>{@code
   * for (Workflow workflow : client.list(getListWorkflowsMethod(), request, ListWorkflowsResponse::getWorkflowsList)) {
   * }</pre>
   */
  public <Q extends Message, R extends Message, T> Iterable<T> list(
      MethodDescriptor<Q, R> method, Q request, Function<R, List<T>> items) {
    return () -> new PageIterator<>(this, method, request, items);
  }

  /** Closes the connection, after at most a second for calls that are running. */
  @Override
  public void close() {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(1, TimeUnit.SECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException e) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static <Q extends Message> Q withRequestKey(MethodDescriptor<Q, ?> method, Q request) {
    return isMutation(method) && field(request, "request_key").isEmpty()
        ? with(request, "request_key", UUID.randomUUID().toString())
        : request;
  }

  /** Tells whether the method has an effect: the contract marks it IDEMPOTENT, while reads have NO_SIDE_EFFECTS. */
  private static boolean isMutation(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
        && schema.getMethodDescriptor().getOptions().getIdempotencyLevel() == IdempotencyLevel.IDEMPOTENT;
  }

  static String field(Message message, String name) {
    return (String) message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  @SuppressWarnings("unchecked") // A builder builds what it was made from.
  static <M extends Message> M with(M message, String field, String value) {
    return (M) message.toBuilder().setField(message.getDescriptorForType().findFieldByName(field), value).build();
  }
}

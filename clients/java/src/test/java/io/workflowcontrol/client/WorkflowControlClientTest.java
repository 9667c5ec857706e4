package io.workflowcontrol.client;

import static io.workflowcontrol.v1.WorkflowControlGrpc.getCancelWorkflowMethod;
import static io.workflowcontrol.v1.WorkflowControlGrpc.getListWorkflowsMethod;
import static io.workflowcontrol.v1.WorkflowControlGrpc.getReadStreamMethod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Grpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.workflowcontrol.v1.CancelWorkflowRequest;
import io.workflowcontrol.v1.CancelWorkflowResponse;
import io.workflowcontrol.v1.ErrorReason;
import io.workflowcontrol.v1.Idempotency;
import io.workflowcontrol.v1.ListWorkflowsRequest;
import io.workflowcontrol.v1.ListWorkflowsResponse;
import io.workflowcontrol.v1.ReadStreamRequest;
import io.workflowcontrol.v1.ReadStreamResponse;
import io.workflowcontrol.v1.WatchWorkflowsRequest;
import io.workflowcontrol.v1.WatchWorkflowsResponse;
import io.workflowcontrol.v1.Workflow;
import io.workflowcontrol.v1.WorkflowControlGrpc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkflowControlClientTest {
  private final Deque<StatusRuntimeException> failures = new ArrayDeque<>();
  private final Deque<ListWorkflowsResponse> pages = new ArrayDeque<>();
  private final List<Message> requests = Collections.synchronizedList(new ArrayList<>());
  private final Deque<WatchAttempt> watches = new ArrayDeque<>();

  /** Counted down when the caller of a watch has gone. */
  private final CountDownLatch callerHasLeft = new CountDownLatch(1);

  private Server server;
  private WorkflowControlClient client;

  /** How the scripted server answers one watch: with messages that have these tokens, and then with a failure, an end, or nothing. */
  private record WatchAttempt(List<String> tokens, StatusRuntimeException failure, boolean staysOpen) {}

  /** Answers with what it is told, in order, and keeps the requests. */
  private final class Scripted extends WorkflowControlGrpc.WorkflowControlImplBase {
    @Override
    public void cancelWorkflow(CancelWorkflowRequest request, StreamObserver<CancelWorkflowResponse> responses) {
      Idempotency idempotency = Idempotency.newBuilder().setRequestKey(request.getRequestKey()).build();
      answer(request, CancelWorkflowResponse.newBuilder().setIdempotency(idempotency).build(), responses);
    }

    @Override
    public void listWorkflows(ListWorkflowsRequest request, StreamObserver<ListWorkflowsResponse> responses) {
      answer(request, pages.poll(), responses);
    }

    @Override
    public void readStream(ReadStreamRequest request, StreamObserver<ReadStreamResponse> responses) {
      responses.onNext(ReadStreamResponse.newBuilder().setOffset(request.getFromOffset()).build());
      responses.onError(failure(Status.Code.NOT_FOUND, "WORKFLOW_NOT_FOUND", "workflowcontrol"));
    }

    @Override
    public void watchWorkflows(WatchWorkflowsRequest request, StreamObserver<WatchWorkflowsResponse> responses) {
      requests.add(request);
      WatchAttempt attempt = watches.remove();
      ((ServerCallStreamObserver<?>) responses).setOnCancelHandler(callerHasLeft::countDown);
      attempt.tokens.forEach(token -> responses.onNext(WatchWorkflowsResponse.newBuilder().setResumeToken(token).build()));
      if (attempt.failure != null) {
        responses.onError(attempt.failure);
      } else if (!attempt.staysOpen) {
        responses.onCompleted();
      }
    }

    private <R> void answer(Message request, R response, StreamObserver<R> responses) {
      requests.add(request);
      StatusRuntimeException failure = failures.poll();
      if (failure != null) {
        responses.onError(failure);
      } else {
        responses.onNext(response);
        responses.onCompleted();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create()).addService(new Scripted()).build().start();
    client = WorkflowControlClient.plaintext("127.0.0.1:" + server.getPort());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /** A failure; if it is retried, the client is to come back at once, which spares the test the backoff. */
  private static StatusRuntimeException failure(Status.Code code, String reason, String domain, Message... details) {
    var info = ErrorInfo.newBuilder().setReason(reason).setDomain(domain).putMetadata("workflow_id", "order-7").build();
    var status = com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage("It failed.").addDetails(Any.pack(info));
    Arrays.stream(details).map(Any::pack).forEach(status::addDetails);
    Metadata trailers = new Metadata();
    if (code != Status.Code.INVALID_ARGUMENT) {
      trailers.put(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), "1");
    }
    return StatusProto.toStatusRuntimeException(status.build(), trailers);
  }

  private WorkflowControlException failureOfCancel(String requestKey) {
    CancelWorkflowRequest request = CancelWorkflowRequest.newBuilder().setRequestKey(requestKey).build();
    return assertThrows(WorkflowControlException.class, () -> client.call(getCancelWorkflowMethod(), request));
  }

  @Test
  void generatesOneKeyPerCallAndRetriesWithIt() {
    failures.add(failure(Status.Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", "workflowcontrol"));
    failures.add(failure(Status.Code.ABORTED, "WORKFLOW_LOCKED", "workflowcontrol"));
    CancelWorkflowRequest request = CancelWorkflowRequest.newBuilder().setWorkflowId("order-7").build();

    String key = client.call(getCancelWorkflowMethod(), request).getIdempotency().getRequestKey();

    assertEquals(4, UUID.fromString(key).version());
    Message sent = request.toBuilder().setRequestKey(key).build();
    assertEquals(List.of(sent, sent, sent), requests);
    assertNotEquals(key, client.call(getCancelWorkflowMethod(), request).getIdempotency().getRequestKey());
  }

  @Test
  void keepsTheCallersKey() {
    CancelWorkflowRequest request = CancelWorkflowRequest.newBuilder().setRequestKey("cancel-7").build();
    assertEquals("cancel-7", client.call(getCancelWorkflowMethod(), request).getIdempotency().getRequestKey());
  }

  @Test
  void errorsTellReasonKeyAndDetails() {
    var violation = BadRequest.FieldViolation.newBuilder().setField("workflow_id").setDescription("is empty");
    failures.add(
        failure(
            Status.Code.INVALID_ARGUMENT,
            "INVALID_REQUEST",
            "workflowcontrol",
            BadRequest.newBuilder().addFieldViolations(violation).build(),
            RetryInfo.newBuilder().setRetryDelay(Duration.newBuilder().setSeconds(1).setNanos(500_000_000)).build()));

    WorkflowControlException error = failureOfCancel("cancel-7");

    assertEquals(Status.Code.INVALID_ARGUMENT, error.code());
    assertEquals(ErrorReason.ERROR_REASON_INVALID_REQUEST, error.reason());
    assertEquals("order-7", error.metadata().get("workflow_id"));
    assertEquals(Optional.of("cancel-7"), error.requestKey());
    assertEquals(Optional.of(java.time.Duration.ofMillis(1500)), error.retryAfter());
    assertEquals(List.of(new WorkflowControlException.FieldViolation("workflow_id", "is empty")), error.violations());
    assertEquals("INVALID_REQUEST: It failed. (request key \"cancel-7\")", error.getMessage());
    assertFalse(error.isTransient());
  }

  @Test
  void errorsOfOthersAndOfNewerServers() {
    var forbidden = new WorkflowControlException(failure(Status.Code.PERMISSION_DENIED, "FORBIDDEN", "proxy"), null);
    assertEquals("", forbidden.reasonName());
    var newer = new WorkflowControlException(failure(Status.Code.NOT_FOUND, "MOON_NOT_FOUND", "workflowcontrol"), null);
    assertEquals(ErrorReason.ERROR_REASON_UNSPECIFIED, newer.reason());
    assertEquals("MOON_NOT_FOUND", newer.reasonName());
    var code = Status.Code.RESOURCE_EXHAUSTED;
    assertTrue(new WorkflowControlException(failure(code, "OVERLOADED", "workflowcontrol"), null).isTransient());
    assertFalse(new WorkflowControlException(failure(code, "RESPONSE_TOO_LARGE", "workflowcontrol"), null).isTransient());
  }

  @Test
  void limitsACall() throws Exception {
    try (var silent = new java.net.ServerSocket(0);
        var waiting = WorkflowControlClient.plaintext("127.0.0.1:" + silent.getLocalPort())) {
      var error =
          assertThrows(
              WorkflowControlException.class,
              () ->
                  waiting.call(
                      getCancelWorkflowMethod(), CancelWorkflowRequest.getDefaultInstance(), java.time.Duration.ofMillis(200)));
      assertEquals(Status.Code.DEADLINE_EXCEEDED, error.code());
      assertTrue(error.isTransient());
    }
  }

  @Test
  void listsReadPageAfterPage() {
    for (List<String> ids : List.of(List.of("a", "b"), List.<String>of(), List.of("c"))) {
      var page = ListWorkflowsResponse.newBuilder();
      ids.forEach(id -> page.addWorkflows(Workflow.newBuilder().setWorkflowId(id)));
      pages.add(page.setNextPageToken(pages.size() < 2 ? "after-" + pages.size() : "").build());
    }
    ListWorkflowsRequest request = ListWorkflowsRequest.newBuilder().setPageSize(2).build();
    List<String> listed = new ArrayList<>();
    for (Workflow workflow : client.list(getListWorkflowsMethod(), request, ListWorkflowsResponse::getWorkflowsList)) {
      listed.add(workflow.getWorkflowId());
    }
    assertEquals(List.of("a", "b", "c"), listed);
    Message second = request.toBuilder().setPageToken("after-0").build();
    Message third = request.toBuilder().setPageToken("after-1").build();
    assertEquals(List.of(request, second, third), requests);
  }

  @Test
  void streamsFailWithTheSameErrors() {
    try (var stream = client.stream(getReadStreamMethod(), ReadStreamRequest.newBuilder().setFromOffset(3).build())) {
      assertEquals(3, stream.next().getOffset());
      var error = assertThrows(WorkflowControlException.class, stream::hasNext);
      assertEquals(ErrorReason.ERROR_REASON_WORKFLOW_NOT_FOUND, error.reason());
    }
  }

  @Test
  void aWatchGoesOnBehindItsLastMessage() throws Exception {
    watches.add(new WatchAttempt(List.of("a", "b"), failure(Status.Code.UNAVAILABLE, "SHUTTING_DOWN", "workflowcontrol"), false));
    watches.add(new WatchAttempt(List.of("c"), null, false));
    watches.add(new WatchAttempt(List.of(), null, false));
    watches.add(new WatchAttempt(List.of("d"), null, true));
    WatchWorkflowsRequest request = WatchWorkflowsRequest.newBuilder().setResumeToken("0").build();
    List<String> got = new ArrayList<>();
    try (WorkflowWatch watch = client.watch(request)) {
      while (got.size() < 4) {
        got.add(watch.next().getResumeToken());
      }
    }
    assertEquals(List.of("a", "b", "c", "d"), got);
    var asked = requests.stream().map(each -> ((WatchWorkflowsRequest) each).getResumeToken()).toList();
    assertEquals(List.of("0", "b", "c", "c"), asked);
    assertTrue(callerHasLeft.await(10, TimeUnit.SECONDS), "the server goes on for nobody");
  }

  @Test
  void aWatchEndsWithAnErrorOfItsRequest() {
    watches.add(new WatchAttempt(List.of("a"), failure(Status.Code.INVALID_ARGUMENT, "INVALID_REQUEST", "workflowcontrol"), false));
    try (WorkflowWatch watch = client.watch(WatchWorkflowsRequest.getDefaultInstance())) {
      assertEquals("a", watch.next().getResumeToken());
      var error = assertThrows(WorkflowControlException.class, watch::hasNext);
      assertEquals(ErrorReason.ERROR_REASON_INVALID_REQUEST, error.reason());
    }
    assertEquals(1, requests.size());
  }

  @Test
  @Timeout(10)
  void aWatchEndsWhenAnotherThreadClosesIt() {
    watches.add(new WatchAttempt(List.of("a"), null, true));
    WorkflowWatch watch = client.watch(WatchWorkflowsRequest.getDefaultInstance());
    assertEquals("a", watch.next().getResumeToken());
    CompletableFuture.runAsync(watch::close, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
    assertFalse(watch.hasNext());
  }

  @Test
  void pausesGrowToTheirLimitAndEndAfterAMinuteInVain() {
    var unavailable = new WorkflowControlException(failure(Status.Code.UNAVAILABLE, "SHUTTING_DOWN", "workflowcontrol"), null);
    WatchAttempts attempts = new WatchAttempts();
    IntFunction<Optional<java.time.Duration>> failedAt =
        second -> {
          attempts.begin(TimeUnit.SECONDS.toNanos(second));
          return attempts.failed(unavailable, TimeUnit.SECONDS.toNanos(second));
        };
    var pauses = IntStream.range(0, 7).mapToObj(failedAt).map(pause -> pause.orElseThrow().toMillis()).toList();
    assertEquals(List.of(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L), pauses);
    assertTrue(failedAt.apply(59).isPresent());
    assertTrue(failedAt.apply(60).isEmpty());
  }

  @Test
  void anAttemptThatLastedWasNotInVain() {
    var unavailable = new WorkflowControlException(failure(Status.Code.UNAVAILABLE, "SHUTTING_DOWN", "workflowcontrol"), null);
    WatchAttempts attempts = new WatchAttempts();
    for (int minute = 0; minute < 3; minute++) {
      long began = TimeUnit.MINUTES.toNanos(minute);
      attempts.begin(began);
      assertEquals(Optional.of(WatchAttempts.FIRST_PAUSE), attempts.failed(unavailable, began + TimeUnit.SECONDS.toNanos(5)));
    }
    assertEquals(java.time.Duration.ZERO, attempts.ended(TimeUnit.SECONDS.toNanos(125)));
    assertEquals(WatchAttempts.FIRST_PAUSE, attempts.ended(TimeUnit.SECONDS.toNanos(121)));
  }
}

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
import io.grpc.stub.StreamObserver;
import io.workflowcontrol.v1.CancelWorkflowRequest;
import io.workflowcontrol.v1.CancelWorkflowResponse;
import io.workflowcontrol.v1.ErrorReason;
import io.workflowcontrol.v1.Idempotency;
import io.workflowcontrol.v1.ListWorkflowsRequest;
import io.workflowcontrol.v1.ListWorkflowsResponse;
import io.workflowcontrol.v1.ReadStreamRequest;
import io.workflowcontrol.v1.ReadStreamResponse;
import io.workflowcontrol.v1.Workflow;
import io.workflowcontrol.v1.WorkflowControlGrpc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkflowControlClientTest {
  private final Deque<StatusRuntimeException> failures = new ArrayDeque<>();
  private final Deque<ListWorkflowsResponse> pages = new ArrayDeque<>();
  private final List<Message> requests = new ArrayList<>();
  private Server server;
  private WorkflowControlClient client;

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
}

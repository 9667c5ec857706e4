package io.workflowcontrol.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.workflowcontrol.v1.ErrorReason;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How every call fails. gRPC's own exception is the cause. */
public final class WorkflowControlException extends RuntimeException {
  /** The domain of the contract's error reasons. Another domain's reason, say a proxy's, is not looked at. */
  private static final String DOMAIN = "workflowcontrol";

  private static final long serialVersionUID = 1;

  private final Status.Code code;
  private final ErrorReason reason;
  private final String reasonName;
  private final Map<String, String> metadata;
  private final String requestKey;
  private final Duration retryAfter;
  private final List<FieldViolation> violations;

  /** A field of the request, by its path in the contract, and what is wrong with it. */
  public record FieldViolation(String field, String description) implements java.io.Serializable {}

  /** Says what an exception of gRPC means to the caller. The request key is that of a mutation, else null. */
  public WorkflowControlException(StatusRuntimeException cause, String requestKey) {
    this(cause, StatusProto.fromThrowable(cause), requestKey);
  }

  private WorkflowControlException(StatusRuntimeException cause, com.google.rpc.Status status, String requestKey) {
    this(
        cause,
        detail(status, ErrorInfo.class).filter(each -> each.getDomain().equals(DOMAIN)).orElse(ErrorInfo.getDefaultInstance()),
        status,
        requestKey);
  }

  private WorkflowControlException(
      StatusRuntimeException cause, ErrorInfo info, com.google.rpc.Status status, String requestKey) {
    super(
        (info.getReason().isEmpty() ? cause.getStatus().getCode() : info.getReason())
            + ": "
            + cause.getStatus().getDescription()
            + (requestKey == null ? "" : " (request key \"" + requestKey + "\")"),
        cause);
    this.code = cause.getStatus().getCode();
    this.reasonName = info.getReason();
    this.reason =
        Arrays.stream(ErrorReason.values())
            .filter(each -> each.name().equals("ERROR_REASON_" + reasonName))
            .findFirst()
            .orElse(ErrorReason.ERROR_REASON_UNSPECIFIED);
    this.metadata = Map.copyOf(info.getMetadataMap());
    this.requestKey = requestKey;
    this.retryAfter =
        detail(status, RetryInfo.class)
            .map(RetryInfo::getRetryDelay)
            .map(delay -> Duration.ofSeconds(delay.getSeconds(), delay.getNanos()))
            .orElse(null);
    this.violations =
        detail(status, BadRequest.class).orElse(BadRequest.getDefaultInstance()).getFieldViolationsList().stream()
            .map(each -> new FieldViolation(each.getField(), each.getDescription()))
            .toList();
  }

  /** The canonical status code. */
  public Status.Code code() {
    return code;
  }

  /**
   * Why, as the contract's comments tell; {@code ERROR_REASON_UNSPECIFIED} when the failure is not the server's own, say of a
   * proxy or the transport, or the reason is newer than this client.
   */
  public ErrorReason reason() {
    return reason;
  }

  /** The reason as the server wrote it, also one that this client does not know; else empty. */
  public String reasonName() {
    return reasonName;
  }

  /** The details of the reason, such as {@code workflow_id}. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The mutation's key, given or generated: keep it to repeat the call. Empty for reads. */
  public Optional<String> requestKey() {
    return Optional.ofNullable(requestKey);
  }

  /** How long the server asks to wait before the next attempt, if it says. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The fields at fault, for {@code ERROR_REASON_INVALID_REQUEST}. */
  public List<FieldViolation> violations() {
    return violations;
  }

  /**
   * Tells whether the failure says nothing about the request itself: it is safe to repeat the call, a mutation with the same
   * {@link #requestKey()}, and the way to find out what happened.
   */
  public boolean isTransient() {
    return switch (code) {
      case RESOURCE_EXHAUSTED -> reason != ErrorReason.ERROR_REASON_RESPONSE_TOO_LARGE;
      case CANCELLED, UNKNOWN, DEADLINE_EXCEEDED, ABORTED, INTERNAL, UNAVAILABLE, DATA_LOSS -> true;
      default -> false;
    };
  }

  /** Returns the first detail of that type; empty when there is none, or it cannot be read. */
  private static <T extends Message> Optional<T> detail(com.google.rpc.Status status, Class<T> type) {
    for (Any packed : status.getDetailsList()) {
      if (packed.is(type)) {
        try {
          return Optional.of(packed.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}

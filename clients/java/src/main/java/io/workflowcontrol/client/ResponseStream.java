package io.workflowcontrol.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.util.Iterator;

/**
 * A stream of responses, for one thread. Whoever does not read it to its end closes it, so that the server stops as well.
 *
 * <p>Reading throws {@link WorkflowControlException} if the stream fails.
 */
public final class ResponseStream<R> implements Iterator<R>, AutoCloseable {
  private final Context.CancellableContext context = Context.current().withCancellation();
  private final Iterator<R> responses;

  <Q> ResponseStream(Channel channel, MethodDescriptor<Q, R> method, Q request) {
    // The call belongs to the context that it is begun in.
    Context previous = context.attach();
    try {
      responses = ClientCalls.blockingServerStreamingCall(channel, method, CallOptions.DEFAULT, request);
    } finally {
      context.detach(previous);
    }
  }

  @Override
  public boolean hasNext() {
    try {
      return responses.hasNext();
    } catch (StatusRuntimeException e) {
      throw new WorkflowControlException(e, null);
    }
  }

  @Override
  public R next() {
    try {
      return responses.next();
    } catch (StatusRuntimeException e) {
      throw new WorkflowControlException(e, null);
    }
  }

  /** Ends the stream. */
  @Override
  public void close() {
    context.cancel(null);
  }
}

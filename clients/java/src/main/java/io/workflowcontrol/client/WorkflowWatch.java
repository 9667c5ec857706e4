package io.workflowcontrol.client;

import io.workflowcontrol.v1.WatchWorkflowsRequest;
import io.workflowcontrol.v1.WatchWorkflowsResponse;
import io.workflowcontrol.v1.WorkflowControlGrpc;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The messages of a watch, without end: what a filter selects, and from then on what becomes of it. For one thread; any may close it.
 *
 * <p>When the server ends the watch because it is old, when it goes away, or its database does, the watch goes on by itself behind the
 * last message, with a new snapshot in which unchanged workflows are ids only. After a minute in vain reading throws {@link
 * WorkflowControlException}, as it does at once when the failure says something about the request. Once closed there are no more
 * messages.
 */
public final class WorkflowWatch implements Iterator<WatchWorkflowsResponse>, AutoCloseable {
  private final WorkflowControlClient client;
  private final WatchAttempts attempts = new WatchAttempts();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** What to ask for in the next attempt. */
  private WatchWorkflowsRequest next;

  /** The attempt that is going on; null: there is none. */
  private volatile ResponseStream<WatchWorkflowsResponse> messages;

  WorkflowWatch(WorkflowControlClient client, WatchWorkflowsRequest request) {
    this.client = client;
    this.next = request;
  }

  /** Waits for the next message; false once the watch is closed. */
  @Override
  public boolean hasNext() {
    while (!isClosed()) {
      Duration pause;
      try {
        if (attempt().hasNext()) {
          return true;
        }
        pause = attempts.ended(System.nanoTime());
      } catch (WorkflowControlException e) {
        if (isClosed()) {
          return false;
        }
        pause = attempts.failed(e, System.nanoTime()).orElseThrow(() -> e);
      }
      messages = null;
      pause(pause);
    }
    return false;
  }

  @Override
  public WatchWorkflowsResponse next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    WatchWorkflowsResponse message = messages.next();
    attempts.recover();
    next = next.toBuilder().setResumeToken(message.getResumeToken()).build();
    return message;
  }

  /** Ends the watch. */
  @Override
  public void close() {
    closed.countDown();
    ResponseStream<WatchWorkflowsResponse> open = messages;
    if (open != null) {
      open.close();
    }
  }

  private ResponseStream<WatchWorkflowsResponse> attempt() {
    if (messages == null) {
      attempts.begin(System.nanoTime());
      messages = client.stream(WorkflowControlGrpc.getWatchWorkflowsMethod(), next);
      if (isClosed()) {
        messages.close();
      }
    }
    return messages;
  }

  /** Pauses for about that time, since all readers of a server that ends would come back at the same instant; less when closed. */
  private void pause(Duration pause) {
    long nanos = (long) (pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1));
    try {
      closed.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }
}

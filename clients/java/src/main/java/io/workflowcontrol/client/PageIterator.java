package io.workflowcontrol.client;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The items of a list, page after page. */
final class PageIterator<Q extends Message, R extends Message, T> implements Iterator<T> {
  private final WorkflowControlClient client;
  private final MethodDescriptor<Q, R> method;
  private final Function<R, List<T>> items;

  private Iterator<T> page = Collections.emptyIterator();

  /** The request of the next page; null: there is none. */
  private Q next;

  PageIterator(WorkflowControlClient client, MethodDescriptor<Q, R> method, Q request, Function<R, List<T>> items) {
    this.client = client;
    this.method = method;
    this.items = items;
    this.next = request;
  }

  @Override
  public boolean hasNext() {
    // A page may be empty and still have a successor.
    while (!page.hasNext() && next != null) {
      R response = client.call(method, next);
      page = items.apply(response).iterator();
      String pageToken = WorkflowControlClient.field(response, "next_page_token");
      next = pageToken.isEmpty() ? null : WorkflowControlClient.with(next, "page_token", pageToken);
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }
}

import type { CallOptions } from "@connectrpc/connect";

/** A method that answers with one page of a list. */
type ListMethod<Request, Page> = (request: Request, options?: CallOptions) => Promise<Page>;

/**
 * Iterate over the items of a list, reading page after page as they are needed.
 *
 *     for await (const workflow of list(client.listWorkflows, { filter }, (page) => page.workflows)) {
 */
export async function* list<Request extends { pageToken?: string }, Page extends { nextPageToken: string }, Item>(
  method: ListMethod<Request, Page>,
  request: Request,
  items: (page: Page) => readonly Item[],
  options?: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  for await (const page of pages(method, request, options)) {
    yield* items(page);
  }
}

/**
 * Iterate over the responses of a list, from the request's page token on. A page may be empty and still have a successor.
 */
export async function* pages<Request extends { pageToken?: string }, Page extends { nextPageToken: string }>(
  method: ListMethod<Request, Page>,
  request: Request,
  options?: CallOptions,
): AsyncGenerator<Page, void, undefined> {
  let page = await method(request, options);
  yield page;
  while (page.nextPageToken) {
    page = await method({ ...request, pageToken: page.nextPageToken }, options);
    yield page;
  }
}

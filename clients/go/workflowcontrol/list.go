package workflowcontrol

import (
	"context"
	"iter"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
)

// Page is a response that is one page of a list.
type Page interface {
	// GetNextPageToken returns where to go on; empty: this was the last page.
	GetNextPageToken() string
}

// List iterates over the items of a list, reading page after page as they are needed. It ends with the first error.
//
//	request := &v1.ListWorkflowsRequest{Filter: filter}
//	for workflow, err := range workflowcontrol.List(ctx, client.ListWorkflows, request, (*v1.ListWorkflowsResponse).GetWorkflows) {
func List[Request proto.Message, Response Page, Item any](
	ctx context.Context,
	list func(context.Context, Request, ...grpc.CallOption) (Response, error),
	request Request,
	items func(Response) []Item,
) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for page, err := range Pages(ctx, list, request) {
			if err != nil {
				var none Item
				yield(none, err)
				return
			}
			for _, item := range items(page) {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

// Pages iterates over the responses of a list, from the request's page token on. A page may be empty and still have a
// successor. It ends with the first error.
func Pages[Request proto.Message, Response Page](
	ctx context.Context,
	list func(context.Context, Request, ...grpc.CallOption) (Response, error),
	request Request,
) iter.Seq2[Response, error] {
	return func(yield func(Response, error) bool) {
		next := request
		for {
			page, err := list(ctx, next)
			if !yield(page, err) || err != nil || page.GetNextPageToken() == "" {
				return
			}
			next = withField(request, "page_token", page.GetNextPageToken()).(Request)
		}
	}
}

package workflowcontrol

import (
	"context"
	"net"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	v1 "github.com/workflow-control/workflow-control/clients/go/workflowcontrol/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/known/durationpb"
)

// scriptedServer answers cancellations and lists with what it is told, in order, and keeps the requests.
type scriptedServer struct {
	v1.UnimplementedWorkflowControlServer

	mutex     sync.Mutex
	requests  []proto.Message
	failures  []error
	pages     []*v1.ListWorkflowsResponse
	watches   []watchAttempt
	left      chan struct{} // Closed when the caller of an open watch has gone.
	remaining time.Duration
}

func (s *scriptedServer) next(ctx context.Context, request proto.Message) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.requests = append(s.requests, request)
	deadline, _ := ctx.Deadline()
	s.remaining = time.Until(deadline)
	if len(s.failures) == 0 {
		return nil
	}
	failure := s.failures[0]
	s.failures = s.failures[1:]
	// Spares the test the backoff of the service config.
	_ = grpc.SetTrailer(ctx, metadata.Pairs("grpc-retry-pushback-ms", "1"))
	return failure
}

func (s *scriptedServer) CancelWorkflow(ctx context.Context, request *v1.CancelWorkflowRequest) (*v1.CancelWorkflowResponse, error) {
	response := &v1.CancelWorkflowResponse{Idempotency: &v1.Idempotency{RequestKey: request.GetRequestKey()}}
	return response, s.next(ctx, request)
}

func (s *scriptedServer) ListWorkflows(ctx context.Context, request *v1.ListWorkflowsRequest) (*v1.ListWorkflowsResponse, error) {
	if err := s.next(ctx, request); err != nil {
		return nil, err
	}
	page := s.pages[0]
	s.pages = s.pages[1:]
	return page, nil
}

func (s *scriptedServer) ReadStream(request *v1.ReadStreamRequest, stream grpc.ServerStreamingServer[v1.ReadStreamResponse]) error {
	if err := stream.Send(&v1.ReadStreamResponse{Offset: request.GetFromOffset()}); err != nil {
		return err
	}
	return failure(codes.NotFound, "WORKFLOW_NOT_FOUND", domain)
}

func failure(code codes.Code, reason, domain string, more ...protoadapt.MessageV1) error {
	info := &errdetails.ErrorInfo{Reason: reason, Domain: domain, Metadata: map[string]string{"workflow_id": "order-7"}}
	state, err := status.New(code, "It failed.").WithDetails(append([]protoadapt.MessageV1{info}, more...)...)
	if err != nil {
		panic(err)
	}
	return state.Err()
}

func start(t *testing.T, server *scriptedServer) *Client {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	running := grpc.NewServer()
	v1.RegisterWorkflowControlServer(running, server)
	go func() { _ = running.Serve(listener) }()
	t.Cleanup(running.Stop)
	client, err := NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func TestGeneratesOneKeyPerCallAndRetriesWithIt(t *testing.T) {
	server := &scriptedServer{failures: []error{
		failure(codes.Unavailable, "DATABASE_UNAVAILABLE", domain), failure(codes.Aborted, "WORKFLOW_LOCKED", domain),
	}}
	client := start(t, server)
	request := &v1.CancelWorkflowRequest{WorkflowId: "order-7"}

	response, err := client.CancelWorkflow(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}

	key := response.GetIdempotency().GetRequestKey()
	if parsed, err := uuid.Parse(key); err != nil || parsed.Version() != 4 {
		t.Errorf("the key is %q, not a random UUID", key)
	}
	if request.GetRequestKey() != "" {
		t.Error("the caller's request was changed")
	}
	if len(server.requests) != 3 {
		t.Fatalf("%d attempts, not 3", len(server.requests))
	}
	for _, attempt := range server.requests {
		if !proto.Equal(attempt, &v1.CancelWorkflowRequest{WorkflowId: "order-7", RequestKey: key}) {
			t.Errorf("an attempt was %v", attempt)
		}
	}
	again, err := client.CancelWorkflow(t.Context(), request)
	if err != nil || again.GetIdempotency().GetRequestKey() == key {
		t.Errorf("the next call has the same key, or failed: %v", err)
	}
}

func TestKeepsTheCallersKey(t *testing.T) {
	client := start(t, &scriptedServer{})
	response, err := client.CancelWorkflow(t.Context(), &v1.CancelWorkflowRequest{RequestKey: "cancel-7"})
	if err != nil || response.GetIdempotency().GetRequestKey() != "cancel-7" {
		t.Errorf("got %v, %v", response, err)
	}
}

func TestLimitsACallWithoutADeadline(t *testing.T) {
	server := &scriptedServer{}
	client := start(t, server)
	if _, err := client.CancelWorkflow(t.Context(), &v1.CancelWorkflowRequest{}); err != nil {
		t.Fatal(err)
	}
	if server.remaining <= 0 || server.remaining > DefaultCallTimeout {
		t.Errorf("the server had %v", server.remaining)
	}
	long, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	if _, err := client.CancelWorkflow(long, &v1.CancelWorkflowRequest{}); err != nil {
		t.Fatal(err)
	}
	if server.remaining <= DefaultCallTimeout {
		t.Errorf("the caller's deadline was cut to %v", server.remaining)
	}
}

func TestErrorsTellReasonKeyAndDetails(t *testing.T) {
	server := &scriptedServer{failures: []error{failure(
		codes.InvalidArgument, "INVALID_REQUEST", domain,
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{{Field: "workflow_id", Description: "is empty"}}},
		&errdetails.RetryInfo{RetryDelay: durationpb.New(time.Second)},
	)}}
	_, err := start(t, server).CancelWorkflow(t.Context(), &v1.CancelWorkflowRequest{RequestKey: "cancel-7"})

	failure, ok := asError(err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	failure.cause = nil
	want := &Error{
		Code: codes.InvalidArgument, Reason: v1.ErrorReason_ERROR_REASON_INVALID_REQUEST, ReasonName: "INVALID_REQUEST",
		Message: "It failed.", Metadata: map[string]string{"workflow_id": "order-7"}, RequestKey: "cancel-7",
		RetryAfter: time.Second, Violations: []FieldViolation{{"workflow_id", "is empty"}},
	}
	if !reflect.DeepEqual(failure, want) {
		t.Errorf("got %+v", failure)
	}
	if Reason(err) != want.Reason || IsTransient(err) {
		t.Errorf("Reason or IsTransient of %v is wrong", err)
	}
}

func TestErrorsOfOthersAndOfNewerServers(t *testing.T) {
	for _, each := range []struct {
		err       error
		name      string
		transient bool
	}{
		{failure(codes.PermissionDenied, "FORBIDDEN", "proxy.example.com"), "", false},
		{failure(codes.NotFound, "MOON_NOT_FOUND", domain), "MOON_NOT_FOUND", false},
		{failure(codes.Unavailable, "SHUTTING_DOWN", domain), "SHUTTING_DOWN", true},
		{failure(codes.ResourceExhausted, "OVERLOADED", domain), "OVERLOADED", true},
		{failure(codes.ResourceExhausted, "RESPONSE_TOO_LARGE", domain), "RESPONSE_TOO_LARGE", false},
		{context.DeadlineExceeded, "", true},
	} {
		got, _ := asError(newError(status.FromContextError(each.err).Err(), ""))
		if _, isStatus := status.FromError(each.err); isStatus {
			got, _ = asError(newError(each.err, ""))
		}
		if got.ReasonName != each.name || got.Transient() != each.transient {
			t.Errorf("of %v: %q, transient %v", each.err, got.ReasonName, got.Transient())
		}
	}
}

func TestListsReadPageAfterPage(t *testing.T) {
	server := &scriptedServer{pages: []*v1.ListWorkflowsResponse{
		{Workflows: []*v1.Workflow{{WorkflowId: "a"}, {WorkflowId: "b"}}, NextPageToken: "second"},
		{NextPageToken: "third"},
		{Workflows: []*v1.Workflow{{WorkflowId: "c"}}},
	}}
	client := start(t, server)
	request := &v1.ListWorkflowsRequest{PageSize: 2}
	var ids []string
	for workflow, err := range List(t.Context(), client.ListWorkflows, request, (*v1.ListWorkflowsResponse).GetWorkflows) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, workflow.GetWorkflowId())
	}
	if got := strings.Join(ids, ""); got != "abc" {
		t.Errorf("got %q", got)
	}
	for i, token := range []string{"", "second", "third"} {
		if !proto.Equal(server.requests[i], &v1.ListWorkflowsRequest{PageSize: 2, PageToken: token}) {
			t.Errorf("page %d was asked for with %v", i, server.requests[i])
		}
	}
}

func TestAListEndsWithItsFirstError(t *testing.T) {
	client := start(t, &scriptedServer{failures: []error{failure(codes.InvalidArgument, "INVALID_REQUEST", domain)}})
	count := 0
	for _, err := range List(t.Context(), client.ListWorkflows, &v1.ListWorkflowsRequest{}, (*v1.ListWorkflowsResponse).GetWorkflows) {
		count++
		if Reason(err) != v1.ErrorReason_ERROR_REASON_INVALID_REQUEST {
			t.Errorf("got %v", err)
		}
	}
	if count != 1 {
		t.Errorf("%d results", count)
	}
}

func TestStreamsFailWithTheSameErrors(t *testing.T) {
	stream, err := start(t, &scriptedServer{}).ReadStream(t.Context(), &v1.ReadStreamRequest{FromOffset: 3})
	if err != nil {
		t.Fatal(err)
	}
	if entry, err := stream.Recv(); err != nil || entry.GetOffset() != 3 {
		t.Errorf("got %v, %v", entry, err)
	}
	if _, err := stream.Recv(); Reason(err) != v1.ErrorReason_ERROR_REASON_WORKFLOW_NOT_FOUND {
		t.Errorf("got %v", err)
	}
}

func TestTheClientHasEveryMethodOfTheContract(t *testing.T) {
	mutations := 0
	protoregistry.GlobalFiles.RangeFilesByPackage("workflowcontrol.v1", func(file protoreflect.FileDescriptor) bool {
		for i := range file.Services().Len() {
			methods := file.Services().Get(i).Methods()
			for j := range methods.Len() {
				method := methods.Get(j)
				if _, ok := reflect.TypeFor[*Client]().MethodByName(string(method.Name())); !ok {
					t.Errorf("%s is missing", method.FullName())
				}
				if isMutation("/" + string(method.Parent().FullName()) + "/" + string(method.Name())) {
					mutations++
					if method.Input().Fields().ByName("request_key") == nil {
						t.Errorf("%s has no request key", method.FullName())
					}
				}
			}
		}
		return true
	})
	if mutations < 10 {
		t.Errorf("only %d mutations were found", mutations)
	}
}

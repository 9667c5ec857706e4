package workflowcontrol

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	v1 "github.com/workflow-control/workflow-control/clients/go/workflowcontrol/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
)

// watchAttempt is how the scripted server answers one call: with messages that have these tokens, and then so.
type watchAttempt struct {
	tokens []string
	then   error
}

// errOpen keeps a watch open, until its caller ends it.
var errOpen = errors.New("open")

func (s *scriptedServer) WatchWorkflows(request *v1.WatchWorkflowsRequest, stream grpc.ServerStreamingServer[v1.WatchWorkflowsResponse]) error {
	s.mutex.Lock()
	s.requests = append(s.requests, request)
	attempt := s.watches[0]
	s.watches = s.watches[1:]
	s.mutex.Unlock()
	for _, token := range attempt.tokens {
		if err := stream.Send(&v1.WatchWorkflowsResponse{ResumeToken: token}); err != nil {
			return err
		}
	}
	if errors.Is(attempt.then, errOpen) {
		<-stream.Context().Done()
		close(s.left)
	}
	return attempt.then
}

func (s *scriptedServer) resumeTokens() []string {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	tokens := []string{}
	for _, request := range s.requests {
		tokens = append(tokens, request.(*v1.WatchWorkflowsRequest).GetResumeToken())
	}
	return tokens
}

func TestAWatchGoesOnBehindItsLastMessage(t *testing.T) {
	unavailable := failure(codes.Unavailable, "SHUTTING_DOWN", domain)
	server := &scriptedServer{left: make(chan struct{}), watches: []watchAttempt{
		{[]string{"a", "b"}, unavailable}, {[]string{"c"}, nil}, {nil, nil}, {[]string{"d"}, errOpen},
	}}
	client := start(t, server)
	request := &v1.WatchWorkflowsRequest{Filter: &v1.WorkflowFilter{Names: []string{"process_order"}}, ResumeToken: "0"}
	asked := proto.CloneOf(request)
	got := []string{}
	for message, err := range client.Watch(t.Context(), request) {
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, message.GetResumeToken()); message.GetResumeToken() == "d" {
			break
		}
	}
	if !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("got %v", got)
	}
	if tokens := server.resumeTokens(); !slices.Equal(tokens, []string{"0", "b", "c", "c"}) {
		t.Errorf("asked to go on at %v", tokens)
	}
	if !proto.Equal(request, asked) {
		t.Error("the caller's request was changed")
	}
	select {
	case <-server.left:
	case <-time.After(10 * time.Second):
		t.Error("the server goes on for nobody")
	}
}

func TestAWatchEndsWithAnErrorOfItsRequest(t *testing.T) {
	server := &scriptedServer{watches: []watchAttempt{{nil, failure(codes.InvalidArgument, "INVALID_REQUEST", domain)}}}
	count := 0
	for _, err := range start(t, server).Watch(t.Context(), &v1.WatchWorkflowsRequest{}) {
		count++
		if Reason(err) != v1.ErrorReason_ERROR_REASON_INVALID_REQUEST {
			t.Errorf("got %v", err)
		}
	}
	if count != 1 {
		t.Errorf("%d results", count)
	}
}

func TestAWatchEndsWithItsContext(t *testing.T) {
	server := &scriptedServer{left: make(chan struct{}), watches: []watchAttempt{{[]string{"a"}, errOpen}}}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var last error
	for _, err := range start(t, server).Watch(ctx, &v1.WatchWorkflowsRequest{}) {
		cancel()
		last = err
	}
	if failed, ok := asError(last); !ok || failed.Code != codes.Canceled {
		t.Errorf("got %v", last)
	}
}

func TestPausesGrowToTheirLimitAndEndAfterAMinuteInVain(t *testing.T) {
	unavailable := newError(failure(codes.Unavailable, "SHUTTING_DOWN", domain), "")
	begun := time.Now()
	watch := attempts{pause: firstPause}
	failedAt := func(second int) (time.Duration, bool) {
		now := begun.Add(time.Duration(second) * time.Second)
		watch.begin(now)
		return watch.after(unavailable, now)
	}
	for second, milliseconds := range []time.Duration{200, 400, 800, 1600, 3200, 5000, 5000} {
		if pause, goOn := failedAt(second); pause != milliseconds*time.Millisecond || !goOn {
			t.Errorf("%v, %v after %d s", pause, goOn, second)
		}
	}
	if _, goOn := failedAt(59); !goOn {
		t.Error("given up early")
	}
	if _, goOn := failedAt(60); goOn {
		t.Error("not given up")
	}
}

func TestAnAttemptThatLastedWasNotInVain(t *testing.T) {
	unavailable := newError(failure(codes.Unavailable, "SHUTTING_DOWN", domain), "")
	now := time.Now()
	watch := attempts{pause: firstPause}
	for range 3 {
		now = now.Add(time.Minute)
		watch.begin(now)
		if pause, goOn := watch.after(unavailable, now.Add(lasting)); pause != firstPause || !goOn {
			t.Errorf("%v, %v", pause, goOn)
		}
	}
	if pause, _ := watch.after(nil, now.Add(lasting)); pause != 0 {
		t.Errorf("%v after an old watch", pause)
	}
	if pause, _ := watch.after(nil, now); pause != firstPause {
		t.Errorf("%v after a watch that ended at once", pause)
	}
}

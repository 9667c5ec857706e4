package workflowcontrol

import (
	"context"
	"errors"
	"io"
	"iter"
	"math/rand/v2"
	"time"

	v1 "github.com/workflow-control/workflow-control/clients/go/workflowcontrol/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

const (
	firstPause   = 200 * time.Millisecond
	longestPause = 5 * time.Second
	giveUpAfter  = time.Minute     // How long a watch is begun again and again in vain.
	lasting      = 5 * time.Second // An attempt that lasted so long was no failure, even if no message came.
)

// Watch iterates over the messages of WatchWorkflows, without end: what the filter selects, and from then on what becomes of it.
//
//	for message, err := range client.Watch(ctx, &v1.WatchWorkflowsRequest{Filter: filter}) {
//
// When the server ends the watch because it is old, when it goes away, or its database does, the watch goes on by itself behind
// the last message, with a new snapshot in which unchanged workflows are ids only. After a minute in vain, and when the context
// is done, the iteration ends with the error, as it does at once with one that says something about the request.
func (c *Client) Watch(
	ctx context.Context, request *v1.WatchWorkflowsRequest, options ...grpc.CallOption,
) iter.Seq2[*v1.WatchWorkflowsResponse, error] {
	return func(yield func(*v1.WatchWorkflowsResponse, error) bool) {
		// Copied: a request that the caller changes meanwhile must not change when the watch goes on.
		next := proto.CloneOf(request)
		attempts := attempts{pause: firstPause}
		for {
			attempts.begin(time.Now())
			err := c.attemptWatch(ctx, next, options, func(message *v1.WatchWorkflowsResponse) bool {
				attempts.recover()
				next.ResumeToken = message.GetResumeToken()
				return yield(message, nil)
			})
			if errors.Is(err, errNotWanted) {
				return
			}
			pause, goOn := attempts.after(err, time.Now())
			if goOn {
				if wait(ctx, spread(pause)) {
					continue
				}
				err = newError(status.FromContextError(ctx.Err()).Err(), "")
			}
			yield(nil, err)
			return
		}
	}
}

var errNotWanted = errors.New("the caller wants no more messages")

// attemptWatch passes on the messages of one call, and returns how it failed; nil: the server has ended it.
func (c *Client) attemptWatch(
	ctx context.Context,
	request *v1.WatchWorkflowsRequest,
	options []grpc.CallOption,
	pass func(*v1.WatchWorkflowsResponse) bool,
) error {
	// Whoever stops in the middle has the server stop as well.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := c.WatchWorkflows(ctx, request, options...)
	if err != nil {
		return err
	}
	for {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !pass(message) {
			return errNotWanted
		}
	}
}

// wait returns after that time, or false as soon as the context is done.
func wait(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return ctx.Err() == nil
	}
}

// attempts knows when a watch is begun again.
type attempts struct {
	began        time.Time
	failingSince time.Time // Zero: the last attempt was none in vain.
	pause        time.Duration
}

func (a *attempts) begin(now time.Time) { a.began = now }

func (a *attempts) recover() {
	a.failingSince = time.Time{}
	a.pause = firstPause
}

// after returns the pause before the next attempt, after one that has failed so, or with nil has ended well; false: there is none.
func (a *attempts) after(err error, now time.Time) (time.Duration, bool) {
	lasted := now.Sub(a.began) >= lasting
	if err == nil {
		if lasted {
			return 0, true
		}
		return firstPause, true
	}
	failure, ok := asError(err)
	if !ok || (failure.Code != codes.Unavailable && failure.Code != codes.Canceled) {
		return 0, false
	}
	if lasted {
		a.recover()
	}
	if a.failingSince.IsZero() {
		a.failingSince = now
	}
	if now.Sub(a.failingSince) >= giveUpAfter {
		return 0, false
	}
	pause := a.pause
	a.pause = min(2*pause, longestPause)
	return pause, true
}

// spread returns a pause of about that length: all readers of a server that ends would come back at the same instant.
func spread(pause time.Duration) time.Duration {
	return time.Duration(float64(pause) * (0.5 + rand.Float64()/2))
}

// Package workflowcontrol is the Go client of workflow-control, the gRPC control plane for DBOS durable workflows.
//
//	client, err := workflowcontrol.NewClient("localhost:50051", grpc.WithTransportCredentials(insecure.NewCredentials()))
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//	response, err := client.CancelWorkflow(ctx, &v1.CancelWorkflowRequest{WorkflowId: "order-7", RequestKey: "cancel-order-7"})
//
// Requests and responses are the messages of the package v1 beside it, whose comments say what each call does.
package workflowcontrol

import (
	_ "embed"
	"time"

	v1 "github.com/workflow-control/workflow-control/clients/go/workflowcontrol/v1"
	"google.golang.org/grpc"
	"google.golang.org/grpc/backoff"
	"google.golang.org/grpc/keepalive"
)

const (
	// DefaultCallTimeout is how long a call may take, its retries included, when its context has no deadline.
	DefaultCallTimeout = 15 * time.Second
	// DefaultMaxMessageBytes limits a message in either direction; it is the server's own default, see GetServerInfo.
	DefaultMaxMessageBytes = 4 * 1024 * 1024

	keepaliveTime       = 60 * time.Second // A server closes the connection of a client that pings more often than it permits.
	keepaliveTimeout    = 20 * time.Second
	maxReconnectBackoff = 5 * time.Second // The default of two minutes would keep a client away long after the server is back.
)

// ServiceConfig is the contract's retry policy: gRPC itself repeats a failed call, with the same request and so the same
// request key.
//
//go:embed v1/service_config.json
var ServiceConfig string

// Client has the methods of all services of workflow-control. Keep one per process; it is safe for concurrent use.
//
// A mutation without a request key gets a new UUID, which all retries of the call share; it is in the response's
// Idempotency, and in Error.RequestKey. A call whose context has no deadline gets DefaultCallTimeout, a stream none.
// Failures are of type *Error.
type Client struct {
	v1.WorkflowControlClient
	v1.BulkControlClient
	v1.QueueControlClient
	v1.ScheduleControlClient
	v1.ServerControlClient

	connection *grpc.ClientConn
}

// NewClient returns a client of its own connection, which is opened with the first call.
//
// The target is a gRPC name such as "localhost:50051" or "dns:///workflows.example.com:443". The options need credentials,
// say grpc.WithTransportCredentials(insecure.NewCredentials()) or of TLS; they are applied after DialOptions, and override.
func NewClient(target string, options ...grpc.DialOption) (*Client, error) {
	connection, err := grpc.NewClient(target, append(DialOptions(), options...)...)
	if err != nil {
		return nil, err
	}
	return &Client{
		WorkflowControlClient: v1.NewWorkflowControlClient(connection),
		BulkControlClient:     v1.NewBulkControlClient(connection),
		QueueControlClient:    v1.NewQueueControlClient(connection),
		ScheduleControlClient: v1.NewScheduleControlClient(connection),
		ServerControlClient:   v1.NewServerControlClient(connection),
		connection:            connection,
	}, nil
}

// Close closes the connection. Calls that are running fail.
func (c *Client) Close() error { return c.connection.Close() }

// DialOptions returns what makes a connection keep this package's promises, for connections that are made without NewClient.
func DialOptions() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithDefaultServiceConfig(ServiceConfig),
		grpc.WithDefaultCallOptions(
			grpc.MaxCallSendMsgSize(DefaultMaxMessageBytes),
			grpc.MaxCallRecvMsgSize(DefaultMaxMessageBytes),
			// gRPC retries only what it has kept; its default of 256 KiB is less than a large fork needs.
			grpc.MaxRetryRPCBufferSize(DefaultMaxMessageBytes),
		),
		grpc.WithKeepaliveParams(keepalive.ClientParameters{
			Time:    keepaliveTime,
			Timeout: keepaliveTimeout,
			// Finds out that an idle connection is dead before the next call does.
			PermitWithoutStream: true,
		}),
		grpc.WithConnectParams(grpc.ConnectParams{Backoff: withMaxDelay(maxReconnectBackoff), MinConnectTimeout: maxReconnectBackoff}),
		grpc.WithChainUnaryInterceptor(callUnary),
		grpc.WithChainStreamInterceptor(openStream),
	}
}

func withMaxDelay(delay time.Duration) backoff.Config {
	config := backoff.DefaultConfig
	config.MaxDelay = delay
	return config
}

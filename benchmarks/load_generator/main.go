// The load generator: calls a server as it is ordered to, and tells how long each call took.
//
// It does as little as a gRPC client in Go can, since it shares the machine with what it measures. An order is a line of
// JSON on stdin, its answer one on stdout, as benchmarks/worker.py has them; benchmarks/load.py says what an order means.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/connectivity"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/mem"
)

const ordersBytesMax = 1 << 30

// Every call has a deadline, as every client should give it one.
const deadline = 20 * time.Second

type order struct {
	Target      string   `json:"target"`
	Method      string   `json:"method"`
	Requests    [][]byte `json:"requests"` // Serialized; JSON has them in base64.
	InFlight    int      `json:"in_flight"`
	Connections int      `json:"connections"`
	PerSecond   int      `json:"per_second"`
	LimitS      float64  `json:"limit_s"`
}

type run struct {
	LatenciesMS []float64 `json:"latencies_ms"`
	Seconds     float64   `json:"seconds"`
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, ordersBytesMax)
	answers := json.NewEncoder(os.Stdout)
	must(answers.Encode(struct{}{}))
	for lines.Scan() {
		var given order
		must(json.Unmarshal(lines.Bytes(), &given))
		done, err := execute(given)
		must(err)
		must(answers.Encode(done))
	}
	must(lines.Err())
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func execute(given order) (run, error) {
	connections := make([]*grpc.ClientConn, given.Connections)
	for i := range connections {
		connection, err := connect(given.Target)
		if err != nil {
			return run{}, err
		}
		defer connection.Close()
		connections[i] = connection
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	latencies := make([]time.Duration, len(given.Requests))
	var next atomic.Int64
	var callers sync.WaitGroup
	begin := time.Now()
	limit := time.Duration(given.LimitS * float64(time.Second))
	for i := range given.InFlight {
		callers.Go(func() {
			// All share one counter, so a slow call holds up nobody else.
			for n := next.Add(1) - 1; n < int64(len(given.Requests)); n = next.Add(1) - 1 {
				if given.PerSecond > 0 {
					time.Sleep(time.Until(begin.Add(time.Duration(n) * time.Second / time.Duration(given.PerSecond))))
				}
				called := time.Now()
				if called.Sub(begin) > limit || ctx.Err() != nil {
					return
				}
				if err := call(ctx, connections[i%len(connections)], given.Method, given.Requests[n]); err != nil {
					cancel(fmt.Errorf("%s: %w", given.Method, err))
					return
				}
				latencies[n] = time.Since(called)
			}
		})
	}
	callers.Wait()
	done := run{Seconds: time.Since(begin).Seconds(), LatenciesMS: []float64{}}
	for _, latency := range latencies {
		if latency > 0 {
			done.LatenciesMS = append(done.LatenciesMS, float64(latency)/float64(time.Millisecond))
		}
	}
	return done, context.Cause(ctx)
}

func connect(target string) (*grpc.ClientConn, error) {
	connection, err := grpc.NewClient(
		target,
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(asTheyAre{})),
	)
	if err != nil {
		return nil, err
	}
	connection.Connect()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for state := connection.GetState(); state != connectivity.Ready; state = connection.GetState() {
		if !connection.WaitForStateChange(ctx, state) {
			connection.Close()
			return nil, fmt.Errorf("no connection to %s", target)
		}
	}
	return connection, nil
}

func call(ctx context.Context, connection *grpc.ClientConn, method string, request []byte) error {
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	return connection.Invoke(ctx, method, request, nil)
}

// asTheyAre is a codec of messages that are serialized already, and of responses that nobody reads.
type asTheyAre struct{}

func (asTheyAre) Name() string { return "proto" }

func (asTheyAre) Marshal(message any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(message.([]byte))}, nil
}

func (asTheyAre) Unmarshal(mem.BufferSlice, any) error { return nil }

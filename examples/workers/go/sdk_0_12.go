//go:build dbos_0_12

package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
)

// Context is what DBOS hands to a workflow.
type Context = dbos.DBOSContext

// ScheduledInput is what later releases hand to the workflow of a schedule; this one runs no schedules of the database.
type ScheduledInput struct {
	ScheduledTime time.Time       `json:"scheduled_time"`
	Context       json.RawMessage `json:"context"`
}

func newContext(config dbos.Config) (Context, error) {
	return dbos.NewDBOSContext(context.Background(), config)
}

// launch starts the worker. The queue is known to this process only.
func launch(ctx Context, queue string, option dbos.QueueOption) error {
	dbos.NewWorkflowQueue(ctx, queue, option)
	return dbos.Launch(ctx)
}

func isTimeout(err error) bool {
	return errors.Is(err, &dbos.DBOSError{Code: dbos.TimeoutError})
}

//go:build dbos_0_12

package main

import (
	"context"
	"errors"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
)

// Context is what DBOS hands to a workflow.
type Context = dbos.DBOSContext

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

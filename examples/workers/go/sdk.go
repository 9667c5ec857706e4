//go:build !dbos_0_12

package main

import (
	"context"
	"errors"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
)

// Context is what DBOS hands to a workflow.
type Context = dbos.Context

// ScheduledInput is what DBOS hands to the workflow of a schedule.
type ScheduledInput = dbos.ScheduledWorkflowInput

func newContext(config dbos.Config) (Context, error) {
	config.SchedulerPollingInterval = time.Second
	return dbos.NewContext(context.Background(), config)
}

// launch starts the worker. The queue is a row in the database.
func launch(ctx Context, queue string, option dbos.QueueOption) error {
	if err := dbos.Launch(ctx); err != nil {
		return err
	}
	_, err := dbos.RegisterQueue(ctx, queue, option)
	return err
}

func isTimeout(err error) bool {
	return errors.Is(err, dbos.ErrTimeout)
}

// An order shop on DBOS: slow steps, a queue, an event, a message wait, a stream, children, a failure.
//
// It behaves as the Python worker beside it does. Environment:
//
//	DBOS_SYSTEM_DATABASE_URL  the Postgres database that holds DBOS's tables; required
//	DBOS_SCHEMA               the schema of those tables; default "dbos"
//	ORDER_APPLICATION         the application's name; default "order-worker"
//	ORDER_VERSION             the application's version; default "1"
//	ORDER_QUEUE               the name of its queue; default "orders"
//	ORDER_STEP_SECONDS        how long a step takes unless the order says otherwise; default 2
//	ORDER_LOG                 a file to which each step appends "workflow_id step_name" as it begins,
//	                          which proves what really ran, whatever the database says
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
)

const pollingInterval = 100 * time.Millisecond

var steps = []string{"reserve_stock", "charge_card", "pack", "ship", "send_receipt"}

// Order is what a customer sends; every field may be missing.
type Order struct {
	// OrderID is what the customer calls it.
	OrderID string `json:"order_id"`
	// StepSeconds says how long each of its steps takes.
	StepSeconds *float64 `json:"step_seconds"`
	// ApprovalTimeoutSeconds, if given, lets the order wait that long for a message on the topic
	// "approval" after the first step; a refusal or silence ends the order as "rejected".
	ApprovalTimeoutSeconds float64 `json:"approval_timeout_seconds"`
}

// Receipt is what becomes of an order.
type Receipt struct {
	OrderID string `json:"order_id"`
	State   string `json:"state"`
}

// StockReport is what a run of the stock report comes to.
type StockReport struct {
	Scheduled time.Time `json:"scheduled"`
	Context   any       `json:"context"`
}

// Progress is the value of the event "progress".
type Progress struct {
	Done int `json:"done"`
	Of   int `json:"of"`
}

// doStep runs a step, which is to take its time, and tells everybody about it.
//
// The stream is written within the step and costs no number; the event is set by the workflow and is
// a step of its own. So the steps of an order have the numbers 0, 2, 4, 6 and 8.
func doStep(ctx Context, order Order, name, result string) error {
	_, err := dbos.RunAsStep(ctx, func(stepContext context.Context) (string, error) {
		if err := logBegin(stepContext.(Context), name); err != nil {
			return "", err
		}
		if err := dbos.WriteStream(stepContext.(Context), "log", name+" begins"); err != nil {
			return "", err
		}
		time.Sleep(stepTime(order))
		return result, nil
	}, dbos.WithStepName(name))
	if err != nil {
		return err
	}
	return dbos.SetEvent(ctx, "progress", Progress{Done: slices.Index(steps, name) + 1, Of: len(steps)})
}

// logBegin tells that something begins, whatever becomes of it.
func logBegin(ctx Context, name string) error {
	path := os.Getenv("ORDER_LOG")
	if path == "" {
		return nil
	}
	workflowID, err := dbos.GetWorkflowID(ctx)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = fmt.Fprintf(file, "%s %s\n", workflowID, name)
	return err
}

func stepTime(order Order) time.Duration {
	seconds, err := strconv.ParseFloat(os.Getenv("ORDER_STEP_SECONDS"), 64)
	if err != nil {
		seconds = 2
	}
	if order.StepSeconds != nil {
		seconds = *order.StepSeconds
	}
	return time.Duration(seconds * float64(time.Second))
}

// processOrder takes the five steps in turn, with a stop for an approval if the order asks for one.
func processOrder(ctx Context, order Order) (Receipt, error) {
	if err := doStep(ctx, order, "reserve_stock", "reserved"); err != nil {
		return Receipt{}, err
	}
	if order.ApprovalTimeoutSeconds > 0 {
		timeout := time.Duration(order.ApprovalTimeoutSeconds * float64(time.Second))
		approval, err := dbos.Recv[string](ctx, "approval", timeout)
		switch {
		case isTimeout(err) || (err == nil && approval == "no"):
			return Receipt{order.OrderID, "rejected"}, nil
		case err != nil:
			return Receipt{}, err
		}
	}
	for _, step := range [][2]string{
		{"charge_card", "charged"}, {"pack", "packed"}, {"ship", "shipped"}, {"send_receipt", "sent"},
	} {
		if err := doStep(ctx, order, step[0], step[1]); err != nil {
			return Receipt{}, err
		}
	}
	if err := dbos.CloseStream(ctx, "log"); err != nil {
		return Receipt{}, err
	}
	return Receipt{order.OrderID, "shipped"}, nil
}

// processOrders processes several orders at once, each in a child workflow.
func processOrders(ctx Context, orders []Order) ([]Receipt, error) {
	if err := dbos.SetEvent(ctx, "orders", len(orders)); err != nil {
		return nil, err
	}
	handles := make([]dbos.WorkflowHandle[Receipt], 0, len(orders))
	for _, order := range orders {
		handle, err := dbos.RunWorkflow(ctx, processOrder, order)
		if err != nil {
			return nil, err
		}
		handles = append(handles, handle)
	}
	receipts := make([]Receipt, 0, len(orders))
	for _, handle := range handles {
		receipt, err := handle.GetResult()
		if err != nil {
			return nil, err
		}
		receipts = append(receipts, receipt)
	}
	return receipts, nil
}

// failOrder fails after its first step.
func failOrder(ctx Context, order Order) (string, error) {
	if err := doStep(ctx, order, "reserve_stock", "reserved"); err != nil {
		return "", err
	}
	return dbos.RunAsStep(ctx, func(context.Context) (string, error) {
		return "", fmt.Errorf("the card of order %s was declined", order.OrderID)
	}, dbos.WithStepName("decline_card"))
}

// stockReport runs by a schedule, if somebody makes one: DBOS passes the time that it runs for, and the schedule's context.
func stockReport(ctx Context, input ScheduledInput) (StockReport, error) {
	if err := logBegin(ctx, "stock_report"); err != nil {
		return StockReport{}, err
	}
	report := StockReport{Scheduled: input.ScheduledTime}
	err := json.Unmarshal(input.Context, &report.Context)
	return report, err
}

func main() {
	ctx, err := newContext(dbos.Config{
		AppName:            cmp.Or(os.Getenv("ORDER_APPLICATION"), "order-worker"),
		DatabaseURL:        os.Getenv("DBOS_SYSTEM_DATABASE_URL"),
		DatabaseSchema:     cmp.Or(os.Getenv("DBOS_SCHEMA"), "dbos"),
		ApplicationVersion: cmp.Or(os.Getenv("ORDER_VERSION"), "1"),
	})
	if err != nil {
		log.Fatal(err)
	}
	dbos.RegisterWorkflow(ctx, processOrder, dbos.WithWorkflowName("process_order"))
	dbos.RegisterWorkflow(ctx, processOrders, dbos.WithWorkflowName("process_orders"))
	dbos.RegisterWorkflow(ctx, failOrder, dbos.WithWorkflowName("fail_order"))
	dbos.RegisterWorkflow(ctx, stockReport, dbos.WithWorkflowName("stock_report"))
	queue := cmp.Or(os.Getenv("ORDER_QUEUE"), "orders")
	if err := launch(ctx, queue, dbos.WithQueueBasePollingInterval(pollingInterval)); err != nil {
		log.Fatal(err)
	}
	fmt.Println("worker ready")

	stopped := make(chan os.Signal, 1)
	signal.Notify(stopped, syscall.SIGINT, syscall.SIGTERM)
	<-stopped
	// Steps that still run need no mercy: DBOS recovers their workflows at the next launch.
	os.Exit(0)
}

// Command conformance makes the calls that it reads from its standard input, a JSON document a line, with this client, and writes
// what came of each as a line to its standard output. tests/clients/README.md describes both.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"log"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/workflow-control/workflow-control/clients/go/workflowcontrol"
	v1 "github.com/workflow-control/workflow-control/clients/go/workflowcontrol/v1"
	"google.golang.org/genproto/googleapis/rpc/code"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

const maxLineBytes = 16 * 1024 * 1024

type call struct {
	Address   string          `json:"address"`
	RPC       string          `json:"rpc"`
	Request   json.RawMessage `json:"request"`
	TimeoutMS int64           `json:"timeout_ms"`
	List      bool            `json:"list"`
	Take      int             `json:"take"`
}

type outcome struct {
	Responses []json.RawMessage `json:"responses"`
	Error     *failure          `json:"error,omitempty"`
}

type failure struct {
	Code         string            `json:"code"`
	Reason       string            `json:"reason"`
	Metadata     map[string]string `json:"metadata"`
	Violations   []string          `json:"violations"`
	RequestKey   string            `json:"request_key"`
	Transient    bool              `json:"transient"`
	RetryAfterMS int64             `json:"retry_after_ms"`
}

func main() {
	clients := map[string]*workflowcontrol.Client{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, maxLineBytes)
	output := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var each call
		must(json.Unmarshal(lines.Bytes(), &each))
		if clients[each.Address] == nil {
			client, err := workflowcontrol.NewClient(each.Address, grpc.WithTransportCredentials(insecure.NewCredentials()))
			must(err)
			clients[each.Address] = client
		}
		must(output.Encode(run(clients[each.Address], each)))
	}
	must(lines.Err())
}

func run(client *workflowcontrol.Client, each call) outcome {
	ctx := context.Background()
	if each.TimeoutMS > 0 {
		limited, cancel := context.WithTimeout(ctx, time.Duration(each.TimeoutMS)*time.Millisecond)
		defer cancel()
		ctx = limited
	}
	method := reflect.ValueOf(client).MethodByName(each.RPC[strings.LastIndex(each.RPC, "/")+1:])
	request := reflect.New(method.Type().In(1).Elem()).Interface().(proto.Message)
	must(protojson.Unmarshal(each.Request, request))
	got := outcome{Responses: []json.RawMessage{}}
	pass := func(message proto.Message) {
		text, err := protojson.Marshal(message)
		must(err)
		got.Responses = append(got.Responses, text)
	}
	var err error
	if watch, ok := request.(*v1.WatchWorkflowsRequest); ok {
		err = take(client.Watch(ctx, watch), each.Take, pass)
	} else {
		err = receive(ctx, method, request, each.List, pass)
	}
	var failed *workflowcontrol.Error
	if errors.As(err, &failed) {
		got.Error = describe(failed)
	} else {
		must(err)
	}
	return got
}

// take passes on so many messages of a watch, and ends it.
func take(messages iter.Seq2[*v1.WatchWorkflowsResponse, error], count int, pass func(proto.Message)) error {
	for message, err := range messages {
		if err != nil {
			return err
		}
		pass(message)
		if count--; count == 0 {
			return nil
		}
	}
	return nil
}

// receive calls a method of the client, and passes on each response, or each item of a list.
func receive(ctx context.Context, method reflect.Value, request proto.Message, list bool, pass func(proto.Message)) error {
	invoke := func(ctx context.Context, request proto.Message, _ ...grpc.CallOption) (workflowcontrol.Page, error) {
		results := method.Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(request)})
		err, _ := results[1].Interface().(error)
		page, _ := results[0].Interface().(workflowcontrol.Page)
		return page, err
	}
	if list {
		for item, err := range workflowcontrol.List(ctx, invoke, request, items) {
			if err != nil {
				return err
			}
			pass(item)
		}
		return nil
	}
	results := method.Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(request)})
	if err, failed := results[1].Interface().(error); failed {
		return err
	}
	if response, unary := results[0].Interface().(proto.Message); unary {
		pass(response)
		return nil
	}
	receive := results[0].MethodByName("Recv")
	for {
		results := receive.Call(nil)
		if err, failed := results[1].Interface().(error); errors.Is(err, io.EOF) {
			return nil
		} else if failed {
			return err
		}
		pass(results[0].Interface().(proto.Message))
	}
}

// items returns the messages of a page: those in its one repeated field.
func items(page workflowcontrol.Page) []proto.Message {
	message := page.(proto.Message).ProtoReflect()
	var found []proto.Message
	message.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		if field.IsList() {
			for i := range value.List().Len() {
				found = append(found, value.List().Get(i).Message().Interface())
			}
		}
		return true
	})
	return found
}

func describe(failed *workflowcontrol.Error) *failure {
	violations := []string{}
	for _, violation := range failed.Violations {
		violations = append(violations, violation.Field)
	}
	return &failure{
		Code:         code.Code_name[int32(failed.Code)],
		Reason:       strings.TrimPrefix(failed.Reason.String(), "ERROR_REASON_"),
		Metadata:     failed.Metadata,
		Violations:   violations,
		RequestKey:   failed.RequestKey,
		Transient:    failed.Transient(),
		RetryAfterMS: failed.RetryAfter.Milliseconds(),
	}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

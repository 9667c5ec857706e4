package workflowcontrol

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/google/uuid"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
)

// callUnary makes one logical call; gRPC below it may send it several times, always with the same request.
func callUnary(
	ctx context.Context,
	method string,
	request, response any,
	connection *grpc.ClientConn,
	invoke grpc.UnaryInvoker,
	options ...grpc.CallOption,
) error {
	if _, limited := ctx.Deadline(); !limited {
		limit, cancel := context.WithTimeout(ctx, DefaultCallTimeout)
		defer cancel()
		ctx = limit
	}
	request, requestKey := withRequestKey(method, request)
	return newError(invoke(ctx, method, request, response, connection, options...), requestKey)
}

// openStream gives the errors of a stream their type. A stream lives as long as its context.
func openStream(
	ctx context.Context,
	description *grpc.StreamDesc,
	connection *grpc.ClientConn,
	method string,
	open grpc.Streamer,
	options ...grpc.CallOption,
) (grpc.ClientStream, error) {
	stream, err := open(ctx, description, connection, method, options...)
	if err != nil {
		return nil, newError(err, "")
	}
	return &typedErrors{stream}, nil
}

type typedErrors struct{ grpc.ClientStream }

func (s *typedErrors) RecvMsg(message any) error {
	err := s.ClientStream.RecvMsg(message)
	if errors.Is(err, io.EOF) {
		return err
	}
	return newError(err, "")
}

// withRequestKey returns the request of a mutation with a key, and the key. The caller's request is not changed: sent again, it
// would be a repeat of this call. Other requests are returned as they are, with no key.
func withRequestKey(method string, request any) (any, string) {
	message, ok := request.(proto.Message)
	if !ok || !isMutation(method) {
		return request, ""
	}
	field := message.ProtoReflect().Descriptor().Fields().ByName("request_key")
	if key := message.ProtoReflect().Get(field).String(); key != "" {
		return request, key
	}
	key := uuid.NewString()
	return withField(message, "request_key", key), key
}

// isMutation tells whether the method, "/package.Service/Method", is one of the contract that has an effect: it is marked
// IDEMPOTENT, while reads have NO_SIDE_EFFECTS.
func isMutation(method string) bool {
	name := protoreflect.FullName(strings.ReplaceAll(strings.TrimPrefix(method, "/"), "/", "."))
	descriptor, err := protoregistry.GlobalFiles.FindDescriptorByName(name)
	if err != nil {
		return false
	}
	options, ok := descriptor.Options().(*descriptorpb.MethodOptions)
	return ok && options.GetIdempotencyLevel() == descriptorpb.MethodOptions_IDEMPOTENT
}

// withField returns a copy of the message with a string field set. It shares all other values with the original.
func withField(message proto.Message, name protoreflect.Name, value string) proto.Message {
	original := message.ProtoReflect()
	changed := original.New()
	original.Range(func(field protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		changed.Set(field, value)
		return true
	})
	changed.SetUnknown(original.GetUnknown())
	changed.Set(original.Descriptor().Fields().ByName(name), protoreflect.ValueOfString(value))
	return changed.Interface()
}

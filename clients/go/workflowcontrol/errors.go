package workflowcontrol

import (
	"errors"
	"fmt"
	"time"

	v1 "github.com/workflow-control/workflow-control/clients/go/workflowcontrol/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// domain is that of the contract's error reasons. Another domain's reason, say a proxy's, is not looked at.
const domain = "workflowcontrol"

// Error is how every call fails. It wraps gRPC's own error, so that the package status reads it too.
type Error struct {
	// Code is the canonical status code.
	Code codes.Code
	// Reason says why, as the contract's comments tell; ERROR_REASON_UNSPECIFIED when the failure is not the server's own, say
	// of a proxy or the transport, or the reason is newer than this client.
	Reason v1.ErrorReason
	// ReasonName is the reason as the server wrote it, also one that this client does not know.
	ReasonName string
	// Message says what happened, for people. Never branch on it.
	Message string
	// Metadata has the details of the reason, such as workflow_id.
	Metadata map[string]string
	// RequestKey is the mutation's, given or generated: keep it to repeat the call. Empty for reads.
	RequestKey string
	// RetryAfter is how long the server asks to wait before the next attempt; 0 when it does not say.
	RetryAfter time.Duration
	// Violations are the fields at fault, for INVALID_REQUEST.
	Violations []FieldViolation

	cause error
}

// FieldViolation is a field of the request, by its path in the contract, and what is wrong with it.
type FieldViolation struct {
	Field       string
	Description string
}

func (e *Error) Error() string {
	name := e.ReasonName
	if name == "" {
		name = e.Code.String()
	}
	if e.RequestKey == "" {
		return fmt.Sprintf("%s: %s", name, e.Message)
	}
	return fmt.Sprintf("%s: %s (request key %q)", name, e.Message, e.RequestKey)
}

// Unwrap returns gRPC's error.
func (e *Error) Unwrap() error { return e.cause }

// Transient tells whether the error says nothing about the request itself: it is safe to repeat the call, a mutation with the
// same RequestKey, and the way to find out what happened.
func (e *Error) Transient() bool {
	switch e.Code {
	case codes.ResourceExhausted:
		return e.Reason != v1.ErrorReason_ERROR_REASON_RESPONSE_TOO_LARGE
	case codes.Canceled, codes.Unknown, codes.DeadlineExceeded, codes.Aborted, codes.Internal, codes.Unavailable, codes.DataLoss:
		return true
	default:
		return false
	}
}

// Reason returns the reason of an *Error in err's tree, and ERROR_REASON_UNSPECIFIED when there is none.
func Reason(err error) v1.ErrorReason {
	if failure, ok := asError(err); ok {
		return failure.Reason
	}
	return v1.ErrorReason_ERROR_REASON_UNSPECIFIED
}

// IsTransient tells whether err's tree has an *Error that is transient.
func IsTransient(err error) bool {
	failure, ok := asError(err)
	return ok && failure.Transient()
}

func asError(err error) (*Error, bool) {
	var failure *Error
	return failure, errors.As(err, &failure)
}

// newError returns what the error of gRPC means to the caller; nil of nil.
func newError(err error, requestKey string) error {
	if err == nil {
		return nil
	}
	state := status.Convert(err)
	failure := &Error{Code: state.Code(), Message: state.Message(), RequestKey: requestKey, cause: err}
	for _, detail := range state.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			if detail.GetDomain() == domain {
				failure.Reason = v1.ErrorReason(v1.ErrorReason_value["ERROR_REASON_"+detail.GetReason()])
				failure.ReasonName = detail.GetReason()
				failure.Metadata = detail.GetMetadata()
			}
		case *errdetails.RetryInfo:
			failure.RetryAfter = detail.GetRetryDelay().AsDuration()
		case *errdetails.BadRequest:
			for _, violation := range detail.GetFieldViolations() {
				failure.Violations = append(failure.Violations, FieldViolation{violation.GetField(), violation.GetDescription()})
			}
		}
	}
	return failure
}

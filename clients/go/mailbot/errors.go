package mailbot

import (
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Error is a failed call with what the server told about it.
type Error struct {
	Code    codes.Code
	Message string
	// Reason is a name of ErrorReason without its prefix, or the code's if none came.
	Reason   string
	Metadata map[string]string
	// Violations are the fields of the request that were wrong: path and description.
	Violations map[string]string
	// RetryAfter is how long the server asks to wait; negative if it did not say.
	RetryAfter time.Duration
}

func (e *Error) Error() string { return fmt.Sprintf("%s: %s", e.Reason, e.Message) }

// Details is what an error of a call says; nil for nil. An error that no call made
// has the code Unknown.
func Details(err error) *Error {
	if err == nil {
		return nil
	}
	said, _ := status.FromError(err)
	decoded := &Error{
		Code: said.Code(), Message: said.Message(), Reason: said.Code().String(),
		Violations: map[string]string{}, RetryAfter: -1,
	}
	for _, detail := range said.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			if detail.GetDomain() == "mailbot" {
				decoded.Reason, decoded.Metadata = detail.GetReason(), detail.GetMetadata()
			}
		case *errdetails.BadRequest:
			for _, violation := range detail.GetFieldViolations() {
				decoded.Violations[violation.GetField()] = violation.GetDescription()
			}
		case *errdetails.RetryInfo:
			decoded.RetryAfter = detail.GetRetryDelay().AsDuration()
		}
	}
	return decoded
}

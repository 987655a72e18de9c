package mailbot

import (
	"errors"
	"testing"
	"time"

	mailbotv1 "example.com/mailbot/gen/go/mailbot/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/durationpb"
)

func TestOnlyThisMachineIsSpokenToInPlaintext(t *testing.T) {
	for target, local := range map[string]bool{
		"127.0.0.1:50051": true, "localhost:50051": true, "[::1]:50051": true,
		"dns:///localhost:50051": true, "unix:/run/mailbot.sock": true,
		"192.0.2.1:50051": false, "mailbot.example.com:443": false, "localhost": false,
	} {
		if isLoopback(target) != local {
			t.Errorf("isLoopback(%q) is %v", target, !local)
		}
	}
}

func TestAnEmptyKeyIsRefused(t *testing.T) {
	if _, err := Dial("127.0.0.1:1", ""); err == nil {
		t.Error("dialled without a key")
	}
}

func TestARequestIDIsFilledInOnlyWhereItIsMissing(t *testing.T) {
	empty := &mailbotv1.SendMessageRequest{InboxId: "inb_1"}
	named := withRequestID(empty).(*mailbotv1.SendMessageRequest)
	if named.GetRequestId() == "" || named.GetInboxId() != "inb_1" || empty.GetRequestId() != "" {
		t.Errorf("%v became %v", empty, named)
	}
	given := &mailbotv1.SendMessageRequest{RequestId: "mine"}
	if withRequestID(given) != given {
		t.Error("a given request_id was replaced")
	}
	plain := &mailbotv1.GetInboxRequest{}
	if withRequestID(plain) != plain {
		t.Error("a request without request_id was touched")
	}
}

func TestDetailsKeepWhatTheServerSaid(t *testing.T) {
	said, err := status.New(codes.ResourceExhausted, "enough").WithDetails(
		&errdetails.ErrorInfo{
			Reason: "DAILY_SEND_LIMIT", Domain: "mailbot",
			Metadata: map[string]string{"limit": "250"},
		},
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
			{Field: "to[0].address", Description: "has no domain"},
		}},
		&errdetails.RetryInfo{RetryDelay: durationpb.New(2 * time.Second)},
	)
	if err != nil {
		t.Fatal(err)
	}
	details := Details(said.Err())
	if details.Reason != "DAILY_SEND_LIMIT" || details.Metadata["limit"] != "250" ||
		details.Violations["to[0].address"] != "has no domain" ||
		details.RetryAfter != 2*time.Second || details.Code != codes.ResourceExhausted {
		t.Errorf("%+v", details)
	}
}

func TestDetailsOfABareErrorAreItsCode(t *testing.T) {
	if details := Details(status.Error(codes.NotFound, "gone")); details.Reason != "NotFound" {
		t.Errorf("%+v", details)
	}
	if details := Details(errors.New("boom")); details.Code != codes.Unknown {
		t.Errorf("%+v", details)
	}
	if Details(nil) != nil {
		t.Error("no error has details")
	}
}

func TestWaitsDoubleWithinBounds(t *testing.T) {
	f := &follower{}
	silent := &Error{RetryAfter: -1}
	for failures := 1; failures <= 20; failures++ {
		full := min(firstWait<<min(failures-1, 16), longestWait)
		if wait := f.wait(silent); wait < full/2 || wait > full {
			t.Errorf("failure %d waits %v", failures, wait)
		}
	}
	f.failures = 0
	if wait := f.wait(&Error{RetryAfter: time.Minute}); wait != time.Minute {
		t.Errorf("the server's minute became %v", wait)
	}
}

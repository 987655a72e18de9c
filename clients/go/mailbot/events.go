package mailbot

import (
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"time"

	mailbotv1 "example.com/mailbot/gen/go/mailbot/v1"
	"google.golang.org/grpc/codes"
	"google.golang.org/protobuf/proto"
)

const (
	firstWait        = 100 * time.Millisecond
	longestWait      = 10 * time.Second
	defaultHeartbeat = 15 * time.Second
	heartbeatsMissed = 3
	faultsMax        = 5
)

// Subscription says what to follow.
type Subscription struct {
	// Request has the filter and the start position; nil means everything from now on.
	Request *mailbotv1.SubscribeRequest
	// Started is called each time a stream is open: every event committed from now on
	// will come. An error ends Follow.
	Started func(*mailbotv1.StreamStarted) error
	// Save stores a cursor; all events before it have been handled. An error ends Follow.
	// Start with it, as after_cursor, to go on in another process.
	Save func(cursor string) error
}

// Follow hands every event to handle, once and in order, until the context ends, one of
// the caller's functions returns an error, or the server says what cannot get better. It
// waits out lost connections, restarts and recycled streams. A crash repeats at most the
// events of one response: deduplicate on Event.id where that matters.
func (c *Client) Follow(
	ctx context.Context, what Subscription, handle func(*mailbotv1.Event) error,
) error {
	follower := &follower{client: c, what: what, handle: handle}
	follower.request = &mailbotv1.SubscribeRequest{}
	if what.Request != nil {
		follower.request = proto.Clone(what.Request).(*mailbotv1.SubscribeRequest)
	}
	for {
		err := follower.stream(ctx)
		var stopped stoppedError
		switch {
		case err == nil:
			return nil
		case errors.As(err, &stopped):
			return stopped.cause
		case ctx.Err() != nil:
			return ctx.Err()
		case !follower.mayResume(err):
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(follower.wait(Details(err))):
		}
	}
}

// stoppedError carries what the caller's own functions returned.
type stoppedError struct{ cause error }

func (s stoppedError) Error() string { return s.cause.Error() }

type follower struct {
	client   *Client
	what     Subscription
	handle   func(*mailbotv1.Event) error
	request  *mailbotv1.SubscribeRequest
	position int64
	failures int
	wasOpen  bool
}

// stream follows one stream to its end; nil when everything asked for has come.
func (f *follower) stream(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	patience := CallTimeout
	watchdog := time.AfterFunc(patience, cancel)
	defer watchdog.Stop()
	stream, err := f.client.Events.Subscribe(ctx, f.request)
	if err != nil {
		return err
	}
	for {
		watchdog.Reset(patience)
		response, err := stream.Recv()
		watchdog.Stop() // a slow handler is not a dead server
		switch {
		case err == io.EOF && f.request.GetStopAtEnd():
			return nil
		case err != nil:
			return err
		}
		if started := response.GetStarted(); started != nil {
			patience = silence(started)
		}
		if err := f.receive(response); err != nil {
			return stoppedError{err}
		}
	}
}

func silence(started *mailbotv1.StreamStarted) time.Duration {
	if heartbeat := started.GetHeartbeatInterval().AsDuration(); heartbeat > 0 {
		return heartbeatsMissed * heartbeat
	}
	return heartbeatsMissed * defaultHeartbeat
}

// receive handles a response's new events, then moves the cursor behind them.
func (f *follower) receive(response *mailbotv1.SubscribeResponse) error {
	if started := response.GetStarted(); started != nil {
		f.wasOpen = true
		if f.what.Started != nil {
			if err := f.what.Started(started); err != nil {
				return err
			}
		}
	} else {
		f.failures = 0
	}
	for _, event := range response.GetBatch().GetEvents() {
		if event.GetPosition() <= f.position {
			continue
		}
		if err := f.handle(event); err != nil {
			return err
		}
		f.position = event.GetPosition()
	}
	return f.move(response.GetCursor())
}

func (f *follower) move(cursor string) error {
	if cursor == "" {
		return nil
	}
	f.request.Start = &mailbotv1.StartPosition{
		Position: &mailbotv1.StartPosition_AfterCursor{AfterCursor: cursor},
	}
	if f.what.Save == nil {
		return nil
	}
	return f.what.Save(cursor)
}

func (f *follower) mayResume(err error) bool {
	if errors.Is(err, io.EOF) {
		return true
	}
	said := Details(err)
	switch said.Code {
	case codes.Unavailable, codes.DeadlineExceeded, codes.Canceled, codes.Aborted:
		return true
	case codes.Internal, codes.Unknown, codes.DataLoss:
		return f.failures+1 < faultsMax
	case codes.ResourceExhausted:
		// Our own dead stream may still be counted among too many.
		return f.wasOpen || said.RetryAfter >= 0
	default:
		return false
	}
}

// wait is how long to wait after another failure: doubling with jitter, or what the
// server said.
func (f *follower) wait(said *Error) time.Duration {
	f.failures++
	wait := min(firstWait<<min(f.failures-1, 16), longestWait)
	wait = time.Duration(float64(wait) * (0.5 + rand.Float64()/2))
	if said.RetryAfter < 0 {
		return wait
	}
	if f.failures == 1 {
		return said.RetryAfter
	}
	return max(wait, said.RetryAfter)
}

// Command example creates an inbox, sends a message to it from itself, and prints the
// events until it has arrived. MAILBOT_API_KEY and MAILBOT_TARGET name key and server.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"

	"example.com/mailbot/clients/go/mailbot"
	mailbotv1 "example.com/mailbot/gen/go/mailbot/v1"
)

var errArrived = errors.New("arrived")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		log.Fatal(mailbot.Details(err))
	}
}

func run(ctx context.Context) error {
	target := cmp.Or(os.Getenv("MAILBOT_TARGET"), "127.0.0.1:50051")
	client, err := mailbot.Dial(target, os.Getenv("MAILBOT_API_KEY"))
	if err != nil {
		return err
	}
	defer client.Close()

	created, err := client.Inboxes.CreateInbox(ctx, &mailbotv1.CreateInboxRequest{})
	if err != nil {
		return err
	}
	inbox := created.GetInbox()
	fmt.Println("inbox", inbox.GetAddress())

	sent := false
	what := mailbot.Subscription{
		Request: &mailbotv1.SubscribeRequest{
			Filter: &mailbotv1.EventFilter{InboxIds: []string{inbox.GetId()}},
		},
		Started: func(*mailbotv1.StreamStarted) error {
			if sent {
				return nil
			}
			sent = true
			return send(ctx, client, inbox)
		},
	}
	err = client.Follow(ctx, what, func(event *mailbotv1.Event) error {
		fmt.Println(event.GetPosition(), event.GetType(), event.GetMessageId())
		if event.GetType() == mailbotv1.EventType_EVENT_TYPE_MESSAGE_RECEIVED {
			return errArrived
		}
		return nil
	})
	if errors.Is(err, errArrived) {
		return nil
	}
	return err
}

func send(ctx context.Context, client *mailbot.Client, inbox *mailbotv1.Inbox) error {
	_, err := client.Messages.SendMessage(ctx, &mailbotv1.SendMessageRequest{
		InboxId: inbox.GetId(),
		To:      []*mailbotv1.Mailbox{{Address: inbox.GetAddress()}},
		Content: &mailbotv1.OutgoingContent{Subject: "Hello", TextBody: "From Go."},
	})
	return err
}

package io.mailbot.client;

import io.grpc.StatusRuntimeException;
import io.mailbot.v1.CreateInboxRequest;
import io.mailbot.v1.EventFilter;
import io.mailbot.v1.EventType;
import io.mailbot.v1.Inbox;
import io.mailbot.v1.Mailbox;
import io.mailbot.v1.OutgoingContent;
import io.mailbot.v1.SendMessageRequest;
import io.mailbot.v1.SubscribeRequest;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Creates an inbox, sends a message to it from itself, and prints the events until it has arrived.
 * MAILBOT_API_KEY and MAILBOT_TARGET name key and server.
 */
public final class Example {
  private Example() {}

  public static void main(String[] arguments) throws Exception {
    String target = System.getenv().getOrDefault("MAILBOT_TARGET", "127.0.0.1:50051");
    String apiKey = System.getenv().getOrDefault("MAILBOT_API_KEY", "");
    try (MailBot mailbot = MailBot.connect(target, apiKey)) {
      run(mailbot);
    } catch (StatusRuntimeException error) {
      Details details = Details.of(error);
      System.err.println(details.reason() + ": " + details.message());
      System.exit(1);
    }
  }

  private static void run(MailBot mailbot) throws Exception {
    Inbox inbox =
        mailbot.inboxes().createInbox(CreateInboxRequest.getDefaultInstance()).getInbox();
    System.out.println("inbox " + inbox.getAddress());

    var filter = EventFilter.newBuilder().addInboxIds(inbox.getId());
    var request = SubscribeRequest.newBuilder().setFilter(filter).build();
    var sent = new AtomicBoolean();
    var subscription =
        Subscription.of(
                request,
                event -> {
                  System.out.printf(
                      "%d %s %s%n", event.getPosition(), event.getType(), event.getMessageId());
                  return event.getType() != EventType.EVENT_TYPE_MESSAGE_RECEIVED;
                })
            .onStarted(
                started -> {
                  if (sent.compareAndSet(false, true)) {
                    send(mailbot, inbox);
                  }
                });
    Follower.follow(mailbot, subscription);
  }

  private static void send(MailBot mailbot, Inbox inbox) {
    mailbot
        .messages()
        .sendMessage(
            SendMessageRequest.newBuilder()
                .setInboxId(inbox.getId())
                .addTo(Mailbox.newBuilder().setAddress(inbox.getAddress()))
                .setContent(
                    OutgoingContent.newBuilder().setSubject("Hello").setTextBody("From Java."))
                .build());
  }
}

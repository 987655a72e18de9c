package io.mailbot.client;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.mailbot.v1.AccountServiceGrpc;
import io.mailbot.v1.AddressListServiceGrpc;
import io.mailbot.v1.AuditServiceGrpc;
import io.mailbot.v1.DeliveryServiceGrpc;
import io.mailbot.v1.DomainServiceGrpc;
import io.mailbot.v1.EventServiceGrpc;
import io.mailbot.v1.InboxServiceGrpc;
import io.mailbot.v1.MessageServiceGrpc;
import io.mailbot.v1.RuleServiceGrpc;
import io.mailbot.v1.SubscriptionServiceGrpc;
import io.mailbot.v1.SuppressionServiceGrpc;
import io.mailbot.v1.ThreadServiceGrpc;
import io.mailbot.v1.UsageServiceGrpc;
import io.mailbot.v1.WebhookServiceGrpc;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The generated blocking stub of every service over one connection, which carries the API key.
 *
 * <p>Unary calls have a deadline of 30 s unless they bring their own, an empty request_id is
 * filled in, and what is then safe to repeat is retried while the server is UNAVAILABLE.
 */
public final class MailBot implements AutoCloseable {
  private static final Pattern LOOPBACK =
      Pattern.compile("(dns:///)?(localhost|127(\\.\\d{1,3}){3}|\\[::1]):\\d+|unix:.*");

  private final ManagedChannel channel;

  private MailBot(ManagedChannel channel) {
    this.channel = channel;
  }

  /**
   * A client of the server at "host:port"; it connects at the first call. A server on this
   * machine is spoken to in plaintext, any other one over TLS.
   */
  public static MailBot connect(String target, String apiKey) {
    return connect(
        target,
        apiKey,
        isLoopback(target) ? InsecureChannelCredentials.create() : TlsChannelCredentials.create());
  }

  /** As above, over TLS with certificates of your own, or in plaintext if you insist. */
  public static MailBot connect(String target, String apiKey, ChannelCredentials credentials) {
    if (apiKey == null || apiKey.isBlank()) {
      throw new IllegalArgumentException("the API key is empty");
    }
    return new MailBot(
        NettyChannelBuilder.forTarget(target, credentials)
            .defaultServiceConfig(Retries.serviceConfig())
            .enableRetry()
            .perRpcBufferLimit(4 << 20)
            .maxInboundMessageSize(16 << 20)
            .keepAliveTime(30, TimeUnit.SECONDS)
            .keepAliveTimeout(20, TimeUnit.SECONDS)
            .intercept(new Surround(apiKey.strip()))
            .build());
  }

  static boolean isLoopback(String target) {
    return LOOPBACK.matcher(target).matches();
  }

  public AccountServiceGrpc.AccountServiceBlockingStub accounts() {
    return AccountServiceGrpc.newBlockingStub(channel);
  }

  public AddressListServiceGrpc.AddressListServiceBlockingStub addressLists() {
    return AddressListServiceGrpc.newBlockingStub(channel);
  }

  public AuditServiceGrpc.AuditServiceBlockingStub audits() {
    return AuditServiceGrpc.newBlockingStub(channel);
  }

  public DeliveryServiceGrpc.DeliveryServiceBlockingStub deliveries() {
    return DeliveryServiceGrpc.newBlockingStub(channel);
  }

  public DomainServiceGrpc.DomainServiceBlockingStub domains() {
    return DomainServiceGrpc.newBlockingStub(channel);
  }

  public EventServiceGrpc.EventServiceBlockingStub events() {
    return EventServiceGrpc.newBlockingStub(channel);
  }

  public InboxServiceGrpc.InboxServiceBlockingStub inboxes() {
    return InboxServiceGrpc.newBlockingStub(channel);
  }

  public MessageServiceGrpc.MessageServiceBlockingStub messages() {
    return MessageServiceGrpc.newBlockingStub(channel);
  }

  public RuleServiceGrpc.RuleServiceBlockingStub rules() {
    return RuleServiceGrpc.newBlockingStub(channel);
  }

  public SubscriptionServiceGrpc.SubscriptionServiceBlockingStub subscriptions() {
    return SubscriptionServiceGrpc.newBlockingStub(channel);
  }

  public SuppressionServiceGrpc.SuppressionServiceBlockingStub suppressions() {
    return SuppressionServiceGrpc.newBlockingStub(channel);
  }

  public ThreadServiceGrpc.ThreadServiceBlockingStub threads() {
    return ThreadServiceGrpc.newBlockingStub(channel);
  }

  public UsageServiceGrpc.UsageServiceBlockingStub usage() {
    return UsageServiceGrpc.newBlockingStub(channel);
  }

  public WebhookServiceGrpc.WebhookServiceBlockingStub webhooks() {
    return WebhookServiceGrpc.newBlockingStub(channel);
  }

  /** Ends every call and hangs up. */
  @Override
  public void close() {
    channel.shutdownNow();
  }
}

package io.mailbot.client;

import com.google.protobuf.DescriptorProtos.MethodOptions.IdempotencyLevel;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.mailbot.v1.AccountsProto;
import io.mailbot.v1.AddressListsProto;
import io.mailbot.v1.AuditsProto;
import io.mailbot.v1.DeliveriesProto;
import io.mailbot.v1.DomainsProto;
import io.mailbot.v1.EventsProto;
import io.mailbot.v1.InboxesProto;
import io.mailbot.v1.MessagesProto;
import io.mailbot.v1.RulesProto;
import io.mailbot.v1.SubscriptionsProto;
import io.mailbot.v1.SuppressionsProto;
import io.mailbot.v1.ThreadsProto;
import io.mailbot.v1.UsageProto;
import io.mailbot.v1.WebhooksProto;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which calls are retried, as gRPC's service config. */
final class Retries {
  private static final Map<String, ?> POLICY =
      Map.of(
          "maxAttempts", 5.0,
          "initialBackoff", "0.1s",
          "maxBackoff", "5s",
          "backoffMultiplier", 2.0,
          "retryableStatusCodes", List.of("UNAVAILABLE"));

  private Retries() {}

  static Map<String, ?> serviceConfig() {
    List<Map<String, String>> names =
        Stream.of(
                AccountsProto.getDescriptor(),
                AddressListsProto.getDescriptor(),
                AuditsProto.getDescriptor(),
                DeliveriesProto.getDescriptor(),
                DomainsProto.getDescriptor(),
                EventsProto.getDescriptor(),
                InboxesProto.getDescriptor(),
                MessagesProto.getDescriptor(),
                RulesProto.getDescriptor(),
                SubscriptionsProto.getDescriptor(),
                SuppressionsProto.getDescriptor(),
                ThreadsProto.getDescriptor(),
                UsageProto.getDescriptor(),
                WebhooksProto.getDescriptor())
            .flatMap(file -> file.getServices().stream())
            .flatMap(service -> service.getMethods().stream())
            .filter(Retries::mayRepeat)
            .map(m -> Map.of("service", m.getService().getFullName(), "method", m.getName()))
            .collect(Collectors.toList());
    return Map.of("methodConfig", List.of(Map.of("name", names, "retryPolicy", POLICY)));
  }

  /** Without side effects, or with a request_id by which the server knows a repeat. */
  private static boolean mayRepeat(MethodDescriptor method) {
    boolean unary = !method.isClientStreaming() && !method.isServerStreaming();
    boolean idempotent =
        method.getOptions().getIdempotencyLevel() != IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
    boolean named = method.getInputType().findFieldByName("request_id") != null;
    return unary && (idempotent || named);
  }
}

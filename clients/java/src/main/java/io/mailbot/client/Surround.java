package io.mailbot.client;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** What surrounds every call: key, deadline, request_id. */
final class Surround implements ClientInterceptor {
  static final long CALL_TIMEOUT_SECONDS = 30;
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final String authorization;

  Surround(String apiKey) {
    this.authorization = "Bearer " + apiKey;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    boolean unbounded =
        method.getType() == MethodDescriptor.MethodType.UNARY && options.getDeadline() == null;
    CallOptions bounded =
        unbounded ? options.withDeadlineAfter(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS) : options;
    return new SimpleForwardingClientCall<>(next.newCall(method, bounded)) {
      @Override
      public void start(Listener<A> responses, Metadata headers) {
        headers.put(AUTHORIZATION, authorization);
        super.start(responses, headers);
      }

      @Override
      public void sendMessage(Q request) {
        super.sendMessage(named(request));
      }
    };
  }

  /** The request with its request_id filled in, so that the server knows a retry. */
  @SuppressWarnings("unchecked") // a message's builder builds the same kind of message
  private static <Q> Q named(Q request) {
    if (!(request instanceof Message message)) {
      return request;
    }
    FieldDescriptor field = message.getDescriptorForType().findFieldByName("request_id");
    if (field == null || !message.getField(field).equals("")) {
      return request;
    }
    String name = UUID.randomUUID().toString();
    return (Q) message.toBuilder().setField(field, name).build();
  }
}

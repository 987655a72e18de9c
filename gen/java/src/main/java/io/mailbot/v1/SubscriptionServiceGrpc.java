package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * SubscriptionService keeps durable readers of the event log: the server remembers how
 * far they have come, so that a consumer needs no memory of its own.
 * An EXCLUSIVE subscription has one consumer at a time, which gets the events in the
 * order of the log and acknowledges up to a point; another consumer that connects takes
 * over. A SHARED one spreads its events over any number of consumers; each delivery is
 * leased, acknowledged by itself, delivered again when its lease ends, and set apart
 * (parked) after max_delivery_attempts.
 * Delivery is at least once: deduplicate on Event.id. A key that is restricted to
 * inboxes sees subscriptions that were created with that restriction or a narrower one.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SubscriptionServiceGrpc {

  private SubscriptionServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.SubscriptionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CreateSubscriptionRequest,
      io.mailbot.v1.CreateSubscriptionResponse> getCreateSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateSubscription",
      requestType = io.mailbot.v1.CreateSubscriptionRequest.class,
      responseType = io.mailbot.v1.CreateSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CreateSubscriptionRequest,
      io.mailbot.v1.CreateSubscriptionResponse> getCreateSubscriptionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CreateSubscriptionRequest, io.mailbot.v1.CreateSubscriptionResponse> getCreateSubscriptionMethod;
    if ((getCreateSubscriptionMethod = SubscriptionServiceGrpc.getCreateSubscriptionMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getCreateSubscriptionMethod = SubscriptionServiceGrpc.getCreateSubscriptionMethod) == null) {
          SubscriptionServiceGrpc.getCreateSubscriptionMethod = getCreateSubscriptionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CreateSubscriptionRequest, io.mailbot.v1.CreateSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateSubscription"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("CreateSubscription"))
              .build();
        }
      }
    }
    return getCreateSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetSubscriptionRequest,
      io.mailbot.v1.GetSubscriptionResponse> getGetSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSubscription",
      requestType = io.mailbot.v1.GetSubscriptionRequest.class,
      responseType = io.mailbot.v1.GetSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetSubscriptionRequest,
      io.mailbot.v1.GetSubscriptionResponse> getGetSubscriptionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetSubscriptionRequest, io.mailbot.v1.GetSubscriptionResponse> getGetSubscriptionMethod;
    if ((getGetSubscriptionMethod = SubscriptionServiceGrpc.getGetSubscriptionMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getGetSubscriptionMethod = SubscriptionServiceGrpc.getGetSubscriptionMethod) == null) {
          SubscriptionServiceGrpc.getGetSubscriptionMethod = getGetSubscriptionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetSubscriptionRequest, io.mailbot.v1.GetSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSubscription"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("GetSubscription"))
              .build();
        }
      }
    }
    return getGetSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListSubscriptionsRequest,
      io.mailbot.v1.ListSubscriptionsResponse> getListSubscriptionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSubscriptions",
      requestType = io.mailbot.v1.ListSubscriptionsRequest.class,
      responseType = io.mailbot.v1.ListSubscriptionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListSubscriptionsRequest,
      io.mailbot.v1.ListSubscriptionsResponse> getListSubscriptionsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListSubscriptionsRequest, io.mailbot.v1.ListSubscriptionsResponse> getListSubscriptionsMethod;
    if ((getListSubscriptionsMethod = SubscriptionServiceGrpc.getListSubscriptionsMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getListSubscriptionsMethod = SubscriptionServiceGrpc.getListSubscriptionsMethod) == null) {
          SubscriptionServiceGrpc.getListSubscriptionsMethod = getListSubscriptionsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListSubscriptionsRequest, io.mailbot.v1.ListSubscriptionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSubscriptions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListSubscriptionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListSubscriptionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("ListSubscriptions"))
              .build();
        }
      }
    }
    return getListSubscriptionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.UpdateSubscriptionRequest,
      io.mailbot.v1.UpdateSubscriptionResponse> getUpdateSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateSubscription",
      requestType = io.mailbot.v1.UpdateSubscriptionRequest.class,
      responseType = io.mailbot.v1.UpdateSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.UpdateSubscriptionRequest,
      io.mailbot.v1.UpdateSubscriptionResponse> getUpdateSubscriptionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.UpdateSubscriptionRequest, io.mailbot.v1.UpdateSubscriptionResponse> getUpdateSubscriptionMethod;
    if ((getUpdateSubscriptionMethod = SubscriptionServiceGrpc.getUpdateSubscriptionMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getUpdateSubscriptionMethod = SubscriptionServiceGrpc.getUpdateSubscriptionMethod) == null) {
          SubscriptionServiceGrpc.getUpdateSubscriptionMethod = getUpdateSubscriptionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.UpdateSubscriptionRequest, io.mailbot.v1.UpdateSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateSubscription"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("UpdateSubscription"))
              .build();
        }
      }
    }
    return getUpdateSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.DeleteSubscriptionRequest,
      io.mailbot.v1.DeleteSubscriptionResponse> getDeleteSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteSubscription",
      requestType = io.mailbot.v1.DeleteSubscriptionRequest.class,
      responseType = io.mailbot.v1.DeleteSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.DeleteSubscriptionRequest,
      io.mailbot.v1.DeleteSubscriptionResponse> getDeleteSubscriptionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.DeleteSubscriptionRequest, io.mailbot.v1.DeleteSubscriptionResponse> getDeleteSubscriptionMethod;
    if ((getDeleteSubscriptionMethod = SubscriptionServiceGrpc.getDeleteSubscriptionMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getDeleteSubscriptionMethod = SubscriptionServiceGrpc.getDeleteSubscriptionMethod) == null) {
          SubscriptionServiceGrpc.getDeleteSubscriptionMethod = getDeleteSubscriptionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.DeleteSubscriptionRequest, io.mailbot.v1.DeleteSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteSubscription"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DeleteSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DeleteSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("DeleteSubscription"))
              .build();
        }
      }
    }
    return getDeleteSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SeekSubscriptionRequest,
      io.mailbot.v1.SeekSubscriptionResponse> getSeekSubscriptionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SeekSubscription",
      requestType = io.mailbot.v1.SeekSubscriptionRequest.class,
      responseType = io.mailbot.v1.SeekSubscriptionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SeekSubscriptionRequest,
      io.mailbot.v1.SeekSubscriptionResponse> getSeekSubscriptionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SeekSubscriptionRequest, io.mailbot.v1.SeekSubscriptionResponse> getSeekSubscriptionMethod;
    if ((getSeekSubscriptionMethod = SubscriptionServiceGrpc.getSeekSubscriptionMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getSeekSubscriptionMethod = SubscriptionServiceGrpc.getSeekSubscriptionMethod) == null) {
          SubscriptionServiceGrpc.getSeekSubscriptionMethod = getSeekSubscriptionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SeekSubscriptionRequest, io.mailbot.v1.SeekSubscriptionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SeekSubscription"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SeekSubscriptionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SeekSubscriptionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("SeekSubscription"))
              .build();
        }
      }
    }
    return getSeekSubscriptionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ConsumeRequest,
      io.mailbot.v1.ConsumeResponse> getConsumeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Consume",
      requestType = io.mailbot.v1.ConsumeRequest.class,
      responseType = io.mailbot.v1.ConsumeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ConsumeRequest,
      io.mailbot.v1.ConsumeResponse> getConsumeMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ConsumeRequest, io.mailbot.v1.ConsumeResponse> getConsumeMethod;
    if ((getConsumeMethod = SubscriptionServiceGrpc.getConsumeMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getConsumeMethod = SubscriptionServiceGrpc.getConsumeMethod) == null) {
          SubscriptionServiceGrpc.getConsumeMethod = getConsumeMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ConsumeRequest, io.mailbot.v1.ConsumeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Consume"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ConsumeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ConsumeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("Consume"))
              .build();
        }
      }
    }
    return getConsumeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.AcknowledgeRequest,
      io.mailbot.v1.AcknowledgeResponse> getAcknowledgeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Acknowledge",
      requestType = io.mailbot.v1.AcknowledgeRequest.class,
      responseType = io.mailbot.v1.AcknowledgeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.AcknowledgeRequest,
      io.mailbot.v1.AcknowledgeResponse> getAcknowledgeMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.AcknowledgeRequest, io.mailbot.v1.AcknowledgeResponse> getAcknowledgeMethod;
    if ((getAcknowledgeMethod = SubscriptionServiceGrpc.getAcknowledgeMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getAcknowledgeMethod = SubscriptionServiceGrpc.getAcknowledgeMethod) == null) {
          SubscriptionServiceGrpc.getAcknowledgeMethod = getAcknowledgeMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.AcknowledgeRequest, io.mailbot.v1.AcknowledgeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Acknowledge"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.AcknowledgeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.AcknowledgeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("Acknowledge"))
              .build();
        }
      }
    }
    return getAcknowledgeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ModifyAckDeadlineRequest,
      io.mailbot.v1.ModifyAckDeadlineResponse> getModifyAckDeadlineMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ModifyAckDeadline",
      requestType = io.mailbot.v1.ModifyAckDeadlineRequest.class,
      responseType = io.mailbot.v1.ModifyAckDeadlineResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ModifyAckDeadlineRequest,
      io.mailbot.v1.ModifyAckDeadlineResponse> getModifyAckDeadlineMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ModifyAckDeadlineRequest, io.mailbot.v1.ModifyAckDeadlineResponse> getModifyAckDeadlineMethod;
    if ((getModifyAckDeadlineMethod = SubscriptionServiceGrpc.getModifyAckDeadlineMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getModifyAckDeadlineMethod = SubscriptionServiceGrpc.getModifyAckDeadlineMethod) == null) {
          SubscriptionServiceGrpc.getModifyAckDeadlineMethod = getModifyAckDeadlineMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ModifyAckDeadlineRequest, io.mailbot.v1.ModifyAckDeadlineResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ModifyAckDeadline"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ModifyAckDeadlineRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ModifyAckDeadlineResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("ModifyAckDeadline"))
              .build();
        }
      }
    }
    return getModifyAckDeadlineMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListParkedDeliveriesRequest,
      io.mailbot.v1.ListParkedDeliveriesResponse> getListParkedDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListParkedDeliveries",
      requestType = io.mailbot.v1.ListParkedDeliveriesRequest.class,
      responseType = io.mailbot.v1.ListParkedDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListParkedDeliveriesRequest,
      io.mailbot.v1.ListParkedDeliveriesResponse> getListParkedDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListParkedDeliveriesRequest, io.mailbot.v1.ListParkedDeliveriesResponse> getListParkedDeliveriesMethod;
    if ((getListParkedDeliveriesMethod = SubscriptionServiceGrpc.getListParkedDeliveriesMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getListParkedDeliveriesMethod = SubscriptionServiceGrpc.getListParkedDeliveriesMethod) == null) {
          SubscriptionServiceGrpc.getListParkedDeliveriesMethod = getListParkedDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListParkedDeliveriesRequest, io.mailbot.v1.ListParkedDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListParkedDeliveries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListParkedDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListParkedDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("ListParkedDeliveries"))
              .build();
        }
      }
    }
    return getListParkedDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseParkedDeliveriesRequest,
      io.mailbot.v1.ReleaseParkedDeliveriesResponse> getReleaseParkedDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseParkedDeliveries",
      requestType = io.mailbot.v1.ReleaseParkedDeliveriesRequest.class,
      responseType = io.mailbot.v1.ReleaseParkedDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseParkedDeliveriesRequest,
      io.mailbot.v1.ReleaseParkedDeliveriesResponse> getReleaseParkedDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseParkedDeliveriesRequest, io.mailbot.v1.ReleaseParkedDeliveriesResponse> getReleaseParkedDeliveriesMethod;
    if ((getReleaseParkedDeliveriesMethod = SubscriptionServiceGrpc.getReleaseParkedDeliveriesMethod) == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        if ((getReleaseParkedDeliveriesMethod = SubscriptionServiceGrpc.getReleaseParkedDeliveriesMethod) == null) {
          SubscriptionServiceGrpc.getReleaseParkedDeliveriesMethod = getReleaseParkedDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ReleaseParkedDeliveriesRequest, io.mailbot.v1.ReleaseParkedDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseParkedDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReleaseParkedDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReleaseParkedDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SubscriptionServiceMethodDescriptorSupplier("ReleaseParkedDeliveries"))
              .build();
        }
      }
    }
    return getReleaseParkedDeliveriesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SubscriptionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceStub>() {
        @java.lang.Override
        public SubscriptionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SubscriptionServiceStub(channel, callOptions);
        }
      };
    return SubscriptionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SubscriptionServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceBlockingV2Stub>() {
        @java.lang.Override
        public SubscriptionServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SubscriptionServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SubscriptionServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SubscriptionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceBlockingStub>() {
        @java.lang.Override
        public SubscriptionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SubscriptionServiceBlockingStub(channel, callOptions);
        }
      };
    return SubscriptionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SubscriptionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SubscriptionServiceFutureStub>() {
        @java.lang.Override
        public SubscriptionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SubscriptionServiceFutureStub(channel, callOptions);
        }
      };
    return SubscriptionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * SubscriptionService keeps durable readers of the event log: the server remembers how
   * far they have come, so that a consumer needs no memory of its own.
   * An EXCLUSIVE subscription has one consumer at a time, which gets the events in the
   * order of the log and acknowledges up to a point; another consumer that connects takes
   * over. A SHARED one spreads its events over any number of consumers; each delivery is
   * leased, acknowledged by itself, delivered again when its lease ends, and set apart
   * (parked) after max_delivery_attempts.
   * Delivery is at least once: deduplicate on Event.id. A key that is restricted to
   * inboxes sees subscriptions that were created with that restriction or a narrower one.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a subscription. At most 100 an account. Needs `subscriptions:write`.
     * Errors: FIELD_INVALID, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * TOO_MANY_SUBSCRIPTIONS, REQUEST_ID_REUSED.
     * </pre>
     */
    default void createSubscription(io.mailbot.v1.CreateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateSubscriptionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a subscription, with its backlog. Needs `subscriptions:read`.
     * </pre>
     */
    default void getSubscription(io.mailbot.v1.GetSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSubscriptionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists subscriptions, newest first. Needs `subscriptions:read`.
     * </pre>
     */
    default void listSubscriptions(io.mailbot.v1.ListSubscriptionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListSubscriptionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSubscriptionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a subscription. A new filter holds for events that were not handed out
     * yet. Needs `subscriptions:write`.
     * Errors: ETAG_MISMATCH when subscription.etag is set and stale.
     * </pre>
     */
    default void updateSubscription(io.mailbot.v1.UpdateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateSubscriptionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a subscription; its open streams end. Needs `subscriptions:write`.
     * </pre>
     */
    default void deleteSubscription(io.mailbot.v1.DeleteSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteSubscriptionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Moves a subscription to any position that is kept, and revives an expired one. What
     * was handed out is forgotten, its ack ids become stale, and open streams are
     * recycled. Parked deliveries stay, but for those that come again. Needs
     * `subscriptions:write`.
     * Errors: CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED.
     * </pre>
     */
    default void seekSubscription(io.mailbot.v1.SeekSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SeekSubscriptionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSeekSubscriptionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams deliveries of a subscription. The first response is `started`. A consumer
     * that comes back with its consumer_id goes on where it was. Needs
     * `events:consume`.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE: reconnect
     *   ABORTED / CONSUMER_REPLACED: another consumer took an exclusive subscription over
     *   OUT_OF_RANGE / CURSOR_EXPIRED: its position was trimmed; SeekSubscription
     *   NOT_FOUND: it was deleted
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s
     * </pre>
     */
    default void consume(io.mailbot.v1.ConsumeRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ConsumeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getConsumeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says that deliveries are done. May arrive over any connection, at any server of the
     * same database. Needs `events:consume`.
     * </pre>
     */
    default void acknowledge(io.mailbot.v1.AcknowledgeRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.AcknowledgeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcknowledgeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives deliveries more time, or gives them back at once with 0. Needs
     * `events:consume`.
     * </pre>
     */
    default void modifyAckDeadline(io.mailbot.v1.ModifyAckDeadlineRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ModifyAckDeadlineResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getModifyAckDeadlineMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists deliveries that were given up, oldest first. Needs `subscriptions:read`.
     * </pre>
     */
    default void listParkedDeliveries(io.mailbot.v1.ListParkedDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListParkedDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListParkedDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Delivers parked deliveries again, or drops them. Needs `subscriptions:write`.
     * </pre>
     */
    default void releaseParkedDeliveries(io.mailbot.v1.ReleaseParkedDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseParkedDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseParkedDeliveriesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SubscriptionService.
   * <pre>
   * SubscriptionService keeps durable readers of the event log: the server remembers how
   * far they have come, so that a consumer needs no memory of its own.
   * An EXCLUSIVE subscription has one consumer at a time, which gets the events in the
   * order of the log and acknowledges up to a point; another consumer that connects takes
   * over. A SHARED one spreads its events over any number of consumers; each delivery is
   * leased, acknowledged by itself, delivered again when its lease ends, and set apart
   * (parked) after max_delivery_attempts.
   * Delivery is at least once: deduplicate on Event.id. A key that is restricted to
   * inboxes sees subscriptions that were created with that restriction or a narrower one.
   * </pre>
   */
  public static abstract class SubscriptionServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SubscriptionServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SubscriptionService.
   * <pre>
   * SubscriptionService keeps durable readers of the event log: the server remembers how
   * far they have come, so that a consumer needs no memory of its own.
   * An EXCLUSIVE subscription has one consumer at a time, which gets the events in the
   * order of the log and acknowledges up to a point; another consumer that connects takes
   * over. A SHARED one spreads its events over any number of consumers; each delivery is
   * leased, acknowledged by itself, delivered again when its lease ends, and set apart
   * (parked) after max_delivery_attempts.
   * Delivery is at least once: deduplicate on Event.id. A key that is restricted to
   * inboxes sees subscriptions that were created with that restriction or a narrower one.
   * </pre>
   */
  public static final class SubscriptionServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SubscriptionServiceStub> {
    private SubscriptionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SubscriptionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SubscriptionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a subscription. At most 100 an account. Needs `subscriptions:write`.
     * Errors: FIELD_INVALID, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * TOO_MANY_SUBSCRIPTIONS, REQUEST_ID_REUSED.
     * </pre>
     */
    public void createSubscription(io.mailbot.v1.CreateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a subscription, with its backlog. Needs `subscriptions:read`.
     * </pre>
     */
    public void getSubscription(io.mailbot.v1.GetSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists subscriptions, newest first. Needs `subscriptions:read`.
     * </pre>
     */
    public void listSubscriptions(io.mailbot.v1.ListSubscriptionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListSubscriptionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSubscriptionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a subscription. A new filter holds for events that were not handed out
     * yet. Needs `subscriptions:write`.
     * Errors: ETAG_MISMATCH when subscription.etag is set and stale.
     * </pre>
     */
    public void updateSubscription(io.mailbot.v1.UpdateSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a subscription; its open streams end. Needs `subscriptions:write`.
     * </pre>
     */
    public void deleteSubscription(io.mailbot.v1.DeleteSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Moves a subscription to any position that is kept, and revives an expired one. What
     * was handed out is forgotten, its ack ids become stale, and open streams are
     * recycled. Parked deliveries stay, but for those that come again. Needs
     * `subscriptions:write`.
     * Errors: CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED.
     * </pre>
     */
    public void seekSubscription(io.mailbot.v1.SeekSubscriptionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SeekSubscriptionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSeekSubscriptionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Streams deliveries of a subscription. The first response is `started`. A consumer
     * that comes back with its consumer_id goes on where it was. Needs
     * `events:consume`.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE: reconnect
     *   ABORTED / CONSUMER_REPLACED: another consumer took an exclusive subscription over
     *   OUT_OF_RANGE / CURSOR_EXPIRED: its position was trimmed; SeekSubscription
     *   NOT_FOUND: it was deleted
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s
     * </pre>
     */
    public void consume(io.mailbot.v1.ConsumeRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ConsumeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getConsumeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says that deliveries are done. May arrive over any connection, at any server of the
     * same database. Needs `events:consume`.
     * </pre>
     */
    public void acknowledge(io.mailbot.v1.AcknowledgeRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.AcknowledgeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcknowledgeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives deliveries more time, or gives them back at once with 0. Needs
     * `events:consume`.
     * </pre>
     */
    public void modifyAckDeadline(io.mailbot.v1.ModifyAckDeadlineRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ModifyAckDeadlineResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getModifyAckDeadlineMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists deliveries that were given up, oldest first. Needs `subscriptions:read`.
     * </pre>
     */
    public void listParkedDeliveries(io.mailbot.v1.ListParkedDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListParkedDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListParkedDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Delivers parked deliveries again, or drops them. Needs `subscriptions:write`.
     * </pre>
     */
    public void releaseParkedDeliveries(io.mailbot.v1.ReleaseParkedDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseParkedDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseParkedDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SubscriptionService.
   * <pre>
   * SubscriptionService keeps durable readers of the event log: the server remembers how
   * far they have come, so that a consumer needs no memory of its own.
   * An EXCLUSIVE subscription has one consumer at a time, which gets the events in the
   * order of the log and acknowledges up to a point; another consumer that connects takes
   * over. A SHARED one spreads its events over any number of consumers; each delivery is
   * leased, acknowledged by itself, delivered again when its lease ends, and set apart
   * (parked) after max_delivery_attempts.
   * Delivery is at least once: deduplicate on Event.id. A key that is restricted to
   * inboxes sees subscriptions that were created with that restriction or a narrower one.
   * </pre>
   */
  public static final class SubscriptionServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SubscriptionServiceBlockingV2Stub> {
    private SubscriptionServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SubscriptionServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SubscriptionServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a subscription. At most 100 an account. Needs `subscriptions:write`.
     * Errors: FIELD_INVALID, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * TOO_MANY_SUBSCRIPTIONS, REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.CreateSubscriptionResponse createSubscription(io.mailbot.v1.CreateSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a subscription, with its backlog. Needs `subscriptions:read`.
     * </pre>
     */
    public io.mailbot.v1.GetSubscriptionResponse getSubscription(io.mailbot.v1.GetSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists subscriptions, newest first. Needs `subscriptions:read`.
     * </pre>
     */
    public io.mailbot.v1.ListSubscriptionsResponse listSubscriptions(io.mailbot.v1.ListSubscriptionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSubscriptionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a subscription. A new filter holds for events that were not handed out
     * yet. Needs `subscriptions:write`.
     * Errors: ETAG_MISMATCH when subscription.etag is set and stale.
     * </pre>
     */
    public io.mailbot.v1.UpdateSubscriptionResponse updateSubscription(io.mailbot.v1.UpdateSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a subscription; its open streams end. Needs `subscriptions:write`.
     * </pre>
     */
    public io.mailbot.v1.DeleteSubscriptionResponse deleteSubscription(io.mailbot.v1.DeleteSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves a subscription to any position that is kept, and revives an expired one. What
     * was handed out is forgotten, its ack ids become stale, and open streams are
     * recycled. Parked deliveries stay, but for those that come again. Needs
     * `subscriptions:write`.
     * Errors: CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED.
     * </pre>
     */
    public io.mailbot.v1.SeekSubscriptionResponse seekSubscription(io.mailbot.v1.SeekSubscriptionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSeekSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams deliveries of a subscription. The first response is `started`. A consumer
     * that comes back with its consumer_id goes on where it was. Needs
     * `events:consume`.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE: reconnect
     *   ABORTED / CONSUMER_REPLACED: another consumer took an exclusive subscription over
     *   OUT_OF_RANGE / CURSOR_EXPIRED: its position was trimmed; SeekSubscription
     *   NOT_FOUND: it was deleted
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.mailbot.v1.ConsumeResponse>
        consume(io.mailbot.v1.ConsumeRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getConsumeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says that deliveries are done. May arrive over any connection, at any server of the
     * same database. Needs `events:consume`.
     * </pre>
     */
    public io.mailbot.v1.AcknowledgeResponse acknowledge(io.mailbot.v1.AcknowledgeRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcknowledgeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives deliveries more time, or gives them back at once with 0. Needs
     * `events:consume`.
     * </pre>
     */
    public io.mailbot.v1.ModifyAckDeadlineResponse modifyAckDeadline(io.mailbot.v1.ModifyAckDeadlineRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getModifyAckDeadlineMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists deliveries that were given up, oldest first. Needs `subscriptions:read`.
     * </pre>
     */
    public io.mailbot.v1.ListParkedDeliveriesResponse listParkedDeliveries(io.mailbot.v1.ListParkedDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListParkedDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers parked deliveries again, or drops them. Needs `subscriptions:write`.
     * </pre>
     */
    public io.mailbot.v1.ReleaseParkedDeliveriesResponse releaseParkedDeliveries(io.mailbot.v1.ReleaseParkedDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseParkedDeliveriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SubscriptionService.
   * <pre>
   * SubscriptionService keeps durable readers of the event log: the server remembers how
   * far they have come, so that a consumer needs no memory of its own.
   * An EXCLUSIVE subscription has one consumer at a time, which gets the events in the
   * order of the log and acknowledges up to a point; another consumer that connects takes
   * over. A SHARED one spreads its events over any number of consumers; each delivery is
   * leased, acknowledged by itself, delivered again when its lease ends, and set apart
   * (parked) after max_delivery_attempts.
   * Delivery is at least once: deduplicate on Event.id. A key that is restricted to
   * inboxes sees subscriptions that were created with that restriction or a narrower one.
   * </pre>
   */
  public static final class SubscriptionServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SubscriptionServiceBlockingStub> {
    private SubscriptionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SubscriptionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SubscriptionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a subscription. At most 100 an account. Needs `subscriptions:write`.
     * Errors: FIELD_INVALID, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * TOO_MANY_SUBSCRIPTIONS, REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.CreateSubscriptionResponse createSubscription(io.mailbot.v1.CreateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a subscription, with its backlog. Needs `subscriptions:read`.
     * </pre>
     */
    public io.mailbot.v1.GetSubscriptionResponse getSubscription(io.mailbot.v1.GetSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists subscriptions, newest first. Needs `subscriptions:read`.
     * </pre>
     */
    public io.mailbot.v1.ListSubscriptionsResponse listSubscriptions(io.mailbot.v1.ListSubscriptionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSubscriptionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a subscription. A new filter holds for events that were not handed out
     * yet. Needs `subscriptions:write`.
     * Errors: ETAG_MISMATCH when subscription.etag is set and stale.
     * </pre>
     */
    public io.mailbot.v1.UpdateSubscriptionResponse updateSubscription(io.mailbot.v1.UpdateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a subscription; its open streams end. Needs `subscriptions:write`.
     * </pre>
     */
    public io.mailbot.v1.DeleteSubscriptionResponse deleteSubscription(io.mailbot.v1.DeleteSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Moves a subscription to any position that is kept, and revives an expired one. What
     * was handed out is forgotten, its ack ids become stale, and open streams are
     * recycled. Parked deliveries stay, but for those that come again. Needs
     * `subscriptions:write`.
     * Errors: CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED.
     * </pre>
     */
    public io.mailbot.v1.SeekSubscriptionResponse seekSubscription(io.mailbot.v1.SeekSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSeekSubscriptionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams deliveries of a subscription. The first response is `started`. A consumer
     * that comes back with its consumer_id goes on where it was. Needs
     * `events:consume`.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE: reconnect
     *   ABORTED / CONSUMER_REPLACED: another consumer took an exclusive subscription over
     *   OUT_OF_RANGE / CURSOR_EXPIRED: its position was trimmed; SeekSubscription
     *   NOT_FOUND: it was deleted
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s
     * </pre>
     */
    public java.util.Iterator<io.mailbot.v1.ConsumeResponse> consume(
        io.mailbot.v1.ConsumeRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getConsumeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says that deliveries are done. May arrive over any connection, at any server of the
     * same database. Needs `events:consume`.
     * </pre>
     */
    public io.mailbot.v1.AcknowledgeResponse acknowledge(io.mailbot.v1.AcknowledgeRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAcknowledgeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives deliveries more time, or gives them back at once with 0. Needs
     * `events:consume`.
     * </pre>
     */
    public io.mailbot.v1.ModifyAckDeadlineResponse modifyAckDeadline(io.mailbot.v1.ModifyAckDeadlineRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getModifyAckDeadlineMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists deliveries that were given up, oldest first. Needs `subscriptions:read`.
     * </pre>
     */
    public io.mailbot.v1.ListParkedDeliveriesResponse listParkedDeliveries(io.mailbot.v1.ListParkedDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListParkedDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers parked deliveries again, or drops them. Needs `subscriptions:write`.
     * </pre>
     */
    public io.mailbot.v1.ReleaseParkedDeliveriesResponse releaseParkedDeliveries(io.mailbot.v1.ReleaseParkedDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseParkedDeliveriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SubscriptionService.
   * <pre>
   * SubscriptionService keeps durable readers of the event log: the server remembers how
   * far they have come, so that a consumer needs no memory of its own.
   * An EXCLUSIVE subscription has one consumer at a time, which gets the events in the
   * order of the log and acknowledges up to a point; another consumer that connects takes
   * over. A SHARED one spreads its events over any number of consumers; each delivery is
   * leased, acknowledged by itself, delivered again when its lease ends, and set apart
   * (parked) after max_delivery_attempts.
   * Delivery is at least once: deduplicate on Event.id. A key that is restricted to
   * inboxes sees subscriptions that were created with that restriction or a narrower one.
   * </pre>
   */
  public static final class SubscriptionServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SubscriptionServiceFutureStub> {
    private SubscriptionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SubscriptionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SubscriptionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a subscription. At most 100 an account. Needs `subscriptions:write`.
     * Errors: FIELD_INVALID, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * TOO_MANY_SUBSCRIPTIONS, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CreateSubscriptionResponse> createSubscription(
        io.mailbot.v1.CreateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a subscription, with its backlog. Needs `subscriptions:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetSubscriptionResponse> getSubscription(
        io.mailbot.v1.GetSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists subscriptions, newest first. Needs `subscriptions:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListSubscriptionsResponse> listSubscriptions(
        io.mailbot.v1.ListSubscriptionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSubscriptionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a subscription. A new filter holds for events that were not handed out
     * yet. Needs `subscriptions:write`.
     * Errors: ETAG_MISMATCH when subscription.etag is set and stale.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.UpdateSubscriptionResponse> updateSubscription(
        io.mailbot.v1.UpdateSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a subscription; its open streams end. Needs `subscriptions:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.DeleteSubscriptionResponse> deleteSubscription(
        io.mailbot.v1.DeleteSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Moves a subscription to any position that is kept, and revives an expired one. What
     * was handed out is forgotten, its ack ids become stale, and open streams are
     * recycled. Parked deliveries stay, but for those that come again. Needs
     * `subscriptions:write`.
     * Errors: CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.SeekSubscriptionResponse> seekSubscription(
        io.mailbot.v1.SeekSubscriptionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSeekSubscriptionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says that deliveries are done. May arrive over any connection, at any server of the
     * same database. Needs `events:consume`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.AcknowledgeResponse> acknowledge(
        io.mailbot.v1.AcknowledgeRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAcknowledgeMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives deliveries more time, or gives them back at once with 0. Needs
     * `events:consume`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ModifyAckDeadlineResponse> modifyAckDeadline(
        io.mailbot.v1.ModifyAckDeadlineRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getModifyAckDeadlineMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists deliveries that were given up, oldest first. Needs `subscriptions:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListParkedDeliveriesResponse> listParkedDeliveries(
        io.mailbot.v1.ListParkedDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListParkedDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Delivers parked deliveries again, or drops them. Needs `subscriptions:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ReleaseParkedDeliveriesResponse> releaseParkedDeliveries(
        io.mailbot.v1.ReleaseParkedDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseParkedDeliveriesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_SUBSCRIPTION = 0;
  private static final int METHODID_GET_SUBSCRIPTION = 1;
  private static final int METHODID_LIST_SUBSCRIPTIONS = 2;
  private static final int METHODID_UPDATE_SUBSCRIPTION = 3;
  private static final int METHODID_DELETE_SUBSCRIPTION = 4;
  private static final int METHODID_SEEK_SUBSCRIPTION = 5;
  private static final int METHODID_CONSUME = 6;
  private static final int METHODID_ACKNOWLEDGE = 7;
  private static final int METHODID_MODIFY_ACK_DEADLINE = 8;
  private static final int METHODID_LIST_PARKED_DELIVERIES = 9;
  private static final int METHODID_RELEASE_PARKED_DELIVERIES = 10;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_SUBSCRIPTION:
          serviceImpl.createSubscription((io.mailbot.v1.CreateSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CreateSubscriptionResponse>) responseObserver);
          break;
        case METHODID_GET_SUBSCRIPTION:
          serviceImpl.getSubscription((io.mailbot.v1.GetSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetSubscriptionResponse>) responseObserver);
          break;
        case METHODID_LIST_SUBSCRIPTIONS:
          serviceImpl.listSubscriptions((io.mailbot.v1.ListSubscriptionsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListSubscriptionsResponse>) responseObserver);
          break;
        case METHODID_UPDATE_SUBSCRIPTION:
          serviceImpl.updateSubscription((io.mailbot.v1.UpdateSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateSubscriptionResponse>) responseObserver);
          break;
        case METHODID_DELETE_SUBSCRIPTION:
          serviceImpl.deleteSubscription((io.mailbot.v1.DeleteSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteSubscriptionResponse>) responseObserver);
          break;
        case METHODID_SEEK_SUBSCRIPTION:
          serviceImpl.seekSubscription((io.mailbot.v1.SeekSubscriptionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SeekSubscriptionResponse>) responseObserver);
          break;
        case METHODID_CONSUME:
          serviceImpl.consume((io.mailbot.v1.ConsumeRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ConsumeResponse>) responseObserver);
          break;
        case METHODID_ACKNOWLEDGE:
          serviceImpl.acknowledge((io.mailbot.v1.AcknowledgeRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.AcknowledgeResponse>) responseObserver);
          break;
        case METHODID_MODIFY_ACK_DEADLINE:
          serviceImpl.modifyAckDeadline((io.mailbot.v1.ModifyAckDeadlineRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ModifyAckDeadlineResponse>) responseObserver);
          break;
        case METHODID_LIST_PARKED_DELIVERIES:
          serviceImpl.listParkedDeliveries((io.mailbot.v1.ListParkedDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListParkedDeliveriesResponse>) responseObserver);
          break;
        case METHODID_RELEASE_PARKED_DELIVERIES:
          serviceImpl.releaseParkedDeliveries((io.mailbot.v1.ReleaseParkedDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseParkedDeliveriesResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getCreateSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CreateSubscriptionRequest,
              io.mailbot.v1.CreateSubscriptionResponse>(
                service, METHODID_CREATE_SUBSCRIPTION)))
        .addMethod(
          getGetSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetSubscriptionRequest,
              io.mailbot.v1.GetSubscriptionResponse>(
                service, METHODID_GET_SUBSCRIPTION)))
        .addMethod(
          getListSubscriptionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListSubscriptionsRequest,
              io.mailbot.v1.ListSubscriptionsResponse>(
                service, METHODID_LIST_SUBSCRIPTIONS)))
        .addMethod(
          getUpdateSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.UpdateSubscriptionRequest,
              io.mailbot.v1.UpdateSubscriptionResponse>(
                service, METHODID_UPDATE_SUBSCRIPTION)))
        .addMethod(
          getDeleteSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.DeleteSubscriptionRequest,
              io.mailbot.v1.DeleteSubscriptionResponse>(
                service, METHODID_DELETE_SUBSCRIPTION)))
        .addMethod(
          getSeekSubscriptionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.SeekSubscriptionRequest,
              io.mailbot.v1.SeekSubscriptionResponse>(
                service, METHODID_SEEK_SUBSCRIPTION)))
        .addMethod(
          getConsumeMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.ConsumeRequest,
              io.mailbot.v1.ConsumeResponse>(
                service, METHODID_CONSUME)))
        .addMethod(
          getAcknowledgeMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.AcknowledgeRequest,
              io.mailbot.v1.AcknowledgeResponse>(
                service, METHODID_ACKNOWLEDGE)))
        .addMethod(
          getModifyAckDeadlineMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ModifyAckDeadlineRequest,
              io.mailbot.v1.ModifyAckDeadlineResponse>(
                service, METHODID_MODIFY_ACK_DEADLINE)))
        .addMethod(
          getListParkedDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListParkedDeliveriesRequest,
              io.mailbot.v1.ListParkedDeliveriesResponse>(
                service, METHODID_LIST_PARKED_DELIVERIES)))
        .addMethod(
          getReleaseParkedDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ReleaseParkedDeliveriesRequest,
              io.mailbot.v1.ReleaseParkedDeliveriesResponse>(
                service, METHODID_RELEASE_PARKED_DELIVERIES)))
        .build();
  }

  private static abstract class SubscriptionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SubscriptionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.SubscriptionsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SubscriptionService");
    }
  }

  private static final class SubscriptionServiceFileDescriptorSupplier
      extends SubscriptionServiceBaseDescriptorSupplier {
    SubscriptionServiceFileDescriptorSupplier() {}
  }

  private static final class SubscriptionServiceMethodDescriptorSupplier
      extends SubscriptionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SubscriptionServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (SubscriptionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SubscriptionServiceFileDescriptorSupplier())
              .addMethod(getCreateSubscriptionMethod())
              .addMethod(getGetSubscriptionMethod())
              .addMethod(getListSubscriptionsMethod())
              .addMethod(getUpdateSubscriptionMethod())
              .addMethod(getDeleteSubscriptionMethod())
              .addMethod(getSeekSubscriptionMethod())
              .addMethod(getConsumeMethod())
              .addMethod(getAcknowledgeMethod())
              .addMethod(getModifyAckDeadlineMethod())
              .addMethod(getListParkedDeliveriesMethod())
              .addMethod(getReleaseParkedDeliveriesMethod())
              .build();
        }
      }
    }
    return result;
  }
}

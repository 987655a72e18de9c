package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * EventService reads the account's append-only event log.
 * Inside one account every event has a position: 1, 2, 3 … without gaps, in the
 * order of commit. A cursor names a point between two positions; it is opaque,
 * signed, and bound to the account and to this log. Delivery is at least once:
 * deduplicate on Event.id.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class EventServiceGrpc {

  private EventServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.EventService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetEventRequest,
      io.mailbot.v1.GetEventResponse> getGetEventMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetEvent",
      requestType = io.mailbot.v1.GetEventRequest.class,
      responseType = io.mailbot.v1.GetEventResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetEventRequest,
      io.mailbot.v1.GetEventResponse> getGetEventMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetEventRequest, io.mailbot.v1.GetEventResponse> getGetEventMethod;
    if ((getGetEventMethod = EventServiceGrpc.getGetEventMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getGetEventMethod = EventServiceGrpc.getGetEventMethod) == null) {
          EventServiceGrpc.getGetEventMethod = getGetEventMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetEventRequest, io.mailbot.v1.GetEventResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetEvent"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetEventRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetEventResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("GetEvent"))
              .build();
        }
      }
    }
    return getGetEventMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListEventsRequest,
      io.mailbot.v1.ListEventsResponse> getListEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListEvents",
      requestType = io.mailbot.v1.ListEventsRequest.class,
      responseType = io.mailbot.v1.ListEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListEventsRequest,
      io.mailbot.v1.ListEventsResponse> getListEventsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListEventsRequest, io.mailbot.v1.ListEventsResponse> getListEventsMethod;
    if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListEventsMethod = EventServiceGrpc.getListEventsMethod) == null) {
          EventServiceGrpc.getListEventsMethod = getListEventsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListEventsRequest, io.mailbot.v1.ListEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListEvents"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListEvents"))
              .build();
        }
      }
    }
    return getListEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SubscribeRequest,
      io.mailbot.v1.SubscribeResponse> getSubscribeMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Subscribe",
      requestType = io.mailbot.v1.SubscribeRequest.class,
      responseType = io.mailbot.v1.SubscribeResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SubscribeRequest,
      io.mailbot.v1.SubscribeResponse> getSubscribeMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SubscribeRequest, io.mailbot.v1.SubscribeResponse> getSubscribeMethod;
    if ((getSubscribeMethod = EventServiceGrpc.getSubscribeMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getSubscribeMethod = EventServiceGrpc.getSubscribeMethod) == null) {
          EventServiceGrpc.getSubscribeMethod = getSubscribeMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SubscribeRequest, io.mailbot.v1.SubscribeResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Subscribe"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SubscribeRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SubscribeResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("Subscribe"))
              .build();
        }
      }
    }
    return getSubscribeMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ReplayEventsRequest,
      io.mailbot.v1.ReplayEventsResponse> getReplayEventsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReplayEvents",
      requestType = io.mailbot.v1.ReplayEventsRequest.class,
      responseType = io.mailbot.v1.ReplayEventsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ReplayEventsRequest,
      io.mailbot.v1.ReplayEventsResponse> getReplayEventsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ReplayEventsRequest, io.mailbot.v1.ReplayEventsResponse> getReplayEventsMethod;
    if ((getReplayEventsMethod = EventServiceGrpc.getReplayEventsMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getReplayEventsMethod = EventServiceGrpc.getReplayEventsMethod) == null) {
          EventServiceGrpc.getReplayEventsMethod = getReplayEventsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ReplayEventsRequest, io.mailbot.v1.ReplayEventsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReplayEvents"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReplayEventsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReplayEventsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ReplayEvents"))
              .build();
        }
      }
    }
    return getReplayEventsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetReplayRequest,
      io.mailbot.v1.GetReplayResponse> getGetReplayMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetReplay",
      requestType = io.mailbot.v1.GetReplayRequest.class,
      responseType = io.mailbot.v1.GetReplayResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetReplayRequest,
      io.mailbot.v1.GetReplayResponse> getGetReplayMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetReplayRequest, io.mailbot.v1.GetReplayResponse> getGetReplayMethod;
    if ((getGetReplayMethod = EventServiceGrpc.getGetReplayMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getGetReplayMethod = EventServiceGrpc.getGetReplayMethod) == null) {
          EventServiceGrpc.getGetReplayMethod = getGetReplayMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetReplayRequest, io.mailbot.v1.GetReplayResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetReplay"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetReplayRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetReplayResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("GetReplay"))
              .build();
        }
      }
    }
    return getGetReplayMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListReplaysRequest,
      io.mailbot.v1.ListReplaysResponse> getListReplaysMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListReplays",
      requestType = io.mailbot.v1.ListReplaysRequest.class,
      responseType = io.mailbot.v1.ListReplaysResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListReplaysRequest,
      io.mailbot.v1.ListReplaysResponse> getListReplaysMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListReplaysRequest, io.mailbot.v1.ListReplaysResponse> getListReplaysMethod;
    if ((getListReplaysMethod = EventServiceGrpc.getListReplaysMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getListReplaysMethod = EventServiceGrpc.getListReplaysMethod) == null) {
          EventServiceGrpc.getListReplaysMethod = getListReplaysMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListReplaysRequest, io.mailbot.v1.ListReplaysResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListReplays"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListReplaysRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListReplaysResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("ListReplays"))
              .build();
        }
      }
    }
    return getListReplaysMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CancelReplayRequest,
      io.mailbot.v1.CancelReplayResponse> getCancelReplayMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelReplay",
      requestType = io.mailbot.v1.CancelReplayRequest.class,
      responseType = io.mailbot.v1.CancelReplayResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CancelReplayRequest,
      io.mailbot.v1.CancelReplayResponse> getCancelReplayMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CancelReplayRequest, io.mailbot.v1.CancelReplayResponse> getCancelReplayMethod;
    if ((getCancelReplayMethod = EventServiceGrpc.getCancelReplayMethod) == null) {
      synchronized (EventServiceGrpc.class) {
        if ((getCancelReplayMethod = EventServiceGrpc.getCancelReplayMethod) == null) {
          EventServiceGrpc.getCancelReplayMethod = getCancelReplayMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CancelReplayRequest, io.mailbot.v1.CancelReplayResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelReplay"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CancelReplayRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CancelReplayResponse.getDefaultInstance()))
              .setSchemaDescriptor(new EventServiceMethodDescriptorSupplier("CancelReplay"))
              .build();
        }
      }
    }
    return getCancelReplayMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static EventServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceStub>() {
        @java.lang.Override
        public EventServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceStub(channel, callOptions);
        }
      };
    return EventServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static EventServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingV2Stub>() {
        @java.lang.Override
        public EventServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return EventServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static EventServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceBlockingStub>() {
        @java.lang.Override
        public EventServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceBlockingStub(channel, callOptions);
        }
      };
    return EventServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static EventServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<EventServiceFutureStub>() {
        @java.lang.Override
        public EventServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new EventServiceFutureStub(channel, callOptions);
        }
      };
    return EventServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * EventService reads the account's append-only event log.
   * Inside one account every event has a position: 1, 2, 3 … without gaps, in the
   * order of commit. A cursor names a point between two positions; it is opaque,
   * signed, and bound to the account and to this log. Delivery is at least once:
   * deduplicate on Event.id.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Reads one event. Needs the scope `events:read`.
     * </pre>
     */
    default void getEvent(io.mailbot.v1.GetEventRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetEventResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetEventMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists recorded events, oldest first unless asked otherwise. Needs
     * `events:read`.
     * Each condition of the filter has an index; the log is read along the one that
     * leads past the fewest events. What several conditions leave next to nothing of is
     * looked for in up to a million events a call; a page that is short or empty all the
     * same has a next_page_token to go on with.
     * </pre>
     */
    default void listEvents(io.mailbot.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams events after a start position, first the past, then live, with no gap
     * and no overlap, until the client cancels or the server recycles the stream.
     * The client owns the cursor. The first response is always `started`; every
     * event that is committed after it will come. Needs `events:read`.
     * When nothing was sent for heartbeat_interval a `checkpoint` comes with a
     * cursor that has moved past what the filter left out. Silence of three
     * intervals means that the connection is dead.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE:
     *     reconnect with the last cursor
     *   INVALID_ARGUMENT / CURSOR_INVALID, CURSOR_FOREIGN: not a cursor of this log
     *   OUT_OF_RANGE / CURSOR_EXPIRED: the history behind the cursor was trimmed; the
     *     error names the earliest cursor
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s, also in the
     *     middle of a stream
     * </pre>
     */
    default void subscribe(io.mailbot.v1.SubscribeRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SubscribeResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSubscribeMethod(), responseObserver);
    }

    /**
     * <pre>
     * Delivers recorded events again, to webhooks or subscriptions, with the same event
     * ids and a replay_id; sends no mail. Works in the background, in the order of the
     * log, and goes on after a restart where it was; a target that has 5,000 events of it
     * before it makes it wait, but for one that takes nothing: a webhook that is disabled
     * and a subscription that has expired are handed no more than that. Needs
     * `events:replay`.
     * A target's own filter does not matter, except with undelivered_only, but what the
     * key that created it may not see is never handed to it, nor what is about itself.
     * Errors: FIELD_INVALID, NOT_FOUND, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * REQUEST_ID_REUSED, TOO_MANY_REPLAYS. A call that comes again with its request_id is
     * answered before anything else is looked at.
     * </pre>
     */
    default void replayEvents(io.mailbot.v1.ReplayEventsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReplayEventsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReplayEventsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a replay with its progress. Needs `events:read`.
     * </pre>
     */
    default void getReplay(io.mailbot.v1.GetReplayRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetReplayResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetReplayMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists replays, newest first; kept for 30 days after their end. Needs `events:read`.
     * </pre>
     */
    default void listReplays(io.mailbot.v1.ListReplaysRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListReplaysResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListReplaysMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends a replay; what it has handed over stays. Idempotent. Needs `events:replay`.
     * </pre>
     */
    default void cancelReplay(io.mailbot.v1.CancelReplayRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CancelReplayResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelReplayMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service EventService.
   * <pre>
   * EventService reads the account's append-only event log.
   * Inside one account every event has a position: 1, 2, 3 … without gaps, in the
   * order of commit. A cursor names a point between two positions; it is opaque,
   * signed, and bound to the account and to this log. Delivery is at least once:
   * deduplicate on Event.id.
   * </pre>
   */
  public static abstract class EventServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return EventServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service EventService.
   * <pre>
   * EventService reads the account's append-only event log.
   * Inside one account every event has a position: 1, 2, 3 … without gaps, in the
   * order of commit. A cursor names a point between two positions; it is opaque,
   * signed, and bound to the account and to this log. Delivery is at least once:
   * deduplicate on Event.id.
   * </pre>
   */
  public static final class EventServiceStub
      extends io.grpc.stub.AbstractAsyncStub<EventServiceStub> {
    private EventServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads one event. Needs the scope `events:read`.
     * </pre>
     */
    public void getEvent(io.mailbot.v1.GetEventRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetEventResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetEventMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists recorded events, oldest first unless asked otherwise. Needs
     * `events:read`.
     * Each condition of the filter has an index; the log is read along the one that
     * leads past the fewest events. What several conditions leave next to nothing of is
     * looked for in up to a million events a call; a page that is short or empty all the
     * same has a next_page_token to go on with.
     * </pre>
     */
    public void listEvents(io.mailbot.v1.ListEventsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Streams events after a start position, first the past, then live, with no gap
     * and no overlap, until the client cancels or the server recycles the stream.
     * The client owns the cursor. The first response is always `started`; every
     * event that is committed after it will come. Needs `events:read`.
     * When nothing was sent for heartbeat_interval a `checkpoint` comes with a
     * cursor that has moved past what the filter left out. Silence of three
     * intervals means that the connection is dead.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE:
     *     reconnect with the last cursor
     *   INVALID_ARGUMENT / CURSOR_INVALID, CURSOR_FOREIGN: not a cursor of this log
     *   OUT_OF_RANGE / CURSOR_EXPIRED: the history behind the cursor was trimmed; the
     *     error names the earliest cursor
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s, also in the
     *     middle of a stream
     * </pre>
     */
    public void subscribe(io.mailbot.v1.SubscribeRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SubscribeResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getSubscribeMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Delivers recorded events again, to webhooks or subscriptions, with the same event
     * ids and a replay_id; sends no mail. Works in the background, in the order of the
     * log, and goes on after a restart where it was; a target that has 5,000 events of it
     * before it makes it wait, but for one that takes nothing: a webhook that is disabled
     * and a subscription that has expired are handed no more than that. Needs
     * `events:replay`.
     * A target's own filter does not matter, except with undelivered_only, but what the
     * key that created it may not see is never handed to it, nor what is about itself.
     * Errors: FIELD_INVALID, NOT_FOUND, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * REQUEST_ID_REUSED, TOO_MANY_REPLAYS. A call that comes again with its request_id is
     * answered before anything else is looked at.
     * </pre>
     */
    public void replayEvents(io.mailbot.v1.ReplayEventsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReplayEventsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReplayEventsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a replay with its progress. Needs `events:read`.
     * </pre>
     */
    public void getReplay(io.mailbot.v1.GetReplayRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetReplayResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetReplayMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists replays, newest first; kept for 30 days after their end. Needs `events:read`.
     * </pre>
     */
    public void listReplays(io.mailbot.v1.ListReplaysRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListReplaysResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListReplaysMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends a replay; what it has handed over stays. Idempotent. Needs `events:replay`.
     * </pre>
     */
    public void cancelReplay(io.mailbot.v1.CancelReplayRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CancelReplayResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelReplayMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service EventService.
   * <pre>
   * EventService reads the account's append-only event log.
   * Inside one account every event has a position: 1, 2, 3 … without gaps, in the
   * order of commit. A cursor names a point between two positions; it is opaque,
   * signed, and bound to the account and to this log. Delivery is at least once:
   * deduplicate on Event.id.
   * </pre>
   */
  public static final class EventServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingV2Stub> {
    private EventServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads one event. Needs the scope `events:read`.
     * </pre>
     */
    public io.mailbot.v1.GetEventResponse getEvent(io.mailbot.v1.GetEventRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetEventMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists recorded events, oldest first unless asked otherwise. Needs
     * `events:read`.
     * Each condition of the filter has an index; the log is read along the one that
     * leads past the fewest events. What several conditions leave next to nothing of is
     * looked for in up to a million events a call; a page that is short or empty all the
     * same has a next_page_token to go on with.
     * </pre>
     */
    public io.mailbot.v1.ListEventsResponse listEvents(io.mailbot.v1.ListEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams events after a start position, first the past, then live, with no gap
     * and no overlap, until the client cancels or the server recycles the stream.
     * The client owns the cursor. The first response is always `started`; every
     * event that is committed after it will come. Needs `events:read`.
     * When nothing was sent for heartbeat_interval a `checkpoint` comes with a
     * cursor that has moved past what the filter left out. Silence of three
     * intervals means that the connection is dead.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE:
     *     reconnect with the last cursor
     *   INVALID_ARGUMENT / CURSOR_INVALID, CURSOR_FOREIGN: not a cursor of this log
     *   OUT_OF_RANGE / CURSOR_EXPIRED: the history behind the cursor was trimmed; the
     *     error names the earliest cursor
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s, also in the
     *     middle of a stream
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.mailbot.v1.SubscribeResponse>
        subscribe(io.mailbot.v1.SubscribeRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getSubscribeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers recorded events again, to webhooks or subscriptions, with the same event
     * ids and a replay_id; sends no mail. Works in the background, in the order of the
     * log, and goes on after a restart where it was; a target that has 5,000 events of it
     * before it makes it wait, but for one that takes nothing: a webhook that is disabled
     * and a subscription that has expired are handed no more than that. Needs
     * `events:replay`.
     * A target's own filter does not matter, except with undelivered_only, but what the
     * key that created it may not see is never handed to it, nor what is about itself.
     * Errors: FIELD_INVALID, NOT_FOUND, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * REQUEST_ID_REUSED, TOO_MANY_REPLAYS. A call that comes again with its request_id is
     * answered before anything else is looked at.
     * </pre>
     */
    public io.mailbot.v1.ReplayEventsResponse replayEvents(io.mailbot.v1.ReplayEventsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReplayEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a replay with its progress. Needs `events:read`.
     * </pre>
     */
    public io.mailbot.v1.GetReplayResponse getReplay(io.mailbot.v1.GetReplayRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetReplayMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists replays, newest first; kept for 30 days after their end. Needs `events:read`.
     * </pre>
     */
    public io.mailbot.v1.ListReplaysResponse listReplays(io.mailbot.v1.ListReplaysRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListReplaysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a replay; what it has handed over stays. Idempotent. Needs `events:replay`.
     * </pre>
     */
    public io.mailbot.v1.CancelReplayResponse cancelReplay(io.mailbot.v1.CancelReplayRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelReplayMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service EventService.
   * <pre>
   * EventService reads the account's append-only event log.
   * Inside one account every event has a position: 1, 2, 3 … without gaps, in the
   * order of commit. A cursor names a point between two positions; it is opaque,
   * signed, and bound to the account and to this log. Delivery is at least once:
   * deduplicate on Event.id.
   * </pre>
   */
  public static final class EventServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<EventServiceBlockingStub> {
    private EventServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads one event. Needs the scope `events:read`.
     * </pre>
     */
    public io.mailbot.v1.GetEventResponse getEvent(io.mailbot.v1.GetEventRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetEventMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists recorded events, oldest first unless asked otherwise. Needs
     * `events:read`.
     * Each condition of the filter has an index; the log is read along the one that
     * leads past the fewest events. What several conditions leave next to nothing of is
     * looked for in up to a million events a call; a page that is short or empty all the
     * same has a next_page_token to go on with.
     * </pre>
     */
    public io.mailbot.v1.ListEventsResponse listEvents(io.mailbot.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams events after a start position, first the past, then live, with no gap
     * and no overlap, until the client cancels or the server recycles the stream.
     * The client owns the cursor. The first response is always `started`; every
     * event that is committed after it will come. Needs `events:read`.
     * When nothing was sent for heartbeat_interval a `checkpoint` comes with a
     * cursor that has moved past what the filter left out. Silence of three
     * intervals means that the connection is dead.
     * Ends with:
     *   UNAVAILABLE / STREAM_RECYCLED, SERVER_DRAINING, STORE_UNAVAILABLE:
     *     reconnect with the last cursor
     *   INVALID_ARGUMENT / CURSOR_INVALID, CURSOR_FOREIGN: not a cursor of this log
     *   OUT_OF_RANGE / CURSOR_EXPIRED: the history behind the cursor was trimmed; the
     *     error names the earliest cursor
     *   RESOURCE_EXHAUSTED / TOO_MANY_STREAMS, CONSUMER_TOO_SLOW
     *   UNAUTHENTICATED / API_KEY_REVOKED, API_KEY_EXPIRED: within 5 s, also in the
     *     middle of a stream
     * </pre>
     */
    public java.util.Iterator<io.mailbot.v1.SubscribeResponse> subscribe(
        io.mailbot.v1.SubscribeRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getSubscribeMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers recorded events again, to webhooks or subscriptions, with the same event
     * ids and a replay_id; sends no mail. Works in the background, in the order of the
     * log, and goes on after a restart where it was; a target that has 5,000 events of it
     * before it makes it wait, but for one that takes nothing: a webhook that is disabled
     * and a subscription that has expired are handed no more than that. Needs
     * `events:replay`.
     * A target's own filter does not matter, except with undelivered_only, but what the
     * key that created it may not see is never handed to it, nor what is about itself.
     * Errors: FIELD_INVALID, NOT_FOUND, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * REQUEST_ID_REUSED, TOO_MANY_REPLAYS. A call that comes again with its request_id is
     * answered before anything else is looked at.
     * </pre>
     */
    public io.mailbot.v1.ReplayEventsResponse replayEvents(io.mailbot.v1.ReplayEventsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReplayEventsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a replay with its progress. Needs `events:read`.
     * </pre>
     */
    public io.mailbot.v1.GetReplayResponse getReplay(io.mailbot.v1.GetReplayRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetReplayMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists replays, newest first; kept for 30 days after their end. Needs `events:read`.
     * </pre>
     */
    public io.mailbot.v1.ListReplaysResponse listReplays(io.mailbot.v1.ListReplaysRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListReplaysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a replay; what it has handed over stays. Idempotent. Needs `events:replay`.
     * </pre>
     */
    public io.mailbot.v1.CancelReplayResponse cancelReplay(io.mailbot.v1.CancelReplayRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelReplayMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service EventService.
   * <pre>
   * EventService reads the account's append-only event log.
   * Inside one account every event has a position: 1, 2, 3 … without gaps, in the
   * order of commit. A cursor names a point between two positions; it is opaque,
   * signed, and bound to the account and to this log. Delivery is at least once:
   * deduplicate on Event.id.
   * </pre>
   */
  public static final class EventServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<EventServiceFutureStub> {
    private EventServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected EventServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new EventServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads one event. Needs the scope `events:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetEventResponse> getEvent(
        io.mailbot.v1.GetEventRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetEventMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists recorded events, oldest first unless asked otherwise. Needs
     * `events:read`.
     * Each condition of the filter has an index; the log is read along the one that
     * leads past the fewest events. What several conditions leave next to nothing of is
     * looked for in up to a million events a call; a page that is short or empty all the
     * same has a next_page_token to go on with.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListEventsResponse> listEvents(
        io.mailbot.v1.ListEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Delivers recorded events again, to webhooks or subscriptions, with the same event
     * ids and a replay_id; sends no mail. Works in the background, in the order of the
     * log, and goes on after a restart where it was; a target that has 5,000 events of it
     * before it makes it wait, but for one that takes nothing: a webhook that is disabled
     * and a subscription that has expired are handed no more than that. Needs
     * `events:replay`.
     * A target's own filter does not matter, except with undelivered_only, but what the
     * key that created it may not see is never handed to it, nor what is about itself.
     * Errors: FIELD_INVALID, NOT_FOUND, CURSOR_INVALID, CURSOR_FOREIGN, CURSOR_EXPIRED,
     * REQUEST_ID_REUSED, TOO_MANY_REPLAYS. A call that comes again with its request_id is
     * answered before anything else is looked at.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ReplayEventsResponse> replayEvents(
        io.mailbot.v1.ReplayEventsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReplayEventsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a replay with its progress. Needs `events:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetReplayResponse> getReplay(
        io.mailbot.v1.GetReplayRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetReplayMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists replays, newest first; kept for 30 days after their end. Needs `events:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListReplaysResponse> listReplays(
        io.mailbot.v1.ListReplaysRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListReplaysMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends a replay; what it has handed over stays. Idempotent. Needs `events:replay`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CancelReplayResponse> cancelReplay(
        io.mailbot.v1.CancelReplayRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelReplayMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_EVENT = 0;
  private static final int METHODID_LIST_EVENTS = 1;
  private static final int METHODID_SUBSCRIBE = 2;
  private static final int METHODID_REPLAY_EVENTS = 3;
  private static final int METHODID_GET_REPLAY = 4;
  private static final int METHODID_LIST_REPLAYS = 5;
  private static final int METHODID_CANCEL_REPLAY = 6;

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
        case METHODID_GET_EVENT:
          serviceImpl.getEvent((io.mailbot.v1.GetEventRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetEventResponse>) responseObserver);
          break;
        case METHODID_LIST_EVENTS:
          serviceImpl.listEvents((io.mailbot.v1.ListEventsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListEventsResponse>) responseObserver);
          break;
        case METHODID_SUBSCRIBE:
          serviceImpl.subscribe((io.mailbot.v1.SubscribeRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SubscribeResponse>) responseObserver);
          break;
        case METHODID_REPLAY_EVENTS:
          serviceImpl.replayEvents((io.mailbot.v1.ReplayEventsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ReplayEventsResponse>) responseObserver);
          break;
        case METHODID_GET_REPLAY:
          serviceImpl.getReplay((io.mailbot.v1.GetReplayRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetReplayResponse>) responseObserver);
          break;
        case METHODID_LIST_REPLAYS:
          serviceImpl.listReplays((io.mailbot.v1.ListReplaysRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListReplaysResponse>) responseObserver);
          break;
        case METHODID_CANCEL_REPLAY:
          serviceImpl.cancelReplay((io.mailbot.v1.CancelReplayRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CancelReplayResponse>) responseObserver);
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
          getGetEventMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetEventRequest,
              io.mailbot.v1.GetEventResponse>(
                service, METHODID_GET_EVENT)))
        .addMethod(
          getListEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListEventsRequest,
              io.mailbot.v1.ListEventsResponse>(
                service, METHODID_LIST_EVENTS)))
        .addMethod(
          getSubscribeMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.SubscribeRequest,
              io.mailbot.v1.SubscribeResponse>(
                service, METHODID_SUBSCRIBE)))
        .addMethod(
          getReplayEventsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ReplayEventsRequest,
              io.mailbot.v1.ReplayEventsResponse>(
                service, METHODID_REPLAY_EVENTS)))
        .addMethod(
          getGetReplayMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetReplayRequest,
              io.mailbot.v1.GetReplayResponse>(
                service, METHODID_GET_REPLAY)))
        .addMethod(
          getListReplaysMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListReplaysRequest,
              io.mailbot.v1.ListReplaysResponse>(
                service, METHODID_LIST_REPLAYS)))
        .addMethod(
          getCancelReplayMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CancelReplayRequest,
              io.mailbot.v1.CancelReplayResponse>(
                service, METHODID_CANCEL_REPLAY)))
        .build();
  }

  private static abstract class EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    EventServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.EventsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("EventService");
    }
  }

  private static final class EventServiceFileDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier {
    EventServiceFileDescriptorSupplier() {}
  }

  private static final class EventServiceMethodDescriptorSupplier
      extends EventServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    EventServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (EventServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new EventServiceFileDescriptorSupplier())
              .addMethod(getGetEventMethod())
              .addMethod(getListEventsMethod())
              .addMethod(getSubscribeMethod())
              .addMethod(getReplayEventsMethod())
              .addMethod(getGetReplayMethod())
              .addMethod(getListReplaysMethod())
              .addMethod(getCancelReplayMethod())
              .build();
        }
      }
    }
    return result;
  }
}

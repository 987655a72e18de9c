package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * InboxService creates and manages inboxes: the unit of isolation, identity and
 * policy. One call makes an address that sends and receives at once.
 * Ids of other accounts answer NOT_FOUND, always.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class InboxServiceGrpc {

  private InboxServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.InboxService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CreateInboxRequest,
      io.mailbot.v1.CreateInboxResponse> getCreateInboxMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateInbox",
      requestType = io.mailbot.v1.CreateInboxRequest.class,
      responseType = io.mailbot.v1.CreateInboxResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CreateInboxRequest,
      io.mailbot.v1.CreateInboxResponse> getCreateInboxMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CreateInboxRequest, io.mailbot.v1.CreateInboxResponse> getCreateInboxMethod;
    if ((getCreateInboxMethod = InboxServiceGrpc.getCreateInboxMethod) == null) {
      synchronized (InboxServiceGrpc.class) {
        if ((getCreateInboxMethod = InboxServiceGrpc.getCreateInboxMethod) == null) {
          InboxServiceGrpc.getCreateInboxMethod = getCreateInboxMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CreateInboxRequest, io.mailbot.v1.CreateInboxResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateInbox"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateInboxRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateInboxResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InboxServiceMethodDescriptorSupplier("CreateInbox"))
              .build();
        }
      }
    }
    return getCreateInboxMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetInboxRequest,
      io.mailbot.v1.GetInboxResponse> getGetInboxMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetInbox",
      requestType = io.mailbot.v1.GetInboxRequest.class,
      responseType = io.mailbot.v1.GetInboxResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetInboxRequest,
      io.mailbot.v1.GetInboxResponse> getGetInboxMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetInboxRequest, io.mailbot.v1.GetInboxResponse> getGetInboxMethod;
    if ((getGetInboxMethod = InboxServiceGrpc.getGetInboxMethod) == null) {
      synchronized (InboxServiceGrpc.class) {
        if ((getGetInboxMethod = InboxServiceGrpc.getGetInboxMethod) == null) {
          InboxServiceGrpc.getGetInboxMethod = getGetInboxMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetInboxRequest, io.mailbot.v1.GetInboxResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetInbox"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetInboxRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetInboxResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InboxServiceMethodDescriptorSupplier("GetInbox"))
              .build();
        }
      }
    }
    return getGetInboxMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListInboxesRequest,
      io.mailbot.v1.ListInboxesResponse> getListInboxesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListInboxes",
      requestType = io.mailbot.v1.ListInboxesRequest.class,
      responseType = io.mailbot.v1.ListInboxesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListInboxesRequest,
      io.mailbot.v1.ListInboxesResponse> getListInboxesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListInboxesRequest, io.mailbot.v1.ListInboxesResponse> getListInboxesMethod;
    if ((getListInboxesMethod = InboxServiceGrpc.getListInboxesMethod) == null) {
      synchronized (InboxServiceGrpc.class) {
        if ((getListInboxesMethod = InboxServiceGrpc.getListInboxesMethod) == null) {
          InboxServiceGrpc.getListInboxesMethod = getListInboxesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListInboxesRequest, io.mailbot.v1.ListInboxesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListInboxes"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListInboxesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListInboxesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InboxServiceMethodDescriptorSupplier("ListInboxes"))
              .build();
        }
      }
    }
    return getListInboxesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.UpdateInboxRequest,
      io.mailbot.v1.UpdateInboxResponse> getUpdateInboxMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateInbox",
      requestType = io.mailbot.v1.UpdateInboxRequest.class,
      responseType = io.mailbot.v1.UpdateInboxResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.UpdateInboxRequest,
      io.mailbot.v1.UpdateInboxResponse> getUpdateInboxMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.UpdateInboxRequest, io.mailbot.v1.UpdateInboxResponse> getUpdateInboxMethod;
    if ((getUpdateInboxMethod = InboxServiceGrpc.getUpdateInboxMethod) == null) {
      synchronized (InboxServiceGrpc.class) {
        if ((getUpdateInboxMethod = InboxServiceGrpc.getUpdateInboxMethod) == null) {
          InboxServiceGrpc.getUpdateInboxMethod = getUpdateInboxMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.UpdateInboxRequest, io.mailbot.v1.UpdateInboxResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateInbox"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateInboxRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateInboxResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InboxServiceMethodDescriptorSupplier("UpdateInbox"))
              .build();
        }
      }
    }
    return getUpdateInboxMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SuspendInboxRequest,
      io.mailbot.v1.SuspendInboxResponse> getSuspendInboxMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SuspendInbox",
      requestType = io.mailbot.v1.SuspendInboxRequest.class,
      responseType = io.mailbot.v1.SuspendInboxResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SuspendInboxRequest,
      io.mailbot.v1.SuspendInboxResponse> getSuspendInboxMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SuspendInboxRequest, io.mailbot.v1.SuspendInboxResponse> getSuspendInboxMethod;
    if ((getSuspendInboxMethod = InboxServiceGrpc.getSuspendInboxMethod) == null) {
      synchronized (InboxServiceGrpc.class) {
        if ((getSuspendInboxMethod = InboxServiceGrpc.getSuspendInboxMethod) == null) {
          InboxServiceGrpc.getSuspendInboxMethod = getSuspendInboxMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SuspendInboxRequest, io.mailbot.v1.SuspendInboxResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SuspendInbox"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SuspendInboxRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SuspendInboxResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InboxServiceMethodDescriptorSupplier("SuspendInbox"))
              .build();
        }
      }
    }
    return getSuspendInboxMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ActivateInboxRequest,
      io.mailbot.v1.ActivateInboxResponse> getActivateInboxMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ActivateInbox",
      requestType = io.mailbot.v1.ActivateInboxRequest.class,
      responseType = io.mailbot.v1.ActivateInboxResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ActivateInboxRequest,
      io.mailbot.v1.ActivateInboxResponse> getActivateInboxMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ActivateInboxRequest, io.mailbot.v1.ActivateInboxResponse> getActivateInboxMethod;
    if ((getActivateInboxMethod = InboxServiceGrpc.getActivateInboxMethod) == null) {
      synchronized (InboxServiceGrpc.class) {
        if ((getActivateInboxMethod = InboxServiceGrpc.getActivateInboxMethod) == null) {
          InboxServiceGrpc.getActivateInboxMethod = getActivateInboxMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ActivateInboxRequest, io.mailbot.v1.ActivateInboxResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ActivateInbox"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ActivateInboxRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ActivateInboxResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InboxServiceMethodDescriptorSupplier("ActivateInbox"))
              .build();
        }
      }
    }
    return getActivateInboxMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.DisableInboxRequest,
      io.mailbot.v1.DisableInboxResponse> getDisableInboxMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DisableInbox",
      requestType = io.mailbot.v1.DisableInboxRequest.class,
      responseType = io.mailbot.v1.DisableInboxResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.DisableInboxRequest,
      io.mailbot.v1.DisableInboxResponse> getDisableInboxMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.DisableInboxRequest, io.mailbot.v1.DisableInboxResponse> getDisableInboxMethod;
    if ((getDisableInboxMethod = InboxServiceGrpc.getDisableInboxMethod) == null) {
      synchronized (InboxServiceGrpc.class) {
        if ((getDisableInboxMethod = InboxServiceGrpc.getDisableInboxMethod) == null) {
          InboxServiceGrpc.getDisableInboxMethod = getDisableInboxMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.DisableInboxRequest, io.mailbot.v1.DisableInboxResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DisableInbox"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DisableInboxRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DisableInboxResponse.getDefaultInstance()))
              .setSchemaDescriptor(new InboxServiceMethodDescriptorSupplier("DisableInbox"))
              .build();
        }
      }
    }
    return getDisableInboxMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static InboxServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InboxServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InboxServiceStub>() {
        @java.lang.Override
        public InboxServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InboxServiceStub(channel, callOptions);
        }
      };
    return InboxServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static InboxServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InboxServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InboxServiceBlockingV2Stub>() {
        @java.lang.Override
        public InboxServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InboxServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return InboxServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static InboxServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InboxServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InboxServiceBlockingStub>() {
        @java.lang.Override
        public InboxServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InboxServiceBlockingStub(channel, callOptions);
        }
      };
    return InboxServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static InboxServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<InboxServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<InboxServiceFutureStub>() {
        @java.lang.Override
        public InboxServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new InboxServiceFutureStub(channel, callOptions);
        }
      };
    return InboxServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * InboxService creates and manages inboxes: the unit of isolation, identity and
   * policy. One call makes an address that sends and receives at once.
   * Ids of other accounts answer NOT_FOUND, always.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates an inbox. Needs the scope `inboxes:write`.
     * Errors: ALREADY_EXISTS (the address was given out before, even if its inbox is
     * disabled now), FIELD_INVALID, DOMAIN_UNVERIFIED, REQUEST_ID_REUSED.
     * </pre>
     */
    default void createInbox(io.mailbot.v1.CreateInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateInboxResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateInboxMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads an inbox with its usage, limits and counts. Needs `inboxes:read`.
     * </pre>
     */
    default void getInbox(io.mailbot.v1.GetInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetInboxResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetInboxMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists inboxes, newest first, without usage and counts. Needs `inboxes:read`.
     * </pre>
     */
    default void listInboxes(io.mailbot.v1.ListInboxesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListInboxesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListInboxesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes display_name, labels, permissions, daily_send_limit, metadata,
     * expire_time, require_auth or catch_all. Needs `inboxes:write`. State never changes here.
     * Errors: ETAG_MISMATCH when inbox.etag is set and stale.
     * </pre>
     */
    default void updateInbox(io.mailbot.v1.UpdateInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateInboxResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateInboxMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops sending. Deliveries that wait are held and go on unharmed after
     * ActivateInbox; receiving goes on unless refuse_inbound is set. Idempotent.
     * Needs `inboxes:write`.
     * </pre>
     */
    default void suspendInbox(io.mailbot.v1.SuspendInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendInboxResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSuspendInboxMethod(), responseObserver);
    }

    /**
     * <pre>
     * Revives a suspended or disabled inbox and releases what was held because of
     * it. Idempotent. An expired inbox answers INBOX_EXPIRED. Needs `inboxes:write`.
     * </pre>
     */
    default void activateInbox(io.mailbot.v1.ActivateInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ActivateInboxResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getActivateInboxMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops sending and receiving; history stays readable and the address is never
     * given to anybody else. This is the only delete. Deliveries that have not left
     * are cancelled. Idempotent. Needs `inboxes:write`.
     * </pre>
     */
    default void disableInbox(io.mailbot.v1.DisableInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DisableInboxResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDisableInboxMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service InboxService.
   * <pre>
   * InboxService creates and manages inboxes: the unit of isolation, identity and
   * policy. One call makes an address that sends and receives at once.
   * Ids of other accounts answer NOT_FOUND, always.
   * </pre>
   */
  public static abstract class InboxServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return InboxServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service InboxService.
   * <pre>
   * InboxService creates and manages inboxes: the unit of isolation, identity and
   * policy. One call makes an address that sends and receives at once.
   * Ids of other accounts answer NOT_FOUND, always.
   * </pre>
   */
  public static final class InboxServiceStub
      extends io.grpc.stub.AbstractAsyncStub<InboxServiceStub> {
    private InboxServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InboxServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InboxServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an inbox. Needs the scope `inboxes:write`.
     * Errors: ALREADY_EXISTS (the address was given out before, even if its inbox is
     * disabled now), FIELD_INVALID, DOMAIN_UNVERIFIED, REQUEST_ID_REUSED.
     * </pre>
     */
    public void createInbox(io.mailbot.v1.CreateInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateInboxResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateInboxMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads an inbox with its usage, limits and counts. Needs `inboxes:read`.
     * </pre>
     */
    public void getInbox(io.mailbot.v1.GetInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetInboxResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetInboxMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists inboxes, newest first, without usage and counts. Needs `inboxes:read`.
     * </pre>
     */
    public void listInboxes(io.mailbot.v1.ListInboxesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListInboxesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListInboxesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes display_name, labels, permissions, daily_send_limit, metadata,
     * expire_time, require_auth or catch_all. Needs `inboxes:write`. State never changes here.
     * Errors: ETAG_MISMATCH when inbox.etag is set and stale.
     * </pre>
     */
    public void updateInbox(io.mailbot.v1.UpdateInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateInboxResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateInboxMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops sending. Deliveries that wait are held and go on unharmed after
     * ActivateInbox; receiving goes on unless refuse_inbound is set. Idempotent.
     * Needs `inboxes:write`.
     * </pre>
     */
    public void suspendInbox(io.mailbot.v1.SuspendInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendInboxResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSuspendInboxMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Revives a suspended or disabled inbox and releases what was held because of
     * it. Idempotent. An expired inbox answers INBOX_EXPIRED. Needs `inboxes:write`.
     * </pre>
     */
    public void activateInbox(io.mailbot.v1.ActivateInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ActivateInboxResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getActivateInboxMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops sending and receiving; history stays readable and the address is never
     * given to anybody else. This is the only delete. Deliveries that have not left
     * are cancelled. Idempotent. Needs `inboxes:write`.
     * </pre>
     */
    public void disableInbox(io.mailbot.v1.DisableInboxRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DisableInboxResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDisableInboxMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service InboxService.
   * <pre>
   * InboxService creates and manages inboxes: the unit of isolation, identity and
   * policy. One call makes an address that sends and receives at once.
   * Ids of other accounts answer NOT_FOUND, always.
   * </pre>
   */
  public static final class InboxServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<InboxServiceBlockingV2Stub> {
    private InboxServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InboxServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InboxServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an inbox. Needs the scope `inboxes:write`.
     * Errors: ALREADY_EXISTS (the address was given out before, even if its inbox is
     * disabled now), FIELD_INVALID, DOMAIN_UNVERIFIED, REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.CreateInboxResponse createInbox(io.mailbot.v1.CreateInboxRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an inbox with its usage, limits and counts. Needs `inboxes:read`.
     * </pre>
     */
    public io.mailbot.v1.GetInboxResponse getInbox(io.mailbot.v1.GetInboxRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists inboxes, newest first, without usage and counts. Needs `inboxes:read`.
     * </pre>
     */
    public io.mailbot.v1.ListInboxesResponse listInboxes(io.mailbot.v1.ListInboxesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListInboxesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes display_name, labels, permissions, daily_send_limit, metadata,
     * expire_time, require_auth or catch_all. Needs `inboxes:write`. State never changes here.
     * Errors: ETAG_MISMATCH when inbox.etag is set and stale.
     * </pre>
     */
    public io.mailbot.v1.UpdateInboxResponse updateInbox(io.mailbot.v1.UpdateInboxRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops sending. Deliveries that wait are held and go on unharmed after
     * ActivateInbox; receiving goes on unless refuse_inbound is set. Idempotent.
     * Needs `inboxes:write`.
     * </pre>
     */
    public io.mailbot.v1.SuspendInboxResponse suspendInbox(io.mailbot.v1.SuspendInboxRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSuspendInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Revives a suspended or disabled inbox and releases what was held because of
     * it. Idempotent. An expired inbox answers INBOX_EXPIRED. Needs `inboxes:write`.
     * </pre>
     */
    public io.mailbot.v1.ActivateInboxResponse activateInbox(io.mailbot.v1.ActivateInboxRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getActivateInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops sending and receiving; history stays readable and the address is never
     * given to anybody else. This is the only delete. Deliveries that have not left
     * are cancelled. Idempotent. Needs `inboxes:write`.
     * </pre>
     */
    public io.mailbot.v1.DisableInboxResponse disableInbox(io.mailbot.v1.DisableInboxRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDisableInboxMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service InboxService.
   * <pre>
   * InboxService creates and manages inboxes: the unit of isolation, identity and
   * policy. One call makes an address that sends and receives at once.
   * Ids of other accounts answer NOT_FOUND, always.
   * </pre>
   */
  public static final class InboxServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<InboxServiceBlockingStub> {
    private InboxServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InboxServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InboxServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an inbox. Needs the scope `inboxes:write`.
     * Errors: ALREADY_EXISTS (the address was given out before, even if its inbox is
     * disabled now), FIELD_INVALID, DOMAIN_UNVERIFIED, REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.CreateInboxResponse createInbox(io.mailbot.v1.CreateInboxRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an inbox with its usage, limits and counts. Needs `inboxes:read`.
     * </pre>
     */
    public io.mailbot.v1.GetInboxResponse getInbox(io.mailbot.v1.GetInboxRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists inboxes, newest first, without usage and counts. Needs `inboxes:read`.
     * </pre>
     */
    public io.mailbot.v1.ListInboxesResponse listInboxes(io.mailbot.v1.ListInboxesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListInboxesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes display_name, labels, permissions, daily_send_limit, metadata,
     * expire_time, require_auth or catch_all. Needs `inboxes:write`. State never changes here.
     * Errors: ETAG_MISMATCH when inbox.etag is set and stale.
     * </pre>
     */
    public io.mailbot.v1.UpdateInboxResponse updateInbox(io.mailbot.v1.UpdateInboxRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops sending. Deliveries that wait are held and go on unharmed after
     * ActivateInbox; receiving goes on unless refuse_inbound is set. Idempotent.
     * Needs `inboxes:write`.
     * </pre>
     */
    public io.mailbot.v1.SuspendInboxResponse suspendInbox(io.mailbot.v1.SuspendInboxRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSuspendInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Revives a suspended or disabled inbox and releases what was held because of
     * it. Idempotent. An expired inbox answers INBOX_EXPIRED. Needs `inboxes:write`.
     * </pre>
     */
    public io.mailbot.v1.ActivateInboxResponse activateInbox(io.mailbot.v1.ActivateInboxRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getActivateInboxMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops sending and receiving; history stays readable and the address is never
     * given to anybody else. This is the only delete. Deliveries that have not left
     * are cancelled. Idempotent. Needs `inboxes:write`.
     * </pre>
     */
    public io.mailbot.v1.DisableInboxResponse disableInbox(io.mailbot.v1.DisableInboxRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDisableInboxMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service InboxService.
   * <pre>
   * InboxService creates and manages inboxes: the unit of isolation, identity and
   * policy. One call makes an address that sends and receives at once.
   * Ids of other accounts answer NOT_FOUND, always.
   * </pre>
   */
  public static final class InboxServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<InboxServiceFutureStub> {
    private InboxServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected InboxServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new InboxServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an inbox. Needs the scope `inboxes:write`.
     * Errors: ALREADY_EXISTS (the address was given out before, even if its inbox is
     * disabled now), FIELD_INVALID, DOMAIN_UNVERIFIED, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CreateInboxResponse> createInbox(
        io.mailbot.v1.CreateInboxRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateInboxMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads an inbox with its usage, limits and counts. Needs `inboxes:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetInboxResponse> getInbox(
        io.mailbot.v1.GetInboxRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetInboxMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists inboxes, newest first, without usage and counts. Needs `inboxes:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListInboxesResponse> listInboxes(
        io.mailbot.v1.ListInboxesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListInboxesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes display_name, labels, permissions, daily_send_limit, metadata,
     * expire_time, require_auth or catch_all. Needs `inboxes:write`. State never changes here.
     * Errors: ETAG_MISMATCH when inbox.etag is set and stale.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.UpdateInboxResponse> updateInbox(
        io.mailbot.v1.UpdateInboxRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateInboxMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops sending. Deliveries that wait are held and go on unharmed after
     * ActivateInbox; receiving goes on unless refuse_inbound is set. Idempotent.
     * Needs `inboxes:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.SuspendInboxResponse> suspendInbox(
        io.mailbot.v1.SuspendInboxRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSuspendInboxMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Revives a suspended or disabled inbox and releases what was held because of
     * it. Idempotent. An expired inbox answers INBOX_EXPIRED. Needs `inboxes:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ActivateInboxResponse> activateInbox(
        io.mailbot.v1.ActivateInboxRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getActivateInboxMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops sending and receiving; history stays readable and the address is never
     * given to anybody else. This is the only delete. Deliveries that have not left
     * are cancelled. Idempotent. Needs `inboxes:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.DisableInboxResponse> disableInbox(
        io.mailbot.v1.DisableInboxRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDisableInboxMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_INBOX = 0;
  private static final int METHODID_GET_INBOX = 1;
  private static final int METHODID_LIST_INBOXES = 2;
  private static final int METHODID_UPDATE_INBOX = 3;
  private static final int METHODID_SUSPEND_INBOX = 4;
  private static final int METHODID_ACTIVATE_INBOX = 5;
  private static final int METHODID_DISABLE_INBOX = 6;

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
        case METHODID_CREATE_INBOX:
          serviceImpl.createInbox((io.mailbot.v1.CreateInboxRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CreateInboxResponse>) responseObserver);
          break;
        case METHODID_GET_INBOX:
          serviceImpl.getInbox((io.mailbot.v1.GetInboxRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetInboxResponse>) responseObserver);
          break;
        case METHODID_LIST_INBOXES:
          serviceImpl.listInboxes((io.mailbot.v1.ListInboxesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListInboxesResponse>) responseObserver);
          break;
        case METHODID_UPDATE_INBOX:
          serviceImpl.updateInbox((io.mailbot.v1.UpdateInboxRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateInboxResponse>) responseObserver);
          break;
        case METHODID_SUSPEND_INBOX:
          serviceImpl.suspendInbox((io.mailbot.v1.SuspendInboxRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendInboxResponse>) responseObserver);
          break;
        case METHODID_ACTIVATE_INBOX:
          serviceImpl.activateInbox((io.mailbot.v1.ActivateInboxRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ActivateInboxResponse>) responseObserver);
          break;
        case METHODID_DISABLE_INBOX:
          serviceImpl.disableInbox((io.mailbot.v1.DisableInboxRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.DisableInboxResponse>) responseObserver);
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
          getCreateInboxMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CreateInboxRequest,
              io.mailbot.v1.CreateInboxResponse>(
                service, METHODID_CREATE_INBOX)))
        .addMethod(
          getGetInboxMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetInboxRequest,
              io.mailbot.v1.GetInboxResponse>(
                service, METHODID_GET_INBOX)))
        .addMethod(
          getListInboxesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListInboxesRequest,
              io.mailbot.v1.ListInboxesResponse>(
                service, METHODID_LIST_INBOXES)))
        .addMethod(
          getUpdateInboxMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.UpdateInboxRequest,
              io.mailbot.v1.UpdateInboxResponse>(
                service, METHODID_UPDATE_INBOX)))
        .addMethod(
          getSuspendInboxMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.SuspendInboxRequest,
              io.mailbot.v1.SuspendInboxResponse>(
                service, METHODID_SUSPEND_INBOX)))
        .addMethod(
          getActivateInboxMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ActivateInboxRequest,
              io.mailbot.v1.ActivateInboxResponse>(
                service, METHODID_ACTIVATE_INBOX)))
        .addMethod(
          getDisableInboxMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.DisableInboxRequest,
              io.mailbot.v1.DisableInboxResponse>(
                service, METHODID_DISABLE_INBOX)))
        .build();
  }

  private static abstract class InboxServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    InboxServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.InboxesProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("InboxService");
    }
  }

  private static final class InboxServiceFileDescriptorSupplier
      extends InboxServiceBaseDescriptorSupplier {
    InboxServiceFileDescriptorSupplier() {}
  }

  private static final class InboxServiceMethodDescriptorSupplier
      extends InboxServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    InboxServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (InboxServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new InboxServiceFileDescriptorSupplier())
              .addMethod(getCreateInboxMethod())
              .addMethod(getGetInboxMethod())
              .addMethod(getListInboxesMethod())
              .addMethod(getUpdateInboxMethod())
              .addMethod(getSuspendInboxMethod())
              .addMethod(getActivateInboxMethod())
              .addMethod(getDisableInboxMethod())
              .build();
        }
      }
    }
    return result;
  }
}

package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * AddressListService keeps whom an account or an inbox lets write to it, and whom it
 * writes to: allow and block lists of addresses and domains.
 * Of all entries that match an address the most exact one decides: an address before a
 * domain, a longer domain before a shorter one, an inbox's entry before the account's,
 * block before allow. Where a list of an inbox, or of its account, has an allow entry at
 * all, an address that no entry matches is blocked.
 * Senders are compared by the reverse-path and by the From field: one that is blocked by
 * either is refused with 550 5.7.1 (RCPT, or after DATA). Recipients are compared when
 * mail is handed in: RECIPIENT_BLOCKED.
 * A key that is restricted to inboxes sees and changes entries of those only.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AddressListServiceGrpc {

  private AddressListServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.AddressListService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.AddAddressEntryRequest,
      io.mailbot.v1.AddAddressEntryResponse> getAddAddressEntryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AddAddressEntry",
      requestType = io.mailbot.v1.AddAddressEntryRequest.class,
      responseType = io.mailbot.v1.AddAddressEntryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.AddAddressEntryRequest,
      io.mailbot.v1.AddAddressEntryResponse> getAddAddressEntryMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.AddAddressEntryRequest, io.mailbot.v1.AddAddressEntryResponse> getAddAddressEntryMethod;
    if ((getAddAddressEntryMethod = AddressListServiceGrpc.getAddAddressEntryMethod) == null) {
      synchronized (AddressListServiceGrpc.class) {
        if ((getAddAddressEntryMethod = AddressListServiceGrpc.getAddAddressEntryMethod) == null) {
          AddressListServiceGrpc.getAddAddressEntryMethod = getAddAddressEntryMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.AddAddressEntryRequest, io.mailbot.v1.AddAddressEntryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AddAddressEntry"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.AddAddressEntryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.AddAddressEntryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AddressListServiceMethodDescriptorSupplier("AddAddressEntry"))
              .build();
        }
      }
    }
    return getAddAddressEntryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RemoveAddressEntryRequest,
      io.mailbot.v1.RemoveAddressEntryResponse> getRemoveAddressEntryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RemoveAddressEntry",
      requestType = io.mailbot.v1.RemoveAddressEntryRequest.class,
      responseType = io.mailbot.v1.RemoveAddressEntryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RemoveAddressEntryRequest,
      io.mailbot.v1.RemoveAddressEntryResponse> getRemoveAddressEntryMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RemoveAddressEntryRequest, io.mailbot.v1.RemoveAddressEntryResponse> getRemoveAddressEntryMethod;
    if ((getRemoveAddressEntryMethod = AddressListServiceGrpc.getRemoveAddressEntryMethod) == null) {
      synchronized (AddressListServiceGrpc.class) {
        if ((getRemoveAddressEntryMethod = AddressListServiceGrpc.getRemoveAddressEntryMethod) == null) {
          AddressListServiceGrpc.getRemoveAddressEntryMethod = getRemoveAddressEntryMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RemoveAddressEntryRequest, io.mailbot.v1.RemoveAddressEntryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RemoveAddressEntry"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RemoveAddressEntryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RemoveAddressEntryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AddressListServiceMethodDescriptorSupplier("RemoveAddressEntry"))
              .build();
        }
      }
    }
    return getRemoveAddressEntryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListAddressEntriesRequest,
      io.mailbot.v1.ListAddressEntriesResponse> getListAddressEntriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAddressEntries",
      requestType = io.mailbot.v1.ListAddressEntriesRequest.class,
      responseType = io.mailbot.v1.ListAddressEntriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListAddressEntriesRequest,
      io.mailbot.v1.ListAddressEntriesResponse> getListAddressEntriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListAddressEntriesRequest, io.mailbot.v1.ListAddressEntriesResponse> getListAddressEntriesMethod;
    if ((getListAddressEntriesMethod = AddressListServiceGrpc.getListAddressEntriesMethod) == null) {
      synchronized (AddressListServiceGrpc.class) {
        if ((getListAddressEntriesMethod = AddressListServiceGrpc.getListAddressEntriesMethod) == null) {
          AddressListServiceGrpc.getListAddressEntriesMethod = getListAddressEntriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListAddressEntriesRequest, io.mailbot.v1.ListAddressEntriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAddressEntries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListAddressEntriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListAddressEntriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AddressListServiceMethodDescriptorSupplier("ListAddressEntries"))
              .build();
        }
      }
    }
    return getListAddressEntriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CheckAddressRequest,
      io.mailbot.v1.CheckAddressResponse> getCheckAddressMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckAddress",
      requestType = io.mailbot.v1.CheckAddressRequest.class,
      responseType = io.mailbot.v1.CheckAddressResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CheckAddressRequest,
      io.mailbot.v1.CheckAddressResponse> getCheckAddressMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CheckAddressRequest, io.mailbot.v1.CheckAddressResponse> getCheckAddressMethod;
    if ((getCheckAddressMethod = AddressListServiceGrpc.getCheckAddressMethod) == null) {
      synchronized (AddressListServiceGrpc.class) {
        if ((getCheckAddressMethod = AddressListServiceGrpc.getCheckAddressMethod) == null) {
          AddressListServiceGrpc.getCheckAddressMethod = getCheckAddressMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CheckAddressRequest, io.mailbot.v1.CheckAddressResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckAddress"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CheckAddressRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CheckAddressResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AddressListServiceMethodDescriptorSupplier("CheckAddress"))
              .build();
        }
      }
    }
    return getCheckAddressMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AddressListServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AddressListServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AddressListServiceStub>() {
        @java.lang.Override
        public AddressListServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AddressListServiceStub(channel, callOptions);
        }
      };
    return AddressListServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AddressListServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AddressListServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AddressListServiceBlockingV2Stub>() {
        @java.lang.Override
        public AddressListServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AddressListServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AddressListServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AddressListServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AddressListServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AddressListServiceBlockingStub>() {
        @java.lang.Override
        public AddressListServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AddressListServiceBlockingStub(channel, callOptions);
        }
      };
    return AddressListServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AddressListServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AddressListServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AddressListServiceFutureStub>() {
        @java.lang.Override
        public AddressListServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AddressListServiceFutureStub(channel, callOptions);
        }
      };
    return AddressListServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * AddressListService keeps whom an account or an inbox lets write to it, and whom it
   * writes to: allow and block lists of addresses and domains.
   * Of all entries that match an address the most exact one decides: an address before a
   * domain, a longer domain before a shorter one, an inbox's entry before the account's,
   * block before allow. Where a list of an inbox, or of its account, has an allow entry at
   * all, an address that no entry matches is blocked.
   * Senders are compared by the reverse-path and by the From field: one that is blocked by
   * either is refused with 550 5.7.1 (RCPT, or after DATA). Recipients are compared when
   * mail is handed in: RECIPIENT_BLOCKED.
   * A key that is restricted to inboxes sees and changes entries of those only.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Adds an entry, or changes the note of the one that is there. At most 10,000 an
     * account. Needs the scope `lists:write`.
     * Errors: ADDRESS_INVALID, FIELD_INVALID, TOO_MANY_RULES.
     * </pre>
     */
    default void addAddressEntry(io.mailbot.v1.AddAddressEntryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.AddAddressEntryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAddAddressEntryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Removes an entry. Needs `lists:write`.
     * </pre>
     */
    default void removeAddressEntry(io.mailbot.v1.RemoveAddressEntryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RemoveAddressEntryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRemoveAddressEntryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists entries, newest first. Needs `lists:read`.
     * </pre>
     */
    default void listAddressEntries(io.mailbot.v1.ListAddressEntriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListAddressEntriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAddressEntriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says what the lists make of an address, and which entry decides. Needs `lists:read`.
     * </pre>
     */
    default void checkAddress(io.mailbot.v1.CheckAddressRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CheckAddressResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckAddressMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AddressListService.
   * <pre>
   * AddressListService keeps whom an account or an inbox lets write to it, and whom it
   * writes to: allow and block lists of addresses and domains.
   * Of all entries that match an address the most exact one decides: an address before a
   * domain, a longer domain before a shorter one, an inbox's entry before the account's,
   * block before allow. Where a list of an inbox, or of its account, has an allow entry at
   * all, an address that no entry matches is blocked.
   * Senders are compared by the reverse-path and by the From field: one that is blocked by
   * either is refused with 550 5.7.1 (RCPT, or after DATA). Recipients are compared when
   * mail is handed in: RECIPIENT_BLOCKED.
   * A key that is restricted to inboxes sees and changes entries of those only.
   * </pre>
   */
  public static abstract class AddressListServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AddressListServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AddressListService.
   * <pre>
   * AddressListService keeps whom an account or an inbox lets write to it, and whom it
   * writes to: allow and block lists of addresses and domains.
   * Of all entries that match an address the most exact one decides: an address before a
   * domain, a longer domain before a shorter one, an inbox's entry before the account's,
   * block before allow. Where a list of an inbox, or of its account, has an allow entry at
   * all, an address that no entry matches is blocked.
   * Senders are compared by the reverse-path and by the From field: one that is blocked by
   * either is refused with 550 5.7.1 (RCPT, or after DATA). Recipients are compared when
   * mail is handed in: RECIPIENT_BLOCKED.
   * A key that is restricted to inboxes sees and changes entries of those only.
   * </pre>
   */
  public static final class AddressListServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AddressListServiceStub> {
    private AddressListServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AddressListServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AddressListServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an entry, or changes the note of the one that is there. At most 10,000 an
     * account. Needs the scope `lists:write`.
     * Errors: ADDRESS_INVALID, FIELD_INVALID, TOO_MANY_RULES.
     * </pre>
     */
    public void addAddressEntry(io.mailbot.v1.AddAddressEntryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.AddAddressEntryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAddAddressEntryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Removes an entry. Needs `lists:write`.
     * </pre>
     */
    public void removeAddressEntry(io.mailbot.v1.RemoveAddressEntryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RemoveAddressEntryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRemoveAddressEntryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists entries, newest first. Needs `lists:read`.
     * </pre>
     */
    public void listAddressEntries(io.mailbot.v1.ListAddressEntriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListAddressEntriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAddressEntriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says what the lists make of an address, and which entry decides. Needs `lists:read`.
     * </pre>
     */
    public void checkAddress(io.mailbot.v1.CheckAddressRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CheckAddressResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckAddressMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AddressListService.
   * <pre>
   * AddressListService keeps whom an account or an inbox lets write to it, and whom it
   * writes to: allow and block lists of addresses and domains.
   * Of all entries that match an address the most exact one decides: an address before a
   * domain, a longer domain before a shorter one, an inbox's entry before the account's,
   * block before allow. Where a list of an inbox, or of its account, has an allow entry at
   * all, an address that no entry matches is blocked.
   * Senders are compared by the reverse-path and by the From field: one that is blocked by
   * either is refused with 550 5.7.1 (RCPT, or after DATA). Recipients are compared when
   * mail is handed in: RECIPIENT_BLOCKED.
   * A key that is restricted to inboxes sees and changes entries of those only.
   * </pre>
   */
  public static final class AddressListServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AddressListServiceBlockingV2Stub> {
    private AddressListServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AddressListServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AddressListServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an entry, or changes the note of the one that is there. At most 10,000 an
     * account. Needs the scope `lists:write`.
     * Errors: ADDRESS_INVALID, FIELD_INVALID, TOO_MANY_RULES.
     * </pre>
     */
    public io.mailbot.v1.AddAddressEntryResponse addAddressEntry(io.mailbot.v1.AddAddressEntryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAddAddressEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes an entry. Needs `lists:write`.
     * </pre>
     */
    public io.mailbot.v1.RemoveAddressEntryResponse removeAddressEntry(io.mailbot.v1.RemoveAddressEntryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRemoveAddressEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists entries, newest first. Needs `lists:read`.
     * </pre>
     */
    public io.mailbot.v1.ListAddressEntriesResponse listAddressEntries(io.mailbot.v1.ListAddressEntriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAddressEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what the lists make of an address, and which entry decides. Needs `lists:read`.
     * </pre>
     */
    public io.mailbot.v1.CheckAddressResponse checkAddress(io.mailbot.v1.CheckAddressRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckAddressMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AddressListService.
   * <pre>
   * AddressListService keeps whom an account or an inbox lets write to it, and whom it
   * writes to: allow and block lists of addresses and domains.
   * Of all entries that match an address the most exact one decides: an address before a
   * domain, a longer domain before a shorter one, an inbox's entry before the account's,
   * block before allow. Where a list of an inbox, or of its account, has an allow entry at
   * all, an address that no entry matches is blocked.
   * Senders are compared by the reverse-path and by the From field: one that is blocked by
   * either is refused with 550 5.7.1 (RCPT, or after DATA). Recipients are compared when
   * mail is handed in: RECIPIENT_BLOCKED.
   * A key that is restricted to inboxes sees and changes entries of those only.
   * </pre>
   */
  public static final class AddressListServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AddressListServiceBlockingStub> {
    private AddressListServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AddressListServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AddressListServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an entry, or changes the note of the one that is there. At most 10,000 an
     * account. Needs the scope `lists:write`.
     * Errors: ADDRESS_INVALID, FIELD_INVALID, TOO_MANY_RULES.
     * </pre>
     */
    public io.mailbot.v1.AddAddressEntryResponse addAddressEntry(io.mailbot.v1.AddAddressEntryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAddAddressEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes an entry. Needs `lists:write`.
     * </pre>
     */
    public io.mailbot.v1.RemoveAddressEntryResponse removeAddressEntry(io.mailbot.v1.RemoveAddressEntryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRemoveAddressEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists entries, newest first. Needs `lists:read`.
     * </pre>
     */
    public io.mailbot.v1.ListAddressEntriesResponse listAddressEntries(io.mailbot.v1.ListAddressEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAddressEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what the lists make of an address, and which entry decides. Needs `lists:read`.
     * </pre>
     */
    public io.mailbot.v1.CheckAddressResponse checkAddress(io.mailbot.v1.CheckAddressRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckAddressMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AddressListService.
   * <pre>
   * AddressListService keeps whom an account or an inbox lets write to it, and whom it
   * writes to: allow and block lists of addresses and domains.
   * Of all entries that match an address the most exact one decides: an address before a
   * domain, a longer domain before a shorter one, an inbox's entry before the account's,
   * block before allow. Where a list of an inbox, or of its account, has an allow entry at
   * all, an address that no entry matches is blocked.
   * Senders are compared by the reverse-path and by the From field: one that is blocked by
   * either is refused with 550 5.7.1 (RCPT, or after DATA). Recipients are compared when
   * mail is handed in: RECIPIENT_BLOCKED.
   * A key that is restricted to inboxes sees and changes entries of those only.
   * </pre>
   */
  public static final class AddressListServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AddressListServiceFutureStub> {
    private AddressListServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AddressListServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AddressListServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Adds an entry, or changes the note of the one that is there. At most 10,000 an
     * account. Needs the scope `lists:write`.
     * Errors: ADDRESS_INVALID, FIELD_INVALID, TOO_MANY_RULES.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.AddAddressEntryResponse> addAddressEntry(
        io.mailbot.v1.AddAddressEntryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAddAddressEntryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Removes an entry. Needs `lists:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RemoveAddressEntryResponse> removeAddressEntry(
        io.mailbot.v1.RemoveAddressEntryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRemoveAddressEntryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists entries, newest first. Needs `lists:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListAddressEntriesResponse> listAddressEntries(
        io.mailbot.v1.ListAddressEntriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAddressEntriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says what the lists make of an address, and which entry decides. Needs `lists:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CheckAddressResponse> checkAddress(
        io.mailbot.v1.CheckAddressRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckAddressMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_ADD_ADDRESS_ENTRY = 0;
  private static final int METHODID_REMOVE_ADDRESS_ENTRY = 1;
  private static final int METHODID_LIST_ADDRESS_ENTRIES = 2;
  private static final int METHODID_CHECK_ADDRESS = 3;

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
        case METHODID_ADD_ADDRESS_ENTRY:
          serviceImpl.addAddressEntry((io.mailbot.v1.AddAddressEntryRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.AddAddressEntryResponse>) responseObserver);
          break;
        case METHODID_REMOVE_ADDRESS_ENTRY:
          serviceImpl.removeAddressEntry((io.mailbot.v1.RemoveAddressEntryRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RemoveAddressEntryResponse>) responseObserver);
          break;
        case METHODID_LIST_ADDRESS_ENTRIES:
          serviceImpl.listAddressEntries((io.mailbot.v1.ListAddressEntriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListAddressEntriesResponse>) responseObserver);
          break;
        case METHODID_CHECK_ADDRESS:
          serviceImpl.checkAddress((io.mailbot.v1.CheckAddressRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CheckAddressResponse>) responseObserver);
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
          getAddAddressEntryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.AddAddressEntryRequest,
              io.mailbot.v1.AddAddressEntryResponse>(
                service, METHODID_ADD_ADDRESS_ENTRY)))
        .addMethod(
          getRemoveAddressEntryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RemoveAddressEntryRequest,
              io.mailbot.v1.RemoveAddressEntryResponse>(
                service, METHODID_REMOVE_ADDRESS_ENTRY)))
        .addMethod(
          getListAddressEntriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListAddressEntriesRequest,
              io.mailbot.v1.ListAddressEntriesResponse>(
                service, METHODID_LIST_ADDRESS_ENTRIES)))
        .addMethod(
          getCheckAddressMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CheckAddressRequest,
              io.mailbot.v1.CheckAddressResponse>(
                service, METHODID_CHECK_ADDRESS)))
        .build();
  }

  private static abstract class AddressListServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AddressListServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.AddressListsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AddressListService");
    }
  }

  private static final class AddressListServiceFileDescriptorSupplier
      extends AddressListServiceBaseDescriptorSupplier {
    AddressListServiceFileDescriptorSupplier() {}
  }

  private static final class AddressListServiceMethodDescriptorSupplier
      extends AddressListServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AddressListServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AddressListServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AddressListServiceFileDescriptorSupplier())
              .addMethod(getAddAddressEntryMethod())
              .addMethod(getRemoveAddressEntryMethod())
              .addMethod(getListAddressEntriesMethod())
              .addMethod(getCheckAddressMethod())
              .build();
        }
      }
    }
    return result;
  }
}

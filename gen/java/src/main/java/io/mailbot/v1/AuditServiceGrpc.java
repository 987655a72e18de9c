package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * AuditService shows who changed what: every change through the API or the command line,
 * and every decision of the engine that changes what a caller has set up.
 * Entries are only ever added, and each carries a hash over itself and the hash of the
 * one before it in the same account, so that a changed, removed or reordered entry
 * shows.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AuditServiceGrpc {

  private AuditServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.AuditService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListAuditEntriesRequest,
      io.mailbot.v1.ListAuditEntriesResponse> getListAuditEntriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAuditEntries",
      requestType = io.mailbot.v1.ListAuditEntriesRequest.class,
      responseType = io.mailbot.v1.ListAuditEntriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListAuditEntriesRequest,
      io.mailbot.v1.ListAuditEntriesResponse> getListAuditEntriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListAuditEntriesRequest, io.mailbot.v1.ListAuditEntriesResponse> getListAuditEntriesMethod;
    if ((getListAuditEntriesMethod = AuditServiceGrpc.getListAuditEntriesMethod) == null) {
      synchronized (AuditServiceGrpc.class) {
        if ((getListAuditEntriesMethod = AuditServiceGrpc.getListAuditEntriesMethod) == null) {
          AuditServiceGrpc.getListAuditEntriesMethod = getListAuditEntriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListAuditEntriesRequest, io.mailbot.v1.ListAuditEntriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAuditEntries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListAuditEntriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListAuditEntriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuditServiceMethodDescriptorSupplier("ListAuditEntries"))
              .build();
        }
      }
    }
    return getListAuditEntriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetAuditEntryRequest,
      io.mailbot.v1.GetAuditEntryResponse> getGetAuditEntryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAuditEntry",
      requestType = io.mailbot.v1.GetAuditEntryRequest.class,
      responseType = io.mailbot.v1.GetAuditEntryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetAuditEntryRequest,
      io.mailbot.v1.GetAuditEntryResponse> getGetAuditEntryMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetAuditEntryRequest, io.mailbot.v1.GetAuditEntryResponse> getGetAuditEntryMethod;
    if ((getGetAuditEntryMethod = AuditServiceGrpc.getGetAuditEntryMethod) == null) {
      synchronized (AuditServiceGrpc.class) {
        if ((getGetAuditEntryMethod = AuditServiceGrpc.getGetAuditEntryMethod) == null) {
          AuditServiceGrpc.getGetAuditEntryMethod = getGetAuditEntryMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetAuditEntryRequest, io.mailbot.v1.GetAuditEntryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAuditEntry"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetAuditEntryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetAuditEntryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuditServiceMethodDescriptorSupplier("GetAuditEntry"))
              .build();
        }
      }
    }
    return getGetAuditEntryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.VerifyAuditEntriesRequest,
      io.mailbot.v1.VerifyAuditEntriesResponse> getVerifyAuditEntriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyAuditEntries",
      requestType = io.mailbot.v1.VerifyAuditEntriesRequest.class,
      responseType = io.mailbot.v1.VerifyAuditEntriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.VerifyAuditEntriesRequest,
      io.mailbot.v1.VerifyAuditEntriesResponse> getVerifyAuditEntriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.VerifyAuditEntriesRequest, io.mailbot.v1.VerifyAuditEntriesResponse> getVerifyAuditEntriesMethod;
    if ((getVerifyAuditEntriesMethod = AuditServiceGrpc.getVerifyAuditEntriesMethod) == null) {
      synchronized (AuditServiceGrpc.class) {
        if ((getVerifyAuditEntriesMethod = AuditServiceGrpc.getVerifyAuditEntriesMethod) == null) {
          AuditServiceGrpc.getVerifyAuditEntriesMethod = getVerifyAuditEntriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.VerifyAuditEntriesRequest, io.mailbot.v1.VerifyAuditEntriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyAuditEntries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.VerifyAuditEntriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.VerifyAuditEntriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AuditServiceMethodDescriptorSupplier("VerifyAuditEntries"))
              .build();
        }
      }
    }
    return getVerifyAuditEntriesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AuditServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditServiceStub>() {
        @java.lang.Override
        public AuditServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditServiceStub(channel, callOptions);
        }
      };
    return AuditServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AuditServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditServiceBlockingV2Stub>() {
        @java.lang.Override
        public AuditServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AuditServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AuditServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditServiceBlockingStub>() {
        @java.lang.Override
        public AuditServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditServiceBlockingStub(channel, callOptions);
        }
      };
    return AuditServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AuditServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AuditServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AuditServiceFutureStub>() {
        @java.lang.Override
        public AuditServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AuditServiceFutureStub(channel, callOptions);
        }
      };
    return AuditServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * AuditService shows who changed what: every change through the API or the command line,
   * and every decision of the engine that changes what a caller has set up.
   * Entries are only ever added, and each carries a hash over itself and the hash of the
   * one before it in the same account, so that a changed, removed or reordered entry
   * shows.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists entries, newest first; a key that is restricted to inboxes sees those of its
     * inboxes only. Needs `audit:read`.
     * </pre>
     */
    default void listAuditEntries(io.mailbot.v1.ListAuditEntriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListAuditEntriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAuditEntriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads an entry. Needs `audit:read`.
     * </pre>
     */
    default void getAuditEntry(io.mailbot.v1.GetAuditEntryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetAuditEntryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAuditEntryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Recomputes the hashes of a piece of the chain, at most 10,000 entries a call; call
     * on with next_sequence and last_hash until it is 0. Needs `audit:read` of a key that
     * is not restricted to inboxes.
     * </pre>
     */
    default void verifyAuditEntries(io.mailbot.v1.VerifyAuditEntriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.VerifyAuditEntriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyAuditEntriesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AuditService.
   * <pre>
   * AuditService shows who changed what: every change through the API or the command line,
   * and every decision of the engine that changes what a caller has set up.
   * Entries are only ever added, and each carries a hash over itself and the hash of the
   * one before it in the same account, so that a changed, removed or reordered entry
   * shows.
   * </pre>
   */
  public static abstract class AuditServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AuditServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AuditService.
   * <pre>
   * AuditService shows who changed what: every change through the API or the command line,
   * and every decision of the engine that changes what a caller has set up.
   * Entries are only ever added, and each carries a hash over itself and the hash of the
   * one before it in the same account, so that a changed, removed or reordered entry
   * shows.
   * </pre>
   */
  public static final class AuditServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AuditServiceStub> {
    private AuditServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists entries, newest first; a key that is restricted to inboxes sees those of its
     * inboxes only. Needs `audit:read`.
     * </pre>
     */
    public void listAuditEntries(io.mailbot.v1.ListAuditEntriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListAuditEntriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAuditEntriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads an entry. Needs `audit:read`.
     * </pre>
     */
    public void getAuditEntry(io.mailbot.v1.GetAuditEntryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetAuditEntryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAuditEntryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Recomputes the hashes of a piece of the chain, at most 10,000 entries a call; call
     * on with next_sequence and last_hash until it is 0. Needs `audit:read` of a key that
     * is not restricted to inboxes.
     * </pre>
     */
    public void verifyAuditEntries(io.mailbot.v1.VerifyAuditEntriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.VerifyAuditEntriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyAuditEntriesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AuditService.
   * <pre>
   * AuditService shows who changed what: every change through the API or the command line,
   * and every decision of the engine that changes what a caller has set up.
   * Entries are only ever added, and each carries a hash over itself and the hash of the
   * one before it in the same account, so that a changed, removed or reordered entry
   * shows.
   * </pre>
   */
  public static final class AuditServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AuditServiceBlockingV2Stub> {
    private AuditServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists entries, newest first; a key that is restricted to inboxes sees those of its
     * inboxes only. Needs `audit:read`.
     * </pre>
     */
    public io.mailbot.v1.ListAuditEntriesResponse listAuditEntries(io.mailbot.v1.ListAuditEntriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAuditEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an entry. Needs `audit:read`.
     * </pre>
     */
    public io.mailbot.v1.GetAuditEntryResponse getAuditEntry(io.mailbot.v1.GetAuditEntryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAuditEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Recomputes the hashes of a piece of the chain, at most 10,000 entries a call; call
     * on with next_sequence and last_hash until it is 0. Needs `audit:read` of a key that
     * is not restricted to inboxes.
     * </pre>
     */
    public io.mailbot.v1.VerifyAuditEntriesResponse verifyAuditEntries(io.mailbot.v1.VerifyAuditEntriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getVerifyAuditEntriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AuditService.
   * <pre>
   * AuditService shows who changed what: every change through the API or the command line,
   * and every decision of the engine that changes what a caller has set up.
   * Entries are only ever added, and each carries a hash over itself and the hash of the
   * one before it in the same account, so that a changed, removed or reordered entry
   * shows.
   * </pre>
   */
  public static final class AuditServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AuditServiceBlockingStub> {
    private AuditServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists entries, newest first; a key that is restricted to inboxes sees those of its
     * inboxes only. Needs `audit:read`.
     * </pre>
     */
    public io.mailbot.v1.ListAuditEntriesResponse listAuditEntries(io.mailbot.v1.ListAuditEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAuditEntriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads an entry. Needs `audit:read`.
     * </pre>
     */
    public io.mailbot.v1.GetAuditEntryResponse getAuditEntry(io.mailbot.v1.GetAuditEntryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAuditEntryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Recomputes the hashes of a piece of the chain, at most 10,000 entries a call; call
     * on with next_sequence and last_hash until it is 0. Needs `audit:read` of a key that
     * is not restricted to inboxes.
     * </pre>
     */
    public io.mailbot.v1.VerifyAuditEntriesResponse verifyAuditEntries(io.mailbot.v1.VerifyAuditEntriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyAuditEntriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AuditService.
   * <pre>
   * AuditService shows who changed what: every change through the API or the command line,
   * and every decision of the engine that changes what a caller has set up.
   * Entries are only ever added, and each carries a hash over itself and the hash of the
   * one before it in the same account, so that a changed, removed or reordered entry
   * shows.
   * </pre>
   */
  public static final class AuditServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AuditServiceFutureStub> {
    private AuditServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AuditServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AuditServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists entries, newest first; a key that is restricted to inboxes sees those of its
     * inboxes only. Needs `audit:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListAuditEntriesResponse> listAuditEntries(
        io.mailbot.v1.ListAuditEntriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAuditEntriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads an entry. Needs `audit:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetAuditEntryResponse> getAuditEntry(
        io.mailbot.v1.GetAuditEntryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAuditEntryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Recomputes the hashes of a piece of the chain, at most 10,000 entries a call; call
     * on with next_sequence and last_hash until it is 0. Needs `audit:read` of a key that
     * is not restricted to inboxes.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.VerifyAuditEntriesResponse> verifyAuditEntries(
        io.mailbot.v1.VerifyAuditEntriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyAuditEntriesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_AUDIT_ENTRIES = 0;
  private static final int METHODID_GET_AUDIT_ENTRY = 1;
  private static final int METHODID_VERIFY_AUDIT_ENTRIES = 2;

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
        case METHODID_LIST_AUDIT_ENTRIES:
          serviceImpl.listAuditEntries((io.mailbot.v1.ListAuditEntriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListAuditEntriesResponse>) responseObserver);
          break;
        case METHODID_GET_AUDIT_ENTRY:
          serviceImpl.getAuditEntry((io.mailbot.v1.GetAuditEntryRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetAuditEntryResponse>) responseObserver);
          break;
        case METHODID_VERIFY_AUDIT_ENTRIES:
          serviceImpl.verifyAuditEntries((io.mailbot.v1.VerifyAuditEntriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.VerifyAuditEntriesResponse>) responseObserver);
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
          getListAuditEntriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListAuditEntriesRequest,
              io.mailbot.v1.ListAuditEntriesResponse>(
                service, METHODID_LIST_AUDIT_ENTRIES)))
        .addMethod(
          getGetAuditEntryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetAuditEntryRequest,
              io.mailbot.v1.GetAuditEntryResponse>(
                service, METHODID_GET_AUDIT_ENTRY)))
        .addMethod(
          getVerifyAuditEntriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.VerifyAuditEntriesRequest,
              io.mailbot.v1.VerifyAuditEntriesResponse>(
                service, METHODID_VERIFY_AUDIT_ENTRIES)))
        .build();
  }

  private static abstract class AuditServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AuditServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.AuditsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AuditService");
    }
  }

  private static final class AuditServiceFileDescriptorSupplier
      extends AuditServiceBaseDescriptorSupplier {
    AuditServiceFileDescriptorSupplier() {}
  }

  private static final class AuditServiceMethodDescriptorSupplier
      extends AuditServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AuditServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AuditServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AuditServiceFileDescriptorSupplier())
              .addMethod(getListAuditEntriesMethod())
              .addMethod(getGetAuditEntryMethod())
              .addMethod(getVerifyAuditEntriesMethod())
              .build();
        }
      }
    }
    return result;
  }
}

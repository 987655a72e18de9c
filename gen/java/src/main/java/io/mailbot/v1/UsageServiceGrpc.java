package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * UsageService tells how much was sent and received and what became of it: exact
 * counts, kept in the transactions that write the events that they count.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class UsageServiceGrpc {

  private UsageServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.UsageService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetUsageRequest,
      io.mailbot.v1.GetUsageResponse> getGetUsageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetUsage",
      requestType = io.mailbot.v1.GetUsageRequest.class,
      responseType = io.mailbot.v1.GetUsageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetUsageRequest,
      io.mailbot.v1.GetUsageResponse> getGetUsageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetUsageRequest, io.mailbot.v1.GetUsageResponse> getGetUsageMethod;
    if ((getGetUsageMethod = UsageServiceGrpc.getGetUsageMethod) == null) {
      synchronized (UsageServiceGrpc.class) {
        if ((getGetUsageMethod = UsageServiceGrpc.getGetUsageMethod) == null) {
          UsageServiceGrpc.getGetUsageMethod = getGetUsageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetUsageRequest, io.mailbot.v1.GetUsageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetUsage"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetUsageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetUsageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UsageServiceMethodDescriptorSupplier("GetUsage"))
              .build();
        }
      }
    }
    return getGetUsageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListInboxUsageRequest,
      io.mailbot.v1.ListInboxUsageResponse> getListInboxUsageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListInboxUsage",
      requestType = io.mailbot.v1.ListInboxUsageRequest.class,
      responseType = io.mailbot.v1.ListInboxUsageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListInboxUsageRequest,
      io.mailbot.v1.ListInboxUsageResponse> getListInboxUsageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListInboxUsageRequest, io.mailbot.v1.ListInboxUsageResponse> getListInboxUsageMethod;
    if ((getListInboxUsageMethod = UsageServiceGrpc.getListInboxUsageMethod) == null) {
      synchronized (UsageServiceGrpc.class) {
        if ((getListInboxUsageMethod = UsageServiceGrpc.getListInboxUsageMethod) == null) {
          UsageServiceGrpc.getListInboxUsageMethod = getListInboxUsageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListInboxUsageRequest, io.mailbot.v1.ListInboxUsageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListInboxUsage"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListInboxUsageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListInboxUsageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UsageServiceMethodDescriptorSupplier("ListInboxUsage"))
              .build();
        }
      }
    }
    return getListInboxUsageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListDomainUsageRequest,
      io.mailbot.v1.ListDomainUsageResponse> getListDomainUsageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDomainUsage",
      requestType = io.mailbot.v1.ListDomainUsageRequest.class,
      responseType = io.mailbot.v1.ListDomainUsageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListDomainUsageRequest,
      io.mailbot.v1.ListDomainUsageResponse> getListDomainUsageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListDomainUsageRequest, io.mailbot.v1.ListDomainUsageResponse> getListDomainUsageMethod;
    if ((getListDomainUsageMethod = UsageServiceGrpc.getListDomainUsageMethod) == null) {
      synchronized (UsageServiceGrpc.class) {
        if ((getListDomainUsageMethod = UsageServiceGrpc.getListDomainUsageMethod) == null) {
          UsageServiceGrpc.getListDomainUsageMethod = getListDomainUsageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListDomainUsageRequest, io.mailbot.v1.ListDomainUsageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDomainUsage"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDomainUsageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDomainUsageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UsageServiceMethodDescriptorSupplier("ListDomainUsage"))
              .build();
        }
      }
    }
    return getListDomainUsageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RebuildUsageRequest,
      io.mailbot.v1.RebuildUsageResponse> getRebuildUsageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RebuildUsage",
      requestType = io.mailbot.v1.RebuildUsageRequest.class,
      responseType = io.mailbot.v1.RebuildUsageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RebuildUsageRequest,
      io.mailbot.v1.RebuildUsageResponse> getRebuildUsageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RebuildUsageRequest, io.mailbot.v1.RebuildUsageResponse> getRebuildUsageMethod;
    if ((getRebuildUsageMethod = UsageServiceGrpc.getRebuildUsageMethod) == null) {
      synchronized (UsageServiceGrpc.class) {
        if ((getRebuildUsageMethod = UsageServiceGrpc.getRebuildUsageMethod) == null) {
          UsageServiceGrpc.getRebuildUsageMethod = getRebuildUsageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RebuildUsageRequest, io.mailbot.v1.RebuildUsageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RebuildUsage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RebuildUsageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RebuildUsageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new UsageServiceMethodDescriptorSupplier("RebuildUsage"))
              .build();
        }
      }
    }
    return getRebuildUsageMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static UsageServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UsageServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UsageServiceStub>() {
        @java.lang.Override
        public UsageServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UsageServiceStub(channel, callOptions);
        }
      };
    return UsageServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static UsageServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UsageServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UsageServiceBlockingV2Stub>() {
        @java.lang.Override
        public UsageServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UsageServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return UsageServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static UsageServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UsageServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UsageServiceBlockingStub>() {
        @java.lang.Override
        public UsageServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UsageServiceBlockingStub(channel, callOptions);
        }
      };
    return UsageServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static UsageServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<UsageServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<UsageServiceFutureStub>() {
        @java.lang.Override
        public UsageServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new UsageServiceFutureStub(channel, callOptions);
        }
      };
    return UsageServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * UsageService tells how much was sent and received and what became of it: exact
   * counts, kept in the transactions that write the events that they count.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Reads counts of a period for the account, for one inbox or for one recipient
     * domain. Needs `usage:read`.
     * </pre>
     */
    default void getUsage(io.mailbot.v1.GetUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetUsageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetUsageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists inboxes with their counts of a period, those that sent most first. Needs
     * `usage:read`.
     * </pre>
     */
    default void listInboxUsage(io.mailbot.v1.ListInboxUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListInboxUsageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListInboxUsageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the recipient domains to which most was sent in a period, at most 50. Needs
     * `usage:read`.
     * </pre>
     */
    default void listDomainUsage(io.mailbot.v1.ListDomainUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDomainUsageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDomainUsageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Counts an account's usage again from its events and puts that in the place of what
     * was counted, for every full hour whose events are all kept and that ended 15 minutes
     * ago or earlier. Does a part of it; call it again until `done`. What was begun goes on
     * by itself, too. Needs `operator`.
     * </pre>
     */
    default void rebuildUsage(io.mailbot.v1.RebuildUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RebuildUsageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRebuildUsageMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service UsageService.
   * <pre>
   * UsageService tells how much was sent and received and what became of it: exact
   * counts, kept in the transactions that write the events that they count.
   * </pre>
   */
  public static abstract class UsageServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return UsageServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service UsageService.
   * <pre>
   * UsageService tells how much was sent and received and what became of it: exact
   * counts, kept in the transactions that write the events that they count.
   * </pre>
   */
  public static final class UsageServiceStub
      extends io.grpc.stub.AbstractAsyncStub<UsageServiceStub> {
    private UsageServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UsageServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UsageServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads counts of a period for the account, for one inbox or for one recipient
     * domain. Needs `usage:read`.
     * </pre>
     */
    public void getUsage(io.mailbot.v1.GetUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetUsageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetUsageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists inboxes with their counts of a period, those that sent most first. Needs
     * `usage:read`.
     * </pre>
     */
    public void listInboxUsage(io.mailbot.v1.ListInboxUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListInboxUsageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListInboxUsageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the recipient domains to which most was sent in a period, at most 50. Needs
     * `usage:read`.
     * </pre>
     */
    public void listDomainUsage(io.mailbot.v1.ListDomainUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDomainUsageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDomainUsageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Counts an account's usage again from its events and puts that in the place of what
     * was counted, for every full hour whose events are all kept and that ended 15 minutes
     * ago or earlier. Does a part of it; call it again until `done`. What was begun goes on
     * by itself, too. Needs `operator`.
     * </pre>
     */
    public void rebuildUsage(io.mailbot.v1.RebuildUsageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RebuildUsageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRebuildUsageMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service UsageService.
   * <pre>
   * UsageService tells how much was sent and received and what became of it: exact
   * counts, kept in the transactions that write the events that they count.
   * </pre>
   */
  public static final class UsageServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<UsageServiceBlockingV2Stub> {
    private UsageServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UsageServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UsageServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads counts of a period for the account, for one inbox or for one recipient
     * domain. Needs `usage:read`.
     * </pre>
     */
    public io.mailbot.v1.GetUsageResponse getUsage(io.mailbot.v1.GetUsageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetUsageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists inboxes with their counts of a period, those that sent most first. Needs
     * `usage:read`.
     * </pre>
     */
    public io.mailbot.v1.ListInboxUsageResponse listInboxUsage(io.mailbot.v1.ListInboxUsageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListInboxUsageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the recipient domains to which most was sent in a period, at most 50. Needs
     * `usage:read`.
     * </pre>
     */
    public io.mailbot.v1.ListDomainUsageResponse listDomainUsage(io.mailbot.v1.ListDomainUsageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDomainUsageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Counts an account's usage again from its events and puts that in the place of what
     * was counted, for every full hour whose events are all kept and that ended 15 minutes
     * ago or earlier. Does a part of it; call it again until `done`. What was begun goes on
     * by itself, too. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.RebuildUsageResponse rebuildUsage(io.mailbot.v1.RebuildUsageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRebuildUsageMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service UsageService.
   * <pre>
   * UsageService tells how much was sent and received and what became of it: exact
   * counts, kept in the transactions that write the events that they count.
   * </pre>
   */
  public static final class UsageServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<UsageServiceBlockingStub> {
    private UsageServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UsageServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UsageServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads counts of a period for the account, for one inbox or for one recipient
     * domain. Needs `usage:read`.
     * </pre>
     */
    public io.mailbot.v1.GetUsageResponse getUsage(io.mailbot.v1.GetUsageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetUsageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists inboxes with their counts of a period, those that sent most first. Needs
     * `usage:read`.
     * </pre>
     */
    public io.mailbot.v1.ListInboxUsageResponse listInboxUsage(io.mailbot.v1.ListInboxUsageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListInboxUsageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the recipient domains to which most was sent in a period, at most 50. Needs
     * `usage:read`.
     * </pre>
     */
    public io.mailbot.v1.ListDomainUsageResponse listDomainUsage(io.mailbot.v1.ListDomainUsageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDomainUsageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Counts an account's usage again from its events and puts that in the place of what
     * was counted, for every full hour whose events are all kept and that ended 15 minutes
     * ago or earlier. Does a part of it; call it again until `done`. What was begun goes on
     * by itself, too. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.RebuildUsageResponse rebuildUsage(io.mailbot.v1.RebuildUsageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRebuildUsageMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service UsageService.
   * <pre>
   * UsageService tells how much was sent and received and what became of it: exact
   * counts, kept in the transactions that write the events that they count.
   * </pre>
   */
  public static final class UsageServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<UsageServiceFutureStub> {
    private UsageServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected UsageServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new UsageServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads counts of a period for the account, for one inbox or for one recipient
     * domain. Needs `usage:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetUsageResponse> getUsage(
        io.mailbot.v1.GetUsageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetUsageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists inboxes with their counts of a period, those that sent most first. Needs
     * `usage:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListInboxUsageResponse> listInboxUsage(
        io.mailbot.v1.ListInboxUsageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListInboxUsageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the recipient domains to which most was sent in a period, at most 50. Needs
     * `usage:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListDomainUsageResponse> listDomainUsage(
        io.mailbot.v1.ListDomainUsageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDomainUsageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Counts an account's usage again from its events and puts that in the place of what
     * was counted, for every full hour whose events are all kept and that ended 15 minutes
     * ago or earlier. Does a part of it; call it again until `done`. What was begun goes on
     * by itself, too. Needs `operator`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RebuildUsageResponse> rebuildUsage(
        io.mailbot.v1.RebuildUsageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRebuildUsageMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_USAGE = 0;
  private static final int METHODID_LIST_INBOX_USAGE = 1;
  private static final int METHODID_LIST_DOMAIN_USAGE = 2;
  private static final int METHODID_REBUILD_USAGE = 3;

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
        case METHODID_GET_USAGE:
          serviceImpl.getUsage((io.mailbot.v1.GetUsageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetUsageResponse>) responseObserver);
          break;
        case METHODID_LIST_INBOX_USAGE:
          serviceImpl.listInboxUsage((io.mailbot.v1.ListInboxUsageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListInboxUsageResponse>) responseObserver);
          break;
        case METHODID_LIST_DOMAIN_USAGE:
          serviceImpl.listDomainUsage((io.mailbot.v1.ListDomainUsageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListDomainUsageResponse>) responseObserver);
          break;
        case METHODID_REBUILD_USAGE:
          serviceImpl.rebuildUsage((io.mailbot.v1.RebuildUsageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RebuildUsageResponse>) responseObserver);
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
          getGetUsageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetUsageRequest,
              io.mailbot.v1.GetUsageResponse>(
                service, METHODID_GET_USAGE)))
        .addMethod(
          getListInboxUsageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListInboxUsageRequest,
              io.mailbot.v1.ListInboxUsageResponse>(
                service, METHODID_LIST_INBOX_USAGE)))
        .addMethod(
          getListDomainUsageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListDomainUsageRequest,
              io.mailbot.v1.ListDomainUsageResponse>(
                service, METHODID_LIST_DOMAIN_USAGE)))
        .addMethod(
          getRebuildUsageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RebuildUsageRequest,
              io.mailbot.v1.RebuildUsageResponse>(
                service, METHODID_REBUILD_USAGE)))
        .build();
  }

  private static abstract class UsageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    UsageServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.UsageProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("UsageService");
    }
  }

  private static final class UsageServiceFileDescriptorSupplier
      extends UsageServiceBaseDescriptorSupplier {
    UsageServiceFileDescriptorSupplier() {}
  }

  private static final class UsageServiceMethodDescriptorSupplier
      extends UsageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    UsageServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (UsageServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new UsageServiceFileDescriptorSupplier())
              .addMethod(getGetUsageMethod())
              .addMethod(getListInboxUsageMethod())
              .addMethod(getListDomainUsageMethod())
              .addMethod(getRebuildUsageMethod())
              .build();
        }
      }
    }
    return result;
  }
}

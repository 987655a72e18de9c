package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * ThreadService reads conversations.
 * A thread lives inside one inbox. Messages belong together when one names another
 * in Message-ID, In-Reply-To or References, in whatever order they arrive; a
 * subject never joins and never splits. When a late message shows that two threads
 * are one, they are merged: the older id survives, the other keeps answering.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class ThreadServiceGrpc {

  private ThreadServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.ThreadService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetThreadRequest,
      io.mailbot.v1.GetThreadResponse> getGetThreadMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetThread",
      requestType = io.mailbot.v1.GetThreadRequest.class,
      responseType = io.mailbot.v1.GetThreadResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetThreadRequest,
      io.mailbot.v1.GetThreadResponse> getGetThreadMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetThreadRequest, io.mailbot.v1.GetThreadResponse> getGetThreadMethod;
    if ((getGetThreadMethod = ThreadServiceGrpc.getGetThreadMethod) == null) {
      synchronized (ThreadServiceGrpc.class) {
        if ((getGetThreadMethod = ThreadServiceGrpc.getGetThreadMethod) == null) {
          ThreadServiceGrpc.getGetThreadMethod = getGetThreadMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetThreadRequest, io.mailbot.v1.GetThreadResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetThread"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetThreadRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetThreadResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ThreadServiceMethodDescriptorSupplier("GetThread"))
              .build();
        }
      }
    }
    return getGetThreadMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListThreadsRequest,
      io.mailbot.v1.ListThreadsResponse> getListThreadsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListThreads",
      requestType = io.mailbot.v1.ListThreadsRequest.class,
      responseType = io.mailbot.v1.ListThreadsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListThreadsRequest,
      io.mailbot.v1.ListThreadsResponse> getListThreadsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListThreadsRequest, io.mailbot.v1.ListThreadsResponse> getListThreadsMethod;
    if ((getListThreadsMethod = ThreadServiceGrpc.getListThreadsMethod) == null) {
      synchronized (ThreadServiceGrpc.class) {
        if ((getListThreadsMethod = ThreadServiceGrpc.getListThreadsMethod) == null) {
          ThreadServiceGrpc.getListThreadsMethod = getListThreadsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListThreadsRequest, io.mailbot.v1.ListThreadsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListThreads"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListThreadsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListThreadsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ThreadServiceMethodDescriptorSupplier("ListThreads"))
              .build();
        }
      }
    }
    return getListThreadsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ExplainThreadRequest,
      io.mailbot.v1.ExplainThreadResponse> getExplainThreadMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExplainThread",
      requestType = io.mailbot.v1.ExplainThreadRequest.class,
      responseType = io.mailbot.v1.ExplainThreadResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ExplainThreadRequest,
      io.mailbot.v1.ExplainThreadResponse> getExplainThreadMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ExplainThreadRequest, io.mailbot.v1.ExplainThreadResponse> getExplainThreadMethod;
    if ((getExplainThreadMethod = ThreadServiceGrpc.getExplainThreadMethod) == null) {
      synchronized (ThreadServiceGrpc.class) {
        if ((getExplainThreadMethod = ThreadServiceGrpc.getExplainThreadMethod) == null) {
          ThreadServiceGrpc.getExplainThreadMethod = getExplainThreadMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ExplainThreadRequest, io.mailbot.v1.ExplainThreadResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExplainThread"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ExplainThreadRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ExplainThreadResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ThreadServiceMethodDescriptorSupplier("ExplainThread"))
              .build();
        }
      }
    }
    return getExplainThreadMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.MergeThreadsRequest,
      io.mailbot.v1.MergeThreadsResponse> getMergeThreadsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "MergeThreads",
      requestType = io.mailbot.v1.MergeThreadsRequest.class,
      responseType = io.mailbot.v1.MergeThreadsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.MergeThreadsRequest,
      io.mailbot.v1.MergeThreadsResponse> getMergeThreadsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.MergeThreadsRequest, io.mailbot.v1.MergeThreadsResponse> getMergeThreadsMethod;
    if ((getMergeThreadsMethod = ThreadServiceGrpc.getMergeThreadsMethod) == null) {
      synchronized (ThreadServiceGrpc.class) {
        if ((getMergeThreadsMethod = ThreadServiceGrpc.getMergeThreadsMethod) == null) {
          ThreadServiceGrpc.getMergeThreadsMethod = getMergeThreadsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.MergeThreadsRequest, io.mailbot.v1.MergeThreadsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "MergeThreads"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.MergeThreadsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.MergeThreadsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ThreadServiceMethodDescriptorSupplier("MergeThreads"))
              .build();
        }
      }
    }
    return getMergeThreadsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SplitThreadRequest,
      io.mailbot.v1.SplitThreadResponse> getSplitThreadMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SplitThread",
      requestType = io.mailbot.v1.SplitThreadRequest.class,
      responseType = io.mailbot.v1.SplitThreadResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SplitThreadRequest,
      io.mailbot.v1.SplitThreadResponse> getSplitThreadMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SplitThreadRequest, io.mailbot.v1.SplitThreadResponse> getSplitThreadMethod;
    if ((getSplitThreadMethod = ThreadServiceGrpc.getSplitThreadMethod) == null) {
      synchronized (ThreadServiceGrpc.class) {
        if ((getSplitThreadMethod = ThreadServiceGrpc.getSplitThreadMethod) == null) {
          ThreadServiceGrpc.getSplitThreadMethod = getSplitThreadMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SplitThreadRequest, io.mailbot.v1.SplitThreadResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SplitThread"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SplitThreadRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SplitThreadResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ThreadServiceMethodDescriptorSupplier("SplitThread"))
              .build();
        }
      }
    }
    return getSplitThreadMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.UpdateThreadLabelsRequest,
      io.mailbot.v1.UpdateThreadLabelsResponse> getUpdateThreadLabelsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateThreadLabels",
      requestType = io.mailbot.v1.UpdateThreadLabelsRequest.class,
      responseType = io.mailbot.v1.UpdateThreadLabelsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.UpdateThreadLabelsRequest,
      io.mailbot.v1.UpdateThreadLabelsResponse> getUpdateThreadLabelsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.UpdateThreadLabelsRequest, io.mailbot.v1.UpdateThreadLabelsResponse> getUpdateThreadLabelsMethod;
    if ((getUpdateThreadLabelsMethod = ThreadServiceGrpc.getUpdateThreadLabelsMethod) == null) {
      synchronized (ThreadServiceGrpc.class) {
        if ((getUpdateThreadLabelsMethod = ThreadServiceGrpc.getUpdateThreadLabelsMethod) == null) {
          ThreadServiceGrpc.getUpdateThreadLabelsMethod = getUpdateThreadLabelsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.UpdateThreadLabelsRequest, io.mailbot.v1.UpdateThreadLabelsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateThreadLabels"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateThreadLabelsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateThreadLabelsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new ThreadServiceMethodDescriptorSupplier("UpdateThreadLabels"))
              .build();
        }
      }
    }
    return getUpdateThreadLabelsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static ThreadServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ThreadServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ThreadServiceStub>() {
        @java.lang.Override
        public ThreadServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ThreadServiceStub(channel, callOptions);
        }
      };
    return ThreadServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static ThreadServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ThreadServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ThreadServiceBlockingV2Stub>() {
        @java.lang.Override
        public ThreadServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ThreadServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return ThreadServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static ThreadServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ThreadServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ThreadServiceBlockingStub>() {
        @java.lang.Override
        public ThreadServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ThreadServiceBlockingStub(channel, callOptions);
        }
      };
    return ThreadServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static ThreadServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<ThreadServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<ThreadServiceFutureStub>() {
        @java.lang.Override
        public ThreadServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new ThreadServiceFutureStub(channel, callOptions);
        }
      };
    return ThreadServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * ThreadService reads conversations.
   * A thread lives inside one inbox. Messages belong together when one names another
   * in Message-ID, In-Reply-To or References, in whatever order they arrive; a
   * subject never joins and never splits. When a late message shows that two threads
   * are one, they are merged: the older id survives, the other keeps answering.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Reads a thread and a page of its messages, oldest first. Needs the scope
     * `threads:read`.
     * </pre>
     */
    default void getThread(io.mailbot.v1.GetThreadRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetThreadResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetThreadMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists threads, the one with the newest message first. Needs `threads:read`.
     * </pre>
     */
    default void listThreads(io.mailbot.v1.ListThreadsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListThreadsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListThreadsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says what holds a thread together: which id tied which messages, and what was
     * merged or split by hand. Needs `threads:read`.
     * </pre>
     */
    default void explainThread(io.mailbot.v1.ExplainThreadRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ExplainThreadResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExplainThreadMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes two to 50 threads of one inbox one: the oldest id survives, the others keep
     * answering. Recorded, and never undone by what arrives later. Idempotent. Needs
     * `threads:write`.
     * </pre>
     */
    default void mergeThreads(io.mailbot.v1.MergeThreadsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.MergeThreadsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getMergeThreadsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes messages out of a thread into a new one; answers to them will join the new
     * one. Recorded, and never undone by what arrives later. Needs `threads:write`.
     * Errors: FIELD_INVALID when a message is not of the thread, or none would be left.
     * </pre>
     */
    default void splitThread(io.mailbot.v1.SplitThreadRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SplitThreadResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSplitThreadMethod(), responseObserver);
    }

    /**
     * <pre>
     * Adds and removes labels of a thread. Idempotent. Needs `threads:write`.
     * </pre>
     */
    default void updateThreadLabels(io.mailbot.v1.UpdateThreadLabelsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateThreadLabelsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateThreadLabelsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service ThreadService.
   * <pre>
   * ThreadService reads conversations.
   * A thread lives inside one inbox. Messages belong together when one names another
   * in Message-ID, In-Reply-To or References, in whatever order they arrive; a
   * subject never joins and never splits. When a late message shows that two threads
   * are one, they are merged: the older id survives, the other keeps answering.
   * </pre>
   */
  public static abstract class ThreadServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return ThreadServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service ThreadService.
   * <pre>
   * ThreadService reads conversations.
   * A thread lives inside one inbox. Messages belong together when one names another
   * in Message-ID, In-Reply-To or References, in whatever order they arrive; a
   * subject never joins and never splits. When a late message shows that two threads
   * are one, they are merged: the older id survives, the other keeps answering.
   * </pre>
   */
  public static final class ThreadServiceStub
      extends io.grpc.stub.AbstractAsyncStub<ThreadServiceStub> {
    private ThreadServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ThreadServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ThreadServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads a thread and a page of its messages, oldest first. Needs the scope
     * `threads:read`.
     * </pre>
     */
    public void getThread(io.mailbot.v1.GetThreadRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetThreadResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetThreadMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists threads, the one with the newest message first. Needs `threads:read`.
     * </pre>
     */
    public void listThreads(io.mailbot.v1.ListThreadsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListThreadsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListThreadsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says what holds a thread together: which id tied which messages, and what was
     * merged or split by hand. Needs `threads:read`.
     * </pre>
     */
    public void explainThread(io.mailbot.v1.ExplainThreadRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ExplainThreadResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExplainThreadMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes two to 50 threads of one inbox one: the oldest id survives, the others keep
     * answering. Recorded, and never undone by what arrives later. Idempotent. Needs
     * `threads:write`.
     * </pre>
     */
    public void mergeThreads(io.mailbot.v1.MergeThreadsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.MergeThreadsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getMergeThreadsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes messages out of a thread into a new one; answers to them will join the new
     * one. Recorded, and never undone by what arrives later. Needs `threads:write`.
     * Errors: FIELD_INVALID when a message is not of the thread, or none would be left.
     * </pre>
     */
    public void splitThread(io.mailbot.v1.SplitThreadRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SplitThreadResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSplitThreadMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Adds and removes labels of a thread. Idempotent. Needs `threads:write`.
     * </pre>
     */
    public void updateThreadLabels(io.mailbot.v1.UpdateThreadLabelsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateThreadLabelsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateThreadLabelsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service ThreadService.
   * <pre>
   * ThreadService reads conversations.
   * A thread lives inside one inbox. Messages belong together when one names another
   * in Message-ID, In-Reply-To or References, in whatever order they arrive; a
   * subject never joins and never splits. When a late message shows that two threads
   * are one, they are merged: the older id survives, the other keeps answering.
   * </pre>
   */
  public static final class ThreadServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<ThreadServiceBlockingV2Stub> {
    private ThreadServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ThreadServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ThreadServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads a thread and a page of its messages, oldest first. Needs the scope
     * `threads:read`.
     * </pre>
     */
    public io.mailbot.v1.GetThreadResponse getThread(io.mailbot.v1.GetThreadRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetThreadMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists threads, the one with the newest message first. Needs `threads:read`.
     * </pre>
     */
    public io.mailbot.v1.ListThreadsResponse listThreads(io.mailbot.v1.ListThreadsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListThreadsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what holds a thread together: which id tied which messages, and what was
     * merged or split by hand. Needs `threads:read`.
     * </pre>
     */
    public io.mailbot.v1.ExplainThreadResponse explainThread(io.mailbot.v1.ExplainThreadRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExplainThreadMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes two to 50 threads of one inbox one: the oldest id survives, the others keep
     * answering. Recorded, and never undone by what arrives later. Idempotent. Needs
     * `threads:write`.
     * </pre>
     */
    public io.mailbot.v1.MergeThreadsResponse mergeThreads(io.mailbot.v1.MergeThreadsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getMergeThreadsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes messages out of a thread into a new one; answers to them will join the new
     * one. Recorded, and never undone by what arrives later. Needs `threads:write`.
     * Errors: FIELD_INVALID when a message is not of the thread, or none would be left.
     * </pre>
     */
    public io.mailbot.v1.SplitThreadResponse splitThread(io.mailbot.v1.SplitThreadRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSplitThreadMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds and removes labels of a thread. Idempotent. Needs `threads:write`.
     * </pre>
     */
    public io.mailbot.v1.UpdateThreadLabelsResponse updateThreadLabels(io.mailbot.v1.UpdateThreadLabelsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateThreadLabelsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service ThreadService.
   * <pre>
   * ThreadService reads conversations.
   * A thread lives inside one inbox. Messages belong together when one names another
   * in Message-ID, In-Reply-To or References, in whatever order they arrive; a
   * subject never joins and never splits. When a late message shows that two threads
   * are one, they are merged: the older id survives, the other keeps answering.
   * </pre>
   */
  public static final class ThreadServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<ThreadServiceBlockingStub> {
    private ThreadServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ThreadServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ThreadServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads a thread and a page of its messages, oldest first. Needs the scope
     * `threads:read`.
     * </pre>
     */
    public io.mailbot.v1.GetThreadResponse getThread(io.mailbot.v1.GetThreadRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetThreadMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists threads, the one with the newest message first. Needs `threads:read`.
     * </pre>
     */
    public io.mailbot.v1.ListThreadsResponse listThreads(io.mailbot.v1.ListThreadsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListThreadsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says what holds a thread together: which id tied which messages, and what was
     * merged or split by hand. Needs `threads:read`.
     * </pre>
     */
    public io.mailbot.v1.ExplainThreadResponse explainThread(io.mailbot.v1.ExplainThreadRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExplainThreadMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes two to 50 threads of one inbox one: the oldest id survives, the others keep
     * answering. Recorded, and never undone by what arrives later. Idempotent. Needs
     * `threads:write`.
     * </pre>
     */
    public io.mailbot.v1.MergeThreadsResponse mergeThreads(io.mailbot.v1.MergeThreadsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getMergeThreadsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes messages out of a thread into a new one; answers to them will join the new
     * one. Recorded, and never undone by what arrives later. Needs `threads:write`.
     * Errors: FIELD_INVALID when a message is not of the thread, or none would be left.
     * </pre>
     */
    public io.mailbot.v1.SplitThreadResponse splitThread(io.mailbot.v1.SplitThreadRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSplitThreadMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds and removes labels of a thread. Idempotent. Needs `threads:write`.
     * </pre>
     */
    public io.mailbot.v1.UpdateThreadLabelsResponse updateThreadLabels(io.mailbot.v1.UpdateThreadLabelsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateThreadLabelsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service ThreadService.
   * <pre>
   * ThreadService reads conversations.
   * A thread lives inside one inbox. Messages belong together when one names another
   * in Message-ID, In-Reply-To or References, in whatever order they arrive; a
   * subject never joins and never splits. When a late message shows that two threads
   * are one, they are merged: the older id survives, the other keeps answering.
   * </pre>
   */
  public static final class ThreadServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<ThreadServiceFutureStub> {
    private ThreadServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected ThreadServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new ThreadServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Reads a thread and a page of its messages, oldest first. Needs the scope
     * `threads:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetThreadResponse> getThread(
        io.mailbot.v1.GetThreadRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetThreadMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists threads, the one with the newest message first. Needs `threads:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListThreadsResponse> listThreads(
        io.mailbot.v1.ListThreadsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListThreadsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says what holds a thread together: which id tied which messages, and what was
     * merged or split by hand. Needs `threads:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ExplainThreadResponse> explainThread(
        io.mailbot.v1.ExplainThreadRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExplainThreadMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes two to 50 threads of one inbox one: the oldest id survives, the others keep
     * answering. Recorded, and never undone by what arrives later. Idempotent. Needs
     * `threads:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.MergeThreadsResponse> mergeThreads(
        io.mailbot.v1.MergeThreadsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getMergeThreadsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes messages out of a thread into a new one; answers to them will join the new
     * one. Recorded, and never undone by what arrives later. Needs `threads:write`.
     * Errors: FIELD_INVALID when a message is not of the thread, or none would be left.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.SplitThreadResponse> splitThread(
        io.mailbot.v1.SplitThreadRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSplitThreadMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Adds and removes labels of a thread. Idempotent. Needs `threads:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.UpdateThreadLabelsResponse> updateThreadLabels(
        io.mailbot.v1.UpdateThreadLabelsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateThreadLabelsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_THREAD = 0;
  private static final int METHODID_LIST_THREADS = 1;
  private static final int METHODID_EXPLAIN_THREAD = 2;
  private static final int METHODID_MERGE_THREADS = 3;
  private static final int METHODID_SPLIT_THREAD = 4;
  private static final int METHODID_UPDATE_THREAD_LABELS = 5;

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
        case METHODID_GET_THREAD:
          serviceImpl.getThread((io.mailbot.v1.GetThreadRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetThreadResponse>) responseObserver);
          break;
        case METHODID_LIST_THREADS:
          serviceImpl.listThreads((io.mailbot.v1.ListThreadsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListThreadsResponse>) responseObserver);
          break;
        case METHODID_EXPLAIN_THREAD:
          serviceImpl.explainThread((io.mailbot.v1.ExplainThreadRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ExplainThreadResponse>) responseObserver);
          break;
        case METHODID_MERGE_THREADS:
          serviceImpl.mergeThreads((io.mailbot.v1.MergeThreadsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.MergeThreadsResponse>) responseObserver);
          break;
        case METHODID_SPLIT_THREAD:
          serviceImpl.splitThread((io.mailbot.v1.SplitThreadRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SplitThreadResponse>) responseObserver);
          break;
        case METHODID_UPDATE_THREAD_LABELS:
          serviceImpl.updateThreadLabels((io.mailbot.v1.UpdateThreadLabelsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateThreadLabelsResponse>) responseObserver);
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
          getGetThreadMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetThreadRequest,
              io.mailbot.v1.GetThreadResponse>(
                service, METHODID_GET_THREAD)))
        .addMethod(
          getListThreadsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListThreadsRequest,
              io.mailbot.v1.ListThreadsResponse>(
                service, METHODID_LIST_THREADS)))
        .addMethod(
          getExplainThreadMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ExplainThreadRequest,
              io.mailbot.v1.ExplainThreadResponse>(
                service, METHODID_EXPLAIN_THREAD)))
        .addMethod(
          getMergeThreadsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.MergeThreadsRequest,
              io.mailbot.v1.MergeThreadsResponse>(
                service, METHODID_MERGE_THREADS)))
        .addMethod(
          getSplitThreadMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.SplitThreadRequest,
              io.mailbot.v1.SplitThreadResponse>(
                service, METHODID_SPLIT_THREAD)))
        .addMethod(
          getUpdateThreadLabelsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.UpdateThreadLabelsRequest,
              io.mailbot.v1.UpdateThreadLabelsResponse>(
                service, METHODID_UPDATE_THREAD_LABELS)))
        .build();
  }

  private static abstract class ThreadServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    ThreadServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.ThreadsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("ThreadService");
    }
  }

  private static final class ThreadServiceFileDescriptorSupplier
      extends ThreadServiceBaseDescriptorSupplier {
    ThreadServiceFileDescriptorSupplier() {}
  }

  private static final class ThreadServiceMethodDescriptorSupplier
      extends ThreadServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    ThreadServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (ThreadServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new ThreadServiceFileDescriptorSupplier())
              .addMethod(getGetThreadMethod())
              .addMethod(getListThreadsMethod())
              .addMethod(getExplainThreadMethod())
              .addMethod(getMergeThreadsMethod())
              .addMethod(getSplitThreadMethod())
              .addMethod(getUpdateThreadLabelsMethod())
              .build();
        }
      }
    }
    return result;
  }
}

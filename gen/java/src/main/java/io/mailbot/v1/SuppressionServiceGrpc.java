package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * SuppressionService keeps the addresses that an account does not write to: those
 * that do not exist, whose owners complained or unsubscribed, and those that it was
 * told by hand.
 * A send to a suppressed address is not refused: its recipient has the state
 * "suppressed" from the start, with a `message.suppressed` event, also when all
 * recipients are. It is one of the message's recipients, and the message one of its
 * minute, but no daily limit counts it. Who is suppressed while a message waits is
 * found before the next attempt: `message.suppressed` then.
 * Refusals for good that are about the recipient suppress it for all of the account
 * (hard bounce); those about content, policy or reputation, refusals that mailbot does
 * not understand and its own faults never do.
 * Addresses are compared case folded; "user+tag" is an address of its own. One address
 * has at most one suppression for all of the account and one for each inbox. A reason
 * does not give way to a weaker one: complaint, unsubscribe, manual, hard bounce.
 * Those that have ended count no more, are not shown, and are forgotten without an
 * event: `suppression.added` has said when.
 * A key that is restricted to inboxes sees and changes those of its inboxes only and
 * has to name one; CheckSuppressions tells it also of those for all of the account.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SuppressionServiceGrpc {

  private SuppressionServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.SuppressionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListSuppressionsRequest,
      io.mailbot.v1.ListSuppressionsResponse> getListSuppressionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSuppressions",
      requestType = io.mailbot.v1.ListSuppressionsRequest.class,
      responseType = io.mailbot.v1.ListSuppressionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListSuppressionsRequest,
      io.mailbot.v1.ListSuppressionsResponse> getListSuppressionsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListSuppressionsRequest, io.mailbot.v1.ListSuppressionsResponse> getListSuppressionsMethod;
    if ((getListSuppressionsMethod = SuppressionServiceGrpc.getListSuppressionsMethod) == null) {
      synchronized (SuppressionServiceGrpc.class) {
        if ((getListSuppressionsMethod = SuppressionServiceGrpc.getListSuppressionsMethod) == null) {
          SuppressionServiceGrpc.getListSuppressionsMethod = getListSuppressionsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListSuppressionsRequest, io.mailbot.v1.ListSuppressionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSuppressions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListSuppressionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListSuppressionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SuppressionServiceMethodDescriptorSupplier("ListSuppressions"))
              .build();
        }
      }
    }
    return getListSuppressionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetSuppressionRequest,
      io.mailbot.v1.GetSuppressionResponse> getGetSuppressionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSuppression",
      requestType = io.mailbot.v1.GetSuppressionRequest.class,
      responseType = io.mailbot.v1.GetSuppressionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetSuppressionRequest,
      io.mailbot.v1.GetSuppressionResponse> getGetSuppressionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetSuppressionRequest, io.mailbot.v1.GetSuppressionResponse> getGetSuppressionMethod;
    if ((getGetSuppressionMethod = SuppressionServiceGrpc.getGetSuppressionMethod) == null) {
      synchronized (SuppressionServiceGrpc.class) {
        if ((getGetSuppressionMethod = SuppressionServiceGrpc.getGetSuppressionMethod) == null) {
          SuppressionServiceGrpc.getGetSuppressionMethod = getGetSuppressionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetSuppressionRequest, io.mailbot.v1.GetSuppressionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSuppression"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetSuppressionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetSuppressionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SuppressionServiceMethodDescriptorSupplier("GetSuppression"))
              .build();
        }
      }
    }
    return getGetSuppressionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CheckSuppressionsRequest,
      io.mailbot.v1.CheckSuppressionsResponse> getCheckSuppressionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckSuppressions",
      requestType = io.mailbot.v1.CheckSuppressionsRequest.class,
      responseType = io.mailbot.v1.CheckSuppressionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CheckSuppressionsRequest,
      io.mailbot.v1.CheckSuppressionsResponse> getCheckSuppressionsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CheckSuppressionsRequest, io.mailbot.v1.CheckSuppressionsResponse> getCheckSuppressionsMethod;
    if ((getCheckSuppressionsMethod = SuppressionServiceGrpc.getCheckSuppressionsMethod) == null) {
      synchronized (SuppressionServiceGrpc.class) {
        if ((getCheckSuppressionsMethod = SuppressionServiceGrpc.getCheckSuppressionsMethod) == null) {
          SuppressionServiceGrpc.getCheckSuppressionsMethod = getCheckSuppressionsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CheckSuppressionsRequest, io.mailbot.v1.CheckSuppressionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckSuppressions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CheckSuppressionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CheckSuppressionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SuppressionServiceMethodDescriptorSupplier("CheckSuppressions"))
              .build();
        }
      }
    }
    return getCheckSuppressionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.AddSuppressionRequest,
      io.mailbot.v1.AddSuppressionResponse> getAddSuppressionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AddSuppression",
      requestType = io.mailbot.v1.AddSuppressionRequest.class,
      responseType = io.mailbot.v1.AddSuppressionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.AddSuppressionRequest,
      io.mailbot.v1.AddSuppressionResponse> getAddSuppressionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.AddSuppressionRequest, io.mailbot.v1.AddSuppressionResponse> getAddSuppressionMethod;
    if ((getAddSuppressionMethod = SuppressionServiceGrpc.getAddSuppressionMethod) == null) {
      synchronized (SuppressionServiceGrpc.class) {
        if ((getAddSuppressionMethod = SuppressionServiceGrpc.getAddSuppressionMethod) == null) {
          SuppressionServiceGrpc.getAddSuppressionMethod = getAddSuppressionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.AddSuppressionRequest, io.mailbot.v1.AddSuppressionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AddSuppression"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.AddSuppressionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.AddSuppressionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SuppressionServiceMethodDescriptorSupplier("AddSuppression"))
              .build();
        }
      }
    }
    return getAddSuppressionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RemoveSuppressionRequest,
      io.mailbot.v1.RemoveSuppressionResponse> getRemoveSuppressionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RemoveSuppression",
      requestType = io.mailbot.v1.RemoveSuppressionRequest.class,
      responseType = io.mailbot.v1.RemoveSuppressionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RemoveSuppressionRequest,
      io.mailbot.v1.RemoveSuppressionResponse> getRemoveSuppressionMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RemoveSuppressionRequest, io.mailbot.v1.RemoveSuppressionResponse> getRemoveSuppressionMethod;
    if ((getRemoveSuppressionMethod = SuppressionServiceGrpc.getRemoveSuppressionMethod) == null) {
      synchronized (SuppressionServiceGrpc.class) {
        if ((getRemoveSuppressionMethod = SuppressionServiceGrpc.getRemoveSuppressionMethod) == null) {
          SuppressionServiceGrpc.getRemoveSuppressionMethod = getRemoveSuppressionMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RemoveSuppressionRequest, io.mailbot.v1.RemoveSuppressionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RemoveSuppression"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RemoveSuppressionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RemoveSuppressionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SuppressionServiceMethodDescriptorSupplier("RemoveSuppression"))
              .build();
        }
      }
    }
    return getRemoveSuppressionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ImportSuppressionsRequest,
      io.mailbot.v1.ImportSuppressionsResponse> getImportSuppressionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportSuppressions",
      requestType = io.mailbot.v1.ImportSuppressionsRequest.class,
      responseType = io.mailbot.v1.ImportSuppressionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ImportSuppressionsRequest,
      io.mailbot.v1.ImportSuppressionsResponse> getImportSuppressionsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ImportSuppressionsRequest, io.mailbot.v1.ImportSuppressionsResponse> getImportSuppressionsMethod;
    if ((getImportSuppressionsMethod = SuppressionServiceGrpc.getImportSuppressionsMethod) == null) {
      synchronized (SuppressionServiceGrpc.class) {
        if ((getImportSuppressionsMethod = SuppressionServiceGrpc.getImportSuppressionsMethod) == null) {
          SuppressionServiceGrpc.getImportSuppressionsMethod = getImportSuppressionsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ImportSuppressionsRequest, io.mailbot.v1.ImportSuppressionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportSuppressions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ImportSuppressionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ImportSuppressionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SuppressionServiceMethodDescriptorSupplier("ImportSuppressions"))
              .build();
        }
      }
    }
    return getImportSuppressionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ExportSuppressionsRequest,
      io.mailbot.v1.ExportSuppressionsResponse> getExportSuppressionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExportSuppressions",
      requestType = io.mailbot.v1.ExportSuppressionsRequest.class,
      responseType = io.mailbot.v1.ExportSuppressionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ExportSuppressionsRequest,
      io.mailbot.v1.ExportSuppressionsResponse> getExportSuppressionsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ExportSuppressionsRequest, io.mailbot.v1.ExportSuppressionsResponse> getExportSuppressionsMethod;
    if ((getExportSuppressionsMethod = SuppressionServiceGrpc.getExportSuppressionsMethod) == null) {
      synchronized (SuppressionServiceGrpc.class) {
        if ((getExportSuppressionsMethod = SuppressionServiceGrpc.getExportSuppressionsMethod) == null) {
          SuppressionServiceGrpc.getExportSuppressionsMethod = getExportSuppressionsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ExportSuppressionsRequest, io.mailbot.v1.ExportSuppressionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExportSuppressions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ExportSuppressionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ExportSuppressionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SuppressionServiceMethodDescriptorSupplier("ExportSuppressions"))
              .build();
        }
      }
    }
    return getExportSuppressionsMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SuppressionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceStub>() {
        @java.lang.Override
        public SuppressionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SuppressionServiceStub(channel, callOptions);
        }
      };
    return SuppressionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SuppressionServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceBlockingV2Stub>() {
        @java.lang.Override
        public SuppressionServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SuppressionServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SuppressionServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SuppressionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceBlockingStub>() {
        @java.lang.Override
        public SuppressionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SuppressionServiceBlockingStub(channel, callOptions);
        }
      };
    return SuppressionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SuppressionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SuppressionServiceFutureStub>() {
        @java.lang.Override
        public SuppressionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SuppressionServiceFutureStub(channel, callOptions);
        }
      };
    return SuppressionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * SuppressionService keeps the addresses that an account does not write to: those
   * that do not exist, whose owners complained or unsubscribed, and those that it was
   * told by hand.
   * A send to a suppressed address is not refused: its recipient has the state
   * "suppressed" from the start, with a `message.suppressed` event, also when all
   * recipients are. It is one of the message's recipients, and the message one of its
   * minute, but no daily limit counts it. Who is suppressed while a message waits is
   * found before the next attempt: `message.suppressed` then.
   * Refusals for good that are about the recipient suppress it for all of the account
   * (hard bounce); those about content, policy or reputation, refusals that mailbot does
   * not understand and its own faults never do.
   * Addresses are compared case folded; "user+tag" is an address of its own. One address
   * has at most one suppression for all of the account and one for each inbox. A reason
   * does not give way to a weaker one: complaint, unsubscribe, manual, hard bounce.
   * Those that have ended count no more, are not shown, and are forgotten without an
   * event: `suppression.added` has said when.
   * A key that is restricted to inboxes sees and changes those of its inboxes only and
   * has to name one; CheckSuppressions tells it also of those for all of the account.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists suppressions, newest first. Needs the scope `suppressions:read`.
     * </pre>
     */
    default void listSuppressions(io.mailbot.v1.ListSuppressionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListSuppressionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSuppressionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one suppression. Needs `suppressions:read`.
     * </pre>
     */
    default void getSuppression(io.mailbot.v1.GetSuppressionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetSuppressionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSuppressionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says which of up to 1,000 addresses are suppressed. Needs `suppressions:read`.
     * </pre>
     */
    default void checkSuppressions(io.mailbot.v1.CheckSuppressionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CheckSuppressionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckSuppressionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Suppresses an address. Again for one that is suppressed already: with the same
     * reason it changes note and end; a stronger one takes over and ends no sooner; a
     * weaker one changes nothing, which is no error: remove what holds first. Event
     * `suppression.added` if anything changed. Needs `suppressions:write`.
     * </pre>
     */
    default void addSuppression(io.mailbot.v1.AddSuppressionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.AddSuppressionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAddSuppressionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets mail go to an address again; a later bounce may suppress it again.
     * Idempotent. Event `suppression.removed`. Needs `suppressions:write`.
     * </pre>
     */
    default void removeSuppression(io.mailbot.v1.RemoveSuppressionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RemoveSuppressionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRemoveSuppressionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Adds many, as AddSuppression: a stream of chunks of at most 1,000 entries each,
     * each chunk at once. Entries that cannot be read are reported and skipped; what was
     * added stays when the call breaks off, and sending it again changes nothing. At most
     * 10 minutes. Events `suppression.added`. Needs `suppressions:write`.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<io.mailbot.v1.ImportSuppressionsRequest> importSuppressions(
        io.grpc.stub.StreamObserver<io.mailbot.v1.ImportSuppressionsResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getImportSuppressionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams all of them, oldest first, and those that are added meanwhile. It ends
     * with STREAM_RECYCLED when it takes longer than a stream may. Needs
     * `suppressions:read`.
     * </pre>
     */
    default void exportSuppressions(io.mailbot.v1.ExportSuppressionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ExportSuppressionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExportSuppressionsMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SuppressionService.
   * <pre>
   * SuppressionService keeps the addresses that an account does not write to: those
   * that do not exist, whose owners complained or unsubscribed, and those that it was
   * told by hand.
   * A send to a suppressed address is not refused: its recipient has the state
   * "suppressed" from the start, with a `message.suppressed` event, also when all
   * recipients are. It is one of the message's recipients, and the message one of its
   * minute, but no daily limit counts it. Who is suppressed while a message waits is
   * found before the next attempt: `message.suppressed` then.
   * Refusals for good that are about the recipient suppress it for all of the account
   * (hard bounce); those about content, policy or reputation, refusals that mailbot does
   * not understand and its own faults never do.
   * Addresses are compared case folded; "user+tag" is an address of its own. One address
   * has at most one suppression for all of the account and one for each inbox. A reason
   * does not give way to a weaker one: complaint, unsubscribe, manual, hard bounce.
   * Those that have ended count no more, are not shown, and are forgotten without an
   * event: `suppression.added` has said when.
   * A key that is restricted to inboxes sees and changes those of its inboxes only and
   * has to name one; CheckSuppressions tells it also of those for all of the account.
   * </pre>
   */
  public static abstract class SuppressionServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SuppressionServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SuppressionService.
   * <pre>
   * SuppressionService keeps the addresses that an account does not write to: those
   * that do not exist, whose owners complained or unsubscribed, and those that it was
   * told by hand.
   * A send to a suppressed address is not refused: its recipient has the state
   * "suppressed" from the start, with a `message.suppressed` event, also when all
   * recipients are. It is one of the message's recipients, and the message one of its
   * minute, but no daily limit counts it. Who is suppressed while a message waits is
   * found before the next attempt: `message.suppressed` then.
   * Refusals for good that are about the recipient suppress it for all of the account
   * (hard bounce); those about content, policy or reputation, refusals that mailbot does
   * not understand and its own faults never do.
   * Addresses are compared case folded; "user+tag" is an address of its own. One address
   * has at most one suppression for all of the account and one for each inbox. A reason
   * does not give way to a weaker one: complaint, unsubscribe, manual, hard bounce.
   * Those that have ended count no more, are not shown, and are forgotten without an
   * event: `suppression.added` has said when.
   * A key that is restricted to inboxes sees and changes those of its inboxes only and
   * has to name one; CheckSuppressions tells it also of those for all of the account.
   * </pre>
   */
  public static final class SuppressionServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SuppressionServiceStub> {
    private SuppressionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SuppressionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SuppressionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists suppressions, newest first. Needs the scope `suppressions:read`.
     * </pre>
     */
    public void listSuppressions(io.mailbot.v1.ListSuppressionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListSuppressionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSuppressionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one suppression. Needs `suppressions:read`.
     * </pre>
     */
    public void getSuppression(io.mailbot.v1.GetSuppressionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetSuppressionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSuppressionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says which of up to 1,000 addresses are suppressed. Needs `suppressions:read`.
     * </pre>
     */
    public void checkSuppressions(io.mailbot.v1.CheckSuppressionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CheckSuppressionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckSuppressionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Suppresses an address. Again for one that is suppressed already: with the same
     * reason it changes note and end; a stronger one takes over and ends no sooner; a
     * weaker one changes nothing, which is no error: remove what holds first. Event
     * `suppression.added` if anything changed. Needs `suppressions:write`.
     * </pre>
     */
    public void addSuppression(io.mailbot.v1.AddSuppressionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.AddSuppressionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAddSuppressionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets mail go to an address again; a later bounce may suppress it again.
     * Idempotent. Event `suppression.removed`. Needs `suppressions:write`.
     * </pre>
     */
    public void removeSuppression(io.mailbot.v1.RemoveSuppressionRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RemoveSuppressionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRemoveSuppressionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Adds many, as AddSuppression: a stream of chunks of at most 1,000 entries each,
     * each chunk at once. Entries that cannot be read are reported and skipped; what was
     * added stays when the call breaks off, and sending it again changes nothing. At most
     * 10 minutes. Events `suppression.added`. Needs `suppressions:write`.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.mailbot.v1.ImportSuppressionsRequest> importSuppressions(
        io.grpc.stub.StreamObserver<io.mailbot.v1.ImportSuppressionsResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getImportSuppressionsMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Streams all of them, oldest first, and those that are added meanwhile. It ends
     * with STREAM_RECYCLED when it takes longer than a stream may. Needs
     * `suppressions:read`.
     * </pre>
     */
    public void exportSuppressions(io.mailbot.v1.ExportSuppressionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ExportSuppressionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getExportSuppressionsMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SuppressionService.
   * <pre>
   * SuppressionService keeps the addresses that an account does not write to: those
   * that do not exist, whose owners complained or unsubscribed, and those that it was
   * told by hand.
   * A send to a suppressed address is not refused: its recipient has the state
   * "suppressed" from the start, with a `message.suppressed` event, also when all
   * recipients are. It is one of the message's recipients, and the message one of its
   * minute, but no daily limit counts it. Who is suppressed while a message waits is
   * found before the next attempt: `message.suppressed` then.
   * Refusals for good that are about the recipient suppress it for all of the account
   * (hard bounce); those about content, policy or reputation, refusals that mailbot does
   * not understand and its own faults never do.
   * Addresses are compared case folded; "user+tag" is an address of its own. One address
   * has at most one suppression for all of the account and one for each inbox. A reason
   * does not give way to a weaker one: complaint, unsubscribe, manual, hard bounce.
   * Those that have ended count no more, are not shown, and are forgotten without an
   * event: `suppression.added` has said when.
   * A key that is restricted to inboxes sees and changes those of its inboxes only and
   * has to name one; CheckSuppressions tells it also of those for all of the account.
   * </pre>
   */
  public static final class SuppressionServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SuppressionServiceBlockingV2Stub> {
    private SuppressionServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SuppressionServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SuppressionServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists suppressions, newest first. Needs the scope `suppressions:read`.
     * </pre>
     */
    public io.mailbot.v1.ListSuppressionsResponse listSuppressions(io.mailbot.v1.ListSuppressionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSuppressionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one suppression. Needs `suppressions:read`.
     * </pre>
     */
    public io.mailbot.v1.GetSuppressionResponse getSuppression(io.mailbot.v1.GetSuppressionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSuppressionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says which of up to 1,000 addresses are suppressed. Needs `suppressions:read`.
     * </pre>
     */
    public io.mailbot.v1.CheckSuppressionsResponse checkSuppressions(io.mailbot.v1.CheckSuppressionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckSuppressionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Suppresses an address. Again for one that is suppressed already: with the same
     * reason it changes note and end; a stronger one takes over and ends no sooner; a
     * weaker one changes nothing, which is no error: remove what holds first. Event
     * `suppression.added` if anything changed. Needs `suppressions:write`.
     * </pre>
     */
    public io.mailbot.v1.AddSuppressionResponse addSuppression(io.mailbot.v1.AddSuppressionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAddSuppressionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets mail go to an address again; a later bounce may suppress it again.
     * Idempotent. Event `suppression.removed`. Needs `suppressions:write`.
     * </pre>
     */
    public io.mailbot.v1.RemoveSuppressionResponse removeSuppression(io.mailbot.v1.RemoveSuppressionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRemoveSuppressionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds many, as AddSuppression: a stream of chunks of at most 1,000 entries each,
     * each chunk at once. Entries that cannot be read are reported and skipped; what was
     * added stays when the call breaks off, and sending it again changes nothing. At most
     * 10 minutes. Events `suppression.added`. Needs `suppressions:write`.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<io.mailbot.v1.ImportSuppressionsRequest, io.mailbot.v1.ImportSuppressionsResponse>
        importSuppressions() {
      return io.grpc.stub.ClientCalls.blockingClientStreamingCall(
          getChannel(), getImportSuppressionsMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Streams all of them, oldest first, and those that are added meanwhile. It ends
     * with STREAM_RECYCLED when it takes longer than a stream may. Needs
     * `suppressions:read`.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.mailbot.v1.ExportSuppressionsResponse>
        exportSuppressions(io.mailbot.v1.ExportSuppressionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getExportSuppressionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SuppressionService.
   * <pre>
   * SuppressionService keeps the addresses that an account does not write to: those
   * that do not exist, whose owners complained or unsubscribed, and those that it was
   * told by hand.
   * A send to a suppressed address is not refused: its recipient has the state
   * "suppressed" from the start, with a `message.suppressed` event, also when all
   * recipients are. It is one of the message's recipients, and the message one of its
   * minute, but no daily limit counts it. Who is suppressed while a message waits is
   * found before the next attempt: `message.suppressed` then.
   * Refusals for good that are about the recipient suppress it for all of the account
   * (hard bounce); those about content, policy or reputation, refusals that mailbot does
   * not understand and its own faults never do.
   * Addresses are compared case folded; "user+tag" is an address of its own. One address
   * has at most one suppression for all of the account and one for each inbox. A reason
   * does not give way to a weaker one: complaint, unsubscribe, manual, hard bounce.
   * Those that have ended count no more, are not shown, and are forgotten without an
   * event: `suppression.added` has said when.
   * A key that is restricted to inboxes sees and changes those of its inboxes only and
   * has to name one; CheckSuppressions tells it also of those for all of the account.
   * </pre>
   */
  public static final class SuppressionServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SuppressionServiceBlockingStub> {
    private SuppressionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SuppressionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SuppressionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists suppressions, newest first. Needs the scope `suppressions:read`.
     * </pre>
     */
    public io.mailbot.v1.ListSuppressionsResponse listSuppressions(io.mailbot.v1.ListSuppressionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSuppressionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one suppression. Needs `suppressions:read`.
     * </pre>
     */
    public io.mailbot.v1.GetSuppressionResponse getSuppression(io.mailbot.v1.GetSuppressionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSuppressionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says which of up to 1,000 addresses are suppressed. Needs `suppressions:read`.
     * </pre>
     */
    public io.mailbot.v1.CheckSuppressionsResponse checkSuppressions(io.mailbot.v1.CheckSuppressionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckSuppressionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Suppresses an address. Again for one that is suppressed already: with the same
     * reason it changes note and end; a stronger one takes over and ends no sooner; a
     * weaker one changes nothing, which is no error: remove what holds first. Event
     * `suppression.added` if anything changed. Needs `suppressions:write`.
     * </pre>
     */
    public io.mailbot.v1.AddSuppressionResponse addSuppression(io.mailbot.v1.AddSuppressionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAddSuppressionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets mail go to an address again; a later bounce may suppress it again.
     * Idempotent. Event `suppression.removed`. Needs `suppressions:write`.
     * </pre>
     */
    public io.mailbot.v1.RemoveSuppressionResponse removeSuppression(io.mailbot.v1.RemoveSuppressionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRemoveSuppressionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams all of them, oldest first, and those that are added meanwhile. It ends
     * with STREAM_RECYCLED when it takes longer than a stream may. Needs
     * `suppressions:read`.
     * </pre>
     */
    public java.util.Iterator<io.mailbot.v1.ExportSuppressionsResponse> exportSuppressions(
        io.mailbot.v1.ExportSuppressionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getExportSuppressionsMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SuppressionService.
   * <pre>
   * SuppressionService keeps the addresses that an account does not write to: those
   * that do not exist, whose owners complained or unsubscribed, and those that it was
   * told by hand.
   * A send to a suppressed address is not refused: its recipient has the state
   * "suppressed" from the start, with a `message.suppressed` event, also when all
   * recipients are. It is one of the message's recipients, and the message one of its
   * minute, but no daily limit counts it. Who is suppressed while a message waits is
   * found before the next attempt: `message.suppressed` then.
   * Refusals for good that are about the recipient suppress it for all of the account
   * (hard bounce); those about content, policy or reputation, refusals that mailbot does
   * not understand and its own faults never do.
   * Addresses are compared case folded; "user+tag" is an address of its own. One address
   * has at most one suppression for all of the account and one for each inbox. A reason
   * does not give way to a weaker one: complaint, unsubscribe, manual, hard bounce.
   * Those that have ended count no more, are not shown, and are forgotten without an
   * event: `suppression.added` has said when.
   * A key that is restricted to inboxes sees and changes those of its inboxes only and
   * has to name one; CheckSuppressions tells it also of those for all of the account.
   * </pre>
   */
  public static final class SuppressionServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SuppressionServiceFutureStub> {
    private SuppressionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SuppressionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SuppressionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists suppressions, newest first. Needs the scope `suppressions:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListSuppressionsResponse> listSuppressions(
        io.mailbot.v1.ListSuppressionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSuppressionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one suppression. Needs `suppressions:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetSuppressionResponse> getSuppression(
        io.mailbot.v1.GetSuppressionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSuppressionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says which of up to 1,000 addresses are suppressed. Needs `suppressions:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CheckSuppressionsResponse> checkSuppressions(
        io.mailbot.v1.CheckSuppressionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckSuppressionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Suppresses an address. Again for one that is suppressed already: with the same
     * reason it changes note and end; a stronger one takes over and ends no sooner; a
     * weaker one changes nothing, which is no error: remove what holds first. Event
     * `suppression.added` if anything changed. Needs `suppressions:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.AddSuppressionResponse> addSuppression(
        io.mailbot.v1.AddSuppressionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAddSuppressionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets mail go to an address again; a later bounce may suppress it again.
     * Idempotent. Event `suppression.removed`. Needs `suppressions:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RemoveSuppressionResponse> removeSuppression(
        io.mailbot.v1.RemoveSuppressionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRemoveSuppressionMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_SUPPRESSIONS = 0;
  private static final int METHODID_GET_SUPPRESSION = 1;
  private static final int METHODID_CHECK_SUPPRESSIONS = 2;
  private static final int METHODID_ADD_SUPPRESSION = 3;
  private static final int METHODID_REMOVE_SUPPRESSION = 4;
  private static final int METHODID_EXPORT_SUPPRESSIONS = 5;
  private static final int METHODID_IMPORT_SUPPRESSIONS = 6;

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
        case METHODID_LIST_SUPPRESSIONS:
          serviceImpl.listSuppressions((io.mailbot.v1.ListSuppressionsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListSuppressionsResponse>) responseObserver);
          break;
        case METHODID_GET_SUPPRESSION:
          serviceImpl.getSuppression((io.mailbot.v1.GetSuppressionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetSuppressionResponse>) responseObserver);
          break;
        case METHODID_CHECK_SUPPRESSIONS:
          serviceImpl.checkSuppressions((io.mailbot.v1.CheckSuppressionsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CheckSuppressionsResponse>) responseObserver);
          break;
        case METHODID_ADD_SUPPRESSION:
          serviceImpl.addSuppression((io.mailbot.v1.AddSuppressionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.AddSuppressionResponse>) responseObserver);
          break;
        case METHODID_REMOVE_SUPPRESSION:
          serviceImpl.removeSuppression((io.mailbot.v1.RemoveSuppressionRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RemoveSuppressionResponse>) responseObserver);
          break;
        case METHODID_EXPORT_SUPPRESSIONS:
          serviceImpl.exportSuppressions((io.mailbot.v1.ExportSuppressionsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ExportSuppressionsResponse>) responseObserver);
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
        case METHODID_IMPORT_SUPPRESSIONS:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.importSuppressions(
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ImportSuppressionsResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getListSuppressionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListSuppressionsRequest,
              io.mailbot.v1.ListSuppressionsResponse>(
                service, METHODID_LIST_SUPPRESSIONS)))
        .addMethod(
          getGetSuppressionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetSuppressionRequest,
              io.mailbot.v1.GetSuppressionResponse>(
                service, METHODID_GET_SUPPRESSION)))
        .addMethod(
          getCheckSuppressionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CheckSuppressionsRequest,
              io.mailbot.v1.CheckSuppressionsResponse>(
                service, METHODID_CHECK_SUPPRESSIONS)))
        .addMethod(
          getAddSuppressionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.AddSuppressionRequest,
              io.mailbot.v1.AddSuppressionResponse>(
                service, METHODID_ADD_SUPPRESSION)))
        .addMethod(
          getRemoveSuppressionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RemoveSuppressionRequest,
              io.mailbot.v1.RemoveSuppressionResponse>(
                service, METHODID_REMOVE_SUPPRESSION)))
        .addMethod(
          getImportSuppressionsMethod(),
          io.grpc.stub.ServerCalls.asyncClientStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.ImportSuppressionsRequest,
              io.mailbot.v1.ImportSuppressionsResponse>(
                service, METHODID_IMPORT_SUPPRESSIONS)))
        .addMethod(
          getExportSuppressionsMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.ExportSuppressionsRequest,
              io.mailbot.v1.ExportSuppressionsResponse>(
                service, METHODID_EXPORT_SUPPRESSIONS)))
        .build();
  }

  private static abstract class SuppressionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SuppressionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.SuppressionsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SuppressionService");
    }
  }

  private static final class SuppressionServiceFileDescriptorSupplier
      extends SuppressionServiceBaseDescriptorSupplier {
    SuppressionServiceFileDescriptorSupplier() {}
  }

  private static final class SuppressionServiceMethodDescriptorSupplier
      extends SuppressionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SuppressionServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SuppressionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SuppressionServiceFileDescriptorSupplier())
              .addMethod(getListSuppressionsMethod())
              .addMethod(getGetSuppressionMethod())
              .addMethod(getCheckSuppressionsMethod())
              .addMethod(getAddSuppressionMethod())
              .addMethod(getRemoveSuppressionMethod())
              .addMethod(getImportSuppressionsMethod())
              .addMethod(getExportSuppressionsMethod())
              .build();
        }
      }
    }
    return result;
  }
}

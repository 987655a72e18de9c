package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * DomainService brings domains of an account's own into use: it says which DNS
 * records to publish, looks whether they are there, and keeps the DKIM keys.
 * Inboxes can be created in a domain once its ownership is verified; mail from it is
 * held (`dkim_unavailable`) until a DKIM key of it has been seen in the DNS and leaves
 * signed from then on, with reverse-paths at `rp.&lt;domain&gt;` once that has been seen.
 * Keys that are restricted to inboxes see no domains.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class DomainServiceGrpc {

  private DomainServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.DomainService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CreateDomainRequest,
      io.mailbot.v1.CreateDomainResponse> getCreateDomainMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateDomain",
      requestType = io.mailbot.v1.CreateDomainRequest.class,
      responseType = io.mailbot.v1.CreateDomainResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CreateDomainRequest,
      io.mailbot.v1.CreateDomainResponse> getCreateDomainMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CreateDomainRequest, io.mailbot.v1.CreateDomainResponse> getCreateDomainMethod;
    if ((getCreateDomainMethod = DomainServiceGrpc.getCreateDomainMethod) == null) {
      synchronized (DomainServiceGrpc.class) {
        if ((getCreateDomainMethod = DomainServiceGrpc.getCreateDomainMethod) == null) {
          DomainServiceGrpc.getCreateDomainMethod = getCreateDomainMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CreateDomainRequest, io.mailbot.v1.CreateDomainResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateDomain"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateDomainRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateDomainResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DomainServiceMethodDescriptorSupplier("CreateDomain"))
              .build();
        }
      }
    }
    return getCreateDomainMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetDomainRequest,
      io.mailbot.v1.GetDomainResponse> getGetDomainMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDomain",
      requestType = io.mailbot.v1.GetDomainRequest.class,
      responseType = io.mailbot.v1.GetDomainResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetDomainRequest,
      io.mailbot.v1.GetDomainResponse> getGetDomainMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetDomainRequest, io.mailbot.v1.GetDomainResponse> getGetDomainMethod;
    if ((getGetDomainMethod = DomainServiceGrpc.getGetDomainMethod) == null) {
      synchronized (DomainServiceGrpc.class) {
        if ((getGetDomainMethod = DomainServiceGrpc.getGetDomainMethod) == null) {
          DomainServiceGrpc.getGetDomainMethod = getGetDomainMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetDomainRequest, io.mailbot.v1.GetDomainResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDomain"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetDomainRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetDomainResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DomainServiceMethodDescriptorSupplier("GetDomain"))
              .build();
        }
      }
    }
    return getGetDomainMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListDomainsRequest,
      io.mailbot.v1.ListDomainsResponse> getListDomainsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDomains",
      requestType = io.mailbot.v1.ListDomainsRequest.class,
      responseType = io.mailbot.v1.ListDomainsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListDomainsRequest,
      io.mailbot.v1.ListDomainsResponse> getListDomainsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListDomainsRequest, io.mailbot.v1.ListDomainsResponse> getListDomainsMethod;
    if ((getListDomainsMethod = DomainServiceGrpc.getListDomainsMethod) == null) {
      synchronized (DomainServiceGrpc.class) {
        if ((getListDomainsMethod = DomainServiceGrpc.getListDomainsMethod) == null) {
          DomainServiceGrpc.getListDomainsMethod = getListDomainsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListDomainsRequest, io.mailbot.v1.ListDomainsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDomains"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDomainsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDomainsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DomainServiceMethodDescriptorSupplier("ListDomains"))
              .build();
        }
      }
    }
    return getListDomainsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.VerifyDomainRequest,
      io.mailbot.v1.VerifyDomainResponse> getVerifyDomainMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyDomain",
      requestType = io.mailbot.v1.VerifyDomainRequest.class,
      responseType = io.mailbot.v1.VerifyDomainResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.VerifyDomainRequest,
      io.mailbot.v1.VerifyDomainResponse> getVerifyDomainMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.VerifyDomainRequest, io.mailbot.v1.VerifyDomainResponse> getVerifyDomainMethod;
    if ((getVerifyDomainMethod = DomainServiceGrpc.getVerifyDomainMethod) == null) {
      synchronized (DomainServiceGrpc.class) {
        if ((getVerifyDomainMethod = DomainServiceGrpc.getVerifyDomainMethod) == null) {
          DomainServiceGrpc.getVerifyDomainMethod = getVerifyDomainMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.VerifyDomainRequest, io.mailbot.v1.VerifyDomainResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyDomain"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.VerifyDomainRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.VerifyDomainResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DomainServiceMethodDescriptorSupplier("VerifyDomain"))
              .build();
        }
      }
    }
    return getVerifyDomainMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RotateDomainKeysRequest,
      io.mailbot.v1.RotateDomainKeysResponse> getRotateDomainKeysMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RotateDomainKeys",
      requestType = io.mailbot.v1.RotateDomainKeysRequest.class,
      responseType = io.mailbot.v1.RotateDomainKeysResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RotateDomainKeysRequest,
      io.mailbot.v1.RotateDomainKeysResponse> getRotateDomainKeysMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RotateDomainKeysRequest, io.mailbot.v1.RotateDomainKeysResponse> getRotateDomainKeysMethod;
    if ((getRotateDomainKeysMethod = DomainServiceGrpc.getRotateDomainKeysMethod) == null) {
      synchronized (DomainServiceGrpc.class) {
        if ((getRotateDomainKeysMethod = DomainServiceGrpc.getRotateDomainKeysMethod) == null) {
          DomainServiceGrpc.getRotateDomainKeysMethod = getRotateDomainKeysMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RotateDomainKeysRequest, io.mailbot.v1.RotateDomainKeysResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RotateDomainKeys"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RotateDomainKeysRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RotateDomainKeysResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DomainServiceMethodDescriptorSupplier("RotateDomainKeys"))
              .build();
        }
      }
    }
    return getRotateDomainKeysMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.DeleteDomainRequest,
      io.mailbot.v1.DeleteDomainResponse> getDeleteDomainMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteDomain",
      requestType = io.mailbot.v1.DeleteDomainRequest.class,
      responseType = io.mailbot.v1.DeleteDomainResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.DeleteDomainRequest,
      io.mailbot.v1.DeleteDomainResponse> getDeleteDomainMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.DeleteDomainRequest, io.mailbot.v1.DeleteDomainResponse> getDeleteDomainMethod;
    if ((getDeleteDomainMethod = DomainServiceGrpc.getDeleteDomainMethod) == null) {
      synchronized (DomainServiceGrpc.class) {
        if ((getDeleteDomainMethod = DomainServiceGrpc.getDeleteDomainMethod) == null) {
          DomainServiceGrpc.getDeleteDomainMethod = getDeleteDomainMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.DeleteDomainRequest, io.mailbot.v1.DeleteDomainResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteDomain"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DeleteDomainRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DeleteDomainResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DomainServiceMethodDescriptorSupplier("DeleteDomain"))
              .build();
        }
      }
    }
    return getDeleteDomainMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static DomainServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DomainServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DomainServiceStub>() {
        @java.lang.Override
        public DomainServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DomainServiceStub(channel, callOptions);
        }
      };
    return DomainServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static DomainServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DomainServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DomainServiceBlockingV2Stub>() {
        @java.lang.Override
        public DomainServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DomainServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return DomainServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static DomainServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DomainServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DomainServiceBlockingStub>() {
        @java.lang.Override
        public DomainServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DomainServiceBlockingStub(channel, callOptions);
        }
      };
    return DomainServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static DomainServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DomainServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DomainServiceFutureStub>() {
        @java.lang.Override
        public DomainServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DomainServiceFutureStub(channel, callOptions);
        }
      };
    return DomainServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * DomainService brings domains of an account's own into use: it says which DNS
   * records to publish, looks whether they are there, and keeps the DKIM keys.
   * Inboxes can be created in a domain once its ownership is verified; mail from it is
   * held (`dkim_unavailable`) until a DKIM key of it has been seen in the DNS and leaves
   * signed from then on, with reverse-paths at `rp.&lt;domain&gt;` once that has been seen.
   * Keys that are restricted to inboxes see no domains.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Begins with a domain: makes its keys and says what to publish. Needs the scope
     * `domains:write`.
     * Errors: FIELD_INVALID, ALREADY_EXISTS (in this account, or verified by another),
     * REQUEST_ID_REUSED, TOO_MANY_DOMAINS.
     * </pre>
     */
    default void createDomain(io.mailbot.v1.CreateDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateDomainResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateDomainMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a domain with its records as they were seen last. Needs `domains:read`.
     * </pre>
     */
    default void getDomain(io.mailbot.v1.GetDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetDomainResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDomainMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists domains, newest first. Needs `domains:read`.
     * </pre>
     */
    default void listDomains(io.mailbot.v1.ListDomainsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDomainsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDomainsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Asks the DNS now and writes down what it says; the same happens by itself every
     * few minutes while records are missing, and every few hours afterwards. Events
     * `domain.verified`, `domain.changed`. Needs `domains:write`.
     * </pre>
     */
    default void verifyDomain(io.mailbot.v1.VerifyDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.VerifyDomainResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyDomainMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes new DKIM keys under new selectors. They sign once their records have been
     * seen; until then the present ones go on. Keys that still wait are dropped. Needs
     * `domains:write`.
     * </pre>
     */
    default void rotateDomainKeys(io.mailbot.v1.RotateDomainKeysRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RotateDomainKeysResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRotateDomainKeysMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a domain up. Refused with DOMAIN_IN_USE while it has inboxes that are not
     * disabled. Its keys are destroyed. Needs `domains:write`.
     * </pre>
     */
    default void deleteDomain(io.mailbot.v1.DeleteDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteDomainResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteDomainMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service DomainService.
   * <pre>
   * DomainService brings domains of an account's own into use: it says which DNS
   * records to publish, looks whether they are there, and keeps the DKIM keys.
   * Inboxes can be created in a domain once its ownership is verified; mail from it is
   * held (`dkim_unavailable`) until a DKIM key of it has been seen in the DNS and leaves
   * signed from then on, with reverse-paths at `rp.&lt;domain&gt;` once that has been seen.
   * Keys that are restricted to inboxes see no domains.
   * </pre>
   */
  public static abstract class DomainServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return DomainServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service DomainService.
   * <pre>
   * DomainService brings domains of an account's own into use: it says which DNS
   * records to publish, looks whether they are there, and keeps the DKIM keys.
   * Inboxes can be created in a domain once its ownership is verified; mail from it is
   * held (`dkim_unavailable`) until a DKIM key of it has been seen in the DNS and leaves
   * signed from then on, with reverse-paths at `rp.&lt;domain&gt;` once that has been seen.
   * Keys that are restricted to inboxes see no domains.
   * </pre>
   */
  public static final class DomainServiceStub
      extends io.grpc.stub.AbstractAsyncStub<DomainServiceStub> {
    private DomainServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DomainServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DomainServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Begins with a domain: makes its keys and says what to publish. Needs the scope
     * `domains:write`.
     * Errors: FIELD_INVALID, ALREADY_EXISTS (in this account, or verified by another),
     * REQUEST_ID_REUSED, TOO_MANY_DOMAINS.
     * </pre>
     */
    public void createDomain(io.mailbot.v1.CreateDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateDomainResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateDomainMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a domain with its records as they were seen last. Needs `domains:read`.
     * </pre>
     */
    public void getDomain(io.mailbot.v1.GetDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetDomainResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDomainMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists domains, newest first. Needs `domains:read`.
     * </pre>
     */
    public void listDomains(io.mailbot.v1.ListDomainsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDomainsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDomainsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Asks the DNS now and writes down what it says; the same happens by itself every
     * few minutes while records are missing, and every few hours afterwards. Events
     * `domain.verified`, `domain.changed`. Needs `domains:write`.
     * </pre>
     */
    public void verifyDomain(io.mailbot.v1.VerifyDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.VerifyDomainResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyDomainMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes new DKIM keys under new selectors. They sign once their records have been
     * seen; until then the present ones go on. Keys that still wait are dropped. Needs
     * `domains:write`.
     * </pre>
     */
    public void rotateDomainKeys(io.mailbot.v1.RotateDomainKeysRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RotateDomainKeysResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRotateDomainKeysMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a domain up. Refused with DOMAIN_IN_USE while it has inboxes that are not
     * disabled. Its keys are destroyed. Needs `domains:write`.
     * </pre>
     */
    public void deleteDomain(io.mailbot.v1.DeleteDomainRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteDomainResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteDomainMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service DomainService.
   * <pre>
   * DomainService brings domains of an account's own into use: it says which DNS
   * records to publish, looks whether they are there, and keeps the DKIM keys.
   * Inboxes can be created in a domain once its ownership is verified; mail from it is
   * held (`dkim_unavailable`) until a DKIM key of it has been seen in the DNS and leaves
   * signed from then on, with reverse-paths at `rp.&lt;domain&gt;` once that has been seen.
   * Keys that are restricted to inboxes see no domains.
   * </pre>
   */
  public static final class DomainServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<DomainServiceBlockingV2Stub> {
    private DomainServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DomainServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DomainServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Begins with a domain: makes its keys and says what to publish. Needs the scope
     * `domains:write`.
     * Errors: FIELD_INVALID, ALREADY_EXISTS (in this account, or verified by another),
     * REQUEST_ID_REUSED, TOO_MANY_DOMAINS.
     * </pre>
     */
    public io.mailbot.v1.CreateDomainResponse createDomain(io.mailbot.v1.CreateDomainRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateDomainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a domain with its records as they were seen last. Needs `domains:read`.
     * </pre>
     */
    public io.mailbot.v1.GetDomainResponse getDomain(io.mailbot.v1.GetDomainRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetDomainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists domains, newest first. Needs `domains:read`.
     * </pre>
     */
    public io.mailbot.v1.ListDomainsResponse listDomains(io.mailbot.v1.ListDomainsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDomainsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks the DNS now and writes down what it says; the same happens by itself every
     * few minutes while records are missing, and every few hours afterwards. Events
     * `domain.verified`, `domain.changed`. Needs `domains:write`.
     * </pre>
     */
    public io.mailbot.v1.VerifyDomainResponse verifyDomain(io.mailbot.v1.VerifyDomainRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getVerifyDomainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes new DKIM keys under new selectors. They sign once their records have been
     * seen; until then the present ones go on. Keys that still wait are dropped. Needs
     * `domains:write`.
     * </pre>
     */
    public io.mailbot.v1.RotateDomainKeysResponse rotateDomainKeys(io.mailbot.v1.RotateDomainKeysRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRotateDomainKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a domain up. Refused with DOMAIN_IN_USE while it has inboxes that are not
     * disabled. Its keys are destroyed. Needs `domains:write`.
     * </pre>
     */
    public io.mailbot.v1.DeleteDomainResponse deleteDomain(io.mailbot.v1.DeleteDomainRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteDomainMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service DomainService.
   * <pre>
   * DomainService brings domains of an account's own into use: it says which DNS
   * records to publish, looks whether they are there, and keeps the DKIM keys.
   * Inboxes can be created in a domain once its ownership is verified; mail from it is
   * held (`dkim_unavailable`) until a DKIM key of it has been seen in the DNS and leaves
   * signed from then on, with reverse-paths at `rp.&lt;domain&gt;` once that has been seen.
   * Keys that are restricted to inboxes see no domains.
   * </pre>
   */
  public static final class DomainServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<DomainServiceBlockingStub> {
    private DomainServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DomainServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DomainServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Begins with a domain: makes its keys and says what to publish. Needs the scope
     * `domains:write`.
     * Errors: FIELD_INVALID, ALREADY_EXISTS (in this account, or verified by another),
     * REQUEST_ID_REUSED, TOO_MANY_DOMAINS.
     * </pre>
     */
    public io.mailbot.v1.CreateDomainResponse createDomain(io.mailbot.v1.CreateDomainRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateDomainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a domain with its records as they were seen last. Needs `domains:read`.
     * </pre>
     */
    public io.mailbot.v1.GetDomainResponse getDomain(io.mailbot.v1.GetDomainRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDomainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists domains, newest first. Needs `domains:read`.
     * </pre>
     */
    public io.mailbot.v1.ListDomainsResponse listDomains(io.mailbot.v1.ListDomainsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDomainsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks the DNS now and writes down what it says; the same happens by itself every
     * few minutes while records are missing, and every few hours afterwards. Events
     * `domain.verified`, `domain.changed`. Needs `domains:write`.
     * </pre>
     */
    public io.mailbot.v1.VerifyDomainResponse verifyDomain(io.mailbot.v1.VerifyDomainRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyDomainMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes new DKIM keys under new selectors. They sign once their records have been
     * seen; until then the present ones go on. Keys that still wait are dropped. Needs
     * `domains:write`.
     * </pre>
     */
    public io.mailbot.v1.RotateDomainKeysResponse rotateDomainKeys(io.mailbot.v1.RotateDomainKeysRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRotateDomainKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a domain up. Refused with DOMAIN_IN_USE while it has inboxes that are not
     * disabled. Its keys are destroyed. Needs `domains:write`.
     * </pre>
     */
    public io.mailbot.v1.DeleteDomainResponse deleteDomain(io.mailbot.v1.DeleteDomainRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteDomainMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service DomainService.
   * <pre>
   * DomainService brings domains of an account's own into use: it says which DNS
   * records to publish, looks whether they are there, and keeps the DKIM keys.
   * Inboxes can be created in a domain once its ownership is verified; mail from it is
   * held (`dkim_unavailable`) until a DKIM key of it has been seen in the DNS and leaves
   * signed from then on, with reverse-paths at `rp.&lt;domain&gt;` once that has been seen.
   * Keys that are restricted to inboxes see no domains.
   * </pre>
   */
  public static final class DomainServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<DomainServiceFutureStub> {
    private DomainServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DomainServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DomainServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Begins with a domain: makes its keys and says what to publish. Needs the scope
     * `domains:write`.
     * Errors: FIELD_INVALID, ALREADY_EXISTS (in this account, or verified by another),
     * REQUEST_ID_REUSED, TOO_MANY_DOMAINS.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CreateDomainResponse> createDomain(
        io.mailbot.v1.CreateDomainRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateDomainMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a domain with its records as they were seen last. Needs `domains:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetDomainResponse> getDomain(
        io.mailbot.v1.GetDomainRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDomainMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists domains, newest first. Needs `domains:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListDomainsResponse> listDomains(
        io.mailbot.v1.ListDomainsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDomainsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Asks the DNS now and writes down what it says; the same happens by itself every
     * few minutes while records are missing, and every few hours afterwards. Events
     * `domain.verified`, `domain.changed`. Needs `domains:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.VerifyDomainResponse> verifyDomain(
        io.mailbot.v1.VerifyDomainRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyDomainMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes new DKIM keys under new selectors. They sign once their records have been
     * seen; until then the present ones go on. Keys that still wait are dropped. Needs
     * `domains:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RotateDomainKeysResponse> rotateDomainKeys(
        io.mailbot.v1.RotateDomainKeysRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRotateDomainKeysMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a domain up. Refused with DOMAIN_IN_USE while it has inboxes that are not
     * disabled. Its keys are destroyed. Needs `domains:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.DeleteDomainResponse> deleteDomain(
        io.mailbot.v1.DeleteDomainRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteDomainMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_DOMAIN = 0;
  private static final int METHODID_GET_DOMAIN = 1;
  private static final int METHODID_LIST_DOMAINS = 2;
  private static final int METHODID_VERIFY_DOMAIN = 3;
  private static final int METHODID_ROTATE_DOMAIN_KEYS = 4;
  private static final int METHODID_DELETE_DOMAIN = 5;

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
        case METHODID_CREATE_DOMAIN:
          serviceImpl.createDomain((io.mailbot.v1.CreateDomainRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CreateDomainResponse>) responseObserver);
          break;
        case METHODID_GET_DOMAIN:
          serviceImpl.getDomain((io.mailbot.v1.GetDomainRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetDomainResponse>) responseObserver);
          break;
        case METHODID_LIST_DOMAINS:
          serviceImpl.listDomains((io.mailbot.v1.ListDomainsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListDomainsResponse>) responseObserver);
          break;
        case METHODID_VERIFY_DOMAIN:
          serviceImpl.verifyDomain((io.mailbot.v1.VerifyDomainRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.VerifyDomainResponse>) responseObserver);
          break;
        case METHODID_ROTATE_DOMAIN_KEYS:
          serviceImpl.rotateDomainKeys((io.mailbot.v1.RotateDomainKeysRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RotateDomainKeysResponse>) responseObserver);
          break;
        case METHODID_DELETE_DOMAIN:
          serviceImpl.deleteDomain((io.mailbot.v1.DeleteDomainRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteDomainResponse>) responseObserver);
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
          getCreateDomainMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CreateDomainRequest,
              io.mailbot.v1.CreateDomainResponse>(
                service, METHODID_CREATE_DOMAIN)))
        .addMethod(
          getGetDomainMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetDomainRequest,
              io.mailbot.v1.GetDomainResponse>(
                service, METHODID_GET_DOMAIN)))
        .addMethod(
          getListDomainsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListDomainsRequest,
              io.mailbot.v1.ListDomainsResponse>(
                service, METHODID_LIST_DOMAINS)))
        .addMethod(
          getVerifyDomainMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.VerifyDomainRequest,
              io.mailbot.v1.VerifyDomainResponse>(
                service, METHODID_VERIFY_DOMAIN)))
        .addMethod(
          getRotateDomainKeysMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RotateDomainKeysRequest,
              io.mailbot.v1.RotateDomainKeysResponse>(
                service, METHODID_ROTATE_DOMAIN_KEYS)))
        .addMethod(
          getDeleteDomainMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.DeleteDomainRequest,
              io.mailbot.v1.DeleteDomainResponse>(
                service, METHODID_DELETE_DOMAIN)))
        .build();
  }

  private static abstract class DomainServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    DomainServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.DomainsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("DomainService");
    }
  }

  private static final class DomainServiceFileDescriptorSupplier
      extends DomainServiceBaseDescriptorSupplier {
    DomainServiceFileDescriptorSupplier() {}
  }

  private static final class DomainServiceMethodDescriptorSupplier
      extends DomainServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    DomainServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (DomainServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new DomainServiceFileDescriptorSupplier())
              .addMethod(getCreateDomainMethod())
              .addMethod(getGetDomainMethod())
              .addMethod(getListDomainsMethod())
              .addMethod(getVerifyDomainMethod())
              .addMethod(getRotateDomainKeysMethod())
              .addMethod(getDeleteDomainMethod())
              .build();
        }
      }
    }
    return result;
  }
}

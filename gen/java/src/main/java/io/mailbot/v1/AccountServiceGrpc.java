package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * AccountService manages accounts and the API keys that speak for them.
 * Every call carries `authorization: Bearer mb_&lt;key id&gt;_&lt;secret&gt;` as metadata. The
 * secret is shown once, when the key is created; the server keeps only its SHA-256.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class AccountServiceGrpc {

  private AccountServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.AccountService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CreateAccountRequest,
      io.mailbot.v1.CreateAccountResponse> getCreateAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateAccount",
      requestType = io.mailbot.v1.CreateAccountRequest.class,
      responseType = io.mailbot.v1.CreateAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CreateAccountRequest,
      io.mailbot.v1.CreateAccountResponse> getCreateAccountMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CreateAccountRequest, io.mailbot.v1.CreateAccountResponse> getCreateAccountMethod;
    if ((getCreateAccountMethod = AccountServiceGrpc.getCreateAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getCreateAccountMethod = AccountServiceGrpc.getCreateAccountMethod) == null) {
          AccountServiceGrpc.getCreateAccountMethod = getCreateAccountMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CreateAccountRequest, io.mailbot.v1.CreateAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateAccount"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("CreateAccount"))
              .build();
        }
      }
    }
    return getCreateAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetAccountRequest,
      io.mailbot.v1.GetAccountResponse> getGetAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetAccount",
      requestType = io.mailbot.v1.GetAccountRequest.class,
      responseType = io.mailbot.v1.GetAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetAccountRequest,
      io.mailbot.v1.GetAccountResponse> getGetAccountMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetAccountRequest, io.mailbot.v1.GetAccountResponse> getGetAccountMethod;
    if ((getGetAccountMethod = AccountServiceGrpc.getGetAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getGetAccountMethod = AccountServiceGrpc.getGetAccountMethod) == null) {
          AccountServiceGrpc.getGetAccountMethod = getGetAccountMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetAccountRequest, io.mailbot.v1.GetAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetAccount"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("GetAccount"))
              .build();
        }
      }
    }
    return getGetAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListAccountsRequest,
      io.mailbot.v1.ListAccountsResponse> getListAccountsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListAccounts",
      requestType = io.mailbot.v1.ListAccountsRequest.class,
      responseType = io.mailbot.v1.ListAccountsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListAccountsRequest,
      io.mailbot.v1.ListAccountsResponse> getListAccountsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListAccountsRequest, io.mailbot.v1.ListAccountsResponse> getListAccountsMethod;
    if ((getListAccountsMethod = AccountServiceGrpc.getListAccountsMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getListAccountsMethod = AccountServiceGrpc.getListAccountsMethod) == null) {
          AccountServiceGrpc.getListAccountsMethod = getListAccountsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListAccountsRequest, io.mailbot.v1.ListAccountsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListAccounts"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListAccountsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListAccountsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("ListAccounts"))
              .build();
        }
      }
    }
    return getListAccountsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SuspendAccountRequest,
      io.mailbot.v1.SuspendAccountResponse> getSuspendAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SuspendAccount",
      requestType = io.mailbot.v1.SuspendAccountRequest.class,
      responseType = io.mailbot.v1.SuspendAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SuspendAccountRequest,
      io.mailbot.v1.SuspendAccountResponse> getSuspendAccountMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SuspendAccountRequest, io.mailbot.v1.SuspendAccountResponse> getSuspendAccountMethod;
    if ((getSuspendAccountMethod = AccountServiceGrpc.getSuspendAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getSuspendAccountMethod = AccountServiceGrpc.getSuspendAccountMethod) == null) {
          AccountServiceGrpc.getSuspendAccountMethod = getSuspendAccountMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SuspendAccountRequest, io.mailbot.v1.SuspendAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SuspendAccount"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SuspendAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SuspendAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("SuspendAccount"))
              .build();
        }
      }
    }
    return getSuspendAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ActivateAccountRequest,
      io.mailbot.v1.ActivateAccountResponse> getActivateAccountMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ActivateAccount",
      requestType = io.mailbot.v1.ActivateAccountRequest.class,
      responseType = io.mailbot.v1.ActivateAccountResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ActivateAccountRequest,
      io.mailbot.v1.ActivateAccountResponse> getActivateAccountMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ActivateAccountRequest, io.mailbot.v1.ActivateAccountResponse> getActivateAccountMethod;
    if ((getActivateAccountMethod = AccountServiceGrpc.getActivateAccountMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getActivateAccountMethod = AccountServiceGrpc.getActivateAccountMethod) == null) {
          AccountServiceGrpc.getActivateAccountMethod = getActivateAccountMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ActivateAccountRequest, io.mailbot.v1.ActivateAccountResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ActivateAccount"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ActivateAccountRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ActivateAccountResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("ActivateAccount"))
              .build();
        }
      }
    }
    return getActivateAccountMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CreateApiKeyRequest,
      io.mailbot.v1.CreateApiKeyResponse> getCreateApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateApiKey",
      requestType = io.mailbot.v1.CreateApiKeyRequest.class,
      responseType = io.mailbot.v1.CreateApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CreateApiKeyRequest,
      io.mailbot.v1.CreateApiKeyResponse> getCreateApiKeyMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CreateApiKeyRequest, io.mailbot.v1.CreateApiKeyResponse> getCreateApiKeyMethod;
    if ((getCreateApiKeyMethod = AccountServiceGrpc.getCreateApiKeyMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getCreateApiKeyMethod = AccountServiceGrpc.getCreateApiKeyMethod) == null) {
          AccountServiceGrpc.getCreateApiKeyMethod = getCreateApiKeyMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CreateApiKeyRequest, io.mailbot.v1.CreateApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateApiKey"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("CreateApiKey"))
              .build();
        }
      }
    }
    return getCreateApiKeyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListApiKeysRequest,
      io.mailbot.v1.ListApiKeysResponse> getListApiKeysMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListApiKeys",
      requestType = io.mailbot.v1.ListApiKeysRequest.class,
      responseType = io.mailbot.v1.ListApiKeysResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListApiKeysRequest,
      io.mailbot.v1.ListApiKeysResponse> getListApiKeysMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListApiKeysRequest, io.mailbot.v1.ListApiKeysResponse> getListApiKeysMethod;
    if ((getListApiKeysMethod = AccountServiceGrpc.getListApiKeysMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getListApiKeysMethod = AccountServiceGrpc.getListApiKeysMethod) == null) {
          AccountServiceGrpc.getListApiKeysMethod = getListApiKeysMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListApiKeysRequest, io.mailbot.v1.ListApiKeysResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListApiKeys"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListApiKeysRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListApiKeysResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("ListApiKeys"))
              .build();
        }
      }
    }
    return getListApiKeysMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RevokeApiKeyRequest,
      io.mailbot.v1.RevokeApiKeyResponse> getRevokeApiKeyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RevokeApiKey",
      requestType = io.mailbot.v1.RevokeApiKeyRequest.class,
      responseType = io.mailbot.v1.RevokeApiKeyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RevokeApiKeyRequest,
      io.mailbot.v1.RevokeApiKeyResponse> getRevokeApiKeyMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RevokeApiKeyRequest, io.mailbot.v1.RevokeApiKeyResponse> getRevokeApiKeyMethod;
    if ((getRevokeApiKeyMethod = AccountServiceGrpc.getRevokeApiKeyMethod) == null) {
      synchronized (AccountServiceGrpc.class) {
        if ((getRevokeApiKeyMethod = AccountServiceGrpc.getRevokeApiKeyMethod) == null) {
          AccountServiceGrpc.getRevokeApiKeyMethod = getRevokeApiKeyMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RevokeApiKeyRequest, io.mailbot.v1.RevokeApiKeyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RevokeApiKey"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RevokeApiKeyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RevokeApiKeyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new AccountServiceMethodDescriptorSupplier("RevokeApiKey"))
              .build();
        }
      }
    }
    return getRevokeApiKeyMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static AccountServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceStub>() {
        @java.lang.Override
        public AccountServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceStub(channel, callOptions);
        }
      };
    return AccountServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static AccountServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingV2Stub>() {
        @java.lang.Override
        public AccountServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return AccountServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static AccountServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceBlockingStub>() {
        @java.lang.Override
        public AccountServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceBlockingStub(channel, callOptions);
        }
      };
    return AccountServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static AccountServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<AccountServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<AccountServiceFutureStub>() {
        @java.lang.Override
        public AccountServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new AccountServiceFutureStub(channel, callOptions);
        }
      };
    return AccountServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * AccountService manages accounts and the API keys that speak for them.
   * Every call carries `authorization: Bearer mb_&lt;key id&gt;_&lt;secret&gt;` as metadata. The
   * secret is shown once, when the key is created; the server keeps only its SHA-256.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates an account. Needs the scope `operator`, which only the key that the
     * server wrote at its first start has.
     * </pre>
     */
    default void createAccount(io.mailbot.v1.CreateAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateAccountMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads the caller's account, or with the scope `operator` any account.
     * </pre>
     */
    default void getAccount(io.mailbot.v1.GetAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetAccountMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists accounts, newest first. Needs `operator`.
     * </pre>
     */
    default void listAccounts(io.mailbot.v1.ListAccountsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListAccountsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListAccountsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops an account: every call of its keys that writes or sends answers
     * ACCOUNT_SUSPENDED, within 5 seconds everywhere. Reading, receiving, streams and
     * RevokeApiKey go on, and so do deliveries that were accepted before:
     * SuspendDeliveries stops those. Idempotent. Needs `operator`.
     * </pre>
     */
    default void suspendAccount(io.mailbot.v1.SuspendAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSuspendAccountMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends a suspension. Idempotent. Needs `operator`.
     * </pre>
     */
    default void activateAccount(io.mailbot.v1.ActivateAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ActivateAccountResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getActivateAccountMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates an API key. Needs `admin`. A key can never be given a scope or an
     * inbox that the calling key does not have.
     * </pre>
     */
    default void createApiKey(io.mailbot.v1.CreateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateApiKeyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the account's keys, newest first, revoked ones too; a key that is
     * restricted to inboxes sees only keys that are restricted to some of them. Needs
     * `admin`.
     * </pre>
     */
    default void listApiKeys(io.mailbot.v1.ListApiKeysRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListApiKeysResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListApiKeysMethod(), responseObserver);
    }

    /**
     * <pre>
     * Revokes a key for good, within 5 seconds everywhere, inside open streams too.
     * Idempotent. Needs `admin`.
     * </pre>
     */
    default void revokeApiKey(io.mailbot.v1.RevokeApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RevokeApiKeyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRevokeApiKeyMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service AccountService.
   * <pre>
   * AccountService manages accounts and the API keys that speak for them.
   * Every call carries `authorization: Bearer mb_&lt;key id&gt;_&lt;secret&gt;` as metadata. The
   * secret is shown once, when the key is created; the server keeps only its SHA-256.
   * </pre>
   */
  public static abstract class AccountServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return AccountServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service AccountService.
   * <pre>
   * AccountService manages accounts and the API keys that speak for them.
   * Every call carries `authorization: Bearer mb_&lt;key id&gt;_&lt;secret&gt;` as metadata. The
   * secret is shown once, when the key is created; the server keeps only its SHA-256.
   * </pre>
   */
  public static final class AccountServiceStub
      extends io.grpc.stub.AbstractAsyncStub<AccountServiceStub> {
    private AccountServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an account. Needs the scope `operator`, which only the key that the
     * server wrote at its first start has.
     * </pre>
     */
    public void createAccount(io.mailbot.v1.CreateAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads the caller's account, or with the scope `operator` any account.
     * </pre>
     */
    public void getAccount(io.mailbot.v1.GetAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists accounts, newest first. Needs `operator`.
     * </pre>
     */
    public void listAccounts(io.mailbot.v1.ListAccountsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListAccountsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListAccountsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops an account: every call of its keys that writes or sends answers
     * ACCOUNT_SUSPENDED, within 5 seconds everywhere. Reading, receiving, streams and
     * RevokeApiKey go on, and so do deliveries that were accepted before:
     * SuspendDeliveries stops those. Idempotent. Needs `operator`.
     * </pre>
     */
    public void suspendAccount(io.mailbot.v1.SuspendAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSuspendAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends a suspension. Idempotent. Needs `operator`.
     * </pre>
     */
    public void activateAccount(io.mailbot.v1.ActivateAccountRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ActivateAccountResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getActivateAccountMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates an API key. Needs `admin`. A key can never be given a scope or an
     * inbox that the calling key does not have.
     * </pre>
     */
    public void createApiKey(io.mailbot.v1.CreateApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateApiKeyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the account's keys, newest first, revoked ones too; a key that is
     * restricted to inboxes sees only keys that are restricted to some of them. Needs
     * `admin`.
     * </pre>
     */
    public void listApiKeys(io.mailbot.v1.ListApiKeysRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListApiKeysResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListApiKeysMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Revokes a key for good, within 5 seconds everywhere, inside open streams too.
     * Idempotent. Needs `admin`.
     * </pre>
     */
    public void revokeApiKey(io.mailbot.v1.RevokeApiKeyRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RevokeApiKeyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRevokeApiKeyMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service AccountService.
   * <pre>
   * AccountService manages accounts and the API keys that speak for them.
   * Every call carries `authorization: Bearer mb_&lt;key id&gt;_&lt;secret&gt;` as metadata. The
   * secret is shown once, when the key is created; the server keeps only its SHA-256.
   * </pre>
   */
  public static final class AccountServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<AccountServiceBlockingV2Stub> {
    private AccountServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an account. Needs the scope `operator`, which only the key that the
     * server wrote at its first start has.
     * </pre>
     */
    public io.mailbot.v1.CreateAccountResponse createAccount(io.mailbot.v1.CreateAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads the caller's account, or with the scope `operator` any account.
     * </pre>
     */
    public io.mailbot.v1.GetAccountResponse getAccount(io.mailbot.v1.GetAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists accounts, newest first. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.ListAccountsResponse listAccounts(io.mailbot.v1.ListAccountsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListAccountsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops an account: every call of its keys that writes or sends answers
     * ACCOUNT_SUSPENDED, within 5 seconds everywhere. Reading, receiving, streams and
     * RevokeApiKey go on, and so do deliveries that were accepted before:
     * SuspendDeliveries stops those. Idempotent. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.SuspendAccountResponse suspendAccount(io.mailbot.v1.SuspendAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSuspendAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a suspension. Idempotent. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.ActivateAccountResponse activateAccount(io.mailbot.v1.ActivateAccountRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getActivateAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates an API key. Needs `admin`. A key can never be given a scope or an
     * inbox that the calling key does not have.
     * </pre>
     */
    public io.mailbot.v1.CreateApiKeyResponse createApiKey(io.mailbot.v1.CreateApiKeyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateApiKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the account's keys, newest first, revoked ones too; a key that is
     * restricted to inboxes sees only keys that are restricted to some of them. Needs
     * `admin`.
     * </pre>
     */
    public io.mailbot.v1.ListApiKeysResponse listApiKeys(io.mailbot.v1.ListApiKeysRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListApiKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Revokes a key for good, within 5 seconds everywhere, inside open streams too.
     * Idempotent. Needs `admin`.
     * </pre>
     */
    public io.mailbot.v1.RevokeApiKeyResponse revokeApiKey(io.mailbot.v1.RevokeApiKeyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRevokeApiKeyMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service AccountService.
   * <pre>
   * AccountService manages accounts and the API keys that speak for them.
   * Every call carries `authorization: Bearer mb_&lt;key id&gt;_&lt;secret&gt;` as metadata. The
   * secret is shown once, when the key is created; the server keeps only its SHA-256.
   * </pre>
   */
  public static final class AccountServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<AccountServiceBlockingStub> {
    private AccountServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an account. Needs the scope `operator`, which only the key that the
     * server wrote at its first start has.
     * </pre>
     */
    public io.mailbot.v1.CreateAccountResponse createAccount(io.mailbot.v1.CreateAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads the caller's account, or with the scope `operator` any account.
     * </pre>
     */
    public io.mailbot.v1.GetAccountResponse getAccount(io.mailbot.v1.GetAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists accounts, newest first. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.ListAccountsResponse listAccounts(io.mailbot.v1.ListAccountsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListAccountsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops an account: every call of its keys that writes or sends answers
     * ACCOUNT_SUSPENDED, within 5 seconds everywhere. Reading, receiving, streams and
     * RevokeApiKey go on, and so do deliveries that were accepted before:
     * SuspendDeliveries stops those. Idempotent. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.SuspendAccountResponse suspendAccount(io.mailbot.v1.SuspendAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSuspendAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a suspension. Idempotent. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.ActivateAccountResponse activateAccount(io.mailbot.v1.ActivateAccountRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getActivateAccountMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates an API key. Needs `admin`. A key can never be given a scope or an
     * inbox that the calling key does not have.
     * </pre>
     */
    public io.mailbot.v1.CreateApiKeyResponse createApiKey(io.mailbot.v1.CreateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateApiKeyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the account's keys, newest first, revoked ones too; a key that is
     * restricted to inboxes sees only keys that are restricted to some of them. Needs
     * `admin`.
     * </pre>
     */
    public io.mailbot.v1.ListApiKeysResponse listApiKeys(io.mailbot.v1.ListApiKeysRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListApiKeysMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Revokes a key for good, within 5 seconds everywhere, inside open streams too.
     * Idempotent. Needs `admin`.
     * </pre>
     */
    public io.mailbot.v1.RevokeApiKeyResponse revokeApiKey(io.mailbot.v1.RevokeApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRevokeApiKeyMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service AccountService.
   * <pre>
   * AccountService manages accounts and the API keys that speak for them.
   * Every call carries `authorization: Bearer mb_&lt;key id&gt;_&lt;secret&gt;` as metadata. The
   * secret is shown once, when the key is created; the server keeps only its SHA-256.
   * </pre>
   */
  public static final class AccountServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<AccountServiceFutureStub> {
    private AccountServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected AccountServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new AccountServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates an account. Needs the scope `operator`, which only the key that the
     * server wrote at its first start has.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CreateAccountResponse> createAccount(
        io.mailbot.v1.CreateAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateAccountMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads the caller's account, or with the scope `operator` any account.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetAccountResponse> getAccount(
        io.mailbot.v1.GetAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetAccountMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists accounts, newest first. Needs `operator`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListAccountsResponse> listAccounts(
        io.mailbot.v1.ListAccountsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListAccountsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops an account: every call of its keys that writes or sends answers
     * ACCOUNT_SUSPENDED, within 5 seconds everywhere. Reading, receiving, streams and
     * RevokeApiKey go on, and so do deliveries that were accepted before:
     * SuspendDeliveries stops those. Idempotent. Needs `operator`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.SuspendAccountResponse> suspendAccount(
        io.mailbot.v1.SuspendAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSuspendAccountMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends a suspension. Idempotent. Needs `operator`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ActivateAccountResponse> activateAccount(
        io.mailbot.v1.ActivateAccountRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getActivateAccountMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Creates an API key. Needs `admin`. A key can never be given a scope or an
     * inbox that the calling key does not have.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CreateApiKeyResponse> createApiKey(
        io.mailbot.v1.CreateApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateApiKeyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the account's keys, newest first, revoked ones too; a key that is
     * restricted to inboxes sees only keys that are restricted to some of them. Needs
     * `admin`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListApiKeysResponse> listApiKeys(
        io.mailbot.v1.ListApiKeysRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListApiKeysMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Revokes a key for good, within 5 seconds everywhere, inside open streams too.
     * Idempotent. Needs `admin`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RevokeApiKeyResponse> revokeApiKey(
        io.mailbot.v1.RevokeApiKeyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRevokeApiKeyMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_ACCOUNT = 0;
  private static final int METHODID_GET_ACCOUNT = 1;
  private static final int METHODID_LIST_ACCOUNTS = 2;
  private static final int METHODID_SUSPEND_ACCOUNT = 3;
  private static final int METHODID_ACTIVATE_ACCOUNT = 4;
  private static final int METHODID_CREATE_API_KEY = 5;
  private static final int METHODID_LIST_API_KEYS = 6;
  private static final int METHODID_REVOKE_API_KEY = 7;

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
        case METHODID_CREATE_ACCOUNT:
          serviceImpl.createAccount((io.mailbot.v1.CreateAccountRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CreateAccountResponse>) responseObserver);
          break;
        case METHODID_GET_ACCOUNT:
          serviceImpl.getAccount((io.mailbot.v1.GetAccountRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetAccountResponse>) responseObserver);
          break;
        case METHODID_LIST_ACCOUNTS:
          serviceImpl.listAccounts((io.mailbot.v1.ListAccountsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListAccountsResponse>) responseObserver);
          break;
        case METHODID_SUSPEND_ACCOUNT:
          serviceImpl.suspendAccount((io.mailbot.v1.SuspendAccountRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendAccountResponse>) responseObserver);
          break;
        case METHODID_ACTIVATE_ACCOUNT:
          serviceImpl.activateAccount((io.mailbot.v1.ActivateAccountRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ActivateAccountResponse>) responseObserver);
          break;
        case METHODID_CREATE_API_KEY:
          serviceImpl.createApiKey((io.mailbot.v1.CreateApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CreateApiKeyResponse>) responseObserver);
          break;
        case METHODID_LIST_API_KEYS:
          serviceImpl.listApiKeys((io.mailbot.v1.ListApiKeysRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListApiKeysResponse>) responseObserver);
          break;
        case METHODID_REVOKE_API_KEY:
          serviceImpl.revokeApiKey((io.mailbot.v1.RevokeApiKeyRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RevokeApiKeyResponse>) responseObserver);
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
          getCreateAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CreateAccountRequest,
              io.mailbot.v1.CreateAccountResponse>(
                service, METHODID_CREATE_ACCOUNT)))
        .addMethod(
          getGetAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetAccountRequest,
              io.mailbot.v1.GetAccountResponse>(
                service, METHODID_GET_ACCOUNT)))
        .addMethod(
          getListAccountsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListAccountsRequest,
              io.mailbot.v1.ListAccountsResponse>(
                service, METHODID_LIST_ACCOUNTS)))
        .addMethod(
          getSuspendAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.SuspendAccountRequest,
              io.mailbot.v1.SuspendAccountResponse>(
                service, METHODID_SUSPEND_ACCOUNT)))
        .addMethod(
          getActivateAccountMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ActivateAccountRequest,
              io.mailbot.v1.ActivateAccountResponse>(
                service, METHODID_ACTIVATE_ACCOUNT)))
        .addMethod(
          getCreateApiKeyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CreateApiKeyRequest,
              io.mailbot.v1.CreateApiKeyResponse>(
                service, METHODID_CREATE_API_KEY)))
        .addMethod(
          getListApiKeysMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListApiKeysRequest,
              io.mailbot.v1.ListApiKeysResponse>(
                service, METHODID_LIST_API_KEYS)))
        .addMethod(
          getRevokeApiKeyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RevokeApiKeyRequest,
              io.mailbot.v1.RevokeApiKeyResponse>(
                service, METHODID_REVOKE_API_KEY)))
        .build();
  }

  private static abstract class AccountServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    AccountServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.AccountsProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("AccountService");
    }
  }

  private static final class AccountServiceFileDescriptorSupplier
      extends AccountServiceBaseDescriptorSupplier {
    AccountServiceFileDescriptorSupplier() {}
  }

  private static final class AccountServiceMethodDescriptorSupplier
      extends AccountServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    AccountServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (AccountServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new AccountServiceFileDescriptorSupplier())
              .addMethod(getCreateAccountMethod())
              .addMethod(getGetAccountMethod())
              .addMethod(getListAccountsMethod())
              .addMethod(getSuspendAccountMethod())
              .addMethod(getActivateAccountMethod())
              .addMethod(getCreateApiKeyMethod())
              .addMethod(getListApiKeysMethod())
              .addMethod(getRevokeApiKeyMethod())
              .build();
        }
      }
    }
    return result;
  }
}

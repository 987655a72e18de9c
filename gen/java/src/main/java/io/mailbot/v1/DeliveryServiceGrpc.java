package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * DeliveryService shows and moves the queue: one delivery is one message to one
 * recipient. An account sees its own; keys with the scope `operator` see and move
 * those of all accounts where `all_accounts` is set, and the destinations.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class DeliveryServiceGrpc {

  private DeliveryServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.DeliveryService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListDeliveriesRequest,
      io.mailbot.v1.ListDeliveriesResponse> getListDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDeliveries",
      requestType = io.mailbot.v1.ListDeliveriesRequest.class,
      responseType = io.mailbot.v1.ListDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListDeliveriesRequest,
      io.mailbot.v1.ListDeliveriesResponse> getListDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListDeliveriesRequest, io.mailbot.v1.ListDeliveriesResponse> getListDeliveriesMethod;
    if ((getListDeliveriesMethod = DeliveryServiceGrpc.getListDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getListDeliveriesMethod = DeliveryServiceGrpc.getListDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getListDeliveriesMethod = getListDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListDeliveriesRequest, io.mailbot.v1.ListDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDeliveries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ListDeliveries"))
              .build();
        }
      }
    }
    return getListDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetDeliveryRequest,
      io.mailbot.v1.GetDeliveryResponse> getGetDeliveryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetDelivery",
      requestType = io.mailbot.v1.GetDeliveryRequest.class,
      responseType = io.mailbot.v1.GetDeliveryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetDeliveryRequest,
      io.mailbot.v1.GetDeliveryResponse> getGetDeliveryMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetDeliveryRequest, io.mailbot.v1.GetDeliveryResponse> getGetDeliveryMethod;
    if ((getGetDeliveryMethod = DeliveryServiceGrpc.getGetDeliveryMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getGetDeliveryMethod = DeliveryServiceGrpc.getGetDeliveryMethod) == null) {
          DeliveryServiceGrpc.getGetDeliveryMethod = getGetDeliveryMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetDeliveryRequest, io.mailbot.v1.GetDeliveryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetDelivery"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetDeliveryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetDeliveryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("GetDelivery"))
              .build();
        }
      }
    }
    return getGetDeliveryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ExplainDeliveryRequest,
      io.mailbot.v1.ExplainDeliveryResponse> getExplainDeliveryMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ExplainDelivery",
      requestType = io.mailbot.v1.ExplainDeliveryRequest.class,
      responseType = io.mailbot.v1.ExplainDeliveryResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ExplainDeliveryRequest,
      io.mailbot.v1.ExplainDeliveryResponse> getExplainDeliveryMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ExplainDeliveryRequest, io.mailbot.v1.ExplainDeliveryResponse> getExplainDeliveryMethod;
    if ((getExplainDeliveryMethod = DeliveryServiceGrpc.getExplainDeliveryMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getExplainDeliveryMethod = DeliveryServiceGrpc.getExplainDeliveryMethod) == null) {
          DeliveryServiceGrpc.getExplainDeliveryMethod = getExplainDeliveryMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ExplainDeliveryRequest, io.mailbot.v1.ExplainDeliveryResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ExplainDelivery"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ExplainDeliveryRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ExplainDeliveryResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ExplainDelivery"))
              .build();
        }
      }
    }
    return getExplainDeliveryMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RetryDeliveriesRequest,
      io.mailbot.v1.RetryDeliveriesResponse> getRetryDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RetryDeliveries",
      requestType = io.mailbot.v1.RetryDeliveriesRequest.class,
      responseType = io.mailbot.v1.RetryDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RetryDeliveriesRequest,
      io.mailbot.v1.RetryDeliveriesResponse> getRetryDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RetryDeliveriesRequest, io.mailbot.v1.RetryDeliveriesResponse> getRetryDeliveriesMethod;
    if ((getRetryDeliveriesMethod = DeliveryServiceGrpc.getRetryDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getRetryDeliveriesMethod = DeliveryServiceGrpc.getRetryDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getRetryDeliveriesMethod = getRetryDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RetryDeliveriesRequest, io.mailbot.v1.RetryDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RetryDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RetryDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RetryDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("RetryDeliveries"))
              .build();
        }
      }
    }
    return getRetryDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CancelDeliveriesRequest,
      io.mailbot.v1.CancelDeliveriesResponse> getCancelDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelDeliveries",
      requestType = io.mailbot.v1.CancelDeliveriesRequest.class,
      responseType = io.mailbot.v1.CancelDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CancelDeliveriesRequest,
      io.mailbot.v1.CancelDeliveriesResponse> getCancelDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CancelDeliveriesRequest, io.mailbot.v1.CancelDeliveriesResponse> getCancelDeliveriesMethod;
    if ((getCancelDeliveriesMethod = DeliveryServiceGrpc.getCancelDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getCancelDeliveriesMethod = DeliveryServiceGrpc.getCancelDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getCancelDeliveriesMethod = getCancelDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CancelDeliveriesRequest, io.mailbot.v1.CancelDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CancelDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CancelDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("CancelDeliveries"))
              .build();
        }
      }
    }
    return getCancelDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.HoldDeliveriesRequest,
      io.mailbot.v1.HoldDeliveriesResponse> getHoldDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "HoldDeliveries",
      requestType = io.mailbot.v1.HoldDeliveriesRequest.class,
      responseType = io.mailbot.v1.HoldDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.HoldDeliveriesRequest,
      io.mailbot.v1.HoldDeliveriesResponse> getHoldDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.HoldDeliveriesRequest, io.mailbot.v1.HoldDeliveriesResponse> getHoldDeliveriesMethod;
    if ((getHoldDeliveriesMethod = DeliveryServiceGrpc.getHoldDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getHoldDeliveriesMethod = DeliveryServiceGrpc.getHoldDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getHoldDeliveriesMethod = getHoldDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.HoldDeliveriesRequest, io.mailbot.v1.HoldDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "HoldDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.HoldDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.HoldDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("HoldDeliveries"))
              .build();
        }
      }
    }
    return getHoldDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseDeliveriesRequest,
      io.mailbot.v1.ReleaseDeliveriesResponse> getReleaseDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseDeliveries",
      requestType = io.mailbot.v1.ReleaseDeliveriesRequest.class,
      responseType = io.mailbot.v1.ReleaseDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseDeliveriesRequest,
      io.mailbot.v1.ReleaseDeliveriesResponse> getReleaseDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseDeliveriesRequest, io.mailbot.v1.ReleaseDeliveriesResponse> getReleaseDeliveriesMethod;
    if ((getReleaseDeliveriesMethod = DeliveryServiceGrpc.getReleaseDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getReleaseDeliveriesMethod = DeliveryServiceGrpc.getReleaseDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getReleaseDeliveriesMethod = getReleaseDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ReleaseDeliveriesRequest, io.mailbot.v1.ReleaseDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReleaseDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReleaseDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ReleaseDeliveries"))
              .build();
        }
      }
    }
    return getReleaseDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SuspendDeliveriesRequest,
      io.mailbot.v1.SuspendDeliveriesResponse> getSuspendDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SuspendDeliveries",
      requestType = io.mailbot.v1.SuspendDeliveriesRequest.class,
      responseType = io.mailbot.v1.SuspendDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SuspendDeliveriesRequest,
      io.mailbot.v1.SuspendDeliveriesResponse> getSuspendDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SuspendDeliveriesRequest, io.mailbot.v1.SuspendDeliveriesResponse> getSuspendDeliveriesMethod;
    if ((getSuspendDeliveriesMethod = DeliveryServiceGrpc.getSuspendDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getSuspendDeliveriesMethod = DeliveryServiceGrpc.getSuspendDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getSuspendDeliveriesMethod = getSuspendDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SuspendDeliveriesRequest, io.mailbot.v1.SuspendDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SuspendDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SuspendDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SuspendDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("SuspendDeliveries"))
              .build();
        }
      }
    }
    return getSuspendDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ResumeDeliveriesRequest,
      io.mailbot.v1.ResumeDeliveriesResponse> getResumeDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResumeDeliveries",
      requestType = io.mailbot.v1.ResumeDeliveriesRequest.class,
      responseType = io.mailbot.v1.ResumeDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ResumeDeliveriesRequest,
      io.mailbot.v1.ResumeDeliveriesResponse> getResumeDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ResumeDeliveriesRequest, io.mailbot.v1.ResumeDeliveriesResponse> getResumeDeliveriesMethod;
    if ((getResumeDeliveriesMethod = DeliveryServiceGrpc.getResumeDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getResumeDeliveriesMethod = DeliveryServiceGrpc.getResumeDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getResumeDeliveriesMethod = getResumeDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ResumeDeliveriesRequest, io.mailbot.v1.ResumeDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResumeDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ResumeDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ResumeDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ResumeDeliveries"))
              .build();
        }
      }
    }
    return getResumeDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListDeliverySuspensionsRequest,
      io.mailbot.v1.ListDeliverySuspensionsResponse> getListDeliverySuspensionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDeliverySuspensions",
      requestType = io.mailbot.v1.ListDeliverySuspensionsRequest.class,
      responseType = io.mailbot.v1.ListDeliverySuspensionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListDeliverySuspensionsRequest,
      io.mailbot.v1.ListDeliverySuspensionsResponse> getListDeliverySuspensionsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListDeliverySuspensionsRequest, io.mailbot.v1.ListDeliverySuspensionsResponse> getListDeliverySuspensionsMethod;
    if ((getListDeliverySuspensionsMethod = DeliveryServiceGrpc.getListDeliverySuspensionsMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getListDeliverySuspensionsMethod = DeliveryServiceGrpc.getListDeliverySuspensionsMethod) == null) {
          DeliveryServiceGrpc.getListDeliverySuspensionsMethod = getListDeliverySuspensionsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListDeliverySuspensionsRequest, io.mailbot.v1.ListDeliverySuspensionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDeliverySuspensions"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDeliverySuspensionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDeliverySuspensionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ListDeliverySuspensions"))
              .build();
        }
      }
    }
    return getListDeliverySuspensionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListDestinationsRequest,
      io.mailbot.v1.ListDestinationsResponse> getListDestinationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListDestinations",
      requestType = io.mailbot.v1.ListDestinationsRequest.class,
      responseType = io.mailbot.v1.ListDestinationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListDestinationsRequest,
      io.mailbot.v1.ListDestinationsResponse> getListDestinationsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListDestinationsRequest, io.mailbot.v1.ListDestinationsResponse> getListDestinationsMethod;
    if ((getListDestinationsMethod = DeliveryServiceGrpc.getListDestinationsMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getListDestinationsMethod = DeliveryServiceGrpc.getListDestinationsMethod) == null) {
          DeliveryServiceGrpc.getListDestinationsMethod = getListDestinationsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListDestinationsRequest, io.mailbot.v1.ListDestinationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListDestinations"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDestinationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListDestinationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ListDestinations"))
              .build();
        }
      }
    }
    return getListDestinationsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.TraceDestinationRequest,
      io.mailbot.v1.TraceDestinationResponse> getTraceDestinationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TraceDestination",
      requestType = io.mailbot.v1.TraceDestinationRequest.class,
      responseType = io.mailbot.v1.TraceDestinationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.TraceDestinationRequest,
      io.mailbot.v1.TraceDestinationResponse> getTraceDestinationMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.TraceDestinationRequest, io.mailbot.v1.TraceDestinationResponse> getTraceDestinationMethod;
    if ((getTraceDestinationMethod = DeliveryServiceGrpc.getTraceDestinationMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getTraceDestinationMethod = DeliveryServiceGrpc.getTraceDestinationMethod) == null) {
          DeliveryServiceGrpc.getTraceDestinationMethod = getTraceDestinationMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.TraceDestinationRequest, io.mailbot.v1.TraceDestinationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TraceDestination"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.TraceDestinationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.TraceDestinationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("TraceDestination"))
              .build();
        }
      }
    }
    return getTraceDestinationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ReclassifyDeliveriesRequest,
      io.mailbot.v1.ReclassifyDeliveriesResponse> getReclassifyDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReclassifyDeliveries",
      requestType = io.mailbot.v1.ReclassifyDeliveriesRequest.class,
      responseType = io.mailbot.v1.ReclassifyDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ReclassifyDeliveriesRequest,
      io.mailbot.v1.ReclassifyDeliveriesResponse> getReclassifyDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ReclassifyDeliveriesRequest, io.mailbot.v1.ReclassifyDeliveriesResponse> getReclassifyDeliveriesMethod;
    if ((getReclassifyDeliveriesMethod = DeliveryServiceGrpc.getReclassifyDeliveriesMethod) == null) {
      synchronized (DeliveryServiceGrpc.class) {
        if ((getReclassifyDeliveriesMethod = DeliveryServiceGrpc.getReclassifyDeliveriesMethod) == null) {
          DeliveryServiceGrpc.getReclassifyDeliveriesMethod = getReclassifyDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ReclassifyDeliveriesRequest, io.mailbot.v1.ReclassifyDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReclassifyDeliveries"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReclassifyDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReclassifyDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new DeliveryServiceMethodDescriptorSupplier("ReclassifyDeliveries"))
              .build();
        }
      }
    }
    return getReclassifyDeliveriesMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static DeliveryServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceStub>() {
        @java.lang.Override
        public DeliveryServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceStub(channel, callOptions);
        }
      };
    return DeliveryServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static DeliveryServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingV2Stub>() {
        @java.lang.Override
        public DeliveryServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return DeliveryServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static DeliveryServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceBlockingStub>() {
        @java.lang.Override
        public DeliveryServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceBlockingStub(channel, callOptions);
        }
      };
    return DeliveryServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static DeliveryServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<DeliveryServiceFutureStub>() {
        @java.lang.Override
        public DeliveryServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new DeliveryServiceFutureStub(channel, callOptions);
        }
      };
    return DeliveryServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * DeliveryService shows and moves the queue: one delivery is one message to one
   * recipient. An account sees its own; keys with the scope `operator` see and move
   * those of all accounts where `all_accounts` is set, and the destinations.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Lists deliveries, newest first; those of all accounts account by account. Needs the
     * scope `deliveries:read`.
     * </pre>
     */
    default void listDeliveries(io.mailbot.v1.ListDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one delivery. Needs `deliveries:read`.
     * </pre>
     */
    default void getDelivery(io.mailbot.v1.GetDeliveryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetDeliveryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetDeliveryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says in words why a delivery is where it is and what happens next. Needs
     * `deliveries:read`.
     * </pre>
     */
    default void explainDelivery(io.mailbot.v1.ExplainDeliveryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ExplainDeliveryResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getExplainDeliveryMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes queued and deferred deliveries due now. What is held stays held; what was
     * scheduled, or put off by a limit, does not leave before its time. Needs
     * `deliveries:write`.
     * </pre>
     */
    default void retryDeliveries(io.mailbot.v1.RetryDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RetryDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRetryDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Calls back deliveries that have not left: queued, deferred and held ones. One whose
     * attempt is under way is called back if that attempt fails. Events
     * `message.cancelled`. Needs `deliveries:write`.
     * </pre>
     */
    default void cancelDeliveries(io.mailbot.v1.CancelDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CancelDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Keeps queued and deferred deliveries back until they are released. Events
     * `message.held`. Needs `deliveries:write`.
     * </pre>
     */
    default void holdDeliveries(io.mailbot.v1.HoldDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.HoldDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHoldDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets held deliveries go on, due now, but not before the time for which they were
     * scheduled. Those that the server itself holds for a reason that still holds (an
     * unset hostname, a suspended inbox) are held again. What was held because of a limit
     * is charged now, and stays held where there is no room. Events `message.released`.
     * Needs `deliveries:write`.
     * </pre>
     */
    default void releaseDeliveries(io.mailbot.v1.ReleaseDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops new attempts to a destination, from an account or from an inbox for a
     * time. Nothing is lost and nothing ages faster. Again, it changes reason and end.
     * Needs `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    default void suspendDeliveries(io.mailbot.v1.SuspendDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSuspendDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends a suspension, by hand or automatic, before its time; of a destination also
     * the limits that its replies have led to. Idempotent. Needs
     * `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    default void resumeDeliveries(io.mailbot.v1.ResumeDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ResumeDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResumeDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists what is suspended now. Needs `deliveries:read`; destinations and foreign
     * accounts are listed to `operator` only.
     * </pre>
     */
    default void listDeliverySuspensions(io.mailbot.v1.ListDeliverySuspensionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDeliverySuspensionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDeliverySuspensionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists destinations that have mail under way or a limit that is not the default,
     * busiest first: how many connections, how fast, and why. Needs `operator`.
     * </pre>
     */
    default void listDestinations(io.mailbot.v1.ListDestinationsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDestinationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListDestinationsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams the SMTP dialogue with a destination as it happens, of this server
     * process. Passwords and message content are not shown. Needs `operator`.
     * </pre>
     */
    default void traceDestination(io.mailbot.v1.TraceDestinationRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.TraceDestinationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTraceDestinationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Classifies the replies of ended deliveries again by this version's table. What
     * changed has an event `message.reclassified`; suppressions that a reply should not
     * have caused are lifted. Streams its progress. Needs `operator`.
     * </pre>
     */
    default void reclassifyDeliveries(io.mailbot.v1.ReclassifyDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReclassifyDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReclassifyDeliveriesMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service DeliveryService.
   * <pre>
   * DeliveryService shows and moves the queue: one delivery is one message to one
   * recipient. An account sees its own; keys with the scope `operator` see and move
   * those of all accounts where `all_accounts` is set, and the destinations.
   * </pre>
   */
  public static abstract class DeliveryServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return DeliveryServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service DeliveryService.
   * <pre>
   * DeliveryService shows and moves the queue: one delivery is one message to one
   * recipient. An account sees its own; keys with the scope `operator` see and move
   * those of all accounts where `all_accounts` is set, and the destinations.
   * </pre>
   */
  public static final class DeliveryServiceStub
      extends io.grpc.stub.AbstractAsyncStub<DeliveryServiceStub> {
    private DeliveryServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists deliveries, newest first; those of all accounts account by account. Needs the
     * scope `deliveries:read`.
     * </pre>
     */
    public void listDeliveries(io.mailbot.v1.ListDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one delivery. Needs `deliveries:read`.
     * </pre>
     */
    public void getDelivery(io.mailbot.v1.GetDeliveryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetDeliveryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetDeliveryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says in words why a delivery is where it is and what happens next. Needs
     * `deliveries:read`.
     * </pre>
     */
    public void explainDelivery(io.mailbot.v1.ExplainDeliveryRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ExplainDeliveryResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getExplainDeliveryMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes queued and deferred deliveries due now. What is held stays held; what was
     * scheduled, or put off by a limit, does not leave before its time. Needs
     * `deliveries:write`.
     * </pre>
     */
    public void retryDeliveries(io.mailbot.v1.RetryDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RetryDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRetryDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Calls back deliveries that have not left: queued, deferred and held ones. One whose
     * attempt is under way is called back if that attempt fails. Events
     * `message.cancelled`. Needs `deliveries:write`.
     * </pre>
     */
    public void cancelDeliveries(io.mailbot.v1.CancelDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CancelDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Keeps queued and deferred deliveries back until they are released. Events
     * `message.held`. Needs `deliveries:write`.
     * </pre>
     */
    public void holdDeliveries(io.mailbot.v1.HoldDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.HoldDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHoldDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets held deliveries go on, due now, but not before the time for which they were
     * scheduled. Those that the server itself holds for a reason that still holds (an
     * unset hostname, a suspended inbox) are held again. What was held because of a limit
     * is charged now, and stays held where there is no room. Events `message.released`.
     * Needs `deliveries:write`.
     * </pre>
     */
    public void releaseDeliveries(io.mailbot.v1.ReleaseDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops new attempts to a destination, from an account or from an inbox for a
     * time. Nothing is lost and nothing ages faster. Again, it changes reason and end.
     * Needs `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public void suspendDeliveries(io.mailbot.v1.SuspendDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSuspendDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends a suspension, by hand or automatic, before its time; of a destination also
     * the limits that its replies have led to. Idempotent. Needs
     * `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public void resumeDeliveries(io.mailbot.v1.ResumeDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ResumeDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResumeDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists what is suspended now. Needs `deliveries:read`; destinations and foreign
     * accounts are listed to `operator` only.
     * </pre>
     */
    public void listDeliverySuspensions(io.mailbot.v1.ListDeliverySuspensionsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDeliverySuspensionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDeliverySuspensionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists destinations that have mail under way or a limit that is not the default,
     * busiest first: how many connections, how fast, and why. Needs `operator`.
     * </pre>
     */
    public void listDestinations(io.mailbot.v1.ListDestinationsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListDestinationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListDestinationsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Streams the SMTP dialogue with a destination as it happens, of this server
     * process. Passwords and message content are not shown. Needs `operator`.
     * </pre>
     */
    public void traceDestination(io.mailbot.v1.TraceDestinationRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.TraceDestinationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getTraceDestinationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Classifies the replies of ended deliveries again by this version's table. What
     * changed has an event `message.reclassified`; suppressions that a reply should not
     * have caused are lifted. Streams its progress. Needs `operator`.
     * </pre>
     */
    public void reclassifyDeliveries(io.mailbot.v1.ReclassifyDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReclassifyDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getReclassifyDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service DeliveryService.
   * <pre>
   * DeliveryService shows and moves the queue: one delivery is one message to one
   * recipient. An account sees its own; keys with the scope `operator` see and move
   * those of all accounts where `all_accounts` is set, and the destinations.
   * </pre>
   */
  public static final class DeliveryServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<DeliveryServiceBlockingV2Stub> {
    private DeliveryServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists deliveries, newest first; those of all accounts account by account. Needs the
     * scope `deliveries:read`.
     * </pre>
     */
    public io.mailbot.v1.ListDeliveriesResponse listDeliveries(io.mailbot.v1.ListDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one delivery. Needs `deliveries:read`.
     * </pre>
     */
    public io.mailbot.v1.GetDeliveryResponse getDelivery(io.mailbot.v1.GetDeliveryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetDeliveryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says in words why a delivery is where it is and what happens next. Needs
     * `deliveries:read`.
     * </pre>
     */
    public io.mailbot.v1.ExplainDeliveryResponse explainDelivery(io.mailbot.v1.ExplainDeliveryRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getExplainDeliveryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes queued and deferred deliveries due now. What is held stays held; what was
     * scheduled, or put off by a limit, does not leave before its time. Needs
     * `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.RetryDeliveriesResponse retryDeliveries(io.mailbot.v1.RetryDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRetryDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Calls back deliveries that have not left: queued, deferred and held ones. One whose
     * attempt is under way is called back if that attempt fails. Events
     * `message.cancelled`. Needs `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.CancelDeliveriesResponse cancelDeliveries(io.mailbot.v1.CancelDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps queued and deferred deliveries back until they are released. Events
     * `message.held`. Needs `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.HoldDeliveriesResponse holdDeliveries(io.mailbot.v1.HoldDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getHoldDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets held deliveries go on, due now, but not before the time for which they were
     * scheduled. Those that the server itself holds for a reason that still holds (an
     * unset hostname, a suspended inbox) are held again. What was held because of a limit
     * is charged now, and stays held where there is no room. Events `message.released`.
     * Needs `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.ReleaseDeliveriesResponse releaseDeliveries(io.mailbot.v1.ReleaseDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops new attempts to a destination, from an account or from an inbox for a
     * time. Nothing is lost and nothing ages faster. Again, it changes reason and end.
     * Needs `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public io.mailbot.v1.SuspendDeliveriesResponse suspendDeliveries(io.mailbot.v1.SuspendDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSuspendDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a suspension, by hand or automatic, before its time; of a destination also
     * the limits that its replies have led to. Idempotent. Needs
     * `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public io.mailbot.v1.ResumeDeliveriesResponse resumeDeliveries(io.mailbot.v1.ResumeDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResumeDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists what is suspended now. Needs `deliveries:read`; destinations and foreign
     * accounts are listed to `operator` only.
     * </pre>
     */
    public io.mailbot.v1.ListDeliverySuspensionsResponse listDeliverySuspensions(io.mailbot.v1.ListDeliverySuspensionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDeliverySuspensionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists destinations that have mail under way or a limit that is not the default,
     * busiest first: how many connections, how fast, and why. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.ListDestinationsResponse listDestinations(io.mailbot.v1.ListDestinationsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListDestinationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams the SMTP dialogue with a destination as it happens, of this server
     * process. Passwords and message content are not shown. Needs `operator`.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.mailbot.v1.TraceDestinationResponse>
        traceDestination(io.mailbot.v1.TraceDestinationRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getTraceDestinationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Classifies the replies of ended deliveries again by this version's table. What
     * changed has an event `message.reclassified`; suppressions that a reply should not
     * have caused are lifted. Streams its progress. Needs `operator`.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.mailbot.v1.ReclassifyDeliveriesResponse>
        reclassifyDeliveries(io.mailbot.v1.ReclassifyDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getReclassifyDeliveriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service DeliveryService.
   * <pre>
   * DeliveryService shows and moves the queue: one delivery is one message to one
   * recipient. An account sees its own; keys with the scope `operator` see and move
   * those of all accounts where `all_accounts` is set, and the destinations.
   * </pre>
   */
  public static final class DeliveryServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<DeliveryServiceBlockingStub> {
    private DeliveryServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists deliveries, newest first; those of all accounts account by account. Needs the
     * scope `deliveries:read`.
     * </pre>
     */
    public io.mailbot.v1.ListDeliveriesResponse listDeliveries(io.mailbot.v1.ListDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one delivery. Needs `deliveries:read`.
     * </pre>
     */
    public io.mailbot.v1.GetDeliveryResponse getDelivery(io.mailbot.v1.GetDeliveryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetDeliveryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says in words why a delivery is where it is and what happens next. Needs
     * `deliveries:read`.
     * </pre>
     */
    public io.mailbot.v1.ExplainDeliveryResponse explainDelivery(io.mailbot.v1.ExplainDeliveryRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getExplainDeliveryMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes queued and deferred deliveries due now. What is held stays held; what was
     * scheduled, or put off by a limit, does not leave before its time. Needs
     * `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.RetryDeliveriesResponse retryDeliveries(io.mailbot.v1.RetryDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetryDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Calls back deliveries that have not left: queued, deferred and held ones. One whose
     * attempt is under way is called back if that attempt fails. Events
     * `message.cancelled`. Needs `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.CancelDeliveriesResponse cancelDeliveries(io.mailbot.v1.CancelDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps queued and deferred deliveries back until they are released. Events
     * `message.held`. Needs `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.HoldDeliveriesResponse holdDeliveries(io.mailbot.v1.HoldDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHoldDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets held deliveries go on, due now, but not before the time for which they were
     * scheduled. Those that the server itself holds for a reason that still holds (an
     * unset hostname, a suspended inbox) are held again. What was held because of a limit
     * is charged now, and stays held where there is no room. Events `message.released`.
     * Needs `deliveries:write`.
     * </pre>
     */
    public io.mailbot.v1.ReleaseDeliveriesResponse releaseDeliveries(io.mailbot.v1.ReleaseDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops new attempts to a destination, from an account or from an inbox for a
     * time. Nothing is lost and nothing ages faster. Again, it changes reason and end.
     * Needs `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public io.mailbot.v1.SuspendDeliveriesResponse suspendDeliveries(io.mailbot.v1.SuspendDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSuspendDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a suspension, by hand or automatic, before its time; of a destination also
     * the limits that its replies have led to. Idempotent. Needs
     * `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public io.mailbot.v1.ResumeDeliveriesResponse resumeDeliveries(io.mailbot.v1.ResumeDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResumeDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists what is suspended now. Needs `deliveries:read`; destinations and foreign
     * accounts are listed to `operator` only.
     * </pre>
     */
    public io.mailbot.v1.ListDeliverySuspensionsResponse listDeliverySuspensions(io.mailbot.v1.ListDeliverySuspensionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDeliverySuspensionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists destinations that have mail under way or a limit that is not the default,
     * busiest first: how many connections, how fast, and why. Needs `operator`.
     * </pre>
     */
    public io.mailbot.v1.ListDestinationsResponse listDestinations(io.mailbot.v1.ListDestinationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListDestinationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams the SMTP dialogue with a destination as it happens, of this server
     * process. Passwords and message content are not shown. Needs `operator`.
     * </pre>
     */
    public java.util.Iterator<io.mailbot.v1.TraceDestinationResponse> traceDestination(
        io.mailbot.v1.TraceDestinationRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getTraceDestinationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Classifies the replies of ended deliveries again by this version's table. What
     * changed has an event `message.reclassified`; suppressions that a reply should not
     * have caused are lifted. Streams its progress. Needs `operator`.
     * </pre>
     */
    public java.util.Iterator<io.mailbot.v1.ReclassifyDeliveriesResponse> reclassifyDeliveries(
        io.mailbot.v1.ReclassifyDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getReclassifyDeliveriesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service DeliveryService.
   * <pre>
   * DeliveryService shows and moves the queue: one delivery is one message to one
   * recipient. An account sees its own; keys with the scope `operator` see and move
   * those of all accounts where `all_accounts` is set, and the destinations.
   * </pre>
   */
  public static final class DeliveryServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<DeliveryServiceFutureStub> {
    private DeliveryServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected DeliveryServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new DeliveryServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Lists deliveries, newest first; those of all accounts account by account. Needs the
     * scope `deliveries:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListDeliveriesResponse> listDeliveries(
        io.mailbot.v1.ListDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one delivery. Needs `deliveries:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetDeliveryResponse> getDelivery(
        io.mailbot.v1.GetDeliveryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetDeliveryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says in words why a delivery is where it is and what happens next. Needs
     * `deliveries:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ExplainDeliveryResponse> explainDelivery(
        io.mailbot.v1.ExplainDeliveryRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getExplainDeliveryMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes queued and deferred deliveries due now. What is held stays held; what was
     * scheduled, or put off by a limit, does not leave before its time. Needs
     * `deliveries:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RetryDeliveriesResponse> retryDeliveries(
        io.mailbot.v1.RetryDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRetryDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Calls back deliveries that have not left: queued, deferred and held ones. One whose
     * attempt is under way is called back if that attempt fails. Events
     * `message.cancelled`. Needs `deliveries:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CancelDeliveriesResponse> cancelDeliveries(
        io.mailbot.v1.CancelDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Keeps queued and deferred deliveries back until they are released. Events
     * `message.held`. Needs `deliveries:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.HoldDeliveriesResponse> holdDeliveries(
        io.mailbot.v1.HoldDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHoldDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets held deliveries go on, due now, but not before the time for which they were
     * scheduled. Those that the server itself holds for a reason that still holds (an
     * unset hostname, a suspended inbox) are held again. What was held because of a limit
     * is charged now, and stays held where there is no room. Events `message.released`.
     * Needs `deliveries:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ReleaseDeliveriesResponse> releaseDeliveries(
        io.mailbot.v1.ReleaseDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops new attempts to a destination, from an account or from an inbox for a
     * time. Nothing is lost and nothing ages faster. Again, it changes reason and end.
     * Needs `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.SuspendDeliveriesResponse> suspendDeliveries(
        io.mailbot.v1.SuspendDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSuspendDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends a suspension, by hand or automatic, before its time; of a destination also
     * the limits that its replies have led to. Idempotent. Needs
     * `deliveries:write` for an inbox, `operator` for the others.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ResumeDeliveriesResponse> resumeDeliveries(
        io.mailbot.v1.ResumeDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResumeDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists what is suspended now. Needs `deliveries:read`; destinations and foreign
     * accounts are listed to `operator` only.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListDeliverySuspensionsResponse> listDeliverySuspensions(
        io.mailbot.v1.ListDeliverySuspensionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDeliverySuspensionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists destinations that have mail under way or a limit that is not the default,
     * busiest first: how many connections, how fast, and why. Needs `operator`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListDestinationsResponse> listDestinations(
        io.mailbot.v1.ListDestinationsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListDestinationsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_LIST_DELIVERIES = 0;
  private static final int METHODID_GET_DELIVERY = 1;
  private static final int METHODID_EXPLAIN_DELIVERY = 2;
  private static final int METHODID_RETRY_DELIVERIES = 3;
  private static final int METHODID_CANCEL_DELIVERIES = 4;
  private static final int METHODID_HOLD_DELIVERIES = 5;
  private static final int METHODID_RELEASE_DELIVERIES = 6;
  private static final int METHODID_SUSPEND_DELIVERIES = 7;
  private static final int METHODID_RESUME_DELIVERIES = 8;
  private static final int METHODID_LIST_DELIVERY_SUSPENSIONS = 9;
  private static final int METHODID_LIST_DESTINATIONS = 10;
  private static final int METHODID_TRACE_DESTINATION = 11;
  private static final int METHODID_RECLASSIFY_DELIVERIES = 12;

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
        case METHODID_LIST_DELIVERIES:
          serviceImpl.listDeliveries((io.mailbot.v1.ListDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListDeliveriesResponse>) responseObserver);
          break;
        case METHODID_GET_DELIVERY:
          serviceImpl.getDelivery((io.mailbot.v1.GetDeliveryRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetDeliveryResponse>) responseObserver);
          break;
        case METHODID_EXPLAIN_DELIVERY:
          serviceImpl.explainDelivery((io.mailbot.v1.ExplainDeliveryRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ExplainDeliveryResponse>) responseObserver);
          break;
        case METHODID_RETRY_DELIVERIES:
          serviceImpl.retryDeliveries((io.mailbot.v1.RetryDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RetryDeliveriesResponse>) responseObserver);
          break;
        case METHODID_CANCEL_DELIVERIES:
          serviceImpl.cancelDeliveries((io.mailbot.v1.CancelDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CancelDeliveriesResponse>) responseObserver);
          break;
        case METHODID_HOLD_DELIVERIES:
          serviceImpl.holdDeliveries((io.mailbot.v1.HoldDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.HoldDeliveriesResponse>) responseObserver);
          break;
        case METHODID_RELEASE_DELIVERIES:
          serviceImpl.releaseDeliveries((io.mailbot.v1.ReleaseDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseDeliveriesResponse>) responseObserver);
          break;
        case METHODID_SUSPEND_DELIVERIES:
          serviceImpl.suspendDeliveries((io.mailbot.v1.SuspendDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SuspendDeliveriesResponse>) responseObserver);
          break;
        case METHODID_RESUME_DELIVERIES:
          serviceImpl.resumeDeliveries((io.mailbot.v1.ResumeDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ResumeDeliveriesResponse>) responseObserver);
          break;
        case METHODID_LIST_DELIVERY_SUSPENSIONS:
          serviceImpl.listDeliverySuspensions((io.mailbot.v1.ListDeliverySuspensionsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListDeliverySuspensionsResponse>) responseObserver);
          break;
        case METHODID_LIST_DESTINATIONS:
          serviceImpl.listDestinations((io.mailbot.v1.ListDestinationsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListDestinationsResponse>) responseObserver);
          break;
        case METHODID_TRACE_DESTINATION:
          serviceImpl.traceDestination((io.mailbot.v1.TraceDestinationRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.TraceDestinationResponse>) responseObserver);
          break;
        case METHODID_RECLASSIFY_DELIVERIES:
          serviceImpl.reclassifyDeliveries((io.mailbot.v1.ReclassifyDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ReclassifyDeliveriesResponse>) responseObserver);
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
          getListDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListDeliveriesRequest,
              io.mailbot.v1.ListDeliveriesResponse>(
                service, METHODID_LIST_DELIVERIES)))
        .addMethod(
          getGetDeliveryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetDeliveryRequest,
              io.mailbot.v1.GetDeliveryResponse>(
                service, METHODID_GET_DELIVERY)))
        .addMethod(
          getExplainDeliveryMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ExplainDeliveryRequest,
              io.mailbot.v1.ExplainDeliveryResponse>(
                service, METHODID_EXPLAIN_DELIVERY)))
        .addMethod(
          getRetryDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RetryDeliveriesRequest,
              io.mailbot.v1.RetryDeliveriesResponse>(
                service, METHODID_RETRY_DELIVERIES)))
        .addMethod(
          getCancelDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CancelDeliveriesRequest,
              io.mailbot.v1.CancelDeliveriesResponse>(
                service, METHODID_CANCEL_DELIVERIES)))
        .addMethod(
          getHoldDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.HoldDeliveriesRequest,
              io.mailbot.v1.HoldDeliveriesResponse>(
                service, METHODID_HOLD_DELIVERIES)))
        .addMethod(
          getReleaseDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ReleaseDeliveriesRequest,
              io.mailbot.v1.ReleaseDeliveriesResponse>(
                service, METHODID_RELEASE_DELIVERIES)))
        .addMethod(
          getSuspendDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.SuspendDeliveriesRequest,
              io.mailbot.v1.SuspendDeliveriesResponse>(
                service, METHODID_SUSPEND_DELIVERIES)))
        .addMethod(
          getResumeDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ResumeDeliveriesRequest,
              io.mailbot.v1.ResumeDeliveriesResponse>(
                service, METHODID_RESUME_DELIVERIES)))
        .addMethod(
          getListDeliverySuspensionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListDeliverySuspensionsRequest,
              io.mailbot.v1.ListDeliverySuspensionsResponse>(
                service, METHODID_LIST_DELIVERY_SUSPENSIONS)))
        .addMethod(
          getListDestinationsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListDestinationsRequest,
              io.mailbot.v1.ListDestinationsResponse>(
                service, METHODID_LIST_DESTINATIONS)))
        .addMethod(
          getTraceDestinationMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.TraceDestinationRequest,
              io.mailbot.v1.TraceDestinationResponse>(
                service, METHODID_TRACE_DESTINATION)))
        .addMethod(
          getReclassifyDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.ReclassifyDeliveriesRequest,
              io.mailbot.v1.ReclassifyDeliveriesResponse>(
                service, METHODID_RECLASSIFY_DELIVERIES)))
        .build();
  }

  private static abstract class DeliveryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    DeliveryServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.DeliveriesProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("DeliveryService");
    }
  }

  private static final class DeliveryServiceFileDescriptorSupplier
      extends DeliveryServiceBaseDescriptorSupplier {
    DeliveryServiceFileDescriptorSupplier() {}
  }

  private static final class DeliveryServiceMethodDescriptorSupplier
      extends DeliveryServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    DeliveryServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (DeliveryServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new DeliveryServiceFileDescriptorSupplier())
              .addMethod(getListDeliveriesMethod())
              .addMethod(getGetDeliveryMethod())
              .addMethod(getExplainDeliveryMethod())
              .addMethod(getRetryDeliveriesMethod())
              .addMethod(getCancelDeliveriesMethod())
              .addMethod(getHoldDeliveriesMethod())
              .addMethod(getReleaseDeliveriesMethod())
              .addMethod(getSuspendDeliveriesMethod())
              .addMethod(getResumeDeliveriesMethod())
              .addMethod(getListDeliverySuspensionsMethod())
              .addMethod(getListDestinationsMethod())
              .addMethod(getTraceDestinationMethod())
              .addMethod(getReclassifyDeliveriesMethod())
              .build();
        }
      }
    }
    return result;
  }
}

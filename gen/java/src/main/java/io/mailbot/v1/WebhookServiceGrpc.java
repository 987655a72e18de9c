package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * WebhookService posts events to HTTP endpoints: a durable reader of the log, as
 * SubscriptionService has them, whose consumer is an address.
 * Requests are signed as Standard Webhooks says: `webhook-id` is the event's id and
 * stays the same over retries, `webhook-timestamp` the time of the attempt,
 * `webhook-signature` one "v1,..." for each secret that is valid. The body is
 * {"type", "timestamp", "data"}, where data is the event as JSON of the proto; without a
 * message it has at most 20 kB. Success is a 2xx whose answer ends within `timeout` and
 * has at most 20 kB; redirects are not followed and count as failures.
 * Delivery is at least once: after a crash, or where an answer was lost, an event comes
 * again with the same webhook-id. A failed delivery is tried again after 5 s, 5 min,
 * 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and 24 h, each ±10 %, or later when Retry-After
 * of a 429, 502, 503 or 504 says so (at most a day), then given up and parked. 410, 403
 * and 406 stop at once: 410 disables the webhook, the others park the delivery. After
 * more than 4 failures in a row all deliveries wait but for a probe a minute (circuit
 * breaker), until one succeeds. After 5 days of nothing but failures the webhook is
 * disabled. `webhook.failing`, `webhook.recovered` and `webhook.disabled` tell of it.
 * The name of an endpoint is resolved for every connection, and nothing is sent where one
 * of its addresses is private, local or otherwise special; the operator may exempt hosts
 * (`webhook_allowed_hosts`). While an account is suspended its webhooks wait.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class WebhookServiceGrpc {

  private WebhookServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.WebhookService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CreateWebhookRequest,
      io.mailbot.v1.CreateWebhookResponse> getCreateWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateWebhook",
      requestType = io.mailbot.v1.CreateWebhookRequest.class,
      responseType = io.mailbot.v1.CreateWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CreateWebhookRequest,
      io.mailbot.v1.CreateWebhookResponse> getCreateWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CreateWebhookRequest, io.mailbot.v1.CreateWebhookResponse> getCreateWebhookMethod;
    if ((getCreateWebhookMethod = WebhookServiceGrpc.getCreateWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getCreateWebhookMethod = WebhookServiceGrpc.getCreateWebhookMethod) == null) {
          WebhookServiceGrpc.getCreateWebhookMethod = getCreateWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CreateWebhookRequest, io.mailbot.v1.CreateWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CreateWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("CreateWebhook"))
              .build();
        }
      }
    }
    return getCreateWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetWebhookRequest,
      io.mailbot.v1.GetWebhookResponse> getGetWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWebhook",
      requestType = io.mailbot.v1.GetWebhookRequest.class,
      responseType = io.mailbot.v1.GetWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetWebhookRequest,
      io.mailbot.v1.GetWebhookResponse> getGetWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetWebhookRequest, io.mailbot.v1.GetWebhookResponse> getGetWebhookMethod;
    if ((getGetWebhookMethod = WebhookServiceGrpc.getGetWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getGetWebhookMethod = WebhookServiceGrpc.getGetWebhookMethod) == null) {
          WebhookServiceGrpc.getGetWebhookMethod = getGetWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetWebhookRequest, io.mailbot.v1.GetWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWebhook"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("GetWebhook"))
              .build();
        }
      }
    }
    return getGetWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhooksRequest,
      io.mailbot.v1.ListWebhooksResponse> getListWebhooksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhooks",
      requestType = io.mailbot.v1.ListWebhooksRequest.class,
      responseType = io.mailbot.v1.ListWebhooksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhooksRequest,
      io.mailbot.v1.ListWebhooksResponse> getListWebhooksMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhooksRequest, io.mailbot.v1.ListWebhooksResponse> getListWebhooksMethod;
    if ((getListWebhooksMethod = WebhookServiceGrpc.getListWebhooksMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getListWebhooksMethod = WebhookServiceGrpc.getListWebhooksMethod) == null) {
          WebhookServiceGrpc.getListWebhooksMethod = getListWebhooksMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListWebhooksRequest, io.mailbot.v1.ListWebhooksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhooks"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListWebhooksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListWebhooksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("ListWebhooks"))
              .build();
        }
      }
    }
    return getListWebhooksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.UpdateWebhookRequest,
      io.mailbot.v1.UpdateWebhookResponse> getUpdateWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateWebhook",
      requestType = io.mailbot.v1.UpdateWebhookRequest.class,
      responseType = io.mailbot.v1.UpdateWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.UpdateWebhookRequest,
      io.mailbot.v1.UpdateWebhookResponse> getUpdateWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.UpdateWebhookRequest, io.mailbot.v1.UpdateWebhookResponse> getUpdateWebhookMethod;
    if ((getUpdateWebhookMethod = WebhookServiceGrpc.getUpdateWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getUpdateWebhookMethod = WebhookServiceGrpc.getUpdateWebhookMethod) == null) {
          WebhookServiceGrpc.getUpdateWebhookMethod = getUpdateWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.UpdateWebhookRequest, io.mailbot.v1.UpdateWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("UpdateWebhook"))
              .build();
        }
      }
    }
    return getUpdateWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.DeleteWebhookRequest,
      io.mailbot.v1.DeleteWebhookResponse> getDeleteWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteWebhook",
      requestType = io.mailbot.v1.DeleteWebhookRequest.class,
      responseType = io.mailbot.v1.DeleteWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.DeleteWebhookRequest,
      io.mailbot.v1.DeleteWebhookResponse> getDeleteWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.DeleteWebhookRequest, io.mailbot.v1.DeleteWebhookResponse> getDeleteWebhookMethod;
    if ((getDeleteWebhookMethod = WebhookServiceGrpc.getDeleteWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getDeleteWebhookMethod = WebhookServiceGrpc.getDeleteWebhookMethod) == null) {
          WebhookServiceGrpc.getDeleteWebhookMethod = getDeleteWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.DeleteWebhookRequest, io.mailbot.v1.DeleteWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteWebhook"))
              .setIdempotent(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DeleteWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DeleteWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("DeleteWebhook"))
              .build();
        }
      }
    }
    return getDeleteWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.EnableWebhookRequest,
      io.mailbot.v1.EnableWebhookResponse> getEnableWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EnableWebhook",
      requestType = io.mailbot.v1.EnableWebhookRequest.class,
      responseType = io.mailbot.v1.EnableWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.EnableWebhookRequest,
      io.mailbot.v1.EnableWebhookResponse> getEnableWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.EnableWebhookRequest, io.mailbot.v1.EnableWebhookResponse> getEnableWebhookMethod;
    if ((getEnableWebhookMethod = WebhookServiceGrpc.getEnableWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getEnableWebhookMethod = WebhookServiceGrpc.getEnableWebhookMethod) == null) {
          WebhookServiceGrpc.getEnableWebhookMethod = getEnableWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.EnableWebhookRequest, io.mailbot.v1.EnableWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EnableWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.EnableWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.EnableWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("EnableWebhook"))
              .build();
        }
      }
    }
    return getEnableWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.DisableWebhookRequest,
      io.mailbot.v1.DisableWebhookResponse> getDisableWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DisableWebhook",
      requestType = io.mailbot.v1.DisableWebhookRequest.class,
      responseType = io.mailbot.v1.DisableWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.DisableWebhookRequest,
      io.mailbot.v1.DisableWebhookResponse> getDisableWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.DisableWebhookRequest, io.mailbot.v1.DisableWebhookResponse> getDisableWebhookMethod;
    if ((getDisableWebhookMethod = WebhookServiceGrpc.getDisableWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getDisableWebhookMethod = WebhookServiceGrpc.getDisableWebhookMethod) == null) {
          WebhookServiceGrpc.getDisableWebhookMethod = getDisableWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.DisableWebhookRequest, io.mailbot.v1.DisableWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DisableWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DisableWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DisableWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("DisableWebhook"))
              .build();
        }
      }
    }
    return getDisableWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RotateWebhookSecretRequest,
      io.mailbot.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RotateWebhookSecret",
      requestType = io.mailbot.v1.RotateWebhookSecretRequest.class,
      responseType = io.mailbot.v1.RotateWebhookSecretResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RotateWebhookSecretRequest,
      io.mailbot.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RotateWebhookSecretRequest, io.mailbot.v1.RotateWebhookSecretResponse> getRotateWebhookSecretMethod;
    if ((getRotateWebhookSecretMethod = WebhookServiceGrpc.getRotateWebhookSecretMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getRotateWebhookSecretMethod = WebhookServiceGrpc.getRotateWebhookSecretMethod) == null) {
          WebhookServiceGrpc.getRotateWebhookSecretMethod = getRotateWebhookSecretMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RotateWebhookSecretRequest, io.mailbot.v1.RotateWebhookSecretResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RotateWebhookSecret"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RotateWebhookSecretRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RotateWebhookSecretResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("RotateWebhookSecret"))
              .build();
        }
      }
    }
    return getRotateWebhookSecretMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.TestWebhookRequest,
      io.mailbot.v1.TestWebhookResponse> getTestWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TestWebhook",
      requestType = io.mailbot.v1.TestWebhookRequest.class,
      responseType = io.mailbot.v1.TestWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.TestWebhookRequest,
      io.mailbot.v1.TestWebhookResponse> getTestWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.TestWebhookRequest, io.mailbot.v1.TestWebhookResponse> getTestWebhookMethod;
    if ((getTestWebhookMethod = WebhookServiceGrpc.getTestWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getTestWebhookMethod = WebhookServiceGrpc.getTestWebhookMethod) == null) {
          WebhookServiceGrpc.getTestWebhookMethod = getTestWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.TestWebhookRequest, io.mailbot.v1.TestWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TestWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.TestWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.TestWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("TestWebhook"))
              .build();
        }
      }
    }
    return getTestWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhookDeliveriesRequest,
      io.mailbot.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhookDeliveries",
      requestType = io.mailbot.v1.ListWebhookDeliveriesRequest.class,
      responseType = io.mailbot.v1.ListWebhookDeliveriesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhookDeliveriesRequest,
      io.mailbot.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhookDeliveriesRequest, io.mailbot.v1.ListWebhookDeliveriesResponse> getListWebhookDeliveriesMethod;
    if ((getListWebhookDeliveriesMethod = WebhookServiceGrpc.getListWebhookDeliveriesMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getListWebhookDeliveriesMethod = WebhookServiceGrpc.getListWebhookDeliveriesMethod) == null) {
          WebhookServiceGrpc.getListWebhookDeliveriesMethod = getListWebhookDeliveriesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListWebhookDeliveriesRequest, io.mailbot.v1.ListWebhookDeliveriesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhookDeliveries"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListWebhookDeliveriesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListWebhookDeliveriesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("ListWebhookDeliveries"))
              .build();
        }
      }
    }
    return getListWebhookDeliveriesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhookAttemptsRequest,
      io.mailbot.v1.ListWebhookAttemptsResponse> getListWebhookAttemptsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListWebhookAttempts",
      requestType = io.mailbot.v1.ListWebhookAttemptsRequest.class,
      responseType = io.mailbot.v1.ListWebhookAttemptsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhookAttemptsRequest,
      io.mailbot.v1.ListWebhookAttemptsResponse> getListWebhookAttemptsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListWebhookAttemptsRequest, io.mailbot.v1.ListWebhookAttemptsResponse> getListWebhookAttemptsMethod;
    if ((getListWebhookAttemptsMethod = WebhookServiceGrpc.getListWebhookAttemptsMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getListWebhookAttemptsMethod = WebhookServiceGrpc.getListWebhookAttemptsMethod) == null) {
          WebhookServiceGrpc.getListWebhookAttemptsMethod = getListWebhookAttemptsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListWebhookAttemptsRequest, io.mailbot.v1.ListWebhookAttemptsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListWebhookAttempts"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListWebhookAttemptsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListWebhookAttemptsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("ListWebhookAttempts"))
              .build();
        }
      }
    }
    return getListWebhookAttemptsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetWebhookAttemptRequest,
      io.mailbot.v1.GetWebhookAttemptResponse> getGetWebhookAttemptMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetWebhookAttempt",
      requestType = io.mailbot.v1.GetWebhookAttemptRequest.class,
      responseType = io.mailbot.v1.GetWebhookAttemptResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetWebhookAttemptRequest,
      io.mailbot.v1.GetWebhookAttemptResponse> getGetWebhookAttemptMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetWebhookAttemptRequest, io.mailbot.v1.GetWebhookAttemptResponse> getGetWebhookAttemptMethod;
    if ((getGetWebhookAttemptMethod = WebhookServiceGrpc.getGetWebhookAttemptMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getGetWebhookAttemptMethod = WebhookServiceGrpc.getGetWebhookAttemptMethod) == null) {
          WebhookServiceGrpc.getGetWebhookAttemptMethod = getGetWebhookAttemptMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetWebhookAttemptRequest, io.mailbot.v1.GetWebhookAttemptResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetWebhookAttempt"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetWebhookAttemptRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetWebhookAttemptResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("GetWebhookAttempt"))
              .build();
        }
      }
    }
    return getGetWebhookAttemptMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.CompareWebhookAttemptsRequest,
      io.mailbot.v1.CompareWebhookAttemptsResponse> getCompareWebhookAttemptsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CompareWebhookAttempts",
      requestType = io.mailbot.v1.CompareWebhookAttemptsRequest.class,
      responseType = io.mailbot.v1.CompareWebhookAttemptsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.CompareWebhookAttemptsRequest,
      io.mailbot.v1.CompareWebhookAttemptsResponse> getCompareWebhookAttemptsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.CompareWebhookAttemptsRequest, io.mailbot.v1.CompareWebhookAttemptsResponse> getCompareWebhookAttemptsMethod;
    if ((getCompareWebhookAttemptsMethod = WebhookServiceGrpc.getCompareWebhookAttemptsMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getCompareWebhookAttemptsMethod = WebhookServiceGrpc.getCompareWebhookAttemptsMethod) == null) {
          WebhookServiceGrpc.getCompareWebhookAttemptsMethod = getCompareWebhookAttemptsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.CompareWebhookAttemptsRequest, io.mailbot.v1.CompareWebhookAttemptsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CompareWebhookAttempts"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CompareWebhookAttemptsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.CompareWebhookAttemptsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("CompareWebhookAttempts"))
              .build();
        }
      }
    }
    return getCompareWebhookAttemptsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RedeliverWebhookRequest,
      io.mailbot.v1.RedeliverWebhookResponse> getRedeliverWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RedeliverWebhook",
      requestType = io.mailbot.v1.RedeliverWebhookRequest.class,
      responseType = io.mailbot.v1.RedeliverWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RedeliverWebhookRequest,
      io.mailbot.v1.RedeliverWebhookResponse> getRedeliverWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RedeliverWebhookRequest, io.mailbot.v1.RedeliverWebhookResponse> getRedeliverWebhookMethod;
    if ((getRedeliverWebhookMethod = WebhookServiceGrpc.getRedeliverWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getRedeliverWebhookMethod = WebhookServiceGrpc.getRedeliverWebhookMethod) == null) {
          WebhookServiceGrpc.getRedeliverWebhookMethod = getRedeliverWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RedeliverWebhookRequest, io.mailbot.v1.RedeliverWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RedeliverWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RedeliverWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RedeliverWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("RedeliverWebhook"))
              .build();
        }
      }
    }
    return getRedeliverWebhookMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RecoverWebhookRequest,
      io.mailbot.v1.RecoverWebhookResponse> getRecoverWebhookMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RecoverWebhook",
      requestType = io.mailbot.v1.RecoverWebhookRequest.class,
      responseType = io.mailbot.v1.RecoverWebhookResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RecoverWebhookRequest,
      io.mailbot.v1.RecoverWebhookResponse> getRecoverWebhookMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RecoverWebhookRequest, io.mailbot.v1.RecoverWebhookResponse> getRecoverWebhookMethod;
    if ((getRecoverWebhookMethod = WebhookServiceGrpc.getRecoverWebhookMethod) == null) {
      synchronized (WebhookServiceGrpc.class) {
        if ((getRecoverWebhookMethod = WebhookServiceGrpc.getRecoverWebhookMethod) == null) {
          WebhookServiceGrpc.getRecoverWebhookMethod = getRecoverWebhookMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RecoverWebhookRequest, io.mailbot.v1.RecoverWebhookResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RecoverWebhook"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RecoverWebhookRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RecoverWebhookResponse.getDefaultInstance()))
              .setSchemaDescriptor(new WebhookServiceMethodDescriptorSupplier("RecoverWebhook"))
              .build();
        }
      }
    }
    return getRecoverWebhookMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static WebhookServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WebhookServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WebhookServiceStub>() {
        @java.lang.Override
        public WebhookServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WebhookServiceStub(channel, callOptions);
        }
      };
    return WebhookServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static WebhookServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WebhookServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WebhookServiceBlockingV2Stub>() {
        @java.lang.Override
        public WebhookServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WebhookServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return WebhookServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static WebhookServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WebhookServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WebhookServiceBlockingStub>() {
        @java.lang.Override
        public WebhookServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WebhookServiceBlockingStub(channel, callOptions);
        }
      };
    return WebhookServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static WebhookServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<WebhookServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<WebhookServiceFutureStub>() {
        @java.lang.Override
        public WebhookServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new WebhookServiceFutureStub(channel, callOptions);
        }
      };
    return WebhookServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * WebhookService posts events to HTTP endpoints: a durable reader of the log, as
   * SubscriptionService has them, whose consumer is an address.
   * Requests are signed as Standard Webhooks says: `webhook-id` is the event's id and
   * stays the same over retries, `webhook-timestamp` the time of the attempt,
   * `webhook-signature` one "v1,..." for each secret that is valid. The body is
   * {"type", "timestamp", "data"}, where data is the event as JSON of the proto; without a
   * message it has at most 20 kB. Success is a 2xx whose answer ends within `timeout` and
   * has at most 20 kB; redirects are not followed and count as failures.
   * Delivery is at least once: after a crash, or where an answer was lost, an event comes
   * again with the same webhook-id. A failed delivery is tried again after 5 s, 5 min,
   * 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and 24 h, each ±10 %, or later when Retry-After
   * of a 429, 502, 503 or 504 says so (at most a day), then given up and parked. 410, 403
   * and 406 stop at once: 410 disables the webhook, the others park the delivery. After
   * more than 4 failures in a row all deliveries wait but for a probe a minute (circuit
   * breaker), until one succeeds. After 5 days of nothing but failures the webhook is
   * disabled. `webhook.failing`, `webhook.recovered` and `webhook.disabled` tell of it.
   * The name of an endpoint is resolved for every connection, and nothing is sent where one
   * of its addresses is private, local or otherwise special; the operator may exempt hosts
   * (`webhook_allowed_hosts`). While an account is suspended its webhooks wait.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a webhook; the answer alone shows its secret. At most 100 an account. Needs
     * `webhooks:write`.
     * Errors: FIELD_INVALID for a URL that must not be called, TOO_MANY_WEBHOOKS,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    default void createWebhook(io.mailbot.v1.CreateWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a webhook. Needs `webhooks:read`.
     * </pre>
     */
    default void getWebhook(io.mailbot.v1.GetWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists webhooks, newest first. Needs `webhooks:read`.
     * </pre>
     */
    default void listWebhooks(io.mailbot.v1.ListWebhooksRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhooksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhooksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes a webhook. Needs `webhooks:write`.
     * Errors: ETAG_MISMATCH when webhook.etag is set and stale.
     * </pre>
     */
    default void updateWebhook(io.mailbot.v1.UpdateWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a webhook, its deliveries and its log. Needs `webhooks:write`.
     * </pre>
     */
    default void deleteWebhook(io.mailbot.v1.DeleteWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets a disabled webhook go on. Events that came in meanwhile wait for it as far as
     * they are kept; skip_backlog leaves them out. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    default void enableWebhook(io.mailbot.v1.EnableWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.EnableWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEnableWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops posting until EnableWebhook. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    default void disableWebhook(io.mailbot.v1.DisableWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DisableWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDisableWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a webhook a new secret. The former one signs too for `overlap`. Needs
     * `webhooks:write`.
     * </pre>
     */
    default void rotateWebhookSecret(io.mailbot.v1.RotateWebhookSecretRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RotateWebhookSecretResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRotateWebhookSecretMethod(), responseObserver);
    }

    /**
     * <pre>
     * Posts a test event now, once, and answers what came of it; nothing of it is in the
     * event log. Needs `webhooks:write`.
     * </pre>
     */
    default void testWebhook(io.mailbot.v1.TestWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.TestWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTestWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists deliveries that wait or were parked, oldest first. Needs `webhooks:read`.
     * </pre>
     */
    default void listWebhookDeliveries(io.mailbot.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhookDeliveriesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists attempts, newest first; kept for 30 days. Needs `webhooks:read`.
     * </pre>
     */
    default void listWebhookAttempts(io.mailbot.v1.ListWebhookAttemptsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhookAttemptsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListWebhookAttemptsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one attempt with the exact bytes that were sent. Needs `webhooks:read`.
     * </pre>
     */
    default void getWebhookAttempt(io.mailbot.v1.GetWebhookAttemptRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetWebhookAttemptResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetWebhookAttemptMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says in what two attempts differ. Needs `webhooks:read`.
     * </pre>
     */
    default void compareWebhookAttempts(io.mailbot.v1.CompareWebhookAttemptsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CompareWebhookAttemptsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCompareWebhookAttemptsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Delivers one event again, whether or not it was delivered, with the same event id.
     * Needs `webhooks:write`.
     * </pre>
     */
    default void redeliverWebhook(io.mailbot.v1.RedeliverWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RedeliverWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRedeliverWebhookMethod(), responseObserver);
    }

    /**
     * <pre>
     * Delivers again everything since a time that was not delivered. Needs
     * `webhooks:write`.
     * </pre>
     */
    default void recoverWebhook(io.mailbot.v1.RecoverWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RecoverWebhookResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRecoverWebhookMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service WebhookService.
   * <pre>
   * WebhookService posts events to HTTP endpoints: a durable reader of the log, as
   * SubscriptionService has them, whose consumer is an address.
   * Requests are signed as Standard Webhooks says: `webhook-id` is the event's id and
   * stays the same over retries, `webhook-timestamp` the time of the attempt,
   * `webhook-signature` one "v1,..." for each secret that is valid. The body is
   * {"type", "timestamp", "data"}, where data is the event as JSON of the proto; without a
   * message it has at most 20 kB. Success is a 2xx whose answer ends within `timeout` and
   * has at most 20 kB; redirects are not followed and count as failures.
   * Delivery is at least once: after a crash, or where an answer was lost, an event comes
   * again with the same webhook-id. A failed delivery is tried again after 5 s, 5 min,
   * 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and 24 h, each ±10 %, or later when Retry-After
   * of a 429, 502, 503 or 504 says so (at most a day), then given up and parked. 410, 403
   * and 406 stop at once: 410 disables the webhook, the others park the delivery. After
   * more than 4 failures in a row all deliveries wait but for a probe a minute (circuit
   * breaker), until one succeeds. After 5 days of nothing but failures the webhook is
   * disabled. `webhook.failing`, `webhook.recovered` and `webhook.disabled` tell of it.
   * The name of an endpoint is resolved for every connection, and nothing is sent where one
   * of its addresses is private, local or otherwise special; the operator may exempt hosts
   * (`webhook_allowed_hosts`). While an account is suspended its webhooks wait.
   * </pre>
   */
  public static abstract class WebhookServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return WebhookServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service WebhookService.
   * <pre>
   * WebhookService posts events to HTTP endpoints: a durable reader of the log, as
   * SubscriptionService has them, whose consumer is an address.
   * Requests are signed as Standard Webhooks says: `webhook-id` is the event's id and
   * stays the same over retries, `webhook-timestamp` the time of the attempt,
   * `webhook-signature` one "v1,..." for each secret that is valid. The body is
   * {"type", "timestamp", "data"}, where data is the event as JSON of the proto; without a
   * message it has at most 20 kB. Success is a 2xx whose answer ends within `timeout` and
   * has at most 20 kB; redirects are not followed and count as failures.
   * Delivery is at least once: after a crash, or where an answer was lost, an event comes
   * again with the same webhook-id. A failed delivery is tried again after 5 s, 5 min,
   * 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and 24 h, each ±10 %, or later when Retry-After
   * of a 429, 502, 503 or 504 says so (at most a day), then given up and parked. 410, 403
   * and 406 stop at once: 410 disables the webhook, the others park the delivery. After
   * more than 4 failures in a row all deliveries wait but for a probe a minute (circuit
   * breaker), until one succeeds. After 5 days of nothing but failures the webhook is
   * disabled. `webhook.failing`, `webhook.recovered` and `webhook.disabled` tell of it.
   * The name of an endpoint is resolved for every connection, and nothing is sent where one
   * of its addresses is private, local or otherwise special; the operator may exempt hosts
   * (`webhook_allowed_hosts`). While an account is suspended its webhooks wait.
   * </pre>
   */
  public static final class WebhookServiceStub
      extends io.grpc.stub.AbstractAsyncStub<WebhookServiceStub> {
    private WebhookServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WebhookServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WebhookServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a webhook; the answer alone shows its secret. At most 100 an account. Needs
     * `webhooks:write`.
     * Errors: FIELD_INVALID for a URL that must not be called, TOO_MANY_WEBHOOKS,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public void createWebhook(io.mailbot.v1.CreateWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CreateWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a webhook. Needs `webhooks:read`.
     * </pre>
     */
    public void getWebhook(io.mailbot.v1.GetWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists webhooks, newest first. Needs `webhooks:read`.
     * </pre>
     */
    public void listWebhooks(io.mailbot.v1.ListWebhooksRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhooksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhooksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes a webhook. Needs `webhooks:write`.
     * Errors: ETAG_MISMATCH when webhook.etag is set and stale.
     * </pre>
     */
    public void updateWebhook(io.mailbot.v1.UpdateWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a webhook, its deliveries and its log. Needs `webhooks:write`.
     * </pre>
     */
    public void deleteWebhook(io.mailbot.v1.DeleteWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets a disabled webhook go on. Events that came in meanwhile wait for it as far as
     * they are kept; skip_backlog leaves them out. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public void enableWebhook(io.mailbot.v1.EnableWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.EnableWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEnableWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops posting until EnableWebhook. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public void disableWebhook(io.mailbot.v1.DisableWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DisableWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDisableWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a webhook a new secret. The former one signs too for `overlap`. Needs
     * `webhooks:write`.
     * </pre>
     */
    public void rotateWebhookSecret(io.mailbot.v1.RotateWebhookSecretRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RotateWebhookSecretResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRotateWebhookSecretMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Posts a test event now, once, and answers what came of it; nothing of it is in the
     * event log. Needs `webhooks:write`.
     * </pre>
     */
    public void testWebhook(io.mailbot.v1.TestWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.TestWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTestWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists deliveries that wait or were parked, oldest first. Needs `webhooks:read`.
     * </pre>
     */
    public void listWebhookDeliveries(io.mailbot.v1.ListWebhookDeliveriesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhookDeliveriesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists attempts, newest first; kept for 30 days. Needs `webhooks:read`.
     * </pre>
     */
    public void listWebhookAttempts(io.mailbot.v1.ListWebhookAttemptsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhookAttemptsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListWebhookAttemptsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one attempt with the exact bytes that were sent. Needs `webhooks:read`.
     * </pre>
     */
    public void getWebhookAttempt(io.mailbot.v1.GetWebhookAttemptRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetWebhookAttemptResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetWebhookAttemptMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says in what two attempts differ. Needs `webhooks:read`.
     * </pre>
     */
    public void compareWebhookAttempts(io.mailbot.v1.CompareWebhookAttemptsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.CompareWebhookAttemptsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCompareWebhookAttemptsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Delivers one event again, whether or not it was delivered, with the same event id.
     * Needs `webhooks:write`.
     * </pre>
     */
    public void redeliverWebhook(io.mailbot.v1.RedeliverWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RedeliverWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRedeliverWebhookMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Delivers again everything since a time that was not delivered. Needs
     * `webhooks:write`.
     * </pre>
     */
    public void recoverWebhook(io.mailbot.v1.RecoverWebhookRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RecoverWebhookResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRecoverWebhookMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service WebhookService.
   * <pre>
   * WebhookService posts events to HTTP endpoints: a durable reader of the log, as
   * SubscriptionService has them, whose consumer is an address.
   * Requests are signed as Standard Webhooks says: `webhook-id` is the event's id and
   * stays the same over retries, `webhook-timestamp` the time of the attempt,
   * `webhook-signature` one "v1,..." for each secret that is valid. The body is
   * {"type", "timestamp", "data"}, where data is the event as JSON of the proto; without a
   * message it has at most 20 kB. Success is a 2xx whose answer ends within `timeout` and
   * has at most 20 kB; redirects are not followed and count as failures.
   * Delivery is at least once: after a crash, or where an answer was lost, an event comes
   * again with the same webhook-id. A failed delivery is tried again after 5 s, 5 min,
   * 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and 24 h, each ±10 %, or later when Retry-After
   * of a 429, 502, 503 or 504 says so (at most a day), then given up and parked. 410, 403
   * and 406 stop at once: 410 disables the webhook, the others park the delivery. After
   * more than 4 failures in a row all deliveries wait but for a probe a minute (circuit
   * breaker), until one succeeds. After 5 days of nothing but failures the webhook is
   * disabled. `webhook.failing`, `webhook.recovered` and `webhook.disabled` tell of it.
   * The name of an endpoint is resolved for every connection, and nothing is sent where one
   * of its addresses is private, local or otherwise special; the operator may exempt hosts
   * (`webhook_allowed_hosts`). While an account is suspended its webhooks wait.
   * </pre>
   */
  public static final class WebhookServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<WebhookServiceBlockingV2Stub> {
    private WebhookServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WebhookServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WebhookServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a webhook; the answer alone shows its secret. At most 100 an account. Needs
     * `webhooks:write`.
     * Errors: FIELD_INVALID for a URL that must not be called, TOO_MANY_WEBHOOKS,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.CreateWebhookResponse createWebhook(io.mailbot.v1.CreateWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a webhook. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.GetWebhookResponse getWebhook(io.mailbot.v1.GetWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists webhooks, newest first. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.ListWebhooksResponse listWebhooks(io.mailbot.v1.ListWebhooksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a webhook. Needs `webhooks:write`.
     * Errors: ETAG_MISMATCH when webhook.etag is set and stale.
     * </pre>
     */
    public io.mailbot.v1.UpdateWebhookResponse updateWebhook(io.mailbot.v1.UpdateWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a webhook, its deliveries and its log. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.DeleteWebhookResponse deleteWebhook(io.mailbot.v1.DeleteWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a disabled webhook go on. Events that came in meanwhile wait for it as far as
     * they are kept; skip_backlog leaves them out. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.EnableWebhookResponse enableWebhook(io.mailbot.v1.EnableWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEnableWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops posting until EnableWebhook. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.DisableWebhookResponse disableWebhook(io.mailbot.v1.DisableWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDisableWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a webhook a new secret. The former one signs too for `overlap`. Needs
     * `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.RotateWebhookSecretResponse rotateWebhookSecret(io.mailbot.v1.RotateWebhookSecretRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRotateWebhookSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Posts a test event now, once, and answers what came of it; nothing of it is in the
     * event log. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.TestWebhookResponse testWebhook(io.mailbot.v1.TestWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTestWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists deliveries that wait or were parked, oldest first. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(io.mailbot.v1.ListWebhookDeliveriesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists attempts, newest first; kept for 30 days. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.ListWebhookAttemptsResponse listWebhookAttempts(io.mailbot.v1.ListWebhookAttemptsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListWebhookAttemptsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one attempt with the exact bytes that were sent. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.GetWebhookAttemptResponse getWebhookAttempt(io.mailbot.v1.GetWebhookAttemptRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetWebhookAttemptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says in what two attempts differ. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.CompareWebhookAttemptsResponse compareWebhookAttempts(io.mailbot.v1.CompareWebhookAttemptsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCompareWebhookAttemptsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers one event again, whether or not it was delivered, with the same event id.
     * Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.RedeliverWebhookResponse redeliverWebhook(io.mailbot.v1.RedeliverWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRedeliverWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers again everything since a time that was not delivered. Needs
     * `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.RecoverWebhookResponse recoverWebhook(io.mailbot.v1.RecoverWebhookRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRecoverWebhookMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service WebhookService.
   * <pre>
   * WebhookService posts events to HTTP endpoints: a durable reader of the log, as
   * SubscriptionService has them, whose consumer is an address.
   * Requests are signed as Standard Webhooks says: `webhook-id` is the event's id and
   * stays the same over retries, `webhook-timestamp` the time of the attempt,
   * `webhook-signature` one "v1,..." for each secret that is valid. The body is
   * {"type", "timestamp", "data"}, where data is the event as JSON of the proto; without a
   * message it has at most 20 kB. Success is a 2xx whose answer ends within `timeout` and
   * has at most 20 kB; redirects are not followed and count as failures.
   * Delivery is at least once: after a crash, or where an answer was lost, an event comes
   * again with the same webhook-id. A failed delivery is tried again after 5 s, 5 min,
   * 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and 24 h, each ±10 %, or later when Retry-After
   * of a 429, 502, 503 or 504 says so (at most a day), then given up and parked. 410, 403
   * and 406 stop at once: 410 disables the webhook, the others park the delivery. After
   * more than 4 failures in a row all deliveries wait but for a probe a minute (circuit
   * breaker), until one succeeds. After 5 days of nothing but failures the webhook is
   * disabled. `webhook.failing`, `webhook.recovered` and `webhook.disabled` tell of it.
   * The name of an endpoint is resolved for every connection, and nothing is sent where one
   * of its addresses is private, local or otherwise special; the operator may exempt hosts
   * (`webhook_allowed_hosts`). While an account is suspended its webhooks wait.
   * </pre>
   */
  public static final class WebhookServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<WebhookServiceBlockingStub> {
    private WebhookServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WebhookServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WebhookServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a webhook; the answer alone shows its secret. At most 100 an account. Needs
     * `webhooks:write`.
     * Errors: FIELD_INVALID for a URL that must not be called, TOO_MANY_WEBHOOKS,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.CreateWebhookResponse createWebhook(io.mailbot.v1.CreateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a webhook. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.GetWebhookResponse getWebhook(io.mailbot.v1.GetWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists webhooks, newest first. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.ListWebhooksResponse listWebhooks(io.mailbot.v1.ListWebhooksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhooksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes a webhook. Needs `webhooks:write`.
     * Errors: ETAG_MISMATCH when webhook.etag is set and stale.
     * </pre>
     */
    public io.mailbot.v1.UpdateWebhookResponse updateWebhook(io.mailbot.v1.UpdateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a webhook, its deliveries and its log. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.DeleteWebhookResponse deleteWebhook(io.mailbot.v1.DeleteWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a disabled webhook go on. Events that came in meanwhile wait for it as far as
     * they are kept; skip_backlog leaves them out. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.EnableWebhookResponse enableWebhook(io.mailbot.v1.EnableWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEnableWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops posting until EnableWebhook. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.DisableWebhookResponse disableWebhook(io.mailbot.v1.DisableWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDisableWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a webhook a new secret. The former one signs too for `overlap`. Needs
     * `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.RotateWebhookSecretResponse rotateWebhookSecret(io.mailbot.v1.RotateWebhookSecretRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRotateWebhookSecretMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Posts a test event now, once, and answers what came of it; nothing of it is in the
     * event log. Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.TestWebhookResponse testWebhook(io.mailbot.v1.TestWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTestWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists deliveries that wait or were parked, oldest first. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.ListWebhookDeliveriesResponse listWebhookDeliveries(io.mailbot.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhookDeliveriesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists attempts, newest first; kept for 30 days. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.ListWebhookAttemptsResponse listWebhookAttempts(io.mailbot.v1.ListWebhookAttemptsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListWebhookAttemptsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one attempt with the exact bytes that were sent. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.GetWebhookAttemptResponse getWebhookAttempt(io.mailbot.v1.GetWebhookAttemptRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetWebhookAttemptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says in what two attempts differ. Needs `webhooks:read`.
     * </pre>
     */
    public io.mailbot.v1.CompareWebhookAttemptsResponse compareWebhookAttempts(io.mailbot.v1.CompareWebhookAttemptsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCompareWebhookAttemptsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers one event again, whether or not it was delivered, with the same event id.
     * Needs `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.RedeliverWebhookResponse redeliverWebhook(io.mailbot.v1.RedeliverWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRedeliverWebhookMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Delivers again everything since a time that was not delivered. Needs
     * `webhooks:write`.
     * </pre>
     */
    public io.mailbot.v1.RecoverWebhookResponse recoverWebhook(io.mailbot.v1.RecoverWebhookRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRecoverWebhookMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service WebhookService.
   * <pre>
   * WebhookService posts events to HTTP endpoints: a durable reader of the log, as
   * SubscriptionService has them, whose consumer is an address.
   * Requests are signed as Standard Webhooks says: `webhook-id` is the event's id and
   * stays the same over retries, `webhook-timestamp` the time of the attempt,
   * `webhook-signature` one "v1,..." for each secret that is valid. The body is
   * {"type", "timestamp", "data"}, where data is the event as JSON of the proto; without a
   * message it has at most 20 kB. Success is a 2xx whose answer ends within `timeout` and
   * has at most 20 kB; redirects are not followed and count as failures.
   * Delivery is at least once: after a crash, or where an answer was lost, an event comes
   * again with the same webhook-id. A failed delivery is tried again after 5 s, 5 min,
   * 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h and 24 h, each ±10 %, or later when Retry-After
   * of a 429, 502, 503 or 504 says so (at most a day), then given up and parked. 410, 403
   * and 406 stop at once: 410 disables the webhook, the others park the delivery. After
   * more than 4 failures in a row all deliveries wait but for a probe a minute (circuit
   * breaker), until one succeeds. After 5 days of nothing but failures the webhook is
   * disabled. `webhook.failing`, `webhook.recovered` and `webhook.disabled` tell of it.
   * The name of an endpoint is resolved for every connection, and nothing is sent where one
   * of its addresses is private, local or otherwise special; the operator may exempt hosts
   * (`webhook_allowed_hosts`). While an account is suspended its webhooks wait.
   * </pre>
   */
  public static final class WebhookServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<WebhookServiceFutureStub> {
    private WebhookServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected WebhookServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new WebhookServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a webhook; the answer alone shows its secret. At most 100 an account. Needs
     * `webhooks:write`.
     * Errors: FIELD_INVALID for a URL that must not be called, TOO_MANY_WEBHOOKS,
     * REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CreateWebhookResponse> createWebhook(
        io.mailbot.v1.CreateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a webhook. Needs `webhooks:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetWebhookResponse> getWebhook(
        io.mailbot.v1.GetWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists webhooks, newest first. Needs `webhooks:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListWebhooksResponse> listWebhooks(
        io.mailbot.v1.ListWebhooksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhooksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes a webhook. Needs `webhooks:write`.
     * Errors: ETAG_MISMATCH when webhook.etag is set and stale.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.UpdateWebhookResponse> updateWebhook(
        io.mailbot.v1.UpdateWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a webhook, its deliveries and its log. Needs `webhooks:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.DeleteWebhookResponse> deleteWebhook(
        io.mailbot.v1.DeleteWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets a disabled webhook go on. Events that came in meanwhile wait for it as far as
     * they are kept; skip_backlog leaves them out. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.EnableWebhookResponse> enableWebhook(
        io.mailbot.v1.EnableWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEnableWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops posting until EnableWebhook. Idempotent. Needs `webhooks:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.DisableWebhookResponse> disableWebhook(
        io.mailbot.v1.DisableWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDisableWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a webhook a new secret. The former one signs too for `overlap`. Needs
     * `webhooks:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RotateWebhookSecretResponse> rotateWebhookSecret(
        io.mailbot.v1.RotateWebhookSecretRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRotateWebhookSecretMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Posts a test event now, once, and answers what came of it; nothing of it is in the
     * event log. Needs `webhooks:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.TestWebhookResponse> testWebhook(
        io.mailbot.v1.TestWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTestWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists deliveries that wait or were parked, oldest first. Needs `webhooks:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListWebhookDeliveriesResponse> listWebhookDeliveries(
        io.mailbot.v1.ListWebhookDeliveriesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhookDeliveriesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists attempts, newest first; kept for 30 days. Needs `webhooks:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListWebhookAttemptsResponse> listWebhookAttempts(
        io.mailbot.v1.ListWebhookAttemptsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListWebhookAttemptsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one attempt with the exact bytes that were sent. Needs `webhooks:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetWebhookAttemptResponse> getWebhookAttempt(
        io.mailbot.v1.GetWebhookAttemptRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetWebhookAttemptMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says in what two attempts differ. Needs `webhooks:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.CompareWebhookAttemptsResponse> compareWebhookAttempts(
        io.mailbot.v1.CompareWebhookAttemptsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCompareWebhookAttemptsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Delivers one event again, whether or not it was delivered, with the same event id.
     * Needs `webhooks:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RedeliverWebhookResponse> redeliverWebhook(
        io.mailbot.v1.RedeliverWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRedeliverWebhookMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Delivers again everything since a time that was not delivered. Needs
     * `webhooks:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RecoverWebhookResponse> recoverWebhook(
        io.mailbot.v1.RecoverWebhookRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRecoverWebhookMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_WEBHOOK = 0;
  private static final int METHODID_GET_WEBHOOK = 1;
  private static final int METHODID_LIST_WEBHOOKS = 2;
  private static final int METHODID_UPDATE_WEBHOOK = 3;
  private static final int METHODID_DELETE_WEBHOOK = 4;
  private static final int METHODID_ENABLE_WEBHOOK = 5;
  private static final int METHODID_DISABLE_WEBHOOK = 6;
  private static final int METHODID_ROTATE_WEBHOOK_SECRET = 7;
  private static final int METHODID_TEST_WEBHOOK = 8;
  private static final int METHODID_LIST_WEBHOOK_DELIVERIES = 9;
  private static final int METHODID_LIST_WEBHOOK_ATTEMPTS = 10;
  private static final int METHODID_GET_WEBHOOK_ATTEMPT = 11;
  private static final int METHODID_COMPARE_WEBHOOK_ATTEMPTS = 12;
  private static final int METHODID_REDELIVER_WEBHOOK = 13;
  private static final int METHODID_RECOVER_WEBHOOK = 14;

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
        case METHODID_CREATE_WEBHOOK:
          serviceImpl.createWebhook((io.mailbot.v1.CreateWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CreateWebhookResponse>) responseObserver);
          break;
        case METHODID_GET_WEBHOOK:
          serviceImpl.getWebhook((io.mailbot.v1.GetWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetWebhookResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOKS:
          serviceImpl.listWebhooks((io.mailbot.v1.ListWebhooksRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhooksResponse>) responseObserver);
          break;
        case METHODID_UPDATE_WEBHOOK:
          serviceImpl.updateWebhook((io.mailbot.v1.UpdateWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateWebhookResponse>) responseObserver);
          break;
        case METHODID_DELETE_WEBHOOK:
          serviceImpl.deleteWebhook((io.mailbot.v1.DeleteWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.DeleteWebhookResponse>) responseObserver);
          break;
        case METHODID_ENABLE_WEBHOOK:
          serviceImpl.enableWebhook((io.mailbot.v1.EnableWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.EnableWebhookResponse>) responseObserver);
          break;
        case METHODID_DISABLE_WEBHOOK:
          serviceImpl.disableWebhook((io.mailbot.v1.DisableWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.DisableWebhookResponse>) responseObserver);
          break;
        case METHODID_ROTATE_WEBHOOK_SECRET:
          serviceImpl.rotateWebhookSecret((io.mailbot.v1.RotateWebhookSecretRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RotateWebhookSecretResponse>) responseObserver);
          break;
        case METHODID_TEST_WEBHOOK:
          serviceImpl.testWebhook((io.mailbot.v1.TestWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.TestWebhookResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOK_DELIVERIES:
          serviceImpl.listWebhookDeliveries((io.mailbot.v1.ListWebhookDeliveriesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhookDeliveriesResponse>) responseObserver);
          break;
        case METHODID_LIST_WEBHOOK_ATTEMPTS:
          serviceImpl.listWebhookAttempts((io.mailbot.v1.ListWebhookAttemptsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListWebhookAttemptsResponse>) responseObserver);
          break;
        case METHODID_GET_WEBHOOK_ATTEMPT:
          serviceImpl.getWebhookAttempt((io.mailbot.v1.GetWebhookAttemptRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetWebhookAttemptResponse>) responseObserver);
          break;
        case METHODID_COMPARE_WEBHOOK_ATTEMPTS:
          serviceImpl.compareWebhookAttempts((io.mailbot.v1.CompareWebhookAttemptsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.CompareWebhookAttemptsResponse>) responseObserver);
          break;
        case METHODID_REDELIVER_WEBHOOK:
          serviceImpl.redeliverWebhook((io.mailbot.v1.RedeliverWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RedeliverWebhookResponse>) responseObserver);
          break;
        case METHODID_RECOVER_WEBHOOK:
          serviceImpl.recoverWebhook((io.mailbot.v1.RecoverWebhookRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RecoverWebhookResponse>) responseObserver);
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
          getCreateWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CreateWebhookRequest,
              io.mailbot.v1.CreateWebhookResponse>(
                service, METHODID_CREATE_WEBHOOK)))
        .addMethod(
          getGetWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetWebhookRequest,
              io.mailbot.v1.GetWebhookResponse>(
                service, METHODID_GET_WEBHOOK)))
        .addMethod(
          getListWebhooksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListWebhooksRequest,
              io.mailbot.v1.ListWebhooksResponse>(
                service, METHODID_LIST_WEBHOOKS)))
        .addMethod(
          getUpdateWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.UpdateWebhookRequest,
              io.mailbot.v1.UpdateWebhookResponse>(
                service, METHODID_UPDATE_WEBHOOK)))
        .addMethod(
          getDeleteWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.DeleteWebhookRequest,
              io.mailbot.v1.DeleteWebhookResponse>(
                service, METHODID_DELETE_WEBHOOK)))
        .addMethod(
          getEnableWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.EnableWebhookRequest,
              io.mailbot.v1.EnableWebhookResponse>(
                service, METHODID_ENABLE_WEBHOOK)))
        .addMethod(
          getDisableWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.DisableWebhookRequest,
              io.mailbot.v1.DisableWebhookResponse>(
                service, METHODID_DISABLE_WEBHOOK)))
        .addMethod(
          getRotateWebhookSecretMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RotateWebhookSecretRequest,
              io.mailbot.v1.RotateWebhookSecretResponse>(
                service, METHODID_ROTATE_WEBHOOK_SECRET)))
        .addMethod(
          getTestWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.TestWebhookRequest,
              io.mailbot.v1.TestWebhookResponse>(
                service, METHODID_TEST_WEBHOOK)))
        .addMethod(
          getListWebhookDeliveriesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListWebhookDeliveriesRequest,
              io.mailbot.v1.ListWebhookDeliveriesResponse>(
                service, METHODID_LIST_WEBHOOK_DELIVERIES)))
        .addMethod(
          getListWebhookAttemptsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListWebhookAttemptsRequest,
              io.mailbot.v1.ListWebhookAttemptsResponse>(
                service, METHODID_LIST_WEBHOOK_ATTEMPTS)))
        .addMethod(
          getGetWebhookAttemptMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetWebhookAttemptRequest,
              io.mailbot.v1.GetWebhookAttemptResponse>(
                service, METHODID_GET_WEBHOOK_ATTEMPT)))
        .addMethod(
          getCompareWebhookAttemptsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.CompareWebhookAttemptsRequest,
              io.mailbot.v1.CompareWebhookAttemptsResponse>(
                service, METHODID_COMPARE_WEBHOOK_ATTEMPTS)))
        .addMethod(
          getRedeliverWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RedeliverWebhookRequest,
              io.mailbot.v1.RedeliverWebhookResponse>(
                service, METHODID_REDELIVER_WEBHOOK)))
        .addMethod(
          getRecoverWebhookMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RecoverWebhookRequest,
              io.mailbot.v1.RecoverWebhookResponse>(
                service, METHODID_RECOVER_WEBHOOK)))
        .build();
  }

  private static abstract class WebhookServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    WebhookServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.WebhooksProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("WebhookService");
    }
  }

  private static final class WebhookServiceFileDescriptorSupplier
      extends WebhookServiceBaseDescriptorSupplier {
    WebhookServiceFileDescriptorSupplier() {}
  }

  private static final class WebhookServiceMethodDescriptorSupplier
      extends WebhookServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    WebhookServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (WebhookServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new WebhookServiceFileDescriptorSupplier())
              .addMethod(getCreateWebhookMethod())
              .addMethod(getGetWebhookMethod())
              .addMethod(getListWebhooksMethod())
              .addMethod(getUpdateWebhookMethod())
              .addMethod(getDeleteWebhookMethod())
              .addMethod(getEnableWebhookMethod())
              .addMethod(getDisableWebhookMethod())
              .addMethod(getRotateWebhookSecretMethod())
              .addMethod(getTestWebhookMethod())
              .addMethod(getListWebhookDeliveriesMethod())
              .addMethod(getListWebhookAttemptsMethod())
              .addMethod(getGetWebhookAttemptMethod())
              .addMethod(getCompareWebhookAttemptsMethod())
              .addMethod(getRedeliverWebhookMethod())
              .addMethod(getRecoverWebhookMethod())
              .build();
        }
      }
    }
    return result;
  }
}

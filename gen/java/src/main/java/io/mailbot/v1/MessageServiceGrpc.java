package io.mailbot.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * MessageService sends and reads the messages of inboxes.
 * State is per recipient: see Message.recipients. Limits: 50 recipients and 25 MiB
 * (composed size) a message; 1 MiB an inline attachment, 4 MiB a request.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class MessageServiceGrpc {

  private MessageServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "mailbot.v1.MessageService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SendMessageRequest,
      io.mailbot.v1.SendMessageResponse> getSendMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SendMessage",
      requestType = io.mailbot.v1.SendMessageRequest.class,
      responseType = io.mailbot.v1.SendMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SendMessageRequest,
      io.mailbot.v1.SendMessageResponse> getSendMessageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SendMessageRequest, io.mailbot.v1.SendMessageResponse> getSendMessageMethod;
    if ((getSendMessageMethod = MessageServiceGrpc.getSendMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getSendMessageMethod = MessageServiceGrpc.getSendMessageMethod) == null) {
          MessageServiceGrpc.getSendMessageMethod = getSendMessageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SendMessageRequest, io.mailbot.v1.SendMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SendMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SendMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SendMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("SendMessage"))
              .build();
        }
      }
    }
    return getSendMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ReplyMessageRequest,
      io.mailbot.v1.ReplyMessageResponse> getReplyMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReplyMessage",
      requestType = io.mailbot.v1.ReplyMessageRequest.class,
      responseType = io.mailbot.v1.ReplyMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ReplyMessageRequest,
      io.mailbot.v1.ReplyMessageResponse> getReplyMessageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ReplyMessageRequest, io.mailbot.v1.ReplyMessageResponse> getReplyMessageMethod;
    if ((getReplyMessageMethod = MessageServiceGrpc.getReplyMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getReplyMessageMethod = MessageServiceGrpc.getReplyMessageMethod) == null) {
          MessageServiceGrpc.getReplyMessageMethod = getReplyMessageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ReplyMessageRequest, io.mailbot.v1.ReplyMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReplyMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReplyMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReplyMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("ReplyMessage"))
              .build();
        }
      }
    }
    return getReplyMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.GetMessageRequest,
      io.mailbot.v1.GetMessageResponse> getGetMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetMessage",
      requestType = io.mailbot.v1.GetMessageRequest.class,
      responseType = io.mailbot.v1.GetMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.GetMessageRequest,
      io.mailbot.v1.GetMessageResponse> getGetMessageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.GetMessageRequest, io.mailbot.v1.GetMessageResponse> getGetMessageMethod;
    if ((getGetMessageMethod = MessageServiceGrpc.getGetMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getGetMessageMethod = MessageServiceGrpc.getGetMessageMethod) == null) {
          MessageServiceGrpc.getGetMessageMethod = getGetMessageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.GetMessageRequest, io.mailbot.v1.GetMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetMessage"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.GetMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("GetMessage"))
              .build();
        }
      }
    }
    return getGetMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ListMessagesRequest,
      io.mailbot.v1.ListMessagesResponse> getListMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListMessages",
      requestType = io.mailbot.v1.ListMessagesRequest.class,
      responseType = io.mailbot.v1.ListMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ListMessagesRequest,
      io.mailbot.v1.ListMessagesResponse> getListMessagesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ListMessagesRequest, io.mailbot.v1.ListMessagesResponse> getListMessagesMethod;
    if ((getListMessagesMethod = MessageServiceGrpc.getListMessagesMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getListMessagesMethod = MessageServiceGrpc.getListMessagesMethod) == null) {
          MessageServiceGrpc.getListMessagesMethod = getListMessagesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ListMessagesRequest, io.mailbot.v1.ListMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListMessages"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ListMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("ListMessages"))
              .build();
        }
      }
    }
    return getListMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.SearchMessagesRequest,
      io.mailbot.v1.SearchMessagesResponse> getSearchMessagesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SearchMessages",
      requestType = io.mailbot.v1.SearchMessagesRequest.class,
      responseType = io.mailbot.v1.SearchMessagesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.SearchMessagesRequest,
      io.mailbot.v1.SearchMessagesResponse> getSearchMessagesMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.SearchMessagesRequest, io.mailbot.v1.SearchMessagesResponse> getSearchMessagesMethod;
    if ((getSearchMessagesMethod = MessageServiceGrpc.getSearchMessagesMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getSearchMessagesMethod = MessageServiceGrpc.getSearchMessagesMethod) == null) {
          MessageServiceGrpc.getSearchMessagesMethod = getSearchMessagesMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.SearchMessagesRequest, io.mailbot.v1.SearchMessagesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SearchMessages"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SearchMessagesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.SearchMessagesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("SearchMessages"))
              .build();
        }
      }
    }
    return getSearchMessagesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.WaitForMessageRequest,
      io.mailbot.v1.WaitForMessageResponse> getWaitForMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WaitForMessage",
      requestType = io.mailbot.v1.WaitForMessageRequest.class,
      responseType = io.mailbot.v1.WaitForMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.WaitForMessageRequest,
      io.mailbot.v1.WaitForMessageResponse> getWaitForMessageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.WaitForMessageRequest, io.mailbot.v1.WaitForMessageResponse> getWaitForMessageMethod;
    if ((getWaitForMessageMethod = MessageServiceGrpc.getWaitForMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getWaitForMessageMethod = MessageServiceGrpc.getWaitForMessageMethod) == null) {
          MessageServiceGrpc.getWaitForMessageMethod = getWaitForMessageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.WaitForMessageRequest, io.mailbot.v1.WaitForMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WaitForMessage"))
              .setSafe(true)
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.WaitForMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.WaitForMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("WaitForMessage"))
              .build();
        }
      }
    }
    return getWaitForMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.UpdateMessageLabelsRequest,
      io.mailbot.v1.UpdateMessageLabelsResponse> getUpdateMessageLabelsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateMessageLabels",
      requestType = io.mailbot.v1.UpdateMessageLabelsRequest.class,
      responseType = io.mailbot.v1.UpdateMessageLabelsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.UpdateMessageLabelsRequest,
      io.mailbot.v1.UpdateMessageLabelsResponse> getUpdateMessageLabelsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.UpdateMessageLabelsRequest, io.mailbot.v1.UpdateMessageLabelsResponse> getUpdateMessageLabelsMethod;
    if ((getUpdateMessageLabelsMethod = MessageServiceGrpc.getUpdateMessageLabelsMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getUpdateMessageLabelsMethod = MessageServiceGrpc.getUpdateMessageLabelsMethod) == null) {
          MessageServiceGrpc.getUpdateMessageLabelsMethod = getUpdateMessageLabelsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.UpdateMessageLabelsRequest, io.mailbot.v1.UpdateMessageLabelsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateMessageLabels"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateMessageLabelsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateMessageLabelsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("UpdateMessageLabels"))
              .build();
        }
      }
    }
    return getUpdateMessageLabelsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseMessageRequest,
      io.mailbot.v1.ReleaseMessageResponse> getReleaseMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseMessage",
      requestType = io.mailbot.v1.ReleaseMessageRequest.class,
      responseType = io.mailbot.v1.ReleaseMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseMessageRequest,
      io.mailbot.v1.ReleaseMessageResponse> getReleaseMessageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.ReleaseMessageRequest, io.mailbot.v1.ReleaseMessageResponse> getReleaseMessageMethod;
    if ((getReleaseMessageMethod = MessageServiceGrpc.getReleaseMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getReleaseMessageMethod = MessageServiceGrpc.getReleaseMessageMethod) == null) {
          MessageServiceGrpc.getReleaseMessageMethod = getReleaseMessageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.ReleaseMessageRequest, io.mailbot.v1.ReleaseMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReleaseMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.ReleaseMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("ReleaseMessage"))
              .build();
        }
      }
    }
    return getReleaseMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.UploadAttachmentRequest,
      io.mailbot.v1.UploadAttachmentResponse> getUploadAttachmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadAttachment",
      requestType = io.mailbot.v1.UploadAttachmentRequest.class,
      responseType = io.mailbot.v1.UploadAttachmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.UploadAttachmentRequest,
      io.mailbot.v1.UploadAttachmentResponse> getUploadAttachmentMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.UploadAttachmentRequest, io.mailbot.v1.UploadAttachmentResponse> getUploadAttachmentMethod;
    if ((getUploadAttachmentMethod = MessageServiceGrpc.getUploadAttachmentMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getUploadAttachmentMethod = MessageServiceGrpc.getUploadAttachmentMethod) == null) {
          MessageServiceGrpc.getUploadAttachmentMethod = getUploadAttachmentMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.UploadAttachmentRequest, io.mailbot.v1.UploadAttachmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadAttachment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UploadAttachmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UploadAttachmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("UploadAttachment"))
              .build();
        }
      }
    }
    return getUploadAttachmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.DownloadAttachmentRequest,
      io.mailbot.v1.DownloadAttachmentResponse> getDownloadAttachmentMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DownloadAttachment",
      requestType = io.mailbot.v1.DownloadAttachmentRequest.class,
      responseType = io.mailbot.v1.DownloadAttachmentResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.DownloadAttachmentRequest,
      io.mailbot.v1.DownloadAttachmentResponse> getDownloadAttachmentMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.DownloadAttachmentRequest, io.mailbot.v1.DownloadAttachmentResponse> getDownloadAttachmentMethod;
    if ((getDownloadAttachmentMethod = MessageServiceGrpc.getDownloadAttachmentMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getDownloadAttachmentMethod = MessageServiceGrpc.getDownloadAttachmentMethod) == null) {
          MessageServiceGrpc.getDownloadAttachmentMethod = getDownloadAttachmentMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.DownloadAttachmentRequest, io.mailbot.v1.DownloadAttachmentResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DownloadAttachment"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DownloadAttachmentRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DownloadAttachmentResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("DownloadAttachment"))
              .build();
        }
      }
    }
    return getDownloadAttachmentMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.RedactMessageRequest,
      io.mailbot.v1.RedactMessageResponse> getRedactMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RedactMessage",
      requestType = io.mailbot.v1.RedactMessageRequest.class,
      responseType = io.mailbot.v1.RedactMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.RedactMessageRequest,
      io.mailbot.v1.RedactMessageResponse> getRedactMessageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.RedactMessageRequest, io.mailbot.v1.RedactMessageResponse> getRedactMessageMethod;
    if ((getRedactMessageMethod = MessageServiceGrpc.getRedactMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getRedactMessageMethod = MessageServiceGrpc.getRedactMessageMethod) == null) {
          MessageServiceGrpc.getRedactMessageMethod = getRedactMessageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.RedactMessageRequest, io.mailbot.v1.RedactMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RedactMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RedactMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.RedactMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("RedactMessage"))
              .build();
        }
      }
    }
    return getRedactMessageMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.UpdateMessageLegalHoldsRequest,
      io.mailbot.v1.UpdateMessageLegalHoldsResponse> getUpdateMessageLegalHoldsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateMessageLegalHolds",
      requestType = io.mailbot.v1.UpdateMessageLegalHoldsRequest.class,
      responseType = io.mailbot.v1.UpdateMessageLegalHoldsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.UpdateMessageLegalHoldsRequest,
      io.mailbot.v1.UpdateMessageLegalHoldsResponse> getUpdateMessageLegalHoldsMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.UpdateMessageLegalHoldsRequest, io.mailbot.v1.UpdateMessageLegalHoldsResponse> getUpdateMessageLegalHoldsMethod;
    if ((getUpdateMessageLegalHoldsMethod = MessageServiceGrpc.getUpdateMessageLegalHoldsMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getUpdateMessageLegalHoldsMethod = MessageServiceGrpc.getUpdateMessageLegalHoldsMethod) == null) {
          MessageServiceGrpc.getUpdateMessageLegalHoldsMethod = getUpdateMessageLegalHoldsMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.UpdateMessageLegalHoldsRequest, io.mailbot.v1.UpdateMessageLegalHoldsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateMessageLegalHolds"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateMessageLegalHoldsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.UpdateMessageLegalHoldsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("UpdateMessageLegalHolds"))
              .build();
        }
      }
    }
    return getUpdateMessageLegalHoldsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<io.mailbot.v1.DownloadRawMessageRequest,
      io.mailbot.v1.DownloadRawMessageResponse> getDownloadRawMessageMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DownloadRawMessage",
      requestType = io.mailbot.v1.DownloadRawMessageRequest.class,
      responseType = io.mailbot.v1.DownloadRawMessageResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<io.mailbot.v1.DownloadRawMessageRequest,
      io.mailbot.v1.DownloadRawMessageResponse> getDownloadRawMessageMethod() {
    io.grpc.MethodDescriptor<io.mailbot.v1.DownloadRawMessageRequest, io.mailbot.v1.DownloadRawMessageResponse> getDownloadRawMessageMethod;
    if ((getDownloadRawMessageMethod = MessageServiceGrpc.getDownloadRawMessageMethod) == null) {
      synchronized (MessageServiceGrpc.class) {
        if ((getDownloadRawMessageMethod = MessageServiceGrpc.getDownloadRawMessageMethod) == null) {
          MessageServiceGrpc.getDownloadRawMessageMethod = getDownloadRawMessageMethod =
              io.grpc.MethodDescriptor.<io.mailbot.v1.DownloadRawMessageRequest, io.mailbot.v1.DownloadRawMessageResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DownloadRawMessage"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DownloadRawMessageRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  io.mailbot.v1.DownloadRawMessageResponse.getDefaultInstance()))
              .setSchemaDescriptor(new MessageServiceMethodDescriptorSupplier("DownloadRawMessage"))
              .build();
        }
      }
    }
    return getDownloadRawMessageMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static MessageServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceStub>() {
        @java.lang.Override
        public MessageServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceStub(channel, callOptions);
        }
      };
    return MessageServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static MessageServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingV2Stub>() {
        @java.lang.Override
        public MessageServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return MessageServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static MessageServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceBlockingStub>() {
        @java.lang.Override
        public MessageServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceBlockingStub(channel, callOptions);
        }
      };
    return MessageServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static MessageServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<MessageServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<MessageServiceFutureStub>() {
        @java.lang.Override
        public MessageServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new MessageServiceFutureStub(channel, callOptions);
        }
      };
    return MessageServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * MessageService sends and reads the messages of inboxes.
   * State is per recipient: see Message.recipients. Limits: 50 recipients and 25 MiB
   * (composed size) a message; 1 MiB an inline attachment, 4 MiB a request.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Accepts a message for delivery. Once it answers OK the message is durable, its
     * `message.queued` event is in the log, and the server owes every recipient an
     * outcome. Needs the scope `messages:send` and the inbox permission "send".
     * Errors, none of which consumes any of the limits: ADDRESS_INVALID,
     * FIELD_INVALID, MESSAGE_TOO_LARGE, TOO_MANY_RECIPIENTS,
     * INBOX_PERMISSION_MISSING, INBOX_SUSPENDED, INBOX_DISABLED, DAILY_SEND_LIMIT,
     * SEND_RATE_LIMIT, REQUEST_ID_REUSED.
     * </pre>
     */
    default void sendMessage(io.mailbot.v1.SendMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SendMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSendMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Answers a message of the inbox: To (or everybody), subject, In-Reply-To and
     * References are filled in, and the reply joins the thread. Otherwise as
     * SendMessage.
     * </pre>
     */
    default void replyMessage(io.mailbot.v1.ReplyMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReplyMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReplyMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads one message. Needs `messages:read`.
     * </pre>
     */
    default void getMessage(io.mailbot.v1.GetMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists messages, newest first, without bodies. Needs `messages:read`.
     * </pre>
     */
    default void listMessages(io.mailbot.v1.ListMessagesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Finds messages by words, newest first or most relevant first, with the places
     * that matched. Needs `messages:read`, and of each inbox that is searched the
     * permission "search": INBOX_PERMISSION_MISSING when inbox_id names one without it;
     * without inbox_id inboxes without it are left out.
     * The query: words must all be there, in any order, in subject, addresses, names,
     * attachment names or text; case and accents do not matter. "two words" in quotes
     * stand together; `word*` is a beginning; `-word` must not be there; OR and ( ) as
     * usual. Operators: from: to: subject: body: label: has:attachment is:inbound
     * is:outbound is:automated is:quarantined before:2026-01-31 after:2026-01-31
     * larger:5M. A `-` before an operator turns it round. Days begin at midnight UTC;
     * after: includes its day, before: does not. from: to: subject: and body: take a word,
     * a phrase or words in ( ). Each of the words of an address or a domain finds it.
     * What is in quarantine is found by is:quarantined alone, without words.
     * Errors: QUERY_INVALID with the place of the fault.
     * </pre>
     */
    default void searchMessages(io.mailbot.v1.SearchMessagesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SearchMessagesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSearchMessagesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Waits until an inbox has received messages that fulfil the criteria, and answers
     * with them, their codes and links included. Answers when there are enough, or when
     * the time is over with what there is. Needs `messages:read`; a body criterion also
     * the inbox permission "search".
     * Errors: TOO_MANY_WAITS (more than 32 waits of one key at a time), CURSOR_INVALID,
     * CURSOR_FOREIGN, INBOX_PERMISSION_MISSING.
     * </pre>
     */
    default void waitForMessage(io.mailbot.v1.WaitForMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.WaitForMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWaitForMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Adds and removes labels of a message. Idempotent. Needs `messages:write`.
     * </pre>
     */
    default void updateMessageLabels(io.mailbot.v1.UpdateMessageLabelsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateMessageLabelsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateMessageLabelsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lets a message out of quarantine: it joins its thread, is found and counted, and
     * `message.received` is told of. Idempotent. Needs `messages:write`.
     * </pre>
     */
    default void releaseMessage(io.mailbot.v1.ReleaseMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Uploads a body for an attachment: first the header, then chunks of at most
     * 64 KiB. The answer's upload_id can be used in one or more messages of the same
     * inbox for 24 h. Needs `messages:send`.
     * Errors: UPLOAD_MISMATCH, UPLOAD_QUOTA, FIELD_INVALID.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<io.mailbot.v1.UploadAttachmentRequest> uploadAttachment(
        io.grpc.stub.StreamObserver<io.mailbot.v1.UploadAttachmentResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadAttachmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams a decoded attachment in chunks of at most 64 KiB, from any offset.
     * Needs `messages:read`.
     * </pre>
     */
    default void downloadAttachment(io.mailbot.v1.DownloadAttachmentRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DownloadAttachmentResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDownloadAttachmentMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes what a message says for good: bodies, subject, attachments, raw bytes, search
     * entry, and the subject and snippet in its events. Envelope, ids, state and events
     * stay. FAILED_PRECONDITION / LEGAL_HOLD under a legal hold, and
     * DELIVERY_UNDER_WAY while a delivery is not final. Idempotent. Needs
     * `messages:write`.
     * </pre>
     */
    default void redactMessage(io.mailbot.v1.RedactMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RedactMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRedactMessageMethod(), responseObserver);
    }

    /**
     * <pre>
     * Keeps messages from retention and redaction, or lets them go. Needs the scope
     * `retention:write`.
     * </pre>
     */
    default void updateMessageLegalHolds(io.mailbot.v1.UpdateMessageLegalHoldsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateMessageLegalHoldsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateMessageLegalHoldsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams the message's RFC 5322 bytes as they were received (our Return-Path
     * and Received fields in front) or sent. Needs `messages:read`.
     * </pre>
     */
    default void downloadRawMessage(io.mailbot.v1.DownloadRawMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DownloadRawMessageResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDownloadRawMessageMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service MessageService.
   * <pre>
   * MessageService sends and reads the messages of inboxes.
   * State is per recipient: see Message.recipients. Limits: 50 recipients and 25 MiB
   * (composed size) a message; 1 MiB an inline attachment, 4 MiB a request.
   * </pre>
   */
  public static abstract class MessageServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return MessageServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service MessageService.
   * <pre>
   * MessageService sends and reads the messages of inboxes.
   * State is per recipient: see Message.recipients. Limits: 50 recipients and 25 MiB
   * (composed size) a message; 1 MiB an inline attachment, 4 MiB a request.
   * </pre>
   */
  public static final class MessageServiceStub
      extends io.grpc.stub.AbstractAsyncStub<MessageServiceStub> {
    private MessageServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Accepts a message for delivery. Once it answers OK the message is durable, its
     * `message.queued` event is in the log, and the server owes every recipient an
     * outcome. Needs the scope `messages:send` and the inbox permission "send".
     * Errors, none of which consumes any of the limits: ADDRESS_INVALID,
     * FIELD_INVALID, MESSAGE_TOO_LARGE, TOO_MANY_RECIPIENTS,
     * INBOX_PERMISSION_MISSING, INBOX_SUSPENDED, INBOX_DISABLED, DAILY_SEND_LIMIT,
     * SEND_RATE_LIMIT, REQUEST_ID_REUSED.
     * </pre>
     */
    public void sendMessage(io.mailbot.v1.SendMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SendMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSendMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Answers a message of the inbox: To (or everybody), subject, In-Reply-To and
     * References are filled in, and the reply joins the thread. Otherwise as
     * SendMessage.
     * </pre>
     */
    public void replyMessage(io.mailbot.v1.ReplyMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReplyMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReplyMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads one message. Needs `messages:read`.
     * </pre>
     */
    public void getMessage(io.mailbot.v1.GetMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.GetMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists messages, newest first, without bodies. Needs `messages:read`.
     * </pre>
     */
    public void listMessages(io.mailbot.v1.ListMessagesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ListMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Finds messages by words, newest first or most relevant first, with the places
     * that matched. Needs `messages:read`, and of each inbox that is searched the
     * permission "search": INBOX_PERMISSION_MISSING when inbox_id names one without it;
     * without inbox_id inboxes without it are left out.
     * The query: words must all be there, in any order, in subject, addresses, names,
     * attachment names or text; case and accents do not matter. "two words" in quotes
     * stand together; `word*` is a beginning; `-word` must not be there; OR and ( ) as
     * usual. Operators: from: to: subject: body: label: has:attachment is:inbound
     * is:outbound is:automated is:quarantined before:2026-01-31 after:2026-01-31
     * larger:5M. A `-` before an operator turns it round. Days begin at midnight UTC;
     * after: includes its day, before: does not. from: to: subject: and body: take a word,
     * a phrase or words in ( ). Each of the words of an address or a domain finds it.
     * What is in quarantine is found by is:quarantined alone, without words.
     * Errors: QUERY_INVALID with the place of the fault.
     * </pre>
     */
    public void searchMessages(io.mailbot.v1.SearchMessagesRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.SearchMessagesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSearchMessagesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Waits until an inbox has received messages that fulfil the criteria, and answers
     * with them, their codes and links included. Answers when there are enough, or when
     * the time is over with what there is. Needs `messages:read`; a body criterion also
     * the inbox permission "search".
     * Errors: TOO_MANY_WAITS (more than 32 waits of one key at a time), CURSOR_INVALID,
     * CURSOR_FOREIGN, INBOX_PERMISSION_MISSING.
     * </pre>
     */
    public void waitForMessage(io.mailbot.v1.WaitForMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.WaitForMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getWaitForMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Adds and removes labels of a message. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public void updateMessageLabels(io.mailbot.v1.UpdateMessageLabelsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateMessageLabelsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateMessageLabelsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lets a message out of quarantine: it joins its thread, is found and counted, and
     * `message.received` is told of. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public void releaseMessage(io.mailbot.v1.ReleaseMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Uploads a body for an attachment: first the header, then chunks of at most
     * 64 KiB. The answer's upload_id can be used in one or more messages of the same
     * inbox for 24 h. Needs `messages:send`.
     * Errors: UPLOAD_MISMATCH, UPLOAD_QUOTA, FIELD_INVALID.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<io.mailbot.v1.UploadAttachmentRequest> uploadAttachment(
        io.grpc.stub.StreamObserver<io.mailbot.v1.UploadAttachmentResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadAttachmentMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Streams a decoded attachment in chunks of at most 64 KiB, from any offset.
     * Needs `messages:read`.
     * </pre>
     */
    public void downloadAttachment(io.mailbot.v1.DownloadAttachmentRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DownloadAttachmentResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getDownloadAttachmentMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes what a message says for good: bodies, subject, attachments, raw bytes, search
     * entry, and the subject and snippet in its events. Envelope, ids, state and events
     * stay. FAILED_PRECONDITION / LEGAL_HOLD under a legal hold, and
     * DELIVERY_UNDER_WAY while a delivery is not final. Idempotent. Needs
     * `messages:write`.
     * </pre>
     */
    public void redactMessage(io.mailbot.v1.RedactMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.RedactMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRedactMessageMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Keeps messages from retention and redaction, or lets them go. Needs the scope
     * `retention:write`.
     * </pre>
     */
    public void updateMessageLegalHolds(io.mailbot.v1.UpdateMessageLegalHoldsRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateMessageLegalHoldsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateMessageLegalHoldsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Streams the message's RFC 5322 bytes as they were received (our Return-Path
     * and Received fields in front) or sent. Needs `messages:read`.
     * </pre>
     */
    public void downloadRawMessage(io.mailbot.v1.DownloadRawMessageRequest request,
        io.grpc.stub.StreamObserver<io.mailbot.v1.DownloadRawMessageResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getDownloadRawMessageMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service MessageService.
   * <pre>
   * MessageService sends and reads the messages of inboxes.
   * State is per recipient: see Message.recipients. Limits: 50 recipients and 25 MiB
   * (composed size) a message; 1 MiB an inline attachment, 4 MiB a request.
   * </pre>
   */
  public static final class MessageServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<MessageServiceBlockingV2Stub> {
    private MessageServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Accepts a message for delivery. Once it answers OK the message is durable, its
     * `message.queued` event is in the log, and the server owes every recipient an
     * outcome. Needs the scope `messages:send` and the inbox permission "send".
     * Errors, none of which consumes any of the limits: ADDRESS_INVALID,
     * FIELD_INVALID, MESSAGE_TOO_LARGE, TOO_MANY_RECIPIENTS,
     * INBOX_PERMISSION_MISSING, INBOX_SUSPENDED, INBOX_DISABLED, DAILY_SEND_LIMIT,
     * SEND_RATE_LIMIT, REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.SendMessageResponse sendMessage(io.mailbot.v1.SendMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSendMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers a message of the inbox: To (or everybody), subject, In-Reply-To and
     * References are filled in, and the reply joins the thread. Otherwise as
     * SendMessage.
     * </pre>
     */
    public io.mailbot.v1.ReplyMessageResponse replyMessage(io.mailbot.v1.ReplyMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReplyMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one message. Needs `messages:read`.
     * </pre>
     */
    public io.mailbot.v1.GetMessageResponse getMessage(io.mailbot.v1.GetMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists messages, newest first, without bodies. Needs `messages:read`.
     * </pre>
     */
    public io.mailbot.v1.ListMessagesResponse listMessages(io.mailbot.v1.ListMessagesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Finds messages by words, newest first or most relevant first, with the places
     * that matched. Needs `messages:read`, and of each inbox that is searched the
     * permission "search": INBOX_PERMISSION_MISSING when inbox_id names one without it;
     * without inbox_id inboxes without it are left out.
     * The query: words must all be there, in any order, in subject, addresses, names,
     * attachment names or text; case and accents do not matter. "two words" in quotes
     * stand together; `word*` is a beginning; `-word` must not be there; OR and ( ) as
     * usual. Operators: from: to: subject: body: label: has:attachment is:inbound
     * is:outbound is:automated is:quarantined before:2026-01-31 after:2026-01-31
     * larger:5M. A `-` before an operator turns it round. Days begin at midnight UTC;
     * after: includes its day, before: does not. from: to: subject: and body: take a word,
     * a phrase or words in ( ). Each of the words of an address or a domain finds it.
     * What is in quarantine is found by is:quarantined alone, without words.
     * Errors: QUERY_INVALID with the place of the fault.
     * </pre>
     */
    public io.mailbot.v1.SearchMessagesResponse searchMessages(io.mailbot.v1.SearchMessagesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSearchMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Waits until an inbox has received messages that fulfil the criteria, and answers
     * with them, their codes and links included. Answers when there are enough, or when
     * the time is over with what there is. Needs `messages:read`; a body criterion also
     * the inbox permission "search".
     * Errors: TOO_MANY_WAITS (more than 32 waits of one key at a time), CURSOR_INVALID,
     * CURSOR_FOREIGN, INBOX_PERMISSION_MISSING.
     * </pre>
     */
    public io.mailbot.v1.WaitForMessageResponse waitForMessage(io.mailbot.v1.WaitForMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getWaitForMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds and removes labels of a message. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public io.mailbot.v1.UpdateMessageLabelsResponse updateMessageLabels(io.mailbot.v1.UpdateMessageLabelsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateMessageLabelsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a message out of quarantine: it joins its thread, is found and counted, and
     * `message.received` is told of. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public io.mailbot.v1.ReleaseMessageResponse releaseMessage(io.mailbot.v1.ReleaseMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Uploads a body for an attachment: first the header, then chunks of at most
     * 64 KiB. The answer's upload_id can be used in one or more messages of the same
     * inbox for 24 h. Needs `messages:send`.
     * Errors: UPLOAD_MISMATCH, UPLOAD_QUOTA, FIELD_INVALID.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<io.mailbot.v1.UploadAttachmentRequest, io.mailbot.v1.UploadAttachmentResponse>
        uploadAttachment() {
      return io.grpc.stub.ClientCalls.blockingClientStreamingCall(
          getChannel(), getUploadAttachmentMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Streams a decoded attachment in chunks of at most 64 KiB, from any offset.
     * Needs `messages:read`.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.mailbot.v1.DownloadAttachmentResponse>
        downloadAttachment(io.mailbot.v1.DownloadAttachmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getDownloadAttachmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes what a message says for good: bodies, subject, attachments, raw bytes, search
     * entry, and the subject and snippet in its events. Envelope, ids, state and events
     * stay. FAILED_PRECONDITION / LEGAL_HOLD under a legal hold, and
     * DELIVERY_UNDER_WAY while a delivery is not final. Idempotent. Needs
     * `messages:write`.
     * </pre>
     */
    public io.mailbot.v1.RedactMessageResponse redactMessage(io.mailbot.v1.RedactMessageRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRedactMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps messages from retention and redaction, or lets them go. Needs the scope
     * `retention:write`.
     * </pre>
     */
    public io.mailbot.v1.UpdateMessageLegalHoldsResponse updateMessageLegalHolds(io.mailbot.v1.UpdateMessageLegalHoldsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateMessageLegalHoldsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams the message's RFC 5322 bytes as they were received (our Return-Path
     * and Received fields in front) or sent. Needs `messages:read`.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, io.mailbot.v1.DownloadRawMessageResponse>
        downloadRawMessage(io.mailbot.v1.DownloadRawMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getDownloadRawMessageMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service MessageService.
   * <pre>
   * MessageService sends and reads the messages of inboxes.
   * State is per recipient: see Message.recipients. Limits: 50 recipients and 25 MiB
   * (composed size) a message; 1 MiB an inline attachment, 4 MiB a request.
   * </pre>
   */
  public static final class MessageServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<MessageServiceBlockingStub> {
    private MessageServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Accepts a message for delivery. Once it answers OK the message is durable, its
     * `message.queued` event is in the log, and the server owes every recipient an
     * outcome. Needs the scope `messages:send` and the inbox permission "send".
     * Errors, none of which consumes any of the limits: ADDRESS_INVALID,
     * FIELD_INVALID, MESSAGE_TOO_LARGE, TOO_MANY_RECIPIENTS,
     * INBOX_PERMISSION_MISSING, INBOX_SUSPENDED, INBOX_DISABLED, DAILY_SEND_LIMIT,
     * SEND_RATE_LIMIT, REQUEST_ID_REUSED.
     * </pre>
     */
    public io.mailbot.v1.SendMessageResponse sendMessage(io.mailbot.v1.SendMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSendMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers a message of the inbox: To (or everybody), subject, In-Reply-To and
     * References are filled in, and the reply joins the thread. Otherwise as
     * SendMessage.
     * </pre>
     */
    public io.mailbot.v1.ReplyMessageResponse replyMessage(io.mailbot.v1.ReplyMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReplyMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads one message. Needs `messages:read`.
     * </pre>
     */
    public io.mailbot.v1.GetMessageResponse getMessage(io.mailbot.v1.GetMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists messages, newest first, without bodies. Needs `messages:read`.
     * </pre>
     */
    public io.mailbot.v1.ListMessagesResponse listMessages(io.mailbot.v1.ListMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Finds messages by words, newest first or most relevant first, with the places
     * that matched. Needs `messages:read`, and of each inbox that is searched the
     * permission "search": INBOX_PERMISSION_MISSING when inbox_id names one without it;
     * without inbox_id inboxes without it are left out.
     * The query: words must all be there, in any order, in subject, addresses, names,
     * attachment names or text; case and accents do not matter. "two words" in quotes
     * stand together; `word*` is a beginning; `-word` must not be there; OR and ( ) as
     * usual. Operators: from: to: subject: body: label: has:attachment is:inbound
     * is:outbound is:automated is:quarantined before:2026-01-31 after:2026-01-31
     * larger:5M. A `-` before an operator turns it round. Days begin at midnight UTC;
     * after: includes its day, before: does not. from: to: subject: and body: take a word,
     * a phrase or words in ( ). Each of the words of an address or a domain finds it.
     * What is in quarantine is found by is:quarantined alone, without words.
     * Errors: QUERY_INVALID with the place of the fault.
     * </pre>
     */
    public io.mailbot.v1.SearchMessagesResponse searchMessages(io.mailbot.v1.SearchMessagesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSearchMessagesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Waits until an inbox has received messages that fulfil the criteria, and answers
     * with them, their codes and links included. Answers when there are enough, or when
     * the time is over with what there is. Needs `messages:read`; a body criterion also
     * the inbox permission "search".
     * Errors: TOO_MANY_WAITS (more than 32 waits of one key at a time), CURSOR_INVALID,
     * CURSOR_FOREIGN, INBOX_PERMISSION_MISSING.
     * </pre>
     */
    public io.mailbot.v1.WaitForMessageResponse waitForMessage(io.mailbot.v1.WaitForMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getWaitForMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds and removes labels of a message. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public io.mailbot.v1.UpdateMessageLabelsResponse updateMessageLabels(io.mailbot.v1.UpdateMessageLabelsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateMessageLabelsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lets a message out of quarantine: it joins its thread, is found and counted, and
     * `message.received` is told of. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public io.mailbot.v1.ReleaseMessageResponse releaseMessage(io.mailbot.v1.ReleaseMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams a decoded attachment in chunks of at most 64 KiB, from any offset.
     * Needs `messages:read`.
     * </pre>
     */
    public java.util.Iterator<io.mailbot.v1.DownloadAttachmentResponse> downloadAttachment(
        io.mailbot.v1.DownloadAttachmentRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getDownloadAttachmentMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes what a message says for good: bodies, subject, attachments, raw bytes, search
     * entry, and the subject and snippet in its events. Envelope, ids, state and events
     * stay. FAILED_PRECONDITION / LEGAL_HOLD under a legal hold, and
     * DELIVERY_UNDER_WAY while a delivery is not final. Idempotent. Needs
     * `messages:write`.
     * </pre>
     */
    public io.mailbot.v1.RedactMessageResponse redactMessage(io.mailbot.v1.RedactMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRedactMessageMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps messages from retention and redaction, or lets them go. Needs the scope
     * `retention:write`.
     * </pre>
     */
    public io.mailbot.v1.UpdateMessageLegalHoldsResponse updateMessageLegalHolds(io.mailbot.v1.UpdateMessageLegalHoldsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateMessageLegalHoldsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams the message's RFC 5322 bytes as they were received (our Return-Path
     * and Received fields in front) or sent. Needs `messages:read`.
     * </pre>
     */
    public java.util.Iterator<io.mailbot.v1.DownloadRawMessageResponse> downloadRawMessage(
        io.mailbot.v1.DownloadRawMessageRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getDownloadRawMessageMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service MessageService.
   * <pre>
   * MessageService sends and reads the messages of inboxes.
   * State is per recipient: see Message.recipients. Limits: 50 recipients and 25 MiB
   * (composed size) a message; 1 MiB an inline attachment, 4 MiB a request.
   * </pre>
   */
  public static final class MessageServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<MessageServiceFutureStub> {
    private MessageServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected MessageServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new MessageServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Accepts a message for delivery. Once it answers OK the message is durable, its
     * `message.queued` event is in the log, and the server owes every recipient an
     * outcome. Needs the scope `messages:send` and the inbox permission "send".
     * Errors, none of which consumes any of the limits: ADDRESS_INVALID,
     * FIELD_INVALID, MESSAGE_TOO_LARGE, TOO_MANY_RECIPIENTS,
     * INBOX_PERMISSION_MISSING, INBOX_SUSPENDED, INBOX_DISABLED, DAILY_SEND_LIMIT,
     * SEND_RATE_LIMIT, REQUEST_ID_REUSED.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.SendMessageResponse> sendMessage(
        io.mailbot.v1.SendMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSendMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Answers a message of the inbox: To (or everybody), subject, In-Reply-To and
     * References are filled in, and the reply joins the thread. Otherwise as
     * SendMessage.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ReplyMessageResponse> replyMessage(
        io.mailbot.v1.ReplyMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReplyMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads one message. Needs `messages:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.GetMessageResponse> getMessage(
        io.mailbot.v1.GetMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists messages, newest first, without bodies. Needs `messages:read`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ListMessagesResponse> listMessages(
        io.mailbot.v1.ListMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Finds messages by words, newest first or most relevant first, with the places
     * that matched. Needs `messages:read`, and of each inbox that is searched the
     * permission "search": INBOX_PERMISSION_MISSING when inbox_id names one without it;
     * without inbox_id inboxes without it are left out.
     * The query: words must all be there, in any order, in subject, addresses, names,
     * attachment names or text; case and accents do not matter. "two words" in quotes
     * stand together; `word*` is a beginning; `-word` must not be there; OR and ( ) as
     * usual. Operators: from: to: subject: body: label: has:attachment is:inbound
     * is:outbound is:automated is:quarantined before:2026-01-31 after:2026-01-31
     * larger:5M. A `-` before an operator turns it round. Days begin at midnight UTC;
     * after: includes its day, before: does not. from: to: subject: and body: take a word,
     * a phrase or words in ( ). Each of the words of an address or a domain finds it.
     * What is in quarantine is found by is:quarantined alone, without words.
     * Errors: QUERY_INVALID with the place of the fault.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.SearchMessagesResponse> searchMessages(
        io.mailbot.v1.SearchMessagesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSearchMessagesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Waits until an inbox has received messages that fulfil the criteria, and answers
     * with them, their codes and links included. Answers when there are enough, or when
     * the time is over with what there is. Needs `messages:read`; a body criterion also
     * the inbox permission "search".
     * Errors: TOO_MANY_WAITS (more than 32 waits of one key at a time), CURSOR_INVALID,
     * CURSOR_FOREIGN, INBOX_PERMISSION_MISSING.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.WaitForMessageResponse> waitForMessage(
        io.mailbot.v1.WaitForMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getWaitForMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Adds and removes labels of a message. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.UpdateMessageLabelsResponse> updateMessageLabels(
        io.mailbot.v1.UpdateMessageLabelsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateMessageLabelsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lets a message out of quarantine: it joins its thread, is found and counted, and
     * `message.received` is told of. Idempotent. Needs `messages:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.ReleaseMessageResponse> releaseMessage(
        io.mailbot.v1.ReleaseMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes what a message says for good: bodies, subject, attachments, raw bytes, search
     * entry, and the subject and snippet in its events. Envelope, ids, state and events
     * stay. FAILED_PRECONDITION / LEGAL_HOLD under a legal hold, and
     * DELIVERY_UNDER_WAY while a delivery is not final. Idempotent. Needs
     * `messages:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.RedactMessageResponse> redactMessage(
        io.mailbot.v1.RedactMessageRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRedactMessageMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Keeps messages from retention and redaction, or lets them go. Needs the scope
     * `retention:write`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<io.mailbot.v1.UpdateMessageLegalHoldsResponse> updateMessageLegalHolds(
        io.mailbot.v1.UpdateMessageLegalHoldsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateMessageLegalHoldsMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_SEND_MESSAGE = 0;
  private static final int METHODID_REPLY_MESSAGE = 1;
  private static final int METHODID_GET_MESSAGE = 2;
  private static final int METHODID_LIST_MESSAGES = 3;
  private static final int METHODID_SEARCH_MESSAGES = 4;
  private static final int METHODID_WAIT_FOR_MESSAGE = 5;
  private static final int METHODID_UPDATE_MESSAGE_LABELS = 6;
  private static final int METHODID_RELEASE_MESSAGE = 7;
  private static final int METHODID_DOWNLOAD_ATTACHMENT = 8;
  private static final int METHODID_REDACT_MESSAGE = 9;
  private static final int METHODID_UPDATE_MESSAGE_LEGAL_HOLDS = 10;
  private static final int METHODID_DOWNLOAD_RAW_MESSAGE = 11;
  private static final int METHODID_UPLOAD_ATTACHMENT = 12;

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
        case METHODID_SEND_MESSAGE:
          serviceImpl.sendMessage((io.mailbot.v1.SendMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SendMessageResponse>) responseObserver);
          break;
        case METHODID_REPLY_MESSAGE:
          serviceImpl.replyMessage((io.mailbot.v1.ReplyMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ReplyMessageResponse>) responseObserver);
          break;
        case METHODID_GET_MESSAGE:
          serviceImpl.getMessage((io.mailbot.v1.GetMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.GetMessageResponse>) responseObserver);
          break;
        case METHODID_LIST_MESSAGES:
          serviceImpl.listMessages((io.mailbot.v1.ListMessagesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ListMessagesResponse>) responseObserver);
          break;
        case METHODID_SEARCH_MESSAGES:
          serviceImpl.searchMessages((io.mailbot.v1.SearchMessagesRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.SearchMessagesResponse>) responseObserver);
          break;
        case METHODID_WAIT_FOR_MESSAGE:
          serviceImpl.waitForMessage((io.mailbot.v1.WaitForMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.WaitForMessageResponse>) responseObserver);
          break;
        case METHODID_UPDATE_MESSAGE_LABELS:
          serviceImpl.updateMessageLabels((io.mailbot.v1.UpdateMessageLabelsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateMessageLabelsResponse>) responseObserver);
          break;
        case METHODID_RELEASE_MESSAGE:
          serviceImpl.releaseMessage((io.mailbot.v1.ReleaseMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.ReleaseMessageResponse>) responseObserver);
          break;
        case METHODID_DOWNLOAD_ATTACHMENT:
          serviceImpl.downloadAttachment((io.mailbot.v1.DownloadAttachmentRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.DownloadAttachmentResponse>) responseObserver);
          break;
        case METHODID_REDACT_MESSAGE:
          serviceImpl.redactMessage((io.mailbot.v1.RedactMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.RedactMessageResponse>) responseObserver);
          break;
        case METHODID_UPDATE_MESSAGE_LEGAL_HOLDS:
          serviceImpl.updateMessageLegalHolds((io.mailbot.v1.UpdateMessageLegalHoldsRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.UpdateMessageLegalHoldsResponse>) responseObserver);
          break;
        case METHODID_DOWNLOAD_RAW_MESSAGE:
          serviceImpl.downloadRawMessage((io.mailbot.v1.DownloadRawMessageRequest) request,
              (io.grpc.stub.StreamObserver<io.mailbot.v1.DownloadRawMessageResponse>) responseObserver);
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
        case METHODID_UPLOAD_ATTACHMENT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadAttachment(
              (io.grpc.stub.StreamObserver<io.mailbot.v1.UploadAttachmentResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getSendMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.SendMessageRequest,
              io.mailbot.v1.SendMessageResponse>(
                service, METHODID_SEND_MESSAGE)))
        .addMethod(
          getReplyMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ReplyMessageRequest,
              io.mailbot.v1.ReplyMessageResponse>(
                service, METHODID_REPLY_MESSAGE)))
        .addMethod(
          getGetMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.GetMessageRequest,
              io.mailbot.v1.GetMessageResponse>(
                service, METHODID_GET_MESSAGE)))
        .addMethod(
          getListMessagesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ListMessagesRequest,
              io.mailbot.v1.ListMessagesResponse>(
                service, METHODID_LIST_MESSAGES)))
        .addMethod(
          getSearchMessagesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.SearchMessagesRequest,
              io.mailbot.v1.SearchMessagesResponse>(
                service, METHODID_SEARCH_MESSAGES)))
        .addMethod(
          getWaitForMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.WaitForMessageRequest,
              io.mailbot.v1.WaitForMessageResponse>(
                service, METHODID_WAIT_FOR_MESSAGE)))
        .addMethod(
          getUpdateMessageLabelsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.UpdateMessageLabelsRequest,
              io.mailbot.v1.UpdateMessageLabelsResponse>(
                service, METHODID_UPDATE_MESSAGE_LABELS)))
        .addMethod(
          getReleaseMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.ReleaseMessageRequest,
              io.mailbot.v1.ReleaseMessageResponse>(
                service, METHODID_RELEASE_MESSAGE)))
        .addMethod(
          getUploadAttachmentMethod(),
          io.grpc.stub.ServerCalls.asyncClientStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.UploadAttachmentRequest,
              io.mailbot.v1.UploadAttachmentResponse>(
                service, METHODID_UPLOAD_ATTACHMENT)))
        .addMethod(
          getDownloadAttachmentMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.DownloadAttachmentRequest,
              io.mailbot.v1.DownloadAttachmentResponse>(
                service, METHODID_DOWNLOAD_ATTACHMENT)))
        .addMethod(
          getRedactMessageMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.RedactMessageRequest,
              io.mailbot.v1.RedactMessageResponse>(
                service, METHODID_REDACT_MESSAGE)))
        .addMethod(
          getUpdateMessageLegalHoldsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              io.mailbot.v1.UpdateMessageLegalHoldsRequest,
              io.mailbot.v1.UpdateMessageLegalHoldsResponse>(
                service, METHODID_UPDATE_MESSAGE_LEGAL_HOLDS)))
        .addMethod(
          getDownloadRawMessageMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              io.mailbot.v1.DownloadRawMessageRequest,
              io.mailbot.v1.DownloadRawMessageResponse>(
                service, METHODID_DOWNLOAD_RAW_MESSAGE)))
        .build();
  }

  private static abstract class MessageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    MessageServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return io.mailbot.v1.MessagesProto.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("MessageService");
    }
  }

  private static final class MessageServiceFileDescriptorSupplier
      extends MessageServiceBaseDescriptorSupplier {
    MessageServiceFileDescriptorSupplier() {}
  }

  private static final class MessageServiceMethodDescriptorSupplier
      extends MessageServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    MessageServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (MessageServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new MessageServiceFileDescriptorSupplier())
              .addMethod(getSendMessageMethod())
              .addMethod(getReplyMessageMethod())
              .addMethod(getGetMessageMethod())
              .addMethod(getListMessagesMethod())
              .addMethod(getSearchMessagesMethod())
              .addMethod(getWaitForMessageMethod())
              .addMethod(getUpdateMessageLabelsMethod())
              .addMethod(getReleaseMessageMethod())
              .addMethod(getUploadAttachmentMethod())
              .addMethod(getDownloadAttachmentMethod())
              .addMethod(getRedactMessageMethod())
              .addMethod(getUpdateMessageLegalHoldsMethod())
              .addMethod(getDownloadRawMessageMethod())
              .build();
        }
      }
    }
    return result;
  }
}

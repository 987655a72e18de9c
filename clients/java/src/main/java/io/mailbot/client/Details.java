package io.mailbot.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a failed call says.
 *
 * @param reason a name of ErrorReason without its prefix, or the code's if none came
 * @param violations the fields of the request that were wrong: path and description
 * @param retryAfter how long the server asks to wait
 */
public record Details(
    Status.Code code,
    String message,
    String reason,
    Map<String, String> metadata,
    Map<String, String> violations,
    Optional<Duration> retryAfter) {

  /** The details of an exception of a call; of any other one the code is UNKNOWN. */
  public static Details of(Throwable error) {
    Status status = Status.fromThrowable(error);
    String text = String.valueOf(status.getDescription());
    var found = new Found(status.getCode().name());
    com.google.rpc.Status rich = StatusProto.fromThrowable(error);
    if (rich != null) {
      rich.getDetailsList().forEach(found::read);
    }
    return new Details(
        status.getCode(), text, found.reason, found.metadata, found.violations, found.retryAfter);
  }

  private static final class Found {
    private final Map<String, String> violations = new LinkedHashMap<>();
    private String reason;
    private Map<String, String> metadata = Map.of();
    private Optional<Duration> retryAfter = Optional.empty();

    Found(String reason) {
      this.reason = reason;
    }

    void read(Any packed) {
      try {
        if (packed.is(ErrorInfo.class)) {
          info(packed.unpack(ErrorInfo.class));
        } else if (packed.is(BadRequest.class)) {
          for (var violation : packed.unpack(BadRequest.class).getFieldViolationsList()) {
            violations.put(violation.getField(), violation.getDescription());
          }
        } else if (packed.is(RetryInfo.class)) {
          var delay = packed.unpack(RetryInfo.class).getRetryDelay();
          retryAfter = Optional.of(Duration.ofSeconds(delay.getSeconds(), delay.getNanos()));
        }
      } catch (InvalidProtocolBufferException mangled) {
        // Trailers that a proxy mangled: the code alone has to do.
        return;
      }
    }

    private void info(ErrorInfo info) {
      if (info.getDomain().equals("mailbot")) {
        reason = info.getReason();
        metadata = info.getMetadataMap();
      }
    }
  }
}

package io.mailbot.client;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.mailbot.v1.Event;
import io.mailbot.v1.StartPosition;
import io.mailbot.v1.StreamStarted;
import io.mailbot.v1.SubscribeRequest;
import io.mailbot.v1.SubscribeResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Follows the event log over one stream after another.
 *
 * <p>Every event is handed over once and in order. Lost connections, restarts and recycled streams
 * are waited out. A crash repeats at most the events of one response: deduplicate on the event's id
 * where that matters.
 */
public final class Follower {
  private static final long FIRST_WAIT_MS = 100;
  private static final long LONGEST_WAIT_MS = 10_000;
  private static final long HEARTBEAT_MS = 15_000;
  private static final int HEARTBEATS_MISSED = 3;
  private static final int FAULTS_MAX = 5;
  private static final Duration UNSAID = Duration.ofMillis(-1);

  private final MailBot mailbot;
  private final Subscription what;
  private SubscribeRequest request;
  private long position;
  private long patienceMs;
  private int failures;
  private boolean wasOpen;

  private Follower(MailBot mailbot, Subscription what) {
    this.mailbot = mailbot;
    this.what = what;
    this.request = what.request();
  }

  /**
   * Follows in this thread until the handler returns false, a stop_at_end was reached, or the
   * thread is interrupted.
   *
   * @throws StatusRuntimeException what cannot get better; see {@link Details}
   * @throws Exception what the subscription's own functions threw
   */
  public static void follow(MailBot mailbot, Subscription what) throws Exception {
    new Follower(mailbot, what).run();
  }

  private void run() throws Exception {
    ScheduledExecutorService watchdog =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new java.lang.Thread(task, "mailbot-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    try {
      while (stream(watchdog)) {
        // one stream after another
      }
    } finally {
      watchdog.shutdownNow();
    }
  }

  /** Follows one stream; false when that was all. */
  private boolean stream(ScheduledExecutorService watchdog) throws Exception {
    Context.CancellableContext call = Context.current().withCancellation();
    patienceMs = TimeUnit.SECONDS.toMillis(Surround.CALL_TIMEOUT_SECONDS);
    try {
      Iterator<SubscribeResponse> stream = call.call(() -> mailbot.events().subscribe(request));
      while (hasNext(stream, call, watchdog)) {
        if (!receive(stream.next())) {
          return false;
        }
      }
      if (request.getStopAtEnd()) {
        return false;
      }
      pause(waitMs(UNSAID));
    } catch (LostException lost) {
      pause(waitAfter(lost.cause));
    } finally {
      call.cancel(null);
    }
    return true;
  }

  /** Waits for a response, but not for ever; a slow handler is not a dead server. */
  private boolean hasNext(
      Iterator<SubscribeResponse> stream,
      Context.CancellableContext call,
      ScheduledExecutorService watchdog)
      throws LostException {
    Future<?> silence =
        watchdog.schedule(() -> call.cancel(null), patienceMs, TimeUnit.MILLISECONDS);
    try {
      return stream.hasNext();
    } catch (StatusRuntimeException error) {
      throw new LostException(error);
    } finally {
      silence.cancel(false);
    }
  }

  private boolean receive(SubscribeResponse response) throws Exception {
    if (response.hasStarted()) {
      opened(response.getStarted());
    } else {
      failures = 0;
    }
    for (Event event : response.getBatch().getEventsList()) {
      if (event.getPosition() <= position) {
        continue;
      }
      if (!what.handle().handle(event)) {
        return false;
      }
      position = event.getPosition();
    }
    if (!response.getCursor().isEmpty()) {
      var start = StartPosition.newBuilder().setAfterCursor(response.getCursor());
      request = request.toBuilder().setStart(start).build();
      what.save().accept(response.getCursor());
    }
    return true;
  }

  private void opened(StreamStarted started) throws Exception {
    wasOpen = true;
    var heartbeat = started.getHeartbeatInterval();
    long interval =
        Duration.ofSeconds(heartbeat.getSeconds(), heartbeat.getNanos()).toMillis();
    patienceMs = HEARTBEATS_MISSED * (interval > 0 ? interval : HEARTBEAT_MS);
    what.started().accept(started);
  }

  /** Milliseconds until the stream is opened again; throws what cannot get better. */
  private long waitAfter(StatusRuntimeException error) {
    Details said = Details.of(error);
    boolean resumable =
        switch (said.code()) {
          case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED -> true;
          case INTERNAL, UNKNOWN, DATA_LOSS -> failures + 1 < FAULTS_MAX;
          // Our own dead stream may still be counted among too many.
          case RESOURCE_EXHAUSTED -> wasOpen || said.retryAfter().isPresent();
          default -> false;
        };
    if (!resumable || java.lang.Thread.currentThread().isInterrupted()) {
      throw error;
    }
    return waitMs(said.retryAfter().orElse(UNSAID));
  }

  /** Doubling with jitter, or what the server said, if it did. */
  private long waitMs(Duration said) {
    failures++;
    long doubled = Math.min(FIRST_WAIT_MS << Math.min(failures - 1, 16), LONGEST_WAIT_MS);
    long wait = (long) (doubled * ThreadLocalRandom.current().nextDouble(0.5, 1.0));
    if (said.isNegative()) {
      return wait;
    }
    return failures == 1 ? said.toMillis() : Math.max(wait, said.toMillis());
  }

  private static void pause(long milliseconds) throws InterruptedException {
    java.lang.Thread.sleep(milliseconds);
  }

  /** The stream failed; not to be confused with calls that the handler makes. */
  private static final class LostException extends Exception {
    private static final long serialVersionUID = 1L;
    private final StatusRuntimeException cause;

    LostException(StatusRuntimeException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}

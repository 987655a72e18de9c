package io.mailbot.client;

import io.mailbot.v1.Event;
import io.mailbot.v1.StreamStarted;
import io.mailbot.v1.SubscribeRequest;

/**
 * What to follow, and who is told.
 *
 * @param request the filter and the start position; the default instance: everything from now on
 * @param started called each time a stream is open: every event committed from now on will come
 * @param handle called with every event; false ends the following
 * @param save stores a cursor: all events before it have been handled; start with it, as
 *     after_cursor, to go on in another process
 */
public record Subscription(
    SubscribeRequest request, Step<StreamStarted> started, Handler handle, Step<String> save) {

  /** Follows without being told of starts and cursors. */
  public static Subscription of(SubscribeRequest request, Handler handle) {
    return new Subscription(request, started -> {}, handle, cursor -> {});
  }

  /** The same, telling when a stream is open. */
  public Subscription onStarted(Step<StreamStarted> told) {
    return new Subscription(request, told, handle, save);
  }

  /** The same, storing cursors. */
  public Subscription saving(Step<String> store) {
    return new Subscription(request, started, handle, store);
  }

  /** Takes an event; what it throws ends the following. */
  @FunctionalInterface
  public interface Handler {
    boolean handle(Event event) throws Exception;
  }

  /** Takes a value; what it throws ends the following. */
  @FunctionalInterface
  public interface Step<T> {
    void accept(T value) throws Exception;
  }
}

// Follows the event log over one stream after another.

import { setTimeout as sleep } from "node:timers/promises";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";

import {
  type Event,
  type StreamStarted,
  StartPositionSchema,
  type SubscribeRequest,
  SubscribeRequestSchema,
  type SubscribeResponse,
} from "../../../gen/ts/mailbot/v1/events_pb.js";
import { CALL_TIMEOUT_MS, type MailBot } from "./client.js";
import { details } from "./errors.js";

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
const HEARTBEAT_MS = 15_000;
const HEARTBEATS_MISSED = 3;
const FAULTS_MAX = 5;

/** What to follow. */
export interface Subscription {
  /** The filter and the start position; left out: everything from now on. */
  readonly request?: MessageInitShape<typeof SubscribeRequestSchema>;
  /** Called each time a stream is open: every event committed from now on will come. */
  readonly started?: (started: StreamStarted) => void | Promise<void>;
  /**
   * Stores a cursor; all events before it have been handled. Start with it, as
   * afterCursor, to go on in another process.
   */
  readonly save?: (cursor: string) => void | Promise<void>;
  /** Ends the iteration. */
  readonly signal?: AbortSignal;
}

/**
 * Every event, once and in order, until the loop is left, the signal fires, or the server
 * says what cannot get better. Waits out lost connections, restarts and recycled streams.
 * A crash repeats at most the events of one response: deduplicate on Event.id where that
 * matters.
 */
export async function* follow(
  { events }: Pick<MailBot, "events">,
  what: Subscription = {},
): AsyncGenerator<Event, void, void> {
  const place = new Place(create(SubscribeRequestSchema, what.request));
  while (!what.signal?.aborted) {
    const stream = new Stream(events.subscribe.bind(events), place.request, what.signal);
    try {
      let read = await stream.read(CALL_TIMEOUT_MS);
      while (!(read instanceof ConnectError)) {
        if (read.kind.case === "started") {
          await what.started?.(read.kind.value);
        }
        yield* place.newEvents(read);
        if (place.move(read)) {
          await what.save?.(read.cursor);
        }
        read = await stream.read(place.silenceMs);
      }
      if (what.signal?.aborted || (read === ENDED && place.request.stopAtEnd)) {
        return;
      }
      await pause(place.waitAfter(read), what.signal);
    } finally {
      stream.close();
    }
  }
}

const ENDED = new ConnectError("the stream ended", Code.Unavailable);

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal && { signal });
  } catch (error) {
    if (!signal?.aborted) {
      throw error;
    }
  }
}

/** One stream, each of whose reads is aborted when nothing comes for too long. */
class Stream {
  private readonly hangUp = new AbortController();
  private readonly responses: AsyncIterator<SubscribeResponse>;

  constructor(
    subscribe: MailBot["events"]["subscribe"],
    request: SubscribeRequest,
    outer: AbortSignal | undefined,
  ) {
    const signal = AbortSignal.any([this.hangUp.signal, ...(outer ? [outer] : [])]);
    // The timeout of calls is not meant for a stream without end.
    this.responses = subscribe(request, { signal, timeoutMs: 0 })[Symbol.asyncIterator]();
  }

  /** The next response, or why there is none. */
  async read(patienceMs: number): Promise<SubscribeResponse | ConnectError> {
    const watchdog = setTimeout(() => this.close(), patienceMs);
    try {
      const { done, value } = await this.responses.next();
      return done ? ENDED : value;
    } catch (error) {
      return ConnectError.from(error);
    } finally {
      clearTimeout(watchdog);
    }
  }

  close(): void {
    this.hangUp.abort();
  }
}

/** Where the consumer stands in the log. */
class Place {
  silenceMs = HEARTBEATS_MISSED * HEARTBEAT_MS;
  private position = 0n;
  private failures = 0;
  private wasOpen = false;

  constructor(readonly request: SubscribeRequest) {}

  *newEvents({ kind }: SubscribeResponse): Generator<Event> {
    if (kind.case === "started") {
      this.wasOpen = true;
      const heartbeat = kind.value.heartbeatInterval;
      this.silenceMs = HEARTBEATS_MISSED * ((heartbeat && durationMs(heartbeat)) || HEARTBEAT_MS);
      return;
    }
    this.failures = 0;
    for (const event of kind.case === "batch" ? kind.value.events : []) {
      if (event.position > this.position) {
        yield event;
        this.position = event.position;
      }
    }
  }

  /** Resume behind this response; false if it has no cursor. */
  move({ cursor }: SubscribeResponse): boolean {
    if (cursor !== "") {
      this.request.start = create(StartPositionSchema, {
        position: { case: "afterCursor", value: cursor },
      });
    }
    return cursor !== "";
  }

  /** Milliseconds until the stream is opened again; throws what cannot get better. */
  waitAfter(error: ConnectError): number {
    this.failures++;
    const { code, retryAfterMs } = details(error);
    if (!this.mayResume(code, retryAfterMs)) {
      throw error;
    }
    const doubled = Math.min(FIRST_WAIT_MS * 2 ** (this.failures - 1), LONGEST_WAIT_MS);
    const wait = doubled * (0.5 + Math.random() / 2);
    if (retryAfterMs === undefined) {
      return wait;
    }
    return this.failures === 1 ? retryAfterMs : Math.max(wait, retryAfterMs);
  }

  private mayResume(code: Code, retryAfterMs: number | undefined): boolean {
    switch (code) {
      case Code.Unavailable:
      case Code.DeadlineExceeded:
      case Code.Canceled:
      case Code.Aborted:
        return true;
      case Code.Internal:
      case Code.Unknown:
      case Code.DataLoss:
        return this.failures < FAULTS_MAX;
      case Code.ResourceExhausted:
        // Our own dead stream may still be counted among too many.
        return this.wasOpen || retryAfterMs !== undefined;
      default:
        return false;
    }
  }
}

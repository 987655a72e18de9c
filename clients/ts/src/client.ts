// Connects a Node program to a mailbot server: key, deadlines, safe retries, every stub.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { clone, type Message } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import {
  type Client,
  Code,
  ConnectError,
  createClient,
  type Interceptor,
  type UnaryRequest,
} from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";

import { AccountService } from "../../../gen/ts/mailbot/v1/accounts_pb.js";
import { AddressListService } from "../../../gen/ts/mailbot/v1/address_lists_pb.js";
import { AuditService } from "../../../gen/ts/mailbot/v1/audits_pb.js";
import { DeliveryService } from "../../../gen/ts/mailbot/v1/deliveries_pb.js";
import { DomainService } from "../../../gen/ts/mailbot/v1/domains_pb.js";
import { EventService } from "../../../gen/ts/mailbot/v1/events_pb.js";
import { InboxService } from "../../../gen/ts/mailbot/v1/inboxes_pb.js";
import { MessageService } from "../../../gen/ts/mailbot/v1/messages_pb.js";
import { RuleService } from "../../../gen/ts/mailbot/v1/rules_pb.js";
import { SubscriptionService } from "../../../gen/ts/mailbot/v1/subscriptions_pb.js";
import { SuppressionService } from "../../../gen/ts/mailbot/v1/suppressions_pb.js";
import { ThreadService } from "../../../gen/ts/mailbot/v1/threads_pb.js";
import { UsageService } from "../../../gen/ts/mailbot/v1/usage_pb.js";
import { WebhookService } from "../../../gen/ts/mailbot/v1/webhooks_pb.js";

/** Milliseconds that one call may take, unless its options say otherwise. */
export const CALL_TIMEOUT_MS = 30_000;

const ATTEMPTS_MAX = 5;
const RETRY_FIRST_MS = 100;
const RETRY_CEILING_MS = 5_000;

/** Where the server is and who asks. */
export interface Settings {
  /** "host:port"; a server on this machine is spoken to in plaintext, others over TLS. */
  readonly target: string;
  /** "mb_..." */
  readonly apiKey: string;
  /** Speak plaintext to a server on another machine too. */
  readonly insecure?: boolean;
}

/** The generated client of every service over one connection. */
export interface MailBot {
  readonly accounts: Client<typeof AccountService>;
  readonly addressLists: Client<typeof AddressListService>;
  readonly audits: Client<typeof AuditService>;
  readonly deliveries: Client<typeof DeliveryService>;
  readonly domains: Client<typeof DomainService>;
  readonly events: Client<typeof EventService>;
  readonly inboxes: Client<typeof InboxService>;
  readonly messages: Client<typeof MessageService>;
  readonly rules: Client<typeof RuleService>;
  readonly subscriptions: Client<typeof SubscriptionService>;
  readonly suppressions: Client<typeof SuppressionService>;
  readonly threads: Client<typeof ThreadService>;
  readonly usage: Client<typeof UsageService>;
  readonly webhooks: Client<typeof WebhookService>;
  /** Hangs up and ends every stream. */
  close(): void;
}

/** A client; it connects at the first call. */
export function createMailBot(settings: Settings): MailBot {
  if (settings.apiKey === "") {
    throw new Error("the API key is empty");
  }
  const baseUrl = urlOf(settings);
  const sessionManager = new Http2SessionManager(baseUrl, {
    pingIntervalMs: 30_000,
    pingTimeoutMs: 20_000,
  });
  const transport = createGrpcTransport({
    baseUrl,
    sessionManager,
    defaultTimeoutMs: CALL_TIMEOUT_MS,
    interceptors: [bearer(settings.apiKey), requestIds, retries],
  });
  return {
    accounts: createClient(AccountService, transport),
    addressLists: createClient(AddressListService, transport),
    audits: createClient(AuditService, transport),
    deliveries: createClient(DeliveryService, transport),
    domains: createClient(DomainService, transport),
    events: createClient(EventService, transport),
    inboxes: createClient(InboxService, transport),
    messages: createClient(MessageService, transport),
    rules: createClient(RuleService, transport),
    subscriptions: createClient(SubscriptionService, transport),
    suppressions: createClient(SuppressionService, transport),
    threads: createClient(ThreadService, transport),
    usage: createClient(UsageService, transport),
    webhooks: createClient(WebhookService, transport),
    close: () => sessionManager.abort(),
  };
}

/** The URL of a target: http on this machine or if `insecure`, else https. */
export function urlOf({ target, insecure }: Omit<Settings, "apiKey">): string {
  const { hostname } = new URL(`http://${target}`);
  const local = hostname === "localhost" || hostname === "[::1]" || /^127\.[\d.]+$/.test(hostname);
  return `${local || insecure ? "http" : "https"}://${target}`;
}

function bearer(apiKey: string): Interceptor {
  return (next) => (request) => {
    request.header.set("authorization", `Bearer ${apiKey}`);
    return next(request);
  };
}

/**
 * Fills in a request_id that is empty, so that the server knows a retry. The caller's
 * message is left as it is: sending it again is another request.
 */
const requestIds: Interceptor = (next) => (request) =>
  next(request.stream ? request : { ...request, message: named(request) });

function named({ method, message }: UnaryRequest): Message {
  const field = method.input.field["requestId"];
  if (field === undefined || reflect(method.input, message).isSet(field)) {
    return message;
  }
  const copy = clone(method.input, message);
  reflect(method.input, copy).set(field, randomUUID());
  return copy;
}

/** Repeats what may be repeated while the server is UNAVAILABLE. */
const retries: Interceptor = (next) => async (request) => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await next(request);
    } catch (error) {
      const unavailable = ConnectError.from(error).code === Code.Unavailable;
      if (request.stream || !unavailable || !mayRepeat(request) || attempt === ATTEMPTS_MAX) {
        throw error;
      }
      const wait = Math.min(RETRY_FIRST_MS * 2 ** (attempt - 1), RETRY_CEILING_MS);
      await sleep(wait * (0.5 + Math.random() / 2), undefined, { signal: request.signal });
    }
  }
};

/** Without side effects, or with a request_id by which the server knows a repeat. */
function mayRepeat({ method }: UnaryRequest): boolean {
  const unknown = MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
  return method.idempotency !== unknown || "requestId" in method.input.field;
}

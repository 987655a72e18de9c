// What a failed call says.

import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";

import {
  BadRequestSchema,
  ErrorInfoSchema,
  RetryInfoSchema,
} from "../../../gen/ts/google/rpc/error_details_pb.js";

/** A failed call with what the server told about it. */
export interface Details {
  readonly code: Code;
  readonly message: string;
  /** A name of ErrorReason without its prefix, or the code's if none came. */
  readonly reason: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** The fields of the request that were wrong. */
  readonly violations: readonly { readonly field: string; readonly description: string }[];
  /** How long the server asks to wait; undefined if it did not say. */
  readonly retryAfterMs: number | undefined;
}

/** What an error of a call says. */
export function details(error: unknown): Details {
  const failed = ConnectError.from(error);
  const info = failed.findDetails(ErrorInfoSchema).find(({ domain }) => domain === "mailbot");
  const bad = failed.findDetails(BadRequestSchema)[0];
  const delay = failed.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return {
    code: failed.code,
    message: failed.rawMessage,
    reason: info?.reason ?? Code[failed.code],
    metadata: info?.metadata ?? {},
    violations: bad?.fieldViolations ?? [],
    retryAfterMs: delay === undefined ? undefined : durationMs(delay),
  };
}

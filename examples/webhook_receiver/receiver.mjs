// Receives webhooks in Node, without any package: verifies each request, and takes each
// event once.
//
//   MAILBOT_WEBHOOK_SECRET=whsec_... node receiver.mjs 8000
//
// While the secret is being replaced, name both of them with a space between.

import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const TOLERANCE_SECONDS = 300;
const BODY_BYTES_MAX = 1024 * 1024;
const secrets = process.env.MAILBOT_WEBHOOK_SECRET.split(" ").map((text) =>
  Buffer.from(text.replace(/^whsec_/, ""), "base64"),
);

// A real program keeps these in its database, beside what it makes of the events.
const seen = new Set();

// Whether one of the secrets has signed these bytes a moment ago (Standard Webhooks).
function verified(headers, body) {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  const given = (headers["webhook-signature"] ?? "").split(" ");
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!id || !/^[0-9]+$/.test(timestamp) || age > TOLERANCE_SECONDS) {
    return false;
  }
  return secrets.some((secret) => {
    const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
    const digest = createHmac("sha256", secret).update(signed).digest("base64");
    const expected = Buffer.from(`v1,${digest}`);
    return given.some((text) => {
      const signature = Buffer.from(text);
      return (
        signature.length === expected.length &&
        timingSafeEqual(signature, expected)
      );
    });
  });
}

const server = createServer((request, response) => {
  const pieces = [];
  let length = 0;
  request.on("data", (piece) => {
    length += piece.length;
    if (length > BODY_BYTES_MAX) {
      request.destroy();
    }
    pieces.push(piece);
  });
  request.on("end", () => {
    // The bytes as they came: parsed and written again they would be others.
    const body = Buffer.concat(pieces);
    if (!verified(request.headers, body)) {
      console.log("refused");
      response.writeHead(400).end();
      return;
    }
    const id = request.headers["webhook-id"];
    // The same event may come again: an answer may have been lost on its way.
    if (!seen.has(id)) {
      seen.add(id);
      console.log(`${id} ${JSON.parse(body.toString()).type}`);
    }
    response.writeHead(204).end();
  });
});

server.listen(Number(process.argv[2] ?? 8000), "127.0.0.1", () => {
  console.log(`listening on ${server.address().port}`);
});

// Creates an inbox, sends a message to it from itself, and prints the events until it has
// arrived. MAILBOT_API_KEY and MAILBOT_TARGET name key and server.

import { EventType } from "../../../gen/ts/mailbot/v1/events_pb.js";
import { createMailBot } from "../src/client.js";
import { details } from "../src/errors.js";
import { follow } from "../src/events.js";

const mailbot = createMailBot({
  target: process.env["MAILBOT_TARGET"] ?? "127.0.0.1:50051",
  apiKey: process.env["MAILBOT_API_KEY"] ?? "",
});

async function run(): Promise<void> {
  const { inbox } = await mailbot.inboxes.createInbox({});
  if (inbox === undefined) {
    throw new Error("the server created nothing");
  }
  console.log("inbox", inbox.address);

  let sent = false;
  const started = async () => {
    if (!sent) {
      sent = true;
      await mailbot.messages.sendMessage({
        inboxId: inbox.id,
        to: [{ address: inbox.address }],
        content: { subject: "Hello", textBody: "From TypeScript." },
      });
    }
  };
  const request = { filter: { inboxIds: [inbox.id] } };
  for await (const event of follow(mailbot, { request, started })) {
    console.log(`${event.position} ${EventType[event.type]} ${event.messageId}`);
    if (event.type === EventType.MESSAGE_RECEIVED) {
      return;
    }
  }
}

try {
  await run();
} catch (error) {
  const { reason, message } = details(error);
  console.error(`${reason}: ${message}`);
  process.exitCode = 1;
} finally {
  mailbot.close();
}

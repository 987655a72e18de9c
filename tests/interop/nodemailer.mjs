// Hands one message in with nodemailer: `node nodemailer.mjs '<JSON>'`.
import nodemailer from "nodemailer";

const { port, secure, user, pass, to } = JSON.parse(process.argv[2]);
const transport = nodemailer.createTransport({
  host: "127.0.0.1",
  port,
  secure,
  requireTLS: !secure,
  auth: { user, pass },
  tls: { rejectUnauthorized: false },
});
const sent = await transport.sendMail({
  from: { name: "Jörg", address: user },
  to,
  bcc: "blind@example.com",
  subject: "Grüße ✓",
  text: "Grüße aus Köln.\n.a dot first\n",
  html: "<p>Grüße aus <b>Köln</b>.</p>",
  attachments: [{ filename: "ü.txt", content: "attached" }],
  dsn: { id: "env+1", return: "headers", notify: ["failure", "delay"], recipient: to },
});
console.log(sent.response);

// Letters to a real relay (smtp-server): TLS or nothing.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { relay } from "../../test/relay.ts";
import { openMail, optionsFor } from "./smtp.ts";

const letter = { to: "vastuu@firm.example", subject: "Tietovirta: levy täyttyy", text: "Tilaa on vähän.\n" };
const from = "register@firm.example";

test("TLS is asked for from everybody but this machine", () => {
  const cases: [string, object][] = [
    [
      "smtps://u:p%40ss@mail.example",
      { host: "mail.example", port: 465, secure: true, auth: { user: "u", pass: "p@ss" } },
    ],
    ["smtp://mail.example", { port: 587, secure: false, requireTLS: true, ignoreTLS: false }],
    ["smtp://mail.example:25", { port: 25, requireTLS: true }],
    ["smtp://127.0.0.1.example", { requireTLS: true }],
    ["smtp://localhost:2525", { requireTLS: false, ignoreTLS: true }],
    ["smtp://[::1]:25", { host: "::1", requireTLS: false }],
    ["smtps://localhost", { secure: true, requireTLS: false }],
  ];
  for (const [url, expected] of cases) {
    const options = optionsFor(url);
    assert.deepEqual({ ...options, ...expected }, options, url);
    assert.equal(options.tls?.rejectUnauthorized, true);
  }
});

suite("letters to a relay", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-mail-"));
  after(() => rm(folder, { recursive: true, force: true }));

  const send = async (url: string, ca?: string) => {
    const mail = openMail({ url, from, ...(ca === undefined ? {} : { ca }) });
    try {
      await mail.send(letter);
    } finally {
      mail.close();
    }
  };

  test("on this machine as it is", async () => {
    const { letters, secure, port } = await relay();
    await send(`smtp://127.0.0.1:${port}`);
    const [text = ""] = letters;
    assert.deepEqual(secure, [false]);
    assert.match(text, /^From: register@firm\.example\r?$/m);
    assert.match(text, /^To: vastuu@firm\.example\r?$/m);
    assert.match(text, /^Auto-Submitted: auto-generated\r?$/im);
    assert.doesNotMatch(text, /^(Bcc|X-Mailer):/im);
  });

  const openssl = (() => {
    try {
      return execFileSync("openssl", ["version"], { encoding: "utf8" }) !== "";
    } catch {
      return false;
    }
  })();
  test("with a certificate that is known, and not with another", {
    skip: openssl ? false : "no openssl here to make a certificate: TLS to a relay was not tried",
  }, async () => {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
    const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    execFileSync("openssl", [...made, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
    const pem = { key: await readFile(key), cert: await readFile(cert) };
    const { secure, port } = await relay({ secure: true, ...pem });
    await assert.rejects(send(`smtps://localhost:${port}`), "an unknown certificate");
    assert.deepEqual(secure, []);
    await send(`smtps://localhost:${port}`, String(pem.cert));
    assert.deepEqual(secure, [true]);
    await assert.rejects(send(`smtps://127.0.0.1:${port}`, String(pem.cert)), "a certificate of another name");
    assert.equal(secure.length, 1);
  });

  const elsewhere = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === "IPv4" && !one.internal)?.address;
  const alone =
    elsewhere === undefined
      ? "this machine has no other address than loopback: a stripped STARTTLS was not tried"
      : false;
  test("no letter where somebody on the way strips the offer of TLS", { skip: alone }, async () => {
    const { letters, port } = await relay({ disabledCommands: ["STARTTLS", "AUTH"] }, elsewhere);
    await assert.rejects(send(`smtp://${elsewhere}:${port}`));
    assert.deepEqual(letters, []);
  });
});

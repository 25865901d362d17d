import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createServer } from "node:tls";
import type { Notices } from "../channels/notices/notices.ts";
import { certificateDays } from "../channels/ownCertificate.ts";
import { lookAround } from "./upkeep.ts";

test("each watch is told or mended, and one that cannot look stops no other", async () => {
  const heard: string[] = [];
  const notices: Notices = {
    tell: async (kind, facts) => void heard.push(`${kind} ${JSON.stringify(facts)}`),
    mended: async (kind) => void heard.push(`${kind} mended`),
    list: async () => [],
  };
  await lookAround(notices, [
    { kind: "backupFailed", look: async () => ({ reason: "x" }) },
    { kind: "drillFailed", look: () => Promise.reject(new Error("the database is away")) },
    { kind: "diskNearlyFull", look: async () => null },
  ]);
  assert.deepEqual(heard, ['backupFailed {"reason":"x"}', "diskNearlyFull mended"]);
});

const openssl = spawnSync("openssl", ["version"]).status === 0;
test("the end of the certificate at PUBLIC_URL is read, an unknown authority's too", {
  skip: openssl ? false : "no openssl here to make a certificate: its end was not read",
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "tietovirta-certificate-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "10"];
  execFileSync("openssl", [...made, "-subj", "/CN=localhost", "-keyout", key, "-out", cert], { stdio: "ignore" });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => socket.end());
  server.on("tlsClientError", () => undefined);
  try {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const url = `https://localhost:${typeof address === "object" ? address?.port : 0}`;
    const now = new Date();
    const days = await certificateDays(url, now);
    assert.ok(days === 9 || days === 10, String(days));
    const later = await certificateDays(url, new Date(now.getTime() + 20 * 86_400_000));
    assert.ok(later !== null && later < 0, "an ended one");
  } finally {
    await new Promise((done) => server.close(done));
    rmSync(folder, { recursive: true });
  }
  assert.equal(await certificateDays("https://localhost:1", new Date()), null, "nobody answers");
});

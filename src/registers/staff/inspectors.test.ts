// An inspector with an account of their own, until a day: reads what the description lets them inspect, and changes nothing on any route there is.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Contract } from "../../api/contract.ts";
import type { Keep } from "../../description/terms.ts";
import { systemCaller } from "../../gate/caller.ts";
import { contracts } from "../../server/contracts.ts";
import { testApp } from "../../test/app.ts";
import { browser } from "../../test/browser.ts";
import { rowsOf } from "../../test/database.ts";
import { MAIJA, trade } from "../../test/trade.ts";
import { startUnder } from "../../versions/putInForce.ts";
import { candidateOf } from "../evidence/versions.ts";
import { inviteAccount } from "./accounts.ts";

const LAST_DAY = "2026-12-31";
const PASSWORD = "a quiet harbour at noon";
type Kept = (typeof Keep.options)[number];
const inspected: readonly Kept[] = ["description", "audit", "retention", "proofs"];

const mayRead = ({ act }: Contract) => "keeps" in act && act.verb === "read" && inspected.includes(act.keeps);
const isOpenToAll = ({ act }: Contract) => "none" in act || "public" in act;

suite("an inspector", async () => {
  const made = await testApp({ description: "pyorapaja" });
  const { app, gate, ask, owner, clock } = made;
  const candidate = candidateOf(made.described, "pyorapaja.yaml", clock.now());
  assert.ok(candidate);
  made.takeForce({ ...candidate.force, inForceAt: await startUnder(gate, candidate) });
  const { customer, delivered, invoice } = trade(made);
  const person = await customer();
  const orderId = await delivered(person);
  const { id: invoiceId } = await invoice(orderId);
  const { secret } = await inviteAccount(gate, systemCaller("test"), ["inspector"], LAST_DAY);
  const inspector = browser(app);
  const newcomer = { secret, name: "Tarkastaja", login: "inspector@example.fi", language: "fi", password: PASSWORD };
  assert.equal((await inspector.ask("POST", "/api/invitation", newcomer)).status, 201);

  const idFor = (path: string) =>
    path.startsWith("/invoices") ? invoiceId : path.startsWith("/orders") ? orderId : person;
  const urlOf = ({ path }: Contract) =>
    `/api${path.replace(/:(\w+)/g, (_, name) => (name === "id" ? idFor(path) : "1"))}`;

  test("is invited with a last day within a year, and not without", async () => {
    const invite = (more: object) =>
      ask("responsiblePerson", "POST", "/api/accounts", { roles: ["inspector"], ...more });
    for (const [more, code] of [
      [{}, "endNeeded"],
      [{ endsOn: "2031-01-01" }, "endTooFar"],
    ] as const) {
      const { status, body } = await invite(more);
      assert.deepEqual([status, body.code], [422, code]);
    }
    assert.equal((await invite({ endsOn: LAST_DAY })).status, 201);
    const colleague = await invite({ roles: ["sales", "inspector"] });
    assert.equal(colleague.status, 201, "one of the company's own who also inspects stays");
  });

  test("reads the description, the proofs, the log, what retention would erase and the certificates of what it erased", async () => {
    for (const url of [
      "/api/description",
      "/api/description/text",
      "/api/description/picture?language=fi",
      "/api/documents/dataflow?language=fi",
      "/api/documents/record/print?language=fi",
      "/api/proofs",
      "/api/audit-events",
      "/api/evidence/head",
      "/api/evidence/checkpoints",
      "/api/retention/preview",
      "/api/retention/approvals",
      "/api/erasure-certificates",
    ]) {
      const { status, body } = await inspector.ask("GET", url);
      assert.equal(status, 200, `${url}: ${JSON.stringify(body)}`);
    }
    const verified = await inspector.ask("POST", "/api/evidence/verification", {});
    assert.equal(verified.status, 200, "computes the log anew, which changes nothing");
  });

  test("is told by their session what they may: to read, and nothing to change", async () => {
    const { body } = await inspector.ask("GET", "/api/session");
    assert.deepEqual(
      body.may,
      inspected.map((what) => `keeps ${what} read`),
    );
  });

  test("changes nothing and sees nobody's data on any route", async () => {
    const closed = contracts.filter((one) => !mayRead(one) && !isOpenToAll(one));
    assert.ok(closed.length > 80, `only ${closed.length} routes`);
    const changing = closed.filter(({ act }) => "keeps" in act && act.verb === "change");
    assert.ok(changing.length > 20, `only ${changing.length} routes that change what is kept`);
    const open: string[] = [];
    for (const contract of closed) {
      const answer = await inspector.ask(contract.method, urlOf(contract), contract.body ? {} : undefined);
      // What cannot be read as the route asks is refused before it is decided.
      if (![403, 404, 422].includes(answer.status)) open.push(`${contract.method} ${contract.path}: ${answer.status}`);
    }
    assert.deepEqual(open, []);
  });

  test("is refused, not only turned away by the shape, with the line that lets them inspect", async () => {
    for (const [method, url, place, body] of [
      ["POST", "/api/proofs", "inspects"],
      ["POST", "/api/retention/run", "inspects", {}],
      ["POST", "/api/retention/pause/end", "inspects"],
      ["POST", "/api/evidence/checkpoints", "inspects"],
      ["POST", "/api/description/versions", "inspects", { base: candidate.force.hash, changes: [], language: "fi" }],
      ["GET", "/api/description/start", "inspects"],
      ["GET", "/api/accounts", ""],
      ["GET", `/api/accounts/${person}/data`, ""],
      ["GET", "/api/backups", ""],
      ["GET", "/api/keys", ""],
      ["GET", `/api/customers/${person}`, ""],
      ["GET", `/api/invoices/${invoiceId}`, ""],
      ["POST", "/api/customers", "", MAIJA],
    ] as const) {
      const answer = await inspector.ask(method, url, body);
      assert.equal(answer.status, 403, `${method} ${url}: ${JSON.stringify(answer.body)}`);
      assert.equal(answer.body.place, place === "" ? "roles.inspector" : `roles.inspector.${place}`, url);
    }
  });

  test("who inspects the accounts sees who has one, and does not gather what somebody has done", async () => {
    const all = made.described.replace("inspects: [description,", "inspects: [accounts, backups, keys, description,");
    assert.notEqual(all, made.described);
    made.putInForce(all);
    for (const url of ["/api/accounts", "/api/accounts/invitations", "/api/backups", "/api/keys", "/api/keys/recovery"])
      assert.equal((await inspector.ask("GET", url)).status, 200, url);
    const [account] = await rowsOf(owner, "account");
    assert.ok(account);
    const answer = await inspector.ask("GET", `/api/accounts/${account.subject_id}/data`);
    assert.deepEqual([answer.status, answer.body.place], [403, "roles.inspector.inspects"]);
    made.putInForce(made.described);
  });

  test("is out after the last day", async () => {
    assert.equal((await inspector.ask("GET", "/api/proofs")).status, 200);
    clock.set("2026-12-31T22:00:00Z");
    assert.equal((await inspector.ask("GET", "/api/proofs")).status, 401);
    const again = await inspector.ask("POST", "/api/session", { login: newcomer.login, password: PASSWORD });
    assert.equal(again.status, 401);
  });
});

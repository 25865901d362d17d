// The picture over HTTP on a real log: what is drawn is what is written down, and only for those who may read it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sql } from "kysely";
import type { z } from "zod";
import { proofCommands } from "../../cli/proofCommands.ts";
import { inDatabase } from "../../db/connect.ts";
import { forgetLog } from "../../registers/evidence/log/forget.ts";
import { testApp } from "../../test/app.ts";
import { testServer } from "../../test/database.ts";
import { MAIJA, trade } from "../../test/trade.ts";
import { parseDay } from "../../values/Day.ts";
import type { readFlowPicture } from "./contract.ts";

type Picture = z.output<typeof readFlowPicture.response>;
/** The database has its own present, which is not the test's. */
const EVER = "from=2020-01-01&to=2099-12-31";

async function opened(text?: string) {
  const made = await testApp(text === undefined ? {} : { text });
  const picture = async (query = EVER, role = "responsiblePerson"): Promise<Picture> => {
    const { status, body } = await made.ask(role, "GET", `/api/description/picture?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const seen = ({ parts }: Picture, part: string) => parts.find((each) => each.part === part)?.seen;
  return { ...made, ...trade(made), picture, seen };
}

/** Numbers in the drawing, of one part. */
function numbersOf(drawing: unknown, part: string): string[] {
  const found: string[] = [];
  const visit = (one: unknown, inside: boolean): void => {
    if (typeof one !== "object" || one === null || !("attrs" in one) || !("children" in one)) return;
    const attrs = one.attrs as Record<string, string>;
    const here = inside || attrs["data-part"] === part;
    if (here && "text" in one && "tag" in one && one.tag === "text" && /^\d+$/.test(String(one.text)))
      found.push(String(one.text));
    for (const child of one.children as unknown[]) visit(child, here);
  };
  visit(drawing, false);
  return found;
}

suite("the flow picture", () => {
  test("drawn counts are the log's", async () => {
    const { customer, delivered, invoice, ask, picture, seen, owner } = await opened();
    const people = [await customer(), await customer({ ...MAIJA, source: "email", email: "toinen@example.fi" })];
    for (const person of people) await invoice(await delivered(person));
    const refused = await delivered(people[0] ?? "");
    for (let n = 0; n < 3; n++)
      assert.equal((await ask("sales", "POST", `/api/orders/${refused}/invoice`)).status, 403);
    const code = { personalIdentityCode: "131052-308T", personalIdentityCodeGround: "credit", source: "email" };
    assert.equal((await ask("administration", "PATCH", `/api/customers/${people[0]}`, code)).status, 422);

    const answer = await picture();
    assert.deepEqual(seen(answer, "flows.erpToInvoicing"), { allowed: 2, refused: 3 });
    assert.deepEqual(numbersOf(answer.drawing, "flows.erpToInvoicing"), ["2", "3"]);
    assert.deepEqual(seen(answer, "sources.email"), { allowed: 1, refused: 1 });
    assert.deepEqual(numbersOf(answer.drawing, "sources.email"), ["1", "1"]);
    assert.equal(seen(answer, "flows.toAccountant"), null);

    // All of the log, by itself, against all of the picture: boxes of sources repeat their lines.
    const { rows } = await sql<{ decision: "allowed" | "refused"; count: number }>`
      select decision, count(*)::int as count from audit_event
      where register in ('customers', 'invoices', 'contracts', 'correspondence', 'raffleEntries') group by decision`.execute(
      owner,
    );
    assert.ok(rows.length === 2, "the log must hold both for this test to mean anything");
    for (const { decision, count } of rows) {
      const lines = answer.parts.filter(({ kind }) => kind !== "source");
      assert.equal(
        lines.reduce((sum, part) => sum + (part.seen?.[decision] ?? 0), 0),
        count,
        decision,
      );
    }
  });

  test("each number leads to its events", async () => {
    const { customer, delivered, invoice, ask, picture } = await opened();
    await invoice(await delivered(await customer()));
    const { parts } = await picture();
    const asked = parts.filter(({ kind, seen }) => seen && (kind === "flow" || kind === "source"));
    assert.ok(asked.some(({ seen }) => (seen?.allowed ?? 0) > 0));
    for (const { part, asked: search, seen } of asked) {
      const query = new URLSearchParams({ limit: "200" });
      for (const [name, value] of Object.entries(search ?? {})) if (value) query.set(name, value);
      // Where a flow arrives it is written down again.
      if (part.startsWith("flows.")) query.set("verb", "disclose");
      const { body } = await ask("responsiblePerson", "GET", `/api/audit-events?${query.toString()}`);
      assert.equal(body.items.length, (seen?.allowed ?? 0) + (seen?.refused ?? 0), part);
    }
  });

  test("a period holds its days and no others", async () => {
    const { customer, picture, seen } = await opened();
    await customer();
    assert.deepEqual(seen(await picture(), "sources.phone"), { allowed: 1, refused: 0 });
    assert.deepEqual(seen(await picture("from=2020-01-01&to=2020-12-31"), "sources.phone"), { allowed: 0, refused: 0 });
  });

  test("whoever may not read the log sees the description alone", async () => {
    const { described } = await testApp();
    const text = described.replace(
      "    rights: [information, access, rectification, erasure, restriction, portability, objection, withdrawal]\n  sales:",
      "    rights: [information, access, rectification, erasure, restriction, portability, objection, withdrawal]\n    keeps: [description]\n  sales:",
    );
    assert.notEqual(text, described);
    const { customer, picture, ask } = await opened(text);
    await customer();
    const answer = await picture(EVER, "administration");
    assert.equal(answer.period, null);
    assert.ok(answer.parts.length > 20 && answer.parts.every((part) => part.seen === null));
    assert.deepEqual(numbersOf(answer.drawing, "sources.phone"), []);
    assert.equal((await ask("sales", "GET", "/api/description/picture")).status, 403);
    // Looking at the description is no look into the log.
    const looks = await ask("responsiblePerson", "GET", "/api/audit-events?register=evidence&limit=200");
    assert.ok(looks.body.items.every(({ roles }: { roles: string[] }) => !roles.includes("administration")));
  });

  test("what the log has dropped is said, and the numbers begin after it", async () => {
    const { customer, picture, gate, clock, owner } = await opened();
    await customer();
    assert.equal((await picture()).period?.since, null);
    const [database] = (await sql<{ name: string }>`select current_database() as name`.execute(owner)).rows;
    const asOwner = inDatabase(testServer().owner, database?.name ?? "");
    const gone = await forgetLog(gate, asOwner, parseDay("2099-01-01"));
    assert.ok(gone > 0);
    clock.set(new Date());
    const { period, caption } = await picture();
    assert.match(period?.since ?? "", /^\d{4}-\d\d-\d\d$/);
    assert.match(caption.join(" "), /poistettu/);
  });

  test("every part tells its place in the file, in three languages", async () => {
    const { picture } = await opened();
    for (const language of ["fi", "sv", "en"]) {
      const { parts } = await picture(`${EVER}&language=${language}&orientation=tall`);
      for (const { at, says, kind } of parts) {
        assert.match(at, /^walttia\.yaml:\d+ \w+/);
        assert.ok(says.length > 0, kind);
      }
    }
  });

  test("the printed description shows it, with the numbers of a year to those who may read the log", async () => {
    const { customer, delivered, invoice, ask, gate, clock } = await opened();
    await invoice(await delivered(await customer()));
    // The year up to today: the database's own.
    clock.set(new Date());
    const { status, body, headers } = await ask(
      "responsiblePerson",
      "GET",
      "/api/documents/dataflow/print?language=sv",
    );
    assert.equal(status, 200);
    const flow = /<g data-part="flows\.erpToInvoicing">.*?<\/g>/.exec(body)?.[0] ?? "";
    assert.match(flow, />1<\/text>/);
    assert.match(body, /<section class="picture"[^>]*>\s*<h2[^>]*>Dataflödena i bild<\/h2>/);
    // Its policy allows the page's own style and nothing else: the drawing brings none.
    assert.doesNotMatch(String(headers["content-security-policy"]), /unsafe-inline/);
    assert.doesNotMatch(flow, /style=/);
    assert.doesNotMatch((await ask("responsiblePerson", "GET", "/api/documents/notice/print")).body, /<svg/);

    const printed = (format: "html" | "md" | "json") =>
      proofCommands.print({ gate }, { kind: "dataflow", language: "fi", format });
    assert.match(await printed("html"), /data-part="flows\.erpToInvoicing"/);
    assert.doesNotMatch(await printed("md"), /<svg/);
    assert.equal(JSON.parse(await printed("json")).picture.drawing.tag, "svg");
  });
});

// The description changed over HTTP, as the screen does it.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { candidateOf } from "../registers/evidence/versions.ts";
import { testApp } from "../test/app.ts";
import { rowsOf } from "../test/database.ts";
import { MAIJA, trade } from "../test/trade.ts";
import { startUnder, staysBehind } from "./putInForce.ts";

const KEEPER = "responsiblePerson";

async function onScreen(description = "walttia") {
  const app = await testApp({ description });
  const { described, gate, clock, ask } = app;
  const candidate = candidateOf(described, `${description}.yaml`, clock.now());
  assert.ok(candidate);
  app.takeForce({ ...candidate.force, inForceAt: await startUnder(gate, candidate) });
  const base = () => gate.inForce().hash;
  const post = (what: string, body: object, role = KEEPER) =>
    ask(role, "POST", `/api/description/${what}`, { base: base(), language: "fi", ...body });
  return { ...app, base, post, versions: () => rowsOf(app.owner, "description_version") };
}

suite("a retention period shortened at the screen", async () => {
  const app = await onScreen();
  const { post, versions, clock, gate, described, ask } = app;
  const { customer } = trade(app);
  await customer(MAIJA);
  await customer({ ...MAIJA, email: "toinen@example.fi", name: "Toinen Keksitty" });
  clock.forward(40 * 24 * 3600_000);
  const changes = [{ path: ["retention", "customerCore", "otherwise", "period"], value: "P1M" }];

  test("the trial says who becomes due, in words, and what the documents would say; nothing is changed", async () => {
    const { status, body } = await post("trial", { changes });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.version, body.isPossible, body.asksVersion], ["2", true, false]);
    assert.equal(
      body.text,
      described
        .replace('version: "1"', 'version: "2"')
        .replace("lastContact, period: P12M", "lastContact, period: P1M"),
    );
    const due = body.dangers.find(({ what }: { what: string }) => what === "due");
    assert.deepEqual([due.register, due.people], ["customers", 2]);
    assert.match(due.sentence, /Asiakasrekisteri.*2 henkilön tiedot tulisivat heti poistettaviksi/);
    const named = body.changes.find(({ sentence }: { sentence: string }) => /Nimi/.test(sentence));
    assert.match(named.sentence, /12 kuukautta.*→.*1 kuukausi/);
    assert.equal(named.mark, "asks");
    const kinds = body.documents.map(({ kind }: { kind: string }) => kind);
    assert.ok(kinds.includes("notice") && kinds.includes("dataflow"));
    assert.equal((await versions()).length, 1);
  });

  test("it asks for each number back, and then takes effect at once, under the name of who did it", async () => {
    const refused = await post("versions", { changes });
    assert.deepEqual([refused.status, refused.body.code], [409, "descriptionAgree"]);
    assert.equal((await versions()).length, 1);
    const { dangers } = (await post("trial", { changes })).body;
    const agreed = dangers.map(({ sentence: _, ...danger }: { sentence: string }) => danger);
    const wrong = agreed.map((danger: { people: number }) => ({ ...danger, people: danger.people + 1 }));
    assert.equal((await post("versions", { changes, agreed: wrong })).body.code, "descriptionAgree");
    const done = await post("versions", { changes, agreed });
    assert.equal(done.status, 200, JSON.stringify(done.body));
    assert.equal(done.body.version, "2");
    assert.equal(gate.inForce().description.retention.customerCore?.otherwise?.period, "P1M");
    const rows = await versions();
    assert.ok(!String(rows.find(({ version }) => version === "2")?.by).startsWith("system:"));
    const { body } = await ask(KEEPER, "GET", "/api/audit-events?limit=20");
    const event = body.items.find(({ place }: { place: string }) => place === "description.version");
    assert.deepEqual([event?.verb, event?.decision], ["change", "allowed"]);
  });

  test("a start with the file as it was leaves in force what was changed at the screen", async () => {
    const file = candidateOf(described, "walttia.yaml", clock.now());
    assert.ok(file);
    assert.equal(await staysBehind(gate, file), true);
    const edited = candidateOf(
      described.replace("paymentTermDays: 14", "paymentTermDays: 7"),
      "walttia.yaml",
      clock.now(),
    );
    assert.ok(edited);
    assert.equal(await staysBehind(gate, edited), false);
  });
});

suite("what is refused", async () => {
  const { post, versions, base, described, ask, gate } = await onScreen();
  const changes = [{ path: ["controller", "paymentTermDays"], value: 21 }];

  test("a role that does not keep the description may neither read nor change it", async () => {
    for (const what of ["trial", "versions", "form"])
      assert.equal((await post(what, { changes, path: ["controller"] }, "sales")).status, 403, what);
    assert.equal((await ask("sales", "GET", "/api/description/text")).status, 403);
  });

  test("a second editor who did not see the first one's version is told so", async () => {
    const old = base();
    assert.equal((await post("versions", { changes })).status, 200);
    for (const what of ["trial", "versions", "form"]) {
      const { status, body } = await post(what, { base: old, changes: [], path: ["controller"] });
      assert.deepEqual([status, body.code, body.version], [409, "descriptionMoved", "2"], what);
    }
    const { body } = await ask(KEEPER, "GET", "/api/description");
    assert.equal(body.version, "2");
  });

  test("broken YAML is told by line, column and way out, and changes nothing", async () => {
    const before = (await versions()).length;
    const text = described.replace("controller:\n  name: Walttia Oy", "controller:\n  name: [Walttia Oy");
    const { status, body } = await post("trial", { text });
    assert.equal(status, 200);
    const [first] = body.findings;
    assert.ok(first.line >= 9 && first.col >= 1 && first.wayOut.length > 5, JSON.stringify(first));
    assert.equal(body.isPossible, false);
    assert.deepEqual([(await post("versions", { text })).status, (await versions()).length], [422, before]);
  });

  test("a lint's error stands at its field with its article", async () => {
    const { body } = await post("trial", {
      changes: [{ path: ["retention", "invoicingMaterial", "period"], value: "P2Y" }],
    });
    const [found] = body.findings.filter(({ severity }: { severity: string }) => severity === "error");
    assert.match(found.path, /^retention\.invoicingMaterial/);
    assert.match(found.message, /kirjanpitolaki/);
    assert.deepEqual([body.isPossible, found.isNew], [false, true]);
    assert.equal(gate.inForce().description.retention.invoicingMaterial?.period, "P6Y");
  });
});

for (const name of ["walttia", "pyorapaja", "valokuvaamo"])
  suite(`${name} as a file`, async () => {
    const { post, described, ask, gate } = await onScreen(name);
    const keeper = Object.entries(gate.inForce().description.roles).find(([, { keeps }]) =>
      keeps.includes("description"),
    )?.[0];
    assert.ok(keeper);

    test("the export is the stored text byte for byte; the same text again changes nothing", async () => {
      const { status, body } = await ask(keeper, "GET", "/api/description/text");
      assert.equal(status, 200);
      assert.equal(body, described);
      const tried = await post("trial", { text: described }, keeper);
      assert.deepEqual([tried.body.isSame, tried.body.isPossible], [true, false]);
    });

    test("every element opens as a form, and its own value put back changes nothing", async () => {
      const { description } = gate.inForce();
      let opened = 0;
      const changes = [];
      for (const [heading, ids] of Object.entries({
        sources: description.sources,
        flows: description.flows,
        retention: description.retention,
        roles: description.roles,
      }))
        for (const id of Object.keys(ids)) {
          const { status, body } = await post("form", { path: [heading, id] }, keeper);
          assert.equal(status, 200, `${heading}.${id}`);
          assert.ok(body.nodes.length > 3 && body.title !== "");
          changes.push({ path: body.path, value: body.value });
          opened++;
        }
      assert.ok(opened > 10, "opened too few forms for this test to mean anything");
      const { body } = await post("trial", { changes }, keeper);
      assert.equal(body.isSame, true);
    });
  });

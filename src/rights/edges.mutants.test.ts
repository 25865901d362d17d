// Access, erasure, certificates and approvals at their edges, over HTTP: what is told of permissions, who may allow, what a description that has changed leaves.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sql } from "kysely";
import type { Description } from "../description/schema.ts";
import { kinds } from "../registers/all.ts";
import { pauseRetention } from "../registers/evidence/pauses.ts";
import { eraseClosedAccounts } from "../retention/accounts.ts";
import { testApp } from "../test/app.ts";
import { person } from "../test/person.ts";
import { IDENTITY_CODE, MAIJA, trade } from "../test/trade.ts";
import { newId } from "../values/Uuid.ts";

const KEEPER = "responsiblePerson";
type Told = { kind: string; what: string; ended: string | null };
type Purpose = { purpose: string; basis: string };

suite("one register", async () => {
  const t = await testApp();
  const { ask, gate, owner, clock, takeForce } = t;
  const walttia = gate.inForce();
  const under = async <T>(change: Partial<Description>, work: () => Promise<T>): Promise<T> => {
    takeForce({ ...walttia, description: { ...walttia.description, ...change } });
    try {
      return await work();
    } finally {
      takeForce(walttia);
    }
  };
  const access = async (id: string) => {
    const { status, body } = await ask("administration", "GET", `/api/customers/${id}/access?language=en`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const erase = async (id: string, ground = "noLongerNeeded", more = "") => {
    const { status, body } = await ask("administration", "POST", `/api/customers/${id}/erasure${more}`, { ground });
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  };
  const consented = async (id: string) => {
    await sql`insert into consent values (${newId()}, ${id}, 'newsletter', 'directMarketing', '{email}', 1, '\\x00', 'fi', 'webForm', ${clock.now()}, 'x', null, null)`.execute(
      owner,
    );
  };

  test("the access package tells what was permitted, forbidden and locked, in words and with its days", async () => {
    const { customer, delivered } = trade(t);
    const id = await customer(MAIJA);
    await delivered(id);
    const basisOf = async (purpose: string) =>
      (await access(id)).purposes.find((one: Purpose) => one.purpose === purpose)?.basis;
    assert.equal(await basisOf("directMarketing"), undefined, "nobody is marketed to without a consent");
    await consented(id);
    assert.match(String(await basisOf("directMarketing")), /: Newsletter by e-mail$/);
    assert.match(String(await basisOf("offers")), /: A customer can expect contact/);
    const { offers } = walttia.description.purposes;
    assert.ok(offers);
    const unbalanced = { ...offers, ground: { balancingTest: "unknown" as const } };
    const { purposes } = walttia.description;
    const basis = await under({ purposes: { ...purposes, offers: unbalanced } }, () => basisOf("offers"));
    assert.ok(basis && !basis.includes(":"), "a ground that is not known yet is not made up");

    await erase(id, "directMarketing");
    await erase(id);
    const { permissions, lookedAt } = await access(id);
    const said = (permissions as Told[]).map(({ kind, what, ended }) => [kind, what, ended !== null]);
    assert.deepEqual(
      said.filter(([kind]) => kind === "consent"),
      [["consent", "Newsletter by e-mail, wording 1", true]],
    );
    assert.deepEqual(
      said
        .filter(([kind]) => kind === "objection")
        .map(([, what]) => what)
        .sort(),
      ["Electronic direct marketing", "Offers and advice to existing customers"],
    );
    const [lock] = said.filter(([kind]) => kind === "restriction");
    assert.match(String(lock?.[1]), /\(Warranty and liability for defects\).*2031/);
    assert.equal(await basisOf("directMarketing"), undefined, "a consent that has ended is no basis");

    const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
    assert.ok(!lookedAt.some(({ role }: { role: string }) => role === "system"));
    await gate.right(caller, { right: "retention", verb: "read", subject: id, kinds }, async () => undefined);
    assert.ok((await access(id)).lookedAt.some(({ role }: { role: string }) => role === "system"));
    const page = await ask(KEEPER, "GET", `/api/customers/${id}/access/print?language=en`);
    assert.ok(page.body.includes("<td>Watching over keeping times</td>"), "the program's own purposes have words too");
  });

  test("somebody of whom only a consent is left is found, and its proof is all that stays", async () => {
    const id = await trade(t).customer({ ...MAIJA, email: "vain@example.fi" });
    await consented(id);
    const preview = await erase(id, "noLongerNeeded", "/preview");
    assert.equal(preview.keysDestroyedOn, "2026-11-22");
    await erase(id);
    const left = await erase(id, "noLongerNeeded", "/preview");
    assert.deepEqual(
      left.decisions.map(({ outcome, reason }: { outcome: string; reason: string }) => `${outcome} ${reason}`),
      ["kept consentProof"],
    );
    assert.equal(left.keysDestroyedOn, null, "no key has to go");
  });

  test("certificates come page by page, and one that is not there is not found", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 2; n++) {
      const id = await trade(t).customer({
        ...MAIJA,
        email: `sivu${n}@example.fi`,
        personalIdentityCode: IDENTITY_CODE,
        personalIdentityCodeGround: "credit",
      });
      ids.push(id);
      await erase(id);
    }
    const list = async (query: string) => {
      const { status, body } = await ask(KEEPER, "GET", `/api/erasure-certificates${query}`);
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    };
    const all = (await list("")).items.map(({ id }: { id: string }) => id);
    assert.ok(all.length >= 2);
    const seen: string[] = [];
    for (
      let next = "", page = await list("?limit=1");
      seen.length < all.length;
      page = await list(`?limit=1&before=${next}`)
    ) {
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      assert.equal(page.items.length, 1);
      if (page.next === undefined) break;
      next = page.next;
    }
    assert.deepEqual(seen, all);
    for (const path of ["", "/print?language=fi"])
      assert.equal((await ask(KEEPER, "GET", `/api/erasure-certificates/${newId()}${path}`)).status, 404);
  });

  test("a register that the description has left is neither searched for ends nor counted", async () => {
    const { invoices: _, ...registers } = walttia.description.registers;
    const preview = async () => (await ask(KEEPER, "GET", "/api/retention/preview")).body;
    const { customer, delivered, invoice } = trade(t);
    await invoice(await delivered(await customer({ ...MAIJA, email: "lasku@example.fi" })));
    const counted = ({ limits }: { limits: { register: string }[] }) => limits.map(({ register }) => register);
    assert.ok(counted(await preview()).includes("invoices"));
    const without = await under({ registers }, preview);
    assert.ok(!counted(without).includes("invoices"));
    assert.ok(counted(without).includes("customers"));
  });

  test("an approval that nobody asked for, or for no register, is not found", async () => {
    const keeper = await person(t, [KEEPER]);
    const asking = await keeper.ask("POST", "/api/retention/approvals", { register: "nowhere" });
    assert.equal(asking.status, 404);
    assert.equal((await keeper.ask("POST", `/api/retention/approvals/${newId()}/approve`)).status, 404);
  });

  test("a colleague's package names a role that is gone by its id, and no purpose where the description has none", async () => {
    const { id } = await person(t, ["sales"]);
    const data = async () => (await ask(KEEPER, "GET", `/api/accounts/${id}/data?language=en`)).body;
    const before = await data();
    assert.deepEqual(
      before.account.roles.map(({ label }: { label: string }) => label),
      ["Sales"],
    );
    assert.ok(before.purpose.why.length > 10 && before.purpose.basis.length > 5);
    const { sales: _, ...roles } = walttia.description.roles;
    const after = await under({ roles, staff: undefined }, data);
    assert.deepEqual(
      after.account.roles.map(({ label }: { label: string }) => label),
      ["sales"],
    );
    assert.equal(after.purpose, null);
  });

  test("closed accounts wait while retention only shows what it would do", async () => {
    const { id } = await person(t, ["sales"]);
    await ask(KEEPER, "PATCH", `/api/accounts/${id}`, { disabled: true });
    clock.set("2029-11-23T10:00:00Z");
    await pauseRetention(gate, "import");
    assert.equal(await eraseClosedAccounts(gate), 0);
    clock.set("2029-12-31T10:00:00Z");
    assert.equal(await under({ staff: undefined }, () => eraseClosedAccounts(gate)), 0, "without a period none ends");
    assert.equal(await eraseClosedAccounts(gate), 1);
  });
});

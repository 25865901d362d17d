// The book of people's requests over HTTP: the clock, identity, paper, the answer, and what is left of it all.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import { openProver } from "../../proofs/prove.ts";
import { eraseOldRequests } from "../../retention/requests.ts";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";

const { ask, owner, gate, clock, keys } = await testApp();
const KEEPER = "responsiblePerson";

const keeper = (method: "GET" | "POST", url: string, body?: object, headers = {}) =>
  ask(KEEPER, method, `/api${url}`, body, headers);
async function customer(name: string): Promise<string> {
  const body = { kind: "person", name, email: `${name.split(" ")[0]?.toLowerCase()}@example.org`, source: "phone" };
  const answer = await ask("sales", "POST", "/api/customers", body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}
async function opened(more: object = {}): Promise<string> {
  const body = { right: "access", channel: "letter", receivedOn: "2026-11-20", name: "Kysyjä Kuutamo", ...more };
  const answer = await keeper("POST", "/requests", body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.id;
}
async function read(id: string) {
  const answer = await keeper("GET", `/requests/${id}?language=fi`);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return answer.body;
}
async function did(id: string, what: string, body?: object) {
  const answer = await keeper("POST", `/requests/${id}/${what}`, body);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}
async function refusedCode(id: string, what: string, body?: object): Promise<string> {
  const answer = await keeper("POST", `/requests/${id}/${what}`, body);
  assert.ok(answer.status >= 400, JSON.stringify(answer.body));
  return answer.body.code;
}
async function lookEverywhere(id: string, note = "") {
  for (const task of (await read(id)).tasks)
    await did(id, `tasks/${task.id}`, { found: note === "" ? "nothing" : "found", note });
}

test("a letter becomes a request with its last day, the soonest first", async () => {
  const later = await opened({ receivedOn: "2026-11-22", replyTo: "Kuutamokuja 1, Lahti", asks: "Mitä minusta on?" });
  const sooner = await opened({ receivedOn: "2026-10-26", right: "rectification" });
  const { body } = await keeper("GET", "/requests");
  assert.deepEqual(
    body.items.map(({ id, dueOn, daysLeft, state }: Record<string, unknown>) => [id, dueOn, daysLeft, state]),
    [
      [sooner, "2026-11-26", 4, "received"],
      [later, "2026-12-22", 30, "received"],
    ],
  );
  const one = await read(later);
  assert.deepEqual([one.name, one.replyTo, one.asks], ["Kysyjä Kuutamo", "Kuutamokuja 1, Lahti", "Mitä minusta on?"]);
  assert.equal(one.couldExtendTo, "2027-02-22");
  assert.equal(one.history[0].step, "opened");
  const raw = JSON.stringify([await rowsOf(owner, "person_request"), await rowsOf(owner, "audit_event")]);
  assert.ok(!raw.includes("Kuutamo"), "what the person wrote is sealed");
});

test("what cannot be written down is refused with a sentence", async () => {
  const code = async (more: object) =>
    (
      await keeper("POST", "/requests", {
        right: "access",
        channel: "letter",
        receivedOn: "2026-11-20",
        name: "N",
        ...more,
      })
    ).body.code;
  assert.equal(await code({ receivedOn: "2026-11-23" }), "requestNotYet");
  assert.equal(await code({ receivedOn: "2018-05-24" }), "requestBeforeLaw");
  assert.equal(await code({ customerId: "0190a0b0-0000-7000-8000-000000000000" }), "notFound");
});

test("only who carries out the right sees and keeps the book", async () => {
  const id = await opened();
  assert.equal((await ask("sales", "GET", "/api/requests")).status, 403);
  assert.equal((await ask("sales", "GET", `/api/requests/${id}`)).status, 403);
  assert.equal((await ask(null, "GET", "/api/requests")).status, 401);
  assert.equal(
    (
      await ask("marketing", "POST", "/api/requests", {
        right: "access",
        channel: "letter",
        receivedOn: "2026-11-20",
        name: "N",
      })
    ).status,
    403,
  );
  assert.equal((await ask("administration", "GET", `/api/requests/${id}`)).status, 200);
  assert.equal((await keeper("GET", "/requests/0190a0b0-0000-7000-8000-000000000000")).status, 404);
});

test("nobody of the staff writes a request down as one that a person made on their own card", async () => {
  const body = { right: "access", channel: "ownCard", receivedOn: "2026-11-20", name: "Kysyjä Kuutamo" };
  const { status } = await keeper("POST", "/requests", body);
  assert.equal(status, 422);
});

test("an access request goes from the letter to its proof", async () => {
  const person = await customer("Paula Pyytävä");
  const id = await opened({ name: "Paula Pyytävä" });
  assert.equal(
    await refusedCode(id, "answer", { outcome: "answered", answeredOn: "2026-11-22" }),
    "requestIdentityMissing",
  );
  await did(id, "identity-question");
  assert.equal(await refusedCode(id, "identity-question"), "requestNotNow");
  await did(id, "identity", { method: "calledBack", customerId: person });
  const known = await read(id);
  assert.deepEqual([known.state, known.customerId, known.name], ["identified", person, "Paula Pyytävä"]);
  const places = known.tasks.map(({ kind, label }: { kind: string; label: string }) => `${kind} ${label}`);
  assert.ok(places.length >= 3 && places.some((one: string) => one.startsWith("processor ")), JSON.stringify(places));
  assert.ok(known.tasks.every(({ kind }: { kind: string }) => kind !== "recipient"));

  const answered = { outcome: "answered", answeredOn: "2026-11-22" };
  assert.equal(await refusedCode(id, "answer", answered), "requestPackageMissing");
  assert.equal((await ask(KEEPER, "GET", `/api/customers/${person}/access`)).status, 200);
  assert.ok((await read(id)).packageAt !== null, "the package was written onto the request by itself");
  assert.equal(await refusedCode(id, "answer", answered), "requestTasksOpen");
  await lookEverywhere(id, "Seinäkalenterissa 3.11. käynti");
  const held = (await ask(KEEPER, "GET", `/api/customers/${person}/access?language=fi`)).body;
  const told = JSON.stringify(held.registers.find(({ register }: { register: string }) => register === "requests"));
  assert.ok(told.includes("Seinäkalenterissa") && told.includes("Paula Pyytävä"), "the request is in the package too");
  await did(id, "answer", answered);
  await did(id, "closing");
  assert.equal(await refusedCode(id, "closing"), "requestNotNow");
  const closed = await read(id);
  assert.deepEqual([closed.state, closed.keptUntil, closed.tasksOpen], ["closed", "2029-11-22", 0]);
  const steps = closed.history.map(({ step }: { step: string }) => step).sort();
  assert.deepEqual(steps, ["answered", "closed", "identified", "identityAsked", "opened", "packaged"]);
  assert.ok(!(await keeper("GET", "/requests")).body.items.some((one: { id: string }) => one.id === id));
  assert.ok((await keeper("GET", "/requests?view=closed")).body.items.some((one: { id: string }) => one.id === id));
  for (const language of ["fi", "sv", "en"]) {
    const page = await keeper("GET", `/requests/${id}/print?language=${language}`);
    assert.equal(page.status, 200);
    assert.ok(String(page.body).includes("Paula Pyytävä") && String(page.body).includes("1182/71"));
  }
  const events = (await rowsOf(owner, "audit_event")).filter(({ register }) => register === "requests");
  assert.ok(
    events.some(
      ({ verb, right_kind, subjects }) =>
        verb === "change" && right_kind === "access" && (subjects as string[]).includes(person),
    ),
  );
});

test("the time is extended once, in time, with one of the law's reasons", async () => {
  const id = await opened({ receivedOn: "2026-11-02" });
  await did(id, "extension", { reason: "complexity", told: true });
  const longer = await read(id);
  assert.deepEqual([longer.dueOn, longer.extended, longer.couldExtendTo], ["2027-02-02", true, null]);
  assert.equal(await refusedCode(id, "extension", { reason: "number", told: true }), "requestExtended");
  const late = await opened({ receivedOn: "2026-10-05" });
  assert.ok((await read(late)).daysLeft < 0);
  assert.equal(await refusedCode(late, "extension", { reason: "number", told: true }), "requestExtensionLate");
  const consent = await opened({ right: "withdrawal", receivedOn: "2026-11-22" });
  assert.equal(await refusedCode(consent, "extension", { reason: "number", told: true }), "requestNoExtension");
  await did(late, "answer", {
    outcome: "refused",
    ground: "notIdentified",
    complaintTold: true,
    answeredOn: "2026-11-22",
  });
  await did(late, "closing");
});

test("a request written down for one person is not turned into another's", async () => {
  const [one, other] = [await customer("Yksi Ensin"), await customer("Toinen Sitten")];
  const id = await opened({ customerId: one, name: "Yksi Ensin" });
  assert.equal(
    await refusedCode(id, "identity", { method: "knownPerson", customerId: other }),
    "requestOfSomebodyElse",
  );
  assert.equal(await refusedCode(id, "identity", { method: "knownPerson", customerId: null }), "requestOfSomebodyElse");
  await did(id, "identity", { method: "knownPerson", customerId: one });
});

test("an erasure is written onto its request; the words stay until it is closed and go the night after", async () => {
  const person = await customer("Poistu Kokonaan");
  const id = await opened({ right: "erasure", customerId: person, name: "Poistu Kokonaan", replyTo: "Poistukatu 5" });
  await did(id, "identity", { method: "documentSeen", customerId: person });
  assert.ok((await read(id)).tasks.length > 0);
  assert.equal(
    (await ask(KEEPER, "POST", `/api/customers/${person}/erasure`, { ground: "noLongerNeeded" })).status,
    200,
  );
  const open = await read(id);
  assert.ok(open.erasedAt !== null);
  assert.equal(open.customerId, null, "nobody of the register any more");
  assert.equal(open.replyTo, "Poistukatu 5", "the answer still has to reach somebody");
  await eraseOldRequests(gate);
  assert.equal((await read(id)).name, "Poistu Kokonaan");
  await lookEverywhere(id, "Mapista poistettu Poistun sopimus");
  await did(id, "answer", { outcome: "answered", answeredOn: "2026-11-22" });
  await did(id, "closing");
  const [row] = (await rowsOf(owner, "person_request")).filter((one) => one.id === id);
  assert.ok(row);
  const before = [...keys.list()].length;
  await sql`delete from retention_pause`.execute(owner);
  await eraseOldRequests(gate);
  const gone = await read(id);
  assert.deepEqual([gone.name, gone.replyTo, gone.asks, gone.state], [null, null, null, "closed"]);
  assert.ok(
    gone.tasks.every(({ note, found }: { note: string | null; found: string }) => note === null && found === "found"),
  );
  assert.ok([...keys.list()].length < before, "the key is destroyed, so that older copies are dead too");
});

test("an erasure takes the words of requests closed before it at once", async () => {
  const person = await customer("Jo Suljettu");
  const id = await opened({ customerId: person, name: "Jo Suljettu", right: "objection" });
  await did(id, "identity", { method: "knownPerson", customerId: person });
  await lookEverywhere(id);
  await did(id, "answer", { outcome: "answered", answeredOn: "2026-11-22" });
  await did(id, "closing");
  assert.equal(
    (await ask(KEEPER, "POST", `/api/customers/${person}/erasure`, { ground: "noLongerNeeded" })).status,
    200,
  );
  assert.equal((await read(id)).name, null);
  const lines = (await rowsOf(owner, "erasure_ledger")).filter(({ register }) => register === "requests");
  assert.ok(lines.length > 0 && lines.every(({ keys_destroyed_at }) => keys_destroyed_at !== null));
});

test("a repeated key answers an id and keeps no word of the person", async () => {
  const body = { right: "access", channel: "email", receivedOn: "2026-11-20", name: "Toistuva Tähtitarha" };
  const first = await keeper("POST", "/requests", body, { "idempotency-key": "once" });
  const again = await keeper("POST", "/requests", body, { "idempotency-key": "once" });
  assert.equal(first.body.id, again.body.id);
  assert.ok(!JSON.stringify(await rowsOf(owner, "idempotency")).includes("Tähtitarha"));
});

test("the promise of an answer in time turns red when one is late, and requests end by their own period", async () => {
  const prover = openProver(gate);
  const inTime = async () => (await prover.prove()).find(({ control }) => control === "requestsInTime");
  assert.equal((await inTime())?.state, "proven", (await inTime())?.detail);
  clock.set("2027-03-02T10:00:00Z");
  const red = await inTime();
  assert.equal(red?.state, "failed");
  assert.match(red?.detail ?? "", /late/);

  const closed = (await keeper("GET", "/requests?view=closed")).body.items.length;
  assert.ok(closed >= 3);
  clock.set("2029-11-22T10:00:00Z");
  assert.equal(await eraseOldRequests(gate), 0, "kept to the last day of the period");
  clock.set("2029-11-23T10:00:00Z");
  assert.equal(await eraseOldRequests(gate), closed);
  assert.equal((await keeper("GET", "/requests?view=closed")).body.items.length, 0);
  assert.ok((await keeper("GET", "/requests")).body.items.length > 0, "open ones stay");
});

test("one press writes down of every open place that nothing was found, and leaves what was found", async () => {
  const person = await customer("Lauha Loppu");
  const id = await opened({ name: "Lauha Loppu", right: "erasure" });
  assert.equal(await refusedCode(id, "tasks", { found: "nothing" }), "requestNotNow");
  await did(id, "identity", { method: "calledBack", customerId: person });
  const [first] = (await read(id)).tasks;
  await did(id, `tasks/${first.id}`, { found: "found", note: "Kalenterista pyyhitty" });
  clock.forward(60_000);
  await did(id, "tasks", { found: "nothing" });
  const { tasks, tasksOpen } = await read(id);
  assert.equal(tasksOpen, 0);
  const [kept, ...rest] = tasks;
  assert.deepEqual([kept.found, kept.note], ["found", "Kalenterista pyyhitty"]);
  assert.ok(rest.length >= 2);
  const moments = new Set(rest.map(({ found, doneAt }: { found: string; doneAt: string }) => `${found} ${doneAt}`));
  assert.deepEqual([...moments], [`nothing ${clock.now().toISOString()}`]);
  assert.equal(await refusedCode(id, "tasks", { found: "found" }), "invalid");
  const partly = { outcome: "partly", answeredOn: "2026-11-22", complaintTold: true };
  await did(`../customers/${person}`, "erasure", { ground: "noLongerNeeded" });
  assert.equal(await refusedCode(id, "answer", { ...partly, ground: "rightsOfOthers" }), "requestGroundUnfit");
  await did(id, "answer", { ...partly, ground: "legalObligation" });
});

test("a request by mail leaves the mailbox out of the one press", async () => {
  const id = await opened({ channel: "email" });
  await did(id, "identity", { method: "calledBack", customerId: null });
  await did(id, "tasks", { found: "nothing" });
  const { tasks, tasksOpen } = await read(id);
  const left = tasks.filter(({ found }: { found: string | null }) => found === null);
  assert.deepEqual([tasksOpen, left.length, left[0].place, left[0].cameThrough], [1, 1, "mailbox", true]);
  assert.ok(
    tasks.length >= 3 && tasks.every((task: { found: string; cameThrough: boolean }) => task.found || task.cameThrough),
  );
  await did(id, `tasks/${left[0].id}`, { found: "found", note: "Pyyntö itse" });
  assert.equal((await read(id)).tasksOpen, 0);
});

test("the page to print tells of the right to complain only where something was refused", async () => {
  const printed = async (id: string) => String((await keeper("GET", `/requests/${id}/print?language=fi`)).body);
  const complaint = "Valitusoikeudesta kerrottu";
  const met = await opened({ right: "rectification" });
  await did(met, "identity", { method: "knownPerson", customerId: null });
  await did(met, "tasks", { found: "nothing" });
  await did(met, "answer", { outcome: "answered", answeredOn: "2026-11-22" });
  const page = await printed(met);
  assert.ok(!page.includes(complaint));
  const [task] = (await read(met)).tasks;
  assert.ok(page.includes(`<td>${task.label}</td><td>Ei mitään</td>`), "the place is said once");
  const refused = await opened();
  const answer = { outcome: "refused", ground: "excessive", complaintTold: true, answeredOn: "2026-11-22" };
  await did(refused, "answer", answer);
  assert.match(await printed(refused), new RegExp(`${complaint}</dt><dd>Kyllä`));
});

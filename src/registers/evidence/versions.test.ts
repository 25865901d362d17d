import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { testApp } from "../../test/app.ts";
import { rowsOf } from "../../test/database.ts";
import { newId } from "../../values/Uuid.ts";
import { candidateOf, putInForce } from "./versions.ts";

suite("descriptions put in force", async () => {
  const { ask, gate, owner, clock, described } = await testApp();
  const put = (text: string) => {
    clock.forward(1000);
    const candidate = candidateOf(text, "walttia.yaml", clock.now());
    assert.ok(candidate, "the changed text is still a description");
    const caller = { actor: { kind: "system", id: "system:test" } as const, requestId: newId() };
    return gate.serving(caller, { register: "evidence", verb: "change", place: "version" }, (grant) =>
      putInForce(grant, candidate, "system:test"),
    );
  };
  const version = (text: string, next: string) => text.replace('version: "1"', `version: "${next}"`);
  const versions = async () => (await rowsOf(owner, "description_version")).map((row) => row.version);

  test("the same text again is the same version, since when it was", async () => {
    const since = await put(described);
    assert.deepEqual(await put(described), since);
    assert.deepEqual(await versions(), ["1"]);
  });

  test("the same version with another text is refused", async () => {
    const changed = described.replace("paymentTermDays: 14", "paymentTermDays: 21");
    assert.notEqual(changed, described);
    await assert.rejects(put(changed), { code: "descriptionSameVersion" });
  });

  test("what holds nothing may go; what holds somebody may not", async () => {
    const shorter = version(described.replace("lastContact, period: P12M", "lastContact, period: P11M"), "2");
    assert.ok(shorter.includes("P11M"));
    assert.deepEqual(await put(shorter), clock.now());
    const made = await ask("sales", "POST", "/api/customers", { kind: "person", name: "Testi", source: "phone" });
    assert.equal(made.status, 201);
    const evenShorter = version(described.replace("lastContact, period: P12M", "lastContact, period: P9M"), "3");
    await assert.rejects(put(evenShorter), { code: "descriptionEndangers" });
    assert.deepEqual(await versions(), ["1", "2"]);
    await assert.rejects(put(described), { code: "descriptionSameVersion" });
  });
});

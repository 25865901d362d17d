// How PostgreSQL finds events in a full log: by plan, because a slow walk and a quick find answer the same.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { sql } from "kysely";
import { testApp } from "../../test/app.ts";

suite("reading a full log", async () => {
  const statements: string[] = [];
  const { ask, owner } = await testApp({ statements: (text) => void statements.push(text) });
  const { body } = await ask("administration", "POST", "/api/customers", {
    kind: "person",
    name: "Testi",
    source: "phone",
  });
  await sql`insert into audit_event (actor, actor_kind, roles, verb, register, subjects, categories, decision, place, version, request_id)
    select 'x', 'system', '{}', 'read', 'customers', array[gen_random_uuid()], '{}', 'allowed', 'x', '1', 'x'
    from generate_series(1, 60000)`.execute(owner);
  await sql`vacuum analyze audit_event`.execute(owner);

  /** The plan that is kept, whatever the values, of the log's query that the request sends. */
  async function planOf(role: string, url: string): Promise<string> {
    statements.length = 0;
    assert.equal((await ask(role, "GET", url)).status, 200);
    const query = statements.find((text) => /^select .* from .*"audit_event"/.test(text));
    assert.ok(query, "the request reads the log");
    const { rows } = await sql.raw<Record<string, string>>(`explain (generic_plan, costs off) ${query}`).execute(owner);
    return rows.map((row) => Object.values(row)[0]).join("\n");
  }

  for (const [what, role, url] of [
    ["one subject's page", "responsiblePerson", `/api/audit-events?subject=${body.id}`],
    [
      "one subject's older acts",
      "responsiblePerson",
      `/api/audit-events?subject=${body.id}&decision=allowed&before=900000`,
    ],
    ["the access package", "administration", `/api/customers/${body.id}/access`],
  ] as const)
    test(`${what} is found by the index of subjects`, async () => {
      const plan = await planOf(role, url);
      assert.match(plan, /audit_event_subjects/);
      assert.doesNotMatch(plan, /audit_event_pkey/);
    });

  test("refusals are found by their own index, and a page of everything by the key", async () => {
    assert.match(
      await planOf("responsiblePerson", "/api/audit-events?decision=refused"),
      /Scan Backward using audit_event_refused/,
    );
    assert.match(await planOf("responsiblePerson", "/api/audit-events"), /Scan Backward using audit_event_pkey/);
  });

  test("the program's own acts are left out where they are not asked for", async () => {
    const kinds = async (query: string) => {
      const { body: page } = await ask("responsiblePerson", "GET", `/api/audit-events${query}`);
      return new Set(page.items.map(({ actorKind }: { actorKind: string }) => actorKind));
    };
    assert.ok((await kinds("")).has("system"));
    assert.deepEqual([...(await kinds("?own=hidden"))], ["token"]);
  });

  test("no plan is compiled", async () => {
    assert.deepEqual((await sql<{ jit: string }>`show jit`.execute(owner)).rows, [{ jit: "off" }]);
  });
});

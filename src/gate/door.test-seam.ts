// A gate on a database of the test file's own, with people behind it, and the events that an act has left.
import { after } from "node:test";
import { connectAll, disconnect } from "../db/connect.ts";
import type { Description } from "../description/schema.ts";
import { memoryKeys } from "../keys/keyring.ts";
import { addCustomer } from "../registers/customers/store.ts";
import { testDatabase } from "../test/database.ts";
import { describe } from "../test/descriptions.ts";
import { newId } from "../values/Uuid.ts";
import type { Caller } from "./caller.ts";
import { openGate } from "./gate.ts";

export const AT = new Date("2026-11-22T10:00:00Z");
export const CUSTOMERS = { register: "customers" } as const;

export async function openDoor() {
  const { owner, config } = await testDatabase();
  const databases = connectAll(config);
  after(() => disconnect(databases));
  const keys = await memoryKeys();
  const walttia = await describe("walttia");
  let force = walttia;
  const gate = openGate({ databases, keys, inForce: () => force, clock: { now: () => AT } });
  const sales = staff("sales");

  /** A customer whose values are opened; `categories` name what is written of them. */
  async function person({ organisationId = null as string | null, name = "Keksitty Kuutamo" } = {}): Promise<string> {
    const entries = [
      { category: "name", type: "name", value: name },
      { category: "email", type: "email", value: "keksitty@example.fi" },
    ] as const;
    const kind = organisationId === null ? "person" : "contactPerson";
    const ask = { ...CUSTOMERS, verb: "collect", categories: ["name", "email"], source: "phone" } as const;
    const { id } = await gate.write(sales, ask, (grant) =>
      addCustomer(grant, { kind, organisationId, source: "phone", ground: null, entries }),
    );
    return id;
  }

  /** Does the work under the description with another part, and puts the former in force again. */
  async function under<T>(change: Partial<Description>, work: () => Promise<T>): Promise<T> {
    force = { ...walttia, description: { ...walttia.description, ...change } };
    try {
      return await work();
    } finally {
      force = walttia;
    }
  }

  /** What the log has after the last look: oldest first. */
  let seen = 0;
  async function events() {
    const rows = await owner.selectFrom("audit_event").selectAll().where("id", ">", seen).orderBy("id").execute();
    seen = rows.at(-1)?.id ?? seen;
    return rows;
  }

  async function restrict(id: string, { register = "customers", purposes = ["warranty"] } = {}): Promise<void> {
    const row = { id: newId(), subject_id: id, register, purposes, ground: "request", at: AT, by: "test" };
    await owner.insertInto("restriction").values(row).execute();
  }

  async function object(id: string, purpose: string): Promise<void> {
    await owner.insertInto("objection").values({ id: newId(), subject_id: id, purpose, at: AT, by: "test" }).execute();
  }

  async function consent(id: string, purpose: string, givenAt = AT): Promise<void> {
    const row = { id: newId(), subject_id: id, consent: "newsletter", purpose, channels: ["email"], wording: 1 };
    const how = { wording_hash: Buffer.alloc(32), language: "fi", source: "webForm", given_by: "subject" };
    await owner
      .insertInto("consent")
      .values({ ...row, ...how, given_at: givenAt })
      .execute();
  }

  /** An order of somebody, past the gate. */
  async function order(id: string): Promise<string> {
    const row = { id: newId(), subject_id: id, created_at: AT, by: "test", price_includes_vat: true, total_cents: 1 };
    await owner
      .insertInto("customer_order")
      .values({ ...row, rule: "customerCore" })
      .execute();
    return row.id;
  }

  return { gate, owner, databases, keys, walttia, sales, person, under, events, restrict, object, consent, order };
}

export type Door = Awaited<ReturnType<typeof openDoor>>;

export const staff = (role: string, purpose?: string): Caller => ({
  actor: { kind: "staff", id: newId(), roles: [role] },
  purpose,
  requestId: newId(),
});

export const system: Caller = { actor: { kind: "system", id: "system:test" }, requestId: newId() };

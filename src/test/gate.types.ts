// Mistakes that must not compile. `npm run check` fails if one of these lines stops being an error.
import { sql } from "kysely";
import type { Serve } from "../api/serve.ts";
import type { Tx } from "../db/connect.ts";
import type { Gate, Grant, WritingGrant } from "../gate/gate.ts";
import { addCustomer as addContract, readCustomer } from "../registers/customers/contract.ts";
import { addCustomer, changeCustomer, findCustomer } from "../registers/customers/store.ts";

declare const tx: Tx;
declare const mayRead: Grant<"customers", "read">;
declare const mayCollect: WritingGrant<"customers", "collect">;
declare const mayReadInvoices: Grant<"invoices", "read">;
declare const serve: Serve;
declare const gate: Gate;
const customer = { kind: "person", organisationId: null, source: "phone", ground: null, entries: [] } as const;

// The right way, so that the errors below are the mistakes they claim to be.
findCustomer(mayRead);
addCustomer(mayCollect, customer);

// @ts-expect-error A query without a grant.
findCustomer(tx);
// @ts-expect-error A grant that nobody gave.
findCustomer({ register: "customers", purpose: "care", categories: ["name"], subject: "x" });
// @ts-expect-error A grant for another verb.
findCustomer(mayCollect);
// @ts-expect-error A grant of another register.
findCustomer(mayReadInvoices);
// @ts-expect-error The table of another register.
mayRead.selectFrom("invoice");
// @ts-expect-error The table of another register in a join.
mayRead.selectFrom("customer").innerJoin("invoice", "invoice.subject_id", "customer.subject_id");
// @ts-expect-error A grant that was rewritten into another verb.
addCustomer(Object.assign(mayRead, { verb: "collect" }), customer);
// @ts-expect-error A copy of a grant is no grant.
findCustomer({ ...mayRead });
// @ts-expect-error A read grant deletes nothing.
mayRead.delete("customer");
// @ts-expect-error A read grant inserts nothing.
mayRead.insert("customer", { kind: "person", organisation_id: null, created_at: new Date() });
// @ts-expect-error Whose row it is, the grant says.
mayCollect.insert("customer_value", { subject_id: "x" });
// @ts-expect-error Nor can a row be given to somebody else.
mayCollect.update("customer").set({ subject_id: "x" });
// @ts-expect-error Raw SQL has no way in: a grant is no executor.
sql`select * from invoice`.execute(mayRead);
// @ts-expect-error The subject is the gate's to say.
mayCollect.subject = "x";
// @ts-expect-error Categories cannot be added.
mayRead.categories.push("personalIdentityCode");
// @ts-expect-error A store function for another verb.
serve(readCustomer, (grant) => changeCustomer(grant, { source: "phone", ground: null, entries: [] }));
// @ts-expect-error A store function for another verb.
serve(addContract, (grant) => findCustomer(grant));
// @ts-expect-error The program's upkeep reaches registers of customers only.
gate.upkeep("search", { register: "staff", values: true }, async () => undefined);

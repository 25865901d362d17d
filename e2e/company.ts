// A small company with something of everything, made over the API: what the pages are looked at with.
import assert from "node:assert/strict";
import { buildFormApp } from "../src/server/formApp.ts";
import { customerAt } from "../src/test/people.ts";
import { IDENTITY_CODE, MAIJA, trade } from "../src/test/trade.ts";
import { addDays, dayInHelsinki } from "../src/values/Day.ts";
import type { Language } from "../src/values/Language.ts";
import { newId } from "../src/values/Uuid.ts";
import { type Register, register, type Session } from "./browser.ts";

export const PASSWORD = "pitkä lause jonka muistaa";
export const LOGIN = "aava@example.fi";
const ROLES = ["responsiblePerson", "administration", "sales", "invoicing"];

export type Company = Awaited<ReturnType<typeof company>>;

/**
 * One register with customers, orders, invoices, a contact person, somebody restricted and somebody whose data is due, and one account that has
 * every role but the bookkeeper's. `proven`: every probe has run. `web`: another build of the pages.
 */
export async function company({ proven = true, web }: { proven?: boolean; web?: string } = {}) {
  const made = await register("walttia", web);
  const { ask } = made;
  const { customer, order, delivered, invoice } = trade(made);
  const today = dayInHelsinki(made.clock.now());
  const send = async (role: string, url: string, body?: object) => {
    const answer = await ask(role, "POST", url, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  };
  const paid = async (orderId: string, day: string) => {
    const { id } = await invoice(orderId);
    await send("invoicing", `/api/invoices/${id}/payment`, { day });
    return id;
  };

  const session = await account(made);
  for (const n of [3, 4, 5, 8, 11, 15]) await customer(customerAt(n));
  const person = await customer({
    ...MAIJA,
    deliveryAddress: { street: "Toimituspolku 12", postalCode: "90120", town: "Oulu", country: "FI" },
    personalIdentityCode: IDENTITY_CODE,
    personalIdentityCodeGround: "credit",
  });
  const organisation = await customer({
    ...customerAt(2),
    kind: "organisation",
    name: "Keksityn Kaluste Oy",
    businessId: "1234567-1",
  });
  const contactPerson = (
    await send("administration", `/api/customers/${organisation}/contacts`, {
      name: "Kuura Kanervalampi",
      email: "kuura@example.fi",
      source: "meeting",
    })
  ).id as string;
  const locked = await customer({ ...customerAt(21), kind: "person", name: "Louna Lukkosaari" });
  const lockedOrder = await delivered(locked, addDays(today, -30));
  await paid(lockedOrder, addDays(today, -10));
  await send("administration", `/api/customers/${locked}/erasure`, { ground: "noLongerNeeded" });
  const returning = await customer({ ...customerAt(27), kind: "person", name: "Kielo Kaislakoski" });
  await paid(await delivered(returning, addDays(today, -400)), addDays(today, -1));
  const due = await customer({ ...customerAt(22), kind: "person", name: "Pouta Päättynyt" });
  await delivered(due, "2014-05-05", { warrantyPeriod: "P12M" });

  const form = await buildFormApp({ gate: made.gate });
  const written = await form.inject({
    method: "POST",
    url: "/api/form",
    payload: {
      ...{ submission: newId(), language: "fi", source: "webForm", consents: { newsletter: 1 } },
      values: { name: "Hehku Havumäki", email: "hehku@example.fi" },
    },
  });
  assert.equal(written.statusCode, 201, written.body);

  const openOrder = await order(person);
  const deliveredOrder = await delivered(person, addDays(today, -3));
  const openInvoice = (await invoice(await delivered(person, addDays(today, -2)))).id;
  const paidInvoice = await paid(await delivered(organisation, addDays(today, -9)), addDays(today, -1));
  // A refusal for the log: selling is not invoicing.
  assert.equal((await ask("sales", "POST", `/api/orders/${deliveredOrder}/invoice`)).status, 403);
  const refusals = await ask("responsiblePerson", "GET", "/api/audit-events?decision=refused&limit=1");
  const event: number = refusals.body.items[0].id;
  const asked = async (right: string, name: string, customerId?: string) => {
    const body = { right, channel: "letter", receivedOn: addDays(today, -3), name, customerId };
    return (await send("responsiblePerson", "/api/requests", body)).id as string;
  };
  const newRequest = await asked("rectification", "Usva Utuniemi");
  const request = await asked("access", MAIJA.name, person);
  await send("responsiblePerson", `/api/requests/${request}/identity`, { method: "calledBack", customerId: person });
  const closedRequest = await asked("access", "Tuntematon Kysyjä");
  const refused = { outcome: "refused", ground: "notIdentified", complaintTold: true, answeredOn: today };
  await send("responsiblePerson", `/api/requests/${closedRequest}/answer`, refused);
  await send("responsiblePerson", `/api/requests/${closedRequest}/closing`);
  if (proven) await send("responsiblePerson", "/api/proofs");
  return {
    ...made,
    session,
    ids: {
      person,
      organisation,
      contactPerson,
      locked,
      returning,
      openOrder,
      deliveredOrder,
      openInvoice,
      paidInvoice,
      newRequest,
      request,
      closedRequest,
      event,
    },
  };
}

/** The first account, by its link, with the roles of a small company's one pair of hands. */
export async function account(made: Register): Promise<Session> {
  const { session, id } = await join(made, made.welcome, { name: "Aava Kaarna", login: LOGIN, language: "fi" });
  const roles = await made.app.inject({
    method: "PATCH",
    url: `/api/accounts/${id}`,
    headers: { ...SAME_ORIGIN, cookie: `${session.name}=${session.value}` },
    payload: { roles: ROLES },
  });
  assert.equal(roles.statusCode, 200, roles.body);
  return session;
}

/** Somebody with these roles alone, who reads in this language. */
export async function colleague(
  made: Register & { session: Session },
  roles: readonly string[],
  language: Language,
): Promise<Session> {
  const { app, session } = made;
  const headers = { ...SAME_ORIGIN, cookie: `${session.name}=${session.value}` };
  const added = await app.inject({ method: "POST", url: "/api/accounts", headers, payload: { roles } });
  assert.equal(added.statusCode, 201, added.body);
  const login = `${roles.join(".")}.${language}@example.fi`;
  return (await join(made, added.json().link, { name: "Tyyni Salmela", login, language })).session;
}

const SAME_ORIGIN = { "sec-fetch-site": "same-origin" };

async function join(
  { app, address }: Register,
  link: string,
  who: { name: string; login: string; language: Language },
): Promise<{ session: Session; id: string }> {
  const secret = new URL(link, address).hash.split("=")[1];
  const payload = { secret, password: PASSWORD, ...who };
  const answer = await app.inject({ method: "POST", url: "/api/invitation", headers: SAME_ORIGIN, payload });
  assert.equal(answer.statusCode, 201, answer.body);
  const [cookie] = answer.cookies;
  if (!cookie) throw new Error("no session came");
  return { session: { name: cookie.name, value: cookie.value, url: address }, id: answer.json().id };
}

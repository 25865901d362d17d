// Four writers at once: one makes customers, one changes them, one erases, one delivers and invoices. Each notes what was acknowledged.
import { setTimeout as pause } from "node:timers/promises";
import { customerAt, randomFrom } from "../src/test/people.ts";
import type { Acknowledged } from "./acknowledged.ts";
import { type Answered, ask } from "./ask.ts";

/** Where and as whom; the address changes with every start of the server. */
export type Desk = { readonly url: string; readonly token: string; readonly acknowledged: Acknowledged };

/** Numbers of people not used before in this run. */
export type Numbers = () => number;

const CHANGEABLE = 40;
const line = { description: "Perushuolto", quantity: 1, unitPriceCents: 89_00, vatClass: "standard" };

export type Writers = {
  /** Throws where one was refused so far. */
  readonly check: () => void;
  /** Resolves when no writer waits for an answer any more. Throws where one was refused: that would be a mistake of the test. */
  readonly stop: () => Promise<void>;
};

export function startWriters(desk: Desk, number: Numbers): Writers {
  const ending = new AbortController();
  const loops = [createOne, changeOne, eraseOne, invoiceOne].map(async (one) => {
    while (!ending.signal.aborted) if (!(await one(desk, number))) await pause(20);
  });
  // A refusal is told by stop(); before that nobody waits for the loops.
  const done = Promise.allSettled(loops);
  let refused: unknown;
  for (const loop of loops)
    loop.catch((error: unknown) => {
      refused ??= error;
    });
  return {
    check: () => {
      if (refused !== undefined) throw refused;
    },
    stop: async () => {
      ending.abort();
      for (const told of await done) if (told.status === "rejected") throw told.reason;
    },
  };
}

/** The id of a customer, or null where none was acknowledged. */
export async function createOne({ url, token, acknowledged }: Desk, number: Numbers): Promise<string | null> {
  const customer = customerAt(number());
  const id = idOf(await answerOf(201, ask(url, token, "POST", "/customers", customer)));
  if (id !== null) acknowledged.named(id, customer.name);
  return id;
}

async function changeOne(desk: Desk, number: Numbers): Promise<boolean> {
  const { url, token, acknowledged } = desk;
  const known = [...acknowledged.names.keys()].slice(0, CHANGEABLE);
  const n = number();
  const id =
    known.length < CHANGEABLE ? await createOne(desk, number) : known[Math.floor(randomFrom(n)() * CHANGEABLE)];
  if (id === null || id === undefined) return false;
  const { name } = customerAt(n);
  acknowledged.mayBeNamed(id, name);
  const told = await answerOf(200, ask(url, token, "PATCH", `/customers/${id}`, { name, source: "meeting" }));
  if (told) acknowledged.named(id, name);
  return told !== null;
}

async function eraseOne(desk: Desk, number: Numbers): Promise<boolean> {
  const { url, token, acknowledged } = desk;
  const id = await createOne(desk, number);
  if (id === null) return false;
  acknowledged.mayBeErased(id);
  const told = await answerOf(200, ask(url, token, "POST", `/customers/${id}/erasure`, { ground: "noLongerNeeded" }));
  // "Keys pending" says itself that the erasure is not finished.
  if (told && told.body.keysPending !== true) acknowledged.wasErased(id);
  return told !== null;
}

async function invoiceOne(desk: Desk, number: Numbers): Promise<boolean> {
  const { url, token, acknowledged } = desk;
  const customerId = await createOne(desk, number);
  if (customerId === null) return false;
  const order = idOf(await answerOf(201, ask(url, token, "POST", "/orders", { customerId, lines: [line] })));
  if (order === null) return false;
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  if (!(await answerOf(200, ask(url, token, "POST", `/orders/${order}/delivery`, { day })))) return false;
  const told = await answerOf(201, ask(url, token, "POST", `/orders/${order}/invoice`));
  if (told) acknowledged.invoiced(String(told.body.id), String(told.body.number));
  return told !== null;
}

const idOf = (told: Answered | null): string | null => (told === null ? null : String(told.body.id));

async function answerOf(status: number, asked: Promise<Answered | null>): Promise<Answered | null> {
  const told = await asked;
  if (told === null || told.status >= 500) return null;
  if (told.status !== status) throw new Error(`a writer was refused: ${told.status} ${String(told.body.code)}`);
  return told;
}

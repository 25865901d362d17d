// Two kinds of people whose data is erased: whole (nothing was delivered to them), and in part (their warranty runs, so only the personal
// identity code and the notes go). Every value stands nowhere else in the world.
import { randomBytes } from "node:crypto";
import { randomFrom } from "../src/test/people.ts";
import { ask } from "./ask.ts";

export type PastPerson = {
  readonly id: string;
  readonly whole: boolean;
  /** What must be unreadable for ever. */
  readonly erased: readonly string[];
  /** What must be readable still. */
  readonly kept: readonly string[];
};

const CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";

const rare = (start: string): string =>
  `${start}${randomBytes(12)
    .toString("base64url")
    .replace(/[^a-zA-Z]/g, "q")}`;

/** Valid, and of somebody born in the 1800s: nobody alive has it (decree 128/2010, the sign + of that century). */
export function codeOfNobody(n: number): string {
  const random = randomFrom(n);
  const two = (most: number) => String(1 + Math.floor(random() * most)).padStart(2, "0");
  const date = `${two(28)}${two(12)}${50 + Math.floor(random() * 50)}`;
  const number = String(2 + (n % 898)).padStart(3, "0");
  return `${date}+${number}${CHECK_CHARACTERS[Number(date + number) % 31]}`;
}

export async function addPastPerson(url: string, token: string, n: number, whole: boolean): Promise<PastPerson> {
  const name = `${rare("Mennyt")} ${rare("Muisto")}`;
  const [email, street, notes, code] = [
    rare("vanha").toLowerCase(),
    rare("Katu"),
    rare("Muistiinpano"),
    codeOfNobody(n),
  ];
  const made = await expect(201, url, token, "/customers", {
    kind: "person",
    name,
    email: `${email}@example.fi`,
    phone: `050 000 ${String(n).padStart(4, "0")}`,
    deliveryAddress: { street, postalCode: "00100", town: "Helsinki" },
    personalIdentityCode: code,
    personalIdentityCodeGround: "credit",
    own: { notes },
    source: "phone",
  });
  const id = String(made.id);
  if (whole) return { id, whole, erased: [name, email, street, notes, code], kept: [] };
  const lines = [{ description: rare("Huolto"), quantity: 1, unitPriceCents: 89_00, vatClass: "standard" }];
  const order = await expect(201, url, token, "/orders", { customerId: id, lines });
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  await expect(200, url, token, `/orders/${order.id}/delivery`, { day });
  return { id, whole, erased: [notes, code], kept: [name, email, street] };
}

/** Throws where it erased something else than it should: the rest would mean nothing. */
export async function erase(url: string, token: string, { id, whole }: PastPerson): Promise<void> {
  const told = await expect(200, url, token, `/customers/${id}/erasure`, { ground: "noLongerNeeded" });
  const decisions = told.decisions as { outcome: string; categories: string[] }[];
  const gone = decisions.filter(({ outcome }) => outcome === "erased").flatMap(({ categories }) => categories);
  const stays = decisions.some(({ outcome }) => outcome === "restricted");
  if (!gone.includes("notes") || !gone.includes("personalIdentityCode") || stays === whole)
    throw new Error("the erasure was not the one that was meant");
  if (told.keysPending === true) throw new Error("the keys are still to go");
}

async function expect(status: number, url: string, token: string, path: string, body: object) {
  const told = await ask(url, token, "POST", path, body);
  if (told?.status !== status) throw new Error(`${told?.status} ${JSON.stringify(told?.body)}`);
  return told.body;
}

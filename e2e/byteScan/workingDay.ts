// A working day at the made-up workshop, over HTTP, with values that stand nowhere else in the world.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";

export type Ask = (
  role: string,
  method: string,
  path: string,
  body?: object,
) => Promise<{ status: number; body: Record<string, unknown> }>;

const CUSTOMERS = 49;
/** As many at the counter at once. */
const AT_ONCE = 7;

/** Letters that no program writes by chance; every run has others, so that an old file cannot answer for a new one. */
const rare = (start: string): string =>
  `${start}${randomBytes(12)
    .toString("base64url")
    .replace(/[^a-zA-Z]/g, "q")}`;

/** Answers every planted value. Acts that must be refused are checked to be. */
export async function workingDay(ask: Ask): Promise<string[]> {
  const planted: string[] = [];
  const plant = (value: string): string => {
    planted.push(value);
    return value;
  };
  const ok = async (role: string, method: string, path: string, status: number, body?: object) => {
    const answer = await ask(role, method, path, body);
    assert.equal(
      answer.status,
      status,
      `${method} ${path.replace(/[0-9a-f-]{36}/g, ":id")}: ${JSON.stringify(answer.body)}`,
    );
    return answer.body;
  };

  const ids: string[] = [];
  const serve = async (n: number): Promise<void> => {
    const address = (postalCode: string) => ({
      street: plant(`${rare("Jänö")}katu`),
      postalCode,
      town: plant(rare("Kyläö")),
    });
    const { id } = await ok("sales", "POST", "/customers", 201, {
      kind: "person",
      name: plant(`${rare("Väinö")} ${rare("Köö")}`),
      email: `${plant(rare("posti").toLowerCase())}@example.fi`,
      phone: `050 000 7${String(100 + n)}`,
      billingAddress: address("00100"),
      deliveryAddress: address("20100"),
      own: { frameNumber: plant(rare("RUNKO")) },
      source: "phone",
    });
    ids.push(String(id));
    const lines = [
      { description: plant(`${rare("Huolto")} äö`), quantity: 1, unitPriceCents: 89_00, vatClass: "standard" },
    ];
    const order = await ok("sales", "POST", "/orders", 201, { customerId: id, lines, priceIncludesVat: true });
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await ok("sales", "POST", `/orders/${order.id}/delivery`, 200, { day });
    await ok("sales", "POST", `/orders/${order.id}/invoice`, 403);
    await ok("invoicing", "GET", `/orders/${order.id}/invoice-preview`, 200);
    const invoice = await ok("invoicing", "POST", `/orders/${order.id}/invoice`, 201);
    await ok("invoicing", "GET", `/invoices/${invoice.id}`, 200);
  };
  for (let from = 0; from < CUSTOMERS; from += AT_ONCE)
    await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => serve(from + n)));
  const company = await ok("sales", "POST", "/customers", 201, {
    kind: "organisation",
    name: plant(`${rare("Pyöröpaja")} Oy`),
    source: "email",
  });
  await ok("sales", "POST", `/customers/${company.id}/contacts`, 201, {
    name: plant(`${rare("Yhteyshenkilö")} ${rare("Äyräs")}`),
    email: `${plant(rare("yhteys").toLowerCase())}@example.fi`,
    source: "email",
  });
  const [first = "", second = "", third = ""] = ids;

  await ok("sales", "PATCH", `/customers/${second}`, 200, {
    name: plant(`${rare("Uusi")} ${rare("Nimi")}`),
    source: "meeting",
  });
  await ok("sales", "GET", `/customers?search=${encodeURIComponent(planted[0]?.slice(0, 12) ?? "")}`, 200);
  await ok("sales", "POST", "/customers/search", 200, { search: plant(rare("haettu")) });
  await ok("sales", "POST", "/customers/duplicates", 200, { name: plant(rare("Kaksonen")) });
  for (const id of ids) await ok("sales", "GET", `/customers/${id}`, 200);

  // Refused, with values in what is refused.
  const wrong = { kind: "person", name: plant(rare("Kielletty")), source: plant(rare("olematon")) };
  await ok("sales", "POST", "/customers", 422, wrong);
  await ok("invoicing", "POST", "/customers", 403, { ...wrong, name: plant(rare("Luvaton")), source: "phone" });
  await ok("sales", "POST", "/customers", 422, {
    kind: "person",
    name: plant(rare("Virhe")),
    email: plant(rare("eiole")),
    source: "phone",
  });
  await ok("sales", "POST", "/customers", 422, {
    kind: "person",
    name: plant(rare("Hetu")),
    personalIdentityCode: "131052-308T",
    personalIdentityCodeGround: "credit",
    source: "phone",
  });
  await ok("sales", "GET", `/customers/${first}/access`, 403);

  await ok("administration", "GET", `/customers/${first}/access`, 200);
  await ok("administration", "POST", `/customers/${third}/erasure`, 200, { ground: "noLongerNeeded" });
  return planted;
}

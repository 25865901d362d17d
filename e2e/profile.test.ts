// What is left in the browser's own folder on the disk of a shared computer, after signing out and after the session was ended from elsewhere: no
// customer at all. The control shows that the same scan finds what a browser does keep (ASVS 5.0 14.3.2, 14.3.3).
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { addDays, dayInHelsinki } from "../src/values/Day.ts";
import { ARGUMENTS, PROGRAM, register, skipped } from "./browser.ts";
import { FEWEST_CHARACTERS, needlesOf } from "./byteScan/needles.ts";
import { Scanner } from "./byteScan/scan.ts";
import { unpacked } from "./byteScan/unpacked.ts";
import { account, LOGIN, PASSWORD } from "./company.ts";
import { settle } from "./look.ts";

const PEOPLE = 10;
const HTML = "text/html; charset=utf-8";

/** Letters that no program writes by chance, with letters of ours; every run has others. */
const rare = (start: string): string =>
  `${start}${randomBytes(12)
    .toString("base64url")
    .replace(/[^a-zA-Z]/g, "q")}`;

type Planted = { values: string[]; ids: { customer: string; order: string; invoice: string }; search: string };

suite("the profile folder of the browser", { skip: skipped, concurrency: 1 }, async () => {
  if (skipped) return;
  const made = await register("walttia");
  await account(made);
  const people = await plant(made);
  const values = people.flatMap((person) => person.values);
  const controls = await controlServer();

  test("fifty values are planted, none of them likely by chance", () => {
    assert.equal(values.length, 50);
    assert.equal(new Set(values).size, 50);
    for (const value of values) assert.ok(value.length >= FEWEST_CHARACTERS, value);
  });

  const ends: Record<string, (page: Page) => Promise<void>> = {
    "after signing out": async (page) => {
      await page.getByRole("button", { name: /Aava|AK/ }).click();
      await page.getByRole("button", { name: "Kirjaudu ulos" }).click();
      await page.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();
    },
    "after the session was ended from another browser": async (page) => {
      await endFromElsewhere(made);
      await page.goto(made.address);
      await page.getByRole("heading", { name: "Kirjaudu sisään" }).waitFor();
    },
  };
  for (const [when, end] of Object.entries(ends))
    test(`knows none of them ${when}, and knows the control's`, async () => {
      const folder = mkdtempSync(join(tmpdir(), "tietovirta-profile-"));
      after(() => rmSync(folder, { recursive: true, force: true }));
      const context = await chromium.launchPersistentContext(folder, {
        executablePath: PROGRAM,
        args: [...ARGUMENTS],
        locale: "fi-FI",
        timezoneId: "Europe/Helsinki",
        viewport: { width: 1440, height: 900 },
      });
      after(() => context.close().catch(() => undefined));
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      await signIn(page, made.address);
      const seen = await lookAtAll(page, made.address, people);
      assert.deepEqual(
        values.filter((value) => !seen.has(value)),
        [],
        "the premise: each was on the screen",
      );
      await end(page);
      await visitControls(context, controls);
      // Chromium writes some of it only as it goes.
      await context.close();

      const scan = scanOf(folder, [...values, ...controls.values]);
      assert.ok(scan.files > 20 && scan.bodies > 0, JSON.stringify({ files: scan.files, bodies: scan.bodies }));
      for (const [n, value] of controls.values.entries())
        assert.ok(
          scan.hits.some((hit) => hit.value === value),
          `the control's value ${n} was not found: the scan is blind there`,
        );
      const leaks = scan.hits.filter(({ value }) => values.includes(value));
      assert.deepEqual([...new Set(leaks.map(({ file, encoding }) => `${file} (${encoding})`))], []);
    });
});

/** Ten people with five values each, each with an order that was delivered and invoiced. */
async function plant({ ask, clock }: Awaited<ReturnType<typeof register>>): Promise<Planted[]> {
  const send = async (role: string, url: string, body?: object) => {
    const answer = await ask(role, "POST", url, body);
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    return answer.body;
  };
  const people: Planted[] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const name = `${rare("Väinö")} ${rare("Köö")}`;
    const mail = rare("posti").toLowerCase();
    const [street, delivery] = [`${rare("Jänö")}katu`, `${rare("Pihä")}polku`];
    const work = `${rare("Ikkuna")} äö`;
    const address = (text: string) => ({ street: text, postalCode: "00100", town: "Helsinki", country: "FI" });
    const customer = await send("administration", "/api/customers", {
      ...{ kind: "person", name, email: `${mail}@example.fi`, phone: `050 000 7${100 + n}`, source: "phone" },
      ...{ billingAddress: address(street), deliveryAddress: address(delivery) },
    });
    const lines = [{ description: work, quantity: 1, unitPriceCents: 89_00, vatClass: "standard" }];
    const order = await send("sales", "/api/orders", { customerId: customer.id, lines });
    const day = addDays(dayInHelsinki(clock.now()), -1);
    await send("sales", `/api/orders/${order.id}/delivery`, { day });
    const invoice = await send("invoicing", `/api/orders/${order.id}/invoice`);
    people.push({
      values: [name, mail, street, delivery, work],
      ids: { customer: customer.id, order: order.id, invoice: invoice.id },
      search: name.split(" ")[0] ?? "",
    });
  }
  return people;
}

async function signIn(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByLabel("Sähköposti").fill(LOGIN);
  await page.getByLabel("Salasana", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Kirjaudu" }).click();
  await page.getByRole("heading", { name: "Hei, Aava" }).waitFor();
}

/** Through every page that shows a customer. Answers which values were on the screen. */
async function lookAtAll(page: Page, address: string, people: readonly Planted[]): Promise<Set<string>> {
  const seen = new Set<string>();
  const values = people.flatMap((person) => person.values);
  const note = async () => {
    const text = (await page.locator("body").textContent()) ?? "";
    for (const value of values) if (text.includes(value)) seen.add(value);
  };
  /** `expected` is the last to come. */
  const visit = async (path: string, expected?: string) => {
    await page.goto(address + path);
    await settle(page);
    if (expected) await page.getByText(expected).first().waitFor();
    await note();
  };
  for (const path of ["/", "/customers", "/customers?order=name", "/orders", "/invoices"]) await visit(path);
  for (const { ids, values: own } of people) {
    const [name = "", mail = "", , , work = ""] = own;
    // The card with its timeline, the order, the invoice, what the person gets who asks.
    await visit(`/customers/${ids.customer}`, work);
    await visit(`/orders/${ids.order}`, work);
    await visit(`/invoices/${ids.invoice}`, name);
    await visit(`/requests/${ids.customer}/access`, mail);
  }
  for (const { search } of people.slice(0, 2)) {
    await visit("/customers");
    await page.getByRole("searchbox").fill(search);
    await page.getByRole("status").getByText("1 osuma").waitFor({ state: "attached" });
    await note();
    await page.keyboard.press("Escape");
    const palette = page.getByRole("dialog", { name: "Etsi tai siirry" });
    for (let n = 0; n < 40 && !(await palette.isVisible()); n++) {
      await page.keyboard.press("Control+k");
      await page.waitForTimeout(200);
    }
    await palette.getByRole("combobox").fill(search);
    await palette.getByText(search).first().waitFor();
    await note();
    await page.keyboard.press("Escape");
  }
  // Typed into a form that is left, as somebody who changes their mind.
  const [first] = people;
  await visit("/customers/new");
  await page.getByLabel("Nimi").fill(first?.values[0] ?? "");
  await page.getByLabel("Nimi").fill("");
  return seen;
}

/** By somebody who has signed in elsewhere: every session of the account but their own. */
async function endFromElsewhere({ app }: Awaited<ReturnType<typeof register>>): Promise<void> {
  const headers = { "sec-fetch-site": "same-origin" };
  const entered = await app.inject({
    ...{ method: "POST", url: "/api/session", headers },
    payload: { login: LOGIN, password: PASSWORD },
  });
  assert.equal(entered.statusCode, 200, entered.body);
  const [session] = entered.cookies;
  const ended = await app.inject({
    ...{ method: "DELETE", url: "/api/session/all" },
    headers: { ...headers, cookie: `${session?.name}=${session?.value}` },
  });
  assert.equal(ended.statusCode, 200, ended.body);
}

type Controls = { address: string; values: string[]; marks: string[] };

/** A server that lets the browser keep what it gives: plain, in gzip, in brotli, and in the address. */
async function controlServer(): Promise<Controls> {
  const values = ["Selvä", "Gzippi", "Brotli", "Osoite"].map((start) => rare(`${start}ÄÖ`));
  const [plain = "", small = "", smaller = ""] = values;
  const page = (value: string) => `<!doctype html><title>x</title><p>${"<i>täyte</i>".repeat(50)}${value}</p>`;
  const kept = { "content-type": HTML, "cache-control": "public, max-age=86400" };
  const server = createServer(({ url = "/" }, answer) => {
    if (url.startsWith("/gzip")) {
      answer.writeHead(200, { ...kept, "content-encoding": "gzip" }).end(gzipSync(page(small)));
    } else if (url.startsWith("/brotli")) {
      answer.writeHead(200, { ...kept, "content-encoding": "br" }).end(brotliCompressSync(page(smaller)));
    } else answer.writeHead(200, kept).end(page(plain));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  after(() => server.close());
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  return { address: `http://localhost:${port}`, values, marks: [plain, small, smaller] };
}

async function visitControls(context: BrowserContext, { address, values, marks }: Controls): Promise<void> {
  const page = await context.newPage();
  for (const [n, path] of ["/plain", "/gzip", "/brotli"].entries()) {
    await page.goto(address + path);
    await page.getByText(marks[n] ?? "").waitFor();
  }
  await page.goto(`${address}/plain?who=${encodeURIComponent(values[3] ?? "")}`);
  await page.close();
}

function scanOf(folder: string, values: readonly string[]) {
  const scanner = new Scanner(needlesOf(values));
  const { hits, files } = scanner.paths([folder]);
  let bodies = 0;
  for (const { name, bytes } of unpacked(folder)) {
    bodies += 1;
    hits.push(...scanner.text(`${name}, unpacked`, bytes));
  }
  return { hits, files, bodies };
}

// npm run bench:web -- [--customers 100000] [--runs 5]
// What a person waits for in Chromium: the first page of the demo company on a processor slowed to a quarter, going from page to page, the size of
// what comes before the first page, and typing in the search where there are many customers.
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { entryBytes } from "../bench/entryBytes.ts";
import { line, median, percentile, spread } from "../bench/figures.ts";
import { startLoader } from "../bench/loader.ts";
import { inTemporaryFolder, makeToken, type Register, startRegister } from "../bench/register.ts";
import { customerAt } from "../src/test/people.ts";
import { close, open, type Session } from "./browser.ts";
import { settle } from "./look.ts";

const { values } = parseArgs({ options: { customers: { type: "string" }, runs: { type: "string" } } });
const customers = Number(values.customers ?? 100_000);
const runs = Number(values.runs ?? 5);
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const DEMO = "descriptions/pyorapaja.yaml";
const SLOWED = 4;
/** In both descriptions. */
const ROLES = ["administration", "sales", "invoicing", "responsiblePerson"];

print(line("machine", { cores: cpus().length, node: process.versions.node, load: loadavg()[0] ?? 0 }));
print(line("entry-bundle", { gzip_kb: entryBytes() / 1000, most_kb: 150 }));
try {
  await inTemporaryFolder(async (folder) => {
    const register = await startRegister({ dataDir: join(folder, "demo"), description: DEMO, args: ["--demo"] });
    try {
      const session = await signIn(register);
      const firsts = await times(runs, () => firstPage(register.url, session));
      print(line("first-page", { slowed: SLOWED, median_ms: median(firsts), spread: spread(firsts), most_ms: 1500 }));
      const changes = (await times(runs, () => pageChanges(register.url, session))).flat();
      print(line("page-change", { median_ms: median(changes), p95_ms: percentile(changes, 0.95), most_ms: 100 }));
    } finally {
      await register.stop();
    }
  });
  await inTemporaryFolder(async (folder) => {
    const dataDir = join(folder, "many");
    const register = await startRegister({ dataDir });
    const loader = startLoader();
    try {
      const token = await makeToken(dataDir, "sales");
      const work = { kind: "create", from: 0, keep: false } as const;
      const told = await loader.run({ url: register.url, token, connections: 64, count: customers, work });
      if (told.errors > 0) throw new Error(told.firstErrors[0]);
      await loader.stop();
      print(line("typing", { customers, ...(await typing(register.url, await signIn(register))), most_ms: 100 }));
    } finally {
      await loader.stop();
      await register.stop();
    }
  });
} finally {
  await close();
}
// Playwright keeps its own things open.
process.exit();

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let run = 0; run < count; run++) all.push(await work());
  return all;
}

/** The first account by its link, with all the roles of the company's own people: it sees all that a page can show. */
async function signIn({ url, said }: Register): Promise<Session> {
  let secret: string | undefined;
  // It is told a moment after the address.
  for (let tries = 0; secret === undefined && tries < 100; tries++) {
    secret = /#invitation=([\w-]+)/.exec(said())?.[1];
    await pause(100);
  }
  const headers = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
  const made = await fetch(`${url}/api/invitation`, {
    method: "POST",
    headers,
    body: JSON.stringify({
      secret,
      name: "Aava Kaarna",
      login: "aava@example.fi",
      password: "pitkä lause jonka muistaa",
      language: "fi",
    }),
  });
  const [cookie = ""] = made.headers.getSetCookie();
  const [, name = "", value = ""] = /^([^=]+)=([^;]+)/.exec(cookie) ?? [];
  if (!made.ok || value === "") throw new Error(`no session: ${await made.text()}`);
  const signedIn = { ...headers, cookie: `${name}=${value}` };
  const { id } = (await made.json()) as { id: string };
  const given = await fetch(`${url}/api/accounts/${id}`, {
    method: "PATCH",
    headers: signedIn,
    body: JSON.stringify({ roles: ROLES }),
  });
  if (!given.ok) throw new Error(await given.text());
  return { name, value, url };
}

/** Milliseconds from asking for the page to when it is whole and the processor has nothing left to do for it; nothing is kept from before. */
async function firstPage(url: string, session: Session): Promise<number> {
  const { page } = await open({ session });
  try {
    const debug = await page.context().newCDPSession(page);
    await debug.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
    await page.addInitScript(() => {
      const busy = { until: 0 };
      Object.assign(window, { busy });
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          busy.until = Math.max(busy.until, startTime + duration);
      }).observe({ type: "longtask", buffered: true });
    });
    await page.goto(url, { waitUntil: "commit" });
    const whole = await page.waitForFunction(
      () =>
        document.querySelector("h1") !== null &&
        document.querySelector("[aria-busy]") === null &&
        document.title !== "Tietovirta" &&
        performance.now(),
      undefined,
      { polling: "raf" },
    );
    const seen = Number(await whole.jsonValue());
    // A long task that began before the page was whole is told of only when it has ended.
    await page.waitForTimeout(500);
    return Math.max(seen, await page.evaluate(() => (window as unknown as { busy: { until: number } }).busy.until));
  } finally {
    await page.context().close();
  }
}

/** Milliseconds from a press on a door to the new page's heading, for each door that leads somewhere else; each seen before, as in a working day. */
async function pageChanges(url: string, session: Session): Promise<number[]> {
  const { page } = await open({ session });
  try {
    await page.goto(url);
    await settle(page);
    const doors = await page.getByRole("navigation").getByRole("link").all();
    const taken: number[] = [];
    for (const round of [0, 1]) {
      for (const door of doors) {
        const before = page.url();
        if (new URL((await door.getAttribute("href")) ?? "", before).pathname === new URL(before).pathname) continue;
        await door.hover();
        const took = changed(page);
        await door.click();
        const ms = await took;
        await settle(page);
        if (round > 0) taken.push(ms);
      }
    }
    return taken;
  } finally {
    await page.context().close();
  }
}

/** From the next press to the first frame in which another heading stands. */
function changed(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const heading = () => document.querySelector("h1")?.textContent;
        const before = heading();
        addEventListener(
          "click",
          ({ timeStamp }) => {
            const look = () => {
              const now = heading();
              if (now !== undefined && now !== before) resolve(performance.now() - timeStamp);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          },
          { once: true, capture: true },
        );
      }),
  );
}

/** The longest wait from a key to the frame that shows its letter, and how long after the last key the answer stands there. */
async function typing(url: string, session: Session): Promise<Record<string, number>> {
  const { page } = await open({ session });
  await page.goto(`${url}/customers`);
  await settle(page);
  await page.evaluate(() => {
    const waits: number[] = [];
    Object.assign(window, { waits });
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (/^(key|input)/.test(name)) waits.push(duration);
      // Anything under 16 ms is within one frame and is not told.
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });
  const box = page.getByRole("searchbox");
  const answers: number[] = [];
  for (let n = 0; n < 10; n++) {
    const word =
      customerAt(Math.floor((n * customers) / 10))
        .name.split(" ")
        .at(-1) ?? "";
    await box.fill("");
    await box.pressSequentially(word, { delay: 80 });
    const last = performance.now();
    await page
      .getByRole("status")
      .filter({ hasText: /osuma|Kirjoita/ })
      .waitFor({ state: "attached" });
    await page.waitForFunction(() => document.querySelector("[aria-busy], [data-stale]") === null);
    answers.push(performance.now() - last);
  }
  const waits = await page.evaluate(() => (window as unknown as { waits: number[] }).waits);
  return {
    longest_ms: Math.max(0, ...waits),
    waits_over_16_ms: waits.length,
    answer_p95_ms: percentile(answers, 0.95),
  };
}

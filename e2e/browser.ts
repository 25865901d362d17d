// Debian's Chromium and a whole register behind it: real server, real PostgreSQL, the built web.
import { existsSync } from "node:fs";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { candidateOf } from "../src/registers/evidence/versions.ts";
import { inviteFirst } from "../src/registers/staff/accounts.ts";
import type { AppParts } from "../src/server/app.ts";
import { testApp } from "../src/test/app.ts";
import { startUnder } from "../src/versions/putInForce.ts";

export const PROGRAM = process.env.CHROMIUM || "/usr/bin/chromium";
export const WEB = fileURLToPath(new URL("../dist/web", import.meta.url));

/** Why the browser tests cannot run here, said aloud by each; false where they can. */
export const skipped: string | false = !existsSync(PROGRAM)
  ? `no Chromium at ${PROGRAM}`
  : !existsSync(WEB)
    ? "the web is not built"
    : false;

export const ARGUMENTS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Browser | undefined;
after(() => browser?.close());

async function launch(): Promise<Browser> {
  browser ??= await chromium.launch({
    executablePath: PROGRAM,
    args: [...ARGUMENTS],
  });
  return browser;
}

export type Register = Awaited<ReturnType<typeof register>>;

/** A register with the built web (or another build of it) on a port of its own, and the link of its first account. */
export async function register(description: string, web = WEB, more: Pick<AppParts, "beside" | "demo"> = {}) {
  const made = await testApp({ description, web, ...more });
  // The browser's calendar is today's: a day chosen there must not lie ahead of the server's.
  made.clock.set(new Date());
  const candidate = candidateOf(made.described, `${description}.yaml`, made.clock.now());
  if (!candidate) throw new Error(`${description} is no description`);
  // Written down as a start writes it, so that it can be changed at the screen.
  made.takeForce({ ...candidate.force, inForceAt: await startUnder(made.gate, candidate) });
  const address = await made.app.listen({ port: 0, host: "127.0.0.1" });
  const secret = await inviteFirst(made.gate);
  if (secret === null) throw new Error("there is an account already");
  return { ...made, address, welcome: `${address}/welcome#invitation=${secret}` };
}

/** Ends the browser where no test runner does. */
export const close = async () => browser?.close();

export type Size = "desktop" | "phone";
const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } };

type Look = {
  size?: Size;
  colorScheme?: "light" | "dark";
  contrast?: "more";
  forcedColors?: "active";
  session?: Session | undefined;
  javaScriptEnabled?: false;
  /** BCP 47; Finnish when absent. */
  locale?: string;
};
/** The cookie of somebody signed in, and where it is theirs. */
export type Session = { name: string; value: string; url: string };

/** What a test brings about itself: an answer that refuses, and a browser that it takes off the net. */
const EXPECTED = /status of 4\d\d|ERR_INTERNET_DISCONNECTED/;

/** A page in a profile of its own, in Finnish; what goes wrong on it is remembered, a broken content policy too. */
export async function open({ size = "desktop", session, ...look }: Look = {}): Promise<{
  page: Page;
  faults: string[];
}> {
  const context = await (await launch()).newContext({
    viewport: SIZES[size],
    locale: "fi-FI",
    colorScheme: "light",
    ...look,
    timezoneId: "Europe/Helsinki",
    // What is half faded in has neither its colours nor its place.
    reducedMotion: "reduce",
  });
  if (session) await context.addCookies([{ ...session, httpOnly: true, sameSite: "Strict" }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text())) faults.push(message.text());
  });
  after(() => context.close().catch(() => undefined));
  return { page, faults };
}

// One value of the environment at a time. A `Problem` names the variable, never its value: an address may hold a password.
import { isIP } from "node:net";
import { isAbsolute } from "node:path";
import { parseEmail } from "../values/Email.ts";
import { isLoopback } from "../values/hosts.ts";
import { Problem } from "../values/problem.ts";

/** Port 0 takes a free one, for tests. */
export function portOf(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new Problem("settings.port", 500, { name });
  return port;
}

export function urlOf(name: string, text: string | undefined, protocols: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  if (url === null || !protocols.includes(url.protocol)) {
    throw new Problem("settings.url", 500, { name, expected: `${protocols[0]}//` });
  }
  return text;
}

/** An issuer (OpenID Connect Discovery 1.0 section 3): https without query or fragment; http only on this machine. */
export function issuerOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  const here = url?.protocol === "http:" && isLoopback(url.hostname);
  if (
    url === null ||
    (url.protocol !== "https:" && !here) ||
    url.search !== "" ||
    url.hash !== "" ||
    url.username !== ""
  )
    throw new Problem("settings.url", 500, { name, expected: "https://" });
  return text;
}

/** An https origin ("https://register.example.fi"): the pages stand at its root, and cookies, links and origin checks are bound to it. */
export function webAddressOf(name: string, text: string | undefined): string | undefined {
  if (urlOf(name, text, ["https:"]) === undefined || text === undefined) return undefined;
  const url = new URL(text);
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "")
    throw new Problem("settings.origin", 500, { name });
  return url.origin;
}

/** Addresses and CIDR blocks, between commas. A block of everybody would let anybody say who they are. */
export function proxiesOf(name: string, text: string): readonly string[] {
  const blocks = text.split(",").map((block) => block.trim());
  if (!blocks.every(isBlock)) throw new Problem("settings.proxies", 500, { name });
  return blocks;
}

function isBlock(block: string): boolean {
  const [address = "", prefix, ...more] = block.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128));
}

/** True where all of them are given, false where none is. */
export function together<T extends Record<string, string | undefined>>(given: T): given is T & Record<keyof T, string> {
  const because = Object.keys(given).find((name) => given[name] !== undefined);
  const name = Object.keys(given).find((name) => given[name] === undefined);
  if (because !== undefined && name !== undefined) throw new Problem("settings.missing", 500, { name, because });
  return because !== undefined;
}

/** A relative folder would move with the folder that the server is started in, and the backups with it. */
export function folderOf(name: string, text: string): string {
  if (!isAbsolute(text)) throw new Problem("settings.folder", 500, { name });
  return text;
}

export function fileOf(name: string, text: string): string {
  if (!isAbsolute(text)) throw new Problem("settings.file", 500, { name });
  return text;
}

export function addressOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return parseEmail(text);
  } catch {
    throw new Problem("settings.address", 500, { name });
  }
}

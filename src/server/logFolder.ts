// Lines into one file a day; the old ones go, because even a log of ids tells who did what.
import { appendFileSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../values/Day.ts";
import type { AccessLog } from "./accessLog.ts";

const KEPT_DAYS = 30;
const FLUSH_MS = 200;
const MOST_WAITING = 256 * 1024;

/**
 * Lines wait a moment and are written together; `close` writes the rest. A disk that is full costs the line, never the answer. `mayForget` is asked once a
 * day, before old lines go: whether the clock is believed.
 */
export function openLogFolder(
  folder: string,
  clock: Clock,
  mayForget: () => Promise<boolean>,
): AccessLog & { close(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let waiting = "";
  let today = "";
  const flush = () => {
    if (waiting === "") return;
    const text = waiting;
    waiting = "";
    const day = clock.now().toISOString().slice(0, 10);
    try {
      if (day !== today) forget().catch(() => undefined);
      today = day;
      appendFileSync(join(folder, `access-${day}.log`), text, { mode: 0o600 });
    } catch {
      // The audit log is the record; this one only helps to run the server.
    }
  };
  const forget = async () => {
    if (await mayForget()) removeOld(folder, clock);
  };
  const timer = setInterval(flush, FLUSH_MS);
  timer.unref();
  return {
    write(line) {
      waiting += line;
      if (waiting.length > MOST_WAITING) flush();
    },
    close() {
      clearInterval(timer);
      flush();
    },
  };
}

function removeOld(folder: string, clock: Clock): void {
  const oldest = new Date(clock.now().getTime() - KEPT_DAYS * 86_400_000).toISOString().slice(0, 10);
  for (const name of readdirSync(folder)) {
    const day = /^access-(\d{4}-\d\d-\d\d)\.log$/.exec(name)?.[1];
    if (day !== undefined && day < oldest) rmSync(join(folder, name));
  }
}

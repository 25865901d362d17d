import assert from "node:assert/strict";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { testApp } from "../test/app.ts";
import { everyNight } from "./nightly.ts";

/** Runs until one piece of work has been done or the time is over. */
async function nightIn(folder: string, t: Awaited<ReturnType<typeof testApp>>, waitMs: number): Promise<boolean> {
  let done = (_: boolean): void => {};
  const worked = new Promise<boolean>((resolve) => {
    done = resolve;
  });
  const works = [{ name: "work", work: async () => done(true) }];
  const stop = everyNight(t.db, t.clock, works, { folder, tell: () => undefined, catchUpMs: 1 });
  const timer = setTimeout(() => done(false), waitMs);
  const answer = await worked;
  clearTimeout(timer);
  stop();
  return answer;
}

test("a night that was missed is caught up after the start, one that was not is waited for", async () => {
  const t = await testApp();
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-nights-"));
  assert.equal(await nightIn(folder, t, 10_000), true, "the first night ever");
  const file = join(folder, "nightly.json");
  while (!(await readFile(file, "utf8").catch(() => ""))) await new Promise((done) => setTimeout(done, 10));
  assert.equal(await nightIn(folder, t, 300), false, "last night was not missed");
  await writeFile(file, JSON.stringify({ at: new Date(t.clock.now().getTime() - 27 * 3600_000) }));
  assert.equal(await nightIn(folder, t, 10_000), true);
});

// What goes from the target and what never does, file by file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { INSTALLATION } from "./backup.test-seam.ts";
import { copiesAfter } from "./copiesAfter.ts";
import { copyParts, manifestOf } from "./copy.test-seam.ts";
import { expire, expireKeyrings, keptBases, keptKeyrings } from "./expire.ts";
import { chapterName } from "./journal/files.ts";
import { filesPath, type Manifest, manifestPath, signManifest } from "./manifest.ts";
import { periodsOn } from "./periods.ts";

const DAY = 86_400_000;
const now = new Date("2026-11-23T01:00:00Z");
const stamp = (daysAgo: number) =>
  `${new Date(now.getTime() - daysAgo * DAY).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;

async function target() {
  const { disk, shelf, signer } = await copyParts();
  const base = (name: string, more: Partial<Manifest> = {}, bytes = 5) => {
    disk.put(manifestPath(name), signManifest(manifestOf(name, more), [signer]));
    disk.put(filesPath(name), Buffer.alloc(bytes));
  };
  const put = (...paths: string[]) => {
    for (const path of paths) disk.put(path, Buffer.from("x"));
  };
  const there = () => [...disk.contents().keys()].sort();
  return { disk, shelf, base, put, there, run: () => expire(shelf, INSTALLATION, now) };
}

test("an empty target loses nothing", async () => {
  const { run } = await target();
  assert.deepEqual(await run(), { bases: 0, wal: 0, keyrings: 0, chapters: 0 });
});

test("the log goes up to where the oldest copy that stays needs it, on its line; later lines and histories stay, what is unfinished goes", async () => {
  const { base, put, there, run } = await target();
  base(stamp(200));
  base(stamp(1), { wal: { first: "000000010000000000000005", last: "000000010000000000000006" } });
  const old = ["wal/00000001/000000010000000000000004.gz.age"];
  const stay = [
    "wal/00000001/000000010000000000000005.gz.age",
    "wal/00000001/000000010000000100000000.gz.age",
    "wal/00000002/00000002.history.gz.age",
    // A cluster of another major begins anew, on a line of its own.
    "wal/00000002/000000020000000000000003.gz.age",
    "wal/00000002/000000020000000000000006.gz.age",
  ];
  const unfinished = "wal/00000002/000000020000000000000006.gz.age.new";
  put(...old, ...stay, unfinished);
  assert.deepEqual(await run(), { bases: 1, wal: 2, keyrings: 0, chapters: 0 });
  assert.deepEqual(there(), [filesPath(stamp(1)), manifestPath(stamp(1)), ...stay]);
  assert.deepEqual(await run(), { bases: 0, wal: 0, keyrings: 0, chapters: 0 });
});

test("lines before that of the oldest copy go, wherever on them", async () => {
  const { base, put, there, run } = await target();
  const { postgres } = manifestOf(stamp(1));
  base(stamp(1), {
    wal: { first: "000000020000000000000002", last: "000000020000000000000002" },
    postgres: { ...postgres, timeline: 2 },
  });
  const old = ["wal/00000001/000000010000000100000000.gz.age", "wal/00000002/000000020000000000000001.gz.age"];
  const stay = ["wal/00000002/000000020000000000000002.gz.age", "wal/00000003/000000030000000000000001.gz.age"];
  put(...old, ...stay);
  assert.equal((await run()).wal, 2);
  assert.deepEqual(there(), [filesPath(stamp(1)), manifestPath(stamp(1)), ...stay]);
});

test("without a copy that counts nothing of the log and of the journal goes", async () => {
  const { put, there, run } = await target();
  const paths = [
    `journal/${chapterName(new Date(now.getTime() - 400 * DAY))}/000001.jsonl.gz.age`,
    `journal/${chapterName(now)}/000001.jsonl.gz.age`,
    "wal/00000001/000000010000000000000001.gz.age",
  ];
  put(...paths);
  assert.deepEqual(await run(), { bases: 0, wal: 0, keyrings: 0, chapters: 0 });
  assert.deepEqual(there(), paths);
});

test("what never became whole goes; what is not as its manifest says stays to be looked at and lets nothing go", async () => {
  const { disk, base, put, there, run } = await target();
  put(filesPath(stamp(3)), `base/${stamp(3)}/manifest.json.new`);
  base(stamp(150), {}, 4);
  base(stamp(140), { installation: "another" });
  base(stamp(2));
  disk.put(manifestPath(stamp(130)), Buffer.from("{"));
  const { bases } = await run();
  assert.equal(bases, 0);
  const names = new Set(there().map((path) => path.split("/")[1]));
  assert.deepEqual([...names].sort(), [150, 140, 130, 2].map(stamp).sort());
});

test("a failing target is no reason to take a copy for a bad one", async () => {
  const { disk, shelf, base } = await target();
  base(stamp(1));
  const failing = {
    ...shelf,
    read: async () => {
      throw new Error("the share went away");
    },
  };
  await assert.rejects(expire(failing, INSTALLATION, now), /went away/);
  assert.equal(disk.contents().size, 2);
});

test("a chapter goes when the next one began before the oldest copy that stays", async () => {
  const { base, put, there, run } = await target();
  base(stamp(10));
  const chapter = (days: number) => `journal/${chapterName(new Date(now.getTime() - days * DAY))}`;
  const files = [30, 20, 10.5, 9.5, 1].map((days) => `${chapter(days)}/000001.jsonl.gz.age`);
  put(...files, `${chapter(30)}/000002.jsonl.gz.age`);
  assert.equal((await run()).chapters, 2);
  assert.deepEqual(
    there().filter((path) => path.startsWith("journal")),
    [...files.slice(2)].sort(),
  );
});

test("a chapter that began with the copy itself is needed, and so is the one before it", async () => {
  const { base, put, run } = await target();
  base(stamp(10));
  const same = chapterName(new Date(now.getTime() - 10 * DAY));
  put(`journal/${chapterName(new Date(now.getTime() - 20 * DAY))}/000001.jsonl.gz.age`, `journal/${same}/1`);
  assert.equal((await run()).chapters, 0);
});

test("copies on the last day of their period stay, and a moment later they are gone", () => {
  const { databaseDays, databaseDailyDays, keyringDays } = periodsOn(now);
  assert.deepEqual([databaseDays, databaseDailyDays, keyringDays], [90, 14, 30]);
  const bases = (...days: number[]) => keptBases(days.map(stamp), now).length;
  assert.equal(bases(90, 0), 2);
  assert.equal(bases(90.01, 0), 1);
  assert.equal(bases(14, 13.9, 13.8, 0), 4, "each of the last days, many a day");
  const second = 1 / 86_400;
  const week = bases(14 + 3 * second, 14 + 2 * second, 14 + second, 0);
  assert.equal(week, 2, "of the weeks before only the first copy");
  const keyrings = (...days: number[]) =>
    keptKeyrings(
      days.map((day) => `${stamp(day)}.age`),
      now,
    ).length;
  assert.equal(keyrings(30, 3, 2, 1, 0), 5);
  assert.equal(keyrings(30.01, 3, 2, 1, 0), 4);
  assert.equal(keyrings(400), 1, "the very newest never goes");
  assert.equal(keyrings(400, 399), 1);
  // Each pair lies in one week.
  assert.equal(bases(90.5, 89.5, 0), 2, "a copy that goes takes the place of none that stays");
  assert.equal(bases(90, 89.9, 0), 2, "on its last day it is still the first of its week");
  assert.equal(bases(14 + second, 14, 0), 3);
});

test("of one day the last copy of the keyring stays, and the three newest of all", () => {
  const day = ["20261121T010000Z.age", "20261121T230000Z.age"];
  const today = [1, 2, 3, 4].map((hour) => `20261122T0${hour}0000Z.age`);
  assert.deepEqual(keptKeyrings([...day, ...today], now), [day[1], ...today.slice(1)]);
});

test("beside copies of the keyring nothing stays in their folder", async () => {
  const { shelf, put, there } = await target();
  put(`keyring/${stamp(40)}.age`, `keyring/${stamp(1)}.age`, `keyring/${stamp(0)}.age.new`);
  assert.equal(await expireKeyrings(shelf, now), 2);
  assert.deepEqual(there(), [`keyring/${stamp(1)}.age`]);
});

test("the periods are those in force on the day, the first before any", () => {
  const days = (keyringDays: number) => ({
    ...{ databaseDays: 90, databaseDailyDays: 14, keyringDays, keyringNewest: 3 },
  });
  const dated = [
    { from: "2026-01-01", ...days(30) },
    { from: "2027-03-01", ...days(20) },
    { from: "2028-03-01", ...days(10) },
  ];
  for (const [at, keyringDays] of [
    ["2025-12-31T23:59:59Z", 30],
    ["2027-02-28T23:59:59Z", 30],
    ["2027-03-01T00:00:00Z", 20],
    ["2028-02-29T12:00:00Z", 20],
    ["2028-03-01T12:00:00Z", 10],
    ["2050-01-01T00:00:00Z", 10],
  ] as const)
    assert.equal(periodsOn(new Date(at), dated).keyringDays, keyringDays, at);
  assert.throws(() => periodsOn(now, []), /no periods/);
  const first = periodsOn(new Date("2026-01-01T00:00:00Z"));
  assert.deepEqual(periodsOn(new Date("2001-01-01T00:00:00Z")), first);
  assert.deepEqual(periodsOn(new Date("2099-01-01T00:00:00Z")), periodsOn(new Date("2098-01-01T00:00:00Z")));
});

test("a certificate names every kind of copy and the day by which the last is gone; none where none are made", () => {
  const gone = new Date("2026-11-22T23:30:00Z");
  assert.deepEqual(copiesAfter({ copied: false })(gone), []);
  assert.deepEqual(copiesAfter({ copied: true })(gone), [
    { what: "keyring", goneBy: "2026-12-23" },
    { what: "database", goneBy: "2027-02-21" },
    { what: "writeAheadLog", goneBy: "2027-02-21" },
    { what: "journal", goneBy: "2027-02-21" },
  ]);
});

test("the cluster that an upgrade left is a copy until it is gone", () => {
  const gone = new Date("2026-11-22T10:00:00Z");
  const what = (former?: Date, copied = true) => copiesAfter({ copied, former })(gone).map((one) => one.what);
  const ours = ["keyring", "database", "writeAheadLog", "journal"];
  assert.deepEqual(what(), ours);
  assert.deepEqual(what(new Date(gone.getTime() - 1)), ours);
  assert.deepEqual(what(gone), [...ours, "formerDatabase"]);
  assert.deepEqual(copiesAfter({ copied: false, former: new Date("2026-12-01T00:00:00Z") })(gone), [
    { what: "formerDatabase", goneBy: "2026-12-01" },
  ]);
});

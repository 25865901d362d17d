// A segment of the journal as text: what is read back, and every way in which it can be spoiled.
import assert from "node:assert/strict";
import { test } from "node:test";
import { INSTALLATION } from "../backup.test-seam.ts";
import { copyParts } from "../copy.test-seam.ts";
import { chapterDate, chapterName, journalFiles, segmentPath } from "./files.ts";
import { chaptersOf, chaptersSince, segmentsOf } from "./read.ts";
import { type Head, type JournalRecord, linesOf, readSegment } from "./segment.ts";

const head = (more: Partial<Head> = {}): Head => ({
  format: "tietovirta-journal/1",
  installation: INSTALLATION,
  number: 1,
  previous: "",
  at: "2026-11-22T09:00:00.000Z",
  from: 0,
  to: 2,
  ...more,
});
const hash = "ab".repeat(32);
const leaf = { index: 0, eventId: 5, hash, event: { id: "5", verb: "read" } };
const checkpoint = {
  ...{ number: 1, size: 2, root: hash, dropped: 0, at: "2026-11-22T09:00:00.000Z" },
  ...{ publicKey: hash, note: "a note" },
};
const records: JournalRecord[] = [
  { table: "objection", row: { id: "1", purpose: "marketing" } },
  { leaf },
  { leaf: { ...leaf, index: 1, event: null } },
  { checkpoint },
];
const broken = { code: "journalBroken", status: 422, facts: { file: "a/file" } };

test("head, records and end come back as they were, and an empty segment too", () => {
  for (const [some, number] of [
    [records, 4],
    [[], 0],
  ] as const) {
    const { lines, end } = linesOf(head(), some);
    assert.equal(lines.length, 2 + number);
    assert.match(end, /^[0-9a-f]{64}$/);
    assert.deepEqual(readSegment("a/file", lines), { head: head(), records: some, end });
  }
});

test("the end is over everything since the chapter began", () => {
  const { end } = linesOf(head(), records);
  const again = linesOf(head(), records.toReversed());
  assert.notEqual(again.end, end);
  assert.notEqual(linesOf(head({ previous: end }), records).end, end);
  assert.notEqual(linesOf(head({ previous: end }), []).end, linesOf(head(), []).end);
});

test("any line that is missing, doubled, moved or spoiled is found", () => {
  const { lines } = linesOf(head(), records);
  const spoiled: (readonly string[])[] = [
    [],
    lines.slice(0, 1),
    ...lines.map((_, at) => lines.toSpliced(at, 1)),
    ...lines.map((line, at) => lines.toSpliced(at, 0, line)),
    ...lines.map((_, at) => lines.with(at, "{")),
    ...lines.map((line, at) =>
      lines.with(
        at,
        line.replace(/[0-9]/, (digit) => `${(Number(digit) + 1) % 10}`),
      ),
    ),
    [lines[1] ?? "", lines[0] ?? "", ...lines.slice(2)],
  ];
  assert.ok(spoiled.length > 20);
  for (const some of spoiled)
    assert.throws(() => readSegment("a/file", some), broken, JSON.stringify(some).slice(0, 80));
});

test("a record of no known kind is refused, although the hash over it is right", () => {
  const strange = [
    { table: "customer_value", row: {} },
    { table: "objection", row: {}, more: 1 },
    { table: "objection" },
    { leaf: { ...leaf, more: 1 } },
    { leaf: { ...leaf, index: 0.5 } },
    { leaf: { ...leaf, hash: 1 } },
    { checkpoint: { ...checkpoint, size: "2" } },
    { checkpoint: { ...checkpoint, at: "yesterday" } },
    {},
  ];
  for (const record of strange) {
    const { lines } = linesOf(head(), [record as unknown as JournalRecord]);
    assert.throws(() => readSegment("a/file", lines), broken, JSON.stringify(record));
  }
  const wrong = [
    { number: 0 },
    { number: 1.5 },
    { from: -1 },
    { to: -1 },
    { to: 0.5 },
    { at: "now" },
    { installation: "x" },
  ];
  for (const change of [...wrong, { format: "tietovirta-journal/2" }, { previous: 1 }, { more: 1 }]) {
    const { lines } = linesOf({ ...head(), ...change } as Head, []);
    assert.throws(() => readSegment("a/file", lines), broken, JSON.stringify(change));
  }
});

test("the count at the end is the count of the records", () => {
  const { lines, end } = linesOf(head(), records);
  const told = (count: number) => lines.with(-1, JSON.stringify({ end, records: count }));
  assert.equal(readSegment("a/file", told(4)).records.length, 4);
  for (const count of [3, 5]) assert.throws(() => readSegment("a/file", told(count)), broken);
});

async function written() {
  const { shelf, disk, sealing, unsealing } = await copyParts();
  const files = journalFiles(shelf, { sealing: async () => sealing, unsealing });
  const at = new Date("2026-11-22T09:00:00.123Z");
  const chapter = chapterName(at);
  const one = linesOf(head(), records);
  const two = linesOf(head({ number: 2, previous: one.end, from: 2 }), []);
  await files.write(segmentPath(chapter, 1), one.lines, at);
  await files.write(segmentPath(chapter, 2), two.lines, at);
  return { shelf, disk, files, unsealing, at, chapter, one, two };
}
async function readAll(files: Parameters<typeof chaptersOf>[0], installation = INSTALLATION) {
  const ends: string[] = [];
  for (const chapter of await chaptersOf(files))
    for await (const { end } of segmentsOf(files, chapter, installation)) ends.push(end);
  return ends;
}

test("segments stand sealed at the target under names that sort by time, and come back in order", async () => {
  const { disk, files, chapter, at, one, two } = await written();
  assert.equal(chapter, "20261122T090000123Z");
  assert.deepEqual(await files.list(), [
    "journal/20261122T090000123Z/000001.jsonl.gz.age",
    "journal/20261122T090000123Z/000002.jsonl.gz.age",
  ]);
  for (const bytes of disk.contents().values()) assert.ok(!bytes.toString("latin1").includes("marketing"));
  assert.deepEqual(await files.lines(segmentPath(chapter, 1)), one.lines);
  assert.deepEqual(await readAll(files), [one.end, two.end]);
  const earlier = chapterName(new Date(at.getTime() - 1));
  await files.write(segmentPath(earlier, 1), linesOf(head({ number: 1 }), []).lines, at);
  // What is unfinished, and what is no segment, is passed over.
  disk.put(`journal/${chapter}/000003.jsonl.gz.age.new`, Buffer.from("x"));
  disk.put(`journal/${chapter}/x000003.jsonl.gz.age`, Buffer.from("x"));
  const chapters = await chaptersOf(files);
  assert.deepEqual(
    chapters.map(({ name, paths }) => [name, paths.length]),
    [
      [earlier, 1],
      [chapter, 2],
    ],
  );
});

test("a segment in the place of another, or of another installation, breaks the chapter there", async () => {
  const { files, chapter, at, one, two } = await written();
  const second = segmentPath(chapter, 2);
  const naming = { code: "journalBroken", status: 422, facts: { file: second } };
  for (const change of [{ number: 3 }, { previous: "0".repeat(64) }, { number: 1, previous: "" }]) {
    await files.write(second, linesOf(head({ number: 2, previous: one.end, ...change }), []).lines, at);
    await assert.rejects(readAll(files), naming, JSON.stringify(change));
  }
  await files.write(second, two.lines, at);
  assert.equal((await readAll(files)).length, 2);
  await assert.rejects(readAll(files, "0198f000-0000-7000-8000-000000000002"), {
    code: "journalBroken",
    facts: { file: segmentPath(chapter, 1) },
  });
});

test("a segment that is gone has no lines, and a journal for reading writes none", async () => {
  const { shelf, unsealing, chapter, at, one } = await written();
  const reading = journalFiles(shelf, { unsealing });
  assert.deepEqual(await reading.lines(segmentPath(chapter, 9)), []);
  assert.deepEqual(await reading.lines(segmentPath(chapter, 1)), one.lines);
  await assert.rejects(reading.write(segmentPath(chapter, 9), one.lines, at), /for reading/);
});

test("a chapter's name tells when it began; another name tells nothing", () => {
  const at = new Date("2026-11-22T09:08:07.123Z");
  assert.equal(chapterName(at), "20261122T090807123Z");
  assert.deepEqual(chapterDate(chapterName(at)), at);
  for (const name of ["", "20261122T090807Z", "x20261122T090807123Z", "20261122T090807123Z.new", "20261122T090807123"])
    assert.equal(chapterDate(name), null, name);
});

test("the newest chapters that hold the log from a leaf on are read, and an older one is not even opened", async () => {
  const { shelf, sealing, unsealing, disk } = await copyParts();
  const files = journalFiles(shelf, { sealing: async () => sealing, unsealing });
  const at = (day: number) => new Date(Date.UTC(2026, 10, day));
  for (const [day, from] of [
    [1, 0],
    [2, 10],
    [3, 20],
  ] as const)
    await files.write(segmentPath(chapterName(at(day)), 1), linesOf(head({ from, to: from + 10 }), []).lines, at(day));
  disk.put(segmentPath(chapterName(at(1)), 1), Buffer.from("damaged"));
  const chapters = await chaptersOf(files);
  assert.equal(chapters.length, 3);
  const since = async (leaf: number) => (await chaptersSince(files, chapters, leaf)).map(({ name }) => name);
  assert.deepEqual(await since(25), [chapterName(at(3))]);
  assert.deepEqual(await since(20), [chapterName(at(3))]);
  assert.deepEqual(await since(19), [chapterName(at(2)), chapterName(at(3))]);
  assert.deepEqual(await since(10), [chapterName(at(2)), chapterName(at(3))]);
  await assert.rejects(since(9), { code: "backupDamaged" });
  assert.deepEqual(await chaptersSince(files, [], 5), []);
});

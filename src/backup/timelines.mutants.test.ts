// Which line of time a moment lies on, from histories as PostgreSQL writes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { copyParts, manifestOf, SEGMENT_BYTES } from "./copy.test-seam.ts";
import { seal } from "./seal.ts";
import { goesOnAfter, leadsTo, timelinesAt } from "./timelines.ts";
import { walPath } from "./wal.ts";

const second = "1\t0/5000000\tno recovery target specified\n";
const third = `${second}\n2\t0/7000000\tafter a restore\n`;
const first = new Date("2026-11-22T10:00:00Z");
const later = new Date("2026-11-23T10:00:00Z");

async function target() {
  const parts = await copyParts();
  const { disk, sealing } = parts;
  const put = async (name: string, text: string, at: Date) =>
    disk.put(walPath(name), await seal(Buffer.from(text), walPath(name), at, sealing));
  for (const name of ["000000010000000000000003", "000000020000000000000005", "000000030000000000000007"])
    disk.put(walPath(name), Buffer.from("a segment is not opened here"));
  disk.put("wal/00000001/000000010000000000000009.gz.age.new", Buffer.from("unfinished"));
  disk.put("wal/00000001/00000001000000000000000A.gz.old", Buffer.from("somebody's own"));
  disk.put("wal/00000001/000000010000000000000003.00000028.backup.gz.age", Buffer.from("a note"));
  return { ...parts, put };
}

test("without a history there is one line, and its finished segments are on it", async () => {
  const { shelf, unsealing } = await target();
  const lines = await timelinesAt(shelf, undefined, unsealing);
  assert.deepEqual([lines.current, lines.history, [...lines.histories]], [1, [], []]);
  assert.deepEqual([...lines.segments], ["000000010000000000000003"]);
});

test("now is on the newest line; a moment is on the line that had begun by then", async () => {
  const { shelf, unsealing, put } = await target();
  await put("00000002.history", second, first);
  await put("00000003.history", third, later);
  const now = await timelinesAt(shelf, undefined, unsealing);
  assert.equal(now.current, 3);
  assert.deepEqual(now.history, [
    { timeline: 1, at: 0x5000000n },
    { timeline: 2, at: 0x7000000n },
  ]);
  assert.deepEqual([...now.segments].sort(), [
    "000000010000000000000003",
    "000000020000000000000005",
    "000000030000000000000007",
  ]);
  assert.deepEqual([...now.histories.keys()], ["00000002.history", "00000003.history"]);
  assert.equal(now.histories.get("00000002.history")?.toString(), second);
  for (const [at, current, segments] of [
    [new Date(first.getTime() - 1), 1, 1],
    [first, 2, 2],
    [new Date(later.getTime() - 1), 2, 2],
    [later, 3, 3],
  ] as const) {
    const then = await timelinesAt(shelf, at, unsealing);
    assert.deepEqual([then.current, then.segments.size], [current, segments], at.toISOString());
  }
});

test("a history that goes while it is looked at is passed over", async () => {
  const { shelf, unsealing, put } = await target();
  await put("00000002.history", second, first);
  const { current, histories } = await timelinesAt({ ...shelf, read: async () => null }, undefined, unsealing);
  assert.deepEqual([current, histories.size], [1, 0]);
});

test("the tenth line and the sixteenth are named in hex", async () => {
  const { shelf, unsealing, put } = await target();
  await put("00000010.history", second, first);
  assert.equal((await timelinesAt(shelf, undefined, unsealing)).current, 16);
});

test("a history that is none of PostgreSQL's is damage with its name", async () => {
  const { shelf, unsealing, put } = await target();
  await put("00000002.history", "not a history\n", first);
  await assert.rejects(timelinesAt(shelf, undefined, unsealing), {
    code: "backupDamaged",
    status: 422,
    facts: { file: walPath("00000002.history") },
  });
});

test("a copy leads to the moment from the current line, and from a line that was left after it was made", () => {
  const postgres = (timeline: number, stopLsn: string) => {
    const manifest = manifestOf("20261122T010000Z");
    return { ...manifest, postgres: { ...manifest.postgres, timeline, stopLsn } };
  };
  const none = { segments: new Set<string>(), histories: new Map() };
  const lines = { current: 3, history: [{ timeline: 1, at: 0x5000000n }], ...none };
  assert.equal(leadsTo(lines, postgres(3, "0/9000000")), true);
  assert.equal(leadsTo(lines, postgres(1, "0/4FFFFFF")), true);
  assert.equal(leadsTo(lines, postgres(1, "0/5000000")), true);
  assert.equal(leadsTo(lines, postgres(1, "0/5000001")), false);
  assert.equal(leadsTo(lines, postgres(2, "0/1000000")), false);
});

test("a segment should be there when a later one is, on its own line or a younger one", () => {
  const lines = (...segments: string[]) => ({
    ...{ current: 2, history: [], histories: new Map() },
    segments: new Set(segments),
  });
  const goesOn = (...segments: string[]) => goesOnAfter("000000020000000000000005", lines(...segments), SEGMENT_BYTES);
  assert.equal(goesOn(), false);
  assert.equal(goesOn("000000020000000000000006"), true);
  assert.equal(goesOn("000000030000000000000006"), true);
  assert.equal(goesOn("000000020000000000000005"), false);
  assert.equal(goesOn("000000020000000000000004"), false);
  assert.equal(goesOn("000000010000000000000006"), false);
  assert.equal(goesOn("000000010000000000000006", "000000020000000000000004", "000000020000000100000000"), true);
});

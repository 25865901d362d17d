// What the doctor says of copies, drills and anchors: whether a person should look, with what is wrong, in each language.
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type { BackupState } from "../backup/state.ts";
import { anchored, backups, drilled } from "./doctorCopies.ts";

const AT = "2026-11-23T01:00:00.000Z";
const well: BackupState = {
  ...{ target: { dir: "/mnt/copies", system: "backupDisk" }, operators: false, gap: false },
  lastBase: { at: AT, name: "20261123T010000Z", bytes: 1 },
  lastAttempt: { at: AT, problem: null, problemFacts: {} },
  log: { shippedAt: AT, waiting: 0, lagSeconds: 5 },
  ...{ journal: { at: AT }, keyring: { at: AT, ageSeconds: 5 }, trouble: null, troubleFacts: {}, nextBaseAt: AT },
};
const away = { folder: "/mnt/copies/one", reason: "ENOENT" };
const looks = (state: Partial<BackupState>) =>
  backups({ ...well, ...state }).flatMap(({ good, line }) => (good ? [] : [line]));
const drill = (state: "nothing" | "never" | "good" | "failed" | "late", at: string | null = AT) =>
  drilled({ state, at, problem: state === "failed" ? "backupTarget" : null, problemFacts: away }, "/mnt/copies");

const before = process.env.LC_ALL;
afterEach(() => {
  if (before === undefined) delete process.env.LC_ALL;
  else process.env.LC_ALL = before;
});

test("copies that go out are well, and what is wrong is told with its folder and its reason", () => {
  process.env.LC_ALL = "en";
  assert.deepEqual(looks({}), []);
  assert.match(looks({ target: null })[0] ?? "", /BACKUP_DIR and BACKUP_SYSTEM/);
  assert.match(looks({ lastBase: null })[0] ?? "", /still to come/);
  assert.match(looks({ trouble: "backupTarget", troubleFacts: away })[0] ?? "", /\/mnt\/copies\/one.*ENOENT/);
  const failed = looks({ lastAttempt: { at: AT, problem: "backupTarget", problemFacts: away } });
  assert.match(failed[0] ?? "", /The last try: .*\/mnt\/copies\/one.*ENOENT/);
  // Kept by an older release without its facts.
  assert.match(looks({ lastAttempt: { at: AT, problem: "backupTarget", problemFacts: {} } })[0] ?? "", /\/mnt\/copies/);
  assert.equal(looks({ log: { shippedAt: AT, waiting: 3, lagSeconds: 61 } }).length, 1);
  assert.equal(looks({ log: { shippedAt: null, waiting: 1, lagSeconds: null } }).length, 1);
  assert.equal(looks({ keyring: { at: null, ageSeconds: null } }).length, 1);
});

test("a drill that failed or is late, and anchors that are old or nowhere, ask for a look", () => {
  process.env.LC_ALL = "en";
  assert.deepEqual(drill("nothing"), []);
  assert.deepEqual(
    (["never", "good", "failed", "late"] as const).map((state) => drill(state)[0]?.good),
    [true, true, false, false],
  );
  assert.match(drill("failed")[0]?.line ?? "", /ENOENT/);
  assert.match(drill("late", null)[0]?.line ?? "", /none has gone well yet/);
  const now = Date.parse(AT);
  assert.equal(anchored(null, now).good, false);
  assert.equal(anchored(AT, now + 7 * 24 * 3600_000).good, true);
  assert.equal(anchored(AT, now + 8 * 24 * 3600_000).good, false);
});

test("in Finnish and in Swedish nothing of it is English", () => {
  const all = (language: string) => {
    process.env.LC_ALL = language;
    const wrong = { lastBase: null, trouble: "backupTarget", troubleFacts: away } as const;
    const states = [well, { ...well, ...wrong }, { ...well, target: null }, { ...well, operators: true }];
    const copies = states.flatMap(backups);
    const drills = (["never", "good", "failed", "late"] as const).flatMap((state) => drill(state));
    return [...copies, ...drills, anchored(AT, Date.parse(AT)), anchored(null, 0)].map(({ line }) => line);
  };
  const english = new Set(all("en"));
  assert.ok(english.size > 11);
  for (const language of ["fi", "sv"])
    assert.deepEqual(
      all(language).filter((line) => english.has(line)),
      [],
    );
});

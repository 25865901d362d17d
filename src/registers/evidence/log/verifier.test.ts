// The program that an outsider runs, against changes of every kind; and the same changes against it with one line of it broken.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { tamper, type Verifier } from "../../../../bench/tamper.ts";

const file = new URL("../../../../scripts/verify.mjs", import.meta.url);
const source = await readFile(file, "utf8");
const verifier: Verifier = await import(file.href);

suite("the verifier", () => {
  test("is one file that a person can read, and knows nothing of us", () => {
    assert.ok(source.split("\n").length <= 400);
    const imports = [...source.matchAll(/from "([^"]+)"|import\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.deepEqual(imports.toSorted(), ["node:crypto", "node:fs", "node:path"]);
  });

  test("finds every change of eight kinds where it is, and lets every honest log pass", () => {
    const { kinds, refused } = tamper(verifier, { count: 800, seed: 7, largest: 70 });
    assert.deepEqual(refused, []);
    assert.equal(kinds.length, 8);
    for (const { kind, changes, found, misplaced } of kinds)
      assert.deepEqual([kind, found, misplaced], [kind, changes, 0]);
  });

  test("does not see a rollback without an anchor: nobody could", () => {
    const { rollbacks, unseen } = tamper(verifier, { count: 160, seed: 8, largest: 40 });
    assert.deepEqual([rollbacks, unseen], [20, 20]);
  });
});

/** One line each, as a mistake or a hand that means ill would leave it. */
const MUTANTS: [name: string, from: string, to: string][] = [
  ["leaves hashed as nodes", "sha256(Buffer.of(0), ", "sha256(Buffer.of(1), "],
  ["nodes the wrong way round", "sha256(Buffer.of(1), left, right)", "sha256(Buffer.of(1), right, left)"],
  ["names not in order", "Object.keys(value).sort()", "Object.keys(value)"],
  ["edge not folded", "n % 2 === 1; n = half(n)) hash", "n % 4 === 1; n = half(n)) hash"],
  ["entries not hashed", 'leafHash(canonical(event)).toString("hex") !== hash) badEntry', "false) badEntry"],
  ["roots not compared", "if (one.root.equals(root) || named >= fits) continue;", "continue;"],
  ["the end not looked at", "size > tree.size ? list : []", "size > tree.size + 1e9 ? list : []"],
  ["the unsigned tail let pass", "if (tree.size > signed)", "if (tree.size > signed + 1e9)"],
  ["missing entries let pass", "event === null && index >= dropped && !extract", "event === null && index < dropped"],
  ["other writings let pass", "if (canonical({ event, hash, index }) !== line)", "if (false)"],
  ["signatures not verified", "if (!verifyEd25519(", "if (false && !verifyEd25519("],
  ["unsigned checkpoints believed", "if (known === 0) throw", "if (known < 0) throw"],
  ["other logs' checkpoints believed", "origin === keys[0].name &&", "true &&"],
  ["checkpoints in any order", "if (read.size < signed)", "if (read.size < 0)"],
  ["the next key not learnt", "keys.push(readKey(", "keys.slice().push(readKey("],
  ["anchors not wanted", 'want("the anchor", anchor);', ""],
  ["letters cut short", "bits.slice(0, 256)", "bits.slice(0, 248)"],
  ["inclusion: root not compared", "return last === 0 && hash.equals(root);", "return last === 0;"],
  ["inclusion: edge nodes wrong", "at % 2 === 1 || at === last", "at % 2 === 1"],
  ["consistency: first root not compared", "one.equals(first.root) && ", ""],
  ["consistency: second root not compared", " && other.equals(second.root)", ""],
  [
    "consistency: sizes not compared",
    "if (first.size > second.size) return false;",
    "if (first.size > second.size) return true;",
  ],
  [
    "proof: entry not hashed",
    'toString("hex") !== hash)\n    throw new Bad(index',
    'toString("hex") === "")\n    throw new Bad(index',
  ],
  ["proof: anchors not compared", "if (here.some((", "if (!here && here.some(("],
  ["certificate: not compared", "if (proof.event.digest !== digest)", "if (proof.event.digest === 1)"],
  ["certificate: withheld entry believed", "|| proof.event === null)", ")"],
];

suite("a verifier with one line broken is found out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "tietovirta-mutants-"));
  after(() => rm(folder, { recursive: true }));

  for (const [n, [name, from, to]] of MUTANTS.entries())
    test(name, async () => {
      assert.equal(source.split(from).length >= 2, true, `not in verify.mjs: ${from}`);
      const mutant = join(folder, `${n}.mjs`);
      await writeFile(mutant, source.replace(from, to));
      const broken: Verifier = await import(mutant);
      assert.ok(isFoundOut(broken), "lives");
    });

  test("and the whole one is not", () => {
    assert.ok(!isFoundOut(verifier));
  });
});

function isFoundOut(one: Verifier): boolean {
  const { kinds, refused } = tamper(one, { count: 2400, seed: 11, largest: 40, untilMissed: true });
  return refused.length > 0 || kinds.some(({ changes, found, misplaced }) => found < changes || misplaced > 0);
}

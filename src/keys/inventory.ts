import type { KeyId, KeyOwner } from "./keys.ts";
import { uuidText } from "./primitives/encoding.ts";
import type { KeptRing } from "./ring/keptRing.ts";
import { outerId } from "./ring/keyId.ts";
import { dateOf } from "./ring/made.ts";
import { nameAt, type Ring } from "./ring/ring.ts";
import { secretsOf, theSecret } from "./ring/secrets.ts";
import { idOf, madeOf, registerOf, ruleOf, subjectOf, versionOf } from "./ring/table.ts";

/** `since` is null where an older version of the keyring did not write it down. */
type Level = { version: number; since: Date | null };

export type Inventory = {
  installation: string;
  root: { id: string; kept: "file" | "passphrase"; since: Date | null };
  /** The version of every register key too. */
  epoch: Level;
  search: Level;
  signers: readonly Level[];
  recovery: readonly { confirmed: boolean; since: Date | null }[];
  /** `superseded`: of the keys, those that have a newer version; `mostUses`: of the key that has sealed most. */
  registers: readonly {
    register: string;
    keys: number;
    subjects: number;
    superseded: number;
    oldest: Date | null;
    mostUses: number;
  }[];
  keys: number;
  destroyed: number;
};

/** `current`: the newest version of its owner, the one that `keysFor` gives. */
export type KeyLine = KeyOwner & { id: KeyId; version: number; madeAt: Date | null; current: boolean; uses: number };

export function inventoryOf({ ring, root, provider }: KeptRing): Inventory {
  const level = ({ version, made }: { version: number; made: number }): Level => ({ version, since: dateOf(made) });
  return {
    installation: ring.installation,
    root: { id: root.id.toString("hex"), kept: provider.kind, since: dateOf(ring.rootMade) },
    epoch: level({ version: ring.epoch, made: ring.epochMade }),
    search: level(theSecret(ring.secrets, "search")),
    signers: secretsOf(ring.secrets, "signer").map(level),
    recovery: ring.papers.map(({ confirmed, made }) => ({ confirmed, since: dateOf(made) })),
    registers: registersOf(ring),
    keys: ring.table.size,
    destroyed: ring.destroyed,
  };
}

function registersOf(ring: Ring): Inventory["registers"] {
  const found = new Map<
    string,
    { keys: number; subjects: Set<string>; superseded: number; oldest: number; mostUses: number }
  >();
  for (const { register, subject, madeAt, current, uses } of linesOf(ring)) {
    const line = found.get(register) ?? { keys: 0, subjects: new Set(), superseded: 0, oldest: Infinity, mostUses: 0 };
    found.set(register, line);
    line.keys += 1;
    line.subjects.add(subject);
    line.superseded += current ? 0 : 1;
    line.oldest = Math.min(line.oldest, madeAt?.getTime() ?? 0);
    line.mostUses = Math.max(line.mostUses, uses);
  }
  return [...found]
    .map(([register, { subjects, oldest, ...counts }]) => ({
      register,
      ...counts,
      subjects: subjects.size,
      oldest: oldest === 0 ? null : new Date(oldest),
    }))
    .sort((a, b) => a.register.localeCompare(b.register));
}

export function* linesOf(ring: Ring): Generator<KeyLine> {
  for (let index = 0; index < ring.table.size; index += 1) {
    const row = ring.table.row(index);
    yield {
      id: outerId(idOf(row)),
      register: nameAt(ring, registerOf(row)),
      subject: uuidText(subjectOf(row)),
      rule: nameAt(ring, ruleOf(row)),
      version: versionOf(row),
      madeAt: dateOf(madeOf(row)),
      current: isNewest(ring, index),
      uses: ring.table.usesOf(index),
    };
  }
}

function isNewest(ring: Ring, index: number): boolean {
  const row = ring.table.row(index);
  for (const other of ring.table.of(registerOf(row), subjectOf(row))) {
    if (ruleOf(ring.table.row(other)) === ruleOf(row)) return other === index;
  }
  return false;
}

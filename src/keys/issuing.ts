import type { KeyObject } from "node:crypto";
import { KeyringFault } from "./fault.ts";
import type { KeyId, KeyOwner, Rotated } from "./keys.ts";
import { uuidBytes } from "./primitives/encoding.ts";
import type { KeptRing } from "./ring/keptRing.ts";
import { innerId, outerId } from "./ring/keyId.ts";
import type { Limits } from "./ring/limits.ts";
import type { Seconds } from "./ring/made.ts";
import { changesFor, type Wanted } from "./ring/newKeys.ts";
import { nameAt } from "./ring/ring.ts";
import { idOf, ruleOf, versionOf } from "./ring/table.ts";
import type { Turns } from "./turns.ts";

/** A key can be retired while it is being made; one retired this many times in a row is being erased for good. */
const rounds = 8;

/** Who gets which key: makes them, gives new versions of them, retires and destroys them. */
export class Issuing {
  readonly #kept: KeptRing;
  readonly #turns: Turns;
  readonly #idCheck: KeyObject;
  readonly #limits: Limits;
  readonly #now: () => Seconds;
  readonly #retired = new Set<string>();
  /** Whoever comes while a write runs joins the next one. */
  #making: { owners: KeyOwner[]; done: Promise<void> } | undefined;
  #dooming: { ids: Set<string>; done: Promise<void> } | undefined;
  #lastMade: Promise<unknown> = Promise.resolve();

  constructor(kept: KeptRing, turns: Turns, with_: { idCheck: KeyObject; limits: Limits; now: () => Seconds }) {
    this.#kept = kept;
    this.#turns = turns;
    this.#idCheck = with_.idCheck;
    this.#limits = with_.limits;
    this.#now = with_.now;
  }

  async keysFor(owners: readonly KeyOwner[], refuse: () => void): Promise<KeyId[]> {
    // Before it joins others: one bad id must not refuse the keys of everybody in the same write.
    for (const { subject } of owners) uuidBytes(subject);
    for (let round = 0; round < rounds; round += 1) {
      refuse();
      const ids = owners.map((owner) => this.#current(owner));
      const missing = owners.filter((_, index) => ids[index] === undefined);
      if (missing.length === 0) return ids.flatMap((id) => (id === undefined ? [] : [outerId(id)]));
      await this.#made(missing);
    }
    throw new KeyringFault("destroyed");
  }

  async keysOf({ register, subject, rule }: { register: string; subject: string; rule?: string }): Promise<KeyId[]> {
    // A key on its way to the disk belongs to the owner too: erasing without it would leave it behind.
    await this.#lastMade.catch(() => {});
    const ids: KeyId[] = [];
    for (const row of this.#rowsOf(register, subject)) {
      if (rule === undefined || nameAt(this.#kept.ring, ruleOf(row)) === rule) ids.push(outerId(idOf(row)));
    }
    return ids;
  }

  retire(ids: readonly KeyId[]): void {
    for (const id of ids) this.#retired.add(innerId(id));
  }

  /** `gone` is told which keys no longer are. */
  async destroy(ids: readonly KeyId[], gone: (ids: ReadonlySet<string>) => void): Promise<void> {
    this.retire(ids);
    if (!this.#dooming) {
      const doomed = new Set<string>();
      const done = this.#turns.take(() => {
        this.#dooming = undefined;
        return this.#shred(doomed, gone);
      });
      this.#dooming = { ids: doomed, done };
    }
    for (const id of ids) this.#dooming.ids.add(innerId(id));
    await this.#dooming.done;
  }

  /** Owners without a key are passed over: a rotation makes no keys for people of whom nothing is held. */
  rotate(owners: readonly KeyOwner[]): Promise<Rotated> {
    const done = this.#turns.take(async () => {
      const holders = unique(owners).filter((owner) => this.#newest(owner) !== undefined);
      const former = new Set(holders.flatMap((owner) => this.#idsOf(owner)));
      await this.#make(holders);
      const current = holders.flatMap((owner) => this.#idsOf(owner)).filter((id) => !former.has(id));
      return { former: [...former], current };
    });
    this.#lastMade = done;
    return done;
  }

  #idsOf({ register, subject, rule }: KeyOwner): KeyId[] {
    const rows = [...this.#rowsOf(register, subject)];
    return rows.filter((row) => nameAt(this.#kept.ring, ruleOf(row)) === rule).map((row) => outerId(idOf(row)));
  }

  *#rowsOf(register: string, subject: string): Generator<Buffer> {
    const { names, table } = this.#kept.ring;
    const number = names.indexOf(register);
    if (number < 0) return;
    for (const index of table.of(number, uuidBytes(subject))) yield table.row(index);
  }

  /** The newest key of an owner. */
  #newest({ register, subject, rule }: KeyOwner): Buffer | undefined {
    for (const row of this.#rowsOf(register, subject)) if (nameAt(this.#kept.ring, ruleOf(row)) === rule) return row;
    return undefined;
  }

  /** The id of the newest key of an owner, if it still may seal. */
  #current(owner: KeyOwner): string | undefined {
    const row = this.#newest(owner);
    if (!row || this.#retired.has(idOf(row))) return undefined;
    const { table } = this.#kept.ring;
    const index = table.find(idOf(row));
    return index !== undefined && table.usesOf(index) < this.#limits.perVersion ? idOf(row) : undefined;
  }

  #made(owners: readonly KeyOwner[]): Promise<void> {
    if (!this.#making) {
      const joined: KeyOwner[] = [];
      const done = this.#turns.take(() => {
        this.#making = undefined;
        return this.#make(unique(joined).filter((owner) => this.#current(owner) === undefined));
      });
      this.#making = { owners: joined, done };
      this.#lastMade = done;
    }
    this.#making.owners.push(...owners);
    return this.#making.done;
  }

  async #make(owners: readonly KeyOwner[]): Promise<void> {
    if (owners.length === 0) return;
    const wanted = owners.map((owner): Wanted => {
      const newest = this.#newest(owner);
      return { ...owner, version: newest ? versionOf(newest) + 1 : 1 };
    });
    const { ring, root } = this.#kept;
    await this.#kept.add(changesFor({ ring, root, idCheck: this.#idCheck, made: this.#now() }, wanted));
    // The new keys are durable already: a failed folding harms nobody, and a broken disk shows at the next write.
    if (this.#kept.isLong) this.#turns.take(() => this.#kept.compact()).catch(() => {});
  }

  async #shred(asked: ReadonlySet<string>, gone: (ids: ReadonlySet<string>) => void): Promise<void> {
    const doomed = new Set([...asked].filter((id) => this.#kept.ring.table.find(id) !== undefined));
    if (doomed.size > 0) await this.#kept.rewriteWithout(doomed);
    gone(doomed);
    for (const id of asked) this.#retired.delete(id);
  }
}

function unique(owners: readonly KeyOwner[]): KeyOwner[] {
  const found = new Map<string, KeyOwner>();
  for (const owner of owners)
    found.set(JSON.stringify([owner.register, owner.subject.toLowerCase(), owner.rule]), owner);
  return [...found.values()];
}

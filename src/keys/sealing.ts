import type { KeyObject } from "node:crypto";
import { KeyringFault } from "./fault.ts";
import type { KeyId, Place } from "./keys.ts";
import { headOf, newObject, objectKey, ownerOf } from "./objects.ts";
import { openChunks, type Source, sealChunks } from "./primitives/chunks.ts";
import { uuidBytes, Writer } from "./primitives/encoding.ts";
import type { KeptRing } from "./ring/keptRing.ts";
import { epochOfId, innerId, isIdOf } from "./ring/keyId.ts";
import { type Limits, usesKept } from "./ring/limits.ts";
import { OpenKeys } from "./ring/openKeys.ts";
import { nameAt, openRow, type Ring, usesChange } from "./ring/ring.ts";
import { registerOf, subjectOf } from "./ring/table.ts";
import { idBytesOf, Sealer } from "./sealed.ts";
import type { Turns } from "./turns.ts";

type Item = { place: Place; key: KeyId; plain: Uint8Array };

/** Seals and opens with the keys of the ring, and counts how often each has sealed. */
export class Sealing {
  readonly #kept: KeptRing;
  readonly #turns: Turns;
  readonly #idCheck: KeyObject;
  readonly #limits: Limits;
  readonly #sealer: Sealer;
  readonly #openKeys = new OpenKeys();

  constructor(kept: KeptRing, turns: Turns, { idCheck, limits }: { idCheck: KeyObject; limits: Limits }) {
    this.#kept = kept;
    this.#turns = turns;
    this.#idCheck = idCheck;
    this.#limits = limits;
    this.#sealer = new Sealer(kept.ring.installation);
  }

  async seal(items: readonly Item[]): Promise<Buffer[]> {
    await this.#counted(items);
    return items.map(({ place, key, plain }) =>
      this.#sealer.seal(this.#keyToSeal(key, place), Buffer.from(key, "hex"), place, plain),
    );
  }

  open(items: readonly { place: Place; sealed: Uint8Array }[]): (Buffer | null)[] {
    return items.map(({ place, sealed }) => {
      const key = this.#keyToOpen(idBytesOf(sealed), place);
      return key && this.#sealer.open(key, place, sealed);
    });
  }

  async *sealObject({ place, key, plain }: Omit<Item, "plain"> & { plain: Source }): AsyncGenerator<Buffer> {
    await this.#counted([{ place, key }]);
    const owner = this.#keyToSeal(key, place);
    const object = newObject(this.#ring.installation, place, Buffer.from(key, "hex"), owner);
    yield object.head;
    yield* sealChunks(object.key, plain);
  }

  async openObject({ place, sealed }: { place: Place; sealed: Source }): Promise<AsyncGenerator<Buffer> | null> {
    const { head, rest } = await headOf(sealed);
    const owner = this.#keyToOpen(Buffer.from(ownerOf(head)), place);
    return owner && openChunks(objectKey(this.#ring.installation, place, head, owner), rest);
  }

  forget(ids: Iterable<string>): void {
    this.#openKeys.forget(ids);
  }

  clear(): void {
    this.#openKeys.clear();
  }

  get #ring(): Ring {
    return this.#kept.ring;
  }

  /** Before anything is sealed: all items are possible, counted, and the counts are as durable as they must be. */
  async #counted(items: readonly Omit<Item, "plain">[]): Promise<void> {
    const { table } = this.#ring;
    let changes: Writer | undefined;
    for (const { key, place } of items) {
      const index = this.#indexToSeal(key, place);
      const before = table.usesOf(index);
      if (before >= this.#limits.perKey) throw new KeyringFault("spent");
      table.countUses(index, 1);
      const kept = usesKept(before + 1, this.#limits);
      if (before < this.#limits.block - 1 || kept === usesKept(before, this.#limits)) continue;
      changes ??= new Writer();
      usesChange(changes, Buffer.from(key, "hex"), kept);
    }
    const noted = changes && Buffer.from(changes.done());
    if (noted) await this.#turns.take(() => this.#kept.note(noted));
  }

  #indexToSeal(key: KeyId, { register, subject }: Place): number {
    const index = this.#ring.table.find(innerId(key));
    if (index === undefined) throw new KeyringFault("destroyed");
    // Opening needs no such question: the associated data answers it.
    const row = this.#ring.table.row(index);
    if (nameAt(this.#ring, registerOf(row)) !== register || !subjectOf(row).equals(uuidBytes(subject)))
      throw new KeyringFault("tampered");
    return index;
  }

  #keyToSeal(key: KeyId, place: Place): KeyObject {
    return this.#openKey(innerId(key), this.#indexToSeal(key, place));
  }

  /** null where it has been destroyed. */
  #keyToOpen(idBytes: Buffer, { register, subject }: Place): KeyObject | null {
    const id = idBytes.toString("latin1");
    const index = this.#ring.table.find(id);
    if (index !== undefined) return this.#openKey(id, index);
    if (!isIdOf(this.#idCheck, idBytes, register, uuidBytes(subject))) throw new KeyringFault("tampered");
    if (epochOfId(idBytes) > this.#ring.epoch) throw new KeyringFault("behind");
    return null;
  }

  #openKey(id: string, index: number): KeyObject {
    return this.#openKeys.get(id, () => openRow(this.#ring, this.#kept.places, this.#ring.table.row(index)));
  }
}

// Changes to sealed values and objects and to what they are bound to: none may open. Each kind is tried as often as the others, on all lengths.
import { randomBytes } from "node:crypto";
import { KeyringFault } from "./fault.ts";
import { newId } from "./id.ts";
import { memoryKeys } from "./keyring.ts";
import type { Keys, Place } from "./keys.ts";

const VALUES = 32;
const BATCH = 1_000;
const KINDS = [
  "bitFlip",
  "byteChanged",
  "tagShortened",
  "bodyShortened",
  "lengthened",
  "otherCategory",
  "otherRow",
  "otherSubject",
  "otherRegister",
  "otherKeyId",
  "otherHeader",
  "piecesSwapped",
] as const;

type Changed = { place: Place; sealed: Buffer };
type Sealed = Changed & { object: boolean };
/** From 0 to below 1. */
type Random = () => number;

export type Mutations = { tried: number; accepted: number; tampered: number; untouched: number; kinds: number };

/**
 * `accepted`: changed values and objects that opened; `tampered`: those whose change was told as one, the others name a key that nobody has. `untouched`: the
 * same unchanged, tried in between, which must open; throws where one does not, and what is no answer of the keyring's.
 */
export async function sealedMutations(times: number, random: Random): Promise<Mutations> {
  const keys = await memoryKeys();
  try {
    const values = await seal(keys, random);
    let [tried, accepted, tampered, untouched] = [0, 0, 0, 0];
    while (tried < times) {
      for (let n = 0; n < BATCH && tried < times; n++) {
        const kind = KINDS[tried % KINDS.length] ?? "bitFlip";
        const item = one(values, random);
        const others = values.filter(({ object }) => object === item.object);
        const found = await opens(keys, { ...change(kind, item, one(others, random), random), object: item.object });
        if (found === "opened") accepted += 1;
        if (found === "tampered") tampered += 1;
        tried += 1;
      }
      if ((await opens(keys, one(values, random))) !== "opened") throw new Error("an unchanged value did not open");
      untouched += 1;
    }
    return { tried, accepted, tampered, untouched, kinds: KINDS.length };
  } finally {
    await keys.close();
  }
}

async function seal(keys: Keys, random: Random): Promise<Sealed[]> {
  const values: Sealed[] = [];
  for (let n = 0; n < VALUES; n++) {
    const subject = newId();
    const place = { register: "customers", category: n % 2 === 0 ? "name" : "notes", row: newId(), subject };
    const [key = ""] = await keys.keysFor([{ register: "customers", subject, rule: "customerCore" }]);
    const plain = randomBytes(Math.floor(random() ** 3 * 5_000));
    const [value] = await keys.seal([{ place, key, plain }]);
    if (value) values.push({ place, sealed: value, object: false });
    values.push({ place, sealed: await keys.sealObject({ place, key, plain }), object: true });
  }
  return values;
}

const one = <T>(list: readonly T[], random: Random): T => list[Math.floor(random() * list.length)] as T;

/** What was changed is not what it was: `other` may be the same value, and then something else is changed. */
function change(kind: (typeof KINDS)[number], { place, sealed }: Sealed, other: Sealed, random: Random): Changed {
  const bytes = Buffer.from(sealed);
  const at = Math.floor(random() * bytes.length);
  const flip = (where: number) => bytes.writeUInt8((bytes[where] ?? 0) ^ (1 << Math.floor(random() * 8)), where);
  const isSame = other.sealed === sealed;
  switch (kind) {
    case "bitFlip":
      flip(at);
      break;
    case "byteChanged":
      bytes.writeUInt8(((bytes[at] ?? 0) + 1 + Math.floor(random() * 255)) & 0xff, at);
      break;
    case "tagShortened":
      return { place, sealed: bytes.subarray(0, bytes.length - 1 - Math.floor(random() * 15)) };
    case "bodyShortened":
      return { place, sealed: bytes.subarray(0, at) };
    case "lengthened":
      return { place, sealed: Buffer.concat([bytes, randomBytes(1 + Math.floor(random() * 16))]) };
    case "otherCategory":
      return { place: { ...place, category: place.category === "name" ? "notes" : "name" }, sealed };
    case "otherRow":
      return { place: { ...place, row: newId() }, sealed };
    case "otherSubject":
      return { place: { ...place, subject: isSame ? newId() : other.place.subject }, sealed };
    case "otherRegister":
      return { place: { ...place, register: "invoices" }, sealed };
    case "otherKeyId":
      if (isSame) flip(1 + (at % 16));
      else other.sealed.copy(bytes, 1, 1, 17);
      break;
    case "otherHeader":
      if (isSame) flip(at % 29);
      else other.sealed.copy(bytes, 0, 0, 29);
      break;
    case "piecesSwapped":
      if (isSame) flip(at);
      else other.sealed.copy(bytes, bytes.length - 16, other.sealed.length - 16);
      break;
  }
  return { place, sealed: bytes };
}

async function opens(keys: Keys, { place, sealed, object }: Sealed): Promise<"opened" | "tampered" | "nobodys"> {
  try {
    const plain = object ? await keys.openObject({ place, sealed }) : (await keys.open([{ place, sealed }]))[0];
    return plain == null ? "nobodys" : "opened";
  } catch (error) {
    if (error instanceof KeyringFault && REFUSALS.has(error.code))
      return error.code === "tampered" ? "tampered" : "nobodys";
    throw error;
  }
}

/** `behind`: a key number beyond those that there are. */
const REFUSALS: ReadonlySet<string> = new Set(["tampered", "behind", "gone"]);

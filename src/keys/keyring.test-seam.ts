import { randomUUID } from "node:crypto";
import type { SimulatedProcess } from "./disk/files.test-seam.ts";
import { KeyringFault, type KeyringFaultCode } from "./fault.ts";
import { type KeyringOptions, openKeyring } from "./keyring.ts";
import type { KeyOwner, Keys, Place } from "./keys.ts";

/** An owner nobody else is. */
export const owner = (changes: Partial<KeyOwner> = {}): KeyOwner => ({
  register: "customers",
  subject: randomUUID(),
  rule: "warranty",
  ...changes,
});

export const placeOf = ({ register, subject }: KeyOwner): Place => ({
  register,
  category: "name",
  row: randomUUID(),
  subject,
});

export const fault = (code: KeyringFaultCode) => (error: unknown) =>
  error instanceof KeyringFault && error.code === code;

export const start = (files: SimulatedProcess, options: Partial<KeyringOptions> = {}): Promise<Keys> =>
  openKeyring({ folder: "", files, mode: "existing", ...options });

export const create = (files: SimulatedProcess, options: Partial<KeyringOptions> = {}): Promise<Keys> =>
  start(files, { ...options, mode: "create" });

export async function sealOne(keys: Keys, of: KeyOwner, text = "Kanerva") {
  const [key = ""] = await keys.keysFor([of]);
  const place = placeOf(of);
  const [sealed = Buffer.alloc(0)] = await keys.seal([{ place, key, plain: Buffer.from(text) }]);
  return { key, place, sealed };
}

export async function openOne(keys: Keys, item: { place: Place; sealed: Uint8Array }): Promise<string | null> {
  const [plain = null] = await keys.open([item]);
  return plain?.toString() ?? null;
}

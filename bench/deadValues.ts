// Sealed values as they stood in the database before the erasure: they are in every copy of that time, and no key we hold opens them.
import { inKeyringCopy } from "./keyringCopy.ts";
import type { PastPerson } from "./pastPeople.ts";
import { query } from "./superuser.ts";

export type SealedValue = {
  readonly subject: string;
  readonly category: string;
  readonly sealed: Buffer;
  readonly erased: boolean;
};

/** Of a running register, before anything is erased. */
export async function sealedValuesOf(dataDir: string, people: readonly PastPerson[]): Promise<SealedValue[]> {
  const whole = new Map(people.map((one) => [one.id, one.whole]));
  const rows = await query(dataDir, "select subject_id::text as subject, category, sealed from customer_value");
  return rows.flatMap(({ subject, category, sealed }) => {
    const isWhole = whole.get(String(subject));
    if (isWhole === undefined || !Buffer.isBuffer(sealed)) return [];
    const erased = isWhole || category === "notes" || category === "personalIdentityCode";
    return [{ subject: String(subject), category: String(category), sealed, erased }];
  });
}

/** With the keys in the folder: how many of the erased and of the kept still open. */
export const opened = (folder: string, values: readonly SealedValue[]): Promise<{ erased: number; kept: number }> =>
  inKeyringCopy(folder, async (keys) => {
    const count = { erased: 0, kept: 0 };
    for (const { subject, category, sealed, erased } of values) {
      const place = { register: "customers", category, row: subject, subject };
      const [plain] = await keys.open([{ place, sealed }]).catch(() => [null]);
      if (plain) count[erased ? "erased" : "kept"] += 1;
    }
    return count;
  });

// Which copies may still hold, sealed, what was erased, and until when. For certificates.
import type { Certificate } from "../documents/certificate.ts";
import { addDays, dayInHelsinki } from "../values/Day.ts";
import { periodsOn } from "./periods.ts";

/**
 * A copy made the moment before the keys went is the last to go. `copied`: whether copies are made at all; `former`: by when the cluster is gone that an upgrade
 * of PostgreSQL has left.
 */
export function copiesAfter({ copied, former }: { copied: boolean; former?: Date | undefined }) {
  return (keysGoneAt: Date): Certificate["copies"] => {
    const left =
      former && keysGoneAt <= former ? [{ what: "formerDatabase", goneBy: dayInHelsinki(former) as string }] : [];
    if (!copied) return left;
    const { keyringDays, databaseDays } = periodsOn(keysGoneAt);
    const until = (days: number) => addDays(dayInHelsinki(keysGoneAt), days);
    return [
      { what: "keyring", goneBy: until(keyringDays) },
      { what: "database", goneBy: until(databaseDays) },
      { what: "writeAheadLog", goneBy: until(databaseDays) },
      { what: "journal", goneBy: until(databaseDays) },
      ...left,
    ];
  };
}

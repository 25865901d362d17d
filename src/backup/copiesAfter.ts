// Which copies may still hold, sealed, what was erased, and until when. For certificates.
import type { Certificate } from "../documents/certificate.ts";
import { addDays, dayInHelsinki } from "../values/Day.ts";
import { periodsOn } from "./periods.ts";

/** A copy made the moment before the keys went is the last to go. `copied`: whether copies are made at all. */
export function copiesAfter({ copied }: { copied: boolean }) {
  return (keysGoneAt: Date): Certificate["copies"] => {
    if (!copied) return [];
    const { keyringDays, databaseDays } = periodsOn(keysGoneAt);
    const until = (days: number) => addDays(dayInHelsinki(keysGoneAt), days);
    return [
      { what: "keyring", goneBy: until(keyringDays) },
      { what: "database", goneBy: until(databaseDays) },
      { what: "writeAheadLog", goneBy: until(databaseDays) },
      { what: "journal", goneBy: until(databaseDays) },
    ];
  };
}

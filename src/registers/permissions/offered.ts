// Which consents a source may bring, and in which wording.
import type { Description } from "../../description/schema.ts";
import type { CategoryType, ChannelKind } from "../../description/terms.ts";
import type { Day } from "../../values/Day.ts";

type Consent = Description["consents"][string];
export type Offered = { id: string; declared: Consent; wording: Consent["wording"][number] };

/** In the wording of the day; a raffle's own belongs to the raffle. */
export function consentsOffered(description: Description, source: string, today: Day): Offered[] {
  const purposes = description.sources[source]?.purposes;
  return Object.entries(description.consents).flatMap(([id, declared]) => {
    const fits = purposes?.includes(declared.purpose) ?? true;
    if (!fits || description.purposes[declared.purpose]?.kind === "raffle") return [];
    const wording = declared.wording.filter(({ from }) => from <= today).sort((a, b) => b.version - a.version)[0];
    return wording ? [{ id, declared, wording }] : [];
  });
}

/** Whether one of the channels reaches a person of whom these categories are known; one that needs no address of theirs always does. */
export function reaches(
  { categories }: Description,
  channels: readonly ChannelKind[],
  known: readonly string[],
): boolean {
  const types = new Set(known.map((id) => categories[id]?.type));
  return channels.some((channel) => REACHED_BY[channel]?.some((type) => types.has(type)) ?? true);
}

/** What giving a consent writes down of the person: how they are reached. Undefined where a channel needs no address of theirs. */
export function aboutConsent(description: Description, register: string, consent: string): string[] | undefined {
  const types = description.consents[consent]?.channels.flatMap((channel) => REACHED_BY[channel] ?? []) ?? [];
  const known = description.registers[register]?.categories ?? [];
  const found = known.find((id) => types.some((type) => type === description.categories[id]?.type));
  return found === undefined ? undefined : [found];
}

const REACHED_BY: Readonly<Partial<Record<ChannelKind, readonly CategoryType[]>>> = {
  email: ["email"],
  secureMail: ["email"],
  sms: ["phone"],
  phone: ["phone"],
  letter: ["billingAddress", "deliveryAddress"],
};

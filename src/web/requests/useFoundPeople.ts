import type { z } from "zod";
import { searchCustomers } from "../../registers/customers/contract.ts";
import { phoneShown } from "../../values/phoneShown.ts";
import { useMay, useRightsPurpose } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";

export type FoundPerson = z.infer<typeof searchCustomers.response>["items"][number];

/** Customers by the beginning of a name or of an address, also those who are restricted where one answers requests. Nothing is asked of an empty text. */
export function useFoundPeople(search: string) {
  const may = useMay();
  const purpose = useRightsPurpose();
  const found = useAsk(
    searchCustomers,
    { body: { search, limit: 20 } },
    { enabled: search !== "" && (purpose !== undefined || may("read customers")), keepPrevious: true, purpose },
  );
  return { found, items: search === "" ? undefined : found.data?.items, forRights: purpose !== undefined };
}

/** What tells two people of one name apart. */
export function usePersonLine(): (person: FoundPerson) => string {
  const { t } = useWords();
  return ({ kind, email, phone, town }) =>
    [t(`customer.kind.${kind}`), email, phone && phoneShown(phone), town].filter(Boolean).join(" · ");
}

import { listEndingConsents } from "../../rights/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { Waiting } from "./Waiting.tsx";

export const endingConsents = [listEndingConsents, {}] as const;

/** Consents that end soon, to be asked anew where the person still wants what they allowed. */
export function EndingConsents() {
  const { t, day } = useWords();
  const { purpose } = useLabels();
  const asked = useAsk(...endingConsents);
  if (asked.data?.items.length === 0) return null;
  return (
    <Waiting
      title={t("home.consents")}
      none=""
      problem={asked.error}
      all={{ to: "/customers", search: {}, label: t("customers.title") }}
      more={asked.data?.items.length === 50}
      lines={asked.data?.items.map(({ id, name, purpose: of, lastDay }) => ({
        id,
        to: "/customers/$id",
        what: name ?? t("customer.unnamed"),
        note: purpose(of),
        amount: day(lastDay),
      }))}
    />
  );
}

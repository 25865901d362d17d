import { listCorrections } from "../../registers/customers/corrections/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { Waiting } from "./Waiting.tsx";

export const corrections = [listCorrections, {}] as const;

/** What customers say on their own cards that should be otherwise; nothing where nothing waits. */
export function CorrectionsWaiting() {
  const { t, dayOfMoment } = useWords();
  const { category } = useLabels();
  const { data } = useAsk(...corrections);
  if (!data || data.items.length === 0) return null;
  return (
    <Waiting
      title={t("home.corrections")}
      none=""
      problem={null}
      all={{ to: "/customers", search: {}, label: t("home.correctionsAll") }}
      more={data.more}
      lines={data.items.map(({ customerId, customerName, category: of, at }) => ({
        id: customerId,
        to: "/customers/$id",
        what: customerName ?? t("customer.unnamed"),
        note: t("home.correctionOn", { category: category(of), day: dayOfMoment(at) }),
        amount: "",
      }))}
    />
  );
}

import { listCustomers } from "../../registers/customers/contract.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { Waiting } from "./Waiting.tsx";

export const awaitingAnswer = [listCustomers, { query: { state: "awaitingAnswer", limit: 50 } }] as const;

/** Those who wrote by the public form, until somebody has been in touch. */
export function AwaitingAnswer() {
  const { t } = useWords();
  const asked = useAsk(...awaitingAnswer);
  if (asked.data?.items.length === 0) return null;
  return (
    <Waiting
      title={t("home.awaiting")}
      none=""
      problem={asked.error}
      all={{ to: "/customers", search: {}, label: t("home.awaitingAll") }}
      more={asked.data?.next !== undefined}
      lines={asked.data?.items.map(({ id, name, phone, email }) => ({
        id,
        to: "/customers/$id",
        what: name ?? t("customer.unnamed"),
        note: phone ?? email ?? "",
        amount: "",
      }))}
    />
  );
}

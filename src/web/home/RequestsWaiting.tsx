import { listRequests } from "../../registers/requests/contract.ts";
import { daysLeftWord } from "../requests/DaysLeft.tsx";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { Waiting } from "./Waiting.tsx";

export const openRequests = [listRequests, { query: { view: "open" } }] as const;

/** People who have asked about their own data and have no answer yet, with the days left. */
export function RequestsWaiting() {
  const { t } = useWords();
  const asked = useAsk(...openRequests);
  return (
    <Waiting
      title={t("home.requests")}
      none={t("home.requestsNone")}
      problem={asked.error}
      all={{ to: "/requests", search: {}, label: t("home.requestsAll") }}
      more={false}
      lines={asked.data?.items
        .filter(({ outcome }) => outcome === null)
        .map(({ id, name, right, daysLeft }) => ({
          id,
          to: "/requests/case/$id",
          what: name ?? t("requests.nameGone"),
          note: t(`right.${right}`),
          amount: daysLeftWord(t, daysLeft),
          late: daysLeft < 0,
        }))}
    />
  );
}

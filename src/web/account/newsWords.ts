import type { NewsLine } from "../../rights/staff/news/contract.ts";
import { useWords } from "../words/words.tsx";

/** What was done to one's account, as the events say it too. */
export function useNewsWords(): (line: NewsLine) => { what: string; when: string; who: string } {
  const { t, moment } = useWords();
  return ({ kind, at, by }) => ({ what: t(`audit.deed.signIn.${kind}`), when: moment(at), who: t(`news.by.${by}`) });
}

import type { WordValues } from "../../values/words.ts";
import { useWords } from "./words.tsx";

const lacking = { folder: "BACKUP_DIR", file: "?", segment: "?", freeMB: "?", neededMB: "?", count: "?", missing: "?" };

/** A code of a `Problem` that came without its facts, as a sentence; `reason` leads to the command that knows more. */
export function useProblemSentence(): (code: string, facts?: WordValues) => string {
  const { t, sentence } = useWords();
  return (code, facts = {}) => {
    try {
      return sentence("problems", code, { ...lacking, reason: t("problem.reason"), ...facts });
    } catch {
      return t("problem.code", { code });
    }
  };
}

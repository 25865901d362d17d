// An act in words that a person reads: the company's own name of the register, and what is done.
import type { WhyOf } from "../../registers/staff/why/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";

/** The rule of an answer in a sentence. */
export function useRule(): (reason: string) => string {
  const { t, sentence } = useWords();
  return (reason) =>
    reason === "categoryNotAllowed" ? t("why.oneCategory") : sentence("problems", `refused.${reason}`);
}

/** "Hallinto tai Myynti": roles of the description, any one of which will do. */
export function useAnyRole(): (roles: readonly string[]) => string {
  const { language } = useWords();
  const { role } = useLabels();
  return (roles) => new Intl.ListFormat(language, { type: "disjunction" }).format(roles.map(role));
}

type Named = Pick<WhyOf, "verb" | "register" | "flow" | "right" | "keeps">;

export function useActWords(): (of: Named) => string {
  const { t } = useWords();
  const labels = useLabels();
  return ({ verb, register, flow, right, keeps }) => {
    if (flow !== null) return labels.flow(flow);
    if (right !== null) return t("why.right", { right: t(`right.${right}`) });
    if (verb === null) return t("why.noFlow");
    const what =
      keeps !== null ? t(`why.keeps.${keeps}`) : register !== null ? labels.register(register) : t("why.noRegister");
    return t("why.act", { what, verb: t(`why.verb.${verb}`) });
  };
}

import type { Backups } from "../../backup/contract.ts";
import { useProblemSentence } from "../words/problemSentence.ts";
import { useWords } from "../words/words.tsx";
import { Duty, type Tone } from "./Duty.tsx";

/** Whether the register would come back: at once, not only in the next notice. */
export function CopiesDuty({ backups }: { backups: Backups }) {
  const { t } = useWords();
  const sentenceOf = useProblemSentence();
  const { target, operators, trouble, troubleFacts, lastAttempt, drill } = backups;
  const tell = (tone: Tone, text: string) => <Duty to="/backups" title={t("backups.title")} tone={tone} text={text} />;
  if (target === null) return tell("bad", t(operators ? "home.keysNotCopied" : "home.notCopied"));
  const folder = target.dir;
  if (trouble !== null) return tell("bad", sentenceOf(trouble, { folder, ...troubleFacts }));
  const failed = lastAttempt?.problem ?? null;
  if (failed !== null) return tell("bad", sentenceOf(failed, { folder, ...lastAttempt?.problemFacts }));
  if (operators) return tell("good", t("backups.operatorsState"));
  const { state, last } = drill;
  const [newest] = last;
  if (state === "failed" && newest?.problem)
    return tell("bad", `${t("backups.drill.failed")} ${sentenceOf(newest.problem, newest.problemFacts)}`);
  return tell(state === "failed" || state === "late" ? "bad" : "good", t(`backups.drill.${state}`));
}

import { IconCircle, IconCircleCheck, IconCircleDot } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Section } from "../ui/Section.tsx";
import { StateMark } from "../ui/StateMark.tsx";
import { useWords } from "../words/words.tsx";

export type StepState = "done" | "now" | "later";
const marks = {
  done: { tone: "good", icon: IconCircleCheck, word: "case.stepDone" },
  now: { tone: "told", icon: IconCircleDot, word: "case.stepNow" },
  later: { tone: "plain", icon: IconCircle, word: "case.stepLater" },
} as const;

/** One step of a request, with where it stands said in a word. */
export function CaseStep({ title, state, children }: { title: string; state: StepState; children: ReactNode }) {
  const { t } = useWords();
  const { tone, icon, word } = marks[state];
  return (
    <Section
      title={title}
      actions={
        <StateMark tone={tone} icon={icon}>
          {t(word)}
        </StateMark>
      }
    >
      {children}
    </Section>
  );
}

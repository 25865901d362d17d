import {
  IconArrowUpRight,
  IconCheck,
  IconCircleDashed,
  IconClipboardText,
  IconFlag,
  IconLock,
  IconMask,
  IconMinus,
  IconTrash,
  IconX,
} from "@tabler/icons-react";
import { useWords } from "../words/words.tsx";
import { StateMark } from "./StateMark.tsx";

const looks = {
  erased: { tone: "good", icon: IconTrash },
  restricted: { tone: "attention", icon: IconLock },
  kept: { tone: "plain", icon: IconFlag },
  anonymised: { tone: "told", icon: IconMask },
  proven: { tone: "good", icon: IconCheck },
  failed: { tone: "trouble", icon: IconX },
  notYet: { tone: "plain", icon: IconCircleDashed },
  nothing: { tone: "plain", icon: IconMinus },
  task: { tone: "told", icon: IconClipboardText },
  declared: { tone: "plain", icon: IconFlag },
  outside: { tone: "plain", icon: IconArrowUpRight },
} as const;

/** What happened to data, or how a statement is kept; a colour never stands alone. */
export type OutcomeName = keyof typeof looks;

/** `done`: told in the past. */
export function Outcome({ of, done = false }: { of: OutcomeName; done?: boolean }) {
  const { t } = useWords();
  const { tone, icon } = looks[of];
  return (
    <StateMark tone={tone} icon={icon}>
      {done && isDeed(of) ? t(`outcome.done.${of}`) : t(`outcome.${of}`)}
    </StateMark>
  );
}

type Deed = "erased" | "restricted" | "anonymised";
/** What is kept goes on being kept. */
const isDeed = (of: OutcomeName): of is Deed => ["erased", "restricted", "anonymised"].includes(of);

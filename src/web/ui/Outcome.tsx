import { Badge } from "@mantine/core";
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

const looks = {
  erased: { color: "spruce", icon: IconTrash },
  restricted: { color: "amber", icon: IconLock },
  kept: { color: "gray", icon: IconFlag },
  anonymised: { color: "blue", icon: IconMask },
  proven: { color: "spruce", icon: IconCheck },
  failed: { color: "red", icon: IconX },
  notYet: { color: "gray", icon: IconCircleDashed },
  nothing: { color: "gray", icon: IconMinus },
  task: { color: "blue", icon: IconClipboardText },
  declared: { color: "gray", icon: IconFlag },
  outside: { color: "gray", icon: IconArrowUpRight },
} as const;

/** What happened to data, or how a statement is kept; a colour never stands alone. */
export type OutcomeName = keyof typeof looks;

/** `done`: told in the past. */
export function Outcome({ of, done = false }: { of: OutcomeName; done?: boolean }) {
  const { t } = useWords();
  const { color, icon: Icon } = looks[of];
  return (
    <Badge
      variant="light"
      color={color}
      radius="sm"
      size="md"
      tt="none"
      fw={600}
      leftSection={<Icon size={13} aria-hidden />}
    >
      {done && isDeed(of) ? t(`outcome.done.${of}`) : t(`outcome.${of}`)}
    </Badge>
  );
}

type Deed = "erased" | "restricted" | "anonymised";
/** What is kept goes on being kept. */
const isDeed = (of: OutcomeName): of is Deed => ["erased", "restricted", "anonymised"].includes(of);

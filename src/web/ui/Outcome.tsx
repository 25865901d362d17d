import { Badge } from "@mantine/core";
import {
  IconArrowUpRight,
  IconCheck,
  IconCircleDashed,
  IconClipboardText,
  IconFlag,
  IconLock,
  IconMask,
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
  task: { color: "blue", icon: IconClipboardText },
  declared: { color: "gray", icon: IconFlag },
  outside: { color: "gray", icon: IconArrowUpRight },
} as const;

/** What happened to data, or how a statement is kept; a colour never stands alone. */
export type OutcomeName = keyof typeof looks;

export function Outcome({ of }: { of: OutcomeName }) {
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
      {t(`outcome.${of}`)}
    </Badge>
  );
}

import { useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconClipboardPlus, IconFlag, IconKeyboard, IconMoon, IconSun, IconUserPlus } from "@tabler/icons-react";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { openDialog } from "../keyboard/dialogs.ts";
import { useSingleKeys } from "../keyboard/setting.ts";
import { doorLetters } from "../keyboard/shortcuts.ts";
import { useMay } from "../session/me.ts";
import { doorsFor } from "../shell/navigation.ts";
import { useWords } from "../words/words.tsx";
import type { Finding } from "./useFindings.ts";

const CARD = /^\/customers\/([0-9a-f-]{36})$/;

/** What can be done from anywhere, and the doors that are open to this person. */
export function useActions(): { acts: readonly Finding[]; pages: readonly Finding[] } {
  const { t } = useWords();
  const may = useMay();
  const navigate = useNavigate();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  const single = useSingleKeys();
  const card = CARD.exec(path)?.[1];
  const keys = (...all: string[]) => (single ? all : undefined);
  const acts: (Finding | false)[] = [
    may("collect customers") && {
      key: "newCustomer",
      icon: IconUserPlus,
      label: t("customers.new"),
      keys: keys("n"),
      open: () => void navigate({ to: "/customers/new" }),
    },
    card !== undefined &&
      may("collect customers") && {
        key: "newOrder",
        icon: IconClipboardPlus,
        label: t("palette.newOrderHere"),
        open: () => void navigate({ to: "/customers/$id/new-order", params: { id: card } }),
      },
    may("keeps description change") && {
      key: "start",
      icon: IconFlag,
      label: t("start.door"),
      open: () => void navigate({ to: "/start" }),
    },
    {
      key: "scheme",
      icon: dark ? IconSun : IconMoon,
      label: t(dark ? "scheme.light" : "scheme.dark"),
      open: () => setColorScheme(dark ? "light" : "dark"),
    },
    {
      key: "shortcuts",
      icon: IconKeyboard,
      label: t("shortcuts.title"),
      keys: keys("?"),
      open: () => openDialog("shortcuts"),
    },
  ];
  const pages = doorsFor(may)
    .flatMap(({ doors }) => doors)
    .map(({ to, word, icon }) => ({
      key: to,
      icon,
      label: t(word),
      keys: doorLetters[to] === undefined ? undefined : keys("g", doorLetters[to]),
      open: () => void navigate({ to }),
    }));
  return { acts: acts.filter((each) => each !== false), pages };
}

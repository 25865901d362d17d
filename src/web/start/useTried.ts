import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import type { z } from "zod";
import { type readStart, tryStart } from "../../versions/start/contract.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { givenOf, type Progress } from "./progress.ts";

export type Began = z.output<typeof readStart.response>;
export type ShownStart = z.output<typeof tryStart.response>;
export type Finding = ShownStart["findings"][number];
export type Tried = ReturnType<typeof useTried>;

const PAUSE_MS = 300;

/** What the answers of the moment give, asked when somebody pauses; the answer before stays until the next comes. */
export function useTried(progress: Progress) {
  const { language } = useWords();
  const now = JSON.stringify(givenOf(progress));
  const [asked] = useDebouncedValue(now, PAUSE_MS);
  const given = useMemo((): ReturnType<typeof givenOf> => JSON.parse(asked), [asked]);
  const answer = useAsk(
    tryStart,
    { body: { given: given ?? { text: "" }, language } },
    { enabled: given !== null && progress.done === null, keepPrevious: true },
  );
  const current = asked === now && !answer.isPlaceholderData && given !== null;
  return { data: given === null ? undefined : answer.data, error: answer.error, isCurrent: current };
}

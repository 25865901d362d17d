import { listNotices, type Notice } from "../../channels/notices/contract.ts";
import { useAsk } from "../session/server.ts";
import { useMoreWords } from "../words/more.ts";
import { useProblemSentence } from "../words/problemSentence.ts";

const MINUTE = 60_000;

export type ToldNotice = Notice & { title: string; text: string; wayOut: string };

/** What whoever keeps backups has to know, in the words of the letter; a problem's code is told as its sentence. */
export function useNotices(): readonly ToldNotice[] | undefined {
  const words = useMoreWords("notices");
  const sentenceOf = useProblemSentence();
  const { data } = useAsk(listNotices, {}, { staleTime: MINUTE, everyMs: () => 5 * MINUTE });
  if (!words || !data) return undefined;
  return data.items.map((notice) => {
    const { kind, facts } = notice;
    const code = facts.problem;
    return {
      ...notice,
      title: words(`${kind}.title`, facts),
      text: typeof code === "string" ? sentenceOf(code, facts) : words(kind, { problem: "", ...facts }),
      wayOut: words(`${kind}.do`, facts),
    };
  });
}

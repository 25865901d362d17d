import type { WordsOfNow } from "../words/words.tsx";

/** "kanava: sähköposti": where one may be reached, not to be read as the way in which the consent was given. */
export const channelWords = (t: WordsOfNow["t"], channels: readonly string[]): string =>
  t("permissions.channels", {
    count: channels.length,
    names: channels.map((channel) => t("event.channelName", { channel })).join(", "),
  });

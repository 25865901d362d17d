// Sentences that the server, the command line and the web share, fetched by the pages that say them.
import { useQuery } from "@tanstack/react-query";
import type certificate from "../../../locales/fi/certificate.json";
import type cli from "../../../locales/fi/cli.json";
import type keys from "../../../locales/fi/keys.json";
import type notices from "../../../locales/fi/notices.json";
import type { Language } from "../../values/Language.ts";
import { makeWords, type WordValues } from "../../values/words.ts";
import { useWords } from "./words.tsx";

type Areas = { certificate: typeof certificate; cli: typeof cli; keys: typeof keys; notices: typeof notices };

const files = import.meta.glob<Record<string, string>>("../../../locales/*/{certificate,cli,keys,notices}.json", {
  import: "default",
});

const load = async (area: keyof Areas, language: Language) =>
  makeWords((await files[`../../../locales/${language}/${area}.json`]?.()) ?? {}, language);

/** undefined while they come. A missing sentence does not compile. */
export function useMoreWords<A extends keyof Areas>(
  area: A,
): ((key: keyof Areas[A] & string, values?: WordValues) => string) | undefined {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ["words", area, language],
    queryFn: () => load(area, language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

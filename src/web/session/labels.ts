// The company's own words for its registers, categories, purposes, sources: they come from the description, in the language of the moment.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { readLabels } from "../../proofs/contract.ts";
import type { Language } from "../../values/Language.ts";
import { useWords } from "../words/words.tsx";

export const labelsIn = (language: Language) =>
  queryOptions({
    queryKey: ["labels", language],
    queryFn: ({ signal }) => call(readLabels, { query: { language } }, { signal }),
    staleTime: 300_000,
  });

export function useLabels() {
  const { language, sentence } = useWords();
  const { data } = useQuery({ ...labelsIn(language), placeholderData: (previous) => previous });
  // What a register holds of its own accord (days of events, proofs) stands in no description.
  const categoryOf = (id: string): string => {
    const own = sentence("rights", `category.${id}`);
    return data?.categories[id]?.label ?? (own === `category.${id}` ? id : own);
  };
  const registerOf = (id: string): string => {
    const own = sentence("rights", `register.${id}`);
    return data?.registers[id] ?? (own === `register.${id}` ? id : own);
  };
  const label = (of: Record<string, string> | undefined) => (id: string) => of?.[id] ?? id;
  return {
    labels: data,
    register: registerOf,
    category: categoryOf,
    /** "Nimi, sähköpostiosoite, Y-tunnus"; `inside` a sentence the first one is small too. */
    categories: (ids: readonly string[], place: "first" | "inside" = "first"): string =>
      ids.map((id, at) => (at === 0 && place === "first" ? categoryOf(id) : insideSentence(categoryOf(id)))).join(", "),
    purpose: label(data?.purposes),
    role: label(data?.roles),
    source: (id: string) => data?.sources[id]?.label ?? id,
    system: label(data?.systems),
    flow: label(data?.flows),
    retention: label(data?.retention),
    hold: label(data?.holds),
  };
}

/** Y-tunnus and other words that always begin with a capital keep it. */
export const insideSentence = (word: string) => word.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());

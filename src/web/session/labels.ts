// The company's own words for its registers, categories, purposes, sources: they come from the description, in the language of the moment.
import { useQuery } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { readLabels } from "../../proofs/contract.ts";
import { useWords } from "../words/words.tsx";

export function useLabels() {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ["labels", language],
    queryFn: ({ signal }) => call(readLabels, { query: { language } }, { signal }),
    staleTime: 300_000,
    placeholderData: (previous) => previous,
  });
  const label = (of: Record<string, string> | undefined) => (id: string) => of?.[id] ?? id;
  return {
    labels: data,
    register: label(data?.registers),
    category: (id: string) => data?.categories[id]?.label ?? id,
    purpose: label(data?.purposes),
    role: label(data?.roles),
    source: (id: string) => data?.sources[id]?.label ?? id,
    system: label(data?.systems),
    flow: label(data?.flows),
    retention: label(data?.retention),
  };
}

import { List } from "@mantine/core";
import type { ErasureDecision } from "../../rights/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";

/** Kept as it is, or kept restricted. */
export const stays = ({ outcome }: ErasureDecision): boolean => outcome === "kept" || outcome === "restricted";

/** What remains and why, in sentences that can be told to the person as they stand. */
export function Remains({ decisions }: { decisions: readonly ErasureDecision[] }) {
  const sentenceOf = useRemains();
  return (
    <List spacing="xs">
      {decisions.map((decision) => (
        <List.Item key={sentenceOf(decision)}>{sentenceOf(decision)}</List.Item>
      ))}
    </List>
  );
}

/** "Laskutusrekisteri (nimi, laskut) säilytetään 31.12.2032 asti: Kirjanpitolaki …" */
function useRemains(): (decision: ErasureDecision) => string {
  const { t, day, sentence } = useWords();
  const labels = useLabels();
  return ({ register, categories, outcome, until, purposes, ground, reason }) => {
    const told = {
      register: labels.register(register),
      what: labels.categories(categories, "inside"),
      day: until ? day(until) : "",
      dated: until ? "yes" : "no",
      purposes: (purposes ?? []).map(labels.purpose).join(", "),
      why: ground || sentence("rights", reason),
    };
    return outcome === "restricted" ? t("erasure.remains.restricted", told) : t("erasure.remains.kept", told);
  };
}

import type { TablerIcon } from "@tabler/icons-react";
import type { ProblemError } from "../../api/call.ts";
import { useWords } from "../words/words.tsx";
import { useActions } from "./useActions.ts";
import { useRecords } from "./useRecords.ts";

export type Finding = {
  key: string;
  icon: TablerIcon;
  label: string;
  note?: string | undefined;
  /** The keys that do the same. */
  keys?: readonly string[] | undefined;
  open: () => void;
};
export type Group = { title: string; findings: readonly Finding[] };
/** `coming`: what the server finds may still change. */
export type Found = { groups: readonly Group[]; coming: boolean; problem: ProblemError | null };

/**
 * What the text finds: pages and acts at once (the first `atOnce`), customers, orders and invoices as the server answers (`search`: the same text, a
 * moment later).
 */
export function useFindings(text: string, search: string): Found & { atOnce: number } {
  const { t } = useWords();
  const { acts, pages } = useActions();
  const { groups, coming, problem } = useRecords(search);
  const words = text.toLowerCase().split(/\s+/);
  const named = (findings: readonly Finding[]) =>
    findings.filter(({ label }) => words.every((word) => ` ${label.toLowerCase()}`.includes(` ${word}`)));
  const own = [
    { title: t("palette.acts"), findings: named(acts) },
    { title: t("palette.pages"), findings: named(pages) },
  ];
  return {
    atOnce: own.reduce((sum, { findings }) => sum + findings.length, 0),
    // Ours first: what comes from the server later does not move what the reader is about to open.
    groups: [...own, ...groups].filter(({ findings }) => findings.length > 0),
    coming: coming || text !== search,
    problem,
  };
}

import { Anchor } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { listProofs } from "../../proofs/contract.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import type { StepProps } from "./TourGuide.tsx";

const EVERY_MS = 2000;
type Proofs = z.output<typeof listProofs.response>;

const latestOf = ({ items }: Proofs): string =>
  items
    .flatMap(({ at }) => at ?? [])
    .toSorted()
    .at(-1) ?? "";

/** Every promise of the document that a control keeps is tried, and the document says so beside each. */
export function ProveIt({ next }: StepProps) {
  const { t } = useWords();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const [done, finish] = useState<{ proven: number; failed: number } | null>(null);
  const { data } = useAsk(listProofs, {}, { staleTime: 0, everyMs: () => (done === null ? EVERY_MS : false) });
  const before = useRef<string>(undefined);
  useEffect(() => {
    if (!data || done !== null) return;
    before.current ??= latestOf(data);
    if (data.running || latestOf(data) <= before.current) return;
    const count = (state: string) => data.items.filter((each) => each.state === state).length;
    finish({ proven: count("proven"), failed: count("failed") });
  }, [data, done]);
  if (done !== null) return next(t(done.failed > 0 ? "tour.prove.red" : "tour.prove.done", done));
  if (path === "/description") return null;
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/description" />}>
      {t("tour.prove.go")}
    </Anchor>
  );
}

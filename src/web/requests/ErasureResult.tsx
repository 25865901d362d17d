import { Button, Group } from "@mantine/core";
import { IconCheck, IconFileCertificate } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import type { z } from "zod";
import type { eraseSubject } from "../../rights/contract.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { ConsentsEnding } from "./ConsentsEnding.tsx";
import { Decisions } from "./Decisions.tsx";
import { Remains, stays } from "./Remains.tsx";

/** What was done, and in plain sentences what remains and why: these can be told to the person as they stand. */
export function ErasureResult({ id, result }: { id: string; result: z.output<typeof eraseSubject.response> }) {
  const { t, day } = useWords();
  const may = useMay();
  const { decisions, consentsEnding, keysDestroyedOn, keysPending } = result;
  const today = dayInHelsinki(new Date());
  const labels = useLabels();
  const gone = decisions.filter(({ outcome }) => outcome === "erased" || outcome === "anonymised");
  const erased = gone.length > 0;
  // The same kind of data may remain in another register.
  const what = [...Map.groupBy(gone, ({ register }) => register)]
    .map(([register, lines]) => {
      const categories = [...new Set(lines.flatMap((line) => line.categories))];
      return `${labels.categories(categories, "inside")} (${labels.register(register)})`;
    })
    .join("; ");
  const remains = decisions.filter(stays);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What was pressed is gone: eye and screen reader begin from what was done.
    window.scrollTo(0, 0);
    top.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={top} tabIndex={-1} style={{ outline: "none" }}>
      <Notice tone="good" icon={IconCheck} title={t("erasure.done")}>
        {keysPending
          ? t("erasure.keysPending", { what })
          : keysDestroyedOn !== null
            ? t(keysDestroyedOn > today ? "erasure.keysGo" : "erasure.keysDestroyed", {
                what,
                day: day(keysDestroyedOn),
              })
            : erased
              ? t("erasure.rowsGone", { what })
              : t("erasure.nothingErased")}
      </Notice>
      {consentsEnding.length > 0 && (
        <Section title={t("erasure.consents")}>
          <ConsentsEnding consents={consentsEnding} word="erasure.consentEnded" />
        </Section>
      )}
      <Section title={t("erasure.remains")}>
        {remains.length === 0 ? t("erasure.remainsNone") : <Remains decisions={remains} />}
      </Section>
      <Section title={t("erasure.decisions")}>
        <Decisions decisions={decisions} done />
      </Section>
      <Group gap="xs">
        {erased && may("keeps retention read") && (
          <Button
            leftSection={<IconFileCertificate size={17} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/certificates" search={{ subject: id }} />}
          >
            {t("erasure.certificate")}
          </Button>
        )}
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/requests" />}>
          {t("erasure.backToRequests")}
        </Button>
      </Group>
    </div>
  );
}

import { Button, SimpleGrid } from "@mantine/core";
import { IconSignature } from "@tabler/icons-react";
import type { z } from "zod";
import { readLogHead, signLog } from "../../registers/evidence/contract.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Figure } from "../ui/Figure.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { Anchors } from "./Anchors.tsx";
import { EvidenceTabs } from "./EvidenceTabs.tsx";
import { TakeOut } from "./TakeOut.tsx";
import { VerifyNow } from "./VerifyNow.tsx";

export type Head = z.output<typeof readLogHead.response>;

/** That nobody has changed the log: its newest checkpoint, where it stands outside, and how anybody looks. */
export function LogPage() {
  const { t } = useWords();
  const may = useMay();
  const answer = useAsk(readLogHead, {}, { everyMs: () => 30_000 });
  const sign = useAct(signLog);
  const waiting = answer.data !== undefined && answer.data.waiting > 0;
  return (
    <Page
      title={t("log.title")}
      lead={t("log.lead")}
      actions={
        may("keeps audit change") &&
        waiting && (
          <Button
            variant="default"
            leftSection={<IconSignature size={17} aria-hidden />}
            loading={sign.isPending}
            onClick={() => sign.mutate({})}
          >
            {t("log.sign")}
          </Button>
        )
      }
    >
      <EvidenceTabs />
      <ProblemAlert problem={sign.error} />
      <Asked answer={answer}>
        {(head) => (
          <>
            <State head={head} />
            <VerifyNow entries={head.size} />
            <Anchors head={head} />
            <TakeOut head={head} />
          </>
        )}
      </Asked>
    </Page>
  );
}

function State({ head: { size, waiting, checkpoint } }: { head: Head }) {
  const { t, count, moment } = useWords();
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} mb={28}>
      <Figure
        term={t("log.entries")}
        value={count(size)}
        note={checkpoint && checkpoint.dropped > 0 ? t("log.dropped", { count: checkpoint.dropped }) : undefined}
      />
      <Figure
        term={t("log.newest")}
        value={checkpoint ? moment(checkpoint.at) : t("log.newestNone")}
        note={checkpoint ? t("log.covers", { count: checkpoint.size }) : t("log.newestNoneText")}
      />
      <Figure term={t("log.waiting")} value={count(waiting)} note={t("log.waitingText")} />
    </SimpleGrid>
  );
}

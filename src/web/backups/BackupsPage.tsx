import { SimpleGrid } from "@mantine/core";
import { IconAlertTriangle, IconDatabaseExclamation, IconInfoCircle } from "@tabler/icons-react";
import { type Backups, readBackups } from "../../backup/contract.ts";
import { NoticeHistory } from "../notices/NoticeHistory.tsx";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Figure } from "../ui/Figure.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Page } from "../ui/Page.tsx";
import { useProblemSentence } from "../words/problemSentence.ts";
import { useWords } from "../words/words.tsx";
import { useAges } from "./ages.ts";
import { CopiesNow } from "./CopiesNow.tsx";
import { Drills } from "./Drills.tsx";
import { Kept } from "./Kept.tsx";
import { NoTarget } from "./NoTarget.tsx";

const soon = 1500;
const idle = 30_000;

/** Whether the register would come back, and how much would be missing. */
export function BackupsPage() {
  const { t } = useWords();
  const answer = useAsk(readBackups, {}, { everyMs: (now) => (now?.copying || now?.drilling ? soon : idle) });
  return (
    <Page title={t("backups.title")} lead={t("backups.lead")}>
      <Asked answer={answer}>{(backups) => <Found backups={backups} />}</Asked>
    </Page>
  );
}

function Found({ backups }: { backups: Backups }) {
  if (backups.target === null)
    return (
      <>
        <NoTarget operators={backups.operators} />
        <NoticeHistory />
      </>
    );
  return (
    <>
      <Troubles backups={backups} />
      <CopiesNow backups={backups} />
      <Numbers backups={backups} />
      <Kept backups={backups} />
      {!backups.operators && <Drills backups={backups} />}
      <NoticeHistory />
    </>
  );
}

/** What is wrong and what to do, in sentences. */
function Troubles({ backups: { trouble, troubleFacts, lastAttempt, gap, operators, target } }: { backups: Backups }) {
  const { t } = useWords();
  const sentenceOf = useProblemSentence();
  const code = trouble ?? lastAttempt?.problem ?? null;
  const facts = trouble === null ? lastAttempt?.problemFacts : troubleFacts;
  const folder = target?.dir ?? "?";
  return (
    <>
      {code !== null && (
        <Notice tone="trouble" icon={IconAlertTriangle} title={t("backups.trouble")}>
          {sentenceOf(code, { folder, ...facts })}
        </Notice>
      )}
      {gap && code !== "backupGap" && (
        <Notice tone="attention" icon={IconDatabaseExclamation} title={t("backups.gap")}>
          {sentenceOf("backupGap")}
        </Notice>
      )}
      {operators && (
        <Notice tone="note" icon={IconInfoCircle} title={t("backups.operators")}>
          {t("backups.operatorsText")}
        </Notice>
      )}
    </>
  );
}

function Numbers({
  backups: { operators, lastBase, log, keyring, journal, nextBaseAt, nextDrillAt },
}: {
  backups: Backups;
}) {
  const { t, moment } = useWords();
  const { megabytes, age } = useAges();
  const none = t("backups.notYet");
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} mb={36}>
      {!operators && (
        <Figure
          term={t("backups.last")}
          value={lastBase ? moment(lastBase.at) : none}
          note={lastBase ? megabytes(lastBase.bytes) : undefined}
        />
      )}
      {log && (
        <Figure
          term={t("backups.lag")}
          value={log.lagSeconds === null ? none : age(log.lagSeconds)}
          note={log.waiting > 0 ? t("backups.waiting", { count: log.waiting }) : t("backups.lagText")}
        />
      )}
      <Figure
        term={t("backups.keyring")}
        value={keyring.at ? moment(keyring.at) : none}
        note={t("backups.keyringText")}
      />
      <Figure
        term={t("backups.journal")}
        value={journal.ageSeconds === null ? none : age(journal.ageSeconds)}
        note={t("backups.journalText")}
      />
      {nextBaseAt && <Figure term={t("backups.next")} value={moment(nextBaseAt)} />}
      {nextDrillAt && <Figure term={t("backups.nextDrill")} value={moment(nextDrillAt)} />}
    </SimpleGrid>
  );
}

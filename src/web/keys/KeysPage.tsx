import { Alert, Text } from "@mantine/core";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { type KeysState, readKeys } from "../../server/keys/contract.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Page } from "../ui/Page.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { Levels } from "./Levels.tsx";
import { Losses } from "./Losses.tsx";
import { PersonKeys } from "./PersonKeys.tsx";
import { RecoverySheet } from "./RecoverySheet.tsx";

/** The keys by level: what each opens, which should have a successor, and what losing them means. */
export function KeysPage() {
  const { t } = useWords();
  const may = useMay();
  const answer = useAsk(readKeys, {});
  return (
    <Page title={t("keys.title")} lead={t("keys.lead")}>
      <Asked answer={answer}>
        {(keys) => (
          <>
            <Due keys={keys} />
            <Section title={t("recovery.title")}>
              <div className="panel">
                {may("keeps keys change") ? (
                  <RecoverySheet />
                ) : (
                  <Text size="sm">{t(keys.recovery.confirmed ? "recovery.confirmed" : "recovery.waits")}</Text>
                )}
              </div>
            </Section>
            <Levels keys={keys} />
            <RootKept kept={keys.root.kept} />
            <PersonKeys keys={keys} />
            <Losses />
          </>
        )}
      </Asked>
    </Page>
  );
}

function Due({ keys }: { keys: KeysState }) {
  const { t } = useWords();
  return keys.signersWaiting ? (
    <Alert color="amber" title={t("keys.signersWaiting")} mb="xl">
      {t("keys.signersWaitingText")}
    </Alert>
  ) : null;
}

/** In a file, or behind a passphrase: what a stolen disk would mean. */
function RootKept({ kept }: { kept: KeysState["root"]["kept"] }) {
  const { t } = useWords();
  const Icon = kept === "passphrase" ? IconLock : IconLockOpen;
  return (
    <Alert color="gray" variant="light" icon={<Icon size={20} aria-hidden />} title={t(`keys.kept.${kept}`)} mb={36}>
      {t(`keys.keptText.${kept}`)} <span className="place">docs/keys.md</span>
    </Alert>
  );
}

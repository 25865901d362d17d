import { Button, Checkbox, Stack, Text } from "@mantine/core";
import { IconClockExclamation } from "@tabler/icons-react";
import { useState } from "react";
import { confirmClock, type Due } from "../../retention/contract.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { Notice } from "../ui/Notice.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** A clock that is not believed waits for a person who has looked at it; until then nothing ends. */
export function ClockQuestion({ doubt }: { doubt: NonNullable<Due["doubt"]> }) {
  const { t, moment } = useWords();
  const may = useMay();
  const confirm = useAct(confirmClock);
  const [looked, setLooked] = useState(false);
  const now = moment(doubt.now);
  const seen = doubt.seenAt === null ? "–" : moment(doubt.seenAt);
  return (
    <Notice tone="trouble" icon={IconClockExclamation} title={t("retention.doubt.title")}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t(`retention.doubt.${doubt.why}`, { now, seen })} {t("retention.doubt.rest")}
        </Text>
        {may("keeps retention change") && (
          <>
            <Checkbox
              checked={looked}
              onChange={(event) => setLooked(event.currentTarget.checked)}
              label={t("retention.clockRight", { now })}
            />
            <ProblemAlert problem={confirm.error} />
            <Button size="sm" disabled={!looked} loading={confirm.isPending} onClick={() => confirm.mutate({})}>
              {t("retention.doubt.confirm")}
            </Button>
          </>
        )}
      </Stack>
    </Notice>
  );
}

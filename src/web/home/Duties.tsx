import { SimpleGrid } from "@mantine/core";
import { readBackups } from "../../backup/contract.ts";
import { listProofs } from "../../proofs/contract.ts";
import { countDue } from "../../retention/contract.ts";
import { countProofs } from "../description/countProofs.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { CopiesDuty } from "./CopiesDuty.tsx";
import { Duty } from "./Duty.tsx";
import { RetentionDuties } from "./RetentionDuties.tsx";

const MINUTE = 60_000;

export const duties = {
  due: { act: "keeps retention read", ask: [countDue, {}] },
  copies: { act: "keeps backups read", ask: [readBackups, {}] },
  proofs: { act: "keeps proofs read", ask: [listProofs, {}] },
} as const;

/** What the responsible person answers for: what has come to its end, copies, and promises that do not hold. */
export function Duties() {
  const { t } = useWords();
  const may = useMay();
  const due = useAsk(...duties.due.ask, { enabled: may(duties.due.act) });
  const copies = useAsk(...duties.copies.ask, { enabled: may(duties.copies.act), everyMs: () => MINUTE });
  const proofs = useAsk(...duties.proofs.ask, { enabled: may(duties.proofs.act) });
  const counted = proofs.data && countProofs(proofs.data.items);
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} mb={36}>
      {due.data && <RetentionDuties due={due.data} />}
      {copies.data && <CopiesDuty backups={copies.data} />}
      {counted && (
        <Duty
          to="/description"
          title={t("home.red")}
          tone={counted.failed > 0 ? "bad" : counted.proven > 0 ? "good" : "look"}
          text={
            counted.failed > 0
              ? t("home.redCount", { count: counted.failed })
              : t(counted.proven > 0 ? "home.redNone" : "home.redNotYet", counted)
          }
        />
      )}
    </SimpleGrid>
  );
}

import { SimpleGrid } from "@mantine/core";
import { readBackups } from "../../backup/contract.ts";
import { listProofs } from "../../proofs/contract.ts";
import { previewRetention } from "../../retention/contract.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";
import { CopiesDuty } from "./CopiesDuty.tsx";
import { Duty } from "./Duty.tsx";
import { RetentionDuties } from "./RetentionDuties.tsx";

const MINUTE = 60_000;

/** What the responsible person answers for: what has come to its end, copies, and promises that do not hold. */
export function Duties() {
  const { t } = useWords();
  const may = useMay();
  const due = useAsk(previewRetention, {}, { enabled: may("keeps retention read") });
  const copies = useAsk(readBackups, {}, { enabled: may("keeps backups read"), everyMs: () => MINUTE });
  const proofs = useAsk(listProofs, {}, { enabled: may("keeps proofs read") });
  const count = (of: "failed" | "proven") => proofs.data?.items.filter(({ state }) => state === of).length;
  const red = count("failed");
  const proven = count("proven") ?? 0;
  // What the description does not promise has nothing to be checked, as on the description's own page.
  const all = proofs.data?.items.filter(({ state }) => state !== "nothing").length ?? 0;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} mb={36}>
      {due.data && <RetentionDuties due={due.data} />}
      {copies.data && <CopiesDuty backups={copies.data} />}
      {red !== undefined && (
        <Duty
          to="/description"
          title={t("home.red")}
          tone={red > 0 ? "bad" : proven > 0 ? "good" : "look"}
          text={
            red > 0
              ? t("home.redCount", { count: red })
              : t(proven > 0 ? "home.redNone" : "home.redNotYet", { proven, all })
          }
        />
      )}
    </SimpleGrid>
  );
}

import { useState } from "react";
import { type Account, changeAccount } from "../../registers/staff/contract.ts";
import type { Day } from "../../values/Day.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";
import { LastDay } from "./LastDay.tsx";

/** Closes an account, or opens a closed one again; its events stay in the log either way. */
export function CloseAccount({
  account: { id, name, disabledAt, endsOn: ends },
  onClose,
}: {
  account: Account;
  onClose: () => void;
}) {
  const { t } = useWords();
  const act = useAct(changeAccount);
  const [endsOn, setEndsOn] = useState<Day | null>(null);
  const closed = disabledAt !== null;
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={closed ? t("account.reopenOf", { name }) : t("account.closeOf", { name })}
      confirm={closed ? t("account.reopen") : t("account.close")}
      danger={!closed}
      busy={act.isPending}
      problem={act.error}
      onConfirm={() =>
        act.mutate(
          { params: { id }, body: { disabled: !closed, ...(endsOn !== null && { endsOn }) } },
          { onSuccess: onClose },
        )
      }
    >
      {closed ? t("account.reopenText") : t("account.closeText")}
      {closed && ends !== null && <LastDay value={endsOn} onChange={setEndsOn} />}
    </ReasonDialog>
  );
}

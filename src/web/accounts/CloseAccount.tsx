import { type Account, changeAccount } from "../../registers/staff/contract.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

/** Closes an account, or opens a closed one again; its events stay in the log either way. */
export function CloseAccount({
  account: { id, name, disabledAt },
  onClose,
}: {
  account: Account;
  onClose: () => void;
}) {
  const { t } = useWords();
  const act = useAct(changeAccount);
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
      onConfirm={() => act.mutate({ params: { id }, body: { disabled: !closed } }, { onSuccess: onClose })}
    >
      {closed ? t("account.reopenText") : t("account.closeText")}
    </ReasonDialog>
  );
}

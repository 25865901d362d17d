import { useState } from "react";
import { type Account, changeAccount } from "../../registers/staff/contract.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";
import { RolesField } from "./RolesField.tsx";

export function ChangeRoles({
  account: { id, name, roles: before },
  onClose,
}: {
  account: Account;
  onClose: () => void;
}) {
  const { t } = useWords();
  const [roles, setRoles] = useState<string[]>(before);
  const act = useAct(changeAccount);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t("account.rolesOf", { name })}
      confirm={t("save")}
      busy={act.isPending}
      problem={act.error}
      onConfirm={() => act.mutate({ params: { id }, body: { roles } }, { onSuccess: onClose })}
    >
      <RolesField value={roles} onChange={setRoles} />
      {roles.length === 0 && <p>{t("account.noRolesText")}</p>}
    </ReasonDialog>
  );
}

import { useState } from "react";
import { type Account, changeAccount } from "../../registers/staff/contract.ts";
import { type Day, isDay } from "../../values/Day.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";
import { LastDay } from "./LastDay.tsx";
import { RolesField } from "./RolesField.tsx";

export function ChangeRoles({
  account: { id, name, roles: before, endsOn: ends },
  onClose,
  onSaved,
}: {
  account: Account;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { t } = useWords();
  const [roles, setRoles] = useState<string[]>(before);
  const [endsOn, setEndsOn] = useState<Day | null>(ends !== null && isDay(ends) ? ends : null);
  const act = useAct(changeAccount);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t("account.rolesOf", { name })}
      confirm={t("save")}
      busy={act.isPending}
      problem={act.error}
      onConfirm={() =>
        act.mutate({ params: { id }, body: { roles, ...(endsOn !== ends && { endsOn }) } }, { onSuccess: onSaved })
      }
    >
      <RolesField value={roles} onChange={setRoles} />
      <LastDay value={endsOn} onChange={setEndsOn} />
      {roles.length === 0 && <p>{t("account.noRolesText")}</p>}
    </ReasonDialog>
  );
}

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { type Passkey, renamePasskey } from "../../registers/staff/signIn/contract.ts";
import { useAct } from "../session/server.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

export function RenamePasskey({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useWords();
  const act = useAct(renamePasskey);
  const [label, setLabel] = useState(passkey.label);
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t("passkey.rename")}
      confirm={t("save")}
      ready={label.trim() !== ""}
      busy={act.isPending}
      problem={act.error}
      onConfirm={() => act.mutate({ params: { id: passkey.id }, body: { label } }, { onSuccess: onClose })}
    >
      <TextInput
        data-autofocus
        label={t("passkey.label")}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
        maxLength={60}
      />
    </ReasonDialog>
  );
}

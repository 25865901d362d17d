import type { ProblemError } from "../../api/call.ts";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

type Props = {
  title: string;
  removal: { isPending: boolean; error: ProblemError | null };
  remove: () => void;
  onClose: () => void;
};

/** Asks before a way to sign in goes. */
export function RemoveWay({ title, removal, remove, onClose }: Props) {
  const { t } = useWords();
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={title}
      confirm={t("remove")}
      danger
      busy={removal.isPending}
      problem={removal.error}
      onConfirm={remove}
    >
      {t("way.removeText")}
    </ReasonDialog>
  );
}

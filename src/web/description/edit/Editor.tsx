import { Drawer } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../words/words.tsx";
import { DescriptionFile } from "./DescriptionFile.tsx";
import { ElementForm } from "./ElementForm.tsx";
import type { Finding, InForceNow, View } from "./editing.ts";
import { TrialView } from "./TrialView.tsx";

type Props = {
  view: View | null;
  now: InForceNow;
  onView: (view: View | null) => void;
  onDone: (version: string) => void;
};

/** Beside the document: one element, or all that would change. */
export function Editor({ view, now, onView, onDone }: Props) {
  const { t } = useWords();
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const close = () => onView(null);
  const title = view?.kind === "trial" ? t("draft.trial") : view?.kind === "file" ? t("draft.file") : t("draft.form");
  return (
    <Drawer
      opened={view !== null}
      onClose={close}
      position="right"
      size={680}
      title={title}
      closeButtonProps={{ "aria-label": t("close") }}
      attributes={{ header: { role: "presentation" } }}
      classNames={{ body: "editor" }}
    >
      {view?.kind === "form" && (
        <ElementForm key={view.path.join(".")} path={view.path} isNew={view.isNew} {...{ now, findings, onView }} />
      )}
      {view?.kind === "trial" && <TrialView {...{ now, onView, onDone }} onFindings={setFindings} />}
      {view?.kind === "file" && <DescriptionFile {...{ now, onView }} />}
    </Drawer>
  );
}

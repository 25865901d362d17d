import { IconCoffee } from "@tabler/icons-react";
import { useLabels } from "../session/labels.ts";
import { useMay, useMe } from "../session/me.ts";
import { Empty } from "../ui/Empty.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { partsFor } from "./parts.ts";

/** What waits for this person, by what they may do. Each part reads its own. */
export function HomePage() {
  const { t } = useWords();
  const me = useMe();
  const may = useMay();
  const { labels } = useLabels();
  const parts = partsFor(may, labels);
  return (
    <Page title={t("home.greeting", { name: me.name.split(" ")[0] ?? me.name })} lead={t("home.lead")}>
      {parts.map(([name, { Part }]) => (
        <Part key={name} />
      ))}
      {labels && parts.every(([, { quiet }]) => quiet) && (
        <Empty icon={IconCoffee} title={t("home.nothing")}>
          {t("home.nothingText")}
        </Empty>
      )}
    </Page>
  );
}

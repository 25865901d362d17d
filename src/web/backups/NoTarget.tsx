import { Anchor, List } from "@mantine/core";
import { IconDatabaseX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Command } from "../ui/Command.tsx";
import { Notice } from "../ui/Notice.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

const HELPER = `systems:
  backupDisk:
    kind: helper
    serves: [backup]
    label: { fi: …, sv: …, en: … }
    runBy: controller
    location: { premises: … }
    highestRisk: high`;
const SETTINGS = "BACKUP_DIR=/mnt/copies BACKUP_SYSTEM=backupDisk npm start";

/** Nothing is copied: what that means, and the three steps out of it. */
export function NoTarget({ operators }: { operators: boolean }) {
  const { t } = useWords();
  return (
    <>
      <Notice tone="trouble" icon={IconDatabaseX} title={t("backups.noTarget")}>
        {t(operators ? "backups.noTargetOperators" : "backups.noTargetText")}
      </Notice>
      <Section title={t("backups.begin")}>
        <List type="ordered" spacing="md" className="steps" styles={{ itemWrapper: { width: "100%" } }}>
          <List.Item>
            {t("backups.begin.describe")}
            <Command>{HELPER}</Command>
          </List.Item>
          <List.Item>
            {t("backups.begin.settings")}
            <Command>{SETTINGS}</Command>
          </List.Item>
          <List.Item>
            {t("backups.begin.sheet")}
            <Anchor display="block" w="fit-content" mt={4} renderRoot={(props) => <Link {...props} to="/keys" />}>
              {t("nav.keys")}
            </Anchor>
          </List.Item>
        </List>
      </Section>
    </>
  );
}

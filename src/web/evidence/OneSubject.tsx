import { Button, Group, Text } from "@mantine/core";
import { IconUser, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { exportLog } from "../../registers/evidence/contract.ts";
import { useSubjectName } from "../requests/useSubjectName.ts";
import { useMay } from "../session/me.ts";
import { DownloadLink } from "../ui/DownloadLink.tsx";
import { useWords } from "../words/words.tsx";

/** Whose history is on the screen: by name for those who may see it. */
export function OneSubject({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { t } = useWords();
  const may = useMay();
  const name = useSubjectName(id);
  return (
    <div className="panel" style={{ marginBottom: 20 }}>
      <Group justify="space-between" gap="sm">
        <div style={{ flex: "1 1 240px" }}>
          <Text fw={600}>{t("evidence.of", { name })}</Text>
          <Text size="sm" c="dimmed">
            {t("evidence.ofText")} <span className="place">{id}</span>
          </Text>
        </div>
        <Group gap="xs">
          {may("read customers") && (
            <Button
              variant="default"
              leftSection={<IconUser size={17} aria-hidden />}
              renderRoot={(props) => <Link {...props} to="/customers/$id" params={{ id }} />}
            >
              {t("audit.toCard")}
            </Button>
          )}
          <DownloadLink href={`${exportLog.path}?subject=${id}`} file="entries.jsonl">
            {t("evidence.takeOut")}
          </DownloadLink>
          <Button variant="default" leftSection={<IconX size={16} aria-hidden />} onClick={onLeave}>
            {t("evidence.everybody")}
          </Button>
        </Group>
      </Group>
    </div>
  );
}

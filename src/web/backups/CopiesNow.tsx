import { Button, Group, Text } from "@mantine/core";
import { IconCloudUp, IconLifebuoy, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import { type Backups, copyNow, drillNow } from "../../backup/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAct } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Working } from "../ui/Working.tsx";
import { useWords } from "../words/words.tsx";

/** In a sentence how the copies stand, and both deeds with what is under way. */
export function CopiesNow({ backups }: { backups: Backups }) {
  const { t } = useWords();
  const { system } = useLabels();
  const may = useMay()("keeps backups change");
  const copy = useAct(copyNow);
  const drill = useAct(drillNow);
  const { target, operators, drill: drills, copying, drilling, trouble, lastAttempt } = backups;
  const stopped = (trouble ?? lastAttempt?.problem ?? null) !== null;
  const well = !stopped && drills.state !== "failed" && drills.state !== "late";
  const Icon = well ? IconShieldCheck : IconShieldX;
  return (
    <div className="panel" style={{ marginBottom: 28 }}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start" flex="1 1 280px">
          <Icon
            size={24}
            aria-hidden
            color={well ? "var(--mantine-color-anchor)" : "var(--mantine-color-error)"}
            style={{ flex: "none" }}
          />
          <span>
            <Text fw={600}>
              {t(stopped ? "backups.stopped" : operators ? "backups.operatorsState" : `backups.drill.${drills.state}`)}
            </Text>
            <Text size="sm" c="dimmed">
              {t("backups.target", { system: target ? system(target.system) : "" })}{" "}
              <span className="place">{target?.dir}</span>
            </Text>
          </span>
        </Group>
        {may && (
          <Group gap="xs">
            <Button
              leftSection={<IconCloudUp size={17} aria-hidden />}
              loading={copy.isPending || copying !== null}
              onClick={() => copy.mutate({})}
            >
              {t("backups.copyNow")}
            </Button>
            {!operators && (
              <Button
                variant="default"
                leftSection={<IconLifebuoy size={17} aria-hidden />}
                loading={drill.isPending || drilling !== null}
                onClick={() => drill.mutate({})}
              >
                {t("backups.drillNow")}
              </Button>
            )}
          </Group>
        )}
      </Group>
      <div role="status">
        {copying && <Working>{t("backups.copying")}</Working>}
        {drilling && <Working>{t(`backups.step.${drilling.step}`)}</Working>}
      </div>
      {(copy.error ?? drill.error) && (
        <div style={{ marginTop: 16 }}>
          <ProblemAlert problem={copy.error ?? drill.error} />
        </div>
      )}
    </div>
  );
}

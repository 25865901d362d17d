import { Alert, Button, Group, List, Progress, Text } from "@mantine/core";
import { IconCheck, IconShieldCheck, IconShieldX } from "@tabler/icons-react";
import type { z } from "zod";
import { listProofs, type Proof, proveNow } from "../../proofs/contract.ts";
import { useMay } from "../session/me.ts";
import { useAct, useAsk } from "../session/server.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { countProofs } from "./countProofs.ts";
import { controlLabels, type PrintedDocument } from "./document.ts";

type Proofs = readonly z.output<typeof Proof>[];

/** Tries every control now; a red one is named with what was seen. */
export function ProveNow({ document }: { document: PrintedDocument }) {
  const { t, moment } = useWords();
  const may = useMay();
  const proofs = useAsk(listProofs, {}, { enabled: may("keeps proofs read") });
  const act = useAct(proveNow);
  const items = proofs.data?.items;
  if (!items && !proofs.error) return null;
  const busy = act.isPending || (proofs.data?.running ?? false);
  const latest = items
    ?.flatMap(({ at }) => at ?? [])
    .toSorted()
    .at(-1);
  const failed = items?.filter(({ state }) => state === "failed") ?? [];
  return (
    <div className="panel" style={{ marginBottom: 28 }}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start" flex="1 1 260px">
          {failed.length > 0 ? (
            <IconShieldX size={24} aria-hidden color="var(--mantine-color-error)" style={{ flex: "none" }} />
          ) : (
            <IconShieldCheck size={24} aria-hidden color="var(--mantine-color-anchor)" style={{ flex: "none" }} />
          )}
          <span>
            <Text fw={600}>{items && t("prove.state", countProofs(items))}</Text>
            <Text size="sm" c="dimmed">
              {latest ? t("prove.latest", { moment: moment(latest) }) : t("prove.never")}
            </Text>
          </span>
        </Group>
        {may("keeps proofs change") && (
          <Button onClick={() => act.mutate({})} loading={busy} leftSection={<IconCheck size={17} aria-hidden />}>
            {t("prove.now")}
          </Button>
        )}
      </Group>
      <div role="status">
        {busy && (
          <>
            <Progress value={100} animated mt="md" aria-label={t("prove.running")} />
            <Text size="sm" mt={6}>
              {t("prove.running")}
            </Text>
          </>
        )}
        {act.isSuccess && !busy && (
          <Text size="sm" mt="md">
            {failed.length > 0 ? t("prove.doneFailed", { count: failed.length }) : t("prove.done")}
          </Text>
        )}
      </div>
      {failed.length > 0 && <Failed proofs={failed} labels={controlLabels(document)} />}
      {(act.error ?? proofs.error) && (
        <div style={{ marginTop: 16 }}>
          <ProblemAlert problem={act.error ?? proofs.error} />
        </div>
      )}
    </div>
  );
}

function Failed({ proofs, labels }: { proofs: Proofs; labels: ReadonlyMap<string, string> }) {
  const { t } = useWords();
  return (
    <Alert color="red" icon={<IconShieldX size={20} aria-hidden />} title={t("prove.failed")} mt="md">
      <List spacing={4} size="sm">
        {proofs.map(({ control, detail }) => (
          <List.Item key={control}>
            <b>{labels.get(control) ?? control}</b>
            {detail && `: ${detail}`}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

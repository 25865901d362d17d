import { Group, SimpleGrid, Text } from "@mantine/core";
import { IconCircleCheck, IconClockExclamation, IconShieldX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { listProofs } from "../../proofs/contract.ts";
import { previewRetention } from "../../retention/contract.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords } from "../words/words.tsx";

/** What the responsible person answers for: what has come to its end, and promises that do not hold. */
export function Duties() {
  const { t } = useWords();
  const may = useMay();
  const due = useAsk(previewRetention, {}, { enabled: may("keeps retention read") });
  const proofs = useAsk(listProofs, {}, { enabled: may("keeps proofs read") });
  const people = due.data && new Set(due.data.items.map(({ subjectId }) => subjectId)).size;
  const red = proofs.data?.items.filter(({ state }) => state === "failed").length;
  const proven = proofs.data?.items.some(({ state }) => state === "proven") ?? false;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} mb={36}>
      {people !== undefined && (
        <Duty
          to="/retention"
          title={t("home.due")}
          icon={people > 0 ? <IconClockExclamation size={22} aria-hidden /> : <IconCircleCheck size={22} aria-hidden />}
          color={people > 0 ? "var(--mantine-color-amber-text)" : "var(--mantine-color-spruce-text)"}
          text={people > 0 ? t("home.dueCount", { count: people }) : t("home.dueNone")}
        />
      )}
      {red !== undefined && (
        <Duty
          to="/description"
          title={t("home.red")}
          icon={
            red > 0 ? (
              <IconShieldX size={22} aria-hidden />
            ) : proven ? (
              <IconCircleCheck size={22} aria-hidden />
            ) : (
              <IconClockExclamation size={22} aria-hidden />
            )
          }
          color={red > 0 ? "var(--mantine-color-error)" : "var(--mantine-color-spruce-text)"}
          text={red > 0 ? t("home.redCount", { count: red }) : t(proven ? "home.redNone" : "home.redNotYet")}
        />
      )}
    </SimpleGrid>
  );
}

type DutyProps = { to: string; title: string; text: string; icon: ReactNode; color: string };

function Duty({ to, title, text, icon, color }: DutyProps) {
  return (
    <Link to={to} className="figure">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <span style={{ color, display: "flex" }}>{icon}</span>
        <span>
          <Text fw={600} size="sm">
            {title}
          </Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </span>
      </Group>
    </Link>
  );
}

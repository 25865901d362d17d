import { Badge } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";

export type Tone = "good" | "attention" | "trouble" | "plain" | "told";
const colors: Record<Tone, string> = {
  good: "spruce",
  attention: "amber",
  trouble: "red",
  plain: "gray",
  told: "blue",
};

/** Where something stands, in a word or two; the colour never stands alone. */
export function StateMark({ tone, icon: Icon, children }: { tone: Tone; icon: TablerIcon; children: string }) {
  return (
    <Badge
      className="mark"
      variant="light"
      color={colors[tone]}
      radius="sm"
      tt="none"
      fw={600}
      leftSection={<Icon size={13} aria-hidden />}
    >
      {children}
    </Badge>
  );
}

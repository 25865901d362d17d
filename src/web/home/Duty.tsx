import { Group, Text } from "@mantine/core";
import { IconCircleCheck, IconCircleX, IconClockExclamation } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";

/** `good`: nothing to do; `look`: waits for a person; `bad`: something does not work. */
export type Tone = "good" | "look" | "bad";
type Props = { to: "/retention" | "/description" | "/backups"; title: string; text: string; tone: Tone };

const looks = {
  good: { Icon: IconCircleCheck, color: "var(--mantine-color-spruce-text)" },
  look: { Icon: IconClockExclamation, color: "var(--mantine-color-amber-text)" },
  bad: { Icon: IconCircleX, color: "var(--mantine-color-error)" },
} as const;

/** One thing that somebody answers for, with the way to the page where it is looked after. */
export function Duty({ to, title, text, tone }: Props) {
  const { Icon, color } = looks[tone];
  return (
    <Link to={to} className="figure">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <span style={{ color, display: "flex" }}>
          <Icon size={22} aria-hidden />
        </span>
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

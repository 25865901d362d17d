import { Alert } from "@mantine/core";
import type { TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";

type Props = {
  /** `trouble` is said at once by a screen reader, what else comes by itself when it is silent, and a `note` is only there. */
  tone: "trouble" | "attention" | "good" | "note";
  icon: TablerIcon;
  title?: string;
  children?: ReactNode;
};

const looks = {
  trouble: { color: "red", role: "alert" },
  attention: { color: "amber", role: "status" },
  good: { color: "spruce", role: "status" },
  note: { color: "amber", role: "note" },
} as const;

/** What the reader must know before the rest of the page. */
export function Notice({ tone, icon: Icon, title, children }: Props) {
  const { color, role } = looks[tone];
  return (
    <Alert
      className="notice"
      role={role}
      color={color}
      icon={<Icon size={20} aria-hidden />}
      {...(title !== undefined && { title })}
      mb="xl"
    >
      {children}
    </Alert>
  );
}

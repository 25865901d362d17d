import { Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";

type Props = {
  title: string;
  /** For an address that leads to this part of the page. */
  id?: string;
  actions?: ReactNode;
  children: ReactNode;
};

/** A part of a page with a heading of its own. */
export function Section({ title, id: own, actions, children }: Props) {
  const made = useId();
  const id = own ?? made;
  return (
    <section aria-labelledby={id} style={{ marginBottom: 36 }}>
      <Group justify="space-between" mb="xs" mih={34}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </section>
  );
}

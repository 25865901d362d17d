import { Text } from "@mantine/core";

/** One number or moment that a page is about. */
export function Figure({ term, value, note }: { term: string; value: string; note?: string | undefined }) {
  return (
    <div className="figure">
      <Text size="sm" c="dimmed">
        {term}
      </Text>
      <Text fw={650} size="xl" className="num" style={{ whiteSpace: "normal" }}>
        {value}
      </Text>
      {note && (
        <Text size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </div>
  );
}

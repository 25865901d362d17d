import { Anchor, Badge, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Loading } from "../ui/Loading.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

type Line = { id: string; to: string; what: string; note: string; amount: string; late?: boolean };
type Props = {
  title: string;
  none: string;
  problem: Error | null;
  lines: readonly Line[] | undefined;
  /** Where all of it is. */
  all: { to: string; search: Record<string, string>; label: string };
  /** There are more than `lines`. */
  more: boolean;
};

/** A heap of the same kind of work, the first eight of it. */
export function Waiting({ title, none, problem, lines, all, more }: Props) {
  const { t } = useWords();
  return (
    <Section
      title={title}
      actions={lines && lines.length > 0 && <Badge variant="light">{more ? `${lines.length}+` : lines.length}</Badge>}
    >
      <ProblemAlert problem={problem} />
      {!lines && !problem && <Loading rows={3} />}
      {lines?.length === 0 && (
        <Text c="dimmed" size="sm">
          {none}
        </Text>
      )}
      {lines && lines.length > 0 && (
        <ul className="heap">
          {lines.slice(0, 8).map(({ id, to, what, note, amount, late }) => (
            <li key={id}>
              <Link to={to} params={{ id }} className="heap-line">
                <span>
                  <b>{what}</b> <small>{note}</small>
                </span>
                <span className="num" data-late={late || undefined}>
                  {amount}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {lines && lines.length > 8 && (
        <Anchor
          size="sm"
          mt="xs"
          display="inline-block"
          renderRoot={(props) => <Link {...props} to={all.to} search={all.search} />}
        >
          {more ? all.label : t("home.allOf", { what: all.label, count: lines.length })}
        </Anchor>
      )}
    </Section>
  );
}

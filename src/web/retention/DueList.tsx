import { Button, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Due } from "../../retention/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { DataTable } from "../ui/DataTable.tsx";
import { useWords } from "../words/words.tsx";

const step = 50;

/** Who is due and what of them; no values, for the list is read by those who may not see them. */
export function DueList({ items }: { items: Due["items"] }) {
  const { t, day } = useWords();
  const labels = useLabels();
  const may = useMay();
  const [count, setCount] = useState(step);
  return (
    <>
      <DataTable
        label={t("retention.list")}
        rows={items.slice(0, count)}
        keyOf={({ register, subjectId, rule, categories }) => [register, subjectId, rule, ...categories].join(" ")}
        columns={[
          {
            head: t("retention.person"),
            width: "20%",
            cell: ({ subjectId }) =>
              may("read customers") ? (
                <Link to="/customers/$id" params={{ id: subjectId }}>
                  <SubjectId id={subjectId} />
                </Link>
              ) : (
                <SubjectId id={subjectId} />
              ),
          },
          { head: t("retention.register"), cell: ({ register }) => labels.register(register) },
          {
            head: t("retention.what"),
            prose: true,
            width: "34%",
            cell: ({ categories }) => labels.categories(categories),
          },
          { head: t("retention.endedOn"), cell: ({ dueOn }) => <span className="num">{day(dueOn)}</span> },
          {
            head: t("retention.atEnd"),
            cell: ({ atEnd, because }) => (
              <>
                {t(`retention.atEnd.${atEnd}`)}
                {because && (
                  <Text size="xs" c="dimmed">
                    {t(`retention.because.${because}`)}
                  </Text>
                )}
              </>
            ),
          },
        ]}
      />
      {items.length > count && (
        <Button variant="default" mt="md" onClick={() => setCount(count + step)}>
          {t("more")}
        </Button>
      )}
    </>
  );
}

/** The end of the id tells people apart; its beginning is only the time. */
/** The end of an id, unbroken; whoever needs all of it finds it where the link leads. */
export const SubjectId = ({ id }: { id: string }) => (
  <span className="place" style={{ whiteSpace: "nowrap" }}>
    …{id.slice(-6)}
  </span>
);

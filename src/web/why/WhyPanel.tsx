import { List, Modal, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { readWhy, type Why, type WhyOf } from "../../registers/staff/why/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { useWords } from "../words/words.tsx";
import { WhyAnswer } from "./WhyAnswer.tsx";
import { useActWords, useRule } from "./words.ts";

type Props = { acts: readonly string[]; close: () => void };

/** Everything that the page can offer and this person has not, each with its four answers. Tells of acts and categories; of people only that some may be hidden. */
export function WhyPanel({ acts, close }: Props) {
  const { t } = useWords();
  const answer = useAsk(readWhy, { query: { act: acts.join(",") } });
  return (
    <Modal opened onClose={close} title={t("why.title")} size="lg" closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          {t("why.lead")}
        </Text>
        <Asked answer={answer} rows={6}>
          {({ items, responsible }) => <Answers items={items} responsible={responsible} />}
        </Asked>
      </Stack>
    </Modal>
  );
}

type Line = { about: string; sees: boolean; why: Why };

function Answers({ items, responsible }: { items: readonly WhyOf[]; responsible: string | null }) {
  const { t } = useWords();
  const { category } = useLabels();
  const words = useActWords();
  const acts = items.flatMap(({ why, ...of }): Line[] =>
    why === null ? [] : [{ about: words(of), sees: of.verb === "read", why }],
  );
  const values = items.flatMap(({ categories, ...of }) =>
    categories.map(
      ({ category: id, why }): Line => ({
        about: t("why.value", { value: category(id), act: words(of) }),
        sees: of.verb === "read",
        why,
      }),
    ),
  );
  const people = new Map(items.flatMap(({ unless }) => unless).map((one) => [`${one.kind} ${one.place}`, one]));
  return (
    <>
      {acts.length === 0 && values.length === 0 && <Text size="sm">{t("why.all")}</Text>}
      <Part title={t("why.acts")} lines={acts} responsible={responsible} />
      <Part title={t("why.values")} lines={values} responsible={responsible} />
      {people.size > 0 && (
        <section>
          <Title order={3} mb={4}>
            {t("why.people")}
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            {t("why.peopleText")}
          </Text>
          {[...people.values()].map(({ kind, ...told }) => (
            <div key={`${kind} ${told.place}`} className="why-group">
              <WhyAnswer {...told} sees rule={t(`why.unless.${kind}`)} responsible={responsible} />
            </div>
          ))}
        </section>
      )}
    </>
  );
}

/** What has the same answers stands together. */
function Part({
  title,
  lines,
  responsible,
}: {
  title: string;
  lines: readonly Line[];
  responsible: string | null;
}): ReactNode {
  const rule = useRule();
  const groups = Map.groupBy(lines, ({ why }) => JSON.stringify(why));
  if (groups.size === 0) return null;
  return (
    <section>
      <Title order={3} mb="xs">
        {title}
      </Title>
      {[...groups].map(([key, same]) => (
        <div key={key} className="why-group">
          <List size="sm" mb={6} fw={550} listStyleType="none" withPadding={false}>
            {same.map(({ about }) => (
              <List.Item key={about}>{about}</List.Item>
            ))}
          </List>
          {same.slice(0, 1).map(({ why: { reason, ...told } }) => (
            <WhyAnswer
              key={reason}
              {...told}
              sees={same.every((line) => line.sees)}
              rule={rule(reason)}
              responsible={responsible}
            />
          ))}
        </div>
      ))}
    </section>
  );
}

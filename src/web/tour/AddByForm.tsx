import { Anchor, Button, Text } from "@mantine/core";
import { IconCheck, IconExternalLink } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { listCustomers } from "../../registers/customers/contract.ts";
import { useAsk } from "../session/server.ts";
import { Squares } from "../ui/Squares.tsx";
import { useWords } from "../words/words.tsx";
import { goOn, rememberPerson, useTour } from "./state.ts";
import type { StepProps } from "./TourGuide.tsx";

const EVERY_MS = 2000;
const NEWEST = { query: { limit: 20 } };

/** Somebody writes into the public form, from a telephone where it is reached by one; the guide sees them come. */
export function AddByForm({ visit: { form } }: StepProps) {
  const { t } = useWords();
  const { person } = useTour();
  const { data } = useAsk(listCustomers, NEWEST, { staleTime: 0, everyMs: () => (person === null ? EVERY_MS : false) });
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    if (!data || person !== null) return;
    const come = known.current && data.items.find(({ id }) => !known.current?.has(id));
    known.current ??= new Set(data.items.map(({ id }) => id));
    if (come) rememberPerson(come.id);
  }, [data, person]);
  if (person !== null) {
    const name = data?.items.find(({ id }) => id === person)?.name;
    return (
      <>
        <Text size="sm" fw={550} mb="sm">
          <IconCheck size={15} aria-hidden /> {t("tour.add.done", { name: name ?? t("customer.unnamed") })}
        </Text>
        <Button
          size="xs"
          onClick={goOn}
          renderRoot={(props) => <Link {...props} to="/customers/$id" params={{ id: person }} />}
        >
          {t("tour.add.card")}
        </Button>
      </>
    );
  }
  return (
    <>
      {form.code ? (
        <>
          <Squares rows={form.code} label={t("tour.add.code")} />
          <Text size="sm" mt="xs">
            {t("tour.add.orHere")}{" "}
            <Anchor href={form.url} target="_blank" rel="noopener">
              {form.url}
            </Anchor>
          </Text>
        </>
      ) : (
        <>
          <Text size="sm" mb="sm">
            {t("tour.add.onlyHere")}
          </Text>
          <Button
            size="xs"
            component="a"
            href={form.url}
            target="_blank"
            rel="noopener"
            rightSection={<IconExternalLink size={15} aria-hidden />}
          >
            {t("tour.add.open")}
          </Button>
        </>
      )}
      <Text size="sm" c="dimmed" mt="sm">
        {t("tour.add.waiting")}
      </Text>
    </>
  );
}

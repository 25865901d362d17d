import { Button, NativeSelect, SimpleGrid } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useId, useState } from "react";
import { Verb } from "../../description/terms.ts";
import type { AuditEvent } from "../../registers/evidence/contract.ts";
import { useLabels } from "../session/labels.ts";
import { DayField } from "../ui/fields/DayField.tsx";
import { useWords } from "../words/words.tsx";
import { capital, ownRegisters, upkeeps, useEventWords } from "./eventWords.ts";
import type { EventSearch } from "./search.ts";
import { useActors } from "./useActors.ts";

type Choice = { [K in keyof EventSearch]: EventSearch[K] | undefined };
type Props = { search: EventSearch; events: readonly AuditEvent[]; onChange: (next: Choice) => void };

const nothing: Choice = {
  actor: undefined,
  verb: undefined,
  register: undefined,
  flow: undefined,
  source: undefined,
  purpose: undefined,
  from: undefined,
  to: undefined,
};

/** Who, what, where, what for and when; kept out of the way until one is wanted. */
export function Filters({ search, events, onChange }: Props) {
  const { t } = useWords();
  const { subject: _, decision: __, own: ___, ...narrowed } = search;
  const count = Object.keys(narrowed).length;
  const [opened, setOpened] = useState(count > 0);
  // Days keep what was typed: cleared, they begin anew.
  const [cleared, setCleared] = useState(0);
  const id = useId();
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFilter size={17} aria-hidden />}
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
      >
        {count > 0 ? t("evidence.filterCount", { count }) : t("evidence.filter")}
      </Button>
      {count > 0 && (
        <Button
          variant="subtle"
          onClick={() => {
            onChange(nothing);
            setCleared(cleared + 1);
          }}
        >
          {t("evidence.clear")}
        </Button>
      )}
      <div id={id} hidden={!opened} style={{ flexBasis: "100%" }}>
        {opened && <Fields key={cleared} search={search} events={events} onChange={onChange} />}
      </div>
    </>
  );
}

function Fields({ search, events, onChange }: Props) {
  const { t } = useWords();
  const { labels } = useLabels();
  const { verbWord, registerWord, purposeWord } = useEventWords();
  const actors = useActors(events, search.actor);
  const registers = [...new Set([...Object.keys(labels?.registers ?? {}), ...ownRegisters])];
  const purposes = [...Object.keys(labels?.purposes ?? {}), "security", ...upkeeps];
  const flows = Object.entries(labels?.flows ?? {}).map(([value, label]) => ({ value, label }));
  const sources = Object.entries(labels?.sources ?? {}).map(([value, { label }]) => ({ value, label }));
  const worded = (ids: readonly string[], word: (id: string) => string) =>
    ids.map((value) => ({ value, label: capital(word(value)) }));
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" mt="xs">
      <Select label={t("audit.who")} value={search.actor} data={actors} onChange={(actor) => onChange({ actor })} />
      <Select
        label={t("evidence.verb")}
        value={search.verb}
        data={worded(Verb.options, verbWord)}
        onChange={(verb) => onChange({ verb: Verb.options.find((each) => each === verb) })}
      />
      <Select
        label={t("evidence.register")}
        value={search.register}
        data={worded(registers, registerWord)}
        onChange={(register) => onChange({ register })}
      />
      <Select label={t("evidence.flow")} value={search.flow} data={flows} onChange={(flow) => onChange({ flow })} />
      <Select
        label={t("evidence.source")}
        value={search.source}
        data={sources}
        onChange={(source) => onChange({ source })}
      />
      <Select
        label={t("audit.purpose")}
        value={search.purpose}
        data={worded(purposes, purposeWord)}
        onChange={(purpose) => onChange({ purpose })}
      />
      <DayField
        label={t("evidence.from")}
        value={search.from ?? null}
        onChange={(from) => onChange({ from: from ?? undefined })}
      />
      <DayField
        label={t("evidence.to")}
        value={search.to ?? null}
        onChange={(to) => onChange({ to: to ?? undefined })}
      />
    </SimpleGrid>
  );
}

type SelectProps = {
  label: string;
  value: string | undefined;
  data: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
};

function Select({ label, value, data, onChange }: SelectProps) {
  const { t } = useWords();
  // What the address asks for and nobody knows is shown as it stands: else the list would be narrowed by something unseen.
  const unknown = value !== undefined && data.every((one) => one.value !== value) ? [{ value, label: value }] : [];
  return (
    <NativeSelect
      label={label}
      value={value ?? ""}
      data={[{ value: "", label: t("evidence.any") }, ...data, ...unknown]}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  );
}

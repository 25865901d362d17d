import { TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch, IconUserSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { useFoundPeople, usePersonLine } from "./useFoundPeople.ts";

/** A person without a request that is written down: what is held of them, and erasing it. */
export function FindPerson() {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 120);
  const { found, items, forRights } = useFoundPeople(search);
  const line = usePersonLine();
  return (
    <Section title={t("requests.who")}>
      <TextInput
        type="search"
        aria-label={t("requests.who")}
        description={t("requests.whoHelp")}
        placeholder={t("customers.searchHint")}
        leftSection={<IconSearch size={17} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={200}
        maw={620}
        mb="lg"
        autoComplete="off"
      />
      <VisuallyHidden role="status">{items ? t("customers.found", { count: items.length }) : ""}</VisuallyHidden>
      <ProblemAlert problem={found.error} retry={() => void found.refetch()} typed />
      {search !== "" && !items && !found.error && <Loading rows={4} />}
      {items?.length === 0 && (
        <Empty icon={IconUserSearch} title={t("customers.noneFound")}>
          {t(forRights ? "requests.noneFoundAtAll" : "requests.noneFoundText")}
        </Empty>
      )}
      {items && items.length > 0 && (
        <ul className="heap" style={{ opacity: found.isPlaceholderData ? 0.6 : 1 }}>
          {items.map((person) => (
            <li key={person.id}>
              <Link to="/requests/$id" params={{ id: person.id }} className="heap-line">
                <span>
                  <b>{person.name ?? t("customer.unnamed")}</b> <small>{line(person)}</small>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

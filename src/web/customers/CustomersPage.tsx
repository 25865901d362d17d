import { Button, Kbd, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue, useHotkeys } from "@mantine/hooks";
import { IconPlus, IconSearch, IconUsers } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { useMay } from "../session/me.ts";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { CustomerTable } from "./CustomerTable.tsx";
import { useCustomers } from "./useCustomers.ts";

/** Find a customer: type a few letters, or take one of the newest. */
export function CustomersPage() {
  const { t } = useWords();
  const may = useMay();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 120);
  const found = useCustomers(search);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  useHotkeys([["/", () => field.current?.focus()]]);
  const firstLink = () => list.current?.querySelector<HTMLElement>("tbody a");
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") firstLink()?.focus();
    else if (event.key === "Enter" && search === text.trim()) firstLink()?.click();
    else if (event.key === "Escape") setText("");
    else return;
    event.preventDefault();
  };
  const add = may("collect customers") && (
    <Button
      leftSection={<IconPlus size={17} aria-hidden />}
      renderRoot={(props) => <Link {...props} to="/customers/new" />}
    >
      {t("customers.new")}
    </Button>
  );
  const count = found.items?.length ?? 0;
  return (
    <Page title={t("customers.title")} lead={t("customers.lead")} actions={add}>
      <TextInput
        ref={field}
        type="search"
        aria-label={t("customers.search")}
        placeholder={t("customers.searchHint")}
        leftSection={<IconSearch size={17} aria-hidden />}
        rightSection={<Kbd aria-hidden>/</Kbd>}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={keys}
        maxLength={200}
        maw={480}
        mb="md"
        autoComplete="off"
      />
      <VisuallyHidden role="status">{search && found.items ? t("customers.found", { count }) : ""}</VisuallyHidden>
      <ProblemAlert problem={found.error} retry={found.retry} typed={text !== ""} />
      {!found.items && !found.error && <Loading rows={10} />}
      {found.items && count > 0 && (
        <div ref={list} style={{ opacity: found.stale ? 0.6 : 1 }}>
          <CustomerTable items={found.items} />
        </div>
      )}
      {found.items && count === 0 && (
        <Empty
          icon={IconUsers}
          title={search ? t("customers.noneFound") : t("customers.none")}
          action={search === "" && add}
        >
          {search ? t("customers.noneFoundText") : t("customers.noneText")}
        </Empty>
      )}
      {found.tooMany && (
        <Text size="sm" c="dimmed" mt="md">
          {t("customers.typeMore")}
        </Text>
      )}
      {found.more && (
        <Button variant="default" mt="md" onClick={found.more} loading={found.loadingMore}>
          {t("more")}
        </Button>
      )}
    </Page>
  );
}

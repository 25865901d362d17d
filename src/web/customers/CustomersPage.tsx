import { Button, Group, Kbd, SegmentedControl, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus, IconSearch, IconUsers } from "@tabler/icons-react";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef, useState } from "react";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { WhoMay } from "../why/WhoMay.tsx";
import { useWords } from "../words/words.tsx";
import { CustomerTable } from "./CustomerTable.tsx";
import { categoryOf } from "./draft.ts";
import { LetterBar } from "./LetterBar.tsx";
import type { Letter } from "./search.ts";
import { useCustomers } from "./useCustomers.ts";
import "./customers.css";

const route = getRouteApi("/inside/customers");

/** Find a customer: type a few letters, take one of the newest, or leaf through them by name. */
export function CustomersPage() {
  const { t } = useWords();
  const may = useMay();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 120);
  const { labels } = useLabels();
  const sorts = may(`read customers ${categoryOf(labels, "name")}`);
  const chosen = route.useSearch();
  const { order, letter } = sorts ? chosen : {};
  const navigate = route.useNavigate();
  const found = useCustomers(search, { order, letter });
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const firstLink = () => list.current?.querySelector<HTMLElement>("tbody a");
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") firstLink()?.focus();
    else if (event.key === "Enter" && search === text.trim()) firstLink()?.click();
    else if (event.key === "Escape") setText("");
    else return;
    event.preventDefault();
  };
  const jump = (to: Letter) => {
    void navigate({ search: { order: "name", letter: to }, replace: true });
    list.current?.scrollIntoView({ block: "start" });
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
  const first = add ? t("customers.noneText") : <WhoMay act="collect customers" word="customers.whoMay" />;
  return (
    <Page title={t("customers.title")} lead={t("customers.lead")} actions={add}>
      <Group gap="md" mb="md">
        <TextInput
          ref={field}
          type="search"
          aria-label={t("customers.search")}
          placeholder={t("customers.searchHint")}
          leftSection={<IconSearch size={17} aria-hidden />}
          rightSection={
            <Kbd aria-hidden visibleFrom="sm">
              /
            </Kbd>
          }
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={keys}
          maxLength={200}
          maw={480}
          flex="1 1 240px"
          autoComplete="off"
        />
        {sorts && search === "" && (
          <SegmentedControl
            aria-label={t("customers.order")}
            value={order ?? "newest"}
            onChange={(next) => void navigate({ search: next === "name" ? { order: "name" } : {}, replace: true })}
            data={[
              { value: "newest", label: t("customers.order.newest") },
              { value: "name", label: t("customers.order.name") },
            ]}
          />
        )}
      </Group>
      {order === "name" && search === "" && <LetterBar chosen={letter} choose={jump} />}
      <VisuallyHidden role="status">{search && found.items ? t("customers.found", { count }) : ""}</VisuallyHidden>
      <ProblemAlert problem={found.error} retry={found.retry} typed={text !== ""} />
      {!found.items && !found.error && <Loading rows={10} />}
      {found.items && count > 0 && (
        <div ref={list} className="listed" style={{ opacity: found.stale ? 0.6 : 1 }}>
          <CustomerTable
            key={search || `${order} ${letter}`}
            items={found.items}
            onEnd={found.loadingMore ? undefined : found.more}
          />
        </div>
      )}
      {found.items && count === 0 && (
        <Empty
          icon={IconUsers}
          title={search ? t("customers.noneFound") : letter ? t("customers.noneAfter") : t("customers.none")}
          action={search === "" && !letter && add}
        >
          {search ? t("customers.noneFoundText") : letter ? t("customers.noneAfterText") : first}
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

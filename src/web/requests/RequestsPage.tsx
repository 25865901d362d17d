import { Text, TextInput, VisuallyHidden } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconFileSearch, IconSearch, IconUserSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { searchCustomers } from "../../registers/customers/contract.ts";
import { phoneShown } from "../customers/phoneShown.ts";
import { useMay, useRightsPurpose } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Empty } from "../ui/Empty.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

/** Somebody asks about their own data: first, who. */
export function RequestsPage() {
  const { t } = useWords();
  const may = useMay();
  const purpose = useRightsPurpose();
  const [text, setText] = useState("");
  const [search] = useDebouncedValue(text.trim(), 120);
  const found = useAsk(
    searchCustomers,
    { body: { search, limit: 20 } },
    { enabled: search !== "" && (purpose !== undefined || may("read customers")), keepPrevious: true, purpose },
  );
  const items = search === "" ? undefined : found.data?.items;
  return (
    <Page title={t("requests.title")} lead={t("requests.lead")} width="read">
      <TextInput
        type="search"
        label={t("requests.who")}
        description={t("requests.whoHelp")}
        placeholder={t("customers.searchHint")}
        leftSection={<IconSearch size={17} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={200}
        mb="lg"
        autoComplete="off"
        autoFocus
      />
      <VisuallyHidden role="status">{items ? t("customers.found", { count: items.length }) : ""}</VisuallyHidden>
      <ProblemAlert problem={found.error} retry={() => void found.refetch()} typed />
      {search === "" && (
        <Empty icon={IconFileSearch} title={t("requests.start")}>
          {t("requests.startText")}
        </Empty>
      )}
      {search !== "" && !items && !found.error && <Loading rows={4} />}
      {items?.length === 0 && (
        <Empty icon={IconUserSearch} title={t("customers.noneFound")}>
          {t(purpose === undefined ? "requests.noneFoundText" : "requests.noneFoundAtAll")}
        </Empty>
      )}
      {items && items.length > 0 && (
        <ul className="heap" style={{ opacity: found.isPlaceholderData ? 0.6 : 1 }}>
          {items.map(({ id, name, kind, email, phone, town }) => (
            <li key={id}>
              <Link to="/requests/$id" params={{ id }} className="heap-line">
                <Text span fw={550} size="sm">
                  {name ?? t("customer.unnamed")}
                </Text>{" "}
                <Text span c="dimmed" size="sm">
                  {[t(`customer.kind.${kind}`), email, phone && phoneShown(phone), town].filter(Boolean).join(" · ")}
                </Text>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

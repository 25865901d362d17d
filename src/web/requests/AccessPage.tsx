import { Button, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { type AccessPackage, printAccess, readAccess } from "../../rights/contract.ts";
import { dayInHelsinki } from "../../values/Day.ts";
import { useLabels } from "../session/labels.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Facts } from "../ui/Facts.tsx";
import { Page } from "../ui/Page.tsx";
import { PrintLink } from "../ui/PrintLink.tsx";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";
import { Beside } from "./Beside.tsx";
import { HeldTable } from "./HeldTable.tsx";
import { useSubjectName } from "./useSubjectName.ts";

const route = getRouteApi("/inside/requests/$id/access");

/** Everything held of one person (GDPR Art. 15): put together once, when the page is opened. */
export function AccessPage() {
  const { t, language } = useWords();
  const { id } = route.useParams();
  const { of } = route.useSearch();
  const name = useSubjectName(id);
  // Each reading is written into the log of the person's data, so it is not read again by itself.
  const answer = useAsk(readAccess, { params: { id }, query: { language } }, { staleTime: Number.POSITIVE_INFINITY });
  const actions = answer.data && (
    <>
      <PrintLink path={printAccess.path} params={{ id }} fresh />
      <Button leftSection={<IconDownload size={17} aria-hidden />} onClick={() => answer.data && download(answer.data)}>
        {t("access.download")}
      </Button>
    </>
  );
  return (
    <Page
      title={t("access.of", { name })}
      tab={t("access.title")}
      lead={t("access.lead")}
      back={
        of
          ? { to: "/requests/case/$id", params: { id: of }, label: t("case.backToCase") }
          : { to: "/requests/$id", params: { id }, label: t("requests.backToChoice") }
      }
      actions={actions}
    >
      <Asked answer={answer} rows={12}>
        {(held) => <Contents held={held} />}
      </Asked>
    </Page>
  );
}

function Contents({ held }: { held: AccessPackage }) {
  const { t, moment } = useWords();
  const { labels } = useLabels();
  const registers = held.registers.filter(({ items }) => items.length > 0);
  return (
    <>
      <Section title={t("access.package")}>
        <Facts
          facts={[
            { term: t("access.controller"), value: held.controller },
            { term: t("access.madeAt"), value: moment(held.madeAt) },
            { term: t("access.version"), value: held.description.version },
          ]}
        />
      </Section>
      {registers.length === 0 && (
        <Text c="dimmed" mb="xl">
          {t("access.nothing")}
        </Text>
      )}
      {registers.map(({ register, label, items }) => {
        // The package speaks the company's own language; headings speak the reader's.
        const heading = labels?.registers[register] ?? label;
        return (
          <Section key={register} title={heading}>
            <HeldTable label={heading} items={items} />
          </Section>
        );
      })}
      <Beside held={held} />
    </>
  );
}

/** The name of the file tells nobody whose it is. */
function download(held: AccessPackage): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(held, null, 2)], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), {
    href: address,
    download: `tietovirta-${dayInHelsinki(new Date(held.madeAt))}.json`,
  });
  link.click();
  URL.revokeObjectURL(address);
}

import { Group, NativeSelect, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import { printDocument, readDocument } from "../../proofs/contract.ts";
import { isLanguage, type Language } from "../../values/Language.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { PrintLink } from "../ui/PrintLink.tsx";
import { useLed } from "../why/useLed.ts";
import { useWords } from "../words/words.tsx";
import "./description.css";
import { DocumentBody } from "./DocumentBody.tsx";
import type { PrintedDocument } from "./document.ts";
import { EditingPart } from "./edit/EditingPart.tsx";
import { type Kind, kindOf, kinds } from "./kinds.ts";
import { ProveNow } from "./ProveNow.tsx";

const route = getRouteApi("/inside/description");

/** The company's own documents: what the register does, with the proof beside every sentence. */
export function DescriptionPage() {
  const { t, language: now } = useWords();
  const { kind = "dataflow" } = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useMediaQuery("(max-width: 48em)");
  const [chosen, setChosen] = useState<Language | null>(null);
  const language = chosen ?? now;
  const answer = useAsk(readDocument, { params: { kind }, query: { language } }, { keepPrevious: true });
  // A long text stands a moment after its heading: nobody waits for the page because of it.
  const written = useDeferredValue(true, false);
  const choose = (next: string) => void navigate({ search: { kind: kindOf(next) }, replace: true });
  const which = {
    "aria-label": t("description.which"),
    value: kind,
    data: kinds.map((each) => ({ value: each, label: t(`description.kind.${each}`) })),
  };
  return (
    <Page
      title={t("description.title")}
      lead={t("description.lead")}
      actions={<PrintLink path={printDocument.path} params={{ kind }} language={language} />}
    >
      <Group mb="lg" gap="sm">
        {narrow ? (
          <NativeSelect {...which} onChange={(event) => choose(event.currentTarget.value)} />
        ) : (
          <SegmentedControl {...which} onChange={choose} />
        )}
        <NativeSelect
          aria-label={t("description.language")}
          value={language}
          onChange={(event) => isLanguage(event.currentTarget.value) && setChosen(event.currentTarget.value)}
          data={[
            { value: "fi", label: t("language.fi") },
            { value: "sv", label: t("language.sv") },
            { value: "en", label: t("language.en") },
          ]}
        />
      </Group>
      <Asked answer={answer} rows={14}>
        {({ kind: shown, document, hash }) =>
          written ? (
            <EditingPart>
              <Read key={`${shown} ${hash}`} kind={shown} document={document} />
            </EditingPart>
          ) : (
            <Loading rows={14} />
          )
        }
      </Asked>
    </Page>
  );
}

function Read({ kind, document }: { kind: Kind; document: PrintedDocument }) {
  useLed(document);
  return (
    <>
      {kind === "dataflow" && <ProveNow document={document} />}
      <DocumentBody document={document} />
    </>
  );
}

import { SegmentedControl, Text, Title } from "@mantine/core";
import { useMemo, useState } from "react";
import { DocumentBody } from "../description/DocumentBody.tsx";
import "../description/description.css";
import { drawn } from "../flows/drawn.ts";
import "../flows/flows.css";
import { Picture } from "../flows/Picture.tsx";
import { Loading } from "../ui/Loading.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import type { ShownStart, Tried } from "./useTried.ts";

type View = "picture" | "document";

/** The picture and the document as they would be, beside the answers that make them. */
export function Beside({ tried }: { tried: Tried }) {
  const { t } = useWords();
  const [view, setView] = useState<View>("picture");
  const { data, error, isCurrent } = tried;
  return (
    <section className="start-beside" aria-labelledby="start-beside" aria-busy={(!isCurrent && !error) || undefined}>
      <Title order={2} size="h3" id="start-beside" mb="xs">
        {t("start.beside")}
      </Title>
      <SegmentedControl
        mb="md"
        aria-label={t("start.beside.show")}
        value={view}
        onChange={(next) => setView(next === "document" ? "document" : "picture")}
        data={[
          { value: "picture", label: t("start.beside.picture") },
          { value: "document", label: t("start.beside.document") },
        ]}
      />
      <ProblemAlert problem={error} typed />
      {!data && !error && <Loading rows={10} />}
      {data && !data.shown && <Text size="sm">{t("start.beside.none")}</Text>}
      {data?.shown && (view === "picture" ? <Drawing shown={data.shown} /> : <Document shown={data.shown} />)}
    </section>
  );
}

type Shown = NonNullable<ShownStart["shown"]>;

function Document({ shown: { document } }: { shown: Shown }) {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="start-document" aria-label={t("start.beside.document")} tabIndex={0}>
      <DocumentBody document={document} />
    </section>
  );
}

function Drawing({ shown }: { shown: Shown }) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const drawing = useMemo(() => drawn(shown.drawing), [shown.drawing]);
  const told = shown.parts.find(({ part }) => part === (chosen ?? looked));
  if (!drawing) return null;
  return (
    <figure className="flow-picture start-picture">
      <Picture
        drawing={drawing}
        parts={shown.parts}
        label={t("flows.label")}
        chosen={chosen}
        shown={looked ?? chosen}
        onChoose={(part) => setChosen(part === chosen ? null : part)}
        onLook={setLooked}
      />
      <figcaption aria-live="polite">
        {told && (
          <>
            <Text size="sm" fw={600}>
              {told.title}
            </Text>
            <Text size="sm">{told.says.join(" ")}</Text>
          </>
        )}
      </figcaption>
    </figure>
  );
}

import { Button, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPrinter } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { type ReactNode, useMemo, useState } from "react";
import type { z } from "zod";
import { readFlowPicture } from "../../proofs/picture/contract.ts";
import type { Day } from "../../values/Day.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";
import { About } from "./About.tsx";
import { drawn } from "./drawn.ts";
import { Frame } from "./Frame.tsx";
import "./flows.css";
import { PartTable } from "./PartTable.tsx";
import { Picture, type Side } from "./Picture.tsx";
import { Spans } from "./Spans.tsx";
import { daysOf } from "./search.ts";

const route = getRouteApi("/inside/flows");
type Answer = z.output<typeof readFlowPicture.response>;

/** The description as a picture: what may move, what has moved, what was refused. */
export function FlowsPage() {
  const { t, language } = useWords();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const narrow = useMediaQuery("(max-width: 70em)", undefined, { getInitialValueInEffect: false });
  const days = daysOf(search);
  const orientation = narrow ? "tall" : "wide";
  const answer = useAsk(readFlowPicture, { query: { language, orientation, ...days } }, { keepPrevious: true });
  const print = (
    <Button variant="default" leftSection={<IconPrinter size={17} aria-hidden />} onClick={() => window.print()}>
      {t("print")}
    </Button>
  );
  return (
    <Page title={t("flows.title")} lead={t("flows.lead")} actions={print}>
      <Asked answer={answer} rows={12}>
        {(picture) =>
          // The picture of the days before may stay while the next comes, one in another language may not.
          picture.language === language ? (
            <Shown
              picture={picture}
              waiting={answer.isPlaceholderData}
              days={days}
              orientation={orientation}
              tools={
                picture.period && (
                  <Spans search={search} onChange={(next) => void navigate({ search: next, replace: true })} />
                )
              }
            />
          ) : (
            <Loading rows={12} />
          )
        }
      </Asked>
    </Page>
  );
}

type ShownProps = {
  picture: Answer;
  waiting: boolean;
  days: { from: Day; to: Day };
  orientation: "wide" | "tall";
  tools: ReactNode;
};

function Shown({ picture, waiting, days, orientation, tools }: ShownProps) {
  const { t } = useWords();
  const { parts, caption, period } = picture;
  const drawing = useMemo(() => drawn(picture.drawing), [picture.drawing]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [looked, setLooked] = useState<string | null>(null);
  const [side, setSide] = useState<Side>("right");
  const shown = chosen ?? looked;
  const part = parts.find((each) => each.part === shown);
  if (!drawing) return <ProblemAlert problem={new Error(t("problem.unknown"))} />;
  const close = () => setChosen(null);
  return (
    <figure
      className="flow-picture"
      aria-busy={waiting || undefined}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
      }}
    >
      <Frame
        tools={tools}
        orientation={orientation}
        beside={part && <About part={part} days={days} side={side} onClose={chosen === null ? null : close} />}
      >
        <Picture
          drawing={drawing}
          parts={parts}
          label={t("flows.label")}
          chosen={chosen}
          shown={looked ?? chosen}
          onChoose={(next, where) => {
            setChosen(next === chosen ? null : next);
            setSide(where);
          }}
          onLook={(next, where) => {
            setLooked(next);
            if (where && chosen === null) setSide(where);
          }}
        />
      </Frame>
      <figcaption>
        <Text size="sm" c="dimmed">
          {caption.join(" ")}
          {!period && ` ${t("flows.noNumbers")}`}
        </Text>
      </figcaption>
      <PartTable parts={parts} counted={period !== null} />
    </figure>
  );
}

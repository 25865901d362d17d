import { Anchor, Button, Group } from "@mantine/core";
import { IconCheck, IconFileCode, IconFlag } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useMemo, useState } from "react";
import { readDescription } from "../../../versions/contract.ts";
import { useMay } from "../../session/me.ts";
import { useAsk } from "../../session/server.ts";
import { Notice } from "../../ui/Notice.tsx";
import { useWords } from "../../words/words.tsx";
import { DraftBar } from "./DraftBar.tsx";
import { EditingContext, type View } from "./editing.ts";

const Editor = lazy(() => import("./Editor.tsx").then(({ Editor: part }) => ({ default: part })));

/** Around the document: for those who keep the description, a way to change each statement. */
export function EditingPart({ children }: { children: ReactNode }) {
  const { t, language } = useWords();
  const may = useMay();
  const { from } = useSearch({ from: "/inside/description" });
  const mayChange = may("keeps description change");
  const { data: now } = useAsk(readDescription, { query: { language } }, { enabled: mayChange, keepPrevious: true });
  const [view, setView] = useState<View | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const editing = useMemo(() => (now ? { now, open: setView } : null), [now]);
  return (
    <EditingContext value={mayChange ? editing : null}>
      {done !== null && (
        <Notice tone="good" icon={IconCheck}>
          {t("draft.done", { version: done })}{" "}
          {from !== undefined && (
            <Anchor inherit renderRoot={(props) => <Link {...props} to={from} />}>
              {t("draft.backWhere")}
            </Anchor>
          )}
        </Notice>
      )}
      {mayChange && now && (
        <Group gap="xs" mb="lg">
          <Button
            variant="default"
            size="sm"
            leftSection={<IconFileCode size={17} aria-hidden />}
            onClick={() => setView({ kind: "file" })}
          >
            {t("draft.file")}
          </Button>
          <Button
            variant="subtle"
            size="sm"
            leftSection={<IconFlag size={17} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/start" />}
          >
            {t("start.door")}
          </Button>
        </Group>
      )}
      {children}
      {mayChange && now && (
        <>
          <DraftBar onView={setView} />
          <Suspense>
            {view !== null && (
              <Editor
                view={view}
                now={now}
                onView={setView}
                onDone={(version) => {
                  setDone(version);
                  setView(null);
                  window.scrollTo({ top: 0 });
                }}
              />
            )}
          </Suspense>
        </>
      )}
    </EditingContext>
  );
}

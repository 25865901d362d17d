import { Button, Group, List, Progress, Text } from "@mantine/core";
import { IconDoorEnter, IconMask, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { ProblemError } from "../../api/call.ts";
import { type DemoNow, linkToDemo, readDemo, startDemo, stopDemo, throwDemoAway } from "../../server/demo/contract.ts";
import { useAct, useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Command } from "../ui/Command.tsx";
import { Page } from "../ui/Page.tsx";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { ReasonDialog } from "../ui/ReasonDialog.tsx";
import { useWords } from "../words/words.tsx";

const SOON_MS = 700;
const LATER_MS = 5000;

/** The made-up company: one press makes and opens it, another throws it away. */
export function DemoPage() {
  const { t } = useWords();
  const answer = useAsk(readDemo, {}, { staleTime: 0, everyMs: (now) => (now && isMoving(now) ? SOON_MS : LATER_MS) });
  return (
    <Page title={t("demo.title")} lead={t("demo.lead")} width="read">
      <Asked answer={answer}>{(now) => (now.offered ? <Here now={now} /> : <Elsewhere />)}</Asked>
    </Page>
  );
}

const isMoving = ({ state }: DemoNow) => state === "starting" || state === "stopping";

function Here({ now }: { now: DemoNow }) {
  const { t } = useWords();
  const start = useAct(startDemo);
  const link = useAct(linkToDemo);
  const stop = useAct(stopDemo);
  // Whoever pressed goes in when it is there; whoever came back to the page later presses again.
  const wants = useRef(false);
  const { state, made, problem } = now;
  const { mutate: goIn } = link;
  useEffect(() => {
    if (state === "failed") wants.current = false;
    if (state !== "ready" || !wants.current) return;
    wants.current = false;
    goIn({}, { onSuccess: ({ url }) => window.location.assign(url) });
  }, [state, goIn]);
  const press = () => {
    wants.current = true;
    if (state === "ready") goIn({}, { onSuccess: ({ url }) => window.location.assign(url) });
    else start.mutate({});
  };
  const busy = start.isPending || link.isPending || isMoving(now);
  return (
    <>
      <List spacing={6} mb="lg">
        {(["people", "apart", "leave"] as const).map((what) => (
          <List.Item key={what}>{t(`demo.about.${what}`)}</List.Item>
        ))}
      </List>
      {problem && <ProblemAlert problem={new ProblemError({ ...problem, status: 500 })} />}
      <ProblemAlert problem={start.error ?? link.error ?? stop.error} />
      <Group gap="xs">
        <Button onClick={press} loading={busy} leftSection={<IconDoorEnter size={17} aria-hidden />}>
          {t(state === "ready" ? "demo.enter" : "demo.look")}
        </Button>
        {state === "ready" && (
          <Button variant="default" onClick={() => stop.mutate({})} loading={stop.isPending}>
            {t("demo.stop")}
          </Button>
        )}
        {(made || state === "failed") && !isMoving(now) && <ThrowAway />}
      </Group>
      <div role="status">{state === "starting" && <Making now={now} />}</div>
    </>
  );
}

/** What is being done, in words, and how far it is. */
function Making({ now: { step, percent, made } }: { now: DemoNow }) {
  const { t } = useWords();
  const said = t(`demo.step.${step ?? "database"}`);
  // A third is the database's own; the year knows how far it is.
  const value = step === "year" ? 15 + percent * 0.75 : step === "opening" ? 95 : 8;
  return (
    <>
      <Progress value={value} animated mt="lg" aria-label={said} />
      <Text size="sm" mt={6} fw={550}>
        {said}
      </Text>
      <Text size="sm" c="dimmed">
        {t(made ? "demo.makingAgain" : "demo.makingFirst")}
      </Text>
    </>
  );
}

function ThrowAway() {
  const { t } = useWords();
  const [asking, ask] = useState(false);
  const act = useAct(throwDemoAway);
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => ask(true)} leftSection={<IconTrash size={16} aria-hidden />}>
        {t("demo.throwAway")}
      </Button>
      <ReasonDialog
        opened={asking}
        onClose={() => ask(false)}
        title={t("demo.throwAway")}
        confirm={t("demo.throwAway")}
        danger
        busy={act.isPending}
        problem={act.error}
        onConfirm={() => act.mutate({}, { onSuccess: () => ask(false) })}
      >
        {t("demo.throwAwayText")}
      </ReasonDialog>
    </>
  );
}

/** The browser comes over a network: what listens on the server alone it does not reach. */
function Elsewhere() {
  const { t } = useWords();
  return (
    <>
      <Group gap="sm" wrap="nowrap" align="flex-start" mb="md">
        <IconMask size={22} aria-hidden style={{ flex: "none" }} />
        <Text>{t("demo.elsewhere")}</Text>
      </Group>
      <Command>npm run demo</Command>
    </>
  );
}

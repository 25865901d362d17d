import { Button, Group, Text, Title } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { readStart } from "../../versions/start/contract.ts";
import { useMe } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { Asked } from "../ui/Asked.tsx";
import { Page } from "../ui/Page.tsx";
import { useWords } from "../words/words.tsx";
import { Beside } from "./Beside.tsx";
import { CheckStep } from "./CheckStep.tsx";
import { CompanyStep } from "./CompanyStep.tsx";
import { ExampleStep } from "./ExampleStep.tsx";
import { isBegun, isCompany, type Progress, useProgress } from "./progress.ts";
import { QuestionStep } from "./QuestionStep.tsx";
import { ReadyStep } from "./ReadyStep.tsx";
import "./start.css";
import { type StepName, stepOf, steps } from "./steps.ts";
import { type Began, useTried } from "./useTried.ts";

const route = getRouteApi("/inside/start");

/** The first hour of a new company: from its name to its own description in force. */
export function StartPage() {
  const { t } = useWords();
  const began = useAsk(readStart, {}, { staleTime: 0 });
  return (
    <Page title={t("start.title")} lead={t("start.lead")}>
      <Asked answer={began} rows={10}>
        {(answer) => <Steps began={answer} />}
      </Asked>
    </Page>
  );
}

function Steps({ began }: { began: Began }) {
  const { t, language } = useWords();
  const me = useMe();
  const navigate = route.useNavigate();
  const progress = useProgress(me, language);
  const open = openSteps(progress);
  const wanted = stepOf(route.useSearch().step);
  const step = open.includes(wanted) ? wanted : (open.at(-1) ?? "company");
  const tried = useTried(progress);
  const go = (next: StepName) => void navigate({ search: { step: next } });
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [step]);
  useUnsavedQuestion(isBegun(progress));
  const seen = step !== "company" && step !== "example" && step !== "ready";
  const at = open.indexOf(step);
  const [previous, next] = [open[at - 1], open[at + 1]];
  return (
    <>
      <StepList open={open} now={step} onGo={go} />
      <div className="start" data-beside={seen || undefined}>
        <section aria-labelledby="start-step">
          <Title order={2} id="start-step" ref={heading} tabIndex={-1} mb="md">
            {step === "ready"
              ? t("start.ready.title")
              : step === "check"
                ? t("start.check.title")
                : t(`start.step.${step}`)}
          </Title>
          {step === "company" && <CompanyStep progress={progress} onNext={() => go("example")} />}
          {step === "example" && (
            <ExampleStep
              progress={progress}
              examples={began.examples}
              onBack={() => go("company")}
              onNext={(isText) => go(isText ? "check" : "people")}
            />
          )}
          {(step === "people" || step === "places" || step === "ways") && (
            <QuestionStep step={step} progress={progress} examples={began.examples} />
          )}
          {step === "check" && <CheckStep {...{ began, progress, tried }} onGo={go} />}
          {step === "ready" && <ReadyStep progress={progress} />}
          {seen && (
            <Group mt="xl" gap="xs">
              {previous && (
                <Button variant="default" onClick={() => go(previous)}>
                  {t("start.back")}
                </Button>
              )}
              {step !== "check" && next && <Button onClick={() => go(next)}>{t("start.next")}</Button>}
            </Group>
          )}
        </section>
        {seen && <Beside tried={tried} />}
      </div>
    </>
  );
}

/** Where one can go: forward only over what has been answered. */
function openSteps(progress: Progress): readonly StepName[] {
  if (progress.done !== null) return ["ready"];
  if (progress.isText) return ["company", "example", "check"];
  if (!isCompany(progress)) return ["company"];
  return progress.example === null
    ? ["company", "example"]
    : ["company", "example", "people", "places", "ways", "check"];
}

type ListProps = { open: readonly StepName[]; now: StepName; onGo: (step: StepName) => void };

function StepList({ open, now, onGo }: ListProps) {
  const { t } = useWords();
  return (
    <nav aria-label={t("start.steps")} className="start-steps never-printed">
      <Text size="sm" c="dimmed" hiddenFrom="sm">
        {t("start.stepOf", { number: steps.indexOf(now) + 1, all: steps.length })}
      </Text>
      <ol>
        {steps.map((step, n) => (
          <li key={step}>
            <button
              type="button"
              disabled={!open.includes(step)}
              aria-current={step === now ? "step" : undefined}
              onClick={() => onGo(step)}
            >
              <span className="num" aria-hidden>
                {n + 1}
              </span>
              {t(`start.step.${step}`)}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** What has been answered is in the page's memory: another page keeps it, a reload or a closed window would not. */
function useUnsavedQuestion(begun: boolean): void {
  useEffect(() => {
    if (!begun) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [begun]);
}

import "./tour.css";
import { ActionIcon, Button, Group, Text, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { type ComponentType, type ReactNode, useEffect, useRef } from "react";
import type { DemoVisit } from "../../server/demo/contract.ts";
import { useWords } from "../words/words.tsx";
import { AddByForm } from "./AddByForm.tsx";
import { ProveIt } from "./ProveIt.tsx";
import { SeeOrigin } from "./SeeOrigin.tsx";
import { closeTour, goOn, numberOf, STEPS, type Step, useTour } from "./state.ts";
import { TryToMove } from "./TryToMove.tsx";

/** What a step of the tour is given: the visit, and what to show once the visitor has done it. */
export type StepProps = { visit: DemoVisit; next: (said: ReactNode) => ReactNode };

const steps: Readonly<Record<Step, ComponentType<StepProps>>> = {
  add: AddByForm,
  origin: SeeOrigin,
  stop: TryToMove,
  prove: ProveIt,
};

/** Beside the page and never in front of it: says what to try, and notices when it is done. Left at any moment. */
export function TourGuide({ visit, leave }: { visit: DemoVisit; leave: (() => void) | undefined }) {
  const { t } = useWords();
  const { at } = useTour();
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(at);
  useEffect(() => {
    if (before.current === at) return;
    before.current = at;
    heading.current?.focus({ preventScroll: true });
  }, [at]);
  const number = numberOf(at);
  const Step = at === "offer" || at === "end" ? null : steps[at];
  const next = (said: ReactNode) => (
    <>
      <Text size="sm" fw={550} mb="sm" component="div">
        {said}
      </Text>
      <Button size="xs" onClick={goOn}>
        {t(number === STEPS.length ? "tour.finish" : "tour.next")}
      </Button>
    </>
  );
  return (
    <section
      className="tour never-printed"
      aria-label={t("tour.title")}
      onKeyDown={(event) => event.key === "Escape" && closeTour()}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <div>
          <Text size="xs" c="dimmed">
            {number > 0 ? t("tour.progress", { step: number, of: STEPS.length }) : t("tour.title")}
          </Text>
          <Title order={2} ref={heading} tabIndex={-1} style={{ outline: "none" }}>
            {t(`tour.${at}.title`)}
          </Title>
        </div>
        <ActionIcon variant="subtle" color="gray" aria-label={t("tour.close")} onClick={closeTour}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </Group>
      <Text size="sm" my="sm">
        {t(`tour.${at}.text`, { button: t("prove.now") })}
      </Text>
      {Step && (
        <div role="status" className="tour-step">
          <Step key={at} visit={visit} next={next} />
        </div>
      )}
      {at === "offer" && (
        <Group gap="xs">
          <Button size="xs" onClick={goOn}>
            {t("tour.begin")}
          </Button>
          <Button size="xs" variant="default" onClick={closeTour}>
            {t("tour.notNow")}
          </Button>
        </Group>
      )}
      {at === "end" && (
        <Group gap="xs">
          {leave && (
            <Button size="xs" onClick={leave}>
              {t("demo.leave")}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={closeTour}>
            {t("tour.stay")}
          </Button>
        </Group>
      )}
    </section>
  );
}

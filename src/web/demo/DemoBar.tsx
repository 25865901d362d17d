import "./demo.css";
import { Button, Text } from "@mantine/core";
import { IconDoorExit, IconMask, IconRoute2 } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { call } from "../../api/call.ts";
import { leaveDemo, readVisit } from "../../server/demo/contract.ts";
import { useAsk } from "../session/server.ts";
import { openTour, useTour } from "../tour/state.ts";
import { ProblemAlert } from "../ui/ProblemAlert.tsx";
import { useWords } from "../words/words.tsx";

const TourGuide = lazy(() => import("../tour/TourGuide.tsx").then(({ TourGuide: guide }) => ({ default: guide })));

/** Above every page of the demo: that all of it is made up, the tour, and the way out. */
export function DemoBar() {
  const { t } = useWords();
  const { data: visit } = useAsk(readVisit, {}, { staleTime: 60_000 });
  const tour = useTour();
  // Nothing is asked anew of a server that is on its way out.
  const act = useMutation({
    mutationFn: () => call(leaveDemo, {}),
    onSuccess: ({ home }) => window.location.assign(home),
  });
  const leave = () => act.mutate();
  return (
    <>
      <section className="demo-bar" aria-label={t("demo.barTitle")}>
        <IconMask size={20} aria-hidden />
        <Text size="sm" flex="1 1 220px">
          <b>{t("demo.barTitle")}</b> {t("demo.barText")}{" "}
          {visit?.password && t("demo.password", { password: visit.password })}
        </Text>
        {!tour.open && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={openTour}
            leftSection={<IconRoute2 size={16} aria-hidden />}
          >
            {t("tour.title")}
          </Button>
        )}
        {visit?.home && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={leave}
            loading={act.isPending || act.isSuccess}
            leftSection={<IconDoorExit size={16} aria-hidden />}
          >
            {t("demo.leave")}
          </Button>
        )}
      </section>
      <div className="page">
        <ProblemAlert problem={act.error} />
      </div>
      {tour.open && visit && (
        <Suspense>
          <TourGuide visit={visit} leave={visit.home === null ? undefined : leave} />
        </Suspense>
      )}
    </>
  );
}

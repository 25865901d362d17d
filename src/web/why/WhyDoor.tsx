import { Button } from "@mantine/core";
import { IconEyeQuestion } from "@tabler/icons-react";
import { useLocation, useMatches } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useWords } from "../words/words.tsx";
import offers from "./offers.json";
import "./why.css";

const WhyPanel = lazy(() => import("./WhyPanel.tsx").then(({ WhyPanel: panel }) => ({ default: panel })));

const offered: Readonly<Record<string, readonly string[]>> = offers;

/** The quiet door at the end of every page: what the page can offer that this person has not, and why. */
export function WhyDoor() {
  const { t } = useWords();
  // Of one page: another one has a door of its own.
  const [openedAt, setOpenedAt] = useState("");
  const here = useLocation({ select: ({ pathname }) => pathname });
  const path = useMatches({ select: (matches) => matches.at(-1)?.fullPath ?? "" });
  const acts = offered[path.length > 1 ? path.replace(/\/$/, "") : path] ?? [];
  if (acts.length === 0) return null;
  return (
    <div className="page why-door never-printed">
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<IconEyeQuestion size={16} aria-hidden />}
        onClick={() => setOpenedAt(here)}
      >
        {t("why.door")}
      </Button>
      {openedAt === here && (
        <Suspense>
          <WhyPanel acts={acts} close={() => setOpenedAt("")} />
        </Suspense>
      )}
    </div>
  );
}

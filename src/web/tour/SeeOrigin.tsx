import { useEffect, useState } from "react";
import { useWords } from "../words/words.tsx";
import { PersonLink } from "./PersonLink.tsx";
import type { StepProps } from "./TourGuide.tsx";

/** A value on the card is pressed and tells where it came from. */
export function SeeOrigin({ next }: StepProps) {
  const { t } = useWords();
  const [seen, see] = useState(false);
  useEffect(() => {
    if (seen) return;
    const look = () => {
      if (document.querySelector("button.origin[aria-expanded='true']")) see(true);
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-expanded"] });
    look();
    return () => watch.disconnect();
  }, [seen]);
  return seen ? next(t("tour.origin.done")) : <PersonLink />;
}

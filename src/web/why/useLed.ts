import { useLocation } from "@tanstack/react-router";
import { useEffect } from "react";
import "./why.css";

/** On the page of the description: goes to the statement that the address names (`#roles.sales.may.2`), or to the nearest one that holds it, and marks it. */
export function useLed(document: unknown): void {
  const place = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (place === "" || document === undefined) return;
    const found = statementAt(place);
    if (!found) return;
    found.classList.add("led-here");
    found.setAttribute("tabindex", "-1");
    found.scrollIntoView({ block: "center" });
    found.focus({ preventScroll: true });
    return () => found.classList.remove("led-here");
  }, [place, document]);
}

function statementAt(place: string): HTMLElement | undefined {
  const steps = place.split(".");
  for (let n = steps.length; n > 0; n--) {
    const within = steps.slice(0, n).join(".");
    const found = window.document.querySelector<HTMLElement>(`[title="${CSS.escape(within)}"]`);
    if (found) return found;
  }
  return undefined;
}

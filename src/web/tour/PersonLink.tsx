import { Anchor } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { useWords } from "../words/words.tsx";
import { useTour } from "./state.ts";

/** Back to the card of whoever came by the form, for whoever has wandered off it. */
export function PersonLink() {
  const { t } = useWords();
  const { person } = useTour();
  const path = useLocation({ select: ({ pathname }) => pathname });
  if (person === null || path === `/customers/${person}`) return null;
  return (
    <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/customers/$id" params={{ id: person }} />}>
      {t("tour.add.card")}
    </Anchor>
  );
}

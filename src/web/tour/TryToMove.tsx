import { List, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ProblemError } from "../../api/call.ts";
import { categoryOf, staffSources } from "../customers/draft.ts";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";
import { PersonLink } from "./PersonLink.tsx";
import type { StepProps } from "./TourGuide.tsx";

/** Nobody's: the example of the Digital and Population Data Services Agency. */
const EXAMPLE = "131052-308T";

/** A personal identity code that came by a way from which the description takes none: the register refuses, and shows the line. */
export function TryToMove({ next }: StepProps) {
  const { t } = useWords();
  const { labels } = useLabels();
  const client = useQueryClient();
  const [place, stop] = useState("");
  const code = categoryOf(labels, "personalIdentityCode");
  useEffect(() => {
    if (place !== "") return;
    return client.getMutationCache().subscribe((event) => {
      const error = event.type === "updated" ? event.mutation.state.error : null;
      if (
        error instanceof ProblemError &&
        error.code.startsWith("refused.") &&
        error.place?.includes(`categories.${code}`)
      )
        stop(error.why?.at ?? error.place);
    });
  }, [client, code, place]);
  if (place !== "")
    return next(
      <>
        {t("tour.stop.done")} <span className="place">{place}</span>
      </>,
    );
  const closed = staffSources(labels).filter(({ id }) => !labels?.categories[code]?.givenBy.includes(id));
  const from = closed.find(({ id }) => labels?.sources[id]?.kind === "email") ?? closed[0];
  const values = {
    code: EXAMPLE,
    press: t("identity.add"),
    where: t("newCustomer.source"),
    source: from?.label ?? "",
  };
  return (
    <>
      <List type="ordered" size="sm" spacing={3}>
        {(["press", "write", "source", "save"] as const).map((line) => (
          <List.Item key={line}>{t(`tour.stop.${line}`, values)}</List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        <PersonLink />
      </Text>
    </>
  );
}

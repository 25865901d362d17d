import { Button } from "@mantine/core";
import { IconFlag } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { readStart } from "../../versions/start/contract.ts";
import { useAsk } from "../session/server.ts";
import { useCondition } from "../shell/useCondition.ts";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../words/words.tsx";

/** Offered as long as an example that came with the program is in force, byte for byte: then nobody has said yet what this company does. */
export function StartOffer() {
  const { t } = useWords();
  const demo = useCondition()?.demo;
  // A made-up company is an example on purpose.
  const asked = demo !== undefined && demo !== "this";
  const { data } = useAsk(readStart, {}, { enabled: asked, staleTime: 300_000 });
  if (!asked || !data?.isExample) return null;
  return (
    <Notice tone="note" icon={IconFlag} title={t("start.offer.title")}>
      {t("start.offer.text")}{" "}
      <Button size="compact-sm" variant="default" renderRoot={(props) => <Link {...props} to="/start" />}>
        {t("start.offer.go")}
      </Button>
    </Notice>
  );
}

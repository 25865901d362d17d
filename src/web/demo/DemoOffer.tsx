import { Button, Text } from "@mantine/core";
import { IconMask } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { readDemo } from "../../server/demo/contract.ts";
import { useAsk } from "../session/server.ts";
import { useCondition } from "../shell/useCondition.ts";
import { Section } from "../ui/Section.tsx";
import { useWords } from "../words/words.tsx";

/** For whoever administers a register without customers yet: a year of somebody else's, made up. Says nothing where there are customers. */
export function DemoOffer() {
  const { t } = useWords();
  const demo = useCondition()?.demo;
  const { data } = useAsk(readDemo, {}, { enabled: demo !== undefined && demo !== "this" });
  if (!data?.empty) return null;
  return (
    <Section title={t("demo.offerTitle")}>
      <Text maw={620} mb="sm">
        {t("demo.offerText")}
      </Text>
      <Button
        variant="light"
        leftSection={<IconMask size={17} aria-hidden />}
        renderRoot={(props) => <Link {...props} to="/demo" />}
      >
        {t("demo.look")}
      </Button>
    </Section>
  );
}

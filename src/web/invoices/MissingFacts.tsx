import { Anchor, Stack, Text } from "@mantine/core";
import { Link, useLocation } from "@tanstack/react-router";
import { useMay } from "../session/me.ts";
import { WhoMay } from "../why/WhoMay.tsx";
import { lacksOfBuyer, lacksOfSeller, useMissingWords } from "../words/missing.ts";
import { useWords, type Word } from "../words/words.tsx";

/** In the words of `useMay`. */
const KEEPING = "keeps description change";

/** What an invoice lacks, what completing it helps (`but`), and where or by whom it is completed. */
export function MissingFacts({ items, but }: { items: readonly string[]; but: Word }) {
  const { t } = useWords();
  const listed = useMissingWords();
  const keeps = useMay()(KEEPING);
  const from = useLocation({ select: ({ pathname }) => pathname });
  return (
    <Stack gap={6}>
      <Text inherit>
        {t("missing.what", { what: listed(items) })} {t(but)}
      </Text>
      {lacksOfSeller(items) &&
        (keeps ? (
          <Anchor
            inherit
            renderRoot={(props) => <Link {...props} to="/description" search={{ from }} hash="controller" />}
          >
            {t("missing.complete")}
          </Anchor>
        ) : (
          <Text inherit component="div">
            <WhoMay act={KEEPING} word="missing.whoMay" />
          </Text>
        ))}
      {lacksOfBuyer(items) && <Text inherit>{t("missing.ofBuyer")}</Text>}
    </Stack>
  );
}

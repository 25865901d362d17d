import { Anchor } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { readWhy } from "../../registers/staff/why/contract.ts";
import { useLabels } from "../session/labels.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useWords, type Word } from "../words/words.tsx";
import { useAnyRole } from "./words.ts";

/** In the words of `useMay`. */
const GIVING = "keeps accounts change";

/**
 * In the place of what one may not do: in which role one could (`word`, with `{roles}`), and the way to that role: the page of accounts for who keeps them,
 * for others whom to ask. Phrasing content; nothing where one may.
 */
export function WhoMay({ act, word }: { act: string; word: Word }) {
  const { t } = useWords();
  const { role, purpose } = useLabels();
  const anyRole = useAnyRole();
  const keepsAccounts = useMay()(GIVING);
  const { data } = useAsk(readWhy, { query: { act: `${act},${GIVING}` } }, { staleTime: 300_000 });
  const [why, giving] = data?.items.map((of) => of.why) ?? [];
  if (!data || !why) return null;
  const { roles, purposes } = why;
  if (purposes.length > 0) return t("why.purposes", { purposes: purposes.map(purpose).join(", ") });
  if (roles.length === 0) return t("why.nobody");
  if (keepsAccounts)
    return (
      <>
        {t(word, { roles: anyRole(roles) })}
        <Anchor inherit display="block" mt={6} renderRoot={(props) => <Link {...props} to="/accounts" />}>
          {t("account.giveRole")}
        </Anchor>
      </>
    );
  return [
    t(word, { roles: anyRole(roles) }),
    ...(giving && giving.roles.length > 0 ? [t("why.keepers", { roles: giving.roles.map(role).join(", ") })] : []),
    ...(data.responsible === null ? [] : [t("why.responsible", { name: data.responsible })]),
  ].join(" ");
}

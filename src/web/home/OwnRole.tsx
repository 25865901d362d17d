import { Anchor, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { readWhy } from "../../registers/staff/why/contract.ts";
import { useMe } from "../session/me.ts";
import { useAsk } from "../session/server.ts";
import { useAnyRole } from "../why/words.ts";
import { useWords } from "../words/words.tsx";

/** For whoever keeps the accounts and has no role that works with the registers, as the first person has not: which role to take, and where. */
export function OwnRole() {
  const { t } = useWords();
  const { may, withheld } = useMe();
  const anyRole = useAnyRole();
  // A role that waits for a second factor has a banner of its own.
  const idle = withheld.length === 0 && !may.some((act) => /^(collect|flow) /.test(act));
  const { data } = useAsk(readWhy, { query: { act: "collect customers" } }, { enabled: idle, staleTime: 300_000 });
  const roles = data?.items[0]?.why?.roles ?? [];
  if (!idle || roles.length === 0) return null;
  return (
    <Text size="sm" mb="xl">
      {t("home.noWork")}{" "}
      <Anchor inherit renderRoot={(props) => <Link {...props} to="/accounts" />}>
        {t("home.giveRole", { roles: anyRole(roles.slice(0, 2)) })}
      </Anchor>
    </Text>
  );
}

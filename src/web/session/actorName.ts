import { listAccounts } from "../../registers/staff/contract.ts";
import { useWords } from "../words/words.tsx";
import { useMay, useMe } from "./me.ts";
import { useAsk } from "./server.ts";

/** Who an actor's id is: oneself; a colleague by name where one looks after the accounts; else a colleague. What is not an id is a name already. */
export function useActorName(): (actor: string) => string {
  const { t } = useWords();
  const me = useMe();
  const may = useMay();
  const { data } = useAsk(listAccounts, {}, { enabled: may("keeps accounts read"), staleTime: 300_000 });
  return (actor) => {
    if (actor === me.id) return t("actor.me", { name: me.name });
    const colleague = data?.items.find(({ id }) => id === actor);
    if (colleague) return colleague.name;
    return /^[0-9a-f]{8}-/.test(actor) ? t("actor.colleague", { mark: actor.slice(-4) }) : actor;
  };
}

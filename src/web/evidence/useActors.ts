import type { AuditEvent } from "../../registers/evidence/contract.ts";
import { listAccounts } from "../../registers/staff/contract.ts";
import { useActorName } from "../session/actorName.ts";
import { useMay } from "../session/me.ts";
import { useAsk } from "../session/server.ts";

/** Whom the log can be narrowed to: the accounts, for those who may see them, and whoever stands on the screen. */
export function useActors(events: readonly AuditEvent[], chosen: string | undefined) {
  const may = useMay();
  const nameOf = useActorName();
  const { data } = useAsk(listAccounts, {}, { enabled: may("keeps accounts read"), staleTime: 60_000 });
  const names = new Map<string, string | undefined>(data?.items.map(({ id, name }) => [id, name]));
  for (const { actor, actorName } of events) if (!names.has(actor)) names.set(actor, actorName);
  if (chosen !== undefined && !names.has(chosen)) names.set(chosen, undefined);
  return [...names]
    .map(([value, name]) => ({ value, label: labelOf(value, nameOf(value, name)) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** The program does many things under as many names. */
const labelOf = (id: string, name: string): string =>
  id.startsWith("system:") ? `${name} (${id.slice("system:".length)})` : name;

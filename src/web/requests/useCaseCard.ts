import { readCustomer } from "../../registers/customers/contract.ts";
import { useRightsPurpose } from "../session/me.ts";
import { usePurpose } from "../session/purpose.ts";
import { useAsk } from "../session/server.ts";

/** The card of the person who asks; `turn`: the purpose to choose first where it does not open in the one chosen. */
export function useCaseCard(customerId: string, enabled = true) {
  const answering = useRightsPurpose();
  const chosen = usePurpose();
  const { data, error } = useAsk(
    readCustomer,
    { params: { id: customerId } },
    { staleTime: 300_000, purpose: answering, enabled },
  );
  const restricted = data?.restricted;
  const opens = !restricted || chosen === answering || (chosen !== undefined && restricted.purposes.includes(chosen));
  return { data, error, turn: opens ? undefined : answering };
}

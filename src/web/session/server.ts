// Every call of the web goes through here: the purpose of the moment travels with it, and writing carries a key so that a second press does nothing twice.
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import type { z } from "zod";
import { call, type Given, type ProblemError } from "../../api/call.ts";
import type { Contract, ContractAct } from "../../api/contract.ts";
import { client } from "./client.ts";
import { withProof } from "./proof.ts";
import { purposeNow, usePurpose } from "./purpose.ts";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: ProblemError;
  }
}

/** `purpose`: where the task itself has one, whatever is chosen. `everyMs`: asked again so often, by what the answer says. */
type Asking<Answer> = {
  enabled?: boolean;
  staleTime?: number;
  keepPrevious?: boolean;
  purpose?: string | undefined;
  everyMs?: (answer: Answer | undefined) => number | false;
};

/** What a read is kept by, and how it is asked for. */
function askedOf<
  A extends ContractAct,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(contract: Contract<A, P, Q, B, O>, given: Given<P, Q, B>, purpose: string | undefined) {
  return {
    queryKey: [contract.path, contract.method, given, purpose ?? null],
    queryFn: ({ signal }: { signal: AbortSignal }) => withProof(() => call(contract, given, { purpose, signal })),
  };
}

/** Asks for what a page will read with the same `useAsk(contract, given)`, so that the answer comes while the page does. */
export const askEarly = <
  A extends ContractAct,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(
  contract: Contract<A, P, Q, B, O>,
  given: Given<P, Q, B>,
): void => void client.prefetchQuery(askedOf(contract, given, purposeNow()));

/** Reads by a contract: cached by route, what was asked and the purpose; `enabled: false` asks nothing. */
export function useAsk<
  A extends ContractAct,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(
  contract: Contract<A, P, Q, B, O>,
  given: Given<P, Q, B>,
  { enabled = true, staleTime, keepPrevious, purpose: own, everyMs }: Asking<z.output<O>> = {},
) {
  const chosen = usePurpose();
  return useQuery<z.output<O>, ProblemError>({
    ...askedOf(contract, given, own ?? chosen),
    enabled,
    ...(staleTime !== undefined && { staleTime }),
    ...(keepPrevious && { placeholderData: keepPreviousData }),
    ...(everyMs && { refetchInterval: ({ state }) => everyMs(state.data) }),
  });
}

/** Writes by a contract. All that was read is asked again afterwards: one act can show on many pages. */
export function useAct<
  A extends ContractAct,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(contract: Contract<A, P, Q, B, O>) {
  const purpose = usePurpose();
  const client = useQueryClient();
  const last = useRef({ asked: "", key: "" });
  return useMutation({
    mutationFn: (given: Given<P, Q, B>) => {
      const asked = JSON.stringify(given);
      // The same thing pressed again after a lost answer keeps its key; anything else gets a new one.
      if (last.current.asked !== asked) last.current = { asked, key: crypto.randomUUID() };
      const { key } = last.current;
      return withProof(() => call(contract, given, { purpose, idempotencyKey: key }));
    },
    onSuccess: async () => {
      last.current = { asked: "", key: "" };
      await client.invalidateQueries();
    },
  });
}

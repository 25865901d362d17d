// Who is signed in, and what they may do; the server decides again at every act, this only keeps useless doors out of sight.
import { type QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import { call } from "../../api/call.ts";
import type { Me } from "../../registers/staff/contract.ts";
import { readMe } from "../../registers/staff/contract.ts";
import { choosePurpose, usePurpose } from "./purpose.ts";

const key = ["me"];

export const session = queryOptions({
  queryKey: key,
  queryFn: ({ signal }) => call(readMe, {}, { signal }),
  staleTime: 60_000,
});

/** The session, or a problem with status 401 where there is none. */
export const useSession = () => useQuery(session);

/** Starts from nothing for another person: nobody sees what the one before had on the screen. */
export function enterAs(client: QueryClient, me: Me): void {
  // Not `clear`: whoever watches the session must hear of it.
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== key[0] });
  choosePurpose(undefined);
  client.setQueryData(key, me);
}

export function changeMe(client: QueryClient, me: Me): void {
  client.setQueryData(key, me);
}

/** Nothing of anybody stays in memory: the page is loaded anew. */
export function leave(): void {
  window.location.replace("/");
}

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe where nobody is signed in");
  return me;
}

/** `useMay()("collect customers")`; the words are those of `Me.may`, and once a purpose is chosen, what that purpose leaves of them. */
export const useMay = (): May => mayOf(useMe(), usePurpose());

export type May = (act: string) => boolean;

export function mayOf({ may, mayFor }: Me, purpose: string | undefined): May {
  const acts = purpose === undefined ? may : (mayFor[purpose] ?? []);
  return (act) => acts.includes(act);
}

/** The purpose of answering people's requests, where one holds it for customers: also a restricted person is found for it. */
export function useRightsPurpose(): string | undefined {
  const { purposes, mayFor } = useMe();
  return purposes.find(({ id, kind }) => kind === "rightsHandling" && mayFor[id]?.includes("read customers"))?.id;
}

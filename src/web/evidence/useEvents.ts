import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { listAuditEvents } from "../../registers/evidence/contract.ts";
import { usePurpose } from "../session/purpose.ts";
import { type EventSearch, hidesOwn } from "./search.ts";

/** The log, newest first, page after page. Not asked again by itself: a list that moves under the reader's eyes is no evidence. */
export function useEvents(asked: EventSearch) {
  const purpose = usePurpose();
  const { own: _, ...query } = asked;
  const own = hidesOwn(asked) ? ({ own: "hidden" } as const) : {};
  return useInfiniteQuery({
    queryKey: ["events", asked, purpose ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(
        listAuditEvents,
        { query: { limit: 100, ...query, ...own, ...(pageParam > 0 && { before: pageParam }) } },
        { purpose, signal },
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchOnWindowFocus: false,
  });
}

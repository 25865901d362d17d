import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { listAuditEvents } from "../../registers/evidence/contract.ts";
import { usePurpose } from "../session/purpose.ts";
import type { EventSearch } from "./search.ts";

/** The log, newest first, page after page. Not asked again by itself: a list that moves under the reader's eyes is no evidence. */
export function useEvents(asked: EventSearch) {
  const purpose = usePurpose();
  return useInfiniteQuery({
    queryKey: ["events", asked, purpose ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(
        listAuditEvents,
        { query: { limit: 100, ...asked, ...(pageParam > 0 && { before: pageParam }) } },
        { purpose, signal },
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchOnWindowFocus: false,
  });
}

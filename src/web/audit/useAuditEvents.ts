import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { type AuditEvent, listAuditEvents } from "../../registers/evidence/contract.ts";
import { usePurpose } from "../session/purpose.ts";

export type Asked = { subject?: string | undefined; decision?: AuditEvent["decision"] | undefined };

/** The log, newest first, page after page. Not asked again by itself: a list that moves under the reader's eyes is no evidence. */
export function useAuditEvents({ subject, decision }: Asked) {
  const purpose = usePurpose();
  return useInfiniteQuery({
    queryKey: ["audit", subject ?? null, decision ?? null, purpose ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(
        listAuditEvents,
        {
          query: {
            limit: 100,
            ...(subject && { subject }),
            ...(decision && { decision }),
            ...(pageParam > 0 && { before: pageParam }),
          },
        },
        { purpose, signal },
      ),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    refetchOnWindowFocus: false,
  });
}

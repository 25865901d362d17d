import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { call, type ProblemError } from "../../api/call.ts";
import { type CustomerPage, listCustomers, searchCustomers } from "../../registers/customers/contract.ts";
import { usePurpose } from "../session/purpose.ts";
import { useAsk } from "../session/server.ts";

export type CustomerLines = {
  items: CustomerPage["items"] | undefined;
  error: ProblemError | null;
  retry: () => void;
  /** Shown while the answer to the newest letters is on its way. */
  stale: boolean;
  tooMany: boolean;
  more: (() => void) | undefined;
  loadingMore: boolean;
};

/** The newest customers, page after page; or those that a search finds, asked by POST so that the text is in no log. */
export function useCustomers(search: string): CustomerLines {
  const purpose = usePurpose();
  const newest = useInfiniteQuery({
    queryKey: ["customers", "newest", purpose ?? null],
    queryFn: ({ pageParam, signal }) =>
      call(listCustomers, { query: { limit: 50, ...(pageParam && { after: pageParam }) } }, { purpose, signal }),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    enabled: search === "",
    placeholderData: keepPreviousData,
  });
  const found = useAsk(searchCustomers, { body: { search } }, { enabled: search !== "", keepPrevious: true });
  if (search !== "") {
    return {
      items: found.data?.items,
      error: found.error,
      retry: () => void found.refetch(),
      stale: found.isPlaceholderData,
      tooMany: found.data?.more ?? false,
      more: undefined,
      loadingMore: false,
    };
  }
  return {
    items: newest.data?.pages.flatMap(({ items }) => items),
    error: newest.error,
    retry: () => void newest.refetch(),
    stale: newest.isPlaceholderData,
    tooMany: false,
    more: newest.hasNextPage ? () => void newest.fetchNextPage() : undefined,
    loadingMore: newest.isFetchingNextPage,
  };
}

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { call, type ProblemError } from "../../api/call.ts";
import { type CustomerPage, listCustomers, searchCustomers } from "../../registers/customers/contract.ts";
import { usePurpose } from "../session/purpose.ts";
import { useAsk } from "../session/server.ts";
import type { ListSearch } from "./search.ts";

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

const PAGE = 100;

/** The customers, newest first or by name, page after page; or those that a search finds, asked by POST so that the text is in no log. */
export function useCustomers(search: string, { order, letter }: ListSearch): CustomerLines {
  const purpose = usePurpose();
  const listed = useInfiniteQuery({
    queryKey: ["customers", order ?? "newest", letter ?? null, purpose ?? null],
    queryFn: ({ pageParam, signal }) => {
      const from = pageParam ? { after: pageParam } : { letter };
      return call(listCustomers, { query: { limit: PAGE, order, ...from } }, { purpose, signal });
    },
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
    items: listed.data?.pages.flatMap(({ items }) => items),
    error: listed.error,
    retry: () => void listed.refetch(),
    stale: listed.isPlaceholderData,
    tooMany: false,
    more: listed.hasNextPage ? () => void listed.fetchNextPage() : undefined,
    loadingMore: listed.isFetchingNextPage,
  };
}

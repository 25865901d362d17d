import { queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "../../api/call.ts";
import { readCondition } from "../../server/contract.ts";

const EVERY_MS = 20_000;

export const condition = queryOptions({
  queryKey: ["condition"],
  queryFn: ({ signal }) => call(readCondition, {}, { signal }),
  refetchInterval: EVERY_MS,
  retry: false,
});

/** How the server does, asked again now and then; undefined until it is known. */
export const useCondition = () => useQuery(condition).data;

import { QueryClient } from "@tanstack/react-query";

/** What the server has answered, in memory alone. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal stays a refusal; only a lost server is asked once more.
      retry: (count, { code }) => code === "serverLost" && count < 1,
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

import "@mantine/core/styles.css";
import "@fontsource-variable/figtree/wght.css";
import "./theme.css";
import "./contrast.css";
import "./print.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { keepPolicy, nonce } from "./policy.ts";
import { router } from "./router.tsx";
import { theme, variables } from "./theme.ts";
import { WordsProvider } from "./words/words.tsx";

const client = new QueryClient({
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

keepPolicy();
const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
    <QueryClientProvider client={client}>
      <WordsProvider>
        <RouterProvider router={router} />
      </WordsProvider>
    </QueryClientProvider>
  </MantineProvider>,
);

import "@mantine/core/styles.css";
import "@fontsource-variable/figtree/wght.css";
import "./theme.css";
import "./contrast.css";
import "./print.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createRoot } from "react-dom/client";
import { keepPolicy, nonce } from "./policy.ts";
import { router } from "./router.tsx";
import { client } from "./session/client.ts";
import { theme, variables } from "./theme.ts";
import { askWords, WordsProvider } from "./words/words.tsx";

keepPolicy();
// The words, the page and who is signed in are asked for together, before anything is drawn.
askWords();
void router.load();
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

import { condition } from "../shell/useCondition.ts";
import { browserLanguage } from "../words/words.tsx";
import { client } from "./client.ts";
import { labelsIn } from "./labels.ts";
import { session } from "./me.ts";

/** Asks for what the frame of every page stands on before anybody waits for it. */
export function askAhead(): void {
  void client.prefetchQuery(session);
  void client.prefetchQuery(condition);
  void client.prefetchQuery(labelsIn(browserLanguage()));
}

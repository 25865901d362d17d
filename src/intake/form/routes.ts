import type { Serve } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { submitForm } from "./contract.ts";
import { submit } from "./submit.ts";

export const SUBMISSIONS_PER_MINUTE = 10;

export function formRoutes(serve: Serve, gate: Gate): void {
  serve(submitForm, (_, { body }, { caller }) => submit(gate, body, caller.requestId), {
    perMinute: SUBMISSIONS_PER_MINUTE,
  });
}

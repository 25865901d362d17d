import type { Serve } from "../api/serve.ts";
import type { Gate } from "../gate/gate.ts";
import { confirmRecoverySheet, printRecoverySheet, readRecovery, renewRecoverySheet } from "./contract.ts";
import { confirmSheet, printSheet, recoveryOf, renewSheet } from "./recovery.ts";

export function wayOutRoutes(serve: Serve, gate: Gate): void {
  serve(readRecovery, async () => recoveryOf(gate));
  serve(
    printRecoverySheet,
    async (_, { body }, { caller }) => ({ pdf: (await printSheet(gate, caller, body.language)).toString("base64") }),
    { perMinute: 5 },
  );
  serve(
    confirmRecoverySheet,
    async (_, { body }, { caller }) => {
      await confirmSheet(gate, caller, body.words);
      return recoveryOf(gate);
    },
    { perMinute: 5 },
  );
  serve(renewRecoverySheet, async (_granted, _input, { caller }) => {
    await renewSheet(gate, caller);
    return recoveryOf(gate);
  });
}

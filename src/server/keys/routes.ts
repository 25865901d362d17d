import type { Serve } from "../../api/serve.ts";
import type { Gate } from "../../gate/gate.ts";
import { readKeys, rotateKeys } from "./contract.ts";
import { noteRotation, rotateLevel } from "./rotation.ts";
import { keysState } from "./state.ts";

export function keyRoutes(serve: Serve, gate: Gate): void {
  serve(readKeys, async () => keysState(gate));
  serve(
    rotateKeys,
    async (_, { body: { level } }, { caller }) => {
      await noteRotation(gate, caller, level);
      await rotateLevel(gate, level);
      return keysState(gate);
    },
    { perMinute: 5 },
  );
}

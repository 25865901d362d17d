import { useMutation } from "@tanstack/react-query";
import type { z } from "zod";
import { call, type Given } from "../../api/call.ts";
import type { Contract, ContractAct } from "../../api/contract.ts";
import { saveFile } from "../ui/saveFile.ts";
import { withProof } from "./proof.ts";
import { usePurpose } from "./purpose.ts";

/** Asks by a contract and gives the answer as a file of JSON; a refusal stays on the page, which a plain link could not show. */
export function useDownload<
  A extends ContractAct,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(contract: Contract<A, P, Q, B, O>, file: string) {
  const purpose = usePurpose();
  return useMutation({
    mutationFn: async (given: Given<P, Q, B>) => {
      const answer = await withProof(() => call(contract, given, { purpose }));
      saveFile(file, `${JSON.stringify(answer, null, 2)}\n`, "application/json");
    },
  });
}

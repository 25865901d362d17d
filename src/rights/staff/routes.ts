import type { Serve, Visit } from "../../api/serve.ts";
import { staffPage } from "../../documents/staffAccess.ts";
import type { Gate } from "../../gate/gate.ts";
import type { Language } from "../../values/Language.ts";
import { notFound, Problem } from "../../values/problem.ts";
import { labelsOf } from "../labels.ts";
import * as contract from "./contract.ts";
import { staffPackage } from "./package.ts";

export function staffDataRoutes(serve: Serve, gate: Gate): void {
  const spoken = (language: Language | undefined) => language ?? gate.inForce().description.languages[0] ?? "fi";
  const page = async (visit: Visit, id: string, language: Language) =>
    staffPage(
      await staffPackage(gate, visit.caller, id, language),
      labelsOf(gate.inForce().description, language),
      language,
    );

  serve(contract.readOwnData, (_, { query }, visit) =>
    staffPackage(gate, visit.caller, themselves(visit), spoken(query.language)),
  );
  serve(contract.printOwnData, (_, { query }, visit) => page(visit, themselves(visit), query.language));
  serve(contract.readStaffData, (_, { params, query }, visit) =>
    staffPackage(gate, visit.caller, params.id, spoken(query.language)),
  );
  serve(contract.printStaffData, (_, { params, query }, visit) => page(visit, params.id, query.language));
}

/** A program has no data of its own. */
function themselves({ signedIn, caller: { actor } }: Visit): string {
  if (!signedIn) throw new Problem("notSignedIn", 401);
  if (actor.kind !== "staff") throw notFound();
  return actor.id;
}

// The policy as sentences that a person can read in review. Update with `npm run golden`.
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { RightKind, Verb } from "../description/terms.ts";
import { describe } from "../test/descriptions.ts";
import { type Actor, decide, decideFlow, decideKeeping, decideRight } from "./decide.ts";

const { description } = await describe("walttia");
const keepings = ["description", "accounts", "audit", "retention", "proofs"] as const;

test("what each role may do is what the golden table says", async () => {
  const roles = [...Object.keys(description.roles), "nobody"];
  const lines = roles.flatMap((role) => {
    const actor: Actor = { kind: "staff", id: role, roles: [role] };
    const acts = Object.keys(description.registers).flatMap((register) =>
      Object.keys(description.purposes).flatMap((purpose) =>
        Verb.options.flatMap((verb) => {
          const decision = decide(description, { actor, verb, register, purpose, identityCodeGround: "credit" });
          if (decision.outcome === "refused") return [];
          const conditions = decision.conditions.map(({ kind }) => kind).join(", ");
          return [
            `${role} may ${verb} ${register} for ${purpose}: ${decision.categories.join(" ")} (if ${conditions})`,
          ];
        }),
      ),
    );
    const flows = Object.keys(description.flows).flatMap((flow) => {
      const decision = decideFlow(description, flow, { actor });
      return decision.outcome === "refused" ? [] : [`${role} may carry ${flow}: ${decision.categories.join(" ")}`];
    });
    const rights = RightKind.options.flatMap((right) => {
      const decision = decideRight(description, { actor, register: "customers", right, verb: "read" });
      return decision.outcome === "refused" ? [] : [`${role} may carry out ${right}`];
    });
    const kept = keepings.flatMap((what) =>
      (["change", "read"] as const)
        .filter((verb) => decideKeeping(description, actor, what, verb).outcome === "allowed")
        .slice(0, 1)
        .map((verb) => `${role} ${verb === "change" ? "looks after" : "inspects"} ${what}`),
    );
    const all = [...acts, ...flows, ...rights, ...kept];
    return all.length > 0 ? all : [`${role} may do nothing`];
  });
  const file = new URL("../../golden/policy.txt", import.meta.url);
  const table = `${lines.join("\n")}\n`;
  if (process.env.GOLDEN === "write") await writeFile(file, table);
  assert.equal(table, await readFile(file, "utf8"));
});

// The description at the screen: read, tried out, put in force. What it does is what `plan` and `apply` do beside the server.
import type { Serve } from "../api/serve.ts";
import type { InForce } from "../description/inForce.ts";
import { valuesOf, withChanges } from "../description/rewrite.ts";
import { headings, isRecord } from "../description/shape.ts";
import type { Names } from "../registers/names.ts";
import { Problem } from "../values/problem.ts";
import { putDescription, readDescription, readDescriptionText, readForm, tryDescription } from "./contract.ts";
import { formOf } from "./form.ts";
import { addOf, labelOf } from "./formWords.ts";
import { apply, expectBase } from "./putInForce.ts";
import { isAgreed, type TrialParts, textInForce, tryOut } from "./trial.ts";

/** Parts that no sentence of the document stands for alone. */
const ALWAYS: ReadonlySet<string> = new Set(["channelPermissions", "languages"]);

type Parts = TrialParts & { takeForce: (force: InForce) => void; names: Names };

export function versionRoutes(serve: Serve, { takeForce, names, ...trying }: Parts): void {
  const { gate } = trying;

  serve(readDescription, async (_, { query: { language } }, { caller }) => {
    const { hash, file } = gate.inForce();
    const { text, version, since, by } = await textInForce(gate);
    const values = valuesOf(text) ?? {};
    const known = await names(caller, [by]);
    const parts = headings.flatMap((heading) => {
      // What there is only one of is edited where it stands.
      const isThere = !isRecord(heading) && !ALWAYS.has(heading) && Object.hasOwn(values, heading);
      const add = isThere ? null : (addOf(heading, language) ?? null);
      const label = labelOf([heading], language) ?? heading;
      return heading === "tietovirta" || heading === "version"
        ? []
        : [{ heading, label, add, many: isRecord(heading) }];
    });
    return { version, hash, file, since: since.toISOString(), by: known.get(by) ?? null, parts };
  });

  serve(readDescriptionText, async (_, __, { reply }) => {
    const { text } = await textInForce(gate);
    reply.header("content-disposition", `attachment; filename="${gate.inForce().file.replace(/[^\w.-]/g, "_")}"`);
    return text;
  });

  serve(readForm, async (_, { body: { base, changes = [], path, isNew, language } }) => {
    expectBase(gate, base);
    const values = valuesOf((await textInForce(gate)).text);
    const after = values && withChanges(values, changes);
    if (!after || typeof after !== "object" || Array.isArray(after)) throw new Problem("notFound", 404);
    return formOf({ values: after, path, isNew, language });
  });

  serve(tryDescription, async (_, { body: { language, ...draft } }) => (await tryOut(trying, draft, language)).answer);

  serve(putDescription, async (_, { body: { language, agreed, ...draft } }, { caller }) => {
    const { candidate, answer } = await tryOut(trying, draft, language);
    const fault = answer.findings.find(({ severity }) => severity === "error");
    const place = fault ? `${fault.line}:${fault.col}` : "";
    if (!candidate || fault) throw new Problem("descriptionRefused", 422, { place, message: fault?.message ?? "" });
    if (answer.asksVersion) throw new Problem("descriptionVersion", 422);
    const yes = (plan: Parameters<typeof isAgreed>[0]) => isAgreed(plan, agreed);
    const missed = answer.dangers.find(
      ({ what, register, people }) =>
        !agreed.some((each) => each.what === what && each.register === register && each.people === people),
    );
    if (missed) throw new Problem("descriptionAgree", 409, { people: missed.people });
    const { resealed } = await apply({ gate, takeForce }, candidate, { yes, base: draft.base, by: caller });
    const { description, hash, inForceAt } = gate.inForce();
    return { version: description.version, hash, since: inForceAt.toISOString(), resealed };
  });
}

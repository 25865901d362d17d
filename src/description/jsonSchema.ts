// The schema that editors complete descriptions with: made from the same shapes that `parse` checks by.
import { z } from "zod";
import { Description } from "./schema.ts";

/** JSON Schema (draft 2020-12) of what a person writes, defaults left out; the text of `schema/tietovirta.schema.json`. */
export function jsonSchema(): string {
  const schema = z.toJSONSchema(Description, { io: "input", target: "draft-2020-12", reused: "ref" });
  return `${JSON.stringify({ title: "Tietovirtakuvaus", ...schema }, null, 2)}\n`;
}

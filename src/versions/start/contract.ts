import { z } from "zod";
import { contract } from "../../api/contract.ts";
import { AllAnswers, Given } from "../../description/guided/answers.ts";
import { exampleIds, questions } from "../../description/guided/questions.ts";
import { Printed } from "../../proofs/contract.ts";
import { PicturePart } from "../../proofs/picture/contract.ts";

const ids = questions.map(({ id }) => id);

export const readStart = contract({
  method: "GET",
  path: "/description/start",
  summary:
    "The examples that a new company can begin from, and whether one of them is still in force as it was shipped",
  act: { keeps: "description", verb: "change" },
  response: z.object({
    /** Byte for byte one of the files that came with the program. */
    isExample: z.boolean(),
    hash: z.string(),
    version: z.string(),
    examples: z.array(
      z.object({
        id: z.enum(exampleIds),
        /** Those that all its texts are in. */
        languages: z.array(z.enum(["fi", "sv", "en"])),
        /** What its company does, as answers. */
        defaults: AllAnswers,
      }),
    ),
  }),
});

const Finding = z.object({
  path: z.string(),
  line: z.number().int(),
  col: z.number().int(),
  severity: z.enum(["error", "warning", "note"]),
  code: z.string(),
  message: z.string(),
  wayOut: z.string(),
  /** The question that it leads back to. */
  question: z.enum([...ids, "company"]).nullable(),
});

export const tryStart = contract({
  method: "POST",
  path: "/description/start",
  summary:
    "What answers, or a text, give: the description, what is wrong with it, its picture and its document. Nothing is kept",
  act: { keeps: "description", verb: "change" },
  body: z.object({
    given: Given.or(z.strictObject({ text: z.string().max(400_000) })),
    language: z.enum(["fi", "sv", "en"]).default("fi"),
  }),
  response: z.object({
    text: z.string(),
    findings: z.array(Finding),
    /** Whoever asks could not look after the register under it any more. */
    locksOut: z.boolean(),
    /** null where the text is no description. */
    shown: z
      .object({
        company: z.string(),
        document: Printed,
        /** A tree of SVG elements, as the flow picture of the description in force. */
        drawing: z.json(),
        parts: z.array(PicturePart),
      })
      .nullable(),
  }),
});

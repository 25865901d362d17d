import { z } from "zod";
import { contract } from "../api/contract.ts";

export const Recovery = z.object({
  /** The paper is in good hands, and the server has the secret no more. */
  confirmed: z.boolean(),
  installation: z.uuid(),
  /** The public half, as age writes it (age1…). */
  recipient: z.string(),
  /** Numbers (1–24) of the words by which the paper is confirmed; empty once it is. */
  asked: z.array(z.number().int()),
});
export type Recovery = z.infer<typeof Recovery>;

export const readRecovery = contract({
  method: "GET",
  path: "/keys/recovery",
  summary: "Whether the recovery paper has been printed and confirmed",
  act: { keeps: "keys", verb: "read" },
  response: Recovery,
});

/** As base64 inside JSON: what a browser opens as a file of its own it also keeps. */
export const printRecoverySheet = contract({
  method: "POST",
  path: "/keys/recovery/sheet",
  summary: "The recovery sheet as a PDF in base64, until it has been confirmed",
  act: { keeps: "keys", verb: "change" },
  fresh: true,
  body: z.strictObject({ language: z.enum(["fi", "sv", "en"]) }),
  response: z.object({ pdf: z.base64() }),
});

export const confirmRecoverySheet = contract({
  method: "POST",
  path: "/keys/recovery/confirm",
  summary: "Confirm the paper by three of its words: the secret leaves the server",
  act: { keeps: "keys", verb: "change" },
  body: z.strictObject({ words: z.string().min(1).max(200) }),
  response: Recovery,
});

export const renewRecoverySheet = contract({
  method: "POST",
  path: "/keys/recovery/renew",
  summary: "Make a new recovery secret for a new paper",
  act: { keeps: "keys", verb: "change" },
  fresh: true,
  response: Recovery,
});

import { z } from "zod";
import { contract } from "../../../api/contract.ts";

/** What was done to somebody's ways to sign in (ASVS 5.0 6.3.7). */
export const NewsKind = z.enum([
  "passkeyAdded",
  "passkeyRemoved",
  "passwordSet",
  "passwordRemoved",
  "passwordByLink",
  "linkGiven",
  "factorOn",
  "factorOff",
  "codesRenewed",
  "recoveryCodeUsed",
  "outsideAdded",
  "outsideRemoved",
  "newDevice",
  "rolesChanged",
]);
export type NewsKind = z.infer<typeof NewsKind>;

export const NewsLine = z.object({
  /** Of the event in the log. */
  id: z.number().int(),
  kind: NewsKind,
  at: z.iso.datetime(),
  by: z.enum(["self", "colleague", "program"]),
  /** It happened before the latest sign-in, and nobody has said that they have seen it. */
  unseen: z.boolean(),
});
export type NewsLine = z.infer<typeof NewsLine>;

export const readNews = contract({
  method: "GET",
  path: "/session/news",
  summary: "What was done to one's own ways to sign in, newest first",
  act: { none: "one's own account" },
  response: z.object({ items: z.array(NewsLine) }),
});

export const seeNews = contract({
  method: "POST",
  path: "/session/news/seen",
  summary: "One has seen what was done before the latest sign-in",
  act: { none: "one's own account" },
  response: z.object({ seen: z.literal(true) }),
});

import { z } from "zod";
import { contract } from "../../api/contract.ts";

/** What the responsible person is told of. The sentences stand in locales, area `notices`. */
export const NoticeKind = z.enum([
  "backupFailed",
  "drillFailed",
  "diskNearlyFull",
  "certificateEnding",
  "clockJumped",
  "anchor",
]);
export type NoticeKind = z.infer<typeof NoticeKind>;

export const Notice = z.object({
  kind: NoticeKind,
  /** When it began, and when it was last seen. */
  since: z.iso.datetime(),
  at: z.iso.datetime(),
  /** When all was well again. */
  mendedAt: z.iso.datetime().nullable(),
  /** `off`: no relay is set; `refused`: the description no longer allows the relay; `nobody`: nobody has an address to tell. */
  mail: z.enum(["sent", "failed", "off", "refused", "nobody"]),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Notice = z.infer<typeof Notice>;

export const listNotices = contract({
  method: "GET",
  path: "/notices",
  summary: "What whoever looks after the installation has to know, open ones first",
  act: { keeps: "backups", verb: "read" },
  response: z.object({ items: z.array(Notice) }),
});

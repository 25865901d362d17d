import { z } from "zod";
import { contract } from "../../../api/contract.ts";

const Id = z.uuid();
const act = { none: "one's own saved views" } as const;

/** Lists whose filters can be kept. */
export const ViewedList = z.enum(["orders", "invoices", "events"]);
export type ViewedList = z.infer<typeof ViewedList>;

/** What may be kept of a filter: words of the program and of the description, and days. Never what was searched for, nor whom it was about. */
const KEYS = ["view", "from", "to", "decision", "verb", "register", "flow", "source", "purpose", "own"] as const;
export const ViewFilter = z.partialRecord(z.enum(KEYS), z.string().regex(/^[A-Za-z0-9_:.-]{1,80}$/));
export type ViewFilter = z.infer<typeof ViewFilter>;

export const SavedView = z.object({ id: Id, list: ViewedList, name: z.string(), filter: ViewFilter });
export type SavedView = z.infer<typeof SavedView>;

export const listViews = contract({
  method: "GET",
  path: "/me/views",
  summary: "One's own saved views, by name",
  act,
  response: z.object({ items: z.array(SavedView) }),
});

export const addView = contract({
  method: "POST",
  path: "/me/views",
  summary: "Keep a filter of a list under a name of one's own; the same name takes the place of the one before",
  act,
  body: z.strictObject({ list: ViewedList, name: z.string().trim().min(1).max(60), filter: ViewFilter }),
  response: z.object({ id: Id }),
  status: 201,
});

export const removeView = contract({
  method: "DELETE",
  path: "/me/views/:id",
  summary: "Forget a saved view",
  act,
  params: z.object({ id: Id }),
  response: z.object({ id: Id }),
});

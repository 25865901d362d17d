// An event of the log as an entry of the tree: fields and text fixed for ever, because its hash is.
import { type Hash, leafHash } from "../../../keys/tree.ts";

/**
 * `at` in UTC with microseconds, as PostgreSQL keeps it. `sealedWhy`: the reason a person gave, sealed (hex); it ends with its key and the entry stays.
 * `digest`: SHA-256 (hex) of a document that the event is about.
 */
export type LogEvent = {
  actor: string;
  actorKind: string;
  at: string;
  categories: readonly string[];
  channel: string | null;
  decision: string;
  digest: string | null;
  flow: string | null;
  id: number;
  place: string;
  purpose: string | null;
  reason: string | null;
  register: string;
  requestId: string;
  right: string | null;
  roles: readonly string[];
  sealedWhy: string | null;
  subjects: readonly string[];
  verb: string;
  version: string;
};

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** JSON with one text for one value (RFC 8785): names in order, no blanks. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`).join(",")}}`;
}

/** The hash of the event's leaf: of its canonical JSON in UTF-8. */
export const leafOf = (event: LogEvent): Hash => leafHash(Buffer.from(canonicalJson(event), "utf8"));

/** A leaf as it is given out; `event` null where the entry was dropped at the end of its period, or is not for whoever asks. */
export type LogEntry = { index: number; hash: string; event: LogEvent | null };

/** A line of `entries.jsonl`, without its end. */
export const entryLine = ({ event, hash, index }: LogEntry): string => canonicalJson({ event, hash, index });

// A route as a value: what comes in, what goes out, and which act of processing it is.
// The server serves it, the web calls it, OpenAPI and the printed description list it.
import { z } from "zod";
import type { Description } from "../description/schema.ts";
import type { PurposeKind, RegisterKind, RightKind, Verb } from "../description/terms.ts";

/** What of the register itself a role looks after. */
export type Keeping = Description["roles"][string]["keeps"][number];

/** Which act of processing a route is. A contract whose act the description in force does not allow is not served. */
export type ContractAct =
  | { verb: Verb; register: RegisterKind; purposes?: readonly PurposeKind[] }
  | { flow: { from: RegisterKind; to: RegisterKind } }
  /** `preview`: only what it would do; nothing is locked or written but the event that it was looked at. */
  | { right: RightKind; preview?: true }
  | { keeps: Keeping; verb: "read" | "change" }
  /** On what people have asked; the work says of which right it is. */
  | { requests: "read" | "collect" | "change" }
  | { public: "webForm"; register: RegisterKind }
  | { none: string };

/** How the subject is found, before deciding: a parameter that is the subject's id, or a parameter that is the id of something of theirs. */
export type SubjectFrom = { param: string } | { of: "order" | "invoice"; param: string } | { body: string };

export type Contract<
  A extends ContractAct = ContractAct,
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  /** One line in English for the API's page. */
  summary: string;
  act: A;
  /** Served to a person only where they proved who they are a moment ago (docs/decisions/0021); a screen left open is not enough. Programs have no screen. */
  fresh?: true;
  subject?: SubjectFrom;
  params?: P;
  query?: Q;
  body?: B;
  response: O;
  status?: 200 | 201 | 202;
  /** A text answer other than JSON: a printed document, or `lines`. */
  media?: "text/html" | "text/markdown" | "text/plain" | "application/x-ndjson";
};

/** Checks the shape and keeps the exact types. */
export const contract = <
  const A extends ContractAct,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  O extends z.ZodType = z.ZodType,
>(
  value: Contract<A, P, Q, B, O>,
): Contract<A, P, Q, B, O> => value;

/** A text that the server gives piece by piece, however long it is. With `media`. */
export const lines = z.string() as unknown as z.ZodType<string, AsyncIterable<string>>;

// Calls a route by its contract: the server's types at the caller, no generated code.
import type { z } from "zod";
import type { Contract, ContractAct } from "./contract.ts";

type Part<K extends string, T extends z.ZodType> = [z.input<T>] extends [undefined]
  ? unknown
  : Partial<z.input<T>> extends z.input<T>
    ? { [key in K]?: z.input<T> }
    : { [key in K]: z.input<T> };

/** What a contract asks for: `params`, `query`, `body`, each where the contract has one. */
export type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<"params", P> &
  Part<"query", Q> &
  Part<"body", B>;

export type CallOptions = {
  /** Purpose the act is done for (id of the description); the server chooses when absent. */
  purpose?: string | undefined;
  /** The same key and body again answer as the first time did (24 h). Any text up to 200 characters. */
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** A refusal or fault as the server told it (RFC 9457). `code` is a key of `locales/<language>/problems.json`; `serverLost` when no answer came. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly facts: Readonly<Record<string, string | number>>;
  /** Of a refusal: the element of the description that says so. */
  readonly place: string | undefined;
  /** Of a refusal: whose decision it is and whom to ask. `at`: file and line of the place, for those who may read the description. */
  readonly why: Refused | undefined;

  constructor({ code, status, place, at, why, facts, ...beside }: ProblemBody) {
    super(code);
    this.name = "ProblemError";
    this.code = code;
    this.status = status;
    // The server tells them beside the code (RFC 9457 section 3.2).
    this.facts = facts ?? beside;
    this.place = place;
    this.why = why && { ...why, at };
  }
}

export type Refused = {
  decider: "law" | "description" | "role" | "person" | "safetyLimit";
  roles: readonly string[];
  responsible: string | null;
  at?: string | undefined;
};
type ProblemBody = {
  code: string;
  status: number;
  facts?: Readonly<Record<string, string | number>>;
  place?: string | undefined;
  at?: string | undefined;
  why?: Refused | undefined;
};

type Loose = { params?: unknown; query?: unknown; body?: unknown };
const textOf = (values: unknown): [string, string][] =>
  Object.entries(values ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));

/**
 * @throws ProblemError when the server refuses, answers something else than promised, or does not answer at all.
 */
export async function call<
  A extends ContractAct,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(contract: Contract<A, P, Q, B, O>, given: Given<P, Q, B>, options: CallOptions = {}): Promise<z.output<O>> {
  const { params, query, body }: Loose = given as Loose;
  const values = new Map(textOf(params));
  const path = contract.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ""));
  const search = new URLSearchParams(textOf(query)).toString();
  const response = await send(`/api${path}${search && `?${search}`}`, {
    method: contract.method,
    headers: {
      accept: contract.media ?? "application/json",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(options.purpose && { "tietovirta-purpose": options.purpose }),
      ...(options.idempotencyKey && { "idempotency-key": options.idempotencyKey }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(options.signal && { signal: options.signal }),
  });
  if (!response.ok) throw await problemOf(response);
  const answer = contract.media ? await response.text() : await jsonOf(response);
  const parsed = contract.response.safeParse(answer);
  if (answer === undefined || !parsed.success)
    throw new ProblemError({ code: "unexpectedAnswer", status: response.status });
  return parsed.data;
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ProblemError({ code: "serverLost", status: 0 });
  }
}

const jsonOf = (response: Response): Promise<unknown> => response.json().catch(() => undefined);

async function problemOf(response: Response): Promise<ProblemError> {
  const body = await jsonOf(response);
  if (isProblem(body)) return new ProblemError(body);
  // A proxy in front answers 502–504 without our body when the server is away.
  const code = response.status >= 502 ? "serverLost" : "unexpectedAnswer";
  return new ProblemError({ code, status: response.status });
}

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === "object" && body !== null && "code" in body && typeof body.code === "string" && "status" in body;

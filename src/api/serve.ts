// Binds a contract to its work: who calls, whose data, pass the gate, work, answer. The only way a route comes to be.

import { Readable } from "node:stream";
import type {} from "@fastify/swagger";
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from "fastify";
import type { z } from "zod";
import type { RightKind, Verb } from "../description/terms.ts";
import type { Caller } from "../gate/caller.ts";
import type { Gate, Grant, Steps, WritingGrant } from "../gate/gate.ts";
import type { CustomerData, Owner } from "../gate/owned.ts";
import { decideKeeping, decideRequest, type SubjectKind } from "../policy/decide.ts";
import { actInUse } from "../policy/inUse.ts";
import { notFound, Problem } from "../values/problem.ts";
import { FRESH_MS } from "../values/safety.ts";
import { aboutOf } from "./about.ts";
import type { Contract, ContractAct } from "./contract.ts";

type Write = Exclude<Verb, "read" | "disclose">;
/** What the work of an act is given. */
export type Granted<A extends ContractAct> = A extends { flow: { from: infer F; to: infer T } }
  ? {
      from: Grant<F & CustomerData, "disclose">;
      to: A extends { preview: true } ? Grant<T & CustomerData, "read"> : WritingGrant<T & CustomerData, "collect">;
      /** Writes down at the source that it has moved. */
      mark: A extends { preview: true } ? undefined : WritingGrant<F & CustomerData, "change">;
    }
  : A extends { right: RightKind }
    ? Steps
    : A extends { keeps: string } | { requests: string } | { none: string } | { public: string }
      ? undefined
      : A extends { verb: infer V; register: infer R }
        ? V extends Write
          ? WritingGrant<R & Owner, V>
          : Grant<R & Owner, "read">
        : never;

/** Who calls, and the little of HTTP that work may touch. `caller` is null only where the contract's act is `none` or `public`. */
export type Visit = { caller: Caller; signedIn: boolean; request: FastifyRequest; reply: FastifyReply };
export type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  params: z.output<P>;
  query: z.output<Q>;
  body: z.output<B>;
};

export type Serve = <
  const A extends ContractAct,
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  O extends z.ZodType,
>(
  contract: Contract<A, P, Q, B, O>,
  work: (granted: Granted<A>, input: Input<P, Q, B>, visit: Visit) => Promise<z.input<O>>,
  more?: More<z.output<B>> & Told<Input<P, Q, B>, z.input<O>>,
) => void;

/** What of the body the policy must know before the work: the categories it would write, their source, a section 29 ground. */
type More<B> = {
  asks?: (
    body: B,
    gate: Gate,
  ) => { categories?: readonly string[]; source?: string; identityCodeGround?: string | undefined };
  /** More requests a minute than the rest may have, or fewer. */
  perMinute?: number;
};

/**
 * Looks at the answer once what it tells is committed; also at a first answer that is given again. For what is only known then: a key that was to be
 * destroyed after the commit may still be there.
 */
type Told<I, O> = { told?: (answer: O, input: I) => Promise<O> };

export type ServeParts = {
  gate: Gate;
  /** The caller of a request; null where nobody has signed in. */
  callerOf: (request: FastifyRequest) => Promise<Caller | null>;
  /** Rights walk these kinds of register. */
  kinds: readonly CustomerData[];
  served: Contract[];
};

export function serveOn(app: FastifyInstance, { gate, callerOf, kinds, served }: ServeParts): Serve {
  return (contract, work, more = {}) => {
    const { act, method, path, params, query, body, response } = contract;
    served.push(contract as unknown as Contract);
    const schema: FastifySchema = {
      summary: contract.summary,
      tags: [path.split("/")[1] ?? ""],
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { [contract.status ?? 200]: response },
    };
    app.route({
      method,
      url: `/api${path}`,
      schema,
      config: { act, ...(more.perMinute && { rateLimit: { max: more.perMinute, timeWindow: 60_000 } }) },
      // Before the body is read: a stranger's megabytes are not parsed.
      onRequest: async (request) => {
        if (!actInUse(gate.inForce().description, act)) throw notFound();
        request.caller = await callerOf(request);
        if (!request.caller && !("none" in act) && !("public" in act)) throw new Problem("notSignedIn", 401);
        if (contract.fresh) await expectFresh(gate, request.caller, act);
      },
      handler: async (request, reply): Promise<unknown> => {
        const signedIn = request.caller !== null;
        const caller = request.caller ?? { actor: { kind: "visitor", id: "visitor" }, requestId: request.id };
        const input = { params: request.params, query: request.query, body: request.body } as Input<
          NonNullable<typeof params>,
          NonNullable<typeof query>,
          NonNullable<typeof body>
        >;
        const visit: Visit = {
          caller: withOnce(gate, caller, request, contract.status ?? 200),
          signedIn,
          request,
          reply,
        };
        const run = work as (granted: unknown, input: unknown, visit: Visit) => Promise<unknown>;
        const asked = more.asks?.(input.body, gate) ?? {};
        const passed = await pass(
          gate,
          kinds,
          act,
          method,
          visit.caller,
          await subjectOf(gate, contract, request),
          asked,
          (granted) => run(granted, input, visit),
        );
        const answer = more.told ? await more.told(passed as never, input) : passed;
        reply.code(contract.status ?? 200);
        if (contract.media) reply.type(`${contract.media}; charset=utf-8`);
        return isInPieces(answer) ? reply.send(Readable.from(answer)) : answer;
      },
    });
  };
}

/** Throws `freshSignIn` where a person's last proof of who they are is too old; written down like any refusal. */
async function expectFresh(gate: Gate, caller: Caller | null, act: ContractAct): Promise<void> {
  if (!caller) throw new Problem("notSignedIn", 401);
  if (caller.actor.kind !== "staff") return;
  const age = gate.clock.now().getTime() - (caller.session?.provedAt.getTime() ?? 0);
  if (age >= 0 && age < FRESH_MS) return;
  const { about, place } = aboutOf(gate.inForce().description, act);
  await gate.noteRefusal(caller, about, "freshSignIn", place);
  throw new Problem("freshSignIn", 403);
}

const isInPieces = (answer: unknown): answer is AsyncIterable<string> =>
  typeof answer === "object" && answer !== null && Symbol.asyncIterator in answer;

type Asked = {
  categories?: readonly string[];
  source?: string;
  removes?: readonly string[];
  subjectKind?: SubjectKind;
  identityCodeGround?: string | undefined;
};

/** One act through the gate, by its kind. */
async function pass(
  gate: Gate,
  kinds: readonly CustomerData[],
  act: ContractAct,
  method: string,
  caller: Caller,
  subject: string | undefined,
  asked: Asked,
  work: (granted: unknown) => Promise<unknown>,
): Promise<unknown> {
  if ("none" in act || "public" in act) return work(undefined);
  if ("keeps" in act) {
    const force = gate.inForce();
    const decision = decideKeeping(force.description, caller.actor, act.keeps, act.verb);
    if (decision.outcome === "refused")
      await gate.refuse(caller, force, { verb: act.verb, register: act.keeps }, decision, []);
    return work(undefined);
  }
  if ("requests" in act) {
    const force = gate.inForce();
    const decision = decideRequest(force.description, caller.actor);
    if (decision.outcome === "refused")
      await gate.refuse(caller, force, { verb: act.requests, register: "requests" }, decision, []);
    return work(undefined);
  }
  if ("right" in act) {
    const looks = method === "GET" || act.preview === true;
    const verb = looks ? "read" : act.right === "erasure" ? "erase" : "change";
    return gate.right(caller, { right: act.right, verb, subject: needed(subject), kinds }, work);
  }
  if ("flow" in act) {
    const ask = { from: act.flow.from as CustomerData, to: act.flow.to as CustomerData, subject: needed(subject) };
    if (method === "GET") return gate.previewCarry(caller, ask, (from, to) => work({ from, to }));
    return gate.carry(caller, ask, (from, to, mark) => work({ from, to, mark }));
  }
  const ask = { register: act.register as Owner, subject, purposes: act.purposes, ...asked };
  if (act.verb === "read" || act.verb === "disclose") return gate.read(caller, ask, work);
  return gate.write(caller, { ...ask, verb: act.verb }, work);
}

async function subjectOf(
  gate: Gate,
  contract: { subject?: Contract["subject"] },
  request: FastifyRequest,
): Promise<string | undefined> {
  const from = contract.subject;
  if (!from) return undefined;
  if ("body" in from) return (request.body as Record<string, string>)[from.body];
  const id = needed((request.params as Record<string, string>)[from.param]);
  return "of" in from ? needed((await gate.subjectOf(from.of, id)) ?? undefined) : id;
}

const needed = (id: string | undefined): string => {
  if (id === undefined) throw notFound();
  return id;
};

/** An `Idempotency-Key` belongs to one actor and one route; the body is compared by its hash. */
function withOnce(gate: Gate, caller: Caller, request: FastifyRequest, status: number): Caller {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key === "" || request.method === "GET") return caller;
  if (key.length > 200) throw new Problem("invalid.idempotencyKey", 422);
  const route = `${caller.actor.id} ${caller.purpose ?? ""} ${request.method} ${request.url}`;
  const body = JSON.stringify(request.body ?? null);
  return {
    ...caller,
    once: { key: gate.keys.mac("idempotency", `${route} ${key}`), body: gate.keys.mac("body", body), status },
  };
}

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    act?: ContractAct;
  }
}

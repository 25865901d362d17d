// Every refusal as application/problem+json (RFC 9457), its sentence in the caller's language, never a value of what was sent.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { aboutOf } from "../api/about.ts";
import { isDatabaseLost } from "../db/lost.ts";
import type { Caller } from "../gate/caller.ts";
import type { Gate } from "../gate/gate.ts";
import { KeyringFault } from "../keys/fault.ts";
import { decideKeeping } from "../policy/decide.ts";
import type { Language } from "../values/Language.ts";
import { Problem } from "../values/problem.ts";
import { languageAsked, problemTitle } from "./problemWords.ts";
import { refusalOf } from "./refusals.ts";

type Parts = { gate: Gate; languageOf: (caller: Caller) => Language | null };
type Wrong = { path: string; code: string };

export function answerProblems(app: FastifyInstance, { gate, languageOf }: Parts): void {
  const answer = (request: FastifyRequest, reply: FastifyReply, problem: Problem, errors?: readonly Wrong[]) => {
    const { caller } = request;
    const language = (caller && languageOf(caller)) ?? languageAsked(request.headers["accept-language"]);
    const { at, ...facts } = problem.facts;
    const { description } = gate.inForce();
    // Line numbers of the description are for those who keep it.
    const keeps = caller && decideKeeping(description, caller.actor, "description", "read").outcome === "allowed";
    const why = caller && refusalOf(description, request.routeOptions.config.act, problem, caller.purpose);
    // The supervisor brings the database back within seconds; the disk waits for a person.
    if (problem.status === 503) reply.header("retry-after", "5");
    if (problem.status === 507) reply.header("retry-after", "300");
    if (problem.status === 429 && facts.seconds !== undefined) reply.header("retry-after", String(facts.seconds));
    return reply
      .code(problem.status)
      .type("application/problem+json")
      .send(
        JSON.stringify({
          ...facts,
          ...(keeps && at !== undefined ? { at } : {}),
          type: `/problems/${problem.code}`,
          title: problemTitle(language, problem),
          status: problem.status,
          code: problem.code,
          ...(why ? { why } : {}),
          ...(errors ? { errors } : {}),
        }),
      );
  };

  app.setErrorHandler(async (error: FastifyError | Problem, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) logFault(request, error);
    try {
      await noteUnread(gate, request, problem);
    } catch (unwritten) {
      return answer(request, reply, problemOf(unwritten));
    }
    return answer(request, reply, problem, wrongFields(error));
  });
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof KeyringFault)
    return new Problem(error.code === "diskFull" ? "diskFull" : "keyringUnavailable", 503);
  if (hasZodFastifySchemaValidationErrors(error)) return new Problem("invalid", 422);
  const { code, statusCode } = error as Partial<FastifyError>;
  if (statusCode === 413) return new Problem("tooLarge", 413);
  if (statusCode === 415) return new Problem("mediaType", 415);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Problem("malformed", statusCode);
  if (isDatabaseLost(error)) return new Problem("databaseUnavailable", 503);
  if (code === "53100") return new Problem("diskFull", 503);
  return new Problem("unexpected", 500);
}

/** Where and what kind, never the value. The place is the caller's own key, cut short. */
function wrongFields(error: unknown): Wrong[] | undefined {
  if (!hasZodFastifySchemaValidationErrors(error)) return undefined;
  return error.validation
    .slice(0, 50)
    .map(({ instancePath, keyword }) => ({ path: instancePath.slice(0, 120), code: keyword ?? "invalid" }));
}

/** A body that could not be read is a refusal too; written down where the act and the caller are known. */
async function noteUnread(gate: Gate, request: FastifyRequest, { code }: Problem): Promise<void> {
  const { act } = request.routeOptions.config;
  if (!act || "none" in act || "public" in act || !request.caller) return;
  const reason = code === "tooLarge" ? "tooLarge" : code === "invalid" || code === "malformed" ? "invalid" : undefined;
  if (reason === undefined) return;
  const { about, place } = aboutOf(gate.inForce().description, act);
  await gate.noteRefusal(request.caller, about, reason, place);
}

/** A fault's message may quote a value (PostgreSQL's do): only its name, code and places in our code are written. */
function logFault(request: FastifyRequest, error: unknown): void {
  const { name, code, stack } = error as Partial<FastifyError>;
  const frames = (stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  request.log.error({ fault: name, code, route: request.routeOptions.url, frames: frames.slice(0, 12) }, "fault");
}

// What signing in, proving anew and signing out do to sessions; actors/ keeps them.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Way } from "./contract.ts";

type Counted = { waitSeconds(key: string): number; count(key: string): void; forgive(key: string): void };
/**
 * Failures of passwords only: no guess of others' keeps anybody from a passkey or from the company's sign-in service. `here`: this sign-in name from
 * this address. `anywhere`: this name from any; short, so that a stranger cannot lock a person out for long. `code`: codes of an account, counted only
 * where the password was right.
 */
export type SignInAttempts = { here: Counted; anywhere: Counted; code: Counted };

export type SignedIn = {
  /** A new session of the account; its cookie goes with the answer. */
  start(subject: string, way: Way, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** The person proved anew who they are: their session gets another secret. */
  renew(session: string, request: FastifyRequest, reply: FastifyReply): Promise<void>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** One session of the account, or all but one. Answers how many. */
  endSome(subject: string, which: { id: string } | { but: string | null }): Promise<number>;
  /** Roles, language or the last day changed: the next request reads them anew. */
  forget(subject: string): void;
  attempts: SignInAttempts;
  /** A mark of the browser that begins to sign in, before there is a session; `mark` makes one. */
  mark(request: FastifyRequest, reply: FastifyReply): string;
  markOf(request: FastifyRequest): string | null;
  /** Where people reach the web over HTTPS; absent on this machine alone. */
  publicUrl?: string | undefined;
};

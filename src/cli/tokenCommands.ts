import type { Gate } from "../gate/gate.ts";
import { digest, randomToken } from "../keys/token.ts";
import { withdrawInvitationsOf } from "../registers/staff/invitationStore.ts";
import { addToken, listTokens, revokeToken, type TokenLine } from "../registers/staff/sessionStore.ts";
import { invalid, notFound } from "../values/problem.ts";
import { newId } from "../values/Uuid.ts";

type Context = { gate: Gate; forgetToken: (id: string) => void };
const BY = "system:cli";
const caller = () => ({ actor: { kind: "system", id: BY } as const, requestId: newId() });

export const tokenCommands = {
  /** The secret is answered once; the database keeps its digest. Throws `invalid.role`. */
  async "token create"(
    { gate }: Context,
    args: { role: string; name: string },
  ): Promise<{ id: string; secret: string }> {
    if (!Object.hasOwn(gate.inForce().description.roles, args.role)) throw invalid("role");
    const secret = randomToken();
    const id = await gate.serving(caller(), { register: "staff", verb: "collect", place: "roles" }, (grant) =>
      addToken(grant, { digest: digest(secret), name: args.name.slice(0, 100), role: args.role, by: BY }),
    );
    return { id, secret };
  },
  async "token list"({ gate }: Context): Promise<TokenLine[]> {
    return gate.serving(caller(), { register: "staff", verb: "read", place: "roles" }, listTokens);
  },
  async "token revoke"({ gate, forgetToken }: Context, args: { id: string }): Promise<{ id: string }> {
    const ask = { register: "staff", verb: "change", place: "roles" } as const;
    await gate.serving(caller(), ask, async (grant) => {
      if (!(await revokeToken(grant, args.id))) throw notFound();
      // What it gave and nobody has used would outlive it.
      await withdrawInvitationsOf(grant, args.id);
    });
    forgetToken(args.id);
    return { id: args.id };
  },
} as const;

// The staff's side: who answers requests about one's own data gives the link, having made sure who gets it.
import { encode } from "uqr";
import type { Serve } from "../../api/serve.ts";
import type { Gate, Steps } from "../../gate/gate.ts";
import { randomCode } from "../../keys/token.ts";
import { sourceOfKind } from "../../policy/decide.ts";
import { addLink, countOpenLinks, type LinkLine, listLinks, revokeLink } from "../../registers/ownCard/links.ts";
import { notFound, Problem } from "../../values/problem.ts";
import { LINK_DAYS, MOST_LINKS } from "../../values/safety.ts";
import * as contract from "./contract.ts";

const DAY_MS = 24 * 3_600_000;

/** Where people reach their own cards, and whether a code goes by e-mail. */
export type OwnCardPlace = { origin: () => string; byMail: () => boolean };

export function ownCardRoutes(serve: Serve, gate: Gate, place: OwnCardPlace): void {
  serve(contract.readOwnCardLinks, async (steps) => {
    await expectPerson(gate, steps);
    const items = (await listLinks(steps)).map((link) => told(link, steps.at));
    return { items, byMail: place.byMail() };
  });
  // Beside the answer that a repeated request is given: the secret stands nowhere.
  const secrets = new WeakMap<object, string>();
  serve(
    contract.makeOwnCardLink,
    async (steps, input) => {
      const { identity } = input.body;
      await expectPerson(gate, steps);
      // Many that wait are many that may be lost.
      if ((await countOpenLinks(steps)) >= MOST_LINKS) throw new Problem("ownCardLinks", 409, { most: MOST_LINKS });
      const code = randomCode();
      const endsAt = new Date(steps.at.getTime() + LINK_DAYS * DAY_MS);
      const id = await addLink(steps, { secret: code, identity, endsAt });
      secrets.set(input, code);
      return { id, url: "", address: "", code: "", qr: [], endsAt: endsAt.toISOString() };
    },
    {
      told: async (answer, input) => {
        const code = secrets.get(input);
        if (code === undefined) throw new Problem("ownCardTold", 409);
        const address = `${place.origin()}/own`;
        const url = `${address}#${code}`;
        const { data } = encode(url, { ecc: "M", border: 0 });
        const qr = data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
        return { ...answer, url, address, code, qr };
      },
    },
  );
  serve(contract.revokeOwnCardLink, async (steps, { params: { link } }) => {
    if (!(await revokeLink(steps, link))) throw notFound();
    return { id: link };
  });
}

/** A card is a person's; a company has none. Not served where the description opens no cards. */
async function expectPerson(gate: Gate, steps: Steps): Promise<void> {
  if (sourceOfKind(gate.inForce().description, "ownCard") === undefined) throw notFound();
  const customer = steps.kinds.includes("customers")
    ? await steps.of("customers").selectFrom("customer").select("kind").executeTakeFirst()
    : undefined;
  if (!customer) throw notFound();
  if (customer.kind === "organisation") throw new Problem("ownCardPerson", 422);
}

function told({ identity, madeAt, endsAt, usedAt, revokedAt, ...rest }: LinkLine, now: Date): contract.OwnCardLink {
  const state = usedAt ? "used" : revokedAt ? "revoked" : endsAt <= now ? "ended" : "open";
  return {
    ...rest,
    identity: contract.Identity.catch("inPerson").parse(identity),
    madeAt: madeAt.toISOString(),
    endsAt: endsAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
    state,
  };
}

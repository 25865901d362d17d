// Who looks at the made-up company: one account for all of them, entered by links that work once.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { encode } from "uqr";
import type { Actors } from "../../actors/actors.ts";
import type { Visit } from "../../api/serve.ts";
import { writeWhole } from "../../db/wholeFile.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { hashPassword } from "../../keys/password.ts";
import { digestHex, randomToken } from "../../keys/token.ts";
import { loginMac } from "../../registers/staff/signIn/macs.ts";
import { addAccount, findLogin, setLanguage } from "../../registers/staff/store.ts";
import type { Language } from "../../values/Language.ts";
import { Problem } from "../../values/problem.ts";
import { newId } from "../../values/Uuid.ts";
import type { DemoVisit } from "./contract.ts";
import { DEMO_MARK } from "./demo.ts";

/** A link is opened at once or not at all. */
const LINK_MS = 10 * 60_000;

export type Visits = {
  link(home: string): string;
  /** Throws `invitationSpent`. */
  enter(secret: string, language: Language, visit: Visit): Promise<void>;
  look(): DemoVisit;
  /** Where the visitor came from; what is told to stop does so when the answer is on its way. */
  leave(): string;
};

type Parts = {
  gate: Gate;
  actors: Actors;
  dataDir: string;
  /** Where the demo's own web is. */
  origin: () => string;
  /** Where its form is. `abroad`: over a network too, so that a telephone comes there. */
  form: () => { url: string; abroad: boolean };
  /** Started beside a register: its visitors come by links, share an account, and stop the demo when they leave. */
  beside: boolean;
  onLeave: () => void;
};

/** Makes the visitors' account at the first start: the made-up company's own responsible person, with every role there is. */
export async function openVisits({ gate, actors, dataDir, origin, form, beside, onLeave }: Parts): Promise<Visits> {
  const password = beside ? await passwordIn(dataDir) : null;
  const account = password === null ? null : await accountOf(gate, password);
  const links = new Map<string, number>();
  let home: string | null = null;
  return {
    link(from) {
      home = from;
      const secret = randomToken();
      links.set(digestHex(secret), gate.clock.now().getTime() + LINK_MS);
      return `${origin()}/welcome#visit=${secret}`;
    },
    async enter(secret, language, { request, reply }) {
      const hash = digestHex(secret);
      const until = links.get(hash) ?? 0;
      links.delete(hash);
      if (account === null || gate.clock.now().getTime() >= until) throw new Problem("invitationSpent", 410);
      const ask = { register: "staff", verb: "change", place: "roles", subject: account } as const;
      await gate.serving(systemCaller("demo"), ask, (grant) => setLanguage(grant, language));
      await actors.start(account, "invitation", request, reply);
    },
    look() {
      const { url, abroad } = form();
      return { home, form: { url, code: abroad ? rowsOf(url) : null }, password };
    },
    leave() {
      if (home === null) throw new Problem("notFound", 404);
      onLeave();
      return home;
    },
  };
}

function rowsOf(address: string): string[] {
  const { data } = encode(address, { ecc: "M", border: 0 });
  return data.map((row) => row.map((dark) => (dark ? "1" : "0")).join(""));
}

async function accountOf(gate: Gate, password: string): Promise<string> {
  const { responsiblePerson, roles } = gate.inForce().description;
  const mac = loginMac(gate, responsiblePerson.email);
  const caller = systemCaller("demo");
  const look = { register: "staff", verb: "read", place: "roles" } as const;
  const known = await gate.serving(caller, look, (grant) => findLogin(grant, mac));
  if (known) return known.id;
  const id = newId();
  const passwordHash = await hashPassword(password);
  await gate.serving(caller, { register: "staff", verb: "collect", place: "roles", subject: id }, (grant) =>
    addAccount(grant, {
      name: responsiblePerson.name,
      login: responsiblePerson.email,
      loginMac: mac,
      passwordHash,
      language: "fi",
      roles: Object.keys(roles),
      by: "system:demo",
      endsOn: null,
    }),
  );
  return id;
}

/** In the demo's own folder, beside the mark that says that it is whole. */
async function passwordIn(dataDir: string): Promise<string> {
  const path = join(dataDir, DEMO_MARK);
  const text = await readFile(path, "utf8").catch(() => "");
  const [, found] = /"password":"([\w-]+)"/.exec(text) ?? [];
  if (found) return found;
  const password = randomToken().slice(0, 16);
  await writeWhole(path, `${JSON.stringify({ password })}\n`);
  return password;
}

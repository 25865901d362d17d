// A letter to whoever's ways to sign in were changed, so that somebody who is kept out hears of it too (ASVS 5.0 6.3.7). It says that something was done and
// where it is told, never what: a letter is read by more eyes than a page.
import { helperFor } from "../../description/helperFor.ts";
import { systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { newestId, placedSince } from "../../registers/evidence/atPlaces.ts";
import { newsPlaces } from "../../registers/staff/signIn/news.ts";
import { findAccount, listAccounts } from "../../registers/staff/store.ts";
import { isEmail } from "../../values/Email.ts";
import type { Mail } from "../mail/smtp.ts";
import { newsLetter } from "./words.ts";

type Parts = {
  gate: Gate;
  /** `system`: the helper of the description that the relay is. */
  mail: { system: string; send: Mail["send"] };
  /** The address of the web. */
  where: () => string;
};

const ROUND_MS = 60_000;

/**
 * `look`: writes to those about whom something stands in the log since the look before; the first one only remembers where the log ends. What a relay did not
 * take is not sent again: it is shown at the next sign-in in any case.
 */
export function openStaffNews({ gate, mail, where }: Parts) {
  let upTo: number | undefined;
  const caller = () => systemCaller("notices");
  const log = { register: "evidence", verb: "read", place: "staff", silent: true } as const;

  async function look(): Promise<void> {
    if (upTo === undefined) {
      upTo = await gate.serving(caller(), log, newestId);
      return;
    }
    const after = upTo;
    const events = await gate.serving(caller(), log, (grant) => placedSince(grant, after, newsPlaces));
    upTo = events[0]?.id ?? after;
    const people = new Set(events.flatMap(({ subjects }) => subjects));
    if (people.size === 0 || helperFor(gate.inForce().description, mail.system, "relay") !== "ok") return;
    for (const to of await addressesOf(people))
      await mail.send({ to: to.email, ...newsLetter(to.language, where()) }).catch(() => undefined);
  }

  /** Reading the addresses is an act of its own and stands in the log. */
  async function addressesOf(people: ReadonlySet<string>) {
    const ask = { register: "staff", verb: "read", place: "roles" } as const;
    const accounts = await gate.serving(caller(), ask, async (grant) =>
      (await listAccounts(grant)).filter(({ id, disabledAt }) => people.has(id) && disabledAt === null),
    );
    const told = [];
    for (const { id, login } of accounts) {
      const one = { ...ask, subject: id, silent: true } as const;
      const account = await gate.serving(caller(), one, (grant) => findAccount(grant, id));
      if (account && isEmail(login)) told.push({ email: login, language: account.language });
    }
    return told;
  }

  /** Now and then every minute; answers how to stop, after a last look. */
  function start(): () => Promise<void> {
    let running: Promise<void> = look().catch(() => undefined);
    const timer = setInterval(() => {
      running = running.then(look).catch(() => undefined);
    }, ROUND_MS);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await running.then(look).catch(() => undefined);
    };
  }

  return { look, start };
}

// How a person opens their own card: a link that somebody gave, or a code that goes to the address the register holds.
// Whoever asks for a code is told the same, by the same work, whether the register knows the address or not: what differs is done after the answer.
import { countAttempts } from "../../actors/attempts.ts";
import type { Mail } from "../../channels/mail/smtp.ts";
import { helperFor } from "../../description/helperFor.ts";
import { type Caller, systemCaller } from "../../gate/caller.ts";
import type { Gate } from "../../gate/gate.ts";
import { randomDigits, randomToken } from "../../keys/token.ts";
import { registerOfKind, sourceOfKind } from "../../policy/decide.ts";
import { holdersOf } from "../../registers/customers/search/byEmail.ts";
import { addWaiting, setCode, tryCode } from "../../registers/ownCard/codes.ts";
import { useLink } from "../../registers/ownCard/links.ts";
import { closeCard, openCard, seeCard } from "../../registers/ownCard/sessions.ts";
import { type Email, parseEmail } from "../../values/Email.ts";
import type { Language } from "../../values/Language.ts";
import { notFound, Problem } from "../../values/problem.ts";
import { CODE_DIGITS } from "../../values/safety.ts";
import { codeLetter, sharedLetter } from "./letters.ts";
import { networkOf } from "./network.ts";

const MINUTE = 60_000;
/** Letters to one address from one network and from all, requests of one network, guesses of one network: in a quarter of an hour, and then a wait of no more. */
const MOST = { letters: 3, lettersAnywhere: 12, asked: 30, tries: 30 };

/** The relay, and which helper of the description it is. */
export type Relay = { system: string; send: Mail["send"] };
/** Whose request: its id for the log, its network for the limits. */
export type Visitor = { requestId: string; address: string };
/** A card that is open in this browser. */
export type Open = { id: string; subject: string; caller: Caller };

export type OwnCards = ReturnType<typeof openOwnCards>;

export function openOwnCards(gate: Gate, { relay, origin }: { relay?: Relay | undefined; origin: () => string }) {
  const limit = (most: number) => countAttempts(gate.clock, { most, withinMs: 15 * MINUTE });
  const [letters, anywhere] = [limit(MOST.letters), limit(MOST.lettersAnywhere)];
  const [asked, tries] = [limit(MOST.asked), limit(MOST.tries)];
  const underWay = new Set<Promise<void>>();

  const source = (): string => {
    const found = sourceOfKind(gate.inForce().description, "ownCard");
    // A description that opens no cards: nothing of this is there.
    if (found === undefined) throw notFound();
    return found;
  };
  const themselves = (subject: string, requestId: string): Caller => ({
    actor: { kind: "subject", id: subject, source: source() },
    requestId,
  });
  const stranger = (requestId: string): Caller => ({ actor: { kind: "visitor", id: "visitor" }, requestId });
  const silently = { register: "ownCard", verb: "change", place: "sources", silent: true } as const;

  const byMail = (): boolean =>
    relay !== undefined &&
    sourceOfKind(gate.inForce().description, "ownCard") !== undefined &&
    helperFor(gate.inForce().description, relay.system, "relay") === "ok";

  async function expectFew(counted: typeof tries, key: string, requestId: string): Promise<void> {
    const seconds = counted.waitSeconds(key);
    if (seconds > 0) {
      await gate.noteRefusal(stranger(requestId), { verb: "read", register: "ownCard" }, "tooMany", "sources");
      throw new Problem("tooManyAttempts", 429, { seconds });
    }
    counted.count(key);
  }

  async function refuse(requestId: string, code: string): Promise<never> {
    await gate.noteRefusal(stranger(requestId), { verb: "read", register: "ownCard" }, "signIn", "sources");
    throw new Problem(code, 422);
  }

  /** Written down before the secret is told: a card that nobody can tell was opened is not opened. */
  async function opened(subject: string, requestId: string): Promise<void> {
    const place = `sources.${source()}`;
    const ask = { register: "ownCard", verb: "read", subject, place } as const;
    await gate.serving(themselves(subject, requestId), ask, async () => undefined);
  }

  /** Answers the secret for the person's cookie. @throws Problem `ownCardLink` (422), `tooManyAttempts` (429) */
  async function openByLink(code: string, { requestId, address }: Visitor): Promise<string> {
    source();
    await expectFew(tries, networkOf(address), requestId);
    const secret = randomToken();
    const subject = await gate.serving(stranger(requestId), silently, async (grant) => {
      const whose = await useLink(grant, code);
      if (whose !== null) await openCard(grant, secret, whose, "link");
      return whose;
    });
    if (subject === null) return refuse(requestId, "ownCardLink");
    await opened(subject, requestId);
    return secret;
  }

  /**
   * Answers what the browser waits with. Every address is asked for alike; a letter goes, after the answer, to one that the register holds of one person.
   * @throws Problem `invalid.email` (422), `tooManyAttempts` (429), `notFound` where no relay is set
   */
  async function askCode(typed: string, language: Language, { requestId, address }: Visitor): Promise<string> {
    if (!byMail()) throw notFound();
    const email = parseEmail(typed);
    const key = gate.keys.mac("ownCardAddress", email).toString("base64url");
    const network = networkOf(address);
    await expectFew(asked, network, requestId);
    await expectFew(letters, `${key} ${network}`, requestId);
    await expectFew(anywhere, key, requestId);
    const waiting = randomToken();
    const nothing = codeMac(waiting, randomToken());
    await gate.serving(stranger(requestId), silently, (grant) => addWaiting(grant, waiting, nothing));
    const sending = sendCode(email, waiting, language)
      // Nobody is told here why no letter came: it would tell whose address it is.
      .catch(() =>
        gate.noteRefusal(systemCaller("ownCard"), { verb: "disclose", register: "ownCard" }, "signIn", "sources"),
      )
      .catch(() => undefined)
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
    return waiting;
  }

  async function sendCode(email: Email, waiting: string, language: Language): Promise<void> {
    const { description } = gate.inForce();
    if (!relay || registerOfKind(description, "customers") === undefined) return;
    const ask = { register: "customers", values: true } as const;
    const holders = await gate.upkeep("ownCard", ask, (grant) => holdersOf(grant, email));
    const people = [...holders].filter(([, kind]) => kind !== "organisation").map(([subject]) => subject);
    const [subject] = people;
    const company = description.controller.name;
    if (subject === undefined) return;
    // An address that several share would open somebody else's card.
    if (people.length > 1) return relay.send({ to: email, ...sharedLetter(company, language) });
    const code = randomDigits(CODE_DIGITS);
    const mac = codeMac(waiting, code);
    const about = { register: "ownCard", verb: "collect", place: `sources.${source()}` } as const;
    if (!(await gate.serving(systemCaller("ownCard"), about, (grant) => setCode(grant, waiting, subject, mac)))) return;
    await relay.send({ to: email, ...codeLetter(company, code, `${origin()}/own`, language) });
  }

  const codeMac = (waiting: string, code: string): Buffer => gate.keys.mac("ownCardCode", `${waiting} ${code}`);

  /** As `openByLink`, for the browser that waits. @throws Problem `ownCardCode` (422), `tooManyAttempts` (429) */
  async function openByCode(waiting: string, typed: string, { requestId, address }: Visitor): Promise<string> {
    source();
    await expectFew(tries, networkOf(address), requestId);
    const secret = randomToken();
    const mac = codeMac(waiting, typed.replace(/\D/g, ""));
    const subject = await gate.serving(stranger(requestId), silently, async (grant) => {
      const whose = await tryCode(grant, waiting, mac);
      if (whose !== null) await openCard(grant, secret, whose, "mailCode");
      return whose;
    });
    if (subject === null) return refuse(requestId, "ownCardCode");
    await opened(subject, requestId);
    return secret;
  }

  /** null where the secret has no card open. */
  async function find(secret: string, { requestId }: Visitor): Promise<Open | null> {
    source();
    const card = await gate.serving(systemCaller("ownCard"), silently, (grant) => seeCard(grant, secret));
    return card && { ...card, caller: themselves(card.subject, requestId) };
  }

  const close = (secret: string): Promise<void> =>
    gate.serving(systemCaller("ownCard"), silently, (grant) => closeCard(grant, secret));

  /** A form of an open card says that it comes from that card (ASVS 5.0 3.5.1). */
  const markOf = ({ id }: Pick<Open, "id">): string => gate.keys.mac("ownCardForm", id).toString("base64url");

  return {
    byMail,
    openByLink,
    askCode,
    openByCode,
    find,
    close,
    markOf,
    /** A card that the description opens: false, and nothing of it is served. */
    served: () => sourceOfKind(gate.inForce().description, "ownCard") !== undefined,
    /** Resolves when no letter is under way. */
    settled: async () => void (await Promise.all(underWay)),
  };
}

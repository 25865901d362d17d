// The log is written in the closed words of the program; here they are said to people.
import type { AuditEvent } from "../../registers/evidence/contract.ts";
import { useActorName } from "../session/actorName.ts";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";
import { ownActOf } from "./ownActs.ts";

const verbs = ["collect", "read", "change", "disclose", "erase"] as const;
/** Deeds on the register itself are known by where they are written to have been done. */
const deeds = [
  "backups.copy",
  "backups.drill",
  "keys.rotate.root",
  "keys.rotate.epoch",
  "keys.rotate.search",
  "keys.rotate.signing",
  "keys.rotate.persons",
  "keys.passphrase.set",
  "keys.passphrase.remove",
  "keys.recovery.sheet",
  "keys.recovery.confirm",
  "keys.recovery.renew",
  "description.version",
  "signIn.passkeyAdded",
  "signIn.passkeyRemoved",
  "signIn.passwordSet",
  "signIn.passwordRemoved",
  "signIn.passwordByLink",
  "signIn.linkGiven",
  "signIn.factorOn",
  "signIn.factorOff",
  "signIn.codesRenewed",
  "signIn.recoveryCodeUsed",
  "signIn.outsideAdded",
  "signIn.outsideRemoved",
  "signIn.newDevice",
  "signIn.rolesChanged",
  "signIn.in",
  "signIn.seen",
] as const;
/** Registers that are the program's own. */
export const ownRegisters = [
  "staff",
  "evidence",
  "permissions",
  "requests",
  "description",
  "retention",
  "proofs",
] as const;
/** What the program does for its own upkeep. */
export const upkeeps = ["retention", "search", "version", "duplicates", "rights", "wayOut"] as const;
const rights = [
  "access",
  "erasure",
  "rectification",
  "restriction",
  "portability",
  "objection",
  "withdrawal",
  "retention",
  "resealing",
] as const;
const kinds = ["system", "subject", "token", "visitor"] as const;
const reasons = [
  "unknownRegister",
  "unknownPurpose",
  "unknownFlow",
  "unknownSource",
  "unknownCategory",
  "noRole",
  "purposeNotHeld",
  "categoryNotAllowed",
  "identityCodeGround",
  "flowNotByRole",
  "rightNotByRole",
  "keepingNotByRole",
  "onlyOneself",
  "channelRisk",
] as const;
const early = ["tooLarge", "invalid", "tooMany", "crossSite", "signIn", "freshSignIn", "hidden"] as const;

export function useEventWords() {
  const { t, sentence } = useWords();
  const labels = useLabels();
  const actorName = useActorName();
  const registerWord = (id: string): string => {
    const ours = ownRegisters.find((each) => each === id);
    // A register of the company may have the same id as a part of the program: the company's own word wins.
    return ours && !labels.labels?.registers[id] ? t(`audit.register.${ours}`) : labels.register(id);
  };
  const verbWord = (verb: string): string => {
    const act = verbs.find((each) => each === verb);
    return act ? t(`audit.verb.${act}`) : verb;
  };
  const rightWord = (right: string): string => {
    const asked = rights.find((each) => each === right);
    return asked ? t(`right.${asked}`) : right;
  };
  const deedOf = ({ place }: Pick<AuditEvent, "place">) => deeds.find((each) => each === place);
  /** Acts that have a sentence of their own. */
  const told = (event: AuditEvent): string | undefined => {
    const deed = deedOf(event);
    if (deed) return t(`audit.deed.${deed}`);
    if (event.right === "wayOut") return t("audit.wayOut");
    const own = ownActOf(event);
    return own && t(`audit.own.${own}`, { register: registerWord(event.register) });
  };
  const isOurs = (id: string): boolean => ownRegisters.some((each) => each === id) && !labels.labels?.registers[id];
  return {
    registerWord,
    /** Where it stands alone. */
    registerName: (id: string): string => capital(registerWord(id)),
    /** Something done to the register itself, which no line of the description names. */
    isDeed: (event: AuditEvent): boolean => deedOf(event) !== undefined || event.right === "wayOut",
    /** It has a sentence that says what was done and where. */
    isTold: (event: AuditEvent): boolean => told(event) !== undefined,
    /** What was seen of people; the program's own tables hold the users' names, whatever was done with them. */
    seen: (event: AuditEvent): readonly string[] =>
      deedOf(event) || (ownActOf(event) && isOurs(event.register)) ? [] : event.categories,
    verbWord,
    rightWord,
    what(event: AuditEvent): string {
      const { verb, register, flow, right } = event;
      const own = told(event);
      if (own !== undefined) return own;
      const said = `${verbWord(verb)}: ${registerWord(register)}`;
      if (right) return `${said} (${rightWord(right)})`;
      return flow ? `${said} (${labels.flow(flow)})` : said;
    },
    purposeWord(purpose: string): string {
      // The program's own stand in no description.
      const own = sentence("rights", `purpose.${purpose}`);
      return own === `purpose.${purpose}` ? labels.purpose(purpose) : own;
    },
    who({ actor, actorKind, actorName: name }: AuditEvent): string {
      const kind = kinds.find((each) => each === actorKind);
      return kind && name === undefined ? t(`audit.actor.${kind}`) : actorName(actor, name);
    },
    why({ reason }: AuditEvent): string {
      if (reason === null) return "";
      const first = early.find((each) => each === reason);
      if (first) return t(`audit.early.${first}`);
      const known = reasons.find((each) => each === reason);
      // A reason newer than these words is told in the words of the refusal itself.
      return known ? t(`audit.reason.${known}`) : sentence("problems", `refused.${reason}`);
    },
  };
}

export const capital = (word: string): string => word.replace(/^\p{Ll}/u, (first) => first.toUpperCase());

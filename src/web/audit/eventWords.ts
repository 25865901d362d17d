// The log is written in the closed words of the program; here they are said to people.
import type { AuditEvent } from "../../registers/evidence/contract.ts";
import { useActorName } from "../session/actorName.ts";
import { useLabels } from "../session/labels.ts";
import { useWords } from "../words/words.tsx";

const verbs = ["collect", "read", "change", "disclose", "erase"] as const;
const own = ["staff", "evidence", "permissions", "description", "retention", "proofs"] as const;
const rights = [
  "access",
  "erasure",
  "rectification",
  "restriction",
  "portability",
  "objection",
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
const early = ["tooLarge", "invalid", "tooMany", "crossSite", "signIn", "hidden"] as const;

export function useEventWords() {
  const { t, sentence } = useWords();
  const labels = useLabels();
  const actorName = useActorName();
  const registerWord = (id: string): string => {
    const ours = own.find((each) => each === id);
    // A register of the company may have the same id as a part of the program: the company's own word wins.
    return ours && !labels.labels?.registers[id] ? t(`audit.register.${ours}`) : labels.register(id);
  };
  return {
    what({ verb, register, flow, right }: AuditEvent): string {
      const act = verbs.find((each) => each === verb);
      const said = `${act ? t(`audit.verb.${act}`) : verb}: ${registerWord(register)}`;
      const asked = rights.find((each) => each === right);
      if (right) return `${said} (${asked ? t(`right.${asked}`) : right})`;
      return flow ? `${said} (${labels.flow(flow)})` : said;
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

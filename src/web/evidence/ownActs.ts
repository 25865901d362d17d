// What the program does by itself, known by the part of it that acted and by what was done where; the first that fits tells it.
import type { AuditEvent } from "../../registers/evidence/contract.ts";

type Known = Partial<Pick<AuditEvent, "verb" | "register" | "right" | "place">> & { by: string };

const acts = {
  erasedDue: { by: "retention", right: "retention", verb: "erase" },
  seenWhatStays: { by: "retention", right: "retention", verb: "read" },
  certificate: { by: "retention", register: "evidence", verb: "collect" },
  keysGone: { by: "retention", place: "keys.collect" },
  logGone: { by: "retention", place: "staff.log" },
  due: { by: "retention", verb: "read" },
  erasedAgain: { by: "restore", right: "retention" },
  sessionsEnded: { by: "restore", register: "staff" },
  restored: { by: "restore", register: "evidence" },
  resealed: { by: "version", right: "resealing" },
  versionWeighed: { by: "version", verb: "read" },
  inForce: { by: "start", register: "evidence" },
  firstAccount: { by: "start", register: "staff" },
  search: { by: "search" },
  duplicates: { by: "duplicates" },
  copy: { by: "backup" },
  notices: { by: "notices" },
  terminalMade: { by: "cli", register: "staff", verb: "collect" },
  terminalRead: { by: "cli", register: "staff", verb: "read" },
  terminalChanged: { by: "cli", register: "staff", verb: "change" },
} as const satisfies Readonly<Record<string, Known>>;

export type OwnAct = keyof typeof acts;
const all = Object.entries(acts) as [OwnAct, Known][];

/** undefined where it is somebody else's act, or one that has no words of its own. */
export function ownActOf(event: AuditEvent): OwnAct | undefined {
  if (event.actorKind !== "system") return undefined;
  return all.find(([, { by, ...as }]) => event.actor === `system:${by}` && fits(event, as))?.[0];
}

const fits = (event: AuditEvent, { verb, register, right, place }: Omit<Known, "by">): boolean =>
  (verb === undefined || verb === event.verb) &&
  (register === undefined || register === event.register) &&
  (right === undefined || right === event.right) &&
  (place === undefined || place === event.place);

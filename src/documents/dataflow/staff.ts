// The people who use the register: what it keeps of them, who sees it, when it goes (GDPR Art. 13; Act 759/2004 section 21).
import type { Description, StaffOf } from "../../description/schema.ts";
import { UNKNOWN } from "../../description/terms.ts";
import type { Statement } from "../model.ts";
import { paragraph } from "../say.ts";
import type { Scribe } from "../scribe.ts";
import { basisOf } from "./origin.ts";

/** `marked`: with how each statement is kept, for the description; people outside and in the notice are told what is done. */
export type Telling = { marked: boolean };

export function staff(s: Scribe): Statement[] {
  const of = s.description.staff;
  if (of === undefined) return [];
  const telling = { marked: true };
  return [
    reason(s, of, telling),
    ...data(s, of, telling),
    seen(s, telling),
    ...endings(s, of, telling),
    ...heard(s, of, telling),
    s.state({ place: "staff", aspect: "access", text: s.w("staff.access.kept"), kept: "declared" }),
  ];
}

const declared = ({ marked }: Telling) => (marked ? { kept: "declared" as const } : {});

export function reason(s: Scribe, of: StaffOf, telling: Telling): Statement {
  const test = "balancingTest" in of.ground ? of.ground.balancingTest : undefined;
  return s.state({
    place: "staff",
    term: s.text(of.label),
    text: paragraph(s.text(of.why), basisOf(s, of)),
    ...declared(telling),
    ...(telling.marked ? { added: of.added } : {}),
    unknown: [s.missing(test, "staff.ground.balancingTest", "balancingTest", s.text(of.label))],
  });
}

export function data(s: Scribe, of: StaffOf, telling: Telling): Statement[] {
  const { w } = s;
  const part = (
    aspect: "account" | "ways" | "session" | "log" | "recorded",
    kept: readonly ["ownPassword" | "auditBeforeAnswer"] | "declared",
  ) =>
    s.state({
      place: "staff",
      aspect,
      level: telling.marked ? 2 : 1,
      term: w(`staff.${aspect}`),
      text: w(`staff.${aspect}.says`),
      ...(telling.marked ? { kept } : {}),
    });
  return [
    part("account", ["ownPassword"]),
    part("ways", "declared"),
    part("session", "declared"),
    part("log", ["auditBeforeAnswer"]),
    part("recorded", "declared"),
    s.state({
      place: "staff.system",
      level: telling.marked ? 2 : 1,
      text: w("staff.where", { system: s.labelOf(s.description.systems, of.system) }),
      ...declared(telling),
    }),
  ];
}

type Role = Description["roles"][string];

export function seen(s: Scribe, telling: Telling): Statement {
  const { w, description } = s;
  const those = (fits: (role: Role) => boolean) =>
    Object.values(description.roles).flatMap((role) => (fits(role) ? [s.inside(s.text(role.label))] : []));
  const accounts = those(({ keeps }) => keeps.includes("accounts"));
  const inspectors = those(({ keeps, inspects }) => !keeps.includes("accounts") && inspects.includes("accounts"));
  const audit = those(({ keeps, inspects }) => keeps.includes("audit") || inspects.includes("audit"));
  return s.state({
    place: "staff",
    aspect: "seen",
    text: paragraph(
      inspectors.length > 0 && w("staff.inspectedBy", { roles: s.list(inspectors) }),
      w("staff.seenBy", { accounts: s.list(accounts), audit: s.list(audit) }),
      w("staff.noDecisions"),
    ),
    ...declared(telling),
  });
}

export function endings(s: Scribe, { accounts, log, label }: StaffOf, telling: Telling): Statement[] {
  return [["account", "accounts", accounts] as const, ["log", "log", log] as const].map(
    ([what, path, { period, ground }]) =>
      s.state({
        place: `staff.${path}`,
        text: paragraph(endOf(s, what, period), s.w("ground", { ground: s.inside(s.text(ground)) })),
        ...declared(telling),
        unknown: [s.missing(period, `staff.${path}.period`, "period", s.text(label))],
      }),
  );
}

export const endOf = (s: Scribe, what: "account" | "log", period: string): string =>
  period === UNKNOWN ? s.w(`staff.ends.${what}.unknown`) : s.w(`staff.ends.${what}`, { period: s.period(period) });

export function heard(s: Scribe, of: StaffOf, telling: Telling): Statement[] {
  const { day, how } = of.heard;
  return [
    s.state({
      place: "staff.heard",
      text: s.w("staff.heard", { how: paragraph(s.text(how)), day: day === UNKNOWN ? s.w("unknown") : s.day(day) }),
      ...declared(telling),
      unknown: [s.missing(day, "staff.heard.day", "heardDay", s.text(of.label))],
    }),
    s.state({ place: "staff.told", text: s.text(of.told), ...declared(telling) }),
  ];
}

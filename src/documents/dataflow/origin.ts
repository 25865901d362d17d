// Where data comes from, on what legal basis, and by which consents.
import type { Description } from "../../description/schema.ts";
import { CONTROLS, isPurposeInside } from "../kept.ts";
import type { Section, Statement } from "../model.ts";
import { paragraph } from "../say.ts";
import { entriesOf, type Scribe } from "../scribe.ts";

export function sources(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const each = entriesOf(description.sources, "sources").flatMap(({ place, value }): Statement[] => {
    const registers = value.registers ?? Object.keys(description.registers);
    const main = s.state({
      place,
      term: text(value.label),
      text: paragraph(
        w("sources.each", {
          kind: value.kind,
          registers: labels(description.registers, registers),
          count: registers.length,
        }),
        value.from === "thirdParty" && w("sources.thirdParty"),
      ),
      kept: value.kind === "ownCard" ? CONTROLS.ownCardOfOneself : CONTROLS.sourcesClosed,
      added: value.added,
    });
    if (value.purposes === undefined) return [main];
    const purposes = { purposes: labels(description.purposes, value.purposes), count: value.purposes.length };
    const bound = s.state({
      place,
      aspect: "purposes",
      level: 2,
      text: w("sources.purposes", purposes),
      kept: "declared",
    });
    return [main, bound];
  });
  const closed = s.state({ place: "sources", text: w("sources.closed"), kept: CONTROLS.sourcesClosed });
  return s.section("sources", [closed, each]);
}

type Purpose = Pick<Description["purposes"][string], "legalBasis" | "ground">;
/** The legal basis in words, with what stands behind it (GDPR Art. 6(1)). */
export function basisOf(s: Scribe, purpose: Purpose): string {
  const { w, text, inside, labelOf, description } = s;
  const basis = w("basis.is", { basis: purpose.legalBasis });
  const { ground } = purpose;
  if ("balancingTest" in ground) {
    const test = ground.balancingTest === "unknown" ? w("unknown") : text(ground.balancingTest);
    return paragraph(basis, w("basis.balancingTest", { test }));
  }
  if ("consent" in ground) return w("basis.with", { basis, ground: labelOf(description.consents, ground.consent) });
  return w("basis.with", { basis, ground: inside(text("statute" in ground ? ground.statute : ground.contract)) });
}

export function legalBasis(s: Scribe): Section {
  const { w, text, description } = s;
  const each = entriesOf(description.purposes, "purposes").map(({ place, value }) => {
    const test = "balancingTest" in value.ground ? value.ground.balancingTest : undefined;
    return s.state({
      place,
      aspect: "basis",
      term: text(value.label),
      text: paragraph(basisOf(s, value), value.fromStage && w("purposes.fromStage", { stage: value.fromStage })),
      kept: "declared",
      added: value.added,
      unknown: [s.missing(test, `${place}.ground.balancingTest`, "balancingTest", text(value.label))],
    });
  });
  return s.section("legalBasis", [
    s.state({ place: "purposes", aspect: "basis", text: w("basis.lead"), kept: "declared" }),
    each,
  ]);
}

export function consent(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const without = Object.keys(description.purposes).filter((id) => description.purposes[id]?.legalBasis !== "consent");
  const lead = s.state({
    place: "consents",
    text: paragraph(
      w("consent.without", { purposes: labels(description.purposes, without) }),
      w("consent.when", { count: Object.keys(description.consents).length }),
    ),
    kept: "declared",
  });
  const each = entriesOf(description.consents, "consents").flatMap(({ place, value }) =>
    consentStatements(s, place, value),
  );
  const channels = description.channelPermissions.map((permission, n) =>
    s.state({
      place: `channelPermissions.${n}`,
      term: w("permission.term", {
        purpose: text(description.purposes[permission.purpose]?.label ?? permission.purpose),
        channel: w("channel.name", { channel: permission.channel }),
      }),
      text: paragraph(
        w("permission.rule", { rule: permission.rule }),
        w("ground", { ground: s.inside(text(permission.ground)) }),
      ),
      kept: "declared",
      added: permission.added,
    }),
  );
  return s.section("consent", [lead, each, channels]);
}

function consentStatements(s: Scribe, place: string, value: Description["consents"][string]): Statement[] {
  const { w, text, labelOf, description } = s;
  const newest = value.wording.reduce((a, b) => (b.version > a.version ? b : a));
  const asked = w("consent.wording", { version: newest.version, from: s.day(newest.from), wording: text(newest.text) });
  const free = value.conditionOf === "nothing";
  return [
    s.state({
      place,
      term: text(value.label),
      text: paragraph(w("consent.purpose", { purpose: labelOf(description.purposes, value.purpose) }), asked),
      kept: isPurposeInside(description, s.inUse, value.purpose) ? CONTROLS.consentBeforeUse : "declared",
      added: value.added,
    }),
    s.state({
      place,
      aspect: "withdrawal",
      level: 2,
      text: paragraph(
        w("consent.channels", { channels: s.list(value.channels.map((channel) => w("channel.name", { channel }))) }),
        !value.preTicked && free ? w("consent.free") : w("consent.notFree"),
        w("consent.withdrawal", { how: s.inside(text(value.withdrawal)) }),
        value.proofKept && w("consent.proof", { period: s.period(value.proofKept, "during") }),
      ),
      kept: "declared",
    }),
    ...(value.validFor === undefined
      ? []
      : [
          s.state({
            place,
            aspect: "validFor",
            level: 2,
            text: w("consent.validFor", { period: s.period(value.validFor, "during") }),
            kept: isPurposeInside(description, s.inUse, value.purpose) ? CONTROLS.consentBeforeUse : "declared",
          }),
        ]),
  ];
}

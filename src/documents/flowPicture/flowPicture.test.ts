// The picture says what the description says: everything once, nothing besides, and every count of the log in one place.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "../../description/parse.ts";
import type { Description } from "../../description/schema.ts";
import { decide } from "../../policy/decide.ts";
import { parseDay } from "../../values/Day.ts";
import { languages } from "../../values/Language.ts";
import { widthOf, wrap } from "./measure.ts";
import { flowPicture } from "./model.ts";
import { type Counted, observe } from "./observe.ts";
import { forPaper, forScreen } from "./palette.ts";
import { drawnPicture } from "./picture.ts";
import { tallLayout } from "./tall.ts";
import { type Element, write } from "./tree.ts";
import { type Box, type Layout, wideLayout } from "./wide.ts";

const read = (name: string): Description => {
  const text = readFileSync(new URL(`../../../descriptions/${name}.yaml`, import.meta.url), "utf8");
  const { description } = parse(text);
  assert.ok(description, name);
  return description;
};
const walttia = read("walttia");
const companies = { walttia, pyorapaja: read("pyorapaja"), valokuvaamo: read("valokuvaamo") };
const inUse = { registers: ["customers", "invoices"], channels: ["internal"] } as const;
const asked = { inUse, language: "fi", palette: forPaper, period: null, id: "p" } as const;

const all = (drawn: Element): Element[] => [drawn, ...drawn.children.flatMap(all)];
const partsIn = (drawn: Element): string[] => all(drawn).flatMap(({ attrs }) => attrs["data-part"] ?? []);

/** What has to be in the picture, counted from the description by itself; lines from sources apart. */
function wanted(description: Description): string[] {
  const ends = (side: "from" | "to") =>
    Object.values(description.flows).flatMap((flow) => {
      const end = flow[side];
      if ("register" in end) return [];
      if ("processor" in end) return [`${side}.processors.${end.processor}`];
      if ("staff" in end) return [`${side}.roles.${end.staff}`];
      return "subject" in end ? [`${side}.subject`] : [`${side}.recipients`];
    });
  const recipients = new Set(
    Object.values(description.flows).flatMap(({ to }) =>
      "recipient" in to ? [JSON.stringify([to.recipient, to.location])] : [],
    ),
  );
  const named = new Set([...ends("from"), ...ends("to")].filter((end) => !end.endsWith(".recipients")));
  return [
    ...Object.keys(description.sources).map((id) => `sources.${id}`),
    ...Object.keys(description.systems).map((id) => `systems.${id}`),
    ...Object.entries(description.registers).flatMap(([id, { systems }]) =>
      systems.map((system) => `registers.${id}.${system}`),
    ),
    ...Object.keys(description.flows).map((id) => `flows.${id}`),
    ...named,
    ...[...recipients].map(() => "to.recipients"),
  ];
}
const inKind = (parts: readonly string[]) =>
  parts
    .filter((part) => !part.includes(">"))
    .map((part) => part.replace(/^(to|from)\.recipients\.\d+$/, "$1.recipients"))
    .sort();

test("every source, system, register, flow and recipient of the examples is drawn once, and nothing else", async () => {
  for (const [name, description] of Object.entries(companies))
    for (const orientation of ["wide", "tall"] as const) {
      const { drawing, facts } = await drawnPicture(description, { ...asked, orientation });
      const parts = partsIn(drawing);
      assert.ok(parts.length > 20, "found too few parts for this test to mean anything");
      assert.deepEqual(inKind(parts), wanted(description).sort(), `${name} ${orientation}`);
      assert.equal(new Set(parts).size, parts.length, `${name} ${orientation}: a part is there twice`);
      // The table that stands for the picture has the same things in the same order.
      assert.deepEqual(
        facts.map(({ part }) => part),
        parts,
        `${name} ${orientation}`,
      );
    }
});

test("a line from a source is there exactly where the policy lets it bring something", () => {
  for (const [name, description] of Object.entries(companies)) {
    const { collects } = flowPicture(description, inUse, "fi");
    const drawn = collects.flatMap(({ sources, register }) => sources.map((source) => `${source} ${register}`)).sort();
    const allowed = Object.keys(description.sources).flatMap((source) =>
      Object.keys(description.registers).flatMap((register) => {
        const actors = [
          ...Object.keys(description.roles).map((role) => ({ kind: "staff" as const, id: "a", roles: [role] })),
          ...(description.sources[source]?.kind === "webForm" ? [{ kind: "subject" as const, id: "b", source }] : []),
        ];
        const may = actors.some((actor) =>
          Object.keys(description.purposes).some(
            (purpose) =>
              decide(description, { actor, purpose, register, source, verb: "collect" }).outcome === "allowed",
          ),
        );
        return may ? [`${source} ${register}`] : [];
      }),
    );
    assert.ok(allowed.length > 4, "found too few lines for this test to mean anything");
    assert.deepEqual(drawn, allowed.sort(), name);
  }
});

/** Parts of an example, in an order of their own, with labels of any length: what a company may make of its description. */
const made = fc
  .record({
    name: fc.constantFrom(...(["walttia", "pyorapaja", "valokuvaamo"] as const)),
    keep: fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
    label: fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
  })
  .map(({ name, keep, label }) => {
    const description = structuredClone(companies[name]);
    let n = 0;
    const some = <T>(of: Record<string, T>): Record<string, T> =>
      Object.fromEntries(Object.entries(of).filter(() => keep[n++ % keep.length]));
    description.flows = some(description.flows);
    description.sources = some(description.sources);
    for (const source of Object.values(description.sources)) source.label = label;
    for (const flow of Object.values(description.flows)) if (keep[n++ % keep.length]) flow.label = label;
    return description;
  });

test("whatever is left of a description, all of it is drawn once and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(made, async (description) => {
      const { drawing } = await drawnPicture(description, { ...asked, orientation: "tall" });
      assert.deepEqual(inKind(partsIn(drawing)), wanted(description).sort());
    }),
    { numRuns: 40 },
  );
});

const apart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

function overlaps({ boxes }: Layout): string[] {
  const leaves = [...boxes].filter(([id]) => !/^(regions|systems)\./.test(id));
  return leaves.flatMap(([one, a], n) =>
    leaves.slice(n + 1).flatMap(([other, b]) => (apart(a, b) ? [] : [`${one} and ${other}`])),
  );
}

test("no box stands on another, everything is inside the sheet, and the same description gives the same picture", async () => {
  for (const description of Object.values(companies)) {
    const picture = flowPicture(description, inUse, "sv");
    const wide = await wideLayout(picture, { counted: true });
    for (const layout of [wide, tallLayout(picture, { counted: true })]) {
      assert.deepEqual(overlaps(layout), []);
      const places = [...layout.boxes.values(), ...[...layout.routes.values()].flat(2)];
      for (const { x, y } of places) assert.ok(x >= 0 && y >= 0 && x <= layout.width && y <= layout.height);
      for (const { part } of [...picture.collects, ...picture.flows]) assert.ok(layout.routes.get(part)?.[0], part);
    }
    assert.deepEqual(await wideLayout(picture, { counted: true }), wide);
  }
});

test("on a narrow sheet the picture fits a phone", () => {
  for (const description of Object.values(companies))
    for (const language of languages)
      assert.ok(tallLayout(flowPicture(description, inUse, language), { counted: true }).width <= 340);
});

test("words are broken so that every line fits, and nothing is lost", () => {
  const word = fc
    .array(fc.constantFrom(..."aeiouyäökstnprlmvWÅ-"), { minLength: 1, maxLength: 40 })
    .map((l) => l.join(""));
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), fc.integer({ min: 40, max: 200 }), (words, width) => {
      const text = words.join(" ");
      const lines = wrap(text, { width, size: 13 });
      for (const line of lines) assert.ok(widthOf(line, 13) <= width || line.length <= 2, line);
      const letters = (of: string) => of.replaceAll(/[\s-]/g, "");
      assert.equal(letters(lines.join("")), letters(text));
    }),
  );
  assert.deepEqual(wrap("Asiakasyritysten ja -yhteisöjen", { width: 500, size: 13 }), [
    "Asiakasyritysten ja -yhteisöjen",
  ]);
  assert.deepEqual(wrap("Toiminnanohjausjärjestelmä", { width: 110, size: 13 })[0], "Toiminnanoh-");
});

test("every count of the log stands in one place of the picture, or elsewhere", () => {
  const picture = flowPicture(walttia, inUse, "fi");
  const id = fc.constantFrom(null, "email", "phone", "erpToInvoicing", "toAccountant", "gone");
  const counted: fc.Arbitrary<Counted> = fc.record({
    flow: id,
    source: id,
    register: fc.constantFrom("customers", "invoices", "contracts", "staff", "evidence", "gone"),
    verb: fc.constantFrom("collect", "read", "change", "disclose", "erase"),
    decision: fc.constantFrom("allowed" as const, "refused" as const),
    count: fc.integer({ min: 1, max: 10_000 }),
  });
  fc.assert(
    fc.property(fc.array(counted, { maxLength: 40 }), (rows) => {
      const { parts, elsewhere } = observe(picture, rows);
      for (const decision of ["allowed", "refused"] as const) {
        const given = rows.reduce((sum, row) => sum + (row.decision === decision ? row.count : 0), 0);
        const shown = [...parts.values(), elsewhere].reduce((sum, seen) => sum + seen[decision], 0);
        assert.equal(shown, given);
      }
    }),
  );
});

test("what was seen is a width and a number, what was refused a sign with its number", async () => {
  const row = { source: null, register: "customers", verb: "disclose", flow: "erpToInvoicing" };
  const counted: Counted[] = [
    { ...row, decision: "allowed", count: 1234 },
    { ...row, decision: "refused", count: 7 },
  ];
  const period = { from: parseDay("2026-11-01"), to: parseDay("2026-11-30"), since: null, counted };
  const { drawing, facts, caption } = await drawnPicture(walttia, { ...asked, orientation: "wide", period });
  const flow = all(drawing).find(({ attrs }) => attrs["data-part"] === "flows.erpToInvoicing");
  assert.ok(flow);
  const said = all(flow).flatMap(({ tag, text }) => (tag === "text" ? [text] : []));
  assert.deepEqual(said, ["1\u00a0234", "7"]);
  assert.ok(all(flow).some(({ attrs }) => Number(attrs["stroke-width"]) > 6 && attrs["data-reach"] === undefined));
  assert.deepEqual(facts.find(({ part }) => part === "flows.erpToInvoicing")?.seen, { allowed: 1234, refused: 7 });
  // What people carry the program does not see: no number, not a nought.
  assert.equal(facts.find(({ part }) => part === "flows.toAccountant")?.seen, null);
  assert.match(caption.join(" "), /1\.11\.2026–30\.11\.2026/);
});

test("labels become no markup, and the drawing stands by itself", async () => {
  const description = structuredClone(walttia);
  const nasty = `<script>alert("1")</script> & "x"`;
  for (const flow of Object.values(description.flows)) flow.label = nasty;
  for (const source of Object.values(description.sources)) source.label = nasty;
  description.controller.name = nasty;
  const { drawing } = await drawnPicture(description, { ...asked, orientation: "tall", palette: forScreen });
  const text = write(drawing);
  assert.ok(!text.includes("<script"));
  assert.ok(text.includes("&lt;script&gt;"));
  assert.ok(!/url\(|href|style=/.test(text));
  assert.match(text, /^<svg [^>]*role="img" aria-labelledby="p-title p-desc"/);
});

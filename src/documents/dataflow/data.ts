// What is collected about whom, and which registers arise from it.
import type { Description } from "../../description/schema.ts";
import { CONTROLS, isCategoryInside, keepingOfRegister } from "../kept.ts";
import type { Section, Statement } from "../model.ts";
import { paragraph } from "../say.ts";
import { entriesOf, type Scribe } from "../scribe.ts";

/** The categories kept of a group of people: its own list, else all of the registers it stands in. */
export function categoriesOfSubject(description: Description, group: string): string[] {
  const own = description.subjects[group]?.categories;
  if (own !== undefined) return own;
  const registers = Object.values(description.registers).filter((register) => register.subjects.includes(group));
  return Object.keys(description.categories).filter((id) => registers.some((each) => each.categories.includes(id)));
}

export function collected(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const groups = entriesOf(description.subjects, "subjects").map(({ id, place, value }) =>
    s.state({
      place,
      term: text(value.label),
      text: w("subjects.categories", {
        categories: labels(description.categories, categoriesOfSubject(description, id)),
      }),
      kept: "declared",
      added: value.added,
    }),
  );
  const each = entriesOf(description.categories, "categories").flatMap(({ id, place, value }) =>
    category(s, id, place, value),
  );
  return s.section("collected", [groups, each]);
}

function category(s: Scribe, id: string, place: string, value: Description["categories"][string]): Statement[] {
  const { w, text, labels, description } = s;
  const held = isCategoryInside(description, s.inUse, id);
  const outside = outsideOnly(description, id) ? "outside" : "declared";
  const from =
    value.givenBy.length === 0
      ? w("categories.arises")
      : w("categories.givenBy", { sources: labels(description.sources, value.givenBy), count: value.givenBy.length });
  const more = paragraph(
    value.required.by !== "no" && w("categories.required", { by: value.required.by }),
    value.required.consequence && text(value.required.consequence),
    value.fromStage && w("categories.fromStage", { stage: value.fromStage }),
    value.systems &&
      w("categories.systems", { systems: labels(description.systems, value.systems), count: value.systems.length }),
  );
  const statements = [
    s.state({
      place,
      term: w("categories.term", { label: text(value.label), risk: value.risk }),
      text: from,
      kept: held && value.givenBy.length > 0 ? CONTROLS.categoryFromSources : outside,
      added: value.added,
    }),
  ];
  if (more !== "") statements.push(s.state({ place, aspect: "more", level: 2, text: more, kept: "declared" }));
  if (value.grounds !== undefined) {
    const grounds = s.either(value.grounds.map((ground) => w("ground29", { ground })));
    const why = value.groundWhy && text(value.groundWhy);
    const kept = held ? CONTROLS.identityCodeGround : outside;
    const said = paragraph(w("categories.grounds", { grounds }), why);
    statements.push(s.state({ place: `${place}.grounds`, level: 2, text: said, kept }));
  }
  return statements;
}

/** Every register that holds the category lives in systems that are not the program's own. */
const outsideOnly = (description: Description, category: string): boolean =>
  Object.values(description.registers)
    .filter((register) => register.categories.includes(category))
    .every((register) => register.systems.every((id) => description.systems[id]?.kind !== "builtIn"));

export function registers(s: Scribe): Section {
  const { w, text, labels, description } = s;
  const each = entriesOf(description.registers, "registers").map(({ id, place, value }) => {
    const keeping = keepingOfRegister(description, s.inUse, id, []);
    return s.state({
      place,
      term: text(value.label),
      text: paragraph(
        w("registers.subjects", { subjects: labels(description.subjects, value.subjects) }),
        w("registers.categories", { categories: labels(description.categories, value.categories) }),
        w("registers.systems", { systems: labels(description.systems, value.systems), count: value.systems.length }),
      ),
      kept: keeping === "outside" ? "outside" : "declared",
      added: value.added,
    });
  });
  return s.section("registers", [each]);
}

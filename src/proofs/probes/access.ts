// Who gets in, to what, and for what: the policy of the description in force held against the description's own lists, and a stranger at the real gate.
import type { Description } from "../../description/schema.ts";
import { Verb } from "../../description/terms.ts";
import { decide } from "../../policy/decide.ts";
import { findCustomer } from "../../registers/customers/store.ts";
import { expect, NothingToProve, type Probe, refusalOf, type Scene } from "../scene.ts";

export const accessByRole: Probe = async (scene) => {
  const { description, roles, as, customers, stage } = scene;
  let [allowed, refused] = [0, 0];
  for (const role of roles)
    for (const verb of Verb.options) {
      const listed = description.roles[role]?.may.some((may) => may.register === customers && may.verbs.includes(verb));
      const { outcome } = decide(description, { actor: as(role).actor, register: customers, verb });
      expect(listed || outcome === "refused", `${role} may ${verb} customers although no list says so`);
      outcome === "allowed" ? allowed++ : refused++;
    }
  const attempt = stage.gate.read(as("nobody"), { register: "customers" }, (grant) =>
    grant.selectFrom("customer").select("subject_id").execute(),
  );
  await refusalOf(attempt, "somebody without a role read customers");
  return `${allowed} acts allowed, ${refused} refused, as the roles list them; a stranger's read refused`;
};

/** What a role is given of customers for each purpose, beside what its lists name. */
function given({ description, roles, as, customers }: Scene) {
  return roles.flatMap((role) => {
    const lists = (description.roles[role]?.may ?? []).filter(({ register }) => register === customers);
    return Object.keys(description.purposes).flatMap((purpose) => {
      const decision = decide(description, { actor: as(role).actor, register: customers, verb: "read", purpose });
      if (decision.outcome === "refused") return [];
      const forPurpose = lists.filter(({ purposes }) => purposes.includes(purpose));
      return [
        {
          role,
          purpose,
          categories: decision.categories,
          everListed: new Set(lists.flatMap(({ categories }) => categories)),
          listedForPurpose: new Set(forPurpose.flatMap(({ categories }) => categories)),
        },
      ];
    });
  });
}

export const categoriesByRole: Probe = async (scene) => {
  const { stage, person, whoMay } = scene;
  const all = given(scene);
  for (const { role, categories, everListed } of all)
    expect(
      categories.every((category) => everListed.has(category)),
      `${role} is given a category that its lists do not name`,
    );
  const { id, name, category } = await person();
  const reader = whoMay("read", { categories: [category] });
  if (!reader) throw new NothingToProve("nobody reads customers");
  const card = await stage.gate.read(reader.caller, { register: "customers", subject: id }, findCustomer);
  expect(card.name === name, "one who may read the name did not get it");
  expect(
    Object.keys(card.origins).every((shown) => reader.categories.includes(shown)),
    "the card holds more than was granted",
  );
  return `${all.length} pairs of role and purpose give only categories their lists name`;
};

/** The description with one role allowed a single category for one purpose, and all that it had for another. */
function narrowed({ description, customers }: Scene) {
  for (const [role, declared] of Object.entries(description.roles))
    for (const { register, verbs, purposes, categories } of declared.may) {
      const purpose = purposes[0];
      const needed = categories.filter(
        (id) => purpose !== undefined && description.categories[id]?.purposes.includes(purpose),
      );
      const other = Object.keys(description.purposes).find((id) => id !== purpose);
      // A leak of high risk is another control's to find.
      if (categories.some((id) => description.categories[id]?.risk === "high")) continue;
      if (register !== customers || !verbs.includes("read") || purpose === undefined || !other || needed.length < 2)
        continue;
      const may = [
        { register, verbs, purposes: [purpose], categories: needed.slice(0, 1) },
        { register, verbs, purposes: [other], categories },
      ];
      const changed: Description = { ...description, roles: { ...description.roles, [role]: { ...declared, may } } };
      return { changed, role, purpose, withheld: categories.filter((id) => id !== needed[0]) };
    }
  throw new NothingToProve("no role reads two categories of customers");
}

export const purposeByRole: Probe = async (scene) => {
  const all = given(scene);
  for (const { role, purpose, categories, everListed, listedForPurpose } of all)
    expect(
      categories.every((category) => !everListed.has(category) || listedForPurpose.has(category)),
      `${role} is given for ${purpose} what is listed for another purpose`,
    );
  const { changed, role, purpose, withheld } = narrowed(scene);
  const { as, customers, stage } = scene;
  const decision = decide(changed, { actor: as(role).actor, register: customers, verb: "read", purpose });
  expect(
    decision.outcome === "allowed" && !decision.categories.some((category) => withheld.includes(category)),
    "a role was given for one purpose what it is allowed for another",
  );
  const unknown = stage.gate.read(
    { ...as(role), purpose: "nothing" },
    { register: "customers" },
    async () => undefined,
  );
  await refusalOf(unknown, "a purpose that the description does not know was accepted");
  return `${all.length} pairs of role and purpose keep to the purpose; an unknown purpose refused`;
};

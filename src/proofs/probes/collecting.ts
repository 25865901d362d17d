// What comes in: from declared sources only, an identity code only with its ground, and nothing in the clear.
import { findCustomer } from "../../registers/customers/store.ts";
import { expect, NothingToProve, type Probe, refusalOf } from "../scene.ts";

export const declaredSources: Probe = async ({ description, customers, stage, whoMay }) => {
  const someone = whoMay("collect");
  if (!someone) throw new NothingToProve("nobody may add a customer");
  const collect = (source: string, category: string) =>
    stage.gate.write(
      { ...someone.caller, purpose: undefined },
      { register: "customers", verb: "collect", categories: [category], source },
      async () => undefined,
    );
  const [first = ""] = someone.categories;
  await refusalOf(collect("undeclared", first), "data from a source that is not declared was taken in");

  let refused = 0;
  for (const source of Object.keys(description.sources))
    for (const category of someone.categories) {
      if (description.categories[category]?.givenBy.includes(source)) continue;
      if (!description.registers[customers]?.categories.includes(category)) continue;
      await refusalOf(collect(source, category), `${source} gave ${category}, which it may not give`);
      refused++;
    }
  let kept = 0;
  for (const [source, { purposes }] of Object.entries(description.sources)) {
    if (purposes === undefined) continue;
    for (const purpose of Object.keys(description.purposes).filter((id) => !purposes.includes(id))) {
      const who = whoMay("collect", { purpose });
      const category = who?.categories.find((id) => description.categories[id]?.givenBy.includes(source));
      if (!who || category === undefined) continue;
      const act = { register: "customers", verb: "collect", categories: [category], source } as const;
      await refusalOf(
        stage.gate.write(who.caller, act, async () => undefined),
        `what ${source} brought was taken for another purpose`,
      );
      kept++;
    }
  }
  return `an undeclared source refused, ${refused} categories from sources that may not give them, ${kept} purposes that a source is not for`;
};

export const identityCodeGround: Probe = async ({ description, customers, stage, whoMay }) => {
  const code = description.registers[customers]?.categories.find(
    (id) => description.categories[id]?.type === "personalIdentityCode",
  );
  const grounds = code === undefined ? [] : (description.categories[code]?.grounds ?? []);
  const source = code === undefined ? undefined : description.categories[code]?.givenBy[0];
  if (code === undefined || source === undefined) throw new NothingToProve("customers have no personal identity code");
  const someone = whoMay("collect", {
    categories: [code],
    source,
    ...(grounds[0] ? { identityCodeGround: grounds[0] } : {}),
  });
  if (!someone) throw new NothingToProve("nobody may collect a personal identity code");
  const collect = (identityCodeGround: string | undefined) =>
    stage.gate.write(
      someone.caller,
      { register: "customers", verb: "collect", categories: [code], source, identityCodeGround },
      async () => undefined,
    );
  await refusalOf(collect(undefined), "a personal identity code was taken without a ground");
  await refusalOf(collect("because"), "a personal identity code was taken on a ground the law does not know");
  return `a code without a ground refused; ${grounds.length} grounds of section 29 are declared`;
};

export const sealedValues: Probe = async ({ stage, person }) => {
  const { id, name, who } = await person();
  const bytes = Buffer.from(name).toString("hex");
  const tables = ["customer", "customer_value", "customer_search", "customer_event"] as const;
  let looked = 0;
  for (const table of tables) {
    const text = await stage.rawText(table, id);
    expect(text.length > 0, `${table} holds nothing of the person`);
    expect(!text.includes(name) && !text.includes(bytes), `${table} holds the name in the clear`);
    looked += text.length;
  }
  const card = await stage.gate.read(who.caller, { register: "customers", subject: id }, findCustomer);
  expect(card.name === name, "what was sealed did not open");
  return `a made-up name is in none of ${looked} characters of ${tables.length} tables, and opens for who may read it`;
};

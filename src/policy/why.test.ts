// Every act of the three examples, as every role: what `whyNot` says must be what `decide` does. The roles it names may indeed and the others may not, and
// mended at the place it names the act is allowed, so that place is where the description says so.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { parse } from "../description/parse.ts";
import type { Description } from "../description/schema.ts";
import { Keep, RegisterKind, RightKind, Verb } from "../description/terms.ts";
import { describe, exampleText } from "../test/descriptions.ts";
import { type Actor, decide, decideFlow, decideKeeping, decideRight, flowBetween, registerOfKind } from "./decide.ts";
import { closedCategories, deciderOf, type Question, unless, type WhyNot, whyNot } from "./why.ts";

const actorIn = (...roles: string[]): Actor => ({ kind: "staff", id: "somebody", roles });

/** Asked of the policy by itself, without `whyNot`. */
function may(description: Description, role: string, asked: Question, purpose?: string): boolean {
  const actor = actorIn(role);
  if ("keeps" in asked) return decideKeeping(description, actor, asked.keeps, asked.verb).outcome === "allowed";
  if ("right" in asked) {
    const [register = ""] = Object.keys(description.registers);
    return decideRight(description, { actor, register, right: asked.right, verb: "change" }).outcome === "allowed";
  }
  if ("flow" in asked) {
    const flow = flowBetween(description, asked.flow.from, asked.flow.to);
    return flow !== undefined && decideFlow(description, flow, { actor }).outcome === "allowed";
  }
  const { verb, category } = asked;
  const register = registerOfKind(description, asked.register) ?? "";
  return [undefined, "credit", "collection"].some((identityCodeGround) => {
    const act = { actor, verb, register, purpose, identityCodeGround };
    return decide(description, category === undefined ? act : { ...act, categories: [category] }).outcome === "allowed";
  });
}

function everyQuestion(description: Description): Question[] {
  const acts = RegisterKind.options.flatMap((register) =>
    Verb.options.flatMap((verb): Question[] => {
      const id = registerOfKind(description, register);
      const categories = (id === undefined ? undefined : description.registers[id]?.categories) ?? [];
      return [{ verb, register }, ...categories.map((category) => ({ verb, register, category }))];
    }),
  );
  const flows = RegisterKind.options.flatMap((from) =>
    RegisterKind.options.map((to): Question => ({ flow: { from, to } })),
  );
  const rights = RightKind.options.map((right): Question => ({ right }));
  const keepings = Keep.options.flatMap((keeps): Question[] => [
    { keeps, verb: "read" },
    { keeps, verb: "change" },
  ]);
  return [...acts, ...flows, ...rights, ...keepings];
}

/** The description changed at the place that a refusal names, and nowhere else. */
function mended(description: Description, role: string, asked: Question, { place, reason }: WhyNot): Description {
  const made = structuredClone(description);
  const [area = "", id = "", , n = ""] = place.split(".");
  const own = made.roles[role];
  assert.ok(own);
  const purposes = Object.keys(made.purposes);
  if (area === "categories") made.categories[id] = { ...required(made.categories[id]), purposes };
  else if (area === "flows") made.flows[id] = { ...required(made.flows[id]), by: [role] };
  else if (area === "rights" && "right" in asked) own.rights = [...own.rights, asked.right];
  else {
    assert.equal(area, "roles", place);
    assert.equal(id, role, place);
    if ("keeps" in asked) own.keeps = [...own.keeps, asked.keeps];
    if (!("register" in asked)) return made;
    const register = required(registerOfKind(made, asked.register));
    const { categories } = required(made.registers[register]);
    if (reason === "noRole") own.may.push({ register, verbs: [asked.verb], purposes, categories });
    else own.may[Number(n)] = { ...required(own.may[Number(n)]), purposes, categories };
  }
  return made;
}

function required<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

for (const name of ["walttia", "pyorapaja", "valokuvaamo"] as const) {
  suite(name, async () => {
    const { description } = await describe(name);
    const parsed = parse(await exampleText(name));
    const roles = Object.keys(description.roles);
    const questions = everyQuestion(description);
    const purposes = [undefined, ...Object.keys(description.purposes)];
    const refused = roles.flatMap((role) =>
      purposes.flatMap((purpose) =>
        questions.flatMap((asked) => {
          const why = whyNot(description, actorIn(role), asked, purpose);
          return why === null ? [] : [{ role, purpose, asked, why }];
        }),
      ),
    );

    test("it explains what the policy refuses, and nothing else", () => {
      assert.ok(refused.length > 500, `only ${refused.length} refusals`);
      const open = roles.flatMap((role) =>
        purposes.flatMap((purpose) => questions.filter((asked) => may(description, role, asked, purpose))),
      );
      assert.ok(open.length > 100, `only ${open.length} allowed`);
      assert.equal(refused.length + open.length, roles.length * purposes.length * questions.length);
      for (const { role, purpose, asked } of refused)
        assert.equal(may(description, role, asked, purpose), false, JSON.stringify({ role, purpose, asked }));
    });

    test("a role that it names may, and where it names some the others may not", () => {
      let named = 0;
      for (const { role, purpose, asked, why } of refused) {
        const about = JSON.stringify({ role, purpose, asked, why });
        const forAny = (one: string) => purposes.some((other) => may(description, one, asked, other));
        for (const one of why.roles) {
          assert.ok(may(description, one, asked, purpose) || forAny(one), about);
          named++;
        }
        if (why.roles.length > 0 && why.roles.every((one) => may(description, one, asked, purpose)))
          for (const one of roles) assert.equal(may(description, one, asked, purpose), why.roles.includes(one), about);
        if (why.roles.length === 0) assert.ok(!roles.some(forAny), about);
      }
      assert.ok(named > 500, `only ${named} named`);
    });

    test("a purpose that it names opens the act", () => {
      let named = 0;
      for (const { role, asked, why } of refused)
        for (const purpose of why.purposes) {
          assert.ok(may(description, role, asked, purpose));
          named++;
        }
      assert.ok(named > 20, `only ${named} purposes`);
    });

    test("the place is where the description says so: mended there, the act is allowed", () => {
      let seen = 0;
      const some = new Set(purposes.slice(0, 4));
      for (const { role, purpose, asked, why } of refused) {
        if (!some.has(purpose)) continue;
        if (why.reason === "notUsed") {
          assert.ok(!roles.some((one) => may(description, one, asked)), JSON.stringify(asked));
          continue;
        }
        let now = description;
        let left: WhyNot | null = why;
        // One thing may stand behind another: a role that may not, and a category that the purpose does not need.
        for (let n = 0; n < 4 && left !== null; n++) {
          now = mended(now, role, asked, left);
          left = whyNot(now, actorIn(role), asked, purpose);
        }
        assert.ok(left === null && may(now, role, asked, purpose), JSON.stringify({ role, purpose, asked, why, left }));
        seen++;
      }
      assert.ok(seen > 300, `only ${seen} mended`);
    });

    test("every place is an element of the text", () => {
      assert.ok(parsed.description);
      const places = new Set(refused.map(({ why }) => why.place));
      for (const place of places) {
        const steps = place.split(".");
        const there = steps.reduce<unknown>((node, step) => Object(node)[step], description);
        assert.ok(there !== undefined, place);
        assert.ok(parsed.placeOf(place).line > 1, place);
      }
      assert.ok(places.size >= 5, [...places].join(" "));
    });
  });
}

suite("who decides", async () => {
  const { description } = await describe("walttia");

  test("each refusal has one", () => {
    assert.equal(deciderOf("noRole", "roles.sales"), "role");
    assert.equal(deciderOf("categoryNotAllowed", "roles.sales.may.0"), "role");
    assert.equal(deciderOf("categoryNotAllowed", "categories.phone.purposes"), "description");
    assert.equal(deciderOf("identityCodeGround", "categories.personalIdentityCode.grounds"), "law");
    assert.equal(deciderOf("channelRisk", "flows.mail.channel"), "safetyLimit");
    assert.equal(deciderOf("notUsed", "flows"), "description");
    for (const reason of ["purposeNotHeld", "flowNotByRole", "rightNotByRole", "keepingNotByRole"])
      assert.equal(deciderOf(reason, "roles.sales"), "role");
  });

  test("a category that the purpose does not need is the description's, not the role's", () => {
    const changed = structuredClone(description);
    for (const permission of required(changed.roles.sales).may)
      if (permission.purposes.includes("offers")) permission.categories = ["name", "billingAddress"];
    const why = whyNot(
      changed,
      actorIn("sales"),
      { verb: "read", register: "customers", category: "billingAddress" },
      "offers",
    );
    assert.deepEqual([why?.place, why?.decider], ["categories.billingAddress.purposes", "description"]);
    assert.deepEqual(why?.purposes, ["customerCare"]);
  });

  test("a ground that no category knows is the law's", () => {
    const changed = structuredClone(description);
    delete required(changed.categories.personalIdentityCode).grounds;
    const asked = { verb: "collect", register: "customers", category: "personalIdentityCode" } as const;
    assert.equal(whyNot(changed, actorIn("administration"), asked)?.decider, "law");
    assert.equal(whyNot(description, actorIn("administration"), asked), null);
  });

  test("the person's own decisions are told as conditions, with the roles that still find everybody", () => {
    const conditions = unless(description, actorIn("marketing"), { verb: "read", register: "customers" });
    assert.deepEqual(
      conditions.map(({ kind, decider, place, roles }) => [kind, decider, place, roles]),
      [
        ["notRestricted", "person", "rights.restriction", ["administration", "responsiblePerson"]],
        [
          "consented",
          "person",
          "purposes.directMarketing.ground",
          ["administration", "sales", "invoicing", "responsiblePerson"],
        ],
        ["notObjected", "person", "rights.objection", ["administration", "sales", "invoicing", "responsiblePerson"]],
      ],
    );
    assert.deepEqual(unless(description, actorIn("accountant"), { verb: "read", register: "customers" }), []);
  });

  test("what is closed of a register that is open, each with its reason", () => {
    const closed = closedCategories(description, actorIn("sales"), { verb: "read", register: "customers" });
    assert.deepEqual(
      closed.map(({ category, why }) => [category, why.reason, why.decider, why.roles]),
      [["personalIdentityCode", "categoryNotAllowed", "role", ["administration"]]],
    );
    assert.deepEqual(closedCategories(description, actorIn("accountant"), { verb: "read", register: "customers" }), []);
    assert.deepEqual(closedCategories(description, actorIn("sales"), { right: "access" }), []);
  });

  test("nobody signed in, a description without the right, and a register that is not there", () => {
    assert.equal(whyNot(description, actorIn(), { keeps: "audit", verb: "read" })?.place, "roles");
    const { access: _, ...rights } = description.rights;
    const without = { ...description, rights };
    assert.deepEqual(whyNot(without, actorIn("sales"), { right: "access" }), {
      reason: "notUsed",
      decider: "description",
      place: "rights",
      roles: [],
      purposes: [],
    });
    const { invoices: __, ...registers } = description.registers;
    assert.equal(
      whyNot({ ...description, registers }, actorIn("sales"), { verb: "read", register: "invoices" })?.place,
      "registers",
    );
    const { restriction: ___, objection: ____, ...fewer } = description.rights;
    assert.deepEqual(
      unless({ ...description, rights: fewer }, actorIn("marketing"), { verb: "read", register: "customers" }).map(
        ({ place }) => place,
      ),
      ["rights", "purposes.directMarketing.ground", "rights"],
    );
  });
});

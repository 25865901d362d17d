import assert from "node:assert/strict";
import { test } from "node:test";
import { makeWords } from "./words.ts";

const t = makeWords(
  {
    plain: "Asiakas",
    named: "Hei {name}",
    counted: "{count, plural, one {# rivi} other {# riviä}}",
    chosen: "{kind, select, business {yritys} other {kuluttaja}}",
    marked: "a <b>bold</b> word",
  },
  "fi",
);

test("sentences are filled, counted and chosen", () => {
  assert.equal(t("plain"), "Asiakas");
  assert.equal(t("named", { name: "Piia" }), "Hei Piia");
  assert.equal(t("counted", { count: 1 }), "1 rivi");
  assert.equal(t("counted", { count: 12345 }), "12\u00a0345 riviä");
  assert.equal(t("counted", { count: 2 }), "2 riviä");
  assert.equal(t("chosen", { kind: "business" }), "yritys");
  assert.equal(t("marked"), "a <b>bold</b> word");
});

test("a missing sentence or value stops instead of leaving a blank", () => {
  assert.throws(() => t("missing"), /missing/);
  assert.throws(() => t("toString"), /toString/);
  assert.throws(() => t("named"));
  assert.throws(() => makeWords({ broken: "{count, plural" }, "fi")("broken"));
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { compare, dangers } from "./compare.ts";
import { parse } from "./parse.ts";

const text = readFileSync(join(import.meta.dirname, "../../descriptions/walttia.yaml"), "utf8");
const changes = (find: string | RegExp, replace: string) => {
  assert.match(text, typeof find === "string" ? new RegExp(find.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")) : find);
  const before = parse(text).description;
  const after = parse(text.replace(find, replace)).description;
  assert.ok(before && after);
  return compare(before, after);
};

test("the same text, and other words for people, change nothing", () => {
  assert.deepEqual(changes("Laskutusohjelma", "Laskuri"), []);
});

test("a shorter retention endangers, a longer one does not", () => {
  const [shorter] = changes("period: P24M", "period: P12M");
  assert.deepEqual(
    [shorter?.code, shorter?.path, shorter?.endangers],
    ["retentionShorter", "retention.customerMessages", true],
  );
  const longer = changes("period: P24M", "period: P3Y");
  assert.ok(longer.length > 0 && longer.every((change) => change.code === "retentionLonger"));
  assert.deepEqual(dangers(longer), []);
});

test("another starting day is asked about", () => {
  assert.ok(dangers(changes("from: raffleDraw", "from: collected")).length > 0);
});

test("a register, or a category of one, that goes away endangers", () => {
  const gone = changes(/^ {2}raffleEntries:\n(?: {4}.*\n| {6}.*\n)+/m, "");
  assert.ok(
    dangers(gone).some((change) => change.code === "registerGone" && change.path === "registers.raffleEntries"),
  );
  const less = changes(
    "categories: [name, email, messages, businessMessages]\n  raffleEntries",
    "categories: [name, email, messages]\n  raffleEntries",
  );
  assert.deepEqual(
    dangers(less).map((change) => [change.code, change.facts.category]),
    [["categoryGone", "businessMessages"]],
  );
});

test("a role gains and loses single powers", () => {
  const found = changes(
    /(verbs: \[collect, read\]\n {8}purposes: \[directMarketing\]\n {8}categories: )\[name, email\]/,
    "$1[name, phone]",
  );
  assert.deepEqual(found.map((change) => [change.code, change.facts.power]).sort(), [
    ["roleGains", "collect customers.phone directMarketing"],
    ["roleGains", "read customers.phone directMarketing"],
    ["roleLoses", "collect customers.email directMarketing"],
    ["roleLoses", "read customers.email directMarketing"],
  ]);
  assert.deepEqual(dangers(found), []);
});

test("words of a consent that somebody may have given are not rewritten under the same version", () => {
  const found = dangers(
    changes("Walttia Oy saa lähettää minulle uutisia", "Walttia Oy saa lähettää minulle mainoksia"),
  );
  assert.deepEqual(
    found.map((change) => change.code),
    ["consentWording"],
  );
});

test("a flow that carries something else is told", () => {
  assert.deepEqual(
    changes("by: [marketing]", "by: [marketing, sales]").map((change) => change.code),
    ["flowChanged"],
  );
});

test("a role that looks after, inspects or carries out something more or less is told", () => {
  const found = changes(
    "keeps: [description, accounts, audit, retention, proofs, backups, keys]",
    "keeps: [description, accounts, retention, proofs, backups, keys]\n    inspects: [audit]",
  );
  assert.deepEqual(found.map((change) => [change.code, change.path, change.facts.power]).sort(), [
    ["roleGains", "roles.responsiblePerson", "inspects audit"],
    ["roleLoses", "roles.responsiblePerson", "keeps audit"],
  ]);
  const rights = changes(
    /portability, objection, withdrawal, complaint\]\n {4}keeps/,
    "portability, objection, withdrawal]\n    keeps",
  );
  assert.deepEqual(
    rights.map((change) => [change.code, change.facts.power]),
    [["roleLoses", "rights complaint"]],
  );
});

test("a role that asks for two factors, or no longer asks, is told, and the same said aloud is no change", () => {
  const [label, told] = ["    label: { fi: Hallinto", "    signIn: twoFactors\n    label: { fi: Hallinto"];
  const [found, ...more] = changes(label, told);
  assert.deepEqual(more, []);
  assert.deepEqual(found, {
    code: "roleSignIn",
    path: "roles.administration.signIn",
    facts: { role: "administration", before: "anyWay", after: "twoFactors" },
    endangers: false,
  });
  assert.deepEqual(changes(label, told.replace("twoFactors", "anyWay")), []);
});

test("requests kept for a shorter time endanger what proves that people were answered; for longer, or for good, they do not", () => {
  const kept = /(system: erp\n {2}kept:\n {4}period: )P3Y/;
  const of = (period: string) =>
    changes(kept, `$1${period}`).map(({ code, path, facts, endangers }) => [
      code,
      path,
      facts.before,
      facts.after,
      endangers,
    ]);
  assert.deepEqual(of("P1Y"), [["requestsKept", "requests.kept.period", "P3Y", "P1Y", true]]);
  assert.deepEqual(of("P5Y"), [["requestsKept", "requests.kept.period", "P3Y", "P5Y", false]]);
  assert.deepEqual(of("unknown"), [["requestsKept", "requests.kept.period", "P3Y", "none", false]]);
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Problem } from "../values/problem.ts";
import { expectHelper, type HelperRefusal, helperFor } from "./helperFor.ts";
import { parse } from "./parse.ts";
import type { HelperService } from "./terms.ts";

const text = readFileSync(new URL("../../descriptions/walttia.yaml", import.meta.url), "utf8");
const read = (yaml: string) => {
  const { description } = parse(yaml);
  assert.ok(description);
  return description;
};
const relayAt = (location: string) =>
  read(text.replace(/(serves: \[relay\]\n.*\n.*\n {4}location: )\{ area: EEA \}/, `$1${location}`));

test("a helper is used only as the description declares it", () => {
  const walttia = read(text);
  const withoutAgreement = read(
    text.replace(/(agreement: )unknown(\n {4}scope: \{ fi: Sähköpostipalvelin)/, "$1none$2"),
  );
  const safe = relayAt("{ country: US }\n    safeguard: { fi: a, sv: a, en: a }");
  const cases: [typeof walttia, string, HelperService, "ok" | HelperRefusal][] = [
    [walttia, "backupDisk", "backup", "ok"],
    [walttia, "anchorStick", "anchor", "ok"],
    [walttia, "noticeRelay", "relay", "ok"],
    [walttia, "nowhere", "backup", "helperUndeclared"],
    [walttia, "", "backup", "helperUnnamed"],
    [walttia, "constructor", "backup", "helperUndeclared"],
    [walttia, "mailbox", "relay", "helperNotForService"],
    [walttia, "backupDisk", "relay", "helperNotForService"],
    [relayAt("unknown"), "noticeRelay", "relay", "helperUnplaced"],
    [withoutAgreement, "noticeRelay", "relay", "helperWithoutAgreement"],
    [relayAt("{ country: US }"), "noticeRelay", "relay", "helperOutside"],
    [safe, "noticeRelay", "relay", "ok"],
  ];
  for (const [description, system, service, answer] of cases)
    assert.equal(helperFor(description, system, service), answer, `${system} ${service}`);
});

test("the start's refusal names the setting and the system", () => {
  assert.throws(
    () => expectHelper(read(text), "mailbox", "relay"),
    (error) => {
      assert.ok(error instanceof Problem);
      assert.deepEqual(error.facts, {
        name: "MAIL_SYSTEM",
        system: "mailbox",
        service: "relay",
        fitting: "noticeRelay",
      });
      return error.code === "helperNotForService";
    },
  );
  assert.doesNotThrow(() => expectHelper(read(text), "backupDisk", "backup"));
});

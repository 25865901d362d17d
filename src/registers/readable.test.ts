import assert from "node:assert/strict";
import { test } from "node:test";
import { readable } from "./readable.ts";

test("an address is a line, everything else is itself", () => {
  const address = { street: "Laskukatu 7", postalCode: "90100", town: "Oulu", country: "FI" };
  assert.equal(readable(JSON.stringify(address)), "Laskukatu 7, 90100 Oulu");
  assert.equal(readable(JSON.stringify({ ...address, country: "SE" })), "Laskukatu 7, 90100 Oulu, SE");
  for (const plain of ["Tuulikki", "{not json", "", "{}x"]) assert.equal(readable(plain), plain);
});

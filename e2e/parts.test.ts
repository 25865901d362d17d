// The page of all parts: in a development build it stands for every part in every state, in a production build it is not.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, suite, test } from "node:test";
import { build } from "vite";
import { open, skipped, WEB } from "./browser.ts";
import { company } from "./company.ts";
import { axeFaults, formFaults } from "./look.ts";

const MARK = "Every part of src/web/ui";

const textsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(js|css|html)$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));

async function developmentBuild(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "tietovirta-parts-"));
  after(() => rmSync(outDir, { recursive: true }));
  process.env.NODE_ENV = "development";
  await build({ mode: "development", logLevel: "error", build: { outDir, minify: false } });
  return outDir;
}

suite("the page of all parts", { skip: skipped }, async () => {
  if (skipped) return;
  const web = await developmentBuild();
  const { address, session } = await company({ proven: false, web });

  const { page: first } = await open({ session });
  await first.goto(`${address}/dev/parts`);

  test("is in no production build", () => {
    assert.ok(
      textsIn(web).some((text) => text.includes(MARK)),
      "not in the development build either",
    );
    const built = textsIn(WEB);
    assert.ok(built.length > 40, "found too few files");
    for (const text of built)
      assert.ok(!text.includes(MARK) && !text.includes("dev/parts") && !text.includes("specimen"));
  });

  for (const look of [
    { size: "phone", colorScheme: "dark" },
    { contrast: "more" },
    { colorScheme: "dark", contrast: "more" },
    { forcedColors: "active" },
    { forcedColors: "active", colorScheme: "dark" },
  ] as const) {
    test(`has every part without a fault: ${JSON.stringify(look)}`, async () => {
      const { page, faults } = await open({ ...look, session });
      await page.goto(`${address}/dev/parts`);
      await page.getByRole("heading", { name: "Parts", level: 1 }).waitFor();
      await page.locator("[data-specimen='Asked, refused'] [role=alert]").first().waitFor();
      // Fewer would mean that the page was not looked at.
      await page.waitForFunction(() => document.querySelectorAll("[data-specimen]").length > 40);
      assert.deepEqual([...(await axeFaults(page)), ...(await formFaults(page, "fi")), ...faults], []);
      if (process.env.PICTURES)
        await page.screenshot({
          path: `${process.env.PICTURES}/parts-${Object.values(look).join("-")}.png`,
          fullPage: true,
        });
    });
  }

  test("dialogs open in every state, and the page itself is without a fault", async () => {
    assert.deepEqual([...(await axeFaults(first)), ...(await formFaults(first, "fi"))], []);
    for (const name of ["many", "asks", "asks why", "danger, failed", "busy"]) {
      await first.getByRole("button", { name, exact: true }).first().click();
      await first.getByRole("dialog", { name }).waitFor();
      assert.deepEqual(await axeFaults(first), []);
      await first.keyboard.press("Escape");
      await first.getByRole("dialog", { name }).waitFor({ state: "hidden" });
    }
  });
});

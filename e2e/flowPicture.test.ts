// The drawing in a browser's own fonts: no word runs out of its box, and on an A4 sheet it is one page that can be read.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { parse } from "../src/description/parse.ts";
import { forPaper } from "../src/documents/flowPicture/palette.ts";
import { drawnPicture } from "../src/documents/flowPicture/picture.ts";
import { write } from "../src/documents/flowPicture/tree.ts";
import { parseDay } from "../src/values/Day.ts";
import { languages } from "../src/values/Language.ts";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";
import { settle } from "./look.ts";

const companies = ["walttia", "pyorapaja", "valokuvaamo"] as const;
const inUse = { registers: ["customers", "invoices"], channels: ["internal"] } as const;

async function drawn(
  name: string,
  language: (typeof languages)[number],
  orientation: "wide" | "tall",
): Promise<string> {
  const { description } = parse(readFileSync(new URL(`../descriptions/${name}.yaml`, import.meta.url), "utf8"));
  assert.ok(description, name);
  const period = { from: parseDay("2026-01-01"), to: parseDay("2026-12-31"), since: null, counted: [] };
  const asked = { inUse, language, orientation, palette: forPaper, period, id: "p" };
  return write((await drawnPicture(description, asked)).drawing);
}

suite("the flow picture in a browser", { skip: skipped }, () => {
  test("every word is inside its box", async () => {
    const { page } = await open();
    let words = 0;
    for (const name of companies)
      for (const language of languages)
        for (const orientation of ["wide", "tall"] as const) {
          await page.setContent(`<body style="margin:0">${await drawn(name, language, orientation)}</body>`);
          const seen = await page.evaluate(() => {
            const faults: string[] = [];
            let all = 0;
            for (const part of document.querySelectorAll("[data-part]")) {
              const box = part.querySelector(":scope > rect")?.getBoundingClientRect();
              if (!box) continue;
              for (const text of part.querySelectorAll(":scope > text")) {
                all++;
                const { left, right, top, bottom } = text.getBoundingClientRect();
                if (left < box.left || right > box.right || top < box.top - 2 || bottom > box.bottom + 3)
                  faults.push(`${part.getAttribute("data-part")}: ${text.textContent}`);
              }
            }
            return { faults, all };
          });
          words += seen.all;
          assert.deepEqual(seen.faults, [], `${name} ${language} ${orientation}`);
        }
    assert.ok(words > 500, "found too few words for this test to mean anything");
  });

  test("on A4 its words are at least six and a half points high", async () => {
    const { page } = await open();
    // A landscape sheet without its margins, and what the printed description leaves for the drawing (documents/style.ts).
    const [width, height] = [273, 150].map((mm) => (mm * 96) / 25.4);
    for (const name of companies) {
      await page.setContent(await drawn(name, "fi", "wide"));
      const box = (await page.locator("svg").getAttribute("viewBox"))?.split(" ").map(Number);
      const scale = Math.min((width ?? 0) / (box?.[2] ?? 1), (height ?? 0) / (box?.[3] ?? 1));
      assert.ok(13 * scale * 0.75 >= 6.5, `${name}: ${(13 * scale * 0.75).toFixed(1)} pt`);
    }
  });

  test("from a number to its events and to why, by the keyboard alone; on one sheet", async () => {
    const { address, session } = await company({ proven: false });
    const { page, faults } = await open({ session });
    await page.goto(`${address}/flows`);
    await settle(page);
    const sheets = async () =>
      (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type \/Page\b/g);
    assert.equal((await sheets())?.length, 1);

    // In the order in which the picture is read, until the flow is reached.
    const reached: string[] = [];
    await page.locator("[data-part]").first().focus();
    const here = () => page.evaluate(() => document.activeElement?.getAttribute("data-part") ?? "");
    for (let part = await here(); part !== "flows.erpToInvoicing" && reached.length < 60; part = await here()) {
      reached.push(part);
      await page.keyboard.press("Tab");
    }
    assert.ok(reached.length > 5 && reached.every((part) => part !== ""), reached.join(" "));
    await page.keyboard.press("Enter");
    const about = page.getByRole("region", { name: "Toiminnanohjausjärjestelmästä laskutukseen" });
    await about.getByText("4 kertaa, estetty kerran").waitFor();
    await about.getByText(/^walttia\.yaml:\d+ flows\.erpToInvoicing$/).waitFor();
    await about.getByRole("link", { name: "Miksi estettiin (1)" }).press("Enter");
    await page.waitForURL(/\/evidence\?.*decision=%?2?2?refused/);
    await settle(page);
    const rows = page.getByRole("table").locator("tbody tr");
    await rows.first().waitFor();
    assert.equal(await rows.count(), 1);
    await rows.getByText("flows.erpToInvoicing.by").waitFor();
    assert.deepEqual(faults, []);
  });
});

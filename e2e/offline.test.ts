// A server that goes away in the middle of a form: it is said at once, nothing typed is lost, and the page goes on by itself.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { Page } from "playwright-core";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";
import { axeFaults, settle } from "./look.ts";

const LOST = "Palvelimeen ei saada yhteyttä";
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name, level: 1 }).waitFor();
const banner = (page: Page) => page.getByRole("status").getByText(LOST);

suite("text that is not saved", { skip: skipped }, async () => {
  if (skipped) return;
  const { address, session } = await company({ proven: false });

  const newCustomer = async (look: Parameters<typeof open>[0], name: string) => {
    const opened = await open({ ...look, session });
    await opened.page.goto(`${address}/customers/new`, { waitUntil: "networkidle" });
    await settle(opened.page);
    await opened.page.getByLabel("Nimi").fill(name);
    return opened;
  };

  test("outlives a network that goes, and is saved when it is back", async () => {
    const { page } = await newCustomer({ size: "phone" }, "Verkko Katkolampi");
    await page.context().setOffline(true);
    await banner(page).waitFor();
    await page.getByLabel("Puhelin").fill("050 000 4321");
    await page.getByRole("button", { name: "Lisää asiakas" }).click();
    await page.getByRole("alert").getByText("Kirjoittamasi on tallessa").waitFor();
    assert.deepEqual(await axeFaults(page), []);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    const box = await banner(page).boundingBox();
    assert.ok(box && box.y >= 0 && box.y < 740, "the banner is out of sight");
    await page.context().setOffline(false);
    await banner(page).waitFor({ state: "detached" });
    assert.equal(await page.getByLabel("Nimi").inputValue(), "Verkko Katkolampi");
    await page.getByRole("button", { name: "Lisää asiakas" }).click();
    // Saved text is not asked about.
    await heading(page, "Verkko Katkolampi");
    await page.getByText("+358 50 000 4321").waitFor();
  });

  test("outlives a server that does not answer, which is said at the first call and mended by itself", async () => {
    const { page } = await newCustomer({}, "Palvelin Poissula");
    await page.route("**/api/**", (route) => route.abort());
    await page.getByRole("button", { name: "Lisää asiakas" }).click();
    await banner(page).waitFor();
    await page.waitForTimeout(4000);
    assert.equal(await banner(page).count(), 1, "it stays as long as the server is away");
    await page.unroute("**/api/**");
    await banner(page).waitFor({ state: "detached" });
    await page.keyboard.press("Control+Enter");
    await heading(page, "Palvelin Poissula");
  });

  test("is asked about before another page, a reload and going back", async () => {
    const { page, faults } = await newCustomer({}, "Kesken Jäänyt");
    const question = page.getByRole("dialog", { name: "Poistutaanko tallentamatta?" });
    await page.getByRole("link", { name: "Laskut" }).click();
    await question.waitFor();
    assert.deepEqual(await axeFaults(page), []);
    await question.getByRole("button", { name: "Peruuta" }).click();
    await question.waitFor({ state: "hidden" });
    assert.equal(await page.getByLabel("Nimi").inputValue(), "Kesken Jäänyt");

    const asked = new Promise<string>((done) => {
      page.once("dialog", (dialog) => {
        done(dialog.type());
        void dialog.dismiss();
      });
    });
    void page.reload().catch(() => undefined);
    assert.equal(await asked, "beforeunload");
    assert.equal(await page.getByLabel("Nimi").inputValue(), "Kesken Jäänyt");

    await page.getByRole("link", { name: "Laskut" }).click();
    await question.getByRole("button", { name: "Poistu tallentamatta" }).click();
    await heading(page, "Laskut");
    // What was emptied again, or only searched for, is not text to lose.
    await page.goto(`${address}/customers`, { waitUntil: "networkidle" });
    await page.getByRole("searchbox").fill("maija");
    await page.getByRole("link", { name: "Laskut" }).click();
    await heading(page, "Laskut");
    assert.deepEqual(faults, []);
  });
});

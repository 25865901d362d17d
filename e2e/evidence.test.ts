// What the pages give away is taken by the verifier that knows nothing of the program.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { open, skipped } from "./browser.ts";
import { company } from "./company.ts";
import { settle } from "./look.ts";

const verifier = fileURLToPath(new URL("../scripts/verify.mjs", import.meta.url));

test("the log, a proof and a certificate from the pages fit without the program", { skip: skipped }, async () => {
  const { address, session, ids } = await company({ proven: false });
  const { page, faults } = await open({ session });
  const folder = mkdtempSync(join(tmpdir(), "tietovirta-evidence-"));
  const verify = (...args: string[]) =>
    spawnSync(process.execPath, [verifier, ...args], { cwd: folder, encoding: "utf8" });
  const fits = (...args: string[]) => {
    const { status, stdout, stderr } = verify(...args);
    assert.equal(status, 0, stdout + stderr);
  };
  const visit = async (path: string) => {
    await page.goto(`${address}${path}`);
    await settle(page);
  };
  try {
    // Seen once before the first checkpoint, so that the certificate is in it.
    await visit("/certificates");
    await visit("/evidence/log");
    await page.getByRole("button", { name: "Tarkista nyt" }).click();
    await page.getByText(/^Loki on ehjä: /).waitFor();
    await page.getByText("Vie loki tarkistettavaksi").waitFor();
    for (const role of ["link Merkinnät", "link Tarkistuspisteet", "button Lokin avain"])
      await take(page, folder, role);
    fits(".", "--key", "key.txt");

    await visit(`/evidence/${ids.event}`);
    await page.getByText("Rooli ei saa tehdä tätä siirtoa.").waitFor();
    await take(page, folder, "button Lataa todiste");
    fits("--proof", "proof.json", "--key", "key.txt");

    await visit(`/certificates?subject=${ids.locked}`);
    await page.getByText("Allekirjoitettu", { exact: true }).waitFor();
    await take(page, folder, "link JSON");
    fits("--certificate", "certificate.json", "--key", "key.txt");

    const certificate = join(folder, "certificate.json");
    writeFileSync(certificate, readFileSync(certificate, "utf8").replace(ids.locked, ids.person));
    assert.equal(verify("--certificate", "certificate.json", "--key", "key.txt").status, 1, "one about somebody else");
    assert.deepEqual(faults, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** "link Merkinnät": presses what is named and keeps the file under the name that the page gives it. */
async function take(page: Page, folder: string, what: string): Promise<void> {
  const [role, ...name] = what.split(" ");
  const button = page.getByRole(role === "link" ? "link" : "button", { name: name.join(" "), exact: true });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  await download.saveAs(join(folder, download.suggestedFilename()));
}

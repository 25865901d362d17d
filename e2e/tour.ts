// Every page of the staff's web and the states of note on them, in the order in which they can be looked at without changing anything.
import type { Page } from "playwright-core";
import type { Company } from "./company.ts";

export type Stop = {
  name: string;
  path: string;
  /** Brings the page into the state, by Finnish names; a stop without it can be visited in any language. */
  act?: (page: Page) => Promise<unknown>;
  /** Takes back what would follow the page to the next stop. */
  after?: (page: Page) => Promise<unknown>;
};

const LOST = "Palvelimeen ei saada yhteyttä";
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first();
const dialog = (page: Page) => page.getByRole("dialog").getByRole("button", { name: "Peruuta" }).waitFor();

export function tour({ ids, welcome }: Company): Stop[] {
  const customer = `/customers/${ids.person}`;
  const request = `/requests/${ids.person}`;
  return [
    { name: "home", path: "/" },
    { name: "customers", path: "/customers" },
    { name: "customers by name", path: "/customers?order=name&letter=K" },
    { name: "customers found", path: "/customers", act: (page) => search(page, "mai") },
    { name: "customers not found", path: "/customers", act: (page) => search(page, "qqqqq") },
    { name: "new customer", path: "/customers/new" },
    {
      name: "new customer, everything open, with a duplicate",
      path: "/customers/new",
      act: async (page) => {
        await button(page, "Osoitteet ja muut tiedot").click();
        await page.getByLabel("Nimi").fill("Maija Esimerkki");
        await page.getByText("Onko asiakas jo rekisterissä?").waitFor();
        await page.getByLabel("Nimi").fill("");
        await button(page, "Lisää asiakas").click();
      },
    },
    { name: "person", path: customer },
    {
      name: "origin of a value",
      path: customer,
      act: async (page) => {
        await button(page, "maija@example.fi").click();
        await page.getByText("Alkuperä: Sähköposti").waitFor();
      },
    },
    { name: "a value edited", path: customer, act: (page) => button(page, /^Muokkaa: Laskutusosoite/).click() },
    {
      name: "identity code asked for",
      path: customer,
      act: async (page) => {
        await button(page, "Näytä tunnus").click();
        await dialog(page);
        await page.getByRole("dialog").getByRole("button", { name: "Näytä tunnus" }).click();
      },
    },
    {
      name: "who has looked",
      path: customer,
      act: async (page) => {
        await button(page, "Näytä katselut").click();
        await page.getByRole("table", { name: "Kuka on katsonut" }).waitFor();
      },
    },
    {
      name: "a consent told",
      path: customer,
      act: async (page) => {
        await button(page, "Kirjaa suostumus").click();
        await dialog(page);
      },
    },
    {
      name: "a consent objected to",
      path: customer,
      act: async (page) => {
        await button(page, /^Kirjaa vastustus/).click();
        await dialog(page);
      },
    },
    { name: "organisation", path: `/customers/${ids.organisation}` },
    {
      name: "a contact person written",
      path: `/customers/${ids.organisation}`,
      act: (page) => button(page, "Lisää yhteyshenkilö").click(),
    },
    { name: "contact person", path: `/customers/${ids.contactPerson}` },
    { name: "nobody", path: "/customers/0190a0b0-0000-7000-8000-000000000000" },
    { name: "orders", path: "/orders" },
    { name: "saved views", path: "/orders", act: (page) => button(page, "Omat näkymät").click() },
    {
      name: "orders to invoice, previewed",
      path: "/orders?view=toInvoice",
      act: async (page) => {
        await page.getByLabel("Valitse kaikki").check();
        await button(page, "Siirrä laskutukseen").click();
        await page.getByLabel("Siirrä myös puutteelliset", { exact: false }).check();
        await page
          .getByText(/Siirtyy: /)
          .first()
          .waitFor();
      },
    },
    { name: "new order", path: `${customer}/new-order` },
    {
      name: "new order, two lines, with a fault",
      path: `${customer}/new-order`,
      act: async (page) => {
        await page.getByLabel("Kuvaus").fill("Puuikkunan asennus ja vanhan poisvienti");
        await page.getByLabel("À-hinta").fill("1 234,50");
        await button(page, "Lisää rivi").click();
        await page.getByLabel("Kuvaus").nth(1).fill("Listoitus");
        await button(page, "Tallenna tilaus").click();
      },
    },
    { name: "open order", path: `/orders/${ids.openOrder}` },
    {
      name: "calendar open",
      path: `/orders/${ids.openOrder}`,
      act: (page) => button(page, "Avaa kalenteri").click(),
    },
    { name: "delivered order", path: `/orders/${ids.deliveredOrder}` },
    { name: "invoices", path: "/invoices" },
    {
      name: "invoices marked paid, previewed",
      path: "/invoices?view=open",
      act: async (page) => {
        await page.getByLabel("Valitse kaikki").check();
        await button(page, "Merkitse maksetuksi").click();
        await page
          .getByText(/Merkitään maksetuksi/)
          .first()
          .waitFor();
      },
    },
    { name: "open invoice", path: `/invoices/${ids.openInvoice}` },
    {
      name: "invoice marked paid",
      path: `/invoices/${ids.openInvoice}`,
      act: async (page) => {
        await button(page, "Merkitse maksetuksi").click();
        await dialog(page);
      },
    },
    {
      name: "why something is not shown",
      path: `/invoices/${ids.openInvoice}`,
      act: async (page) => {
        await button(page, "Miksi jotain ei näy?").click();
        await page.getByRole("dialog").getByText("Tietosuojasta vastaa", { exact: false }).first().waitFor();
      },
    },
    { name: "paid invoice", path: `/invoices/${ids.paidInvoice}` },
    { name: "requests", path: "/requests" },
    { name: "requests found", path: "/requests", act: (page) => search(page, "lukko") },
    { name: "requests closed", path: "/requests", act: (page) => page.getByText("Päätetyt", { exact: true }).click() },
    { name: "new request", path: "/requests/new" },
    {
      name: "new request, somebody of the register",
      path: "/requests/new",
      act: async (page) => {
        await page.getByLabel("Pyytäjän nimi").fill("Maija");
        await button(page, /^Maija/).waitFor();
      },
    },
    { name: "a request received", path: `/requests/case/${ids.newRequest}` },
    {
      name: "a request's time extended",
      path: `/requests/case/${ids.newRequest}`,
      act: async (page) => {
        await button(page, "Jatka määräaikaa").click();
        await dialog(page);
      },
    },
    { name: "a request under way", path: `/requests/case/${ids.request}` },
    {
      name: "a request, a place with something",
      path: `/requests/case/${ids.request}`,
      act: (page) => page.getByLabel("Löytyi", { exact: true }).first().check(),
    },
    { name: "a request closed", path: `/requests/case/${ids.closedRequest}` },
    { name: "request", path: request },
    { name: "access", path: `${request}/access` },
    { name: "access of somebody restricted", path: `/requests/${ids.locked}/access` },
    { name: "erasure", path: `${request}/erasure` },
    { name: "erasure previewed", path: `${request}/erasure`, act: preview },
    {
      name: "erasure confirmed",
      path: `${request}/erasure`,
      act: async (page) => {
        await preview(page);
        await button(page, "Toteuta pyyntö").click();
        await dialog(page);
      },
    },
    { name: "retention", path: "/retention" },
    {
      name: "retention confirmed",
      path: "/retention",
      act: async (page) => {
        await button(page, "Poista päättyneet").click();
        await dialog(page);
      },
    },
    { name: "description", path: "/description" },
    {
      name: "description, only tasks, with the legend",
      path: "/description",
      act: async (page) => {
        await button(page, /^Tehtävä/).click();
        await page.getByText("Mitä merkinnät tarkoittavat").click();
      },
    },
    {
      name: "description, a source edited",
      path: "/description",
      act: async (page) => {
        await button(page, /^Muokkaa: Verkkolomake/).click();
        await page.getByRole("dialog").getByRole("button", { name: "Lisää muutoksiin" }).waitFor();
      },
    },
    {
      name: "description, what a change would do",
      path: "/description",
      act: async (page) => {
        await button(page, /^Muokkaa: Verkkolomake/).click();
        await page.getByRole("dialog").getByRole("textbox", { name: "Suomeksi" }).first().fill("Lomake verkossa");
        await page.getByRole("dialog").getByRole("button", { name: "Lisää muutoksiin" }).click();
        await button(page, "Tarkista ja ota käyttöön").click();
        await page.getByRole("dialog").getByText("Lomake verkossa").first().waitFor();
      },
    },
    {
      name: "description as a file",
      path: "/description",
      act: async (page) => {
        await button(page, "Kuvaus tiedostona").click();
        await page.getByRole("dialog").getByLabel("Kuvauksen teksti").waitFor();
      },
    },
    { name: "guided start", path: "/start" },
    {
      name: "guided start, an example to choose",
      path: "/start",
      act: async (page) => {
        await page.getByLabel("Yrityksen nimi").fill("Havun Huolto Oy");
        await page.getByRole("textbox", { name: "Y-tunnus", exact: true }).fill("1234567-1");
        await button(page, "Jatka").click();
        await page.getByRole("radio", { name: "Huolto ja korjaamo" }).waitFor();
      },
    },
    { name: "privacy notice", path: "/description?kind=notice" },
    { name: "record of processing", path: "/description?kind=record" },
    { name: "staff notice", path: "/description?kind=staff" },
    { name: "flows", path: "/flows" },
    {
      name: "flows, one asked about",
      path: "/flows",
      act: async (page) => {
        await page.locator('[data-part="flows.erpToInvoicing"]').focus();
        await page.keyboard.press("Enter");
        await page.getByRole("link", { name: "Näytä tapahtumat" }).waitFor();
      },
    },
    {
      name: "flows as a table, of days of one's own",
      path: "/flows",
      act: async (page) => {
        await page.getByText("Oma", { exact: true }).click();
        // By the keyboard: the pointer, resting on the picture, holds a card over what is below.
        await page.getByText("Samat tiedot taulukkona").focus();
        await page.keyboard.press("Enter");
      },
    },
    { name: "events of one source", path: "/evidence?source=phone&verb=collect" },
    { name: "events", path: "/evidence" },
    { name: "events, refused only", path: "/evidence?decision=refused" },
    { name: "events of one person, narrowed", path: `/evidence?subject=${ids.person}&verb=collect&from=2026-01-01` },
    { name: "events, none", path: "/evidence?register=nowhere" },
    { name: "an event", path: `/evidence/${ids.event}` },
    { name: "no such event", path: "/evidence/999999" },
    { name: "log", path: "/evidence/log" },
    {
      name: "log verified, against a line of one's own",
      path: "/evidence/log",
      act: async (page) => {
        await page.getByText("Vertaa myös omiin vertailulukuihin").click();
        await page.getByLabel("Talteen otettu rivi").fill("1 2026-11-22 AAAA-AAAA");
        await button(page, "Tarkista nyt").click();
        await page.getByText("Loki ei ole ehjä").waitFor();
      },
    },
    { name: "certificates", path: "/certificates" },
    { name: "certificates, none", path: `/certificates?subject=${ids.person}` },
    { name: "keys", path: "/keys" },
    {
      name: "key changed",
      path: "/keys",
      act: async (page) => {
        await button(page, "Vaihda: Allekirjoitusavain").click();
        await dialog(page);
      },
    },
    { name: "backups", path: "/backups" },
    { name: "own account", path: "/account" },
    {
      name: "a new password of one's own",
      path: "/account",
      act: async (page) => {
        await button(page, "Vaihda salasana").click();
        await dialog(page);
      },
    },
    { name: "accounts", path: "/accounts" },
    {
      name: "a colleague's sign-in",
      path: "/accounts",
      act: async (page) => {
        await button(page, "Kirjautuminen").click();
        await page.getByRole("dialog").getByRole("table").waitFor();
      },
    },
    {
      name: "account added",
      path: "/accounts",
      act: async (page) => {
        await button(page, "Lisää käyttäjä").click();
        await dialog(page);
      },
    },
    {
      name: "roles changed",
      path: "/accounts",
      act: async (page) => {
        await button(page, "Muuta rooleja").click();
        await dialog(page);
      },
    },
    {
      name: "my menu",
      path: "/requests",
      act: async (page) => {
        await button(page, /Aava|AK/).click();
        await page.getByRole("button", { name: "Kirjaudu ulos" }).waitFor();
      },
    },
    { name: "palette", path: "/requests", act: (page) => press(page, "Control+k", "Etsi tai siirry") },
    {
      name: "palette, a customer found",
      path: "/requests",
      act: async (page) => {
        await press(page, "Control+k", "Etsi tai siirry");
        await page.getByRole("combobox").last().fill("maija");
        await page.getByRole("group", { name: /^Tilaukset: Maija/ }).waitFor();
      },
    },
    { name: "shortcuts", path: "/retention", act: (page) => press(page, "?", "Pikanäppäimet") },
    { name: "made-up company, where it cannot be opened", path: "/demo" },
    {
      name: "server lost",
      path: "/orders",
      act: async (page) => {
        await page.context().setOffline(true);
        await page.getByRole("status").getByText(LOST).waitFor();
      },
      after: async (page) => {
        await page.context().setOffline(false);
        await page.getByRole("status").getByText(LOST).waitFor({ state: "detached" });
      },
    },
    {
      name: "leave unsaved",
      path: "/customers/new",
      act: async (page) => {
        await page.getByLabel("Nimi").fill("Kesken Jäänyt");
        await page.getByRole("main").getByRole("link", { name: "Asiakkaat" }).click();
        await page.getByRole("dialog", { name: "Poistutaanko tallentamatta?" }).waitFor();
      },
      after: (page) => button(page, "Poistu tallentamatta").click(),
    },
    { name: "no such page", path: "/nowhere" },
    { name: "welcome", path: new URL(welcome).pathname + new URL(welcome).hash },
    { name: "welcome without a link", path: "/welcome" },
  ];
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole("searchbox").fill(text);
  const found = text === "qqqqq" ? "Ei osumia" : "1 osuma";
  await page.getByRole("status").getByText(found, { exact: true }).waitFor({ state: "attached" });
}

/** Presses until it is heard: the keys are listened to once the first page stands. */
async function press(page: Page, key: string, dialog: string): Promise<void> {
  const opened = page.getByRole("dialog", { name: dialog });
  for (let n = 0; n < 40 && !(await opened.isVisible()); n += 1) {
    await page.keyboard.press(key);
    await page.waitForTimeout(200);
  }
  await opened.waitFor();
}

async function preview(page: Page): Promise<void> {
  await page.getByLabel("Tietoja ei enää tarvita").check();
  await page.getByRole("table", { name: "Mitä tapahtuu" }).waitFor();
}

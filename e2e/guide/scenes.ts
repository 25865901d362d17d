// What the pictures of the user guide show: a page of the made-up company, brought by a few steps to the moment that the guide tells of, in any language.
import type { Page } from "playwright-core";
import type { Words } from "../../src/values/words.ts";
import type { Company } from "../company.ts";
import { doing } from "../words.ts";

export type Scene = {
  /** The picture's file. */
  name: string;
  path: string;
  /** CSS pixels; the width is the same for all. */
  height: number;
  /** Seen by who has not signed in, or by who has one role alone. */
  by?: "stranger" | "sales";
  act?: (page: Page, t: Words) => Promise<unknown>;
};

export const WIDTH = 1180;

export function scenes({ ids }: Company): Scene[] {
  const card = `/customers/${ids.person}`;
  return [
    { name: "sign-in", path: "/", height: 640, by: "stranger" },
    { name: "start", path: "/start", height: 820 },
    { name: "home", path: "/", height: 820 },
    { name: "palette", path: "/", height: 620, act: (page, t) => press(page, t("palette.open")) },
    {
      name: "why",
      path: "/customers",
      height: 760,
      by: "sales",
      act: (page, t) => press(page, t("why.door")),
    },
    { name: "customers", path: "/customers", height: 720 },
    {
      name: "new-customer",
      path: "/customers/new",
      height: 700,
      act: async (page, t) => {
        const { fill, see } = doing(page, t);
        await fill("customer.phone", "040 123 4567");
        await see(t("duplicates.title"));
      },
    },
    {
      name: "origin",
      path: card,
      height: 640,
      act: async (page, t) => {
        await page.getByRole("button", { name: "maija@example.fi" }).click();
        await page.getByText(t("origin.keepUntil")).first().waitFor();
      },
    },
    { name: "consent", path: card, height: 640, act: (page, t) => doing(page, t).press("permissions.give") },
    {
      name: "to-invoice",
      path: `/orders/${ids.deliveredOrder}`,
      height: 760,
      act: (page, t) => page.getByRole("heading", { name: t("flow.title") }).evaluate((one) => one.scrollIntoView()),
    },
    { name: "invoice", path: `/invoices/${ids.openInvoice}`, height: 900 },
    { name: "requests", path: "/requests", height: 620 },
    {
      name: "erasure",
      path: `/requests/${ids.returning}/erasure`,
      height: 1000,
      act: async (page, t) => {
        await page.getByLabel(t("ground17.noLongerNeeded")).check();
        await page.getByRole("table").first().waitFor();
      },
    },
    {
      name: "own-card-link",
      path: card,
      height: 900,
      act: async (page, t) => {
        await press(page, t("ownCard.give"));
        await page.getByLabel(t("ownCard.identity.inPerson")).check();
      },
    },
    { name: "description", path: "/description", height: 900 },
    { name: "flows", path: "/flows", height: 1000 },
    { name: "retention", path: "/retention", height: 800 },
    { name: "evidence", path: "/evidence", height: 760 },
    { name: "backups", path: "/backups", height: 760 },
    { name: "keys", path: "/keys", height: 820 },
    { name: "accounts", path: "/accounts", height: 640 },
    { name: "account", path: "/account", height: 820 },
  ];
}

const press = async (page: Page, name: string) => {
  await page.getByRole("button", { name }).first().click();
  await page.getByRole("dialog").waitFor();
};

// What is typed of a customer before it is sent, and which fields the description and the person's roles leave open.
import type { z } from "zod";
import type { readLabels } from "../../proofs/contract.ts";
import type { NewCustomer } from "../../registers/customers/contract.ts";
import { type AddressDraft, addressOf, emptyAddress } from "../ui/fields/AddressFields.tsx";
import type { IdentityCodeDraft } from "../ui/fields/IdentityCodeField.tsx";

export type Draft = {
  kind: "person" | "organisation";
  name: string;
  phone: string;
  email: string;
  businessId: string;
  source: string;
  billingAddress: AddressDraft;
  deliveryAddress: AddressDraft;
  identity: IdentityCodeDraft;
  own: Record<string, string>;
};

export const emptyDraft = (source: string): Draft => ({
  kind: "person",
  name: "",
  phone: "",
  email: "",
  businessId: "",
  source,
  billingAddress: emptyAddress,
  deliveryAddress: emptyAddress,
  identity: { code: "", ground: "" },
  own: {},
});

export type Labels = z.output<typeof readLabels.response>;
export type OwnField = { id: string; label: string; type: string };

/** The company's own categories that this person may write down, in the description's order. */
export function ownFields(labels: Labels | undefined, may: (act: string) => boolean): OwnField[] {
  const contents = ["orders", "invoices", "document", "message", "calendarEntry", "paymentHistory"];
  return Object.entries(labels?.categories ?? {}).flatMap(([id, { own, type, label }]) =>
    own && !contents.includes(type) && may(`collect customers ${id}`) ? [{ id, label, type }] : [],
  );
}

/** The id of the category that an API name stands for. */
export function categoryOf(labels: Labels | undefined, type: string): string {
  const found = Object.entries(labels?.categories ?? {}).find(
    ([, category]) => category.type === type && !category.own,
  );
  return found?.[0] ?? type;
}

/** Sources that a person at the screen writes down; web forms and raffles bring their own. */
export function staffSources(labels: Labels | undefined): { id: string; label: string }[] {
  const byThemselves = ["webForm", "raffle", "import", "ownCard"];
  return Object.entries(labels?.sources ?? {}).flatMap(([id, { label, kind }]) =>
    byThemselves.includes(kind) ? [] : [{ id, label }],
  );
}

/** Whether the customer's category may come by this source; unknown until the labels are here. */
export const givenBy = (labels: Labels | undefined, type: string, source: string): boolean =>
  labels?.categories[categoryOf(labels, type)]?.givenBy.includes(source) ?? true;

type Body = NewCustomer;

/** The body to send, or `undefined` while something is still wrong. */
export function bodyOf(draft: Draft): Body | undefined {
  const billingAddress = addressOf(draft.billingAddress);
  const deliveryAddress = addressOf(draft.deliveryAddress);
  const ground = sectionGround(draft.identity.ground);
  const code = draft.kind === "person" ? draft.identity.code.trim() : "";
  if (draft.name.trim() === "" || billingAddress === "incomplete" || deliveryAddress === "incomplete") return undefined;
  if (code && !ground) return undefined;
  const own = Object.fromEntries(Object.entries(draft.own).filter(([, value]) => value.trim() !== ""));
  return {
    kind: draft.kind,
    name: draft.name.trim(),
    source: draft.source,
    ...(draft.phone.trim() && { phone: draft.phone.trim() }),
    ...(draft.email.trim() && { email: draft.email.trim() }),
    ...(draft.kind === "organisation" && draft.businessId.trim() && { businessId: draft.businessId.trim() }),
    ...(billingAddress && { billingAddress }),
    ...(deliveryAddress && { deliveryAddress }),
    ...(code && ground && { personalIdentityCode: code, personalIdentityCodeGround: ground }),
    ...(Object.keys(own).length > 0 && { own }),
  };
}

const grounds = ["credit", "collection", "rental", "statutoryTask", "rightsAndObligations", "consent"] as const;
export const sectionGround = (text: string) => grounds.find((ground) => ground === text);

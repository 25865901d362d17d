import { z } from "zod";
import { contract } from "../../api/contract.ts";
import { Section29Ground } from "../../description/terms.ts";
import { LETTERS } from "../../values/Letters.ts";

export const Id = z.uuid();
const text = (max: number) => z.string().trim().min(1).max(max);
const Country = z.string().regex(/^[A-Z]{2}$/);
export const Address = z.strictObject({
  street: text(200),
  postalCode: text(12),
  town: text(100),
  country: Country.default("FI"),
});
export type Address = z.infer<typeof Address>;

/** Where one value came from, on what ground it is held, and until when (shape: ids of the description, ISO days). */
export const Origin = z.strictObject({
  source: z.string(),
  at: z.iso.datetime(),
  by: z.string(),
  /** The colleague's or the program's name, for staff. */
  byName: z.string().optional(),
  purpose: z.string(),
  basis: z.string(),
  ground: z.string().nullable(),
  rule: z.string(),
  keepUntil: z.iso.date().nullable(),
});
export type Origin = z.infer<typeof Origin>;

/** The values of a customer by their built-in names; a company's own categories stand under `own`. */
const values = {
  name: text(200).optional(),
  email: text(254).optional(),
  phone: text(40).optional(),
  businessId: text(20).optional(),
  billingAddress: Address.optional(),
  deliveryAddress: Address.optional(),
  personalIdentityCode: text(20).optional(),
  own: z.record(z.string().max(40), z.string().trim().min(1).max(4000)).optional(),
};

export const NewCustomer = z.strictObject({
  kind: z.enum(["person", "organisation"]),
  ...values,
  name: text(200),
  source: z.string().max(40),
  personalIdentityCodeGround: Section29Ground.optional(),
});
export type NewCustomer = z.infer<typeof NewCustomer>;

export const CustomerValues = z.object({ ...values, own: z.record(z.string(), z.string()).optional() });
export type CustomerValues = z.infer<typeof CustomerValues>;

/** A customer as one actor may see it: what the description does not allow is absent. `masked` names what is held but not shown. */
export const Customer = CustomerValues.extend({
  id: Id,
  kind: z.enum(["person", "organisation", "contactPerson"]),
  organisationId: Id.nullable(),
  createdAt: z.iso.datetime(),
  purpose: z.string(),
  /** By category. */
  origins: z.record(z.string(), Origin),
  masked: z.array(z.string()),
  /** Contact persons of an organisation; their names by `listCustomers` with `organisation`. */
  contacts: z.array(z.object({ id: Id })),
  /** The day on which the person wrote by the public form, until somebody has answered them. */
  awaitingAnswerSince: z.iso.date().nullable(),
  restricted: z
    .object({ purposes: z.array(z.string()), until: z.iso.date().nullable(), ground: z.string() })
    .nullable(),
});
export type Customer = z.infer<typeof Customer>;

export const CustomerLine = z.object({
  id: Id,
  kind: z.enum(["person", "organisation", "contactPerson"]),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  town: z.string().optional(),
});

export const CustomerPage = z.object({
  items: z.array(CustomerLine),
  /** Give it as `after` for the next page; absent on the last and in a search. */
  next: z.string().optional(),
  /** More matched than are answered: type more. */
  more: z.boolean(),
});
export type CustomerPage = z.infer<typeof CustomerPage>;

const register = "customers";
const Params = z.object({ id: Id });

export const addCustomer = contract({
  method: "POST",
  path: "/customers",
  summary: "Add a customer",
  act: { verb: "collect", register },
  body: NewCustomer,
  response: z.object({ id: Id }),
  status: 201,
});

export const addContact = contract({
  method: "POST",
  path: "/customers/:id/contacts",
  summary: "Add a contact person of an organisation",
  act: { verb: "collect", register },
  subject: { param: "id" },
  params: Params,
  body: NewCustomer.omit({
    kind: true,
    personalIdentityCode: true,
    personalIdentityCodeGround: true,
    businessId: true,
  }),
  response: z.object({ id: Id }),
  status: 201,
});

export const listCustomers = contract({
  method: "GET",
  path: "/customers",
  summary: "List customers, newest first or by name, or search by the beginnings of words",
  act: { verb: "read", register },
  query: z.object({
    search: z.string().max(200).optional(),
    /** The contact persons of this organisation. */
    organisation: Id.optional(),
    order: z.enum(["newest", "name"]).optional(),
    /** Those who wrote by the public form and have not been answered. */
    state: z.enum(["awaitingAnswer"]).optional(),
    /** By name: begin where the names of this letter do. */
    letter: z.enum(LETTERS).optional(),
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: CustomerPage,
});

/** The web's own search: a POST, so that what is looked for is in no log and no history. */
export const searchCustomers = contract({
  method: "POST",
  path: "/customers/search",
  summary: "Search customers; the text travels in the body",
  act: { verb: "read", register },
  body: z.strictObject({ search: z.string().max(200), limit: z.number().int().min(1).max(200).default(50) }),
  response: CustomerPage,
});

/** Who may already be here: asked while a new customer is typed. Hits in what the actor may not see say only that there is one. */
export const findDuplicates = contract({
  method: "POST",
  path: "/customers/duplicates",
  summary: "Customers that look like the one being typed",
  act: { verb: "read", register },
  body: z.strictObject({ name: text(200).optional(), email: text(254).optional(), phone: text(40).optional() }),
  response: z.object({
    items: z.array(CustomerLine.extend({ matched: z.array(z.string()) })),
    /** There is also somebody with the same or a similar e-mail address or phone number whom the actor may not see; nothing more is told. */
    hidden: z.boolean(),
  }),
});

export const readCustomer = contract({
  method: "GET",
  path: "/customers/:id",
  summary: "Read a customer's card with the origin of every value",
  act: { verb: "read", register },
  subject: { param: "id" },
  params: Params,
  response: Customer,
});

export const changeCustomer = contract({
  method: "PATCH",
  path: "/customers/:id",
  summary: "Change values of a customer; null removes one",
  act: { verb: "change", register },
  subject: { param: "id" },
  params: Params,
  body: z.strictObject({
    name: values.name,
    email: values.email.nullable(),
    phone: values.phone.nullable(),
    businessId: values.businessId.nullable(),
    billingAddress: values.billingAddress.nullable(),
    deliveryAddress: values.deliveryAddress.nullable(),
    personalIdentityCode: values.personalIdentityCode.nullable(),
    own: z.record(z.string().max(40), z.string().trim().min(1).max(4000).nullable()).optional(),
    source: z.string().max(40),
    personalIdentityCodeGround: Section29Ground.optional(),
    /** What an earlier change answered: its values go back with the origin that they had. */
    undo: z.string().max(4000).optional(),
  }),
  response: z.object({
    id: Id,
    /** Given back within two minutes by the same person with the values that were changed, it takes the change back. */
    undo: z.string().optional(),
  }),
});

export const markAnswered = contract({
  method: "POST",
  path: "/customers/:id/answer",
  summary: "Write down that somebody who wrote by the public form has been answered; again answers the same",
  act: { verb: "change", register },
  subject: { param: "id" },
  params: Params,
  response: z.object({ id: Id }),
});

export const revealIdentityCode = contract({
  method: "POST",
  path: "/customers/:id/identity-code",
  summary: "Show a personal identity code once, with a reason",
  act: { verb: "read", register },
  fresh: true,
  subject: { param: "id" },
  params: Params,
  body: z.strictObject({ reason: text(400).min(5) }),
  response: z.object({ personalIdentityCode: z.string() }),
});

// Orders -------------------------------------------------------------------------------------------------------------
export const OrderLine = z.strictObject({
  description: text(400),
  quantity: z.number().positive().max(1_000_000).multipleOf(0.001),
  unitPriceCents: z.number().int().min(-100_000_000).max(100_000_000),
  vatClass: z.enum(["standard", "reduced", "low", "zero"]),
});

export const NewOrder = z.strictObject({
  customerId: Id,
  lines: z.array(OrderLine).min(1).max(200),
  priceIncludesVat: z.boolean().default(false),
  /** ISO 8601; the description's own when absent. */
  warrantyPeriod: z
    .string()
    .regex(/^P(\d{1,3}Y)?(\d{1,4}M)?(\d{1,5}D)?$/)
    .optional(),
});

export const Order = z.object({
  id: Id,
  customerId: Id.nullable(),
  createdAt: z.iso.datetime(),
  lines: z.array(OrderLine.extend({ description: z.string() })),
  priceIncludesVat: z.boolean(),
  totalCents: z.number().int(),
  warrantyPeriod: z.string().nullable(),
  deliveredOn: z.iso.date().nullable(),
  warrantyEndsOn: z.iso.date().nullable(),
  /** The day on which it went to invoicing. */
  invoicedOn: z.iso.date().nullable(),
});
export type Order = z.infer<typeof Order>;

export const addOrder = contract({
  method: "POST",
  path: "/orders",
  summary: "Write down an order of a customer",
  act: { verb: "collect", register },
  subject: { body: "customerId" },
  body: NewOrder,
  response: z.object({ id: Id }),
  status: 201,
});

export const listOrders = contract({
  method: "GET",
  path: "/orders",
  summary: "A customer's orders, or the newest of all; those that wait to be invoiced oldest delivery first",
  act: { verb: "read", register },
  query: z.object({
    customerId: Id.optional(),
    /** `toInvoice`: delivered, and not gone to invoicing. `warrantyEnding`: its warranty ends within 60 days, soonest first. */
    state: z.enum(["open", "delivered", "toInvoice", "warrantyEnding"]).optional(),
    /** The last of the page before; not with `warrantyEnding`. */
    after: Id.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  response: z.object({
    items: z.array(Order.extend({ customerName: z.string().optional() })),
    /** Give it as `after` for the next page; absent on the last. */
    next: z.string().optional(),
  }),
});

export const readOrder = contract({
  method: "GET",
  path: "/orders/:id",
  summary: "Read an order",
  act: { verb: "read", register },
  subject: { of: "order", param: "id" },
  params: Params,
  response: Order.extend({ customerName: z.string().optional() }),
});

export const acceptDelivery = contract({
  method: "POST",
  path: "/orders/:id/delivery",
  summary: "Write down the day a delivery was accepted; the warranty starts",
  act: { verb: "collect", register },
  subject: { of: "order", param: "id" },
  params: Params,
  body: z.strictObject({ day: z.iso.date() }),
  response: z.object({ id: Id, deliveredOn: z.iso.date(), warrantyEndsOn: z.iso.date().nullable() }),
});

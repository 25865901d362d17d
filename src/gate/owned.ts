// Which tables each register owns. A grant opens the tables of its register and no others; registers/all.ts is checked against the catalog by a test.
import type { Tables } from "../db/tables.ts";

export const OWNED = {
  customers: [
    "customer",
    "customer_value",
    "customer_event",
    "customer_order",
    "order_line",
    "customer_search",
    "search_marker",
    "customer_correction",
  ],
  invoices: ["invoice", "invoice_vat", "invoice_series", "uncertain_transfer"],
  permissions: ["consent", "objection", "restriction", "hold", "ban"],
  requests: ["person_request", "request_task"],
  staff: [
    "account",
    "account_role",
    "session",
    "token",
    "invitation",
    "passkey",
    "second_factor",
    "recovery_code",
    "outside_identity",
    "saved_view",
  ],
  ownCard: ["own_card_link", "own_card_code", "own_card_session"],
  evidence: [
    "subject",
    "installation",
    "description_version",
    "audit_event",
    "erasure_ledger",
    "erasure_certificate",
    "idempotency",
    "proof_run",
    "retention_clock",
    "backup_run",
    "retention_pause",
    "retention_approval",
    "retention_shown",
    "restore_mark",
    "log_leaf",
    "log_node",
    "log_position",
    "log_checkpoint",
    "log_anchor",
    "unused_key",
  ],
} as const satisfies Record<string, readonly (keyof Tables)[]>;

export type Owner = keyof typeof OWNED;
export type Owned = { [R in Owner]: (typeof OWNED)[R][number] };
/** Registers that hold what customers told; the others serve them. */
export type CustomerData = "customers" | "invoices";

/** Columns that hold sealed values: a key that none of them uses is nobody's. A test holds it against the catalog. */
export const SEALED: { readonly [R in Owner]: readonly (readonly [table: Owned[R], column: string])[] } = {
  customers: [
    ["customer_value", "sealed"],
    ["order_line", "sealed"],
    ["customer_correction", "sealed"],
  ],
  invoices: [["invoice", "sealed"]],
  permissions: [],
  requests: [
    ["person_request", "sealed_words"],
    ["request_task", "sealed_note"],
  ],
  staff: [
    ["account", "sealed_name"],
    ["account", "sealed_login"],
    ["session", "sealed_device"],
    ["passkey", "sealed_credential"],
    ["passkey", "sealed_label"],
    ["second_factor", "sealed_secret"],
    ["outside_identity", "sealed_identity"],
    ["saved_view", "sealed_name"],
  ],
  ownCard: [],
  // The reason that somebody gave for looking is sealed with the key of what was looked at.
  evidence: [["audit_event", "sealed_why"]],
};

/** Tables without a subject of their own; every other table has subject_id and a grant on one subject sees only theirs. */
const WITHOUT_SUBJECT: ReadonlySet<string> = new Set([
  "search_marker",
  "invoice_series",
  "ban",
  "token",
  "invitation",
  "subject",
  "installation",
  "description_version",
  "audit_event",
  "idempotency",
  "proof_run",
  "retention_clock",
  "backup_run",
  "retention_pause",
  "retention_approval",
  "retention_shown",
  "restore_mark",
  "log_leaf",
  "log_node",
  "log_position",
  "log_checkpoint",
  "log_anchor",
  "unused_key",
]);
export const hasSubject = (table: string): boolean => !WITHOUT_SUBJECT.has(table);

/** Categories of what is sealed of staff: name and sign-in address, what they sign in with, what they call their views. */
export const STAFF_CATEGORIES = [
  "staffName",
  "staffLogin",
  "staffDevice",
  "staffPasskey",
  "staffSecondFactor",
  "staffIdentity",
  "staffView",
] as const;

/** Categories of what is sealed of people's requests: what the person wrote, and what was found where the program cannot look. */
export const REQUEST_CATEGORIES = ["requestWords", "requestFinding"] as const;

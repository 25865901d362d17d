// Generated from the migrations by `npm run golden`. Do not edit.
import type { Generated } from "kysely";

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

export type Tables = {
  account: {
    subject_id: string;
    login_mac: Buffer;
    sealed_name: Buffer;
    sealed_login: Buffer;
    password_hash: string | null;
    language: string;
    created_at: Date;
    created_by: string;
    disabled_at: Date | null;
    password_at: Date | null;
    ends_on: string | null;
  };
  account_role: {
    subject_id: string;
    role: string;
    at: Date;
    by: string;
  };
  audit_event: {
    id: Generated<number>;
    at: Generated<Date>;
    actor: string;
    actor_kind: string;
    roles: string[];
    verb: string;
    register: string;
    subjects: string[];
    purpose: string | null;
    categories: string[];
    flow: string | null;
    channel: string | null;
    right_kind: string | null;
    decision: string;
    reason: string | null;
    place: string;
    version: string;
    request_id: string;
    sealed_why: Buffer | null;
    xid: Generated<string>;
    digest: Buffer | null;
  };
  backup_run: {
    id: string;
    kind: string;
    started_at: Date;
    finished_at: Date;
    name: string | null;
    bytes: number | null;
    problem: string | null;
    facts: JsonValue | null;
  };
  ban: {
    address_mac: Buffer;
    purposes: string[];
    at: Date;
  };
  consent: {
    id: string;
    subject_id: string;
    consent: string;
    purpose: string;
    channels: string[];
    wording: number;
    wording_hash: Buffer;
    language: string;
    source: string;
    given_at: Date;
    given_by: string;
    withdrawn_at: Date | null;
    withdrawn_by: string | null;
  };
  customer: {
    subject_id: string;
    kind: string;
    organisation_id: string | null;
    created_at: Date;
  };
  customer_correction: {
    id: string;
    subject_id: string;
    category: string;
    sealed: Buffer;
    rule: string;
    made_at: Date;
    refused_at: Date | null;
    refused_by: string | null;
  };
  customer_event: {
    subject_id: string;
    event: string;
    day: string;
  };
  customer_order: {
    id: string;
    subject_id: string | null;
    created_at: Date;
    by: string;
    price_includes_vat: boolean;
    warranty_period: string | null;
    total_cents: number;
    delivered_on: string | null;
    warranty_ends_on: string | null;
    accepted_by: string | null;
    rule: string;
    invoiced_at: Date | null;
  };
  customer_search: {
    subject_id: string;
    tokens: bigint[];
  };
  customer_value: {
    subject_id: string;
    category: string;
    sealed: Buffer;
    source: string;
    at: Date;
    by: string;
    purpose: string;
    basis: string;
    ground: string | null;
    rule: string;
  };
  description_version: {
    version: string;
    hash: Buffer;
    text: string;
    in_force_at: Date;
    by: string;
  };
  erasure_certificate: {
    id: string;
    subject_id: string;
    rows_gone_at: Date;
    issued_at: Date;
    certificate: string;
    digest: Buffer;
    proof: string | null;
  };
  erasure_ledger: {
    id: string;
    subject_id: string;
    register: string;
    categories: string[];
    keys: string[];
    ground: string;
    by: string;
    rows_gone_at: Date;
    keys_due_on: string;
    keys_destroyed_at: Date | null;
    rule: string | null;
    rows: Generated<string[]>;
    anonymised: Generated<boolean>;
    everything: Generated<boolean>;
    certificate_id: string | null;
  };
  hold: {
    id: string;
    subject_id: string;
    hold: string;
    at: Date;
    by: string;
    lifted_at: Date | null;
  };
  idempotency: {
    key_mac: Buffer;
    body_mac: Buffer;
    status: number;
    ids: JsonValue;
    at: Date;
  };
  installation: {
    id: string;
    created_at: Date;
    only_one: Generated<boolean>;
  };
  invitation: {
    digest: Buffer;
    roles: string[];
    created_at: Date;
    ends_at: Date;
    used_at: Date | null;
    id: string;
    created_by: string;
    account_ends_on: string | null;
    account_id: string | null;
  };
  invoice: {
    id: string;
    subject_id: string;
    number: string;
    order_id: string;
    issued_on: string;
    delivered_on: string;
    due_on: string;
    reference: string;
    net_cents: number;
    vat_cents: number;
    total_cents: number;
    seller: JsonValue;
    missing: string[];
    sealed: Buffer;
    sealed_category: string;
    rule: string;
    financial_year_end: string;
    paid_on: string | null;
    at: Date;
    by: string;
  };
  invoice_series: {
    year: number;
    next_number: number;
  };
  invoice_vat: {
    invoice_id: string;
    subject_id: string;
    vat_class: string;
    permille: number;
    base_cents: number;
    vat_cents: number;
  };
  log_anchor: {
    sink: string;
    checkpoint: number;
    at: Date;
  };
  log_checkpoint: {
    number: number;
    size: number;
    root: Buffer;
    dropped: number;
    at: Date;
    public_key: Buffer;
    note: string;
  };
  log_leaf: {
    index: number;
    event_id: number;
    hash: Buffer;
  };
  log_node: {
    level: number;
    index: number;
    hash: Buffer;
  };
  log_position: {
    only_one: Generated<boolean>;
    size: number;
    xid: string;
    event_id: number;
    dropped: number;
  };
  objection: {
    id: string;
    subject_id: string;
    purpose: string;
    at: Date;
    by: string;
    lifted_at: Date | null;
  };
  order_line: {
    order_id: string;
    line: number;
    subject_id: string | null;
    sealed: Buffer | null;
    quantity: string;
    unit_price_cents: number;
    vat_class: string;
  };
  outside_identity: {
    id: string;
    subject_id: string;
    identity_mac: Buffer;
    issuer: string;
    sealed_identity: Buffer;
    created_at: Date;
    used_at: Date | null;
  };
  own_card_code: {
    waiting: Buffer;
    subject_id: string;
    code_mac: Buffer;
    tries: Generated<number>;
    made_at: Date;
    ends_at: Date;
  };
  own_card_link: {
    id: string;
    subject_id: string;
    digest: Buffer;
    identity: string;
    made_at: Date;
    made_by: string;
    ends_at: Date;
    used_at: Date | null;
    revoked_at: Date | null;
    revoked_by: string | null;
  };
  own_card_session: {
    digest: Buffer;
    id: string;
    subject_id: string;
    way: string;
    started_at: Date;
    seen_at: Date;
    ends_at: Date;
  };
  passkey: {
    id: string;
    subject_id: string;
    credential_mac: Buffer;
    sealed_credential: Buffer;
    sealed_label: Buffer;
    counter: number;
    backed_up: boolean;
    created_at: Date;
    used_at: Date | null;
  };
  person_request: {
    id: string;
    subject_id: string;
    in_register: boolean;
    asked_right: string;
    channel: string;
    received_on: string;
    due_on: string;
    sealed_words: Buffer | null;
    opened_at: Date;
    opened_by: string;
    identity_asked_at: Date | null;
    identity_asked_by: string | null;
    identity_method: string | null;
    identified_at: Date | null;
    identified_by: string | null;
    extension_reason: string | null;
    extended_at: Date | null;
    extended_by: string | null;
    package_at: Date | null;
    package_by: string | null;
    erased_at: Date | null;
    erased_by: string | null;
    outcome: string | null;
    refusal_ground: string | null;
    complaint_told: boolean | null;
    answered_on: string | null;
    answered_at: Date | null;
    answered_by: string | null;
    closed_at: Date | null;
    closed_by: string | null;
    person_gone_at: Date | null;
  };
  proof_run: {
    id: string;
    at: Date;
    control: string;
    state: string;
    detail: string;
  };
  recovery_code: {
    mac: Buffer;
    subject_id: string;
    created_at: Date;
    used_at: Date | null;
  };
  request_task: {
    id: string;
    request_id: string;
    subject_id: string;
    kind: string;
    place: string;
    registers: string[];
    made_at: Date;
    found: string | null;
    sealed_note: Buffer | null;
    done_at: Date | null;
    done_by: string | null;
  };
  restore_mark: {
    id: string;
    base: string;
    target_at: Date | null;
    restored_at: Date;
    finished_at: Date | null;
    counts: JsonValue | null;
  };
  restriction: {
    id: string;
    subject_id: string;
    register: string;
    purposes: string[];
    until: string | null;
    ground: string;
    at: Date;
    by: string;
    lifted_at: Date | null;
  };
  retention_approval: {
    id: string;
    register: string;
    people: number;
    due_by: string;
    version: string;
    asked_by: string;
    asked_at: Date;
    approved_by: string | null;
    approved_at: Date | null;
    valid_until: Date | null;
  };
  retention_clock: {
    only_one: Generated<boolean>;
    seen_at: Date;
    confirmed_event: Generated<number>;
    confirmed_checkpoint: Generated<number>;
    confirmed_at: Date | null;
    confirmed_by: string | null;
  };
  retention_pause: {
    id: string;
    why: string;
    at: Date;
    until: Date;
    ended_at: Date | null;
    ended_by: string | null;
  };
  retention_shown: {
    rule: string;
    through: string;
    version: string;
    shown_at: Date;
    shown_by: string;
  };
  saved_view: {
    id: string;
    subject_id: string;
    list: string;
    sealed_name: Buffer;
    filter: JsonValue;
    created_at: Date;
  };
  search_marker: {
    register: string;
    built_at: Date;
    version: number;
  };
  second_factor: {
    subject_id: string;
    sealed_secret: Buffer;
    last_step: number;
    created_at: Date;
  };
  session: {
    digest: Buffer;
    subject_id: string;
    created_at: Date;
    seen_at: Date;
    ends_at: Date;
    id: string;
    way: string;
    proved_at: Date;
    sealed_device: Buffer;
  };
  subject: {
    id: string;
  };
  token: {
    id: string;
    digest: Buffer;
    name: string;
    role: string;
    created_at: Date;
    created_by: string;
    revoked_at: Date | null;
  };
  uncertain_transfer: {
    order_id: string;
    subject_id: string;
    flow: string;
    number: string;
    issued_on: string;
    found_at: Date;
    settled_at: Date | null;
    settled_by: string | null;
  };
  unused_key: {
    id: string;
    since: Date;
  };
};

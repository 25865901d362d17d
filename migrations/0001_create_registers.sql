-- The registers, the permissions and the evidence. No column holds personal data in the clear: what a person told us is `sealed` (keys/), what finds it is a token.
-- Every table that can hold a person has subject_id and belongs to exactly one register in registers/all.ts.
-- `storage external` keeps sealed values and texts uncompressed, so that a scan for planted values would find a clear one.

-- A subject is a natural person, a contact person or an organisation. The row is only a lock: sealing takes it `for key share`, erasing `for update`.
create table subject (
  id uuid primary key
);

-- Customers: the ERP -------------------------------------------------------------------------------------------------
create table customer (
  subject_id      uuid primary key,
  kind            text not null check (kind in ('person', 'organisation', 'contactPerson')),
  organisation_id uuid,
  created_at      timestamptz not null,
  check ((kind = 'contactPerson') = (organisation_id is not null))
);
create index customer_newest on customer (subject_id desc) where kind <> 'contactPerson';
create index customer_of_organisation on customer (organisation_id) where organisation_id is not null;

create table customer_value (
  subject_id uuid not null,
  category   text not null,
  sealed     bytea not null,
  source     text not null,
  at         timestamptz not null,
  by         text not null,
  purpose    text not null,
  basis      text not null,
  ground     text,
  rule       text not null,
  primary key (subject_id, category)
);

-- The days that retention is counted from; the last one of each kind.
create table customer_event (
  subject_id uuid not null,
  event      text not null,
  day        date not null,
  primary key (subject_id, event)
);
create index customer_event_day on customer_event (event, day);

create table customer_order (
  id                 uuid primary key,
  subject_id         uuid,
  created_at         timestamptz not null,
  by                 text not null,
  price_includes_vat boolean not null,
  warranty_period    text,
  total_cents        bigint not null,
  delivered_on       date,
  warranty_ends_on   date,
  accepted_by        text,
  rule               text not null
);
create index customer_order_subject on customer_order (subject_id, created_at desc);
create index customer_order_delivered on customer_order (delivered_on) where delivered_on is not null;

create table order_line (
  order_id         uuid not null,
  line             integer not null,
  subject_id       uuid,
  sealed           bytea,
  quantity         numeric(12, 3) not null,
  unit_price_cents bigint not null,
  vat_class        text not null,
  primary key (order_id, line)
);

-- Invoices: the invoicing register -----------------------------------------------------------------------------------
create table invoice_series (
  year        integer primary key,
  next_number integer not null
);

-- `seller` is the controller's own facts of that day, not a person's; `sealed` is the buyer and the lines as they were.
create table invoice (
  id                 uuid primary key,
  subject_id         uuid not null,
  number             text not null unique,
  order_id           uuid not null unique,
  issued_on          date not null,
  delivered_on       date not null,
  due_on             date not null,
  reference          text not null,
  net_cents          bigint not null,
  vat_cents          bigint not null,
  total_cents        bigint not null,
  seller             jsonb not null,
  missing            text[] not null,
  sealed             bytea not null,
  sealed_category    text not null,
  rule               text not null,
  financial_year_end date not null,
  paid_on            date,
  at                 timestamptz not null,
  by                 text not null
);
create index invoice_subject on invoice (subject_id, number);
create index invoice_financial_year on invoice (financial_year_end);

create table invoice_vat (
  invoice_id uuid not null,
  subject_id uuid not null,
  vat_class  text not null,
  permille   integer not null,
  base_cents bigint not null,
  vat_cents  bigint not null,
  primary key (invoice_id, vat_class, permille)
);

-- Permissions: state as rows, with who and when ------------------------------------------------------------------------
create table consent (
  id             uuid primary key,
  subject_id     uuid not null,
  consent        text not null,
  purpose        text not null,
  channels       text[] not null,
  wording        integer not null,
  wording_hash   bytea not null,
  language       text not null,
  source         text not null,
  given_at       timestamptz not null,
  given_by       text not null,
  withdrawn_at   timestamptz,
  withdrawn_by   text
);
create index consent_subject on consent (subject_id, purpose) where withdrawn_at is null;

create table objection (
  id         uuid primary key,
  subject_id uuid not null,
  purpose    text not null,
  at         timestamptz not null,
  by         text not null,
  lifted_at  timestamptz
);
create index objection_subject on objection (subject_id, purpose) where lifted_at is null;

create table restriction (
  id         uuid primary key,
  subject_id uuid not null,
  register   text not null,
  purposes   text[] not null,
  until      date,
  ground     text not null,
  at         timestamptz not null,
  by         text not null,
  lifted_at  timestamptz
);
create index restriction_subject on restriction (subject_id, register) where lifted_at is null;

create table hold (
  id         uuid primary key,
  subject_id uuid not null,
  hold       text not null,
  at         timestamptz not null,
  by         text not null,
  lifted_at  timestamptz
);
create index hold_subject on hold (subject_id) where lifted_at is null;

-- Outlives the person: only a keyed hash of the address and the purposes that are banned.
create table ban (
  address_mac bytea primary key,
  purposes    text[] not null,
  at          timestamptz not null
);

-- Staff ----------------------------------------------------------------------------------------------------------------
create table account (
  subject_id    uuid primary key,
  login_mac     bytea not null unique,
  sealed_name   bytea not null,
  sealed_login  bytea not null,
  password_hash text not null,
  language      text not null,
  created_at    timestamptz not null,
  created_by    text not null,
  disabled_at   timestamptz
);

create table account_role (
  subject_id uuid not null,
  role       text not null,
  at         timestamptz not null,
  by         text not null,
  primary key (subject_id, role)
);

create table session (
  digest     bytea primary key,
  subject_id uuid not null,
  created_at timestamptz not null,
  seen_at    timestamptz not null,
  ends_at    timestamptz not null
);
create index session_subject on session (subject_id);

-- Bearer tokens of programs: named after what they are for, not after a person.
create table token (
  id         uuid primary key,
  digest     bytea not null unique,
  name       text not null,
  role       text not null,
  created_at timestamptz not null,
  created_by text not null,
  revoked_at timestamptz
);

-- Links that work once (first account, invitations).
create table invitation (
  digest     bytea primary key,
  roles      text[] not null,
  created_at timestamptz not null,
  ends_at    timestamptz not null,
  used_at    timestamptz
);

-- Evidence -------------------------------------------------------------------------------------------------------------
create table installation (
  id         uuid primary key,
  created_at timestamptz not null,
  only_one   boolean not null default true unique check (only_one)
);

create table description_version (
  version     text primary key,
  hash        bytea not null,
  text        text not null,
  in_force_at timestamptz not null,
  by          text not null
);

-- One row an act of processing, allowed or refused: who, what, why, whose; never the values.
create table audit_event (
  id         bigint generated always as identity primary key,
  at         timestamptz not null default clock_timestamp(),
  actor      text not null,
  actor_kind text not null,
  roles      text[] not null,
  verb       text not null,
  register   text not null,
  subjects   uuid[] not null,
  purpose    text,
  categories text[] not null,
  flow       text,
  channel    text,
  right_kind text,
  decision   text not null check (decision in ('allowed', 'refused')),
  reason     text,
  place      text not null,
  version    text not null,
  request_id text not null,
  sealed_why bytea
);
create index audit_event_subjects on audit_event using gin (subjects) with (fastupdate = off);
create index audit_event_at on audit_event (at);

-- What was erased, without saying what it was: a restore replays this before it opens the port.
create table erasure_ledger (
  id                uuid primary key,
  subject_id        uuid not null,
  register          text not null,
  categories        text[] not null,
  keys              text[] not null,
  ground            text not null,
  by                text not null,
  rows_gone_at      timestamptz not null,
  keys_due_on       date not null,
  keys_destroyed_at timestamptz
);
create index erasure_ledger_subject on erasure_ledger (subject_id);
create index erasure_ledger_open on erasure_ledger (keys_due_on) where keys_destroyed_at is null;

-- The answer to a repeated request: status and ids, no values; kept 24 hours.
create table idempotency (
  key_mac  bytea primary key,
  body_mac bytea not null,
  status   integer not null,
  ids      jsonb not null,
  at       timestamptz not null
);
create index idempotency_at on idempotency (at);

create table proof_run (
  id      uuid primary key,
  at      timestamptz not null,
  control text not null,
  state   text not null check (state in ('proven', 'failed')),
  detail  text not null
);
create index proof_run_control on proof_run (control, at desc);

-- Search tokens stand in no log and no backup: UNLOGGED, rebuilt after a crash. Every search joins the marker; without it search says that it is being rebuilt.
create unlogged table customer_search (
  subject_id uuid primary key,
  tokens     bigint[] not null
);
create index customer_search_tokens on customer_search using gin (tokens) with (fastupdate = off);

create unlogged table search_marker (
  register text primary key,
  built_at timestamptz not null
);

alter table customer_value alter column sealed set storage external;
alter table order_line alter column sealed set storage external;
alter table invoice alter column sealed set storage external, alter column seller set storage external;
alter table account alter column sealed_name set storage external, alter column sealed_login set storage external,
  alter column password_hash set storage external;
alter table audit_event alter column sealed_why set storage external;
alter table description_version alter column text set storage external;
alter table idempotency alter column ids set storage external;
alter table proof_run alter column detail set storage external;

create function refuse_change() returns trigger language plpgsql as $$
begin
  if current_setting('tietovirta.log_retention', true) = 'on' then return null; end if;
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger audit_event_is_append_only before update or delete or truncate on audit_event
  for each statement execute function refuse_change();

-- The only way out of the log, for the owner alone: events older than the day.
create function forget_audit_events(before date) returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare gone bigint;
begin
  perform set_config('tietovirta.log_retention', 'on', true);
  delete from audit_event where at < before;
  get diagnostics gone = row_count;
  perform set_config('tietovirta.log_retention', '', true);
  return gone;
end $$;
revoke all on function forget_audit_events(date) from public;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant usage on schema public to %I', app);
  execute format('grant select, insert, update, delete on all tables in schema public to %I', app);
  execute format('revoke update, delete, truncate on audit_event from %I', app);
  execute format('revoke insert, update, delete on installation from %I', app);
  execute format('revoke update, delete on description_version from %I', app);
  execute format('revoke delete on erasure_ledger from %I', app);
end $$;

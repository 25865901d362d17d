-- What ends by itself is carried out once and for ever: the clock is believed only while it goes evenly, a day's number of people is limited,
-- and after a start or an import there is time to look before anything goes.

-- The moment last believed, not only the day. Up to the event and the checkpoint confirmed the log is no witness of the time: a person has said that its
-- clock was wrong.
alter table retention_clock add column seen_at timestamptz, add column confirmed_event bigint not null default 0,
  add column confirmed_checkpoint integer not null default 0,
  add column confirmed_at timestamptz, add column confirmed_by text;
update retention_clock set seen_at = (seen_on::timestamp + interval '12 hours') at time zone 'UTC';
alter table retention_clock alter column seen_at set not null, drop column seen_on, alter column confirmed_by set storage external;

-- Until then retention only shows what it would do. `ended_at`: a person has looked and ended it early.
create table retention_pause (
  id       uuid primary key,
  why      text not null check (why in ('firstStart', 'import', 'restore')),
  at       timestamptz not null,
  until    timestamptz not null,
  ended_at timestamptz,
  ended_by text
);
create unique index retention_pause_first on retention_pause (why) where why = 'firstStart';

-- More people than a day allows, asked by one person and allowed by another: for what had ended by `due_by` under that version of the description.
create table retention_approval (
  id          uuid primary key,
  register    text not null,
  people      integer not null,
  due_by      date not null,
  version     text not null,
  asked_by    uuid not null,
  asked_at    timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  valid_until timestamptz,
  check ((approved_by is null) = (approved_at is null) and (approved_by is null) = (valid_until is null))
);
create unique index retention_approval_waiting on retention_approval (register) where approved_at is null;

-- The end of a draw, shown to a person who keeps retention: what was shown a day ago goes without the day's limit.
create table retention_shown (
  rule     text not null,
  through  date not null,
  version  text not null,
  shown_at timestamptz not null,
  shown_by uuid not null,
  primary key (rule, through, version)
);

-- What a restore needs to carry an erasure out again on older rows: under which rule, which rows where they end one by one, and how.
alter table erasure_ledger add column rule text, add column rows text[] not null default '{}',
  add column anonymised boolean not null default false, add column everything boolean not null default false;
alter table erasure_ledger alter column rule set storage external, alter column rows set storage external;
alter table retention_pause alter column why set storage external, alter column ended_by set storage external;
alter table retention_approval alter column register set storage external, alter column version set storage external;
alter table retention_shown alter column rule set storage external, alter column version set storage external;

do $$
declare app text := 'tietovirta_app';
begin
  if not exists (select from pg_roles where rolname = app) or current_user = app then return; end if;
  execute format('grant select, insert, update on retention_pause, retention_approval to %I', app);
  execute format('grant select, insert, update, delete on retention_shown to %I', app);
end $$;
